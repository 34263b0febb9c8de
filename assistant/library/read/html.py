"""Reading a web page: its main text, by trafilatura, without the page around it."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.library.read.furniture import without_furniture
from assistant.library.read.plain import headed, tidy
from assistant.library.text import Element, Shape

if TYPE_CHECKING:
    from lxml.etree import _Element

_UNSEEN = re.compile(
    r"(?:^|;)(?:display:none|visibility:(?:hidden|collapse)|(?:font-size|opacity):0*\.?0+(?:[a-z]+|%)?)"
    r"(?:!important)?(?:;|$)"
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SHORT = 250  # characters below which trafilatura gives the lines of a page as one paragraph
_BREAKING = ("cell", "item", "lb", "list", "p")  # what a browser sets on a line of its own


def read_html(text: str) -> list[Element]:
    """Read a web page: headings, paragraphs, list items and table rows of its main text.

    Scripts, comments, hidden parts, navigation and comment sections are left out. Nothing is
    fetched.
    """
    visible = _visible(text)
    return without_furniture(_with_headings(list(_main(visible)), visible))


def _visible(text: str) -> str:
    """The page without what a browser would not show."""
    from bs4 import BeautifulSoup  # heavy; only for web pages
    from bs4.element import Comment

    page = BeautifulSoup(text, "lxml")
    for comment in page.find_all(string=lambda string: isinstance(string, Comment)):
        comment.extract()
    hidden = "script, style, template, noscript, [hidden], [aria-hidden=true]"
    for tag in page.select(hidden):
        tag.decompose()
    for tag in page.select("[style]"):
        if not tag.decomposed and _UNSEEN.search("".join(str(tag["style"]).split()).lower()):
            tag.decompose()
    return str(page)


def _main(text: str) -> Iterator[Element]:
    from trafilatura import bare_extraction  # heavy; only for web pages

    extracted = bare_extraction(
        text, include_comments=False, include_formatting=True, include_tables=True, favor_recall=True
    )
    body = getattr(extracted, "body", None)
    if body is None:
        return
    lines = "".join(body.itertext()).strip().split("\n")
    if [node.tag for node in body] == ["p"] and sum(map(len, lines)) < _SHORT and len(lines) > 1:
        yield from headed([Element(Shape.PARAGRAPH, tidy(line)) for line in lines if tidy(line)])
    else:
        yield from _elements(body)


def _with_headings(elements: list[Element], text: str) -> Iterator[Element]:
    """The elements, with the page's headings put back where trafilatura dropped all of them.

    It does so with a page of headings, paragraphs and tables that nothing marks as its main text.
    """
    above = {} if any(one.shape is Shape.HEADING for one in elements) else _headings(text)
    for one in elements:
        yield from above.pop(one.text.split(" | ")[0], ())
        yield one


def _headings(text: str) -> dict[str, list[Element]]:
    """The headings of a page, by the text of the block that follows them."""
    from bs4 import BeautifulSoup

    above: dict[str, list[Element]] = {}
    waiting: list[Element] = []
    for tag in BeautifulSoup(text, "lxml").find_all([*_HEADINGS, "p", "li", "td", "th"]):
        words = tidy(tag.get_text(" "))
        if tag.name in _HEADINGS and words:
            waiting.append(Element(Shape.HEADING, words, level=int(tag.name[1])))
        elif waiting and words:
            above.setdefault(words, waiting)
            waiting = []
    return above


def _elements(body: "_Element") -> Iterator[Element]:
    for node in body.iter(*_BREAKING):
        node.text, node.tail = f" {node.text or ''}", f" {node.tail or ''}"
    for node in body.iter("head", "p", "item", "row", "quote", "code"):
        if node.tag != "row" and any(parent.tag in {"row", "item"} for parent in node.iterancestors()):
            continue
        words = tidy("".join(node.itertext()))
        if node.tag == "row":
            cells = [tidy("".join(cell.itertext())) for cell in node.iter("cell")]
            words = " | ".join(cell for cell in cells if cell)
        if not words:
            continue
        if node.tag == "head":
            yield Element(Shape.HEADING, words, level=int(str(node.get("rend", "h2"))[-1]))
        else:
            yield Element(_SHAPES.get(str(node.tag), Shape.PARAGRAPH), words)


_SHAPES = {"item": Shape.ITEM, "row": Shape.ROW}
