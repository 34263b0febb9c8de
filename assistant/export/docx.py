"""A document as a Word file, by python-docx: real styles and headings, header rows, links, page numbers."""

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING

from assistant.export.document import Block, Cell, Document, Heading, Line, Picture, Reference, Style, Table
from assistant.export.docx_look import (
    LINK,
    LONG,
    MARGIN,
    SHADE,
    SHORT,
    clean,
    element,
    set_footer,
    set_page,
    set_properties,
    set_styles,
)
from assistant.export.words import words

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.text.paragraph import Paragraph

_STYLES = {Style.PLAIN: "Normal", Style.ITEM: "List Bullet", Style.QUOTE: "Quote", Style.NOTE: "Note"}


def to_docx(document: Document) -> bytes:
    """The bytes of a Word file whose title, language, headings, table headers and picture texts are marked as such."""
    import docx  # only where a Word file is asked for

    word = docx.Document()
    set_properties(word, document)
    set_styles(word)
    set_page(word.sections[0], is_wide=document.parts[0].is_wide)
    set_footer(word.sections[0])
    word.add_paragraph(clean(document.title), style="Title")
    if document.intro:
        word.add_paragraph(clean(document.intro), style="Subtitle")
    for part in document.parts:
        _turn(word, is_wide=part.is_wide)
        for block in part.blocks:
            _block(word, block)
    _turn(word, is_wide=False)
    if document.references:
        _references(word, document.references)
    for line in document.about:
        word.add_paragraph(clean(line), style="About")
    written = io.BytesIO()
    word.save(written)
    return written.getvalue()


def _turn(word: "Word", *, is_wide: bool) -> None:
    """Go on on a page that lies on its side, or stands, where the present one does not."""
    from docx.enum.section import WD_SECTION

    section = word.sections[-1]
    if (section.page_width > section.page_height) is not is_wide:
        set_page(word.add_section(WD_SECTION.NEW_PAGE), is_wide=is_wide)


def _block(word: "Word", block: Block) -> None:
    match block:
        case Heading():
            word.add_heading(clean(block.text), block.level)
        case Table():
            _table(word, block)
        case Picture():
            _picture(word, block)
        case _:
            style = _STYLES[Style.ITEM if isinstance(block, Line) else block.style]
            paragraph = word.add_paragraph(style=style)
            if block.label:
                paragraph.add_run(f"{clean(block.label)} ").bold = True
            paragraph.add_run(clean(block.text))
            _marks(paragraph, block.numbers)
            paragraph.paragraph_format.keep_with_next = block.text.endswith(":") or None


def _marks(paragraph: "Paragraph", numbers: Iterable[int]) -> None:
    """[1][2], each of which leads to its reference."""
    for number in numbers:
        if paragraph.text and not paragraph.text.endswith("]"):
            paragraph.add_run(" ")
        link = element("w:hyperlink", {"w:anchor": f"ref-{number}", "w:history": "1"})
        link.append(_link_run(paragraph, f"[{number}]"))
        paragraph._p.append(link)


def _link_run(paragraph: "Paragraph", text: str) -> "BaseOxmlElement":
    from docx.shared import RGBColor

    run = paragraph.add_run(text)
    run.font.color.rgb, run.font.underline = RGBColor.from_string(LINK), not text.startswith("[")
    return run._r


def _table(word: "Word", table: Table) -> None:
    """A table under its caption, with a header row that is marked and comes again on each page."""
    from docx.shared import Cm

    word.add_paragraph(clean(table.caption), style="Caption")
    made = word.add_table(rows=0, cols=len(table.header), style="Table Grid")
    made.autofit = False
    properties = made._tbl.tblPr
    properties.append(element("w:tblCaption", {"w:val": clean(table.caption)}))
    for row in ([Cell(name) for name in table.header], *table.rows):
        cells = made.add_row().cells
        for place, (cell, to) in enumerate(zip(row, cells, strict=True)):
            is_header = len(made.rows) == 1
            _cell(to.paragraphs[0], cell, is_bold=is_header or place == 0)
            if is_header:
                to._tc.get_or_add_tcPr().append(element("w:shd", {"w:val": "clear", "w:fill": SHADE}))
    for row in made.rows:
        row._tr.get_or_add_trPr().append(element("w:cantSplit", {}))
    for row in () if table.wide else made.rows[:-1]:  # a table of a page at most stays on one
        row.cells[0].paragraphs[0].paragraph_format.keep_with_next = True
    made.rows[0]._tr.get_or_add_trPr().append(element("w:tblHeader", {}))
    shares = table.widths or (1.0,) * len(table.header)
    room = (LONG if table.wide else SHORT) - 2 * MARGIN
    for column, share in zip(made.columns, shares, strict=True):
        column.width = Cm(room * share / sum(shares))
        for to in column.cells:
            to.width = column.width
    word.add_paragraph(style="Cell")  # two tables without anything between are one to Word


def _cell(paragraph: "Paragraph", cell: Cell, *, is_bold: bool) -> None:
    paragraph.style = "Cell"
    for place, line in enumerate(clean(cell.text, keep="\n").split("\n")):
        run = paragraph.add_run()
        if place:
            run.add_break()
        run.add_text(line)
        run.bold = is_bold or None
    _marks(paragraph, cell.numbers)


def _picture(word: "Word", picture: Picture) -> None:
    from docx.shared import Cm

    shape = word.add_picture(io.BytesIO(picture.png), width=Cm(SHORT - 2 * MARGIN))
    shape._inline.docPr.set("descr", clean(picture.alt))
    shape._inline.docPr.set("title", clean(picture.caption))
    word.paragraphs[-1].paragraph_format.keep_with_next = True
    word.add_paragraph(clean(picture.caption), style="Caption").paragraph_format.keep_with_next = False


def _references(word: "Word", references: Iterable[Reference]) -> None:
    said = words()["reference"]
    word.add_heading(said["heading"], 1)
    word.add_paragraph(said["intro"]).paragraph_format.keep_with_next = True
    for one in references:
        paragraph = word.add_paragraph(style="Reference")
        _bookmarked(paragraph, one.number)
        paragraph.add_run(f"\t{clean(one.before)}")
        paragraph.add_run(clean(one.title)).italic = True
        paragraph.add_run(clean(one.after))
        if one.url:
            paragraph.add_run(f" {said['at']} ")
            _outward(paragraph, one.url)
        paragraph.add_run().add_break()
        paragraph.add_run(clean(" ".join(one.details)))


def _bookmarked(paragraph: "Paragraph", number: int) -> None:
    """The number of a reference, which marks in the text lead to."""
    named = {"w:id": str(number), "w:name": f"ref-{number}"}
    paragraph._p.append(element("w:bookmarkStart", named))
    paragraph.add_run(f"[{number}]")
    paragraph._p.append(element("w:bookmarkEnd", {"w:id": str(number)}))


def _outward(paragraph: "Paragraph", url: str) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE

    link = element(
        "w:hyperlink", {"r:id": paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)}
    )
    link.append(_link_run(paragraph, url))
    paragraph._p.append(link)
