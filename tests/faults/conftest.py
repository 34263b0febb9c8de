"""Faults on purpose: small as they come, at full size by `make faults`, whose table goes into the documentation."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import ROOT
from fakes import WordEmbeddings

from assistant.library.holdings import add, open_library
from assistant.search import generation, store
from assistant.settings import Settings, Shelf

FULL = os.environ.get("FAULTS") == "full"
PARAGRAPHS = 6  # of a document, each a sentence of its own
_ROWS: list[tuple[str, str]] = []


def size(small: int, full: int) -> int:
    """How often, or how many, at the size asked for."""
    return full if FULL else small


@pytest.fixture
def figure() -> Callable[[str, str], None]:
    """Note a figure for the table: the requirement's id, and what was measured."""
    return lambda id_, measured: _ROWS.append((id_, measured))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _ROWS:
        terminalreporter.section("requirements under faults" + ("" if FULL else " (small size)"))
    for id_, measured in sorted(_ROWS, key=lambda row: (row[0][0], int(row[0][1:]))):
        terminalreporter.write_line(f"| {id_} | {measured} |")


@pytest.fixture
def bare(home: Settings, words: WordEmbeddings, knowledge: Path) -> Settings:
    """Settings without shipped sources, on hashed words; the few situations are those of the small library."""
    return Settings(home=home.home, library=Shelf.NONE)


def text_of(id_: str, paragraphs: int = PARAGRAPHS) -> str:
    """The text of a document whose every sentence names it."""
    return "\n\n".join(f"The plan {id_} says {id_}x{n} about matter {n}." for n in range(paragraphs))


def write(folder: Path, id_: str, text: str | None = None) -> Path:
    """A document to add."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{id_}.txt"
    path.write_text(text or text_of(id_), encoding="utf-8")
    return path


def keep(settings: Settings, folder: Path, *ids: str) -> None:
    """Add documents and bring the index into step."""
    for id_ in ids:
        add(settings, write(folder, id_))
    store.sync(settings, open_library(settings))


def moved(settings: Settings, to: Path) -> Settings:
    """The same in another place, so that nothing of it is open in this process, as in a new one."""
    shutil.copytree(settings.home, to)
    return Settings(home=to, library=settings.library)


def live(settings: Settings) -> Path:
    path = generation.live(store.folder(settings))
    assert path is not None
    return path


def held(index: store.Index) -> dict[str, int]:
    """How many sentences the index holds of each source."""
    found: dict[str, int] = {}
    for data in index.sentences.get(include=["metadatas"])["metadatas"]:
        found[data["source"]] = found.get(data["source"], 0) + 1
    return found


def finds(index: store.Index, words: WordEmbeddings, id_: str) -> bool:
    """Whether a search by vector finds a sentence of the document."""
    vector = words.embed_query(f"The plan {id_} says {id_}x0 about matter 0.")
    found = index.sentences.similarity_search_by_vector(vector, k=1)
    return bool(found) and found[0].metadata["source"] == id_


@contextmanager
def process(settings: Settings, knowledge: Path, *words: str, **options: object) -> Iterator["subprocess.Popen[str]"]:
    """Another process at work in the same data folder: see `working.py`. It has begun when this begins."""
    arguments = [sys.executable, "-W", "ignore", str(Path(__file__).parent / "working.py"), str(knowledge)]
    with subprocess.Popen(
        [*arguments, str(settings.home), settings.library.value, *words],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,  # type: ignore[call-overload]
    ) as one:
        try:
            assert one.stdout is not None
            assert one.stdout.readline() == "begun\n", one.stderr and one.stderr.read()
            yield one
        finally:
            one.kill()
