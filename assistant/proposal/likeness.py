"""How alike two sentences are: in meaning, and in their words.

Both are kernels, so that what is fitted on examples (`fit.py`) is a weight for each example.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from assistant.search.judge import terms

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_NEAR = 0.4  # the distance in cosine at which likeness in meaning falls to 1/e; by cross-validation
_WORDS = 0.3  # what the same words count for beside the same meaning; by cross-validation

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """The words and pairs of words that are counted, and how rare each is."""

    rows: Mapping[str, int]
    rarity: Matrix

    def counts(self, texts: Sequence[str]) -> "csr_matrix":
        """The words of each text by frequency and rarity, a row each, of length 1."""
        from scipy.sparse import csr_matrix  # heavy, and needed only where drafts are judged

        values: list[float] = []
        columns: list[int] = []
        starts = [0]
        for text in texts:
            found = Counter(self.rows[term] for term in terms(text) if term in self.rows)
            row = [(1 + np.log(times)) * self.rarity[column] for column, times in found.items()]
            length = float(np.linalg.norm(row)) if row else 1.0
            values += [float(one) / length for one in row]
            columns += list(found)
            starts.append(len(columns))
        return csr_matrix((values, columns, starts), shape=(len(texts), len(self.rows)))


@dataclass(frozen=True, slots=True, eq=False)
class Traits:
    """What of some texts is compared: their unit vectors and their words, a row each."""

    vectors: Matrix
    words: Any


def vocabulary(texts: Sequence[str]) -> Vocabulary:
    """The terms that stand in more than one of the texts."""
    times = Counter(term for text in texts for term in set(terms(text)))
    kept = sorted(term for term, count in times.items() if count > 1)
    rarity = np.array([np.log((1 + len(texts)) / (1 + times[term])) + 1 for term in kept])
    return Vocabulary({term: row for row, term in enumerate(kept)}, rarity)


def likeness(ones: Traits, others: Traits) -> Matrix:
    """How alike each of the ones is to each of the others, from near 0 to 1.3."""
    return np.asarray(_meaning(ones, others) + _WORDS * (ones.words @ others.words.T).toarray())


def weighed(ones: Traits, others: Traits, weights: Matrix) -> Matrix:
    """`likeness(ones, others) @ weights`, with the weights of the others taken to their words first: much faster."""
    return np.asarray(_meaning(ones, others) @ weights + _WORDS * (ones.words @ (others.words.T @ weights)))


def _meaning(ones: Traits, others: Traits) -> Matrix:
    return np.asarray(np.exp((ones.vectors @ others.vectors.T - 1) / _NEAR))
