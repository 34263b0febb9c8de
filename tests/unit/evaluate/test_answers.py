import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from unit.evaluate.made import NOT_FOUND, asked, cite, said

from assistant.answer.parts import Note, NoteKind, Reply
from assistant.errors import ReadError
from assistant.evaluate import Outcome, answers, line, turn_of

TURNS = ("Who decides?", "Why?")
FIRST = asked(said(cite("first")), turns=TURNS, retrieved=[cite("second")])
SECOND = asked(said(cite("second"), question="Why?"), turns=TURNS, turn=2)
OTHER = asked(NOT_FOUND, "abstain", id_="q-2", turns=("Who decides?",))
RECORDS = [FIRST.conversation, OTHER.conversation]
ALL = (FIRST, SECOND, OTHER)


def written(tmp_path: Path, *records: dict[str, Any] | str) -> Path:
    path = tmp_path / "answers.jsonl"
    texts = [one if isinstance(one, str) else json.dumps(one) for one in records]
    path.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
    return path


def record(outcome: Outcome, **changed: Any) -> dict[str, Any]:
    given: dict[str, Any] = json.loads(line(outcome)) | changed
    return given


def test_what_was_written_is_read_as_it_was_judged(tmp_path: Path) -> None:
    assert answers(written(tmp_path, *map(line, ALL)), RECORDS) == [turn_of(one) for one in ALL]


def test_the_answers_come_in_the_order_of_the_questions(tmp_path: Path) -> None:
    found = answers(written(tmp_path, line(OTHER), line(SECOND), line(FIRST)), RECORDS)
    assert [(one.conversation.id, one.number) for one in found] == [("q-1", 1), ("q-1", 2), ("q-2", 1)]


def test_a_file_without_what_was_retrieved_can_be_read(tmp_path: Path) -> None:
    old = [{name: value for name, value in record(one).items() if name != "retrieved"} for one in ALL]
    assert [one.answered.retrieved for one in answers(written(tmp_path, *old), RECORDS)] == [None] * 3


def test_what_is_shown_holds_reply_and_notes() -> None:
    given = said(cite("first"), reply=Reply("x", "Hello."), notes=(Note(NoteKind.CHANGED, "It changed."),))
    shown = turn_of(asked(given)).answered.shown
    assert all(words in shown for words in ("Hello.", "It changed.", "The first source speaks of money."))


def test_a_question_whose_details_were_taken_out_is_still_the_same(tmp_path: Path) -> None:
    note = {"kind": "personal-details", "text": "We left them out.", "sources": []}
    cleaned = record(OTHER, question="Who decides for […]?", notes=[note])
    assert len(answers(written(tmp_path, line(FIRST), line(SECOND), cleaned), RECORDS)) == 3


OTHERS: dict[str, Callable[[], list[dict[str, Any]]]] = {
    "a turn is missing": lambda: [record(FIRST), record(OTHER)],
    "a conversation is missing": lambda: [record(FIRST), record(SECOND)],
    "nothing is there": list,
    "another conversation": lambda: [*map(record, ALL), record(OTHER, id="q-3")],
    "another turn": lambda: [*map(record, ALL), record(OTHER, turn=2)],
    "one twice": lambda: [*map(record, ALL), record(OTHER)],
    "another question": lambda: [record(FIRST), record(SECOND), record(OTHER, question="Who pays?")],
}


@pytest.mark.parametrize("made", OTHERS.values(), ids=OTHERS)
def test_the_answers_to_other_questions_are_refused(made: Callable[[], list[dict[str, Any]]], tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"answers\.jsonl answers another question set"):
        answers(written(tmp_path, *made()), RECORDS)


MALFORMED: dict[str, dict[str, Any] | str] = {
    "no JSON": "who decides?",
    "a list": "[]",
    "nothing": "null",
    "no status": {"id": "q-1", "turn": 1},
    "a status of another name": record(SECOND, status="found"),
    "a turn in words": record(SECOND, turn="two"),
    "statements that are a text": record(SECOND, statements="so"),
    "a statement without a citation": record(SECOND, statements=[{"text": "So.", "citations": []}]),
    "a citation without a source": record(SECOND, statements=[{"text": "So.", "citations": [{"anchor": "x"}]}]),
}


@pytest.mark.parametrize("bad", MALFORMED.values(), ids=MALFORMED)
def test_a_line_that_is_no_answer_is_named(bad: dict[str, Any] | str, tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"answers\.jsonl, line 2: it is no answer") as told:
        answers(written(tmp_path, record(FIRST), bad), RECORDS)
    assert "\n" not in str(told.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"missing\.jsonl cannot be read"):
        answers(tmp_path / "missing.jsonl", RECORDS)
