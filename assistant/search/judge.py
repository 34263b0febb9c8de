"""What a question's wording tells before anything is found, by logistic regression over its embedding.

Whether it is one for this library at all: fitted on the situations that sections answer against the
questions that nothing here should answer. The similarity of the best passage alone does not separate
the two, since a question about a figure that is not there resembles its subject closely.

And whether it asks for a lesson, as the articles hold, or for a rule or finding, as the guidance does:
fitted on the situations of the ones against those of the others, so that a large shelf of guidance
does not drown five articles.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.library.catalogue import Kind

LESSONS = frozenset({Kind.ARTICLE, Kind.OPINION})
_FEWEST = 40  # of each sort, to fit on
_STRENGTH = 10.0  # inverse of the regularisation; chosen by cross-validation on the situations


@dataclass(frozen=True, slots=True)
class Regression:
    """A fitted logistic regression: a weight for each dimension of the embedding, and an intercept."""

    weights: tuple[float, ...]
    intercept: float

    def probability(self, vector: Sequence[float]) -> float:
        """The probability that a question with this embedding is of the first sort."""
        return float(1 / (1 + np.exp(-(np.dot(self.weights, vector) + self.intercept))))


@dataclass(frozen=True, slots=True)
class Judge:
    """The two regressions of a generation; None where there were too few situations to fit one on."""

    answerable: Regression | None
    lesson: Regression | None


def fit(path: Path, situations: Mapping[str, Any]) -> None:
    """Fit on the situations' stored vectors and save the result in a file."""
    vectors = np.asarray(situations["embeddings"])
    facts = situations["metadatas"]
    inside = np.array([bool(data["source"]) for data in facts], dtype=bool)
    lesson = np.array([data.get("kind") in LESSONS for data in facts], dtype=bool)
    judge = Judge(_regression(vectors, inside), _regression(vectors[inside], lesson[inside]))
    path.write_text(json.dumps(asdict(judge)), encoding="utf-8")


def load(path: Path) -> Judge:
    """Open what `fit` saved."""
    saved = json.loads(path.read_text(encoding="utf-8"))
    return Judge(_opened(saved["answerable"]), _opened(saved["lesson"]))


def _regression(vectors: NDArray[np.float64], is_first: NDArray[np.bool_]) -> Regression | None:
    if is_first.sum() < _FEWEST or (~is_first).sum() < _FEWEST:
        return None
    from sklearn.linear_model import LogisticRegression  # heavy, and needed only at indexing

    model = LogisticRegression(C=_STRENGTH, class_weight="balanced", max_iter=1000)
    model.fit(vectors, is_first)
    return Regression(tuple(model.coef_[0].tolist()), float(model.intercept_[0]))


def _opened(saved: Mapping[str, Any] | None) -> Regression | None:
    return Regression(tuple(saved["weights"]), saved["intercept"]) if saved else None
