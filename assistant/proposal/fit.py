"""Fitting what judges a draft: `python -m assistant.proposal.fit` makes `fitted.npz` and reports.

Kernel ridge regressions over the proposal lines tell how far a sentence is about each pitfall, how
far it addresses it, and how far it commits to anything; two logistic regressions weigh these. Whatever
is fitted on the verdict of another is fitted on what that one says of lines that it has not seen, and
lines in nearly the same words are never in both halves. So are the thresholds (`composed.py`).
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.library.pitfalls import pitfalls
from assistant.library.situations import situations
from assistant.proposal.composed import composed, report, thresholds
from assistant.proposal.judge import FITTED, Judge, Scores, Weights, features, save, standard
from assistant.proposal.likeness import Matrix, Traits, likeness, vocabulary
from assistant.proposal.lines import Label, Line, lines, lines_hash
from assistant.proposal.rules import marks
from assistant.search.embed import OURS, SHA256, embeddings
from assistant.search.judge import Regression
from assistant.settings import Settings, keep_quiet

_FOLDS = 5
_LONGEST = 60  # words of a situation; a longer one tells a story
_ALIKE = 0.8  # cosine from which two lines count as one wording
_DOUBT = 0.2  # ridge for our lines
_DOUBT_OF_ADVICE = 0.6  # ridge for the lines of pitfalls.yaml, which are advice and no drafts
_DOUBT_OF_QUESTIONS = 1.0  # ridge for the situations, which are readers' words
_DOUBT_OF_COMMITMENT = 0.3
_RULES = 0.3  # what the rules count for beside likeness
_DRAFTS = 300  # composed to choose thresholds by, and as many to report on

Flags = NDArray[np.bool_]


def fit() -> tuple[Judge, dict[str, float]]:
    """Fit on all lines, and report on drafts composed of lines that were not seen."""
    ours, advice, asked = lines(), _advice(), _asked()
    names = tuple(one.id for one in pitfalls())
    texts = [one.text for one in (*ours, *advice, *asked)]
    words = vocabulary([one.text for one in ours])
    examples = Traits(_vectors(texts), words.counts(texts))
    doubt = np.repeat([_DOUBT, _DOUBT_OF_ADVICE, _DOUBT_OF_QUESTIONS], [len(ours), len(advice), len(asked)])
    data = _Data(ours, [*advice, *asked], doubt, names, examples)
    unseen = data.unseen()
    raised = _regression(unseen, data.raised[: len(ours)])
    committed = _regression(unseen, data.addressed)
    seen = Scores(_probability(raised, unseen), _probability(committed, unseen))
    every = np.ones(len(ours), bool)
    least = thresholds(seen, composed(ours, list(range(len(ours))), names, _DRAFTS, 1))
    judge = Judge(
        SHA256[OURS],
        lines_hash(),
        names,
        words,
        examples,
        data.weights(every),
        raised,
        committed,
        least.raised,
        least.committed,
    )
    return judge, _figures(data, seen) | {"lines": len(ours)}


class _Data:
    """The lines as numbers, and the ridge regressions over some of them."""

    def __init__(
        self, ours: Sequence[Line], others: Sequence[Line], doubt: Matrix, names: Sequence[str], examples: Traits
    ) -> None:
        self.lines = ours
        self.names = names
        self.examples = examples
        self.raised = np.array([[one.raises(name) for name in names] for one in (*ours, *others)])
        is_addressed = np.array([one.label is Label.ADDRESSED for one in ours])
        self.addressed = self.raised[: len(ours)] & is_addressed[:, None]
        self.relevant = np.array([one.is_relevant for one in ours])
        self.commits = is_addressed
        found = np.array([marks(one.text) for one in ours])
        self.means, self.spreads = found.mean(axis=0), found.std(axis=0) + 1e-6
        self.ruled = standard([one.text for one in ours], self.means, self.spreads)
        self.alike = likeness(examples, examples)
        count = len(ours)
        self.alike_and_ruled = self.alike[:count, :count] + self._scale * self.ruled @ self.ruled.T
        self.doubt = doubt
        self.folds = _folds(examples.vectors[:count])

    @property
    def _scale(self) -> float:
        return float(_RULES / self.ruled.shape[1])

    def weights(self, kept: Flags) -> Weights:
        """The weights fitted on the lines that are kept (all that are not ours are); the others weigh nothing."""
        count = len(self.lines)
        every = np.r_[kept, np.ones(len(self.doubt) - count, bool)]
        subject = _ridge(self.alike, self.raised, every, self.doubt)
        addressed = _ridge(self.alike_and_ruled, self.addressed, kept, self.doubt[:count])
        doubt = np.full(count, _DOUBT_OF_COMMITMENT)
        commitment = _ridge(self.alike_and_ruled, self.commits[:, None], kept & self.relevant, doubt)
        both = np.hstack([addressed[:-1], commitment[:-1]])
        by_rule = self._scale * self.ruled.T @ both
        return Weights(subject, addressed, commitment, by_rule, self.means, self.spreads)

    def unseen(self) -> Matrix:
        """The features of every line, by weights fitted without it and without its like."""
        told = np.zeros((len(self.lines), self.raised.shape[1], 7))
        for fold in range(_FOLDS):
            out = self.folds == fold
            weights = self.weights(~out)
            alike, few = self.alike[: len(self.lines)][out], self.alike_and_ruled[out]
            told[out] = features(
                alike @ weights.subject[:-1] + weights.subject[-1],
                few @ weights.addressed[:-1] + weights.addressed[-1],
                few @ weights.commitment[:-1, 0] + weights.commitment[-1, 0],
            )
        return told


def _ridge(kernel: Matrix, truth: Flags, kept: Flags, doubt: Matrix) -> Matrix:
    """A weight for each example and column (0 for those not kept), and the mean in the last row."""
    from scipy.linalg import cho_factor, cho_solve  # only where something is fitted

    mean = truth[kept].mean(axis=0)
    weights = np.zeros((len(truth) + 1, truth.shape[1]))
    factor = cho_factor(kernel[np.ix_(kept, kept)] + np.diag(doubt[kept]))
    weights[:-1][kept] = cho_solve(factor, truth[kept] - mean)
    weights[-1] = mean
    return weights


def _folds(vectors: Matrix) -> NDArray[np.int64]:
    """A fold for each line; lines that are alike, or alike to one that is, share theirs."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components

    count, families = connected_components(csr_matrix(vectors @ vectors.T > _ALIKE))
    return np.asarray(np.random.default_rng(0).integers(0, _FOLDS, count)[families])


