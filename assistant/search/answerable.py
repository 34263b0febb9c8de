"""Whether a question is one for this library at all, judged by its wording.

A logistic regression over the question's embedding, fitted on the situations that sections answer
against the questions that nothing here should answer. The similarity of the best passage alone does
not separate the two: a question about a figure that is not there resembles its subject closely.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

_FEWEST = 40  # of each sort, to fit on
_STRENGTH = 10.0  # inverse of the regularisation; chosen by cross-validation on the situations


@dataclass(frozen=True, slots=True)
class Answerability:
    """A fitted regression: weights for each dimension of the embedding, and an intercept."""

    weights: tuple[float, ...]
    intercept: float

    def __call__(self, vector: Sequence[float]) -> float:
        """The probability that a question with this embedding is one for this library."""
        logit = float(np.dot(self.weights, vector)) + self.intercept
        return float(1 / (1 + np.exp(-logit)))


def fit(path: Path, situations: Mapping[str, Any]) -> None:
    """Fit on the situations' stored vectors and save the result; no file where there are too few."""
    path.unlink(missing_ok=True)
    inside = np.array([bool(data["source"]) for data in situations["metadatas"]])
    if inside.sum() < _FEWEST or (~inside).sum() < _FEWEST:
        return
    from sklearn.linear_model import LogisticRegression  # heavy, and needed only at indexing

    model = LogisticRegression(C=_STRENGTH, class_weight="balanced", max_iter=1000)
    model.fit(np.asarray(situations["embeddings"]), inside)
    fitted = {"weights": model.coef_[0].tolist(), "intercept": float(model.intercept_[0])}
    path.write_text(json.dumps(fitted), encoding="utf-8")


def load(path: Path) -> Answerability | None:
    """The regression of a generation, or None where it has none."""
    if not path.exists():
        return None
    fitted = json.loads(path.read_text(encoding="utf-8"))
    return Answerability(tuple(fitted["weights"]), fitted["intercept"])
