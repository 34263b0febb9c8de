"""Cutting a source into what is indexed, and the only place that knows the keys of its metadata.

Three kinds of entry are indexed, each a LangChain `Document`: passages (whole paragraphs of one
section), the sentences in them that an answer may quote, and situations (readers' words that point
at a section).
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from langchain_core.documents import Document

from assistant.library.catalogue import Kind, Nation, Source
from assistant.library.holdings import Holding, Library
from assistant.library.sentences import quotable, sentence_spans
from assistant.library.text import Block, HeadedText, Role, Section

_LONGEST_HEADING = 300  # characters of a heading that stand before its passages; what is more is text by mistake
LONGEST = 900  # characters of a passage with its heading: about 200 of the 256 tokens MiniLM reads


@dataclass(frozen=True, slots=True)
class Place:
    """Where an indexed entry stands: a span of a section of a source, in code points of its text."""

    source: str
    anchor: str
    start: int
    end: int

    @property
    def section(self) -> str:
        """The section as `source#anchor`."""
        return f"{self.source}#{self.anchor}"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that an answer may quote: its words, its place and what it is for."""

    text: str
    place: Place
    role: Role
    locator: str = ""
    page: int | None = None


def place(entry: Document) -> Place:
    """Where a passage, sentence or situation points."""
    data = entry.metadata
    return Place(data["source"], data["anchor"], data.get("start", 0), data.get("end", 0))


def passages(holding: Holding) -> Iterator[Document]:
    """The passages of a source: whole paragraphs or lists of one section, its heading before them.

    A paragraph too long for the embedding model's window is cut between sentences.
    """
    for section in holding.headed.sections:
        context = f"{section.heading[:_LONGEST_HEADING]}\n"
        for start, end in _groups(holding.headed, section, LONGEST - len(context)):
            yield _entry(holding, section, start, end, context)


def sentences(holding: Holding) -> Iterator[Document]:
    """The sentences of a source that can stand in an answer."""
    for section in holding.headed.sections:
        for start, end, role, locator, page in quotable(holding.headed, section):
            entry = _entry(holding, section, start, end, "")
            entry.metadata |= {"role": role.value, "locator": locator, "page": page or 0}
            yield entry


def sentence(entry: Document) -> Sentence:
    """The sentence that an indexed entry holds."""
    data = entry.metadata
    return Sentence(entry.page_content, place(entry), Role(data["role"]), data["locator"], data["page"] or None)


def in_passages(holding: Holding) -> Iterator[tuple[Sentence, Document]]:
    """The sentences of a source, each with the passage that holds it."""
    held = list(passages(holding))
    for one in map(sentence, sentences(holding)):
        for passage in held:
            at = place(passage)
            if at.section == one.place.section and at.start <= one.place.start < at.end:
                yield one, passage


def situation_entries(library: Library) -> Iterator[Document]:
    """The situations, one entry for each section that one points at; those outside point at none."""
    for one in library.situations:
        metadata: dict[str, Any]
        for target in one.places or ("#",):
            source, anchor = target.split("#")
            metadata = {"source": source, "anchor": anchor, "content": content_hash(one.text)}
            if source:
                metadata |= _filterable(library[source].source)
            yield Document(one.text, metadata=metadata)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence found for a question, with its cosine similarity to it."""

    sentence: Sentence
    similarity: float


def found(passage: Document, relevance: float, evidence: Sequence[Evidence]) -> Document:
    """A passage as it is retrieved: with its relevance to the question, and its sentences."""
    extra = {"relevance": relevance, "evidence": list(evidence)}
    return Document(passage.page_content, id=passage.id, metadata=passage.metadata | extra)


def relevance(passage: Document) -> float:
    """How well a retrieved passage's section fits the question; only comparable within one question."""
    return float(passage.metadata["relevance"])


def evidence(passage: Document) -> list[Evidence]:
    """The sentences of a retrieved passage, in the order of the text."""
    return list(passage.metadata["evidence"])


@dataclass(frozen=True, slots=True)
class ShelfMark:
    """What decides which readers a source serves: its kind, and the nations that it speaks of."""

    kind: Kind
    nations: frozenset[Nation]


def shelf_mark(metadata: Mapping[str, Any]) -> ShelfMark:
    """The kind and nations of an indexed entry's source, by the entry's metadata."""
    nations = {nation for nation in Nation if metadata.get(f"nation-{nation.value}")}
    return ShelfMark(Kind(metadata["kind"]), frozenset(nations))


def quoted(passage: Document) -> str:
    """The part of a passage that stands in the source, without the heading before it."""
    return passage.page_content[passage.metadata["context"] :]


def content_hash(text: str) -> str:
    """What tells whether a text is unchanged: its SHA-256, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def filters(sources: Sequence[str] = (), nation: str = "", kind: str = "") -> dict[str, Any]:
    """A Chroma filter on source, nation and kind; empty where nothing is asked for."""
    wanted: list[dict[str, Any]] = []
    if sources:
        wanted.append({"source": {"$in": list(sources)}})
    if nation:
        wanted.append({f"nation-{nation}": True})
    if kind:
        wanted.append({"kind": kind})
    return {"$and": wanted} if len(wanted) > 1 else (wanted[0] if wanted else {})


def _entry(holding: Holding, section: Section, start: int, end: int, context: str) -> Document:
    text = context + holding.headed.text[start:end]
    metadata: dict[str, Any] = {
        "source": holding.source.id,
        "anchor": section.anchor,
        "heading": section.heading,
        "title": holding.source.title,
        "start": start,
        "end": end,
        "context": len(context),
        "content": content_hash(text),
    }
    return Document(text, metadata=metadata | _filterable(holding.source))


def _filterable(source: Source) -> dict[str, Any]:
    """What `filters` can ask for. Chroma cannot look into a list, so each nation is a key."""
    return {"kind": source.kind.value} | {f"nation-{nation.value}": True for nation in source.nations}


def _groups(headed: HeadedText, section: Section, longest: int) -> Iterator[tuple[int, int]]:
    start: int | None = None
    end = 0
    for piece_start, piece_end in _pieces(headed, section.blocks, longest):
        if start is not None and piece_end - start > longest:
            yield start, end
            start = None
        start = piece_start if start is None else start
        end = piece_end
    if start is not None:
        yield start, end


def _pieces(headed: HeadedText, blocks: Sequence[Block], longest: int) -> Iterator[tuple[int, int]]:
    for block in blocks:
        if block.end - block.start <= longest:
            yield block.start, block.end
            continue
        for start, end in sentence_spans(headed.text, block.start, block.end):
            for cut in range(start, end, longest):  # a 'sentence' of pages: cut it where the window ends
                yield cut, min(cut + longest, end)
