import json
from pathlib import Path

import numpy as np
import pytest

from assistant.search import judge


def situations(inside: int, outside: int, lessons: int = 0) -> dict[str, object]:
    """Vectors of two dimensions: what is inside lies to the right, and lessons above."""
    random = np.random.default_rng(0)
    vectors, facts = [], []
    for number in range(inside):
        is_lesson = number < lessons
        vectors.append([1.0 + random.normal(0, 0.1), 1.0 if is_lesson else -1.0])
        facts.append({"source": "a", "kind": "article" if is_lesson else "legislation"})
    for _ in range(outside):
        vectors.append([-1.0 + random.normal(0, 0.1), random.normal(0, 0.1)])
        facts.append({"source": ""})
    return {"embeddings": vectors, "metadatas": facts}


def fitted(path: Path, *numbers: int) -> judge.Judge:
    judge.fit(path / "judge.json", situations(*numbers))
    return judge.load(path / "judge.json")


def test_a_question_like_those_inside_is_likely_answerable(tmp_path: Path) -> None:
    answerable = fitted(tmp_path, 100, 100).answerable
    assert answerable is not None
    assert answerable.probability([1.0, 0.0]) > 0.9
    assert answerable.probability([-1.0, 0.0]) < 0.1


def test_a_question_like_those_of_the_articles_asks_for_a_lesson(tmp_path: Path) -> None:
    lesson = fitted(tmp_path, 100, 100, 50).lesson
    assert lesson is not None
    assert lesson.probability([1.0, 1.0]) > 0.9
    assert lesson.probability([1.0, -1.0]) < 0.1


@pytest.mark.parametrize("numbers", [(0, 0), (39, 100), (100, 39), (100, 0)])
def test_too_few_of_either_sort_are_not_judged_by(tmp_path: Path, numbers: tuple[int, int]) -> None:
    assert fitted(tmp_path, *numbers).answerable is None


@pytest.mark.parametrize("lessons", [0, 39, 61, 100])
def test_too_few_lessons_or_rules_are_not_judged_by(tmp_path: Path, lessons: int) -> None:
    assert fitted(tmp_path, 100, 100, lessons).lesson is None


def test_forty_of_each_sort_are_enough(tmp_path: Path) -> None:
    made = fitted(tmp_path, 80, 40, 40)
    assert made.answerable is not None
    assert made.lesson is not None


def test_fitting_again_replaces_what_was_fitted(tmp_path: Path) -> None:
    fitted(tmp_path, 100, 100)
    assert fitted(tmp_path, 0, 0).answerable is None


def test_fitting_twice_gives_the_same(tmp_path: Path) -> None:
    assert fitted(tmp_path, 100, 100, 50) == fitted(tmp_path, 100, 100, 50)


def test_what_is_saved_is_plain_numbers(tmp_path: Path) -> None:
    fitted(tmp_path, 100, 100)
    saved = json.loads((tmp_path / "judge.json").read_text(encoding="utf-8"))
    assert len(saved["answerable"]["weights"]) == 2


def test_a_probability_is_the_logistic_of_the_weighted_sum() -> None:
    # 2 × 0.5 + (-1) × 1 + 0.5 = 0.5, and 1 / (1 + e^-0.5) = 0.62246
    assert judge.Regression((2.0, -1.0), 0.5).probability([0.5, 1.0]) == pytest.approx(0.62246, abs=1e-5)
