"""What a question tells before anything is read: by its embedding, its words, and what it is near.

Three things, each fitted on the situations at indexing (`search/fit.py`):
whether it is one for this library at all; whether it asks for a lesson, as the articles hold, or for
a rule or finding, as the guidance does, so that a large shelf of guidance does not drown five articles;
and which section it is for. The similarity of the best passage alone tells the first poorly, since a
question about a figure that is not there resembles its subject closely.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from assistant.library.catalogue import Kind
from assistant.search.keyword import words

LESSONS = frozenset({Kind.ARTICLE, Kind.OPINION})
NEAREST = 3  # situations of a kind whose mean similarity tells how near the kind is
_LEAST = -12.0  # a log probability below this tells nothing more

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Regression:
    """A fitted logistic regression: a weight for each feature, and an intercept."""

    weights: Vector
    intercept: float

    def log_odds(self, features: Vector) -> float:
        """The logarithm of the odds that what has these features is of the first sort."""
        return float(self.weights @ features + self.intercept)

    def probability(self, features: Vector) -> float:
        """The probability that what has these features is of the first sort."""
        return _logistic(self.log_odds(features))


@dataclass(frozen=True, slots=True, eq=False)
class WordRegression:
    """A logistic regression over a text's words and pairs of words, by term frequency and rarity."""

    terms: Mapping[str, int]
    rarity: Vector
    weights: Vector
    intercept: float

    def log_odds(self, text: str) -> float:
        """The logarithm of the odds that a text with these words is of the first sort."""
        counts: dict[int, int] = {}
        for term in terms(text):
            if term in self.terms:
                counts[self.terms[term]] = counts.get(self.terms[term], 0) + 1
        if not counts:
            return self.intercept
        at = list(counts)
        values = (1 + np.log(list(counts.values()))) * self.rarity[at]
        return float(values @ self.weights[at] / np.linalg.norm(values) + self.intercept)


@dataclass(frozen=True, slots=True, eq=False)
class Answerable:
    """Whether a question is one for this library: three witnesses, and how much each is believed."""

    embedding: Regression
    words: WordRegression
    verdict: Regression

    def probability(self, question: str, vector: Vector, inside: float, outside: float) -> float:
        """The probability that the library answers a question.

        `inside` and `outside` are how near the situations are that it answers, and those it does not:
        the mean cosine similarity of the nearest three.
        """
        witnesses = self.embedding.log_odds(vector), self.words.log_odds(question), inside, outside
        return self.verdict.probability(np.array(witnesses))


@dataclass(frozen=True, slots=True, eq=False)
class Sections:
    """A multinomial logistic regression over the sections that situations point at."""

    names: tuple[str, ...]
    weights: NDArray[np.float64]
    intercepts: Vector

    def log_probabilities(self, vector: Vector) -> dict[str, float]:
        """For each section, the logarithm of the probability that it is the one that answers."""
        scores = self.weights @ vector + self.intercepts
        scores = scores - scores.max()
        logs = scores - np.log(np.exp(scores).sum())
        return {name: max(float(one), _LEAST) for name, one in zip(self.names, logs, strict=True)}


@dataclass(frozen=True, slots=True, eq=False)
class Judge:
    """What was fitted for a generation; None where there were too few situations to fit it on."""

    answerable: Answerable | None
    lesson: Regression | None
    sections: Sections | None


def terms(text: str) -> list[str]:
    """What of a text's wording is judged: the stems of its words, and each pair that follow one another."""
    stems = words(text)
    return [*stems, *map(" ".join, pairwise(stems))]


def save(path: Path, judge: Judge) -> None:
    """Save what was fitted in one file of plain arrays."""
    arrays: dict[str, NDArray[np.generic]] = {}
    if judge.lesson:
        arrays |= _arrays("lesson", judge.lesson)
    if judge.sections:
        arrays["sections.names"] = np.array(judge.sections.names)
        arrays["sections.weights"] = judge.sections.weights.astype(np.float32)
        arrays["sections.intercepts"] = judge.sections.intercepts
    if judge.answerable:
        by_words = judge.answerable.words
        arrays |= _arrays("embedding", judge.answerable.embedding) | _arrays("verdict", judge.answerable.verdict)
        arrays |= _arrays("words", Regression(by_words.weights, by_words.intercept))
        arrays["words.terms"] = np.array(sorted(by_words.terms, key=by_words.terms.__getitem__))
        arrays["words.rarity"] = by_words.rarity
    with path.open("wb") as file:
        np.savez(file, **arrays)  # type: ignore[arg-type]


def load(path: Path) -> Judge:
    """Open what `save` saved. Raises OSError, ValueError or KeyError where it is damaged."""
    arrays: dict[str, NDArray[np.generic]] = {}
    try:
        # numpy leaves a file open that it opened itself and cannot read
        with path.open("rb") as file, np.load(file, allow_pickle=False) as saved:
            arrays |= {name: saved[name] for name in saved.files}
    except (BadZipFile, EOFError) as error:
        raise ValueError(f"{path} is damaged: {error}") from error
    answerable = None
    if "verdict.weights" in arrays:
        by_words = _regression(arrays, "words")
        known = {str(term): row for row, term in enumerate(arrays["words.terms"])}
        rarity = np.asarray(arrays["words.rarity"], dtype=np.float64)
        answerable = Answerable(
            _regression(arrays, "embedding"),
            WordRegression(known, rarity, by_words.weights, by_words.intercept),
            _regression(arrays, "verdict"),
        )
    sections = None
    if "sections.names" in arrays:
        sections = Sections(
            tuple(map(str, arrays["sections.names"])),
            np.asarray(arrays["sections.weights"], dtype=np.float64),
            np.asarray(arrays["sections.intercepts"], dtype=np.float64),
        )
    return Judge(answerable, _regression(arrays, "lesson") if "lesson.weights" in arrays else None, sections)


def nearness(similarities: Sequence[float]) -> float:
    """How near the situations of a kind are, by their cosine similarities: the mean of the nearest."""
    nearest = sorted(similarities, reverse=True)[:NEAREST]
    return sum(nearest) / len(nearest) if nearest else 0.0


def _logistic(log_odds: float) -> float:
    return float(1 / (1 + np.exp(-log_odds)))


def _arrays(name: str, regression: Regression) -> dict[str, NDArray[np.generic]]:
    return {f"{name}.weights": regression.weights, f"{name}.intercept": np.array([regression.intercept])}


def _regression(arrays: Mapping[str, NDArray[np.generic]], name: str) -> Regression:
    weights = np.asarray(arrays[f"{name}.weights"], dtype=np.float64)
    return Regression(weights, float(np.asarray(arrays[f"{name}.intercept"], dtype=np.float64)[0]))
