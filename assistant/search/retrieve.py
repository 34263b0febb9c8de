"""Finding passages: vectors of passages, sentences and situations, and BM25, fused by section.

Readers describe what happened to them; sources state lessons. So a section is found by what it
says, sentence by sentence and as a whole, and by situations that are known to be answered by it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from numpy.typing import NDArray
from pydantic import ConfigDict, InstanceOf

from assistant.library import split
from assistant.library.catalogue import BINDING, Kind, Nation, applies
from assistant.library.sentences import sentence_spans
from assistant.library.split import Evidence
from assistant.search.judge import LESSONS
from assistant.search.store import Index

if TYPE_CHECKING:
    from langchain_chroma import Chroma

K = 8
_NEAR = 100  # neighbours asked of each collection; more change no ranking that is read
_MOST_PARTS = 8
_SHORTEST_PART = 4  # words; a shorter sentence of a question ('Help!') says nothing by itself
# What each signal weighs. Passages and sentences together count 1; a section that a very similar
# situation points at may win over one whose words are nearer.
_SITUATIONS = 1.4
_BM25 = 0.3
_BM25_HALF = 20.0  # the BM25 score that counts half: BM25 has no upper bound of its own
_SHELF = 0.1  # the most that the question's wording speaks for the articles or for the guidance
# A reader's own nation comes first, another's law not at all, and another's lessons a little later.
_HOME = 0.2
_ABROAD = 0.1
_UNASKED = 0.2  # against one nation's rules, where neither nation nor law is asked for
_LAW = 0.5  # for the reader's own law, where the question asks for law
_ASKS_LAW = re.compile(
    r"\b(?:legal\w*|law\w*|statut\w*|liab\w*|act|section \d+|regulations?|duty|duties|must|required|allowed|powers?)\b",
    re.IGNORECASE,
)

Vectors = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found for a question.

    `similarity` is the best cosine similarity of any passage or sentence. `answerable` is the
    probability, by its wording, that the question is one for this library; None where that was
    not fitted. `situated` says whether situations point at the best section's source.
    """

    passages: tuple[Document, ...]
    similarity: float
    answerable: float | None
    situated: bool


class HybridRetriever(BaseRetriever):
    """Finds the passages that answer a question, the best one of each section first.

    `k` passages are given. `reader` is the nation whose sources come first; `sources`, `nation` and
    `kind` narrow the search.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: InstanceOf[Index]
    embeddings: Embeddings
    k: int = K
    reader: Nation | None = None
    sources: tuple[str, ...] = ()
    nation: str = ""
    kind: str = ""

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, k: int | None = None
    ) -> list[Document]:
        return list(self.find(query, k or self.k).passages)

    def find(self, question: str, k: int | None = None) -> Finding:
        """The passages for a question, best first, and what tells whether they are enough."""
        vectors = self._vectors(question)
        where = split.filters(self.sources, self.nation, self.kind)
        signals = _Signals(
            _by_section(self.index.passages, vectors, where),
            _by_section(self.index.sentences, vectors, where),
            _by_section(self.index.situations, vectors, where),
            self._keywords(question, where),
        )
        leaning, asks_law = self._leaning(vectors), bool(_ASKS_LAW.search(question))
        relevance = {
            section: signals.relevance(section, is_situated=_source(section) in self.index.situated)
            + self._standing(_source(section), leaning, asks_law=asks_law)
            for section in signals.sections
            if self._is_for_reader(_source(section))
        }
        ranked = sorted(relevance, key=lambda section: (-relevance[section], section))
        answerable = self.index.judge.answerable
        return Finding(
            tuple(self._passages(ranked, relevance, vectors, k or self.k)),
            max([*signals.passages.values(), *signals.sentences.values()], default=0.0),
            answerable.probability(vectors[0].tolist()) if answerable else None,
            bool(ranked) and _source(ranked[0]) in self.index.situated,
        )

    def _leaning(self, vectors: Vectors) -> float:
        """From -1, the question asks for a rule or finding, to 1, it asks for a lesson."""
        lesson = self.index.judge.lesson
        return 2 * lesson.probability(vectors[0].tolist()) - 1 if lesson else 0.0

    def _standing(self, source: str, leaning: float, *, asks_law: bool) -> float:
        """What speaks for a source as a whole: its shelf, and the reader's nation."""
        mark = self.index.shelf[source]
        standing = _SHELF * leaning * (1 if mark.kind in LESSONS else -1)
        if self.reader is None and mark.kind in BINDING and not asks_law:
            standing -= _UNASKED
        if self.reader and mark.kind not in LESSONS:
            if self.reader in mark.nations:
                standing += _HOME + (_LAW if asks_law and mark.kind is Kind.LEGISLATION else 0.0)
            elif not applies(mark.nations, self.reader):
                standing -= _ABROAD
        return standing

    def _is_for_reader(self, source: str) -> bool:
        """Whether a source may be cited to this reader: the law of another nation may not."""
        mark = self.index.shelf[source]
        return self.reader is None or mark.kind not in BINDING or applies(mark.nations, self.reader)

    def _vectors(self, question: str) -> Vectors:
        """The question's embedding in the first row, then one for each of its sentences."""
        spans = sentence_spans(question, 0, len(question))
        parts = [question[start:end] for start, end in spans]
        parts = [part for part in parts if len(part.split()) >= _SHORTEST_PART][:_MOST_PARTS]
        texts = [question, *parts] if len(parts) > 1 else [question]
        return np.asarray(self.embeddings.embed_documents(texts))

    def _keywords(self, question: str, where: dict[str, Any]) -> dict[str, float]:
        """BM25 of the best passage of each section, for the sections that share the most with the question."""
        best: dict[str, float] = {}
        scores = self.index.keyword.scores(question)
        for id_ in sorted(scores, key=lambda id_: -scores[id_])[:_NEAR]:
            best.setdefault(self.index.sections[id_], scores[id_])
        if not where:
            return best
        held = _of_sections(self.index.passages, list(best), where) if best else []
        allowed = {split.place(passage).section for passage in held}
        return {section: score for section, score in best.items() if section in allowed}

    def _passages(
        self, ranked: Sequence[str], relevance: Mapping[str, float], vectors: Vectors, k: int
    ) -> Iterator[Document]:
        """The best passage of each section in turn, then the sections' other passages."""
        wanted = ranked[:k]
        held = _of_sections(self.index.passages, wanted)
        evidence = _evidence(self.index.sentences, wanted, vectors)
        found = []
        for passage in held:
            place = split.place(passage)
            inside = [
                one
                for one in evidence
                if one.sentence.place.section == place.section and place.start <= one.sentence.place.start < place.end
            ]
            found.append(split.found(passage, relevance[place.section], inside))
        found.sort(key=lambda one: -max((e.similarity for e in split.evidence(one)), default=0.0))
        found.sort(key=lambda one: wanted.index(split.place(one).section))
        firsts = {split.place(one).section: one for one in reversed(found)}
        yield from (firsts[section] for section in wanted if section in firsts)
        others = [one for one in found if one is not firsts[split.place(one).section]]
        yield from others[: k - len(firsts)]


