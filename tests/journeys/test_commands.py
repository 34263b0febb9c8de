import json
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.settings import PREFIX
from journeys import documents
from journeys.conftest import Command

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("knowledge")]

ASKED = "What does a pooled budget need?"
SAID = "A pooled budget needs a rule for overspends."


def said(command: Command, question: str = ASKED) -> list[str]:
    return [one["text"] for one in command("ask", question, "--json").record["statements"]]


def cited(command: Command, question: str) -> set[str]:
    record = command("ask", question, "--json").record
    return {one["source"] for statement in record["statements"] for one in statement["citations"]}


def held(command: Command) -> dict[str, str]:
    return {one["id"]: one["origin"] for one in command("sources", "--json").record["sources"]}


def pointer(home: Path) -> str:
    return (home / "index" / "current").read_text(encoding="utf-8").strip()


def on_disk(home: Path, words: str) -> list[Path]:
    """The files under a home that hold these words as plain text."""
    return [path for path in home.rglob("*") if path.is_file() and words.encode() in path.read_bytes()]


def note(folder: Path, name: str = "note.txt", words: str = documents.FIRST) -> Path:
    path = folder / name
    path.write_text(f"A heading\n\n{words}\n", encoding="utf-8")
    return path


# A reader's own files


@pytest.mark.usefixtures("no_library")
@pytest.mark.parametrize("made", documents.ALL, ids=lambda made: made.__name__)
def test_a_file_is_added_answers_is_removed_and_is_gone(
    made: Callable[[Path], Path], tmp_path: Path, home_folder: Path, command: Command
) -> None:
    added = command("add", made(tmp_path))
    assert added.status == 0
    assert "night-rota" in added.out
    assert held(command) == {"night-rota": "added"}

    record = command("ask", documents.QUESTION, "--json").record
    assert record["status"] == "answered"
    assert documents.FIRST in [one["text"] for one in record["statements"]]
    citation = record["statements"][0]["citations"][0]
    shown = command("show", "night-rota", "--json").record
    assert shown["text"][citation["start"] : citation["end"]] == citation["quote"]
    assert (citation["source"], citation["origin"], citation["text_kind"]) == ("night-rota", "added", "original")
    assert citation["heading"] == documents.HEADING

    assert command("remove", "night-rota").status == 0
    assert held(command) == {}
    assert command("ask", documents.QUESTION, "--json").record["status"] == "not_found"
    assert on_disk(home_folder, "Tadcaster") == []


def test_a_readers_file_is_found_beside_the_shipped_sources(tmp_path: Path, command: Command) -> None:
    command("add", documents.markdown(tmp_path))
    assert "night-rota" in cited(command, documents.QUESTION)
    assert "joint-teams" in cited(command, ASKED)


def test_a_file_that_was_changed_and_added_again_is_quoted_as_it_is_now(tmp_path: Path, command: Command) -> None:
    command("add", note(tmp_path))
    command("add", note(tmp_path, words=documents.FIRST.replace("March", "October")))
    texts = " ".join(said(command, documents.QUESTION))
    assert "October" in texts
    assert "March" not in texts


def test_adding_the_same_file_again_changes_nothing(tmp_path: Path, home_folder: Path, command: Command) -> None:
    command("add", note(tmp_path))
    before = pointer(home_folder)
    assert command("add", note(tmp_path)).status == 0
    assert pointer(home_folder) == before


def test_a_folder_is_added_file_by_file(tmp_path: Path, command: Command) -> None:
    folder = tmp_path / "papers"
    (folder / "older").mkdir(parents=True)
    note(folder, "first.txt")
    note(folder / "older", "second.md")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    assert command("add", folder).status == 0
    assert {"first", "second"} <= set(held(command))


def bad_missing(folder: Path) -> Path:
    return folder / "missing.txt"


def bad_empty(folder: Path) -> Path:
    (folder / "nothing.txt").touch()
    return folder / "nothing.txt"


def bad_damaged(folder: Path) -> Path:
    (folder / "damaged.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    return folder / "damaged.pdf"


def bad_picture(folder: Path) -> Path:
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\0")
    return folder / "picture.png"


def bad_folder(folder: Path) -> Path:
    (folder / "bare").mkdir()
    return folder / "bare"


BAD = (bad_missing, bad_empty, bad_damaged, bad_picture, bad_folder)


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.__name__)
@pytest.mark.parametrize("first", ["good", "bad"])
def test_one_bad_path_is_told_and_the_other_is_added(
    bad: Callable[[Path], Path], first: str, tmp_path: Path, command: Command
) -> None:
    paths = [note(tmp_path), bad(tmp_path)]
    ran = command("add", *(paths if first == "good" else reversed(paths)))
    assert ran.status == 1
    assert paths[1].name in ran.err
    assert "Traceback" not in ran.err
    assert held(command)["note"] == "added"
    assert "note" in cited(command, documents.QUESTION)


