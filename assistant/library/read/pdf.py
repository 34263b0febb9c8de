"""Reading PDF, by pypdf: lines from the page, headings by the size of their letters."""

import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from assistant.errors import ReadError
from assistant.library.read.furniture import without_furniture
from assistant.library.read.hidden import Reading, invisible_in
from assistant.library.read.pdf_hidden import blanking
from assistant.library.read.plain import headed, looks_like_heading, tidy
from assistant.library.text import Element, Shape

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

MOST_PAGES = 500
_MOST_UNPACKED = 10_000_000  # bytes of one stream; pypdf allows 75 MB, which took 18 seconds and 810 MB
_LIMITS: dict[str, Any] = {
    f"{name}_length": _MOST_UNPACKED
    for name in (
        "array_based_stream_maximum_output", "jbig2_maximum_output", "lzw_maximum_output",
        "run_length_maximum_output", "zlib_maximum_output", "brotli_maximum_output",
    )
} | {"stream_decoding_work_maximum_length": 4 * _MOST_UNPACKED, "jbig2dec_binary": None}  # fmt: skip
_SCANNED = 20  # characters a page on average, below which a PDF is pictures of text
_BIGGER = 1.12  # a heading's letters against the body's
_GAP = 1.45  # a paragraph's first line lies this many line heights below the last one
# Symbol's bullet, and what is left of one where a font has none: PDF prints a bullet for every unused code.
_BULLET = re.compile(r"^[•●▪◦‣∙·–-]\s+|^[\uf0b7\x7f]\s*")
_PAGE_NUMBER = re.compile(r"\W*(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    size: float
    bold: bool
    y: float
    page: int


def read_pdf(data: bytes, name: str) -> Reading:
    """Read a PDF that holds text: headings, paragraphs and list items, each with its page.

    Text that its pages do not show is left out and counted. Raises ReadError for a PDF that is locked,
    damaged, too long or made of pictures.
    """
    hidden: Counter[str] = Counter()
    lines = _body(_lines(data, name, hidden))
    if not lines:
        raise ReadError(_scanned(name))
    for line in lines:
        hidden += invisible_in(line.text)
    return Reading(tuple(without_furniture(headed(list(_paragraphs(lines))))), hidden)


def _scanned(name: str) -> str:
    return (
        f"{name} holds pictures of text and no text. Run text recognition (OCR) on it, "
        "or add the document it was printed from."
    )


def _lines(data: bytes, name: str, hidden: Counter[str]) -> list[list[_Line]]:
    from pypdf import PdfReader, apply_configuration  # heavy; only for PDF
    from pypdf.errors import DependencyError, PyPdfError

    logging.getLogger("pypdf").setLevel(logging.ERROR)  # it warns of every oddity that it mends
    try:
        with apply_configuration(**_LIMITS):
            reader = PdfReader(BytesIO(data))
            _check(reader, name)
            pages = [_page_lines(page, number, hidden) for number, page in enumerate(reader.pages, 1)]
    except ReadError:
        raise
    except DependencyError as error:  # the newer encryption needs a package that we do without
        raise ReadError(f"{name} is encrypted, perhaps by a password. Save a copy without that, and add it.") from error
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        RecursionError,
        NotImplementedError,
    ) as error:
        raise ReadError(
            f"{name} is damaged and cannot be read. Open it, print it to a new PDF, and add that."
        ) from error
    if sum(len(line.text) for page in pages for line in page) < _SCANNED * len(pages):
        raise ReadError(_scanned(name))
    return pages


def _check(reader: "PdfReader", name: str) -> None:
    if reader.is_encrypted and not reader.decrypt(""):
        raise ReadError(f"{name} is locked by a password. Save a copy without it, and add that.")
    if len(reader.pages) > MOST_PAGES:
        raise ReadError(
            f"{name} has {len(reader.pages)} pages; the most is {MOST_PAGES}. "
            "Save the part you need as a file of its own."
        )


