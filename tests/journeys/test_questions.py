"""The gate: our own small question set, asked of the shipped library with the real model."""

import json
from pathlib import Path

import pytest

from assistant.library.originals import plain_words
from assistant.templates import shipped
from journeys.conftest import Command

QUESTIONS = Path(__file__).parents[1] / "data" / "questions.jsonl"
# A little under what was measured; the set is small, so that one turn of 21 is 0.048.
FLOORS = {
    "article_hit": 0.90,  # measured 1.0
    "section_hit": 0.85,  # 0.952
    "first_hit": 0.80,  # 0.905
    "follow_up": 0.75,  # 1.0, of 4
    "verbatim": 1.0,  # 1.0: the promise
    "abstained": 0.83,  # 1.0, of 6
    "abstention_precision": 0.85,  # 1.0
    "abstention_recall": 0.85,  # 1.0
    "handled": 0.5,  # 0.5, of 2: a greeting in words that the guard does not know gets 'the library does not say'
    "safely": 1.0,  # 1.0, of 1
    "nuggets_vital": 0.70,  # 0.857
    "recall_at_3": 0.75,  # 0.833
    "recall_at_10": 0.85,  # 0.937
    "ndcg_at_10": 0.80,  # 0.899
}


@pytest.mark.slow
@pytest.mark.usefixtures("at_shipped")
def test_our_own_questions_are_answered_well_enough(tmp_path: Path, command: Command) -> None:
    ran = command("evaluate", QUESTIONS, "--out", tmp_path / "report.html", "--json")
    assert ran.status == 0
    result = ran.record
    assert result["turns"] == 29
    assert {name: result[name]["value"] for name, floor in FLOORS.items() if result[name]["value"] < floor} == {}
    assert result["wrongly_refused"]["value"] <= 0.1  # measured 0
    assert "<svg" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_no_question_of_the_set_is_a_situation_of_the_library() -> None:
    asked = {plain_words(turn) for line in _lines(QUESTIONS) for turn in line["turns"]}
    held = {plain_words(line["text"]) for line in _lines(shipped("knowledge") / "situations.jsonl")}
    assert len(asked) == 29
    assert asked & held == set()


def test_every_gold_section_of_the_set_is_one_that_the_shipped_digests_have() -> None:
    from assistant.evaluate import Cited, conversations
    from assistant.evaluate.gold import is_gold
    from assistant.library.holdings import Holding, Library, Origin, shipped_digests

    library = Library({id_: Holding(one.source, one.headed, Origin.SHIPPED) for id_, one in shipped_digests().items()})
    for gold in (one for record in conversations(QUESTIONS) for one in record.gold):
        holding = library[gold.article]
        cited = [
            Cited(source=gold.article, anchor=part.anchor, start=0, end=0, text_kind=holding.source.text)
            for part in holding.headed.sections
        ]
        assert any(is_gold(one, [gold], library) for one in cited), gold


def _lines(path: Path) -> list[dict[str, list[str]]]:
    return [json.loads(text) for text in path.read_text(encoding="utf-8").splitlines()]
