from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.search.fit import fit
from assistant.search.judge import Answerable, Judge, save

PLACES = ("desks", "money", "records")


def situations(inside: int, outside: int, lessons: int = 0, places: int = 3) -> dict[str, Any]:
    """Situations as an index holds them, with vectors of three dimensions.

    What is inside lies to the right and speaks of partners, what is outside lies to the left and speaks
    of swimmers; lessons lie above; the third dimension tells the section.
    """
    random = np.random.default_rng(0)
    vectors, facts, texts = [], [], []
    for number in range(inside):
        is_lesson, place = number < lessons, number % places
        vectors.append([1.0 + random.normal(0, 0.1), 1.0 if is_lesson else -1.0, 2.0 * place - places + 1])
        facts.append({"source": "a", "anchor": PLACES[place], "kind": "article" if is_lesson else "legislation"})
        texts.append(f"Our partners argue, week {number}, about the agreement")
    for number in range(outside):
        vectors.append([-1.0 + random.normal(0, 0.1), random.normal(0, 0.1), 0.0])
        facts.append({"source": "", "anchor": ""})
        texts.append(f"The swimmers meet, week {number}, at the baths")
    return {"embeddings": vectors, "metadatas": facts, "documents": texts}


@cache
def fitted(*numbers: int) -> Judge:
    """What is fitted on so many situations; it takes seconds, and does not change."""
    return fit(situations(*numbers))


def answerable(*numbers: int) -> Answerable:
    found = fitted(*numbers).answerable
    assert found is not None
    return found


def arrays(path: Path, judge: Judge) -> dict[str, NDArray[np.generic]]:
    save(path, judge)
    with np.load(path) as saved:
        return {name: saved[name] for name in saved.files}


def assert_same(tmp_path: Path, one: Judge, other: Judge) -> None:
    first, second = arrays(tmp_path / "one.npz", one), arrays(tmp_path / "other.npz", other)
    assert first.keys() == second.keys()
    assert [name for name in first if not np.array_equal(first[name], second[name])] == []


def test_a_question_like_those_inside_is_likely_answerable() -> None:
    found = answerable(60, 60)
    inside, outside = np.array([1.0, 0.0, 0.0]), np.array([-1.0, 0.0, 0.0])
    assert found.probability("Our partners argue", inside, 0.9, 0.1) > 0.9
    assert found.probability("The swimmers meet", outside, 0.1, 0.9) < 0.1


def test_the_embedding_the_words_and_the_nearest_each_speak_for_themselves() -> None:
    found = answerable(60, 60)
    midway = np.zeros(3)

    def likely(text: str = "", vector: NDArray[np.float64] = midway, near: float = 0.0, far: float = 0.0) -> float:
        return found.probability(text, vector, near, far)

    assert likely("Our partners argue about the agreement") > likely("The swimmers meet at the baths")
    assert likely(vector=np.array([1.0, 0.0, 0.0])) > likely(vector=np.array([-1.0, 0.0, 0.0]))
    assert likely(near=0.9) > likely(near=0.1)
    assert likely(far=0.9) < likely(far=0.1)


def test_situations_that_tell_nothing_make_no_certain_judge() -> None:
    """Where a situation judged itself, the judge would believe what is noise."""
    random = np.random.default_rng(1)
    vocabulary = [f"w{letter}{other}" for letter in "abcdefgh" for other in "bcdfghjk"]

    def noise(number: int) -> tuple[NDArray[np.float64], list[str]]:
        vectors = random.normal(size=(number, 100))
        texts = [f"{place} {' '.join(random.choice(vocabulary, 12))}" for place in range(number)]
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True), texts

    vectors, texts = noise(200)
    facts = [{"source": "a", "anchor": PLACES[number % 3], "kind": "article"} for number in range(100)]
    facts += [{"source": "", "anchor": ""}] * 100
    found = fit({"embeddings": vectors, "metadatas": facts, "documents": texts}).answerable
    assert found is not None
    # Of so many vectors at random, the nearest three are at about 0.23.
    probabilities = [
        found.probability(text, vector, near, far)
        for vector, text in zip(*noise(100), strict=True)
        for near, far in ((0.23, 0.23), (0.28, 0.18), (0.18, 0.28))
    ]
    assert 0.15 < min(probabilities) <= max(probabilities) < 0.85


def test_a_situation_that_points_at_several_sections_counts_once() -> None:
    once = situations(60, 60)
    twice = {name: [*rows, *rows[:30]] for name, rows in once.items()}
    first, second = fit(once).answerable, fit(twice).answerable
    assert first is not None
    assert second is not None
    assert np.array_equal(first.embedding.weights, second.embedding.weights)
    assert np.array_equal(first.words.rarity, second.words.rarity)
    assert np.array_equal(first.verdict.weights, second.verdict.weights)


def test_a_word_that_stands_in_one_situation_alone_is_not_judged_by() -> None:
    known = answerable(60, 60).words.terms
    assert {"partner", "swimmer", "partner argu"} <= set(known)
    assert "59" in known  # inside and outside
    one_more = situations(60, 60)
    one_more["documents"][0] += " over a kettle"
    found = fit(one_more).answerable
    assert found is not None
    assert "kettl" not in found.words.terms


def test_a_question_like_those_of_the_articles_asks_for_a_lesson() -> None:
    lesson = fitted(100, 100, 50).lesson
    assert lesson is not None
    assert lesson.probability(np.array([1.0, 1.0, 0.0])) > 0.9
    assert lesson.probability(np.array([1.0, -1.0, 0.0])) < 0.1


def test_what_is_outside_has_no_say_in_what_a_lesson_is() -> None:
    with_few, with_many = fitted(100, 40, 50).lesson, fitted(100, 100, 50).lesson
    assert with_few is not None
    assert with_many is not None
    assert np.allclose(with_few.weights, with_many.weights)


def test_a_question_is_most_likely_for_the_section_of_situations_like_it() -> None:
    sections = fitted(60, 60).sections
    assert sections is not None
    for place, height in zip(PLACES, (-2.0, 0.0, 2.0), strict=True):
        likely = sections.log_probabilities(np.array([1.0, -1.0, height]))
        assert max(likely, key=likely.__getitem__) == f"a#{place}"


def test_the_sections_are_those_that_situations_point_at() -> None:
    sections = fitted(60, 60).sections
    assert sections is not None
    assert sorted(sections.names) == ["a#desks", "a#money", "a#records"]


@pytest.mark.parametrize("places", [1, 2])
def test_of_one_section_or_two_nothing_is_learnt(places: int) -> None:
    judge = fit(situations(60, 60, places=places))
    assert judge.sections is None
    assert judge.answerable is not None


@pytest.mark.parametrize("numbers", [(0, 0), (39, 100), (100, 39), (100, 0)])
def test_too_few_of_either_sort_are_not_judged_by(numbers: tuple[int, int]) -> None:
    judge = fitted(*numbers)
    assert (judge.answerable, judge.sections) == (None, None)


@pytest.mark.parametrize("lessons", [0, 39, 61, 100])
def test_too_few_lessons_or_rules_are_not_judged_by(lessons: int) -> None:
    assert fit(situations(100, 100, lessons)).lesson is None


def test_forty_of_each_sort_are_enough() -> None:
    made = fitted(80, 40, 40)
    assert None not in (made.answerable, made.lesson, made.sections)


def test_fitting_twice_gives_the_same(tmp_path: Path) -> None:
    assert_same(tmp_path, fitted(100, 100, 50), fit(situations(100, 100, 50)))
