"""Sources, passages and answers made by hand, with the real types and the real reading of the text."""

from collections.abc import Mapping, Sequence
from typing import Any

from langchain_core.documents import Document

from assistant.answer.parts import Answer, Audience, Citation, Draft, Quote, Statement, Status
from assistant.library import split
from assistant.library.catalogue import Source
from assistant.library.holdings import Holding, Library, Origin
from assistant.library.split import Evidence, Place
from assistant.library.text import Element, Role, Shape, compose


def source(id_: str = "joint-teams", **fields: Any) -> Source:
    """A catalogue record with the fewest fields; more, or others, by name."""
    given = {"id": id_, "title": f"About {id_}", "kind": "article", "nations": ("england",), "text": "digest"}
    return Source.model_validate(given | fields)


def holding(
    id_: str, sections: Mapping[str, Sequence[str]], *, origin: Origin = Origin.SHIPPED, **fields: Any
) -> Holding:
    """A source whose sections, by anchor, have lines such as 'do: Agree it in writing.'."""
    elements = []
    for anchor, lines in sections.items():
        elements.append(Element(Shape.HEADING, f"On {anchor}", anchor=anchor))
        for line in lines:
            role, _, text = line.partition(": ")
            elements.append(Element(Shape.ITEM, text, role=Role(role)))
    record = source(id_, **fields)
    return Holding(record, compose(elements, record.title), origin)


def plain(
    id_: str, paragraphs: Sequence[str], *, heading: str = "Only part", origin: Origin = Origin.ADDED, **fields: Any
) -> Holding:
    """A source of plain paragraphs under one heading, as a reader's own file has them."""
    elements = [Element(Shape.HEADING, heading), *(Element(Shape.PARAGRAPH, text) for text in paragraphs)]
    record = source(id_, **({"text": "original"} | fields))
    return Holding(record, compose(elements, record.title), origin)


def library(*holdings: Holding) -> Library:
    """A library of these."""
    return Library({one.source.id: one for one in holdings})


def passages(
    *holdings: Holding, relevance: Mapping[str, float] | None = None, near: Mapping[str, float] | None = None
) -> list[Document]:
    """The passages of the sources as a search gives them, best section first.

    `relevance` is by anchor (1.0 where it is not said), `near` the similarity of a sentence by a
    word that stands in it (0.5 where it is not said).
    """
    found = []
    for one in holdings:
        sentences = [split.sentence(entry) for entry in split.sentences(one)]
        for passage in split.passages(one):
            place = split.place(passage)
            inside = [
                Evidence(sentence, similarity(sentence.text, near or {}))
                for sentence in sentences
                if place.start <= sentence.place.start < place.end
            ]
            found.append(split.found(passage, (relevance or {}).get(place.anchor, 1.0), inside))
    return sorted(found, key=lambda one: -split.relevance(one))


def similarity(text: str, near: Mapping[str, float]) -> float:
    """The similarity set for the first word that stands in a text."""
    return next((value for word, value in near.items() if word in text), 0.5)


def quote(one: Holding, words: str) -> Quote:
    """A true quote: where these words stand in the source."""
    start = one.headed.text.index(words)
    section = next(part for part in one.headed.sections if part.start <= start < part.end)
    return Quote(words, Place(one.source.id, section.anchor, start, start + len(words)))


def draft(text: str, *quotes: Quote) -> Draft:
    """A draft under some heading."""
    return Draft(text, "In short", quotes)


def citation(one: Holding, words: str, number: int = 1) -> Citation:
    """A citation of these words of a source."""
    where = quote(one, words).place
    section = one.headed.section(where.anchor)
    assert section
    return Citation(number, one.source, one.origin, where.anchor, section.heading, words, where.start, where.end)


def statement(*citations: Citation, text: str = "", part: str = "In short") -> Statement:
    """A statement in the words of its first citation, or in others."""
    return Statement(text or citations[0].quote, part, citations)


def answer(*statements: Statement, status: Status = Status.ANSWERED, **fields: Any) -> Answer:
    """An answer to a frontline reader."""
    given: dict[str, Any] = {"question": "Who decides?", "standalone_question": "Who decides?"} | fields
    return Answer(audience=Audience.FRONTLINE, nation=None, status=status, statements=statements, **given)
