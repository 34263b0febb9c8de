"""What a sentence of a draft tells of each pitfall: whether it is raised, and whether something is committed to.

Both are told by likeness to the lines of `knowledge/proposal-lines.jsonl`, and the second by rules
on the wording as well. What was fitted lies in `fitted.npz`; `fit.py` makes it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.errors import ModelError
from assistant.proposal.likeness import Matrix, Traits, Vocabulary, weighed
from assistant.proposal.rules import marks
from assistant.search.judge import Regression

FITTED = Path(__file__).with_name("fitted.npz")
_AT_ONCE = 512  # texts compared with all examples at a time: about 15 MB
_STEPS = 254.0  # of a number in a vector that is saved in a byte: no part of a unit vector of ours comes near 0.5
_ARRAYS = ("subject", "addressed", "commitment", "by_rule", "rule_means", "rule_spreads")


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """A weight for each example (and for each rule, in `by_rule`), a column for each thing told.

    `subject` has a column a pitfall. `addressed` has one as well, and `commitment` a single one,
    whatever the pitfall; both are over the first examples alone. The last row of each is the mean.
    """

    subject: Matrix
    addressed: Matrix
    commitment: Matrix
    by_rule: Matrix
    rule_means: Matrix
    rule_spreads: Matrix


@dataclass(frozen=True, slots=True, eq=False)
class Judge:
    """All that was fitted: on which embedding model and lines, and from which probability a verdict is given.

    `least_raised` and `least_committed` have one for each pitfall.
    """

    model: str
    lines: str
    pitfalls: tuple[str, ...]
    vocabulary: Vocabulary
    examples: Traits
    weights: Weights
    raised: Regression
    committed: Regression
    least_raised: tuple[float, ...]
    least_committed: tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """For each text and pitfall, the probability that it is raised, and that something is committed to."""

    raised: Matrix
    committed: Matrix


def scores(judge: Judge, texts: Sequence[str], vectors: Matrix) -> Scores:
    """Judge texts by their words and their unit vectors, a row each."""
    told = [
        features(*_told(judge, texts[at : at + _AT_ONCE], vectors[at : at + _AT_ONCE]))
        for at in range(0, len(texts), _AT_ONCE)
    ]
    whole = np.concatenate(told)
    return Scores(_probability(judge.raised, whole), _probability(judge.committed, whole))


def features(subject: Matrix, addressed: Matrix, commitment: Matrix) -> Matrix:
    """What the two regressions weigh, for each text and pitfall: texts x pitfalls x 7.

    How far the text is about the pitfall, alone and beside the next best; how far it addresses it,
    likewise; how far it commits to anything; and two products.
    """
    committed = np.broadcast_to(commitment[:, None], subject.shape)
    return np.stack(
        [
            subject,
            subject - _best_other(subject),
            addressed,
            addressed - _best_other(addressed),
            committed,
            committed * subject,
            np.minimum(subject, 0.5),
        ],
        axis=-1,
    )


def standard(texts: Sequence[str], means: Matrix, spreads: Matrix) -> Matrix:
    """The marks of the rules on some texts, each measured in its own standard deviations."""
    return np.asarray((np.array([marks(text) for text in texts]) - means) / spreads)


def _told(judge: Judge, texts: Sequence[str], vectors: Matrix) -> tuple[Matrix, Matrix, Matrix]:
    weights = judge.weights
    few = np.hstack([weights.addressed, weights.commitment])
    none = np.zeros((len(weights.subject) - len(few), few.shape[1]))
    every = np.hstack([weights.subject[:-1], np.vstack([few[:-1], none])])
    told = weighed(Traits(vectors, judge.vocabulary.counts(texts)), judge.examples, every)
    subject, rest = np.split(told, [weights.subject.shape[1]], axis=1)
    ruled = standard(texts, weights.rule_means, weights.rule_spreads) @ weights.by_rule
    rest = rest + few[-1] + ruled
    return subject + weights.subject[-1], rest[:, :-1], rest[:, -1]


def _best_other(values: Matrix) -> Matrix:
    """For each value, the highest of the others in its row."""
    ordered = np.sort(values, axis=1)
    return np.where(values == ordered[:, -1:], ordered[:, -2:-1], ordered[:, -1:])


def _probability(regression: Regression, told: Matrix) -> Matrix:
    return np.asarray(1 / (1 + np.exp(-(told @ regression.weights + regression.intercept))))


def save(path: Path, judge: Judge) -> None:
    """Save what was fitted in one file of plain arrays, vectors in a byte a number and counts in half precision."""
    words = judge.examples.words
    arrays: dict[str, NDArray[np.generic]] = {
        "model": np.array(judge.model),
        "lines": np.array(judge.lines),
        "pitfalls": np.array(judge.pitfalls),
        "terms": np.array(sorted(judge.vocabulary.rows, key=judge.vocabulary.rows.__getitem__)),
        "rarity": judge.vocabulary.rarity.astype(np.float32),
        "vectors": np.rint(judge.examples.vectors * _STEPS).astype(np.int8),
        "words.data": words.data.astype(np.float16),
        "words.indices": words.indices.astype(np.uint16),
        "words.indptr": words.indptr.astype(np.uint32),
        "raised": np.array([*judge.raised.weights, judge.raised.intercept]),
        "committed": np.array([*judge.committed.weights, judge.committed.intercept]),
        "least": np.array([judge.least_raised, judge.least_committed]),
    }
    arrays |= {name: getattr(judge.weights, name).astype(np.float32) for name in _ARRAYS}
    with path.open("wb") as file:
        np.savez_compressed(file, **arrays)  # type: ignore[arg-type]


@cache
def load(path: Path = FITTED) -> Judge:
    """Open what `save` saved. Raises ModelError where it is missing or damaged."""
    from scipy.sparse import csr_matrix  # heavy, and needed only where drafts are judged

    try:
        with np.load(path, allow_pickle=False) as saved:
            arrays = {name: saved[name] for name in saved.files}
        terms = [str(term) for term in arrays["terms"]]
        counts = tuple(arrays[f"words.{name}"] for name in ("data", "indices", "indptr"))
        parts = (counts[0].astype(np.float64), counts[1].astype(np.int32), counts[2].astype(np.int32))
        words = csr_matrix(parts, shape=(len(parts[2]) - 1, len(terms)))
        return Judge(
            str(arrays["model"]),
            str(arrays["lines"]),
            tuple(map(str, arrays["pitfalls"])),
            Vocabulary({term: row for row, term in enumerate(terms)}, arrays["rarity"].astype(np.float64)),
            Traits(arrays["vectors"] / _STEPS, words),
            Weights(**{name: arrays[name].astype(np.float64) for name in _ARRAYS}),
            Regression(arrays["raised"][:-1], float(arrays["raised"][-1])),
            Regression(arrays["committed"][:-1], float(arrays["committed"][-1])),
            tuple(map(float, arrays["least"][0])),
            tuple(map(float, arrays["least"][1])),
        )
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"{path} is missing or damaged. Install common-ground again.") from error
