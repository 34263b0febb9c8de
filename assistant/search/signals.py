"""What speaks for each section, for one question: its nearest vectors, its words, and what was learnt.

A section is known here by its name, `source#anchor`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from assistant.library import split
from assistant.library.sentences import sentence_spans
from assistant.search.judge import NEAREST, nearness
from assistant.search.keyword import words

if TYPE_CHECKING:
    from langchain_chroma import Chroma

NEAR = 100  # neighbours asked of each collection; more change no ranking that is read
_MOST_PARTS = 8
_SHORTEST_PART = 4  # words; a shorter sentence of a question ('Help!') says nothing by itself
_FEWEST_STEMS = 2
# Stems that a question may have whatever it is about.
_EMPTY = frozenset(
    """what who whom which how why where when should shall can could would do doe did i we you me us my our your ask
    say tell happen now next first help need know pleas get have has had am been about from than all any anyth someth
    so ok want go""".split()  # noqa: SIM905  # a list of sixty strings is harder to read
)
_MOST_TARGETS = 6  # sections that one situation points at
# What each signal weighs. Passages and sentences together count 1; a section that a very similar
# situation points at may win over one whose words are nearer.
_SITUATIONS = 1.4
_BM25 = 0.3
_BM25_HALF = 20.0  # the BM25 score that counts half: BM25 has no upper bound of its own
_EXPECTED = 0.03  # for each unit of the log probability that the section answers such a question

Vectors = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for each section.

    Cosine similarities of its nearest entries, BM25, and the logarithm of the probability that a
    question with this embedding is one for it.
    """

    passages: Mapping[str, float]
    sentences: Mapping[str, float]
    situations: Mapping[str, float]
    keywords: Mapping[str, float]
    expected: Mapping[str, float]

    @property
    def sections(self) -> set[str]:
        """Every section that anything speaks for."""
        return {*self.passages, *self.sentences, *self.situations, *self.keywords}

    @property
    def similarity(self) -> float:
        """The cosine similarity of the nearest passage or sentence."""
        return max([*self.passages.values(), *self.sentences.values()], default=0.0)

    def relevance(self, section: str, *, is_situated: bool) -> float:
        """The signals of a section as one figure.

        A section that is not among the nearest of one collection counts as far as the last of them.
        A source that no situation points at is not put back for that: its own words stand in.
        """
        said = (_nearness(self.passages, section) + _nearness(self.sentences, section)) / 2
        lived = _nearness(self.situations, section) if is_situated else said
        logs = self.expected.values()
        expected = self.expected.get(section, (min if is_situated else max)(logs, default=0.0))
        word = self.keywords.get(section, 0.0)
        return said + _SITUATIONS * lived + _EXPECTED * expected + _BM25 * word / (word + _BM25_HALF)


@dataclass(frozen=True, slots=True)
class Part:
    """A question, or one of its sentences, and what it weighs; all weights of a question add up to 1."""

    text: str
    weight: float
    asks: bool = True


def parts(question: str) -> list[Part]:
    """The question as a whole, then each of its sentences where it has several.

    The whole counts half, and the sentences share the other half. One that asks says what it is
    about: 'What should I ask?' does not.
    """
    spans = sentence_spans(question, 0, len(question))
    sentences = [question[start:end] for start, end in spans]
    sentences = [one for one in sentences if len(one.split()) >= _SHORTEST_PART][:_MOST_PARTS]
    if len(sentences) < 2:
        return [Part(question, 1.0)]
    share = 0.5 / len(sentences)
    return [Part(question, 0.5), *(Part(text, share, _asks(text)) for text in sentences)]


def _asks(sentence: str) -> bool:
    return sentence.rstrip().endswith("?") and len(set(words(sentence)) - _EMPTY) >= _FEWEST_STEMS


def by_section(store: "Chroma", vectors: Vectors, weights: Sequence[float], where: dict[str, Any]) -> dict[str, float]:
    """The cosine similarity of the nearest entry of each section that has one near.

    `vectors` holds the embeddings of the question and its sentences, a row each, and `weights` what
    each counts.
    """
    best: list[dict[str, float]] = []
    for vector in vectors:
        near: dict[str, float] = {}
        for entry, distance in store.similarity_search_by_vector_with_relevance_scores(
            vector.tolist(),
            k=NEAR,
            filter=where or None,
        ):
            section = split.place(entry).section
            near[section] = max(near.get(section, -1.0), 1 - distance)
        best.append(near)
    floors = [min(near.values(), default=0.0) for near in best]
    return {
        section: sum(
            weight * near.get(section, floor) for weight, near, floor in zip(weights, best, floors, strict=True)
        )
        for section in set().union(*best)
        if section != "#"  # where outside questions point
    }


def near_situations(store: "Chroma", vector: Vectors, *, inside: bool) -> float:
    """How near the situations are that the library answers, or those that it does not.

    One text counts once, however many sections it points at.
    """
    source: Any = {"source": {"$ne": ""} if inside else {"$eq": ""}}
    found = store.similarity_search_by_vector_with_relevance_scores(
        vector.tolist(), k=_MOST_TARGETS * NEAREST, filter=source
    )
    return nearness(list({entry.page_content: 1 - distance for entry, distance in found}.values()))


def _nearness(similarities: Mapping[str, float], section: str) -> float:
    return similarities.get(section, min(similarities.values(), default=0.0))
