"""Reading a web page: its main text, by trafilatura, without the page around it."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.library.read.furniture import without_furniture
from assistant.library.read.hidden import COMMENT, OFF_PAGE, PALE, TINY, UNSEEN, Reading, invisible_in
from assistant.library.read.plain import headed, tidy
from assistant.library.text import Element, Shape

if TYPE_CHECKING:
    from lxml.etree import _Element

# What a style does to its element, by kind; white space is taken out before.
_STYLES = {
    UNSEEN: re.compile(
        r"(?:^|;)(?:display:none|visibility:(?:hidden|collapse)|opacity:0*\.?0+%?|clip-path:inset\((?:50|100)%\)"
        r"|(?:max-)?(?:height|width):0(?:px)?;(?:.*;)?overflow:hidden)(?:!important)?(?:;|$)"
    ),
    TINY: re.compile(
        r"(?:^|;)font(?:-size)?:(?:[^;]*[^\d.;])?(?:0*\.?0+(?:[a-z]+|%)?|0?\.\d+(?:px|pt)|0?\.[01]\d*(?:em|rem)|1(?:\.\d+)?(?:px|pt))(?:!|;|/|$)"
    ),
    OFF_PAGE: re.compile(r"(?:^|;)(?:left|top|right|bottom|text-indent|margin-left|margin-top):-\d{4,}(?:\.\d+)?px"),
    PALE: re.compile(
        r"^(?!.*background)(?:.*;)?color:(?:white|#fff(?:fff)?f{0,2}|rgba?\(255,255,255[^)]*\)|transparent"
        r"|rgba\([\d,]+,0?\.?0+\))(?:!important)?(?:;|$)"
    ),
}
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_AT_RULE = re.compile(r"@[^{};]+\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}|/\*.*?\*/", re.DOTALL)
_SIMPLE = re.compile(r"\w*[.#][\w-]+(?:\s+\w+)?")
_MOST_RULES = 500
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SHORT = 250  # characters below which trafilatura gives the lines of a page as one paragraph
_BREAKING = ("cell", "item", "lb", "list", "p")  # what a browser sets on a line of its own


def read_html(text: str) -> Reading:
    """Read a web page: headings, paragraphs, list items and table rows of its main text.

    Scripts, comments, hidden parts, navigation and comment sections are left out. Nothing is
    fetched.
    """
    visible, hidden = _visible(text)
    return Reading(tuple(without_furniture(_with_headings(list(_main(visible)), visible))), hidden)


def _visible(text: str) -> tuple[str, Counter[str]]:
    """The page without what a browser would not show, and how often which kind of it was there."""
    from bs4 import BeautifulSoup  # heavy; only for web pages
    from bs4.element import Comment

    hidden = invisible_in(text)
    page = BeautifulSoup(text, "lxml")
    for comment in page.find_all(string=lambda string: isinstance(string, Comment)):
        hidden[COMMENT] += 1
        comment.extract()
    rules = [*_rules("".join(tag.get_text() for tag in page.select("style")))]
    for tag in page.select("script, style, template, noscript, [aria-hidden=true]"):
        tag.decompose()
    unseen = [(UNSEEN, tag) for tag in page.select("[hidden]")]
    unseen += [(kind, tag) for selector, kind in rules for tag in page.select(selector)]
    unseen += [(kind, tag) for tag in page.select("[style]") if (kind := _effect(str(tag["style"])))]
    unseen += [(PALE, tag) for tag in page.select("font[color]") if _effect(f"color:{tag['color']}")]
    for kind, tag in unseen:
        if not tag.decomposed and tag.name not in {"html", "body"}:
            hidden[kind] += bool(tag.get_text(strip=True))
            tag.decompose()
    return str(page), +hidden


def _effect(style: str) -> str | None:
    """Which kind of hiding a style amounts to, if any."""
    packed = "".join(style.split()).lower()
    return next((kind for kind, found in _STYLES.items() if found.search(packed)), None)


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """The selectors of a style sheet that hide what they select, with the kind; not those for print alone."""
    for selectors, style in _RULE.findall(_AT_RULE.sub("", sheet))[:_MOST_RULES]:
        kind = _effect(style)
        if kind and kind != PALE:  # a class may lie on a colour that another rule gives
            yield from ((one.strip(), kind) for one in selectors.split(",") if _SIMPLE.fullmatch(one.strip()))


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
