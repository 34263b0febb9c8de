"""A2, A3, A7: a process that writes is killed at any moment."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from fakes import WordEmbeddings

from assistant.library.holdings import add, open_library
from assistant.search import store
from assistant.settings import Settings
from faults.conftest import PARAGRAPHS, finds, held, keep, live, process, size, text_of, write

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3600)]

KILLS = size(3, 100)
AT_ONCE = 12  # documents that a process would add if it were not killed


@dataclass
class Run:
    """What was seen after each kill."""

    kills: int = 0
    added: int = 0
    unreadable: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    halves: list[str] = field(default_factory=list)


def killed_again_and_again(settings: Settings, words: WordEmbeddings, knowledge: Path, folder: Path) -> Run:
    """Kill a process that adds documents, look, and let the next go on where it was."""
    run, chance, left = Run(), random.Random(7), [f"d{n}" for n in range(20_000)]
    noted = folder / "acknowledged"
    noted.touch()
    folder.joinpath("papers").mkdir()
    for _ in range(KILLS):
        for id_ in left[:AT_ONCE]:
            write(folder / "papers", id_)
        with process(settings, knowledge, "add", str(folder / "papers"), str(noted), *left[:AT_ONCE]) as one:
            time.sleep(chance.uniform(0.0, 2.5))
            one.kill()
            one.wait()
        run.kills += 1
        acknowledged = noted.read_text(encoding="utf-8").split()
        look(run, settings, words, acknowledged)
        left = [id_ for id_ in left if id_ not in set(acknowledged)]
        run.added = len(acknowledged)
    return run


def look(run: Run, settings: Settings, words: WordEmbeddings, acknowledged: list[str]) -> None:
    library = open_library(settings)
    run.halves += [one.source.id for one in library if one.headed.text.count("says") != PARAGRAPHS]
    run.lost += [id_ for id_ in acknowledged if id_ not in library.holdings]
    if not acknowledged and not (store.folder(settings) / "current").exists():
        return
    try:
        index = store.open_index(settings)
        there = held(index)
        run.lost += [id_ for id_ in acknowledged if id_ not in there]
        run.halves += [id_ for id_, number in there.items() if number != PARAGRAPHS]
        run.lost += [id_ for id_ in acknowledged[-20:] if not finds(index, words, id_)]
    except Exception as error:  # noqa: BLE001  any at all is what must not be
        run.unreadable.append(repr(error))


@pytest.fixture(scope="module")
def runs() -> list[Run]:
    return []


@pytest.fixture
def run(runs: list[Run], bare: Settings, words: WordEmbeddings, knowledge: Path, tmp_path: Path) -> Run:
    """The kills, made once for the three tests."""
    if not runs:
        keep(bare, tmp_path / "first", "first")
        runs.append(killed_again_and_again(bare, words, knowledge, tmp_path))
    return runs[0]


def test_A2_a_kill_at_any_moment_leaves_a_readable_index(run: Run, figure: Callable[[str, str], None]) -> None:
    figure("A2", f"{run.kills} SIGKILLs during sync: {len(run.unreadable)} unreadable ({run.added} documents added)")
    assert run.kills == KILLS
    assert run.unreadable == []


def test_A3_an_acknowledged_document_is_there_after_a_kill_and_none_by_half(
    run: Run, figure: Callable[[str, str], None]
) -> None:
    figure("A3", f"{run.kills} kills, {run.added} acknowledged: {len(run.lost)} lost, {len(run.halves)} by half")
    assert run.added > 0
    assert (run.lost, run.halves) == ([], [])


def test_A7_a_second_run_adds_nothing(bare: Settings, words: WordEmbeddings, tmp_path: Path) -> None:
    keep(bare, tmp_path / "papers", "one", "two")
    before, rows = live(bare), held(store.open_index(bare))
    words.texts.clear()
    keep(bare, tmp_path / "papers", "one", "two")
    assert (live(bare), held(store.open_index(bare)), words.texts) == (before, rows, [])


def test_A7_a_run_that_was_killed_is_resumed_and_repeats_one_document_at_most(
    bare: Settings, words: WordEmbeddings, knowledge: Path, tmp_path: Path, figure: Callable[[str, str], None]
) -> None:
    ids, noted = [f"d{n}" for n in range(6)], tmp_path / "acknowledged"
    noted.touch()
    for id_ in ids:
        write(tmp_path / "papers", id_)
    with process(bare, knowledge, "add", str(tmp_path / "papers"), str(noted), *ids) as one:
        while len(noted.read_text(encoding="utf-8").split()) < 2:
            time.sleep(0.02)
        one.kill()
        one.wait()
    done = noted.read_text(encoding="utf-8").split()
    words.texts.clear()
    for id_ in ids:
        add(bare, tmp_path / "papers" / f"{id_}.txt")
    store.sync(bare, open_library(bare))
    repeated = {id_ for id_ in done if any(id_ in text.split() for text in words.texts)}
    figure("A7", f"second run: 0 rows added; resumed after a kill: {len(repeated)} of {len(done)} indexed again")
    assert len(repeated) <= 1
    assert held(store.open_index(bare)) == dict.fromkeys(ids, PARAGRAPHS)
    assert text_of("d0") in open_library(bare)["d0"].headed.text
