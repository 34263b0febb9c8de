"""A section as HTML, with the cited words marked in their place."""

from collections.abc import Sequence
from html import escape
from itertools import groupby

from assistant.answer.parts import Citation
from assistant.library.text import Block, Section

_SHORT = 1  # paragraphs in a row without a cited word that are not worth folding away


def marked(text: str, section: Section, citations: Sequence[Citation]) -> str:
    """The section, paragraph by paragraph, with the cited spans marked."""
    return "".join(_paragraph(text, block, citations) for block in section.blocks)


def in_section(text: str, section: Section, citations: Sequence[Citation]) -> str:
    """The same, with what lies between the cited paragraphs folded away where it stands."""
    pieces = []
    for is_cited, run in groupby(section.blocks, key=lambda block: bool(_spans(block, citations))):
        blocks = list(run)
        shown = "".join(_paragraph(text, block, citations) for block in blocks)
        if is_cited or len(blocks) <= _SHORT:
            pieces.append(shown)
        else:
            summary = f"{len(blocks)} more paragraphs of this section"
            pieces.append(f'<details class="cg-rest"><summary>{summary}</summary>{shown}</details>')
    return "".join(pieces)


def _paragraph(text: str, block: Block, citations: Sequence[Citation]) -> str:
    return f"<p>{_with_marks(text, block, citations)}</p>"


def _spans(block: Block, citations: Sequence[Citation]) -> list[tuple[int, int]]:
    return sorted(
        (max(one.start, block.start), min(one.end, block.end))
        for one in citations
        if one.start < block.end and block.start < one.end
    )


def _with_marks(text: str, block: Block, citations: Sequence[Citation]) -> str:
    pieces, at = [], block.start
    for start, end in _spans(block, citations):
        if start < at:  # two statements may cite the same words
            start = at
        if start < end:
            pieces += [escape(text[at:start]), f"<mark>{escape(text[start:end])}</mark>"]
            at = end
    locator = f' <span class="cg-locator">{escape(block.locator)}</span>' if block.locator else ""
    return "".join(pieces) + escape(text[at : block.end]) + locator
