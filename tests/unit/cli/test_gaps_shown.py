"""`gaps`, and which commands fill the log."""

import json
import os
from datetime import date
from pathlib import Path

import pytest
from unit.answer.made import answer

from assistant.answer.parts import Status
from assistant.gaps import note_gap
from assistant.settings import PREFIX, Settings
from ui import __main__ as console

pytestmark = pytest.mark.usefixtures("knowledge", "words")

MARKER = "zebracrossingmarker"
TODAY = date.today().isoformat()


def note(home: Settings, question: str = "Who pays?", pitfall: str = "no-fallback", days: int = 0) -> None:
    """Put a question that was not answered into the log."""
    unanswered = answer(status=Status.NOT_FOUND, question=question, complete=False, pitfalls=(pitfall,))
    note_gap(home.model_copy(update={"keep_words": days}), unanswered)


def shown(capsys: pytest.CaptureFixture[str], *options: str) -> str:
    """What `gaps` prints."""
    capsys.readouterr()
    assert console.main(["gaps", *options]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def on_disk(home: Path, words: str) -> list[Path]:
    return [path for path in home.rglob("*") if path.is_file() and words.encode() in path.read_bytes()]


def test_an_empty_log_is_said_in_a_sentence(capsys: pytest.CaptureFixture[str], home_folder: Path) -> None:
    assert shown(capsys) == "The gap log is empty. It counts the questions that the library does not answer.\n"
    assert json.loads(shown(capsys, "--json")) == {"gaps": [], "keep_words": 0}
    assert not home_folder.exists()


def test_the_gaps_are_a_table_with_the_most_frequent_first(home: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    note(home, pitfall="trust-alone")
    note(home)
    note(home)
    lines = shown(capsys).splitlines()
    assert lines[2:5] == [
        "times  nearest topic                     first day   last day",
        f"    2  No fallback if it ends            {TODAY}  {TODAY}",
        f"    1  Relying on trust between leaders  {TODAY}  {TODAY}",
    ]
    assert "not kept in words" in " ".join(lines[5:])


def test_words_stand_under_their_topic(
    home: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"{PREFIX}KEEP_WORDS", "7")
    note(home, "Who pays for the night rota?", days=7)
    out = shown(capsys)
    assert f"       {TODAY}  Who pays for the night rota?\n" in out
    assert "kept in words for 7 days" in out


def test_the_gaps_are_one_json_object(
    home: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"{PREFIX}KEEP_WORDS", "7")
    note(home, days=7)
    assert json.loads(shown(capsys, "--json")) == {
        "gaps": [
            {
                "topic": "no-fallback",
                "name": "No fallback if it ends",
                "count": 1,
                "first": TODAY,
                "last": TODAY,
                "words": [{"day": TODAY, "text": "Who pays?"}],
            }
        ],
        "keep_words": 7,
    }


def test_a_question_cannot_steer_the_terminal(
    home: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"{PREFIX}KEEP_WORDS", "7")
    note(home, "Who \x1b[2J\x9b31m\u202epays?", days=7)
    out = shown(capsys)
    assert out.replace("\n", "").isprintable()
    assert "pays?" in out


def test_a_damaged_log_is_a_problem_with_a_message_and_gone_the_next_time(
    home_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home_folder / "gaps").mkdir(parents=True)
    (home_folder / "gaps" / "counts.json").write_bytes(b"{")
    assert console.main(["gaps", "--json"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("common-ground: The gap log")
    assert "Traceback" not in err
    assert json.loads(shown(capsys, "--json"))["gaps"] == []


# What fills the log


def test_asking_counts_every_turn_that_was_not_answered_and_keeps_no_word(
    home_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    turns = ["hello", f"When does the {MARKER} pool open?", f"What does a {MARKER} cost?"]
    assert console.main(["ask", *turns]) == 0
    assert sum(one["count"] for one in json.loads(shown(capsys, "--json"))["gaps"]) == 2
    assert on_disk(home_folder, MARKER) == []


def test_asking_keeps_the_words_where_that_is_set(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"{PREFIX}KEEP_WORDS", "7")
    assert console.main(["ask", f"When does the {MARKER} pool open?", "--json"]) == 0
    (gap,) = json.loads(shown(capsys, "--json"))["gaps"]
    assert [one["text"] for one in gap["words"]] == [f"When does the {MARKER} pool open?"]


def test_what_is_answered_is_not_counted(home_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert console.main(["ask", "A pooled budget needs a rule for overspends.", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["status"] == "answered"
    assert not (home_folder / "gaps").exists()


def test_asking_goes_on_where_the_log_cannot_be_written(home_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home_folder.mkdir()
    (home_folder / "gaps").write_text("in the way", encoding="utf-8")
    assert console.main(["ask", f"When does the {MARKER} pool open?", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["status"] == "not_found"


def test_evaluating_does_not_fill_the_log(
    home_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(json.dumps({"id": "q", "turns": [f"Is the {MARKER} open?"], "expect": "abstain"}) + "\n")
    assert console.main(["evaluate", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["abstained"]["value"] == 1
    assert not (home_folder / "gaps").exists()


def test_a_file_that_is_removed_is_named_in_the_log_no_more(
    home_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"{PREFIX}LIBRARY", "none")
    path = tmp_path / "about-mrs-smith.txt"
    path.write_text("A heading\n\nThe night rota changes in March each year.\n", encoding="utf-8")
    assert console.main(["add", str(path)]) == 0
    assert console.main(["ask", f"When does the {MARKER} pool open?"]) == 0
    assert [one["topic"] for one in json.loads(shown(capsys, "--json"))["gaps"]] == ["source:about-mrs-smith"]
    assert console.main(["remove", "about-mrs-smith"]) == 0
    assert [one["topic"] for one in json.loads(shown(capsys, "--json"))["gaps"]] == ["nothing-near"]
    assert [path for path in home_folder.rglob("*") if os.fsencode("mrs-smith") in os.fsencode(path.name)] == []
    assert on_disk(home_folder, "mrs-smith") == []
