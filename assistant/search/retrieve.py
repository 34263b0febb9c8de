"""Finding passages: vectors of passages, sentences and situations, and BM25, fused by section.

Readers describe what happened to them; sources state lessons. So a section is found by what it
says, sentence by sentence and as a whole, and by situations that are known to be answered by it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, InstanceOf

from assistant.library import split
from assistant.library.catalogue import BINDING, Kind, Nation, applies
from assistant.library.split import Evidence
from assistant.search.judge import LESSONS
from assistant.search.signals import NEAR, Part, Signals, Vectors, by_section, near_situations, parts
from assistant.search.store import Index

if TYPE_CHECKING:
    from langchain_chroma import Chroma

K = 10
_WHOLE = 5  # words from which a follow-up says what it is about
_READ = 3  # sections that an answer rests on, and whose every passage may be quoted
_SHELF = 0.1  # the most that the question's wording speaks for the articles or for the guidance
# A reader's own nation comes first, another's law not at all, and another's lessons a little later.
_HOME = 0.2
_ABROAD = 0.1
_UNASKED = 0.2  # against one nation's rules, where neither nation nor law is asked for
_LAW = 0.5  # for the reader's own law, where the question asks for law
# For the section that the answer before cited first, and for its source; a half for the second, and so on.
_SAME_SECTION = 0.15
_SAME_SOURCE = 0.2
# Against a section for each better one of its source: several voices serve a reader better than one.
_SAME_AGAIN = 0.08
_ASKS_LAW = re.compile(
    r"\b(?:legal\w*|law\w*|statut\w*|liab\w*|act|section \d+|regulations?|duty|duties|must|required|allowed|powers?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found for a question.

    `similarity` is the best cosine similarity of any passage or sentence. `answerable` is the
    probability, by its wording, that the question is one for this library; None where that was
    not fitted; `alone` that of a follow-up's own words, where they are enough for a question. `situated`
    says whether situations point at the best section's source.
    """

    passages: tuple[Document, ...]
    similarity: float
    answerable: float | None
    situated: bool
    alone: float | None = None


