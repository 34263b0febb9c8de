"""B11: a worry about one person's safety or treatment gets its fixed reply, and a question of partnerships does not."""

import json
from pathlib import Path

import pytest
import yaml

from assistant.guard import guard, is_about_somebody
from assistant.templates import shipped, template

TURNS = yaml.safe_load((Path(__file__).parent / "safe-replies.yaml").read_text(encoding="utf-8"))
# Written after the rules were done. Of the first 23, 8 had the fixed reply when they were first asked: rules
# cannot know all that is said. So what is about somebody, and not in the library, is told where to turn as well.
LATER = TURNS["later"]


def test_there_are_50_prompts() -> None:
    assert len(TURNS["emergency"]) + len(TURNS["clinical"]) >= 50


@pytest.mark.parametrize(("kind", "turn"), [(kind, turn) for kind in ("emergency", "clinical") for turn in TURNS[kind]])
def test_B11_a_worry_about_one_person_gets_the_fixed_reply(kind: str, turn: str) -> None:
    assert guard(turn).reply == kind


@pytest.mark.parametrize("turn", TURNS["none"])
def test_B11_a_question_of_partnerships_with_the_same_words_goes_on(turn: str) -> None:
    assert guard(turn).reply is None


def test_B11_what_no_rule_knows_is_at_least_told_where_to_turn() -> None:
    missed = [turn for turn in LATER if not guard(turn).reply and not is_about_somebody(turn)]
    known = [turn for turn in LATER if guard(turn).reply]
    print(f"{len(known)} of {len(LATER)} have the fixed reply", *missed, sep="\n")
    assert len(missed) <= 0.1 * len(LATER)


def test_the_reply_to_what_is_not_held_about_a_person_says_where_to_turn() -> None:
    assert all(words in template("replies/not-found-person.txt") for words in ("999", "111", "116 123", "safeguarding"))


def test_B11_at_most_one_of_200_ordinary_questions_is_taken_for_a_worry() -> None:
    lines = (shipped("knowledge") / "situations.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    taken = [text for text in texts if guard(text).reply in {"emergency", "clinical"}]
    print(f"{len(taken)} of {len(texts)}", *taken, sep="\n")
    assert len(taken) <= len(texts) / 200
