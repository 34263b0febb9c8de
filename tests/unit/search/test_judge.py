from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from assistant.search.judge import (
    Answerable,
    Judge,
    Regression,
    Sections,
    Vector,
    WordRegression,
    load,
    nearness,
    save,
    terms,
)

LEAST = -12.0


def row(*numbers: float) -> Vector:
    return np.array(numbers)


def by_words(weights: Vector | None = None, intercept: float = 0.1) -> WordRegression:
    """Over 'budget', 'pool' and the pair 'pool budget'; 'pool' is twice as rare."""
    known = {"budget": 0, "pool": 1, "pool budget": 2}
    return WordRegression(known, row(1.0, 2.0, 3.0), row(1.0, -1.0, 0.5) if weights is None else weights, intercept)


def whole() -> Judge:
    return Judge(
        Answerable(Regression(row(1.0, 0.0), 0.25), by_words(), Regression(row(1.0, 1.0, 2.0, -2.0), -1.0)),
        Regression(row(0.5, -0.5), 0.75),
        Sections(("a#b", "a#c", "é#d"), np.array([[1.0, 0.0], [0.0, 1.0], [0.5, 0.5]]), row(0.0, 0.5, -0.5)),
    )


# One regression


def test_log_odds_are_the_weighted_sum_and_the_intercept() -> None:
    # 2 × 0.5 + (-1) × 1 + 0.5 = 0.5
    assert Regression(row(2.0, -1.0), 0.5).log_odds(row(0.5, 1.0)) == pytest.approx(0.5)


def test_a_probability_is_the_logistic_of_the_log_odds() -> None:
    # 1 / (1 + e^-0.5) = 0.62246
    assert Regression(row(2.0, -1.0), 0.5).probability(row(0.5, 1.0)) == pytest.approx(0.62246, abs=1e-5)


def test_a_probability_near_certainty_stays_one_number() -> None:
    sure = Regression(row(1.0), 0.0)
    assert sure.probability(row(500.0)) == pytest.approx(1.0)
    assert sure.probability(row(-500.0)) == pytest.approx(0.0, abs=1e-9)


# By words


def test_the_terms_of_a_text_are_its_stems_and_the_pairs_that_follow_one_another() -> None:
    assert terms("The pooled budgets of boards") == ["pool", "budget", "board", "pool budget", "budget board"]


@pytest.mark.parametrize("text", ["", "?", "the of and"])
def test_a_text_without_words_has_no_terms(text: str) -> None:
    assert terms(text) == []


def test_a_text_is_judged_by_the_frequency_and_rarity_of_its_terms() -> None:
    # 'budget' twice and 'pool' once: (1 + ln 2) × 1 = 1.6931 and 1 × 2 = 2, of length 2.6204;
    # (1.6931 × 1 - 2 × 1) / 2.6204 + 0.1 = -0.0171. The pair does not follow in this order.
    assert by_words().log_odds("Budgets, budgets, pools!") == pytest.approx(-0.0171, abs=1e-4)


def test_words_that_follow_one_another_are_judged_as_a_pair_too() -> None:
    only_pair = by_words(row(0.0, 0.0, 1.0), 0.0)
    assert only_pair.log_odds("Pooled budgets") > 0
    assert only_pair.log_odds("Budgets, pooled") == 0


@pytest.mark.parametrize("text", ["", "Kettles and swans"])
def test_a_text_of_unknown_words_is_judged_by_the_intercept_alone(text: str) -> None:
    assert by_words().log_odds(text) == 0.1


def test_a_long_text_weighs_no_more_than_a_short_one() -> None:
    assert by_words().log_odds("budget " * 50) == pytest.approx(by_words().log_odds("budget"))


def test_a_text_is_judged_as_the_vectoriser_that_was_fitted_would() -> None:
    texts = ["who pays for pooled budgets", "pooled budgets need rules, and rules need boards", "boards pay boards"]
    vectoriser = TfidfVectorizer(analyzer=terms, sublinear_tf=True).fit(texts)
    weights = np.random.default_rng(0).normal(size=len(vectoriser.vocabulary_))
    judged = WordRegression(vectoriser.vocabulary_, vectoriser.idf_, weights, -0.5)
    for text in (*texts, "do boards of boards pool budgets, or rules?"):
        assert judged.log_odds(text) == pytest.approx((vectoriser.transform([text]) @ weights)[0] - 0.5)


# Whether it is answerable


def test_three_witnesses_are_weighed_with_how_near_the_situations_are() -> None:
    # By embedding 1 × 2 + 0.25 = 2.25, by words 0.1; 2.25 + 0.1 + 2 × 0.8 - 2 × 0.3 - 1 = 2.35; logistic 0.91293
    answerable = whole().answerable
    assert answerable is not None
    assert answerable.probability("Kettles", row(2.0, 0.0), 0.8, 0.3) == pytest.approx(0.91293, abs=1e-5)