class HybridRetriever(BaseRetriever):
    """Finds the passages that answer a question, the best one of each section first.

    The best passage of each of `k` sections is given, then the others of the first three. `reader`
    is the nation whose sources come first; `sources`, `nation` and `kind` narrow the search. For a
    follow-up, `turn` is what the reader said last, by itself, and `before` names the sections that
    the answer before cited, in reading order.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: InstanceOf[Index]
    embeddings: Embeddings
    k: int = K
    reader: Nation | None = None
    sources: tuple[str, ...] = ()
    nation: str = ""
    kind: str = ""
    turn: str = ""
    before: tuple[str, ...] = ()

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, k: int | None = None
    ) -> list[Document]:
        return list(self.find(query, k or self.k).passages)

    def find(self, question: str, k: int | None = None) -> Finding:
        """The passages of the k best sections, best first, and what tells whether they are enough."""
        said = parts(question)
        vectors, signals = self._signals(said)
        relevance = self._relevance(question, vectors, signals)
        alone = None
        if self.turn and self.turn != question:
            by_itself, its_signals = self._signals(parts(self.turn))
            relevance = _mean(relevance, self._relevance(self.turn, by_itself, its_signals))
            if len(self.turn.split()) >= _WHOLE:
                alone = self._answerable(self.turn, by_itself[0])
        for section in relevance:
            relevance[section] += self._thread(section)
        ranked = _ranked(relevance, k or self.k)
        return Finding(
            tuple(self._passages(ranked, relevance, _asking(said, vectors), k or self.k)),
            signals.similarity,
            self._answerable(question, vectors[0]),
            bool(ranked) and _source(ranked[0]) in self.index.situated,
            alone,
        )

    def likely(self, question: str) -> float:
        """The probability that the library answers a question; 1 where that was not fitted."""
        known = self._answerable(question, np.asarray(self.embeddings.embed_query(question)))
        return 1.0 if known is None else known

    def read(self, question: str, sections: Sequence[str]) -> tuple[Document, ...]:
        """The passages of these sections, in their order, each sentence with its similarity to the question."""
        said = parts(question)
        vectors = np.asarray(self.embeddings.embed_documents([one.text for one in said]))
        return tuple(self._passages(sections, dict.fromkeys(sections, 1.0), _asking(said, vectors), NEAR))

    def _signals(self, said: Sequence[Part]) -> tuple[Vectors, Signals]:
        """The embeddings of the question and its sentences, and what speaks for each section."""
        vectors = np.asarray(self.embeddings.embed_documents([one.text for one in said]))
        weights = [one.weight for one in said]
        where = split.filters(self.sources, self.nation, self.kind)
        expected = self.index.judge.sections
        return vectors, Signals(
            by_section(self.index.passages, vectors, weights, where),
            by_section(self.index.sentences, vectors, weights, where),
            by_section(self.index.situations, vectors, weights, where),
            self._keywords(said[0].text, where),
            expected.log_probabilities(vectors[0]) if expected else {},
        )

    def _relevance(self, question: str, vectors: Vectors, signals: Signals) -> dict[str, float]:
        """How well each section that may be cited to this reader fits the question."""
        leaning, asks_law = self._leaning(vectors), bool(_ASKS_LAW.search(question))
        return {
            section: signals.relevance(section, is_situated=_source(section) in self.index.situated)
            + self._standing(_source(section), leaning, asks_law=asks_law)
            for section in signals.sections
            if self._is_for_reader(_source(section))
        }

    def _thread(self, section: str) -> float:
        """What the conversation so far speaks for a section: a follow-up mostly stays where it is."""
        source = 0.0
        for place, cited in enumerate(self.before, 1):
            if cited == section:
                return max(source, _SAME_SOURCE / place) + _SAME_SECTION / place
            if _source(cited) == _source(section):
                source = max(source, _SAME_SOURCE / place)
        return source

    def _answerable(self, question: str, vector: Vectors) -> float | None:
        answerable = self.index.judge.answerable
        if answerable is None:
            return None
        near = (near_situations(self.index.situations, vector, inside=inside) for inside in (True, False))
        return answerable.probability(question, vector, *near)

    def _leaning(self, vectors: Vectors) -> float:
        """From -1, the question asks for a rule or finding, to 1, it asks for a lesson."""
        lesson = self.index.judge.lesson
        return 2 * lesson.probability(vectors[0]) - 1 if lesson else 0.0

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

    def _keywords(self, question: str, where: dict[str, Any]) -> dict[str, float]:
        """BM25 of the best passage of each section, for the sections that share the most with the question."""
        best: dict[str, float] = {}
        scores = self.index.keyword.scores(question)
        for id_ in sorted(scores, key=lambda id_: -scores[id_])[:NEAR]:
            best.setdefault(self.index.sections[id_], scores[id_])
        if not where:
            return best
        held = _of_sections(self.index.passages, list(best), where) if best else []
        allowed = {split.place(passage).section for passage in held}
        return {section: score for section, score in best.items() if section in allowed}

    def _passages(
        self, ranked: Sequence[str], relevance: Mapping[str, float], vectors: Vectors, k: int
    ) -> Iterator[Document]:
        """The best passage of each of k sections in turn, then the other passages of the first few."""
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
        read = set(wanted[:_READ])
        yield from (one for one in found if (at := split.place(one).section) in read and one is not firsts[at])


def _ranked(relevance: Mapping[str, float], k: int) -> list[str]:
    """The k best sections, best first, each put back for every one of its source that stands before it."""
    left = dict(relevance)
    ranked: list[str] = []
    while left and len(ranked) < k:
        before = Counter(map(_source, ranked))
        ranked.append(min(left, key=lambda section: (_SAME_AGAIN * before[_source(section)] - left[section], section)))
        del left[ranked[-1]]
    return ranked


def _asking(said: Sequence[Part], vectors: Vectors) -> Vectors:
    """The embeddings of the question and of its sentences that ask, or of all where none does."""
    asking = [row for row, one in enumerate(said) if row and one.asks]
    return vectors[[0, *asking]] if asking else vectors


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


def _mean(one: Mapping[str, float], other: Mapping[str, float]) -> dict[str, float]:
    """The mean of two relevances; a section that only one of them names counts as the other's last."""
    floors = min(one.values(), default=0.0), min(other.values(), default=0.0)
    return {section: (one.get(section, floors[0]) + other.get(section, floors[1])) / 2 for section in {*one, *other}}


def _source(section: str) -> str:
    return section.split("#")[0]
