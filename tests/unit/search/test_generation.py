import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import ROOT

from assistant.errors import BusyError, StoreError
from assistant.search import generation
from assistant.search.generation import Canary, Record

RECORD = Record({"name": "m"}, {"a": "1"}, (Canary("passages", "x", (0.5, 0.25)),), "2026-01-01T00:00:00Z")
HOLD = """
import sys
from pathlib import Path
from assistant.search import generation
with generation.writing(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def made(folder: Path, *, is_recorded: bool = True) -> Path:
    path = generation.begin(folder, None)
    if is_recorded:
        generation.write_record(path, RECORD)
    return path


def published(folder: Path, *, erase_older: bool = False) -> Path:
    path = made(folder)
    generation.publish(folder, path, erase_older=erase_older)
    return path


def generations(folder: Path) -> set[Path]:
    return set(folder.glob("generation-*"))


@contextmanager
def another_writer(folder: Path) -> "Iterator[subprocess.Popen[str]]":
    """A second process that holds the lock until its standard input ends."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process


def test_at_first_nothing_is_live(tmp_path: Path) -> None:
    assert generation.live(tmp_path) is None
    assert generation.live(tmp_path / "no-such-folder") is None


def test_what_is_published_is_live(tmp_path: Path) -> None:
    path = published(tmp_path)
    assert generation.live(tmp_path) == path


def test_publishing_the_next_one_moves_the_pointer(tmp_path: Path) -> None:
    published(tmp_path)
    second = published(tmp_path)
    assert generation.live(tmp_path) == second


def test_what_is_not_published_is_not_live(tmp_path: Path) -> None:
    first = published(tmp_path)
    made(tmp_path)
    assert generation.live(tmp_path) == first


@pytest.mark.parametrize("pointer", ["", "\n", "generation-gone"])
def test_a_pointer_to_no_generation_counts_as_none(tmp_path: Path, pointer: str) -> None:
    (tmp_path / "current").write_text(pointer, encoding="utf-8")
    assert generation.live(tmp_path) is None


def test_a_new_generation_is_empty(tmp_path: Path) -> None:
    assert list(generation.begin(tmp_path, None).iterdir()) == []


def test_a_copy_holds_what_the_old_one_holds_and_changes_alone(tmp_path: Path) -> None:
    old = made(tmp_path)
    (old / "sub").mkdir()
    (old / "sub" / "file").write_text("old", encoding="utf-8")
    new = generation.begin(tmp_path, old)
    (new / "sub" / "file").write_text("new", encoding="utf-8")
    assert (old / "sub" / "file").read_text(encoding="utf-8") == "old"
    assert not (new / "record.json").exists()  # it is not finished until it has one of its own


def test_generations_made_at_once_have_names_of_their_own(tmp_path: Path) -> None:
    assert len({generation.begin(tmp_path, None) for _ in range(20)}) == 20


def test_two_older_generations_are_kept_and_they_are_the_latest(tmp_path: Path) -> None:
    paths = [published(tmp_path) for _ in range(8)]
    assert generations(tmp_path) == set(paths[-3:])


def test_nothing_older_is_kept_once_something_was_removed(tmp_path: Path) -> None:
    for _ in range(3):
        published(tmp_path)
    last = published(tmp_path, erase_older=True)
    assert generations(tmp_path) == {last}


def test_an_abandoned_generation_is_gone(tmp_path: Path) -> None:
    generation.abandon(made(tmp_path))
    assert generations(tmp_path) == set()


def test_a_sweep_takes_what_killed_writers_left(tmp_path: Path) -> None:
    live, older = published(tmp_path), made(tmp_path)
    made(tmp_path, is_recorded=False)
    generation.sweep(tmp_path)
    assert generations(tmp_path) == {live, older}


def test_a_sweep_leaves_the_live_generation_whatever_it_holds(tmp_path: Path) -> None:
    live = published(tmp_path)
    (live / "record.json").unlink()
    generation.sweep(tmp_path)
    assert generation.live(tmp_path) == live


def test_a_sweep_of_nothing_is_no_trouble(tmp_path: Path) -> None:
    generation.sweep(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    generation.write_record(tmp_path, RECORD)
    assert generation.read_record(tmp_path) == RECORD


@pytest.mark.parametrize("data", ["", "{}", "[]", "null", '{"canaries": 7}', '{"canaries": [{}]}', "{", '"text"'])
def test_a_record_that_cannot_be_read_says_what_to_do(tmp_path: Path, data: str) -> None:
    (tmp_path / "record.json").write_text(data, encoding="utf-8")
    with pytest.raises(StoreError, match=r"has lost its record\. Run: common-ground rebuild"):
        generation.read_record(tmp_path)


def test_a_generation_without_a_record_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="has lost its record"):
        generation.read_record(tmp_path)


def test_a_writer_may_write_again_when_it_has_finished(tmp_path: Path) -> None:
    times = 0
    for _ in range(2):
        with generation.writing(tmp_path):
            times += 1
    assert times == 2


def test_the_lock_goes_with_an_error(tmp_path: Path) -> None:
    with pytest.raises(KeyError), generation.writing(tmp_path):
        raise KeyError
    with generation.writing(tmp_path):
        assert tmp_path.is_dir()


def test_a_second_writer_in_this_process_is_refused(tmp_path: Path) -> None:
    with (
        generation.writing(tmp_path),
        pytest.raises(BusyError, match=r"Another Common Ground process is updating the index\. Try again"),
        generation.writing(tmp_path),
    ):
        pass


def test_a_second_process_that_writes_is_in_the_way(tmp_path: Path) -> None:
    with another_writer(tmp_path) as process:
        with pytest.raises(BusyError, match="Another Common Ground process"), generation.writing(tmp_path):
            pass
        process.communicate()
    with generation.writing(tmp_path):
        assert process.returncode == 0


def test_the_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    with another_writer(tmp_path) as process:
        process.kill()
        process.wait()
        with generation.writing(tmp_path, wait=10):
            assert process.returncode != 0


def test_a_writer_may_wait_for_another_to_finish(tmp_path: Path) -> None:
    with another_writer(tmp_path) as process:
        assert process.stdin is not None
        process.stdin.close()
        with generation.writing(tmp_path, wait=30):
            assert (tmp_path / "lock").exists()


def test_a_file_in_the_place_of_the_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "index").touch()
    with pytest.raises(OSError, match="index"), generation.writing(tmp_path / "index"):
        pass