def _by_section(store: "Chroma", vectors: Vectors, where: dict[str, Any]) -> dict[str, float]:
    """The cosine similarity of the nearest entry of each section that has one near.

    A question of several sentences counts half as a whole and half by the mean over its sentences.
    """
    best: list[dict[str, float]] = []
    for vector in vectors:
        near: dict[str, float] = {}
        for entry, distance in store.similarity_search_by_vector_with_relevance_scores(
            vector.tolist(),
            k=_NEAR,
            filter=where or None,
        ):
            section = split.place(entry).section
            near[section] = max(near.get(section, -1.0), 1 - distance)
        best.append(near)
    floors = [min(near.values(), default=0.0) for near in best]
    weights = [0.5, *[0.5 / (len(best) - 1)] * (len(best) - 1)] if len(best) > 1 else [1.0]
    return {
        section: sum(
            weight * near.get(section, floor) for weight, near, floor in zip(weights, best, floors, strict=True)
        )
        for section in set().union(*best)
        if section != "#"  # where outside questions point
    }


@dataclass(frozen=True, slots=True)
class _Signals:
    """What speaks for each section: cosine similarities of its nearest entries, and BM25."""

    passages: Mapping[str, float]
    sentences: Mapping[str, float]
    situations: Mapping[str, float]
    keywords: Mapping[str, float]

    @property
    def sections(self) -> set[str]:
        """Every section that anything speaks for."""
        return {*self.passages, *self.sentences, *self.situations, *self.keywords}

    def relevance(self, section: str, *, is_situated: bool) -> float:
        """The signals of a section as one figure.

        A section that is not among the nearest of one collection counts as far as the last of them.
        A source that no situation points at is not put back for that: its own words stand in.
        """
        said = (_nearness(self.passages, section) + _nearness(self.sentences, section)) / 2
        lived = _nearness(self.situations, section) if is_situated else said
        word = self.keywords.get(section, 0.0)
        return said + _SITUATIONS * lived + _BM25 * word / (word + _BM25_HALF)


def _nearness(similarities: Mapping[str, float], section: str) -> float:
    return similarities.get(section, min(similarities.values(), default=0.0))


def _evidence(store: "Chroma", sections: Sequence[str], vectors: Vectors) -> list[Evidence]:
    """The sentences of these sections, each with its similarity to the question or its nearest part."""
    if not sections:
        return []
    held = store.get(where=_in_sections(sections), include=["embeddings", "documents", "metadatas"])
    similarities = np.asarray(held["embeddings"]) @ vectors.T if held["ids"] else np.zeros((0, 1))
    nearest = (similarities[:, 0] + similarities.max(axis=1)) / 2 if held["ids"] else []
    entries = [Document(text, metadata=data) for text, data in zip(held["documents"], held["metadatas"], strict=True)]
    evidence = [
        Evidence(split.sentence(entry), float(similarity)) for entry, similarity in zip(entries, nearest, strict=True)
    ]
    return sorted(evidence, key=lambda one: (one.sentence.place.section, one.sentence.place.start))


def _of_sections(store: "Chroma", sections: Sequence[str], where: dict[str, Any] | None = None) -> list[Document]:
    if not sections:
        return []
    inside = _in_sections(sections)
    held = store.get(where={"$and": [inside, where]} if where else inside, include=["documents", "metadatas"])
    return [
        Document(text, id=id_, metadata=data)
        for id_, text, data in zip(held["ids"], held["documents"], held["metadatas"], strict=True)
    ]


def _in_sections(sections: Sequence[str]) -> dict[str, Any]:
    places = [section.split("#") for section in sections]
    each = [{"$and": [{"source": source}, {"anchor": anchor}]} for source, anchor in places]
    return {"$or": each} if len(each) > 1 else each[0]


def _source(section: str) -> str:
    return section.split("#")[0]
