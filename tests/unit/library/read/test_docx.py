import zipfile
from collections.abc import Callable
from io import BytesIO
from itertools import pairwise

import pytest
from docx import Document
from docx.document import Document as Word

from assistant.errors import ReadError
from assistant.library.read.docx import read_docx
from assistant.library.text import Shape

HEADING, PARAGRAPH, ITEM, ROW = Shape.HEADING, Shape.PARAGRAPH, Shape.ITEM, Shape.ROW
RUN = b"<w:r><w:t>MARK.</w:t></w:r>"


def made(fill: Callable[[Word], object]) -> bytes:
    document = Document()
    fill(document)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def archive(**parts: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, data in parts.items():
            whole.writestr(name, data)
    return out.getvalue()


def rewritten(old: bytes, new: bytes) -> bytes:
    """A document that says 'MARK.', with part of its XML replaced."""
    data = made(lambda document: document.add_paragraph("MARK."))
    with zipfile.ZipFile(BytesIO(data)) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    assert old in parts["word/document.xml"]
    parts["word/document.xml"] = parts["word/document.xml"].replace(old, new, 1)
    return archive(**parts)


def read(data: bytes) -> list[tuple[Shape, str]]:
    return [(one.shape, one.text) for one in read_docx(data, "a.docx").elements]


def bold(document: Word, text: str, then: str = "") -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(text).bold = True
    if then:
        paragraph.add_run(then)


def test_styles_make_headings_with_their_level() -> None:
    def fill(document: Word) -> None:
        document.add_heading("The title", 0)
        document.add_heading("Aims", 1)
        document.add_heading("Money", 3)
        document.add_paragraph("It is so.")

    elements = read_docx(made(fill), "a.docx").elements
    assert [(one.shape, one.text, one.level) for one in elements] == [
        (HEADING, "The title", 1),
        (HEADING, "Aims", 1),
        (HEADING, "Money", 3),
        (PARAGRAPH, "It is so.", 1),
    ]


def test_a_short_paragraph_in_bold_is_a_heading() -> None:
    def fill(document: Word) -> None:
        bold(document, "Who decides")
        document.add_paragraph("We do.")

    assert read(made(fill)) == [(HEADING, "Who decides"), (PARAGRAPH, "We do.")]


def test_a_sentence_in_bold_is_no_heading() -> None:
    assert read(made(lambda document: bold(document, "We all decide."))) == [(PARAGRAPH, "We all decide.")]


def test_a_paragraph_that_is_bold_in_part_is_no_heading() -> None:
    assert read(made(lambda document: bold(document, "Who", " decides"))) == [(PARAGRAPH, "Who decides")]


@pytest.mark.parametrize("style", ["List Bullet", "List Number", "List Bullet 2", "List Paragraph"])
def test_lists_make_items(style: str) -> None:
    assert read(made(lambda document: document.add_paragraph("Be bold", style=style))) == [(ITEM, "Be bold")]


def test_a_table_gives_its_rows_where_it_stands() -> None:
    def fill(document: Word) -> None:
        document.add_paragraph("Before.")
        table = document.add_table(2, 2)
        for row, pair in enumerate((("Who", "What"), ("NHS", "Beds"))):
            for column, text in enumerate(pair):
                table.cell(row, column).text = text
        document.add_paragraph("After.")

    assert read(made(fill)) == [
        (PARAGRAPH, "Before."),
        (ROW, "Who | What"),
        (ROW, "NHS | Beds"),
        (PARAGRAPH, "After."),
    ]


def test_a_cell_merged_across_comes_once() -> None:
    def fill(document: Word) -> None:
        table = document.add_table(1, 3)
        table.cell(0, 0).merge(table.cell(0, 1)).text = "Both"
        table.cell(0, 2).text = "One"

    assert read(made(fill)) == [(ROW, "Both | One")]


def test_a_cell_merged_downwards_comes_in_each_row() -> None:
    def fill(document: Word) -> None:
        table = document.add_table(2, 2)
        table.cell(0, 0).merge(table.cell(1, 0)).text = "Both"
        table.cell(0, 1).text, table.cell(1, 1).text = "One", "Two"

    assert read(made(fill)) == [(ROW, "Both | One"), (ROW, "Both | Two")]


def test_two_cells_that_say_the_same_are_both_kept() -> None:
    def fill(document: Word) -> None:
        table = document.add_table(1, 3)
        for column, text in enumerate(("Beds", "12", "12")):
            table.cell(0, column).text = text

    assert read(made(fill)) == [(ROW, "Beds | 12 | 12")]


def test_a_table_in_a_cell_keeps_its_words() -> None:
    def fill(document: Word) -> None:
        cell = document.add_table(1, 1).cell(0, 0)
        cell.text = "Outer"
        cell.add_table(1, 1).cell(0, 0).text = "Inner"

    assert "Inner" in " ".join(text for _, text in read(made(fill)))


def test_a_row_without_words_is_left_out() -> None:
    assert read(made(lambda document: document.add_table(2, 2))) == []


def test_headers_and_footers_of_the_page_are_left_out() -> None:
    def fill(document: Word) -> None:
        document.sections[0].header.paragraphs[0].text = "Draft"
        document.sections[0].footer.paragraphs[0].text = "Page 1"
        document.add_paragraph("It is so.")

    assert read(made(fill)) == [(PARAGRAPH, "It is so.")]


def test_tabs_and_line_breaks_are_spaces() -> None:
    assert read(made(lambda document: document.add_paragraph("one\ttwo\nthree"))) == [(PARAGRAPH, "one two three")]


def test_an_empty_document_gives_nothing() -> None:
    assert read(made(lambda document: document.add_paragraph(" "))) == []


def test_words_in_a_link_stay_in_their_sentence() -> None:
    linked = b"<w:hyperlink w:anchor='x'><w:r><w:t>the plan</w:t></w:r></w:hyperlink>"
    assert read(rewritten(RUN, linked + b"<w:r><w:t>.</w:t></w:r>")) == [(PARAGRAPH, "the plan.")]


def test_words_that_were_inserted_with_tracking_are_kept() -> None:
    tracked = b"<w:ins w:id='1' w:author='a'><w:r><w:t xml:space='preserve'> not</w:t></w:r></w:ins>"
    before, after = b"<w:r><w:t>Partners must</w:t></w:r>", b"<w:r><w:t xml:space='preserve'> share.</w:t></w:r>"
    assert read(rewritten(RUN, before + tracked + after)) == [(PARAGRAPH, "Partners must not share.")]


def test_words_that_were_deleted_with_tracking_are_left_out() -> None:
    tracked = b"<w:del w:id='1' w:author='a'><w:r><w:delText xml:space='preserve'> never</w:delText></w:r></w:del>"
    assert read(rewritten(RUN, b"<w:r><w:t>Partners share</w:t></w:r>" + tracked)) == [(PARAGRAPH, "Partners share")]


def test_the_words_of_a_form_field_are_kept() -> None:
    field = b"<w:sdt><w:sdtContent><w:p><w:r><w:t>In a field.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    assert (PARAGRAPH, "In a field.") in read(rewritten(b"<w:body>", b"<w:body>" + field))


def test_no_other_file_is_read_into_a_document() -> None:
    entity = b'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document'
    data = rewritten(b"<w:document", entity)
    with zipfile.ZipFile(BytesIO(data)) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"MARK", b"[&e;]")
    with pytest.raises(ReadError, match="declarations that no Word document needs"):
        read(archive(**parts))


