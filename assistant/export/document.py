"""What leaves the assistant, before it has a form: a title, blocks in reading order, and references.

Answers, conversations, checks and briefings are turned into a Document, and a writer for each form
(`docx`, `html`, `markdown`) knows this model and nothing else. A document whose marks and references
do not match cannot be made, nor a statement without a mark.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise


class Style(StrEnum):
    """How a text of our own or of the reader's is set apart."""

    PLAIN = "plain"
    ITEM = "item"  # one of a bulleted list
    QUOTE = "quote"  # words of the reader's own document
    NOTE = "note"  # what the reader should know about the evidence


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 stands below the title, 2 below that, down to 4."""

    text: str
    level: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.level <= 4:
            raise ValueError(f"a heading has a level from 1 to 4: {self.text!r}")


@dataclass(frozen=True, slots=True)
class Line:
    """A statement as an item of a list, with the numbers of its references. There is none without."""

    text: str
    numbers: tuple[int, ...]
    label: str = ""  # said before it, in bold

    def __post_init__(self) -> None:
        if not self.numbers:
            raise ValueError(f"a statement needs a reference: {self.text!r}")


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph or item that is no statement of a source: our own words, a question, the reader's words.

    It has the numbers of what it rests on where it rests on something.
    """

    text: str
    style: Style = Style.PLAIN
    numbers: tuple[int, ...] = ()
    label: str = ""  # said before it, in bold


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; a line break in `text` is one on the page."""

    text: str
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header row; the first cell of each row is that row's header.

    `widths` are the columns' shares of the width (equal where not said). A `wide` table gets a page on
    its side where the form has pages.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...] = ()
    wide: bool = False

    def __post_init__(self) -> None:
        lengths = {len(self.header), *map(len, self.rows), len(self.widths or self.header)}
        if len(lengths) != 1:
            raise ValueError(f"the rows of a table have as many cells as its header: {self.caption!r}")


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing as PNG and as an `svg` element, with words that stand for it. A table says the same."""

    png: bytes
    svg: str
    alt: str
    caption: str


Block = Heading | Line | Text | Table | Picture


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of the list of references, in Harvard style: `before`, the title, `after`, the address.

    `details` are sentences on who is speaking, the date, the nation, digest or original, what has changed.
    """

    number: int
    before: str
    title: str
    after: str
    url: str | None
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """The blocks from one heading of the first level to the next; `is_wide` where one of them is."""

    blocks: tuple[Block, ...]

    @property
    def is_wide(self) -> bool:
        """Whether a wide table stands in it."""
        return any(isinstance(block, Table) and block.wide for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Document:
    """All that an export holds; `about` says what made it, and from a library of what date."""

    title: str
    blocks: tuple[Block, ...]
    references: tuple[Reference, ...] = ()
    about: tuple[str, ...] = ()
    intro: str = ""

    def __post_init__(self) -> None:
        numbers = [one.number for one in self.references]
        if numbers != list(range(1, len(numbers) + 1)):
            raise ValueError("references are numbered from 1, in order")
        if missing := sorted(set(self.marks) - set(numbers)):
            raise ValueError(f"there is no reference {missing[0]}")

    @property
    def parts(self) -> tuple[Part, ...]:
        """The blocks by the headings of the first level; what stands before the first is a part too."""
        starts = [at for at, one in enumerate(self.blocks) if at and isinstance(one, Heading) and one.level == 1]
        return tuple(Part(self.blocks[start:end]) for start, end in pairwise((0, *starts, len(self.blocks))))

    @property
    def marks(self) -> Iterator[int]:
        """Every number that a block refers to, in reading order."""
        for block in self.blocks:
            if isinstance(block, Line | Text):
                yield from block.numbers
            elif isinstance(block, Table):
                yield from (number for row in block.rows for cell in row for number in cell.numbers)
