"""A section as HTML, with the cited words marked in their place."""

from collections.abc import Sequence
from html import escape

from assistant.answer.parts import Citation
from assistant.library.text import Block, Section


def marked(text: str, section: Section, citations: Sequence[Citation]) -> str:
    """The section, paragraph by paragraph, with the cited spans marked."""
    return "".join(f"<p>{_with_marks(text, block, citations)}</p>" for block in section.blocks)


def _with_marks(text: str, block: Block, citations: Sequence[Citation]) -> str:
    spans = sorted(
        (max(one.start, block.start), min(one.end, block.end))
        for one in citations
        if one.start < block.end and block.start < one.end
    )
    pieces, at = [], block.start
    for start, end in spans:
        if start < at:  # two statements may cite the same words
            start = at
        if start < end:
            pieces += [escape(text[at:start]), f"<mark>{escape(text[start:end])}</mark>"]
            at = end
    locator = f' <span class="cg-locator">{escape(block.locator)}</span>' if block.locator else ""
    return "".join(pieces) + escape(text[at : block.end]) + locator
