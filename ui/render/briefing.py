"""A briefing as HTML, from the document that its exports are written from, so that page and file say the same."""

from collections.abc import Iterator
from html import escape
from itertools import groupby

from assistant.export.document import Block, Document, Heading, Line, Style, Table, Text
from ui.render.references import marks, references
from ui.render.said import said_on

PREFIX = "brief"


def introduction() -> str:
    """What the tab is for."""
    return f'<p class="cg-lead">{escape(said_on("brief-page")["intro"])}</p>'


def worries_lead() -> str:
    """What the worries are for, and how many there may be."""
    return f'<p class="cg-quiet">{escape(said_on("brief-page")["worries"])}</p>'


def title_of_forms() -> str:
    """The heading over the buttons that take the briefing away."""
    return f'<h3 class="cg-take-title">{escape(said_on("brief-page")["take-away"])}</h3>'


def making() -> str:
    """That the briefing is on its way."""
    return f'<p class="cg-told" role="status">{escape(said_on("brief-page")["making"])}</p>'


def briefing_page(document: Document) -> str:
    """The briefing under its headings; every number in it leads to a reference at its end.

    Raises ValueError for a table or a picture, which no briefing has.
    """
    title = escape(document.title)
    return (
        f'<section class="cg-report cg-briefing" aria-label="{title}"><h2 id="brief-result" tabindex="-1">{title}</h2>'
        f'<p class="cg-quiet">{escape(document.intro)}</p>{"".join(_blocks(document))}'
        f"{references(document.references, PREFIX)}"
        f'<p class="cg-quiet">{escape(" ".join(document.about))}</p></section>'
    )


def _blocks(document: Document) -> Iterator[str]:
    for is_item, blocks in groupby(document.blocks, key=_is_item):
        written = "".join(_block(one) for one in blocks)
        yield f"<ul>{written}</ul>" if is_item else written


def _is_item(block: Block) -> bool:
    return isinstance(block, Line) or (isinstance(block, Text) and block.style is Style.ITEM)


def _block(block: Block) -> str:
    match block:
        case Heading():
            level = block.level + 2
            return f"<h{level}>{escape(block.text)}</h{level}>"
        case Line() | Text():
            label = f"<strong>{escape(block.label)}</strong> " if block.label else ""
            text = f"{label}{escape(block.text)}{marks(block.numbers, PREFIX)}"
            return f"<li>{text}</li>" if _is_item(block) else f"<p>{text}</p>"
        case Table():
            raise ValueError(f"a briefing has no table: {block.caption!r}")
        case _:
            raise ValueError(f"a briefing has no picture: {block.caption!r}")
