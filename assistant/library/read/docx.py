"""Reading Word documents, by python-docx."""

import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from assistant.errors import ReadError
from assistant.library.read.hidden import COMMENT, PALE, TINY, UNSEEN, Reading, invisible_in
from assistant.library.read.plain import looks_like_heading, tidy
from assistant.library.text import Element, Shape

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.table import Table
    from docx.text.paragraph import Paragraph

_HEADING = re.compile(r"^(?:heading|überschrift|titre|pennawd)\s*(\d)", re.IGNORECASE)
_LIST = re.compile(r"^list|bullet|number", re.IGNORECASE)
_CONTENTS = re.compile(r"^toc\b", re.IGNORECASE)  # a list of the headings, which stand in the text as well
# Paragraphs and tables of the body, those in form fields too; a text box would break into the sentence around it.
_PARTS = (
    ".//w:p[not(ancestor::w:tbl or ancestor::w:txbxContent)]"
    " | .//w:tbl[not(ancestor::w:tbl or ancestor::w:txbxContent)]"
)
# Runs that Word does not show. White words in a table or on a colour are a heading; elsewhere nobody sees them.
_ON = "not(@w:val='0' or @w:val='false' or @w:val='off')"
_STYLED = "key-of-hidden-styles"
_HIDDEN = {
    UNSEEN: f"w:rPr/w:vanish[{_ON}] or w:rPr/w:webHidden[{_ON}] or w:rPr/w:specVanish[{_ON}]{_STYLED}",
    PALE: (
        "(translate(w:rPr/w:color/@w:val,'f','F')='FFFFFF' or starts-with(w:rPr/w:color/@w:themeColor,'background')"
        " or w:rPr/w:color/@w:themeColor='lt1') and not(w:rPr/w:shd or w:rPr/w:highlight or ancestor::w:tbl"
        " or ancestor::w:p/w:pPr/w:shd or ancestor::w:p/w:pPr/w:pStyle)"
    ),
    TINY: "w:rPr/w:sz/@w:val < 5",  # half points
}
# Runs of text at any depth: in links, form fields and tracked insertions, but not what was taken out or is a hint.
_RUNS = (
    ".//w:r[not(ancestor::w:del or ancestor::w:moveFrom or ancestor::w:txbxContent"
    " or ancestor::w:sdt[w:sdtPr/w:showingPlcHdr])]"
)
_MOST_UNPACKED = 50 * 1024 * 1024  # bytes
_HIGHEST_RATIO = 100  # unpacked to packed; text packs to about 1:10
_SMALL = 1024 * 1024  # bytes; what unpacks to no more does no harm, whatever its ratio
_MOST_PARTS = 2_000
_DOCTYPE = re.compile(rb"<!DOCTYPE|<\0!\0D\0O\0C\0T|\0<\0!\0D\0O\0C", re.IGNORECASE)


def read_docx(data: bytes, name: str) -> Reading:
    """Read a Word document: headings by style, paragraphs, list items and table rows, in order.

    Hidden text and comments are left out and counted. Raises ReadError for a file that is no Word
    document, is locked by a password or would unpack to far more than a document holds.
    """
    from docx import Document  # heavy; only for Word documents

    _check_archive(data, name)
    try:
        document = Document(BytesIO(data))
        hidden = _without_hidden(document)
        return Reading(tuple(element for element in _elements(document) if element.text), hidden)
    except ReadError:
        raise
    except Exception as error:  # python-docx gives no error type of its own for damaged parts
        raise ReadError(f"{name} is damaged and cannot be read. Open it in Word and save it as .docx again.") from error


def _check_archive(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            _check_size(parts, name)
            is_declared = any(_DOCTYPE.search(archive.read(part)) for part in parts if _is_xml(part.filename))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error) as error:
        raise ReadError(f"{name} is damaged: its archive cannot be opened. Save it again.") from error
    names = {part.filename for part in parts}
    if "word/document.xml" not in names:
        what = "a spreadsheet" if "xl/workbook.xml" in names else "not a Word document"
        raise ReadError(f"{name} is {what}. Save what it says as Word (.docx), PDF or text.")
    if is_declared:
        raise ReadError(
            f"{name} holds declarations that no Word document needs, and was not read. Save it again in Word."
        )


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))


def _check_size(parts: Sequence[zipfile.ZipInfo], name: str) -> None:
    unpacked = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    if len(parts) > _MOST_PARTS or unpacked > max(_SMALL, min(_MOST_UNPACKED, packed * _HIGHEST_RATIO)):
        raise ReadError(
            f"{name} unpacks to far more than a document holds, and was not read. "
            "Save the part you need as a file of its own, without pictures."
        )


def _without_hidden(document: "Word") -> Counter[str]:
    """Take out of a document the runs that are not shown, and count them, its comments and invisible characters."""
    body = document.element.body
    hidden = invisible_in("".join(node.text or "" for node in body.iter("{*}t")))
    styles = document.styles.element.xpath(f"./w:style[w:rPr/w:vanish[{_ON}]]/@w:styleId")
    quoted = [f"'{one}'" for one in styles if "'" not in one]
    styled = "".join(f" or w:rPr/w:rStyle/@w:val={one} or ancestor::w:p/w:pPr/w:pStyle/@w:val={one}" for one in quoted)
    for kind, test in _HIDDEN.items():
        runs = body.xpath(f".//w:r[{test.replace(_STYLED, styled)}]")
        hidden[kind] = sum(bool(run.text.strip()) for run in runs)
        for run in runs:
            run.getparent().remove(run)
    hidden[COMMENT] = len(body.xpath(".//w:commentReference"))
    return +hidden


def _elements(document: "Word") -> Iterator[Element]:
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    for part in document.element.body.xpath(_PARTS):
        if part.tag.endswith("}tbl"):
            yield from _rows(Table(part, document))
        else:
            yield from _paragraph(Paragraph(part, document))


def _words(node: "BaseOxmlElement") -> str:
    """The words of a paragraph; python-docx's own `text` leaves out tracked insertions and form fields."""
    return "".join(run.text for run in node.xpath(_RUNS))


def _paragraph(paragraph: "Paragraph") -> Iterator[Element]:
    style = str(paragraph.style.name) if paragraph.style is not None else ""
    if not _CONTENTS.match(style):
        yield _element(paragraph, tidy(_words(paragraph._p)), style)


def _element(paragraph: "Paragraph", text: str, style: str) -> Element:
    if found := _HEADING.match(style):
        return Element(Shape.HEADING, text, level=int(found[1]))
    if style in {"Title", "Subtitle"}:
        return Element(Shape.HEADING, text, level=1)
    properties = paragraph._p.pPr  # python-docx shows list numbering nowhere else
    if _LIST.search(style) or (properties is not None and properties.numPr is not None):
        return Element(Shape.ITEM, text)
    runs = [run for run in paragraph.runs if run.text.strip()]
    if runs and all(run.bold for run in runs) and looks_like_heading(text):
        return Element(Shape.HEADING, text, level=3)
    return Element(Shape.PARAGRAPH, text)


def _rows(table: "Table") -> Iterator[Element]:
    for row in table.rows:
        cells = dict.fromkeys(cell._tc for cell in row.cells)  # a merged cell comes once for each place it covers
        texts = [tidy(" ".join(_words(paragraph) for paragraph in cell.xpath(".//w:p"))) for cell in cells]
        yield Element(Shape.ROW, " | ".join(text for text in texts if text))
