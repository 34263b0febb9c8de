"""Shares and means with their intervals, and the difference between two runs with its own."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 10_000
_SEED = 1979  # of Efron's paper; the same figures give the same interval on every machine

Record = dict[str, float | int | None]
Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of n cases, with its 95 % interval (Wilson, 1927)."""

    hits: int
    n: int

    def record(self) -> Record:
        """Value, number and interval; null where there was no case."""
        low, high = self.interval()
        value = round(self.hits / self.n, 4) if self.n else None
        return {"value": value, "n": self.n, "low": low, "high": high}

    def interval(self) -> tuple[float | None, float | None]:
        """The 95 % interval, each end from 0 to 1."""
        if not self.n:
            return None, None
        z, p, n = 1.96, self.hits / self.n, self.n
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        return round(max(0.0, middle - half), 4), round(min(1.0, middle + half), 4)


@dataclass(frozen=True, slots=True)
class Sum:
    """The cases of one conversation: what they add up to, and how many there are."""

    total: float
    n: int


def mean(sums: Sequence[Sum]) -> Record:
    """The mean of all cases, with its 95 % interval by the bootstrap over conversations.

    For what is no share of independent cases. Null where there is no case; no interval for fewer
    than two conversations.
    """
    n = sum(one.n for one in sums)
    if not n:
        return {"value": None, "n": 0, "low": None, "high": None}
    low, high = _interval(_means(sums), sums)
    return {"value": round(sum(one.total for one in sums) / n, 4), "n": n, "low": low, "high": high}


def difference(now: Sequence[Sum], before: Sequence[Sum]) -> Record:
    """How far the mean of one run lies above that of another, with its paired 95 % interval.

    Both have the same conversations in the same order. Conversations are drawn with replacement,
    the same for both runs, and the middle 95 % of the differences kept (Efron and Tibshirani, An
    Introduction to the Bootstrap, 1993, chapter 13), since the turns of one conversation, and the
    answers of two runs to one question, hang together. `n` is the cases of the run above; null where
    either run has no case.
    """
    if len(now) != len(before):
        raise ValueError("two runs are paired by conversation")
    n_now, n_before = sum(one.n for one in now), sum(one.n for one in before)
    if not n_now or not n_before:
        return {"now": None, "before": None, "difference": None, "n": 0, "low": None, "high": None}
    value_now, value_before = (sum(one.total for one in sums) / n for sums, n in ((now, n_now), (before, n_before)))
    low, high = _interval(_means(now) - _means(before), now)
    return {
        "now": round(value_now, 4),
        "before": round(value_before, 4),
        "difference": round(value_now - value_before, 4),
        "n": n_now,
        "low": low,
        "high": high,
    }


def percentile(values: Sequence[float], share: float) -> float | None:
    """The smallest of the values that at least this share of them does not exceed; None for no values."""
    return sorted(values)[max(1, math.ceil(share * len(values))) - 1] if values else None


def _means(sums: Sequence[Sum]) -> Vector:
    """The mean of each resample of the conversations; not a number where a resample has no case."""
    totals = np.array([one.total for one in sums])
    counts = np.array([one.n for one in sums], dtype=float)
    drawn = np.random.default_rng(_SEED).multinomial(len(sums), np.full(len(sums), 1 / len(sums)), RESAMPLES)
    cases = drawn @ counts
    means: Vector = np.divide(drawn @ totals, cases, out=np.full(RESAMPLES, np.nan), where=cases > 0)
    return means


def _interval(resampled: Vector, sums: Sequence[Sum]) -> tuple[float | None, float | None]:
    if sum(one.n > 0 for one in sums) < 2:  # one conversation drawn again and again tells nothing
        return None, None
    low, high = np.percentile(resampled[~np.isnan(resampled)], (2.5, 97.5))
    return round(float(low), 4), round(float(high), 4)
