"""What the wording of a sentence tells of its commitment."""

import pytest

from assistant.proposal.rules import NAMES, marks


def told(text: str) -> set[str]:
    return {name for name, mark in zip(NAMES, marks(text), strict=True) if mark}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("No exit plan has been drawn up.", "negated"),
        ("The old board had two carers.", "past"),
        ("We hope to share records.", "hope"),
        ("The parties may agree a plan.", "may"),
        ("A framework will be developed.", "deferred"),
        ("We do not expect it to end.", "waved"),
        ("Accountability is vital.", "valued"),
        ("The trust will pay.", "modal"),
        ("It is in Schedule 4.", "placed"),
        ("It costs £40,000.", "money"),
        ("They answer within ten days.", "within"),
        ("It opens on 3 May.", "dated"),
        ("They meet every week.", "regular"),
        ("The director answers for it.", "owned"),
        ("If it is missed, the board acts.", "conditional"),
        ("The partner forgoes the payment.", "consequence"),
    ],
)
def test_a_rule_is_told_by_its_words(text: str, name: str) -> None:
    assert name in told(text)


def test_a_rule_against_acting_alone_is_no_negation() -> None:
    assert "negated" not in told("Nothing passes unless both sides vote for it.")


def test_the_month_of_may_is_not_the_verb() -> None:
    assert "may" not in told("It opens on 1 May 2027.".replace("1 May", "May"))
