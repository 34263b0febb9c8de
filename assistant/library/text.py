"""A source's text with its headings: what every reader of documents makes, and all offsets refer to.

A reader of one format gives `Element`s in order; `compose` joins them into one stored text and notes
where each began. From then on the text never changes, so a citation is two offsets into it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from assistant.library.catalogue import slug


class Role(StrEnum):
    """What a line of a digest is for, which decides where an answer may use it."""

    POINT = "point"
    WHY = "why"
    SIGN = "sign"
    DO = "do"
    ASK = "ask"
    DUTY = "duty"
    FACT = "fact"
    FIGURE = "figure"


class Shape(StrEnum):
    """How a piece of a document stood on its page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Element:
    """One piece of a document, before it has a place in the stored text.

    `anchor`, `level`, `opens` and `pitfalls` concern headings. `implied` marks a heading that
    names a section without standing in the text (the lessons of an article that has no headings).
    """

    shape: Shape
    text: str
    level: int = 1
    anchor: str = ""
    opens: str = ""
    pitfalls: tuple[str, ...] = ()
    implied: bool = False
    role: Role | None = None
    locator: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list item or table row in the stored text; offsets in code points."""

    start: int
    end: int
    shape: Shape
    role: Role | None = None
    locator: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of a source; `opens` is how it begins in an original that has no such heading."""

    anchor: str
    heading: str
    start: int
    end: int
    blocks: tuple[Block, ...]
    opens: str = ""
    pitfalls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HeadedText:
    """The stored text of a source and its sections, in order."""

    text: str
    sections: tuple[Section, ...]

    def section(self, anchor: str) -> Section | None:
        """The section with this anchor, or None."""
        return next((part for part in self.sections if part.anchor == anchor), None)


@dataclass(slots=True)
class _Draft:
    """A section that is still growing."""

    heading: Element
    start: int
    blocks: list[Block] = field(default_factory=list)


def compose(elements: Iterable[Element], title: str) -> HeadedText:
    """Join the elements into the stored text, and give each section a stable anchor of its own.

    Text before the first heading stands in a section that is called by the title. Sections
    without any text of their own are left out, since nothing in them could be cited.
    """
    pieces: list[str] = []
    drafts = [_Draft(Element(Shape.HEADING, title, anchor="start", implied=True), 0)]
    length, previous = 0, None
    for element in elements:
        if element.shape is Shape.HEADING:
            drafts.append(_Draft(element, length))
            if element.implied:
                continue
        if not element.text:
            continue
        gap = _gap(previous, element) if pieces else ""
        pieces += [gap, element.text]
        start = length + len(gap)
        length = start + len(element.text)
        if element.shape is Shape.HEADING:
            drafts[-1].start = start
        else:
            drafts[-1].blocks.append(Block(start, length, element.shape, element.role, element.locator, element.page))
        previous = element
    filled = [draft for draft in drafts if draft.blocks]
    return HeadedText("".join(pieces), _finished(filled))


def _gap(previous: Element | None, element: Element) -> str:
    listed = (Shape.ITEM, Shape.ROW)
    together = previous and previous.shape in listed and element.shape is previous.shape
    return "\n" if together else "\n\n"


def _finished(drafts: Sequence[_Draft]) -> tuple[Section, ...]:
    anchors: set[str] = set()
    sections = []
    for draft in drafts:
        anchor = _unused(draft.heading.anchor or slug(draft.heading.text, "section"), anchors)
        anchors.add(anchor)
        first, last = draft.blocks[0], draft.blocks[-1]
        start = first.start if draft.heading.implied else draft.start
        sections.append(
            Section(
                anchor,
                draft.heading.text,
                start,
                last.end,
                tuple(draft.blocks),
                draft.heading.opens,
                draft.heading.pitfalls,
            )
        )
    return tuple(sections)


def _unused(anchor: str, taken: set[str]) -> str:
    number, candidate = 1, anchor
    while candidate in taken:
        number += 1
        candidate = f"{anchor}-{number}"
    return candidate
