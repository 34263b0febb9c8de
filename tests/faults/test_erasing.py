"""D8: what was removed is nowhere in the data folder any more, also where the memory that held it was used again."""

import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT
from fakes import WordEmbeddings

from assistant.library.holdings import add, open_library, remove
from assistant.search import generation, store
from assistant.search.collections import close
from assistant.settings import Settings
from faults.conftest import keep, live, process, size, write

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3600)]

MARKER = "quokkamarker"


def sync(settings: Settings) -> None:
    store.sync(settings, open_library(settings))


def holding_it(settings: Settings, *wanted: bytes) -> list[str]:
    """The files of the data folder that hold the marker, or other bytes."""
    files = (path for path in settings.home.rglob("*") if path.is_file())
    return [path.name for path in files if any(one in path.read_bytes() for one in wanted or (MARKER.encode(),))]


def about_the_marker(paragraphs: int) -> str:
    return "\n\n".join(f"The {MARKER} budget {n} was overspent by {n} teams." for n in range(paragraphs))


@pytest.mark.parametrize("paragraphs", [1, 40, 400])
def test_D8_a_document_that_is_removed_leaves_no_byte_of_its_text_or_vectors(
    bare: Settings,
    words: WordEmbeddings,
    tmp_path: Path,
    paragraphs: int,
    figure: Callable[[str, str], None],
) -> None:
    keep(bare, tmp_path / "papers", "one", "two")
    vector = words.embed_query(f"The {MARKER} budget 0 was overspent by 0 teams.")
    as_stored = struct.pack(f"<{len(vector)}f", *vector)
    times = size(2, 20)
    for _ in range(times):
        add(bare, write(tmp_path / "papers", "secret", about_the_marker(paragraphs)))
        sync(bare)
        store.open_index(bare)  # this process reads it, and keeps it in memory
        assert holding_it(bare, MARKER.encode())
        assert holding_it(bare, as_stored)
        remove(bare, "secret")
        sync(bare)
        store.open_index(bare)
        assert holding_it(bare, MARKER.encode(), as_stored, b"secret") == []
    figure("D8", f"{paragraphs} paragraphs added and removed {times} times: 0 bytes left")


USED_AGAIN = """
import sys
from pathlib import Path
from faults import working
from assistant.library.holdings import open_library
from assistant.search import store
working.TASKS["look"] = lambda settings: store.open_index(settings)
working.main(*sys.argv[1:])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc can be asked to fill memory that is used again")
@pytest.mark.parametrize("task", ["sync", "look"])
def test_D8_memory_that_was_used_before_does_not_reach_the_disk(
    bare: Settings, words: WordEmbeddings, knowledge: Path, tmp_path: Path, task: str
) -> None:
    """Chroma writes the unused room of its vector files as it lies in memory, here full of a known byte."""
    keep(bare, tmp_path / "papers", "one")
    if task == "sync":
        add(bare, write(tmp_path / "papers", "two"))
    else:
        close(live(bare))
    filled = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", USED_AGAIN, str(knowledge), str(bare.home), "none", task],
        env=os.environ | {"MALLOC_PERTURB_": "90", "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert filled.returncode == 0, filled.stderr
    assert holding_it(bare, b"\xa5" * 16, b"\x5a" * 16) == []


def test_D8_a_writer_that_was_killed_leaves_nothing_of_a_document_removed_since(
    bare: Settings, words: WordEmbeddings, knowledge: Path, tmp_path: Path
) -> None:
    keep(bare, tmp_path / "papers", "one")
    add(bare, write(tmp_path / "papers", "secret", about_the_marker(40)))
    left = generation.begin(store.folder(bare), live(bare))
    (left / "half-written").write_text(about_the_marker(1), encoding="utf-8")
    remove(bare, "secret")
    sync(bare)
    assert holding_it(bare) == []


def test_D8_a_removal_that_was_stopped_after_the_swap_is_finished_by_the_next_sync(
    bare: Settings, words: WordEmbeddings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(bare, tmp_path / "papers", "one")
    add(bare, write(tmp_path / "papers", "secret", about_the_marker(40)))
    sync(bare)
    remove(bare, "secret")
    with monkeypatch.context() as stopped:
        stopped.setattr(shutil, "rmtree", lambda path, **options: None)
        sync(bare)
    assert holding_it(bare)
    sync(bare)
    assert holding_it(bare) == []
    assert list(store.folder(bare).glob("erasing")) == []


def test_D8_an_index_made_anew_does_not_keep_the_removed_document_in_those_before_it(
    bare: Settings, words: WordEmbeddings, tmp_path: Path
) -> None:
    add(bare, write(tmp_path / "papers", "secret", about_the_marker(3)))
    keep(bare, tmp_path / "papers", "one")
    remove(bare, "secret")
    store.sync(bare, open_library(bare), again=True)
    assert holding_it(bare) == []


def test_D8_an_adding_that_was_killed_leaves_no_file_behind(
    bare: Settings, words: WordEmbeddings, tmp_path: Path
) -> None:
    keep(bare, tmp_path / "papers", "one")
    left = [bare.home / "library" / name for name in (".secret.json.7", "secret.original.txt")]
    for path in left:
        path.write_text(about_the_marker(1), encoding="utf-8")
    sync(bare)
    assert all(path.exists() for path in left)  # somebody may be at work on them
    for path in left:
        os.utime(path, (0, 0))
    sync(bare)
    assert not any(path.exists() for path in left)


def test_D8_a_removal_by_another_process_leaves_nothing_though_this_one_has_the_index_open(
    bare: Settings, words: WordEmbeddings, knowledge: Path, tmp_path: Path
) -> None:
    add(bare, write(tmp_path / "papers", "secret", about_the_marker(40)))
    keep(bare, tmp_path / "papers", "one")
    index = store.open_index(bare)
    index.sentences.similarity_search_by_vector(words.embed_query(MARKER), k=1)
    with process(bare, knowledge, "remove", "secret") as one:
        one.communicate(timeout=120)
    index = store.open_index(bare)
    index.sentences.similarity_search_by_vector(words.embed_query(MARKER), k=1)
    assert holding_it(bare) == []