@pytest.mark.parametrize(("similarities", "near"), [([0.9, 0.1, 0.6, 0.3], 0.6), ([0.4, 0.2], 0.3), ([], 0.0)])
def test_nearness_is_the_mean_of_the_three_nearest(similarities: list[float], near: float) -> None:
    assert nearness(similarities) == pytest.approx(near)


# Which section it is for


def test_the_probabilities_of_the_sections_are_a_softmax_of_their_scores() -> None:
    # Scores ln 3 + 0 and 0 + 0, so 3 to 1.
    found = Sections(("a#b", "a#c"), np.array([[1.0], [0.0]]), row(0.0, 0.0)).log_probabilities(row(np.log(3)))
    assert {name: np.exp(one) for name, one in found.items()} == pytest.approx({"a#b": 0.75, "a#c": 0.25})


def test_the_intercept_speaks_for_a_section_that_is_asked_for_often() -> None:
    found = Sections(("a#b", "a#c"), np.array([[0.0], [0.0]]), row(0.0, np.log(4))).log_probabilities(row(1.0))
    assert np.exp(found["a#c"]) == pytest.approx(0.8)


def test_a_section_that_is_all_but_impossible_counts_no_less_than_a_floor() -> None:
    found = Sections(("a#b", "a#c"), np.array([[1.0], [-1.0]]), row(0.0, 0.0)).log_probabilities(row(2000.0))
    assert found == {"a#b": pytest.approx(0.0), "a#c": LEAST}


# Saved and opened


def test_what_was_saved_judges_as_before(tmp_path: Path) -> None:
    before = whole()
    save(tmp_path / "judge.npz", before)
    after = load(tmp_path / "judge.npz")
    assert before.answerable
    assert before.lesson
    assert before.sections
    assert after.answerable
    assert after.lesson
    assert after.sections
    vector, text = row(0.3, -0.7), "Pooled budgets, and more budgets"
    assert after.answerable.probability(text, vector, 0.6, 0.2) == before.answerable.probability(text, vector, 0.6, 0.2)
    assert after.lesson.probability(vector) == before.lesson.probability(vector)
    assert after.sections.log_probabilities(vector) == pytest.approx(before.sections.log_probabilities(vector))


@pytest.mark.parametrize(
    ("judge", "held"),
    [
        (Judge(None, None, None), (False, False, False)),
        (Judge(None, whole().lesson, None), (False, True, False)),
        (Judge(None, None, whole().sections), (False, False, True)),
        (Judge(whole().answerable, None, None), (True, False, False)),
    ],
    ids=["nothing", "lesson", "sections", "answerable"],
)
def test_what_was_not_fitted_is_not_there_when_opened(
    tmp_path: Path, judge: Judge, held: tuple[bool, bool, bool]
) -> None:
    save(tmp_path / "judge.npz", judge)
    found = load(tmp_path / "judge.npz")
    assert (found.answerable is not None, found.lesson is not None, found.sections is not None) == held


def test_saving_again_replaces_what_was_saved(tmp_path: Path) -> None:
    save(tmp_path / "judge.npz", whole())
    save(tmp_path / "judge.npz", Judge(None, None, None))
    assert load(tmp_path / "judge.npz").answerable is None


def test_what_is_saved_is_arrays_of_numbers_and_words_and_no_objects(tmp_path: Path) -> None:
    save(tmp_path / "judge.npz", whole())
    with np.load(tmp_path / "judge.npz", allow_pickle=True) as saved:
        assert {saved[name].dtype.kind for name in saved.files} == {"f", "U"}


def lost(path: Path) -> None:
    path.unlink()


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-200])


def overwritten(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def changed_inside(path: Path) -> None:
    held = path.read_bytes()
    place = held.index(np.float64(0.75).tobytes())  # the intercept of the lesson
    path.write_bytes(held[:place] + b"\x01" + held[place + 1 :])


def of_an_object(path: Path) -> None:
    with path.open("wb") as file:
        np.savez(file, **{"lesson.weights": np.array([print]), "lesson.intercept": row(0.0)})  # type: ignore[arg-type]


def without_an_array(path: Path) -> None:
    with path.open("wb") as file:
        np.savez(file, **{"lesson.weights": row(1.0)})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "damage",
    [
        lost,
        emptied,
        cut_short,
        overwritten,
        changed_inside,
        of_an_object,
        without_an_array,
    ],
)
def test_a_damaged_file_is_an_error_of_the_kinds_that_are_promised(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    path = tmp_path / "judge.npz"
    save(path, whole())
    damage(path)
    with pytest.raises((OSError, ValueError, KeyError)):
        load(path)
