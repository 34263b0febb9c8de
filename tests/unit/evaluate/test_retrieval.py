import pytest
from unit.evaluate.made import FIVE, LIBRARY, asked, cite, gold, rates, said

from assistant.answer.parts import Citation
from assistant.evaluate import Gold, Turn, turn_of
from assistant.evaluate.retrieval import ranked


def test_retrieval_is_judged_by_what_was_found_and_not_by_what_was_said() -> None:
    assert rates(asked(said(cite("second")), gold=gold(), retrieved=(cite("third"), cite("first"))))["retrieval"] == 1
    assert rates(asked(said(cite("first")), gold=gold(), retrieved=(cite("third"),)))["retrieval"] == 0


def measured(*retrieved: Citation, wanted: tuple[Gold, ...]) -> dict[str, float]:
    """The value of each measure of retrieval for one turn."""
    turn = turn_of(asked(said(cite("first")), gold=wanted, retrieved=retrieved))
    return {name: values[0] for name, values in ranked(turn, LIBRARY).items()}


def test_the_ranking_is_measured_as_worked_by_hand() -> None:
    found = [cite(id_) for id_ in FIVE]
    values = measured(*found, wanted=gold("second") + gold("fifth"))
    assert values["recall_at_3"] == 1 / 2
    assert values["recall_at_10"] == 1
    assert values["reciprocal_rank"] == 1 / 2
    # (1/log2(3) + 1/log2(6)) / (1/log2(2) + 1/log2(3))
    assert values["ndcg_at_10"] == pytest.approx((0.63093 + 0.38685) / (1 + 0.63093), abs=1e-4)


def test_a_gold_section_at_the_top_is_the_best_ranking() -> None:
    assert set(measured(cite("first"), cite("second"), wanted=gold()).values()) == {1}


def test_nothing_retrieved_scores_nothing() -> None:
    assert set(measured(wanted=gold()).values()) == {0}


def test_two_names_of_gold_that_nothing_has_count_as_not_found() -> None:
    values = measured(cite("first"), wanted=gold() + gold(section="On weather"))
    assert (values["recall_at_10"], values["reciprocal_rank"]) == (0.5, 1)


def test_the_tenth_section_counts_and_the_third_does_not_stand_further_down() -> None:
    ten = [cite(id_, anchor) for id_ in FIVE for anchor in ("people", "money")]
    values = measured(*ten, wanted=gold("fifth"))
    assert (values["recall_at_3"], values["recall_at_10"], values["reciprocal_rank"]) == (0, 1, 1 / 10)
    assert values["retrieval"] == 0


def test_what_a_file_of_answers_does_not_say_is_not_judged() -> None:
    turn = turn_of(asked(said(cite("first")), gold=gold()))
    unsaid = Turn(turn.conversation, turn.answered.model_copy(update={"retrieved": None}))
    assert ranked(unsaid, LIBRARY) == {}
