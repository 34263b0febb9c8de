"""Fitting on the situations what judges a question (`search/judge.py`).

A situation must not be judged by itself: whatever is fitted on the verdict of another regression is
fitted on what that one says of situations which it has not seen.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from assistant.search.judge import (
    LESSONS,
    NEAREST,
    Answerable,
    Judge,
    Regression,
    Sections,
    WordRegression,
    terms,
)

if TYPE_CHECKING:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

_FEWEST = 40  # of each sort, to fit on
_STRENGTH = 10.0  # inverse of the regularisation; chosen by cross-validation on the situations
_FOLDS = 5

Matrix = NDArray[np.float64]
Flags = NDArray[np.bool_]


def fit(situations: Mapping[str, Any]) -> Judge:
    """Fit on the situations as the index holds them: their texts, vectors and facts, a row each."""
    vectors = np.asarray(situations["embeddings"], dtype=np.float64)
    facts = situations["metadatas"]
    inside = np.array([bool(data["source"]) for data in facts], dtype=bool)
    lesson = np.array([data.get("kind") in LESSONS for data in facts], dtype=bool)
    places = [f"{data['source']}#{data['anchor']}" for data in facts]
    is_enough = _is_enough(inside)
    return Judge(
        _answerable(situations["documents"], vectors, inside) if is_enough else None,
        regression(vectors[inside], lesson[inside]) if _is_enough(lesson[inside]) else None,
        _sections(vectors[inside], [one for one in places if one != "#"]) if is_enough else None,
    )


def _is_enough(is_first: Flags) -> bool:
    return bool(is_first.sum() >= _FEWEST and (~is_first).sum() >= _FEWEST)


def _answerable(texts: Sequence[str], vectors: Matrix, inside: Flags) -> Answerable:
    """Two regressions, on embeddings and on words, and one that weighs what they and the nearest say."""
    # One situation may have an entry for each section that answers it: each text counts once.
    _, once = np.unique(np.asarray(texts), return_index=True)
    kept, vectors, inside = [texts[row] for row in once], vectors[once], inside[once]
    from sklearn.model_selection import StratifiedKFold, cross_val_predict  # heavy, only at indexing
    from sklearn.pipeline import make_pipeline

    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=0)
    unseen = {"cv": folds, "method": "decision_function"}
    witnesses = np.column_stack(
        [
            cross_val_predict(model(), vectors, inside, **unseen),
            cross_val_predict(make_pipeline(counter(), model()), kept, inside, **unseen),
            *_near(vectors, inside),
        ]
    )
    return Answerable(regression(vectors, inside), word_regression(kept, inside), _verdict(witnesses, inside))


def word_regression(texts: Sequence[str], is_first: Flags) -> WordRegression:
    """A regression over the words of texts, that tells those of one sort."""
    count = counter()
    fitted = model().fit(count.fit_transform(texts), is_first)
    known = {str(term): int(row) for term, row in count.vocabulary_.items()}
    return WordRegression(known, np.asarray(count.idf_), fitted.coef_[0], float(fitted.intercept_[0]))


def _near(vectors: Matrix, inside: Flags) -> tuple[Matrix, Matrix]:
    """How near each situation is to the others that are inside, and to the others outside."""
    similarities = vectors @ vectors.T
    np.fill_diagonal(similarities, -1.0)

    def nearest(columns: Flags) -> Matrix:
        return np.asarray(np.sort(similarities[:, columns], axis=1)[:, -NEAREST:].mean(axis=1))

    return nearest(inside), nearest(~inside)


def _verdict(witnesses: Matrix, inside: Flags) -> Regression:
    """A regression over the witnesses' scores, each measured in its own standard deviations."""
    mean, spread = witnesses.mean(axis=0), witnesses.std(axis=0)
    scaled = regression((witnesses - mean) / spread, inside)
    weights = scaled.weights / spread
    return Regression(weights, float(scaled.intercept - weights @ mean))


def _sections(vectors: Matrix, places: Sequence[str]) -> Sections | None:
    if len(set(places)) < 3:  # two make a plain regression, which has another shape, and tell nothing new
        return None
    fitted = model(balanced=False).fit(vectors, list(places))
    return Sections(tuple(map(str, fitted.classes_)), fitted.coef_, fitted.intercept_)


def regression(features: Matrix, is_first: Flags) -> Regression:
    """A regression over features, that tells the rows of one sort."""
    fitted = model().fit(features, is_first)
    return Regression(fitted.coef_[0], float(fitted.intercept_[0]))


def model(*, balanced: bool = True) -> "LogisticRegression":
    """The regression before it is fitted; balanced, where one sort is rarer than the other."""
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=_STRENGTH, class_weight="balanced" if balanced else None, max_iter=1000)


def counter() -> "TfidfVectorizer":
    """What turns texts into the counts of their words and pairs of words."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(analyzer=terms, min_df=2, sublinear_tf=True)
