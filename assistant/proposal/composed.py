"""Drafts composed of proposal lines: from which probability to give a verdict, and how well that does.

One of many sentences looks right by chance, so the threshold is chosen on whole drafts; and some
subjects have words that stand in any draft, so each pitfall has its own, drawn more than halfway to that of all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from assistant.proposal.judge import Scores
from assistant.proposal.likeness import Matrix
from assistant.proposal.lines import Label, Line

ABSENT, TOUCHED, ADDRESSED = range(3)
_CHANCES = (0.35, 0.27, 0.38)  # of each, as in the drafts that people have labelled
_TRAPS = 3  # lines in each that have the words of a pitfall and another subject, as in the labelled drafts
_PLAIN = (40, 160)  # lines in each that have no pitfall
_LABELS = {TOUCHED: Label.TOUCHED, ADDRESSED: Label.ADDRESSED}
_GRID = np.linspace(0.2, 0.98, 40)
_WANTED = 0.87  # precision of `addressed` and recall of `absent`: missing a pitfall is worse than asking twice
_PENALTY = 0.5  # share of what they fall short that is taken off the accuracy
_OWN = 0.4  # how far a pitfall's threshold is its own, in log odds; its drafts alone are few

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Composed:
    """A draft: the rows of its lines, and what it does about each pitfall."""

    rows: tuple[int, ...]
    truth: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """For each pitfall, from which probability it is raised, and from which something is committed to."""

    raised: tuple[float, ...]
    committed: tuple[float, ...]


def composed(lines: Sequence[Line], rows: Sequence[int], names: Sequence[str], count: int, seed: int) -> list[Composed]:
    """Drafts of random lines, taken from these rows alone."""
    chance = np.random.default_rng(seed)
    kinds: dict[tuple[str, Label], list[int]] = {(name, label): [] for name in ("", *names) for label in Label}
    for row in rows:
        kinds[lines[row].pitfall, lines[row].label].append(row)
    plain = kinds["", Label.OTHER]
    traps = [row for name in names for row in kinds[name, Label.OTHER]]
    found = []
    for _ in range(count):
        taken = list(chance.choice(plain, min(len(plain), int(chance.integers(*_PLAIN))), replace=False))
        taken += list(chance.choice(traps, _TRAPS, replace=False))
        for name in names:
            status = int(chance.choice(3, p=_CHANCES))
            if status != ABSENT:
                taken += list(chance.choice(kinds[name, _LABELS[status]], int(chance.integers(1, 3)), replace=False))
        held = [lines[row] for row in taken]
        found.append(Composed(tuple(map(int, taken)), tuple(_truth(held, name) for name in names)))
    return found


def _truth(held: Sequence[Line], name: str) -> int:
    """What lines do about a pitfall together: one commitment is enough."""
    labels = {one.label for one in held if one.raises(name)}
    return ADDRESSED if Label.ADDRESSED in labels else TOUCHED if labels else ABSENT


def thresholds(found: Scores, drafts: Sequence[Composed]) -> Thresholds:
    """The thresholds that serve the drafts best, for each pitfall."""
    raised, committed, truth = _highest(found, drafts)
    shared = _best(raised.ravel(), committed.ravel(), truth.ravel())
    own = [_best(raised[:, at], committed[:, at], truth[:, at]) for at in range(truth.shape[1])]
    return Thresholds(
        tuple(_between(shared[0], one[0]) for one in own), tuple(_between(shared[1], one[1]) for one in own)
    )


def report(found: Scores, drafts: Sequence[Composed], least: Thresholds) -> dict[str, float]:
    """How well these thresholds do on drafts: accuracy, and the two figures that matter most to a reader."""
    raised, committed, truth = _highest(found, drafts)
    said = _said(raised, committed, np.array(least.raised), np.array(least.committed))
    return {
        "accuracy": float((said == truth).mean()),
        "addressed_precision": float((truth[said == ADDRESSED] == ADDRESSED).mean()),
        "absent_recall": float((said[truth == ABSENT] == ABSENT).mean()),
    }


def _highest(found: Scores, drafts: Sequence[Composed]) -> tuple[Matrix, Matrix, Ints]:
    """The highest probabilities of each draft, and its truth."""
    raised = np.array([found.raised[list(one.rows)].max(axis=0) for one in drafts])
    committed = np.array([found.committed[list(one.rows)].max(axis=0) for one in drafts])
    return raised, committed, np.array([one.truth for one in drafts])


def _said(raised: Matrix, committed: Matrix, least_raised: Matrix | float, least_committed: Matrix | float) -> Ints:
    return np.where(committed >= least_committed, ADDRESSED, np.where(raised >= least_raised, TOUCHED, ABSENT))


def _best(raised: Matrix, committed: Matrix, truth: Ints) -> tuple[float, float]:
    pairs = [(float(one), float(other)) for one, other in product(_GRID, _GRID)]
    return max(pairs, key=lambda pair: _worth(_said(raised, committed, *pair), truth))


def _worth(said: Ints, truth: Ints) -> float:
    """The accuracy, less a penalty where too much is called addressed, or too little absent."""
    right = said == truth
    precision = right[said == ADDRESSED].mean() if (said == ADDRESSED).any() else 1.0
    recall = right[truth == ABSENT].mean() if (truth == ABSENT).any() else 1.0
    return float(right.mean() - _PENALTY * (max(0.0, _WANTED - precision) + max(0.0, _WANTED - recall)))


def _between(shared: float, own: float) -> float:
    odds = _OWN * np.log(own / (1 - own)) + (1 - _OWN) * np.log(shared / (1 - shared))
    return float(1 / (1 + np.exp(-odds)))
