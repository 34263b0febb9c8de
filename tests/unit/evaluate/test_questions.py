import json
from pathlib import Path

import pytest

from assistant.errors import ReadError
from assistant.evaluate import Gold, Nugget, conversations


def written(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


GOOD = '{"id": "q-1", "turns": ["Who decides?", "Why?"], "expect": "answer", "audience": "leader", "kind": "followup"}'


def test_a_question_set_is_read_line_by_line(tmp_path: Path) -> None:
    marked = json.loads(GOOD) | {"gold": [{"turn": 2, "article": "first", "section": "On money", "quote": "so"}]}
    first, second = conversations(
        written(tmp_path, GOOD, "", json.dumps(marked | {"id": "q-2", "nation": "wales"}), "")
    )
    assert (first.id, first.turns, first.expect) == ("q-1", ("Who decides?", "Why?"), "answer")
    assert (first.audience, first.kind, first.gold, first.nation) == ("leader", "followup", (), None)
    assert second.gold == (Gold(2, "first", "On money", "so"),)
    assert second.nation == "wales"


def test_a_record_needs_no_more_than_id_turns_and_expect(tmp_path: Path) -> None:
    (only,) = conversations(written(tmp_path, '{"id": 7, "turns": ["Who decides?"], "expect": "abstain"}'))
    assert (only.id, only.audience, only.nation, only.holds) == ("7", "any", None, "")


def test_nuggets_are_read_with_their_importance(tmp_path: Path) -> None:
    nuggets = [{"turn": 1, "importance": "okay", "text": "Partners decide."}, {"turn": 2, "text": "For a reason."}]
    (only,) = conversations(written(tmp_path, json.dumps(json.loads(GOOD) | {"nuggets": nuggets})))
    assert only.nuggets == (Nugget(1, "Partners decide.", False), Nugget(2, "For a reason.", True))


def test_an_id_that_is_taken_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"questions\.jsonl, line 2: the id q-1 is taken"):
        conversations(written(tmp_path, GOOD, GOOD))


MALFORMED = {
    "no JSON": "who decides?",
    "half an object": '{"id": "q-2", "turns": ["Who',
    "a list": '["q-2", "Who decides?", "answer"]',
    "a number": "7",
    "nothing": "null",
    "no id": '{"turns": ["Who decides?"], "expect": "answer"}',
    "no turns": '{"id": "q-2", "expect": "answer"}',
    "empty turns": '{"id": "q-2", "turns": [], "expect": "answer"}',
    "turns that are a text": '{"id": "q-2", "turns": "Who decides?", "expect": "answer"}',
    "turns that are a number": '{"id": "q-2", "turns": 5, "expect": "answer"}',
    "no expect": '{"id": "q-2", "turns": ["Who decides?"]}',
    "an expect of another name": '{"id": "q-2", "turns": ["Who decides?"], "expect": "anser"}',
    "a nation that is none": '{"id": "q-2", "turns": ["Who decides?"], "expect": "answer", "nation": "mars"}',
    "gold without an article": '{"id": "q-2", "turns": ["Who?"], "expect": "answer", "gold": [{"turn": 1}]}',
    "gold that is a text": '{"id": "q-2", "turns": ["Who?"], "expect": "answer", "gold": ["first"]}',
    "a nugget of another importance": '{"id": "q-2", "turns": ["Who?"], "expect": "answer", "nuggets": '
    '[{"turn": 1, "importance": "vitale", "text": "x"}]}',
    "a nugget without words": '{"id": "q-2", "turns": ["Who?"], "expect": "answer", "nuggets": [{"turn": 1}]}',
    "gold of a turn in words": '{"id": "q-2", "turns": ["Who?"], "expect": "answer", "gold": '
    '[{"turn": "one", "article": "first", "section": "x"}]}',
}


@pytest.mark.parametrize("line", MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_line_is_named_by_file_and_number(line: str, tmp_path: Path) -> None:
    path = written(tmp_path, GOOD, "", line)
    with pytest.raises(ReadError, match=r"questions\.jsonl, line 3"):
        conversations(path)


@pytest.mark.parametrize("what", ["missing", "a folder", "no text"])
def test_a_question_set_that_cannot_be_read_is_named(what: str, tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    if what == "a folder":
        path.mkdir()
    elif what == "no text":
        path.write_bytes(b"\xff\xfe\xff")
    with pytest.raises(ReadError, match=r"questions\.jsonl cannot be read"):
        conversations(path)
