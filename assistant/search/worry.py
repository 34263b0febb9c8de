"""Whether a turn is a worry about one person, by its meaning: a danger, or a call for advice on their care.

Rules know how such things are usually said (`guard/safety.py`); people say them in every other way too. So a
regression over the embedding and one over the words, fitted on `knowledge/worries.jsonl` against the
situations (`search/fit_worry.py`), tell what no rule does. They are fitted on the embedding model that
ships, which therefore judges here whatever model searches.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import numpy as np

from assistant.errors import ModelError
from assistant.search import embed
from assistant.search.judge import Regression, WordRegression
from assistant.settings import Settings

_FEWEST = 4  # words
FITTED = Path(__file__).with_name("worry.npz")


class Worry(StrEnum):
    """What a turn about one person is."""

    DANGER = "danger"
    ONE_PERSON = "one-person"


@dataclass(frozen=True, slots=True, eq=False)
class Witnesses:
    """Two regressions that each tell one sort of turn from all others, and one that weighs what they say."""

    embedding: Regression
    words: WordRegression
    verdict: Regression

    def probability(self, text: str, vector: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> float:
        """The probability that a turn is of this sort."""
        said = np.array([self.embedding.log_odds(vector), self.words.log_odds(text)])
        return self.verdict.probability(said)


@dataclass(frozen=True, slots=True)
class Worried:
    """A turn that is a worry about one person, surely or perhaps."""

    kind: Worry
    is_sure: bool


def worry(text: str, settings: Settings) -> Worried | None:
    """What worry about one person a turn is, if it is one. A turn of a few words tells nothing by itself.

    Raises ModelError where what was fitted is for another model than the one that ships.
    """
    if len(text.split()) < _FEWEST:
        return None
    fitted = _load()
    model = embed.embeddings(settings.model_copy(update={"embeddings": ""}))
    vector = np.asarray(model.embed_query(text), dtype=np.float64)
    likely = fitted.about.probability(text, vector)
    if likely < 0.5:
        return None
    kind = Worry.DANGER if fitted.danger.probability(text, vector) >= 0.5 else Worry.ONE_PERSON
    return Worried(kind, likely >= fitted.sure)


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """What tells a worry from a question, from which probability on surely, and a danger from other worries."""

    about: Witnesses
    danger: Witnesses
    sure: float


def save(fitted: Fitted, path: Path) -> None:
    """Save what was fitted in one file of plain arrays."""
    arrays: dict[str, np.ndarray[tuple[int, ...], np.dtype[np.generic]]] = {
        "model": np.array([embed.SHA256[embed.OURS]]),
        "sure": np.array([fitted.sure]),
    }
    for name, one in (("about", fitted.about), ("danger", fitted.danger)):
        arrays[f"{name}.terms"] = np.array(sorted(one.words.terms, key=one.words.terms.__getitem__))
        arrays[f"{name}.rarity"] = one.words.rarity.astype(np.float32)
        for part, regression in (
            ("embedding", one.embedding),
            ("words", Regression(one.words.weights, one.words.intercept)),
            ("verdict", one.verdict),
        ):
            arrays[f"{name}.{part}"] = np.append(regression.weights, regression.intercept).astype(np.float32)
    with path.open("wb") as file:
        np.savez_compressed(file, **arrays)  # type: ignore[arg-type]


@cache
def _load() -> Fitted:
    with FITTED.open("rb") as file, np.load(file, allow_pickle=False) as saved:
        arrays = {name: saved[name] for name in saved.files}
    if str(arrays["model"][0]) != embed.SHA256[embed.OURS]:
        raise ModelError("What tells a worry was fitted on another model. Run: python -m assistant.search.fit_worry")

    def regression(name: str) -> Regression:
        both = arrays[name].astype(np.float64)
        return Regression(both[:-1], float(both[-1]))

    def witnesses(name: str) -> Witnesses:
        by_words = regression(f"{name}.words")
        terms = {str(term): row for row, term in enumerate(arrays[f"{name}.terms"])}
        rarity = arrays[f"{name}.rarity"].astype(np.float64)
        return Witnesses(
            regression(f"{name}.embedding"),
            WordRegression(terms, rarity, by_words.weights, by_words.intercept),
            regression(f"{name}.verdict"),
        )

    return Fitted(witnesses("about"), witnesses("danger"), float(arrays["sure"][0]))