def test_nothing_but_a_bad_path_leaves_the_library_as_it_was(tmp_path: Path, command: Command) -> None:
    before = held(command)
    assert command("add", bad_missing(tmp_path)).status == 1
    assert held(command) == before


def test_removing_one_that_is_held_and_one_that_is_not_leaves_no_trace_of_the_first(
    tmp_path: Path, home_folder: Path, command: Command
) -> None:
    command("add", note(tmp_path))
    ran = command("remove", "note", "nothing-of-ours")
    assert ran.status == 1
    assert "nothing-of-ours" in ran.err
    assert "note" not in held(command)
    assert on_disk(home_folder, "Tadcaster") == []


def test_removing_an_unknown_source_removes_nothing(tmp_path: Path, command: Command) -> None:
    command("add", note(tmp_path))
    assert command("remove", "nothing-of-ours").status == 1
    assert "note" in held(command)
    assert "note" in cited(command, documents.QUESTION)


# rebuild, and the model that made the index


def test_a_rebuild_makes_another_index_that_answers_the_same(home_folder: Path, command: Command) -> None:
    answered = said(command)
    before = pointer(home_folder)
    ran = command("rebuild")
    assert ran.status == 0
    assert ran.out
    assert pointer(home_folder) != before
    assert said(command) == answered
    assert SAID in answered


def test_a_rebuild_keeps_the_readers_files(tmp_path: Path, command: Command) -> None:
    command("add", note(tmp_path))
    command("rebuild")
    assert "note" in cited(command, documents.QUESTION)


def test_an_index_made_by_another_model_is_refused_and_kept(
    other_model: str, home_folder: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered = said(command)
    before = pointer(home_folder)

    monkeypatch.setenv(f"{PREFIX}EMBEDDINGS", other_model)
    ran = command("ask", ASKED, "--json")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.count("\n") == 1
    assert "common-ground rebuild" in ran.err
    assert pointer(home_folder) == before

    monkeypatch.delenv(f"{PREFIX}EMBEDDINGS")
    assert said(command) == answered
    assert pointer(home_folder) == before


def test_a_rebuild_takes_up_another_model(other_model: str, command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    command("ask", ASKED)
    monkeypatch.setenv(f"{PREFIX}EMBEDDINGS", other_model)
    assert command("rebuild").status == 0
    assert SAID in said(command)


def test_a_model_that_is_not_there_is_named_with_what_to_do(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{PREFIX}EMBEDDINGS", "nobody/nothing-of-ours")
    ran = command("ask", ASKED)
    assert (ran.status, ran.out) == (1, "")
    assert "nobody/nothing-of-ours" in ran.err
    assert ran.err.count("\n") == 1


# The shipped digests


def test_a_change_to_the_shipped_library_is_taken_up_by_the_next_question(knowledge: Path, command: Command) -> None:
    command("ask", ASKED)
    path = knowledge / "articles" / "joint-teams.md"
    path.write_text(path.read_text(encoding="utf-8").replace("for overspends.", "for underspends."), encoding="utf-8")
    assert "A pooled budget needs a rule for underspends." in said(command)


def test_a_digest_that_is_not_in_order_is_named(knowledge: Path, command: Command) -> None:
    (knowledge / "articles" / "broken.md").write_text("---\nid: broken\n---\n", encoding="utf-8")
    ran = command("sources")
    assert (ran.status, ran.out) == (1, "")
    assert "broken.md" in ran.err


@pytest.mark.usefixtures("no_library")
def test_without_the_shipped_library_nothing_of_it_is_cited(tmp_path: Path, command: Command) -> None:
    command("add", note(tmp_path))
    assert cited(command, ASKED) <= {"note"}
    assert set(held(command)) == {"note"}


def test_json_is_one_object_for_every_command_that_has_it(command: Command) -> None:
    for arguments in (["sources"], ["show", "joint-teams"], ["doctor"], ["ask", ASKED]):
        ran = command(*arguments, "--json")
        assert isinstance(json.loads(ran.out), dict)
