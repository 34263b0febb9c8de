"""D4: what identifies a person is taken out of a turn, and numbers and dates that are of nobody are left.

`FAULTS=full pytest tests/documents -s` prints the rates of each kind at full size.
"""

import json
import os
from collections import Counter

import pytest
from people import KINDS, look_alikes, name, seeds

from assistant.guard import guard
from assistant.library.identifiers import (
    is_chi_number,
    is_health_number,
    is_irish_number,
    is_national_insurance_number,
)
from assistant.templates import shipped

_MANY = 20_000 if os.environ.get("FAULTS") == "full" else 1_000


def test_D4_99_of_100_details_are_caught() -> None:
    missed, asked = Counter[str](), Counter[str]()
    for seed in seeds(_MANY):
        guarded = guard(seed.question)
        asked[seed.kind] += 1
        detail = " ".join(seed.detail.split())
        missed[seed.kind] += detail in guarded.text or detail in guarded.searchable
    print({kind: f"{asked[kind] - missed[kind]} of {asked[kind]}" for kind in asked})
    assert set(asked) == set(KINDS)
    assert missed.total() <= 0.01 * _MANY


def test_D4_at_most_2_of_100_look_alikes_are_taken_out() -> None:
    wrong, asked = Counter[str](), Counter[str]()
    for kind, question in look_alikes(_MANY):
        asked[kind] += 1
        wrong[kind] += bool(guard(question).removed)
    print({kind: f"{wrong[kind]} of {asked[kind]}" for kind in asked})
    assert wrong.total() <= 0.02 * _MANY


@pytest.mark.parametrize("file", ["situations", "outside"])
def test_D4_at_most_2_of_100_written_questions_are_changed(file: str) -> None:
    lines = (shipped("knowledge") / f"{file}.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    changed = [text for text in texts if guard(text).removed]
    print(f"{file}: {len(changed)} of {len(texts)}", *changed, sep="\n")
    assert len(changed) <= 0.02 * len(texts)


def test_D4_at_most_2_of_100_lines_of_the_library_are_changed() -> None:
    paths = [*shipped("knowledge").rglob("*.md")]
    lines = [line for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("- ")]
    lines = [line[:900] for line in lines]
    changed = [line for line in lines if guard(line).removed]
    print(f"{len(changed)} of {len(lines)}", *changed, sep="\n")
    assert len(lines) > 1_000
    assert len(changed) <= 0.02 * len(lines)


@pytest.mark.parametrize(
    "turn",
    [
        "Our patient {n} waits for two teams. Who decides?",
        "My mum {n} waits for two teams. Who decides?",
        "The client is called {n}. Who pays?",
        "A lady named {n} has two care plans. Which counts?",
        "Her name is {n} and nobody leads. Who should?",
        "{n} (84) has two care plans. Which counts?",
        "{n}, aged 84, has two care plans. Which counts?",
        "Service user {n}: who is the lead?",
    ],
)
def test_a_name_beside_what_says_whose_it_is_is_taken_out(turn: str) -> None:
    import random

    for number in range(50):
        whole = name(random.Random(number))
        guarded = guard(turn.format(n=whole))
        assert "a name" in guarded.removed, turn.format(n=whole)
        assert whole.split()[-1] not in guarded.text


@pytest.mark.parametrize(
    "turn",
    [
        "Who decides about ９４３ ４７６ ５９１９?",
        "Who decides about 943\u200b 476\u200b 5919?",
        "Who decides about 943–476–5919?".replace("–", "\u2011"),
        "Who decides about 943\u00a0476\u202f5919?",
        "Write to jane.doe [at] leeds [dot] example: who decides?",
        "Who decides about 9\U000e00204\U000e00203 476 5919?",
    ],
)
def test_a_detail_in_disguise_is_taken_out(turn: str) -> None:
    guarded = guard(turn)
    assert guarded.removed
    assert not any(part in guarded.text for part in ("476", "４７６", "jane"))


def test_ten_digits_of_a_person_are_taken_out_though_they_are_mistyped() -> None:
    assert guard("Who pays for the patient with 9434765918?").removed == ("a health service number",)


def test_ten_digits_of_nobody_are_left_where_the_check_fails() -> None:
    turn = "What does report 9434765918 say about trust?"
    assert guard(turn).text == turn


@pytest.mark.parametrize(("number", "passes"), [("943 476 5919", True), ("943 476 5918", False), ("0000000000", False)])
def test_the_check_digit_decides(number: str, passes: bool) -> None:
    assert is_health_number(number) is passes


def test_a_scottish_number_begins_with_a_day() -> None:
    assert is_chi_number("0101501237") is is_health_number("0101501237")
    assert not is_chi_number("9434765919")


def test_a_number_of_northern_ireland_lies_in_its_range() -> None:
    assert is_irish_number("3200000024") is is_health_number("3200000024")
    assert not is_irish_number("9434765919")


@pytest.mark.parametrize(("number", "could_be"), [("AB 12 34 56 C", True), ("QQ123456C", False), ("GB123456A", False)])
def test_a_national_insurance_number_has_letters_that_are_issued(number: str, could_be: bool) -> None:
    assert is_national_insurance_number(number) is could_be