def test_a_zip_that_is_cut_off_is_refused() -> None:
    data = made(lambda document: document.add_paragraph("It is so."))
    with pytest.raises(ReadError, match=r"a\.docx is damaged.*[Ss]ave it again"):
        read_docx(data[: len(data) // 2], "a.docx")


def test_a_zip_with_a_damaged_part_is_refused() -> None:
    data = bytearray(made(lambda document: document.add_paragraph("It is so. " * 50)))
    start = data.find(b"word/document.xml") + 40
    data[start : start + 60] = bytes(60)
    with pytest.raises(ReadError, match=r"a\.docx is damaged.*Save it again"):
        read_docx(bytes(data), "a.docx")


def test_a_document_that_is_no_xml_is_refused() -> None:
    with pytest.raises(ReadError, match=r"a\.docx is damaged"):
        read_docx(archive(**{"word/document.xml": b"<broken"}), "a.docx")


def test_a_spreadsheet_is_refused_and_called_one() -> None:
    with pytest.raises(ReadError, match=r"a\.docx is a spreadsheet\. Save what it says as Word"):
        read_docx(archive(**{"xl/workbook.xml": b"<x/>"}), "a.docx")


def test_another_archive_is_refused() -> None:
    with pytest.raises(ReadError, match=r"a\.docx is not a Word document\. Save"):
        read_docx(archive(**{"a.txt": b"words"}), "a.docx")


def test_an_archive_that_unpacks_to_far_more_than_it_holds_is_refused() -> None:
    data = archive(**{"word/document.xml": bytes(20_000_000)})
    assert len(data) < 100_000
    with pytest.raises(ReadError, match=r"a\.docx unpacks to far more than a document holds"):
        read_docx(data, "a.docx")


def test_an_archive_of_thousands_of_parts_is_refused() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as whole:
        whole.writestr("word/document.xml", "<x/>")
        for number in range(4_001):
            whole.writestr(f"word/{number}", "")
    with pytest.raises(ReadError, match="unpacks to far more"):
        read_docx(out.getvalue(), "a.docx")


def test_entities_that_multiply_are_refused() -> None:
    names = "abcdefghi"
    entities = '<!ENTITY a "haha">' + "".join(f'<!ENTITY {new} "{f"&{old};" * 20}">' for old, new in pairwise(names))
    data = rewritten(b"<w:document", f"<!DOCTYPE d [{entities}]><w:document".encode())
    with zipfile.ZipFile(BytesIO(data)) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"MARK", b"&i;")
    with pytest.raises(ReadError, match="declarations"):
        read_docx(archive(**parts), "a.docx")