def _advice() -> list[Line]:
    """What pitfalls.yaml says of each pitfall: about it, though nothing that a draft would say."""
    return [
        Line(line.text, one.id, Label.TOUCHED)
        for one in pitfalls()
        for line in (*one.why, *one.signs, *one.do, *one.ask, *one.proposal)
    ]


def _asked() -> list[Line]:
    """What readers type about a pitfall: the trouble in many other words, though nothing that a draft would say."""
    return [
        Line(one.text, one.pitfalls[0], Label.TOUCHED, one.pitfalls[1:])
        for one in situations()
        if one.pitfalls and len(one.text.split()) < _LONGEST
    ]


def _vectors(texts: Sequence[str]) -> Matrix:
    model = embeddings(Settings(home=Path()))
    return np.asarray(model.embed_documents(list(texts)), dtype=np.float64)


def _regression(told: Matrix, truth: Flags) -> Regression:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=10.0, max_iter=1000).fit(told.reshape(-1, told.shape[-1]), truth.ravel())
    return Regression(model.coef_[0], float(model.intercept_[0]))


def _probability(regression: Regression, told: Matrix) -> Matrix:
    return np.asarray(1 / (1 + np.exp(-(told @ regression.weights + regression.intercept))))


def _figures(data: _Data, seen: Scores) -> dict[str, float]:
    """How well thresholds chosen on drafts of half the lines do on drafts of the other half."""
    halves = [
        composed(data.lines, np.flatnonzero(data.folds % 2 == half).tolist(), data.names, _DRAFTS, 1 + half)
        for half in (0, 1)
    ]
    told = [report(seen, mine, thresholds(seen, others)) for mine, others in (halves, reversed(halves))]
    return {name: float(np.mean([one[name] for one in told])) for name in told[0]}


if __name__ == "__main__":
    keep_quiet()
    fitted, figures = fit()
    save(FITTED, fitted)
    sys.stdout.write(json.dumps({name: round(value, 3) for name, value in figures.items()}) + "\n")
