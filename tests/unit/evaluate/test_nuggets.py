from collections.abc import Sequence

import pytest
from fakes import WordEmbeddings
from langchain_core.embeddings import Embeddings
from unit.evaluate.made import NOT_FOUND, asked, cite, reported, said

from assistant.answer.parts import Answer
from assistant.evaluate import Nugget, turn_of
from assistant.evaluate.nuggets import COVERED, covered

MONEY = "The first source speaks of money."  # what `cite("first")` quotes
VITAL = Nugget(1, MONEY, True)
OTHER = Nugget(1, "Swans nest beside rivers.", False)


def found(given: Answer, *nuggets: Nugget, expect: str = "answer", turn: int = 1) -> dict[str, Sequence[float]]:
    one = asked(given, expect, turn=turn, nuggets=nuggets)
    return covered([turn_of(one)], WordEmbeddings())[0]


def test_a_nugget_that_a_statement_says_is_covered() -> None:
    assert found(said(cite("second"), cite("first")), VITAL) == {"nuggets_vital": [True], "nuggets_all": [True]}


def test_a_nugget_that_no_statement_is_near_to_is_not_covered() -> None:
    assert found(said(cite("first")), OTHER, VITAL) == {"nuggets_vital": [True], "nuggets_all": [False, True]}


def test_an_answer_that_was_not_given_covers_nothing() -> None:
    assert found(NOT_FOUND, VITAL) == {"nuggets_vital": [False], "nuggets_all": [False]}


def test_the_nuggets_of_another_turn_do_not_count() -> None:
    assert found(said(cite("first")), VITAL, turn=2) == {}


def test_a_turn_that_is_not_to_be_answered_has_no_nuggets() -> None:
    assert found(said(cite("first")), VITAL, expect="abstain") == {}


def test_without_nuggets_nothing_is_embedded() -> None:
    words = WordEmbeddings()
    assert covered([turn_of(asked(said(cite("first"))))], words) == [{}]
    assert words.texts == []


class Angles(Embeddings):
    """Embeds a nugget along one axis, and everything else at an angle with this cosine to it."""

    def __init__(self, nugget: str, cosine: float) -> None:
        self.nugget, self.cosine = nugget, cosine

    def embed_query(self, text: str) -> list[float]:
        return [1.0, 0.0] if text == self.nugget else [self.cosine, (1 - self.cosine**2) ** 0.5]

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self.embed_query(text) for text in texts]


@pytest.mark.parametrize(("cosine", "is_covered"), [(COVERED, True), (COVERED - 0.01, False), (-1.0, False)])
def test_a_nugget_is_covered_from_the_threshold_on(cosine: float, is_covered: bool) -> None:
    turn = turn_of(asked(said(cite("first")), nuggets=(OTHER,)))
    assert covered([turn], Angles(OTHER.text, cosine))[0]["nuggets_all"] == [is_covered]


def test_the_report_has_the_share_of_vital_nuggets_and_of_all() -> None:
    result = reported(
        asked(said(cite("first")), id_="q-1", nuggets=(VITAL, OTHER)), asked(NOT_FOUND, id_="q-2", nuggets=(VITAL,))
    )
    assert (result["nuggets_vital"]["value"], result["nuggets_vital"]["n"]) == (0.5, 2)
    assert (result["nuggets_all"]["value"], result["nuggets_all"]["n"]) == (0.3333, 3)
