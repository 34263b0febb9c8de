"""Reading Markdown, by markdown-it."""

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.library.catalogue import front_matter
from assistant.library.read.furniture import without_furniture
from assistant.library.read.plain import tidy
from assistant.library.text import Element, Shape

_HIDING = re.compile(
    r"<(?!/)[^>]*(?:\shidden\b|style\s*=[^>]*(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|opacity\s*:\s*0\b"
    r"|color\s*:\s*(?:white|#fff)))",
    re.IGNORECASE,
)
_ANCHOR = re.compile(r"\s*\{#([a-z0-9-]+)\}\s*$")


def read_markdown(text: str) -> list[Element]:
    """Read Markdown: headings (with `{#anchor}` where given), paragraphs, list items, table rows.

    Raw HTML, comments and pictures are left out; of a link, its words are kept.
    """
    _, body = front_matter(text)
    elements: list[Element] = []
    row: list[str] | None = None
    items = 0
    heading = 0
    for token in MarkdownIt("commonmark").enable("table").parse(body):
        if token.type == "heading_open":
            heading = int(token.tag[1:])
        elif token.type == "heading_close":
            heading = 0
        elif token.type in {"list_item_open", "list_item_close"}:
            items += token.nesting
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            elements.append(Element(Shape.ROW, " | ".join(cell for cell in row if cell)))
            row = None
        elif token.type == "inline":
            words = tidy(_words(token))
            if row is not None:
                row.append(words)
            elif heading:
                elements.append(_heading(words, heading))
            elif words:
                elements.append(Element(Shape.ITEM if items else Shape.PARAGRAPH, words))
        elif token.type in {"fence", "code_block"} and (words := tidy(token.content)):
            elements.append(Element(Shape.PARAGRAPH, words))
    return without_furniture(element for element in elements if element.text)


def _heading(words: str, level: int) -> Element:
    anchor = _ANCHOR.search(words)
    return Element(
        Shape.HEADING,
        _ANCHOR.sub("", words),
        level=level,
        anchor=anchor[1] if anchor else "",
    )


def _words(token: Token) -> str:
    """The words of a line, without those inside tags that hide them."""
    words, hides = [], 0
    for child in token.children or ():
        if child.type == "html_inline" and (hides or _HIDING.match(child.content)):
            hides += -1 if child.content.startswith("</") else not child.content.endswith("/>")
        elif not hides:
            words.append(_shown(child))
    return "".join(words)


def _shown(token: Token) -> str:
    if token.type in {"text", "code_inline"}:
        return token.content
    breaks = token.type in {"softbreak", "hardbreak"} or token.content.lower().startswith("<br")
    return " " if breaks else ""
