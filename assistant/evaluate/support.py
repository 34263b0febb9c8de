"""How likely it is that sentences of a source support a claim, for claims in anybody's words.

`answer.wording.says_the_same` is what stands between a model and the reader: it is strict and knows no
doubt. This is the softer question that a person asks of a citation, does that page bear this out?, answered
by a logistic regression over what the claim and the page have in common. It cannot see a 'not' that was
dropped, so nothing a model writes may pass on its word: it is a second opinion on a run, and no more.
`python -m assistant.evaluate.support CLAIMS` fits it on the part `dev` of WiCE (Kamoi et al., EMNLP 2023,
arXiv 2303.01432) and reports on the part `test`.
"""

import json
import re
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from assistant.evaluate.answers import Said, Turn
from assistant.search.embed import PUBLISHED, embeddings
from assistant.search.keyword import words
from assistant.settings import Settings, keep_quiet

_FITTED = Path(__file__).with_name("support.json")
_NEAREST = 5  # sentences that are read together
_CANDIDATES = 30  # sentences that are read one by one
_STRENGTH = 0.1  # inverse of the regularisation, by cross-validation on dev
_DRAWS = 10_000  # of the bootstrap
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NAME = re.compile(r"(?<!^)(?<![.!?]\s)\b[A-Z][\w'’-]+")
_WORD = re.compile(r"[\w'’-]+")
_CLAUSE_END = re.compile(r"[,;:]\s+|\s+(?:and|but|who|which|where|while|when|after|before)\s+")


@dataclass(frozen=True, slots=True)
class _Fitted:
    """A logistic regression: what is taken from each feature, what it is divided by, and its weight."""

    means: tuple[float, ...]
    scales: tuple[float, ...]
    weights: tuple[float, ...]
    intercept: float


def supported(turns: Sequence[Turn]) -> list[dict[str, Sequence[float]]]:
    """For each turn, which sentences that a model reworded are likelier supported by their quotes than not."""
    if not any(_reworded(turn) for turn in turns):
        return [{} for _ in turns]
    model = embeddings(Settings(home=Path(), embeddings=PUBLISHED))
    return [
        {"reworded_supported": [support(one.text, _quotes(one), model) >= 0.5 for one in _reworded(turn)]}
        for turn in turns
    ]


def _reworded(turn: Turn) -> list[Said]:
    return [one for one in turn.answered.statements if one.text not in _quotes(one)]


def _quotes(statement: Said) -> list[str]:
    return [one.quote for one in statement.citations]


def support(claim: str, sentences: Sequence[str], model: Embeddings) -> float:
    """The probability that the sentences of one source, taken together, support the whole of a claim."""
    return float(_probabilities(_fitted(), np.array([features(claim, sentences, model)]))[0])


def features(claim: str, sentences: Sequence[str], model: Embeddings) -> tuple[float, ...]:
    """What a claim and a source have in common; cosines lie in -1 to 1, shares in 0 to 1.

    In order: the cosine of the nearest sentence, and of the clause that is farthest from any; the
    share of the claim's stems in the nearest sentences, in all, and in the one that has most of them;
    the share of its numbers and of its names in all; and how many of its stems the nearest lack, and all.
    """
    clauses = [one for one in _CLAUSE_END.split(claim) if len(one.split()) > 2] or [claim]
    vectors = np.asarray(model.embed_documents([claim, *clauses, *sentences]))
    cosines = vectors[1 + len(clauses) :] @ vectors[: 1 + len(clauses)].T
    order = np.argsort(-cosines[:, 0])
    near, every = " ".join(sentences[row] for row in order[:_NEAREST]), " ".join(sentences)
    stems, held, near_held = set(words(claim)), set(words(every)), set(words(near))
    alone = max(_share(stems, words(sentences[row])) for row in order[:_CANDIDATES])
    return (
        float(cosines[:, 0].max()),
        float(cosines[:, 1:].max(axis=0).min()),
        _share(stems, near_held),
        _share(stems, held),
        alone,
        _share(_NUMBER.findall(claim), _NUMBER.findall(every)),
        _share(_NAME.findall(claim), _WORD.findall(every)),
        float(len(stems - near_held)),
        float(len(stems - held)),
    )


