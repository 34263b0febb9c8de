import numpy as np
import pytest
from fakes import WordEmbeddings
from unit.answer.made import answer, statement
from unit.evaluate.made import asked, cite, said

from assistant.evaluate import turn_of
from assistant.evaluate.support import balanced_accuracy, best_threshold, features, fit, support, supported

PAGE = ["Boards in Leeds met 12 times in 2014.", "The weather was fine."]


def test_a_claim_in_the_pages_own_words_is_likelier_than_one_in_others() -> None:
    model = WordEmbeddings()
    assert support(PAGE[0], PAGE, model) > support("Trains to York cost 40 pounds in Bradford.", PAGE, model)


def test_the_features_are_counted_as_by_hand() -> None:
    found = features("Boards in York met 12 times in 2015.", PAGE, WordEmbeddings())
    assert found[5] == 0.5  # 12 is there, 2015 is not
    assert found[6] == 0.0  # York is not; the word that begins the claim is not taken for a name


def test_balanced_accuracy_weighs_both_sorts_alike() -> None:
    true = np.array([True, False, False, False])
    assert balanced_accuracy(np.array([False, False, False, False]), true) == 0.5
    assert balanced_accuracy(np.array([True, True, False, False]), true) == pytest.approx((1 + 2 / 3) / 2)


def test_the_best_threshold_parts_what_can_be_parted() -> None:
    assert best_threshold(np.array([0.1, 0.2, 0.8]), np.array([False, False, True])) == 0.8


def test_a_fit_gives_the_sign_of_what_tells() -> None:
    rows, true = np.array([[0.0], [0.1], [0.9], [1.0]]), np.array([False, False, True, True])
    assert fit(rows, true).weights[0] > 0


@pytest.mark.slow
def test_only_what_a_model_reworded_is_judged_again() -> None:
    quoted, reworded = cite("first"), cite("second")
    given = answer(
        statement(quoted), statement(reworded, text="On money the second source speaks."), timings_ms={"total": 1.0}
    )
    first, second = supported([turn_of(asked(given)), turn_of(asked(said(quoted)))])
    assert first == {"reworded_supported": [True]}
    assert second == {"reworded_supported": []}


def test_without_a_reworded_sentence_nothing_is_judged() -> None:
    assert supported([turn_of(asked(said(cite("first"))))]) == [{}]
