"""A5, A6, A12, A13: one writes, many read, much is added, and ids stay as they are."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import hypothesis.strategies as st
import pytest
from conftest import ROOT
from fakes import WordEmbeddings
from hypothesis import HealthCheck, given
from hypothesis import settings as examples

from assistant.answer.pipeline import Assistant
from assistant.library import split
from assistant.library.catalogue import Source
from assistant.library.holdings import Holding, Origin, add, open_library
from assistant.library.text import Element, Shape, compose
from assistant.search import generation, store
from assistant.settings import Settings
from faults.conftest import held, keep, process, size, write

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3600)]

READERS = 10


# A5


def test_A5_a_second_writer_ends_at_once_with_a_plain_message(
    bare: Settings, words: WordEmbeddings, knowledge: Path, tmp_path: Path, figure: Callable[[str, str], None]
) -> None:
    keep(bare, tmp_path / "papers", "one")
    add(bare, write(tmp_path / "papers", "two"))

    with generation.writing(store.folder(bare)), process(bare, knowledge, "sync") as second:
        began = time.perf_counter()
        _, said = second.communicate(timeout=120)
        took = time.perf_counter() - began
    assert second.returncode == 1
    assert said.strip() == "Another Common Ground process is updating the index. Try again when it has finished."
    figure("A5", f"the second writer ended in {took:.2f} s with a plain message")


def test_A5_the_lock_of_a_writer_that_was_killed_is_free(
    bare: Settings, words: WordEmbeddings, knowledge: Path, tmp_path: Path
) -> None:
    for n in range(30):
        add(bare, write(tmp_path / "papers", f"d{n}"))
    with process(bare, knowledge, "sync") as first:
        while not list(store.folder(bare).glob("generation-*")):  # it holds the lock, and writes
            time.sleep(0.01)
        first.kill()
        first.wait()
    store.sync(bare, open_library(bare))
    assert len(held(store.open_index(bare))) == 30


# A6


def test_A6_readers_see_a_new_index_without_a_restart_and_no_question_fails(
    bare: Settings, words: WordEmbeddings, knowledge: Path, tmp_path: Path, figure: Callable[[str, str], None]
) -> None:
    keep(bare, tmp_path / "papers", "one", "gone")
    assistant = Assistant(bare)
    assistant.opened()
    failed: list[BaseException] = []
    asked, seen = [0], threading.Event()
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            try:
                answer = assistant.ask("What does the plan new say about matter 3?")
                asked[0] += 1
                if any("new" in statement.text.split() for statement in answer.statements):
                    seen.set()
            except Exception as error:  # noqa: BLE001  any at all is what must not be
                failed.append(error)

    readers = [threading.Thread(target=read) for _ in range(READERS)]
    for one in readers:
        one.start()
    try:
        rounds = size(1, 10)
        for n in range(rounds):
            write(tmp_path / "papers", "new" if not n else f"new{n}")
            noted = tmp_path / "noted"
            ids = ("new" if not n else f"new{n}",)
            with process(bare, knowledge, "add", str(tmp_path / "papers"), str(noted), *ids) as one:
                one.communicate(timeout=300)
            began = time.perf_counter()
            assert seen.wait(60)
            took = time.perf_counter() - began
            figure("A6", f"{READERS} readers asking: the new index is seen after {took:.1f} s") if not n else None
            with process(bare, knowledge, "remove", "gone" if not n else f"new{n}") as one:
                one.communicate(timeout=300)
    finally:
        time.sleep(1)
        stop.set()
        for one in readers:
            one.join()
    figure("A6", f"{asked[0]} questions while {2 * rounds} generations were published: {len(failed)} failed")
    assert failed == []
    assert asked[0] > 0


# A12


def test_A12_very_many_passages_are_indexed_in_batches_that_are_small(
    bare: Settings,
    words: WordEmbeddings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    figure: Callable[[str, str], None],
) -> None:
    from langchain_chroma import Chroma

    batches: list[int] = []
    through = Chroma.add_texts

    def watched(self: Chroma, texts: list[str], *more: object, **options: object) -> list[str]:
        batches.append(len(list(texts)))
        return through(self, texts, *more, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Chroma, "add_texts", watched)
    number = size(600, 20_000)
    sections = "\n\n".join(f"Part {n}\n\nThe part {n} says p{n} and q{n} about matter r{n}." for n in range(number))
    began = time.perf_counter()
    add(bare, write(tmp_path / "papers", "many", sections))
    store.sync(bare, open_library(bare))
    took = time.perf_counter() - began
    passages = len(store.open_index(bare).passages.get(include=[])["ids"])
    figure("A12", f"{passages:,} passages in {took:.0f} s, no error; largest batch {max(batches)}")
    assert passages >= number
    assert max(batches) <= 250


# A13


WORD = st.text("abcdefghij klmnop.", min_size=1, max_size=40)
PARTS = st.lists(st.tuples(WORD, st.lists(WORD, min_size=1, max_size=4)), min_size=1, max_size=4)


def ids(parts: list[tuple[str, list[str]]]) -> list[str]:
    """The sections, places and hashes of what is indexed of a document: all that citations rest on."""
    elements = [
        element
        for heading, blocks in parts
        for element in (Element(Shape.HEADING, f"H {heading}"), *(Element(Shape.PARAGRAPH, one) for one in blocks))
    ]
    source = Source.model_validate(
        {"id": "made", "title": "Made", "kind": "article", "nations": [], "text": "original"}
    )
    holding = Holding(source, compose(elements, "Made"), Origin.ADDED)
    return [f"{split.place(one)} {split.content_hash(one.page_content)}" for one in split.passages(holding)]


@given(PARTS)
@examples(max_examples=size(60, 1000), suppress_health_check=list(HealthCheck))
def test_A13_the_same_text_has_the_same_ids_and_places(parts: list[tuple[str, list[str]]]) -> None:
    assert ids(parts) == ids([(str(heading), list(blocks)) for heading, blocks in parts])


IDS = """
import sys, pathlib
sys.path[:0] = [sys.argv[3], sys.argv[3] + "/tests"]
from faults import working
from assistant.library.holdings import open_library
from assistant.search import store
def told(settings):
    working._sync(settings)
    index = store.open_index(settings)
    print(*sorted(index.passages.get(include=[])["ids"] + index.sentences.get(include=[])["ids"]), sep="\\n")
working.TASKS["told"] = told
working.main(sys.argv[1], sys.argv[2], "none", "told")
"""


def test_A13_another_process_gives_the_same_ids(
    bare: Settings, words: WordEmbeddings, knowledge: Path, tmp_path: Path, figure: Callable[[str, str], None]
) -> None:
    keep(bare, tmp_path / "papers", *(f"d{n}" for n in range(size(4, 40))))
    index = store.open_index(bare)
    here = sorted(index.passages.get(include=[])["ids"] + index.sentences.get(include=[])["ids"])
    other = Settings(home=tmp_path / "other", library=bare.library)
    for n in range(size(4, 40)):
        add(other, tmp_path / "papers" / f"d{n}.txt")
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", IDS, str(knowledge), str(other.home), str(ROOT)],
        env={"PYTHONHASHSEED": "77", "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split()[1:] == here
    figure("A13", f"{size(60, 1000):,} generated documents and {len(here):,} ids in another process: all the same")
