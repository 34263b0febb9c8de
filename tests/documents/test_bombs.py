"""C8: documents made to take all memory or time are refused, and the one who asked goes on."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from bombs import BOMBS

from assistant.errors import ReadError
from assistant.library.read import read
from assistant.library.read.apart import PATIENCE, read_apart

SHORT = 6.0  # seconds of patience at small size, so that the four slowest bombs do not take minutes

# In a process of its own, whose memory nothing else has raised.
_READING = """
import json, resource, sys, time
from pathlib import Path
from assistant.errors import CommonGroundError
from assistant.library.read import read
from assistant.library.read.apart import read_apart
Path(sys.argv[1]).write_text("The pooled budget needs a rule.")
read(Path(sys.argv[1]))
most = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
patience = float(sys.argv[2])
for name in sys.argv[3:]:
    before, began = most(), time.perf_counter()
    try:
        message = f"was read: {len(read_apart(Path(name), patience=patience).headed.text)}"
    except CommonGroundError as error:
        message = f"{type(error).__name__}: {error}"
    print(json.dumps([name, message, most() - before, round(time.perf_counter() - began, 1)]), flush=True)
"""


@dataclass(frozen=True, slots=True)
class Refused:
    """What was said of a bomb, by how many kilobytes the reading process grew, and how many seconds it took."""

    message: str
    growth: int
    seconds: float


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Refused]]:
    """All bombs, read one after the other by one process, which lives to the end."""
    pytest.importorskip("resource")
    folder = tmp_path_factory.mktemp("bombs")
    paths = {}
    for number, (what, (name, make)) in enumerate(BOMBS.items()):
        paths[what] = folder / str(number) / name
        paths[what].parent.mkdir()
        paths[what].write_bytes(make())
    patience = PATIENCE if os.environ.get("FAULTS") == "full" else SHORT
    command = [sys.executable, "-c", _READING, str(folder / "first.txt"), str(patience), *map(str, paths.values())]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    lines = {Path(name): Refused(*rest) for name, *rest in map(json.loads, done.stdout.splitlines())}
    yield {what: lines[path] for what, path in paths.items()}
    for path in paths.values():
        path.unlink()


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("what", BOMBS)
def test_C8_a_bomb_is_refused_with_what_to_do(refused: dict[str, Refused], what: str) -> None:
    print(f"{what}: {refused[what]}")
    kind, _, message = refused[what].message.partition(": ")
    assert kind in {"ReadError", "RecordError"}
    assert message.endswith(".")
    assert any(word in message for word in ("Save", "save", "Correct", "Run", "Open", "Check", "Put"))


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("what", BOMBS)
def test_C8_the_process_that_asked_grows_by_50_megabytes_at_most(refused: dict[str, Refused], what: str) -> None:
    assert refused[what].growth <= 50 * 1024


def test_C8_no_document_is_waited_for_longer_than_a_minute() -> None:
    assert PATIENCE < 60


def test_C8_a_document_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("The pooled budget needs a rule.")
    with pytest.raises(ReadError, match=r"a\.txt takes more time or memory .* Save the part you need"):
        read_apart(path, patience=0.0)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", b"MZ\x90\0" + bytes(600)),
        ("a.txt", b"\x7fELF\x02\x01\x01\0" + bytes(600)),
        ("a.docx", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(600)),
        ("a.html", b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(600)),
        ("a.md", b"GIF89a\x01\0\x01\0" + bytes(600)),
        ("a.txt", b"\x1f\x8b\x08\0" + bytes(600)),
        ("a.txt", b"PK\x03\x04" + bytes(600)),
    ],
)
def test_C8_a_file_of_another_kind_is_refused_whatever_its_name(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ReadError, match=r"^a\.\w+ .*[Ss]ave"):
        read(path)
