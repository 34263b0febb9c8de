from dataclasses import FrozenInstanceError, replace

import pytest
from unit.answer.made import answer, citation, holding, statement

from assistant.answer.parts import Statement

TEAMS = holding(
    "joint-teams",
    {"desks": ["point: One desk does not make one team."], "money": ["do: Agree a rule for overspends."]},
)
DESK = citation(TEAMS, "One desk does not make one team.")
MONEY = citation(TEAMS, "Agree a rule for overspends.", 2)


def test_a_statement_holds_its_text_and_its_citations() -> None:
    assert Statement("One desk is not a team.", "In short", (DESK,)).citations == (DESK,)


def test_a_statement_without_a_citation_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="needs a citation"):
        Statement("One desk does not make one team.", "In short", ())


@pytest.mark.parametrize("quote", ["", " ", "\n\t"])
def test_a_statement_with_an_empty_quote_cannot_be_made(quote: str) -> None:
    with pytest.raises(ValueError, match="empty quote"):
        Statement("One desk does not make one team.", "In short", (replace(DESK, quote=quote),))


def test_one_empty_quote_among_others_is_one_too_many() -> None:
    with pytest.raises(ValueError, match="empty quote"):
        Statement("One desk does not make one team.", "In short", (DESK, replace(MONEY, quote="")))


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_a_statement_with_an_empty_text_cannot_be_made(text: str) -> None:
    with pytest.raises(ValueError, match="says something"):
        Statement(text, "In short", (DESK,))


def test_replacing_the_citations_of_a_statement_is_checked_too() -> None:
    with pytest.raises(ValueError, match="needs a citation"):
        replace(statement(DESK), citations=())


def test_a_statement_does_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        statement(DESK).text = "Something else."  # type: ignore[misc]


def test_an_answer_gives_its_citations_in_reading_order() -> None:
    assert answer(statement(MONEY), statement(DESK, MONEY)).citations == (MONEY, DESK, MONEY)


def test_an_answer_gives_each_section_once_in_reading_order() -> None:
    both = answer(statement(MONEY), statement(DESK), statement(MONEY))
    assert both.sections == (("joint-teams", "money"), ("joint-teams", "desks"))


def test_an_answer_without_statements_cites_nothing() -> None:
    assert answer().citations == ()
    assert answer().sections == ()
