"""Recognising the original of a catalogued source, and giving it the catalogue's sections.

A digest knows how its source names its sections, and how those begin that have no name. A file in
which most of these are found is the original of that digest: it keeps the digest's id and anchors,
and from then on the source is quoted from it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from assistant.library.catalogue import TextKind
from assistant.library.read import Document
from assistant.library.text import Element, HeadedText, Section, Shape, compose

ENOUGH_SECTIONS = 0.6  # share of a digest's sections found in a file that is its original
_FEWEST = 3


def plain_words(text: str) -> str:
    """Lower-case words and digits alone, for comparing headings across typography and numbering."""
    words = " ".join(re.findall(r"[a-z0-9]+", text.lower().replace("’", "").replace("'", "")))
    return re.sub(r"^\d+ (?=\D)", "", words)


def original_of(document: Document, digests: Mapping[str, Document]) -> Document | None:
    """The document as the original of one of the digests, or None where it is of none.

    `digests` are by id. The result has the digest's record, and the document's own text in the
    digest's sections.
    """
    if not document.elements or not digests:
        return None
    digest = max(digests.values(), key=lambda one: _found(document.elements, one.headed))
    sections = digest.headed.sections
    if _found(document.elements, digest.headed) < max(_FEWEST, ENOUGH_SECTIONS * len(sections)):
        return None
    record = digest.source.model_copy(update={"text": TextKind.ORIGINAL})
    elements = tuple(_in_sections(document.elements, digest.headed))
    return Document(record, compose(elements, record.title), elements)


def _found(elements: Sequence[Element], digest: HeadedText) -> int:
    return len({part.anchor for one in elements if (part := _section_at(one, digest))})


def _section_at(element: Element, digest: HeadedText) -> Section | None:
    """The section of the digest that begins at this element, if one does."""
    words = plain_words(element.text)
    for section in digest.sections:
        if section.opens:
            begins = f"{words} ".startswith(f"{plain_words(section.opens)} ")
            if begins and element.shape is not Shape.HEADING:
                return section
        elif element.shape is Shape.HEADING and words == plain_words(section.heading):
            return section
    return None


def _in_sections(elements: Sequence[Element], digest: HeadedText) -> Iterator[Element]:
    """The elements under the digest's sections; what stands before the first is the page's head."""
    started: set[str] = set()
    for element in elements:
        section = _section_at(element, digest)
        if section and section.anchor not in started:
            started.add(section.anchor)
            yield Element(
                Shape.HEADING,
                section.heading if section.opens else element.text,
                anchor=section.anchor,
                opens=section.opens,
                pitfalls=section.pitfalls,
                implied=bool(section.opens),
            )
            if not section.opens:
                continue
        if started:
            yield element