def _share(said: Sequence[str] | set[str], held: Sequence[str] | set[str]) -> float:
    return len(set(said) & set(held)) / len(set(said)) if said else 1.0


@cache
def _fitted() -> _Fitted:
    saved = json.loads(_FITTED.read_text(encoding="utf-8"))
    means, scales, weights = (tuple(saved[name]) for name in ("means", "scales", "weights"))
    return _Fitted(means, scales, weights, saved["intercept"])


def _probabilities(fitted: _Fitted, rows: NDArray[np.float64]) -> NDArray[np.float64]:
    scaled = (rows - np.array(fitted.means)) / np.array(fitted.scales)
    probabilities: NDArray[np.float64] = 1 / (1 + np.exp(-(scaled @ np.array(fitted.weights) + fitted.intercept)))
    return probabilities


def fit(rows: NDArray[np.float64], is_supported: NDArray[np.bool_]) -> _Fitted:
    """Fit on the features of claims whose support is known, both sorts weighing the same."""
    from sklearn.linear_model import LogisticRegression  # heavy, and needed only here

    means, scales = rows.mean(axis=0), rows.std(axis=0)
    model = LogisticRegression(C=_STRENGTH, class_weight="balanced", max_iter=2000)
    model.fit((rows - means) / scales, is_supported)
    return _Fitted(tuple(means.tolist()), tuple(scales.tolist()), tuple(model.coef_[0].tolist()), model.intercept_[0])


def balanced_accuracy(said: NDArray[np.bool_], true: NDArray[np.bool_]) -> float:
    """The mean of the shares of the supported and of the other claims that were told rightly."""
    return float((said[true].mean() + (~said[~true]).mean()) / 2)


def best_threshold(scores: NDArray[np.float64], true: NDArray[np.bool_]) -> float:
    """The threshold on a score with the best balanced accuracy."""
    return float(max(np.unique(scores), key=lambda one: balanced_accuracy(scores >= one, true)))


def _report(claims: Path, model: Embeddings) -> tuple[_Fitted, dict[str, Any]]:
    """Fit on dev; on test, balanced accuracy beside thresholds on one feature alone, fitted on dev too.

    Beside the cosine stands the share of stems, which is the harder one to beat: on the part test
    of WiCE the cosine tells hardly more than chance.
    """
    records = [json.loads(line) for line in claims.read_text(encoding="utf-8").splitlines()]
    rows = np.array([features(one["claim"], one["evidence"], model) for one in records])
    true = np.array([one["label"] == "supported" for one in records])
    dev = np.array([one["split"] == "dev" for one in records])
    fitted = fit(rows[dev], true[dev])
    ours, truth = _probabilities(fitted, rows[~dev]) >= 0.5, true[~dev]
    figures: dict[str, Any] = {"claims": len(truth), "supported": int(truth.sum()), "majority": 0.5}
    figures["ours"] = round(balanced_accuracy(ours, truth), 3)
    for name, feature in (("cosine", 0), ("stems", 2)):
        alone = rows[~dev, feature] >= best_threshold(rows[dev, feature], true[dev])
        figures[name] = round(balanced_accuracy(alone, truth), 3)
        figures[f"gain over {name}"] = _gain(ours, alone, truth)
    figures["gain over majority"] = _gain(ours, np.zeros_like(ours), truth)
    return fitted, figures


def _gain(ours: NDArray[np.bool_], other: NDArray[np.bool_], truth: NDArray[np.bool_]) -> list[float]:
    """What we gain in balanced accuracy: the middle and the ends of the paired 95 % bootstrap interval."""
    chance = np.random.default_rng(1)
    draws = (chance.integers(0, len(truth), len(truth)) for _ in range(_DRAWS))
    gains = [balanced_accuracy(ours[one], truth[one]) - balanced_accuracy(other[one], truth[one]) for one in draws]
    return [round(float(one), 3) for one in np.percentile(gains, [2.5, 50, 97.5])]


if __name__ == "__main__":
    keep_quiet()
    fitted, figures = _report(Path(sys.argv[1]), embeddings(Settings(home=Path(), embeddings=PUBLISHED)))
    _FITTED.write_text(json.dumps(asdict(fitted), indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(json.dumps(figures) + "\n")