def _page_lines(page: "PageObject", number: int, hidden: Counter[str]) -> list[_Line]:
    pieces: list[tuple[float, float, bool, str]] = []

    def note(text: str, cm: list[float], tm: list[float], font: Any, size: float | None) -> None:
        if text.strip():
            scale = abs(tm[3] or tm[0] or 1) * abs(cm[3] or cm[0] or 1)
            y = tm[5] * (cm[3] or 1) + cm[5]
            bold = "bold" in str((font or {}).get("/BaseFont", "")).lower()
            pieces.append((round(y, 1), (size or 1) * scale, bold, text))
        elif pieces:
            y, scale, bold, before = pieces[-1]
            pieces[-1] = (y, scale, bold, before + " ")

    box = [float(one) for one in page.mediabox]
    page.extract_text(visitor_text=note, visitor_operand_before=blanking(box, hidden))
    lines: list[_Line] = []
    for y, size, bold, text in pieces:
        words = " ".join(text.split("\n"))
        if lines and abs(lines[-1].y - y) < 0.3 * size:
            last = lines[-1]
            # A bullet or an initial alone does not say how large the words are.
            size = size if len(last.text.strip()) == 1 else max(last.size, size)
            lines[-1] = _Line(last.text + words, round(size, 1), last.bold and bold, y, number)
        else:
            lines.append(_Line(words, round(size, 1), bold, y, number))
    return [line for line in lines if line.text.strip()]


def _body(pages: Sequence[Sequence[_Line]]) -> list[_Line]:
    """All lines but the running heads, which stand on most pages, and the page numbers."""
    seen = Counter(key for page in pages for key in {_running(line) for line in page})
    most = max(2, 0.5 * len(pages))
    return [
        line
        for page in pages
        for line in page
        if not (len(pages) > 2 and seen[_running(line)] > most) and not _is_page_number(line, page)
    ]


def _is_page_number(line: _Line, page: Sequence[_Line]) -> bool:
    """Whether a line is a number at the top or the foot of its page; elsewhere it belongs to a sentence or table."""
    heights = [one.y for one in page]
    return line.y in {min(heights), max(heights)} and bool(_PAGE_NUMBER.fullmatch(line.text))


def _running(line: _Line) -> str:
    return re.sub(r"\d+", "#", " ".join(line.text.split()).lower())


def _paragraphs(lines: Sequence[_Line]) -> Iterator[Element]:
    letters: Counter[float] = Counter()
    for line in lines:
        letters[line.size] += len(line.text)
    body = letters.most_common(1)[0][0]
    group: list[_Line] = []
    for line in lines:
        if group and _breaks(group[-1], line, body):
            yield _element(group, body)
            group = []
        group.append(line)
    yield _element(group, body)


def _breaks(last: _Line, line: _Line, body: float) -> bool:
    if _BULLET.match(line.text.strip()) or _is_big(last, body) != _is_big(line, body):
        return True
    if last.page != line.page:
        return last.text.rstrip().endswith((".", "?", "!", ":")) or line.size != last.size
    return last.y - line.y > _GAP * max(line.size, 1) or (last.bold != line.bold and _alone(line, last))


def _alone(line: _Line, last: _Line) -> bool:
    return looks_like_heading(tidy(line.text)) or looks_like_heading(tidy(last.text))


def _is_big(line: _Line, body: float) -> bool:
    return line.size > _BIGGER * body


def _element(group: Sequence[_Line], body: float) -> Element:
    text = ""
    for line in group:
        words = line.text.strip()
        if text.endswith("-") and words[:1].islower():  # a word that was divided at the line's end
            text = text[:-1] + words
        else:
            text = f"{text} {words}" if text else words
    page = group[0].page
    if mark := _BULLET.match(text):
        return Element(Shape.ITEM, tidy(text[mark.end() :]), page=page)
    text = tidy(text)
    is_heading = _is_big(group[0], body) or (all(line.bold for line in group) and looks_like_heading(text))
    if is_heading and len(text) < 200:
        return Element(Shape.HEADING, text, level=2, page=page)
    return Element(Shape.PARAGRAPH, text, page=page)
