import json
from collections import Counter
from pathlib import Path

import pytest

from assistant.errors import RecordError
from assistant.library.situations import Situation, situations


def test_situations_come_before_what_is_outside(knowledge: Path) -> None:
    assert [one.id for one in situations()] == ["s-1", "s-2", "o-1"]


def test_a_situation_keeps_its_words_its_places_and_its_pitfalls(knowledge: Path) -> None:
    line = {"id": "s-9", "text": "Whose desk?", "sections": ["a#b", "a#c"], "pitfalls": ["culture-clash"], "more": 1}
    (knowledge / "situations.jsonl").write_text(json.dumps(line), encoding="utf-8")
    assert situations()[0] == Situation("s-9", "Whose desk?", ("a#b", "a#c"), ("culture-clash",))


def test_what_is_outside_has_no_places(knowledge: Path) -> None:
    assert situations()[-1].places == ()


def test_without_the_files_there_are_none(knowledge: Path) -> None:
    for name in ("situations", "outside"):
        (knowledge / f"{name}.jsonl").unlink()
    assert situations() == ()


@pytest.mark.parametrize("line", ["not json", "[]", "7", '{"id": "s-9"}', '{"text": "Whose desk?"}', ""])
def test_a_malformed_line_is_named_with_the_file(knowledge: Path, line: str) -> None:
    path = knowledge / "outside.jsonl"
    path.write_text(f"{path.read_text(encoding='utf-8')}{line}\n", encoding="utf-8")
    with pytest.raises(RecordError, match=r"outside\.jsonl, line 2: .*id, text and sections"):
        situations()


def test_the_words_of_any_language_are_kept(knowledge: Path) -> None:
    (knowledge / "outside.jsonl").write_text('{"id": "o", "text": "Pwy sy’n talu? 😀"}\n', encoding="utf-8")
    assert situations()[-1].text == "Pwy sy’n talu? 😀"


def test_no_two_of_the_shipped_situations_have_one_id() -> None:
    assert [id_ for id_, number in Counter(one.id for one in situations()).items() if number > 1] == []


def test_no_shipped_situation_is_empty() -> None:
    assert all(one.text.strip() for one in situations())


def test_the_shipped_ones_are_of_both_sorts() -> None:
    assert {bool(one.places) for one in situations()} == {True, False}
