"""A draft as it is checked: the spans that a verdict may quote, each inside one paragraph, item or table cell."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from assistant.errors import ReadError
from assistant.library.read import read
from assistant.library.read.markdown import read_markdown
from assistant.library.read.plain import read_plain
from assistant.library.sentences import sentence_spans
from assistant.library.text import HeadedText, Shape, compose

LONGEST = 40  # words of a span
_SHORTEST = 3  # words; less is a label
_MOST_PASTED = 1_000_000  # characters; a paste is read here, and a file apart, within its limits
_CELL = " | "  # what the readers put between the cells of a row
_CLAUSE_END = re.compile(r"[,;:]$|^[–—]$")
_NUMBERED = re.compile(r"(?:\d+(?:\.\d+)+\.?|\d+[.)]|\([a-z0-9]{1,4}\))\s+")  # of a clause; no part of what it says
_MARKDOWN = re.compile(r"^#{1,6} \S", re.MULTILINE)
_WELSH = re.compile(r"\b(?:y|yr|yn|mae|ac|ar|gan|bydd|wedi|hefyd|ei|eu|sydd|gyda|iechyd|gofal|cyngor|dylai|fydd|nid)\b")
_ENGLISH = re.compile(r"\b(?:the|and|of|to|is|for|will|with|that|by|be|are|on|as|this)\b")


@dataclass(frozen=True, slots=True)
class Span:
    """Words of a draft that a verdict may quote, and where they stand.

    `sentences` is what is judged: one or two sentences, or the whole row of which the span is a cell.
    """

    text: str
    sentences: tuple[str, ...]
    heading: str
    page: int | None = None

    @property
    def judged(self) -> str:
        """The words that are judged."""
        return " ".join(self.sentences)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A draft's name and text, and its spans in order."""

    file: str
    text: str
    spans: tuple[Span, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """The different sentences that are judged, in order."""
        return tuple(dict.fromkeys(text for span in self.spans for text in span.sentences))


def read_draft(path: Path) -> Proposal:
    """Read a draft; nothing of it is kept. Raises ReadError with what to do for one that cannot be checked."""
    return _proposal(path.name, read(path).headed)


def read_pasted(text: str, name: str) -> Proposal:
    """A draft that was pasted and is called by this name. Raises ReadError as for a file."""
    if not text.strip():
        raise ReadError(f"{name} is empty. Paste the words of the draft.")
    if len(text) > _MOST_PASTED:
        raise ReadError(f"{name} is longer than {_MOST_PASTED:,} characters. Save it as a file and check that.")
    elements = read_markdown(text) if _MARKDOWN.search(text) else read_plain(text)
    return _proposal(name, compose(elements, name))


def _proposal(name: str, headed: HeadedText) -> Proposal:
    if _is_welsh(headed.text):
        raise ReadError(
            f"{name} is in Welsh, and drafts can be checked only in English at present. Give the English version."
        )
    spans = tuple(_spans(headed))
    if not spans:
        raise ReadError(f"{name} holds headings and no text to check. Check that it is the right file.")
    return Proposal(name, headed.text, spans)


def _is_welsh(text: str) -> bool:
    """Whether a text has more of the commonest words of Welsh than of those of English."""
    lowered = text.lower()
    return len(_WELSH.findall(lowered)) > len(_ENGLISH.findall(lowered))


def _spans(headed: HeadedText) -> Iterator[Span]:
    for section in headed.sections:
        for block in section.blocks:
            for text, judged in _pieces(headed.text[block.start : block.end], block.shape):
                yield Span(text, judged, section.heading, block.page)


def _pieces(text: str, shape: Shape) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The spans of a paragraph, item or row, with what each is judged by."""
    if shape is not Shape.ROW:
        yield from _sentences(text)
        return
    cells = [cell for cell in text.split(_CELL) if len(cell.split()) >= _SHORTEST]
    if cells and len(text.split()) <= 2 * LONGEST:
        yield next(_cut(max(cells, key=len))), (text,)
    for cell in cells:
        yield from _sentences(cell)


def _sentences(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The sentences of a paragraph, item or cell, long ones in pieces; and each two short ones together."""
    number = _NUMBERED.match(text)
    found = list(sentence_spans(text, number.end() if number else 0, len(text)))
    for start, end in found:
        for piece in _cut(text[start:end]):
            if len(piece.split()) >= _SHORTEST:
                yield piece, (piece,)
    for (start, middle), (second, end) in pairwise(found):
        if len(text[start:end].split()) <= LONGEST:
            yield text[start:end], (text[start:middle], text[second:end])


def _cut(sentence: str) -> Iterator[str]:
    """A sentence in pieces of at most LONGEST words, cut after a clause where there is one."""
    words = sentence.split()
    while len(words) > LONGEST:
        ends = [at for at in range(LONGEST // 3, LONGEST) if _CLAUSE_END.search(words[at])]
        at = (ends[-1] if ends else LONGEST - 1) + 1
        yield " ".join(words[:at])
        words = words[at:]
    if words:
        yield " ".join(words)


def is_verbatim(span: str, text: str) -> bool:
    """Whether a span stands in a text, white space collapsed."""
    return " ".join(span.split()) in " ".join(text.split())
