"""Reading a web page: its main text, by trafilatura, without the page around it."""

from collections.abc import Iterator

from assistant.library.read.furniture import without_furniture
from assistant.library.read.plain import tidy
from assistant.library.text import Element, Shape


def read_html(text: str) -> list[Element]:
    """Read a web page: headings, paragraphs, list items and table rows of its main text.

    Scripts, comments, hidden parts, navigation and comment sections are left out. Nothing is
    fetched.
    """
    return without_furniture(_main(_visible(text)))


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
        style = str(tag.get("style", "")).replace(" ", "").lower()
        if "display:none" in style or "visibility:hidden" in style:
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
    for node in body.iter("head", "p", "item", "row", "quote", "code"):
        if node.tag != "row" and any(parent.tag in {"row", "item"} for parent in node.iterancestors()):
            continue
        words = tidy(" ".join(node.itertext())) if node.tag == "row" else tidy("".join(node.itertext()))
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
