"""Fitting what tells a worry about one person: `python -m assistant.search.fit_worry` makes `worry.npz`.

What is fitted on the verdict of another regression, and the bar, are fitted on what that one says of turns
that it has not seen.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline

from assistant.search import embed
from assistant.search.fit import counter, model, regression, word_regression
from assistant.search.worry import FITTED, Fitted, Witnesses, Worry, save
from assistant.settings import Settings, keep_quiet
from assistant.templates import shipped

_FOLDS = 5
_FALSE_ALARMS = 0.005  # of the situations, that may surely be taken for a worry

Flags = NDArray[np.bool_]
Matrix = NDArray[np.float64]


def fit() -> tuple[Fitted, dict[str, float]]:
    """Fit on all turns, and tell what those that were not seen would have got."""
    lines = [*_lines("worries.jsonl"), *_lines("situations.jsonl"), *_lines("outside.jsonl")]
    texts = [str(one["text"]) for one in lines]
    kinds = np.array([str(one.get("kind", "")) if str(one["id"])[0] in "wn" else "" for one in lines])
    vectors = np.asarray(embed.embeddings(Settings(home=Path())).embed_documents(texts), dtype=np.float64)
    worried = np.isin(kinds, list(Worry))
    about, likely = _witnesses(texts, vectors, worried)
    asked = np.array([not one.get("kind") for one in lines])  # the situations, which alone have no kind
    sure = max(0.5, float(np.quantile(likely[asked], 1 - _FALSE_ALARMS)))
    rows = np.flatnonzero(worried)
    danger, dangerous = _witnesses([texts[row] for row in rows], vectors[rows], kinds[rows] == Worry.DANGER)
    figures = {
        "worries": float(worried.sum()),
        "found for sure": float((likely[worried] >= sure).mean()),
        "found, perhaps": float((likely[worried] >= 0.5).mean()),
        "questions surely taken for one": float((likely[asked] >= sure).mean()),
        "questions perhaps taken for one": float((likely[asked] >= 0.5).mean()),
        "contrasts perhaps taken for one": float((likely[kinds == "partnership"] >= 0.5).mean()),
        "dangers told from the rest": float(((dangerous >= 0.5) == (kinds[rows] == Worry.DANGER)).mean()),
        "sure from": sure,
    }
    return Fitted(about, danger, sure), figures


def _witnesses(texts: Sequence[str], vectors: Matrix, is_first: Flags) -> tuple[Witnesses, Matrix]:
    """The regressions for one sort of turn, and for each turn the probability by those that did not see it."""
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=0)
    unseen = {"cv": folds, "method": "decision_function"}
    by_vector = cross_val_predict(model(), vectors, is_first, **unseen)
    by_words = cross_val_predict(make_pipeline(counter(), model()), list(texts), is_first, **unseen)
    said = np.column_stack([by_vector, by_words])
    likely = cross_val_predict(model(), said, is_first, cv=folds, method="predict_proba")[:, 1]
    found = Witnesses(regression(vectors, is_first), word_regression(texts, is_first), regression(said, is_first))
    return found, np.asarray(likely)


def _lines(name: str) -> list[dict[str, object]]:
    text = (shipped("knowledge") / name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]


if __name__ == "__main__":
    keep_quiet()
    found, figures = fit()
    save(found, FITTED)
    sys.stdout.write("".join(f"{name}: {value:.4g}\n" for name, value in figures.items()))
