"""The files that leave: Word, HTML and Markdown, read back."""

import io
import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree
from lxml import html as lxml_html
from markdown_it import MarkdownIt
from unit.export.made import HOSTILE, LIBRARY, MADE, TALK, checked

from assistant.export import check_document, conversation_document, register_document, to_docx, to_html, to_markdown
from assistant.export.document import Document, Heading, Line, Reference, Table

DOCUMENTS = {
    "conversation": conversation_document(TALK, LIBRARY, made=MADE),
    "check": check_document(checked(against=True), LIBRARY, made=MADE),
    "register": register_document(checked(), LIBRARY, made=MADE),
}
each_document = pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)


def opened(document: Document) -> Any:
    return docx.Document(io.BytesIO(to_docx(document)))


@each_document
def test_a_word_file_has_its_title_its_language_and_no_trace_of_a_template(document: Document) -> None:
    word = opened(document)
    assert (word.core_properties.title, word.core_properties.language) == (document.title, "en-GB")
    assert "python-docx" not in f"{word.core_properties.author} {word.core_properties.comments}"
    languages = word.styles.element.xpath("w:docDefaults//w:lang")
    assert [one.get(qn("w:val")) for one in languages] == ["en-GB"]


@each_document
def test_a_word_file_has_the_headings_as_styles_in_order(document: Document) -> None:
    found = [
        (int(one.style.name[-1]), one.text) for one in opened(document).paragraphs if one.style.name.startswith("Head")
    ]
    wanted = [(one.level, one.text) for one in document.blocks if isinstance(one, Heading)]
    assert found == [*wanted, (1, "References")]
    levels = [0, *(level for level, _ in found)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert [one.text for one in opened(document).paragraphs if one.style.name == "Title"] == [document.title]


@each_document
def test_a_statement_of_a_word_file_is_an_item_of_a_list(document: Document) -> None:
    items = [one.text for one in opened(document).paragraphs if one.style.name == "List Bullet"]
    for line in (one for one in document.blocks if isinstance(one, Line)):
        assert f"{line.text} {''.join(f'[{number}]' for number in line.numbers)}" in items


@each_document
def test_each_table_of_a_word_file_has_a_marked_header_row_and_words_for_itself(document: Document) -> None:
    word = opened(document)
    wanted = [one for one in document.blocks if isinstance(one, Table)]
    assert [tuple(cell.text for cell in one.rows[0].cells) for one in word.tables] == [one.header for one in wanted]
    for table in word.tables:
        assert len(table.rows[0]._tr.xpath("w:trPr/w:tblHeader")) == 1
        assert table._tbl.tblPr.xpath("w:tblCaption/@w:val")
        names = [etree.QName(one).localname for one in table._tbl.tblPr]
        order = ["tblStyle", "tblW", "jc", "tblLayout", "tblLook", "tblCaption"]
        assert names == [one for one in order if one in names]


@each_document
def test_every_mark_of_a_word_file_leads_to_its_reference(document: Document) -> None:
    body = opened(document).element.body
    names = body.xpath(".//w:bookmarkStart/@w:name")
    assert names == [f"ref-{one.number}" for one in document.references]
    marks = body.xpath(".//w:hyperlink[@w:anchor]")
    assert marks
    for mark in marks:
        assert mark.get(qn("w:anchor")) in names
        assert f"[{mark.get(qn('w:anchor'))[4:]}]" == "".join(mark.xpath(".//w:t/text()"))
    found = {int(one) for one in re.findall(r"\[(\d+)\]", "".join(body.xpath(".//w:t/text()")).replace(HOSTILE, ""))}
    assert found == {one.number for one in document.references}


@each_document
def test_the_addresses_of_a_word_file_are_links(document: Document) -> None:
    word = opened(document)
    links = [one.get(qn("r:id")) for one in word.element.body.xpath(".//w:hyperlink[@r:id]")]
    targets = [word.part.rels[one].target_ref for one in links]
    assert targets == [one.url for one in document.references if one.url]
    assert all(word.part.rels[one].is_external for one in links)


@each_document
def test_the_pages_of_a_word_file_are_a4_and_numbered(document: Document) -> None:
    word = opened(document)
    for section in word.sections:
        assert sorted(round(one.cm, 1) for one in (section.page_width, section.page_height)) == [21.0, 29.7]
    fields = [one.text for one in word.sections[-1].footer._element.xpath(".//w:instrText")]
    assert fields == ["PAGE", "NUMPAGES"]


def test_the_register_stands_on_pages_that_lie_with_its_heading() -> None:
    word = opened(DOCUMENTS["check"])
    assert [one.page_width > one.page_height for one in word.sections] == [False, True, False]
    assert [one.page_width > one.page_height for one in opened(DOCUMENTS["register"]).sections] == [True, False]


def test_the_picture_of_a_word_file_has_words() -> None:
    (shape,) = opened(DOCUMENTS["check"]).inline_shapes
    assert shape._inline.docPr.get("descr").startswith("Chart of the 22 pitfalls")


def test_characters_that_a_word_file_has_no_place_for_are_left_out() -> None:
    assert "AB" in [one.text for one in opened(Document("A\x00\x0bB", ())).paragraphs]


@each_document
def test_a_word_file_becomes_a_pdf(document: Document, tmp_path: Path) -> None:
    if not (office := shutil.which("soffice")):
        pytest.skip("LibreOffice (soffice) is not installed here")
    path = tmp_path / "export.docx"
    path.write_bytes(to_docx(document))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    assert (tmp_path / "export.pdf").read_bytes().startswith(b"%PDF")


@each_document
def test_a_page_has_its_language_one_title_and_headings_in_order(document: Document) -> None:
    page = lxml_html.fromstring(to_html(document))
    assert page.get("lang") == "en-GB"
    assert [one.text_content() for one in page.iter("h1")] == [document.title]
    assert page.findtext("head/title") == document.title
    levels = [int(one.tag[1]) for one in page.xpath("//h1|//h2|//h3|//h4|//h5")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@each_document
def test_every_mark_of_a_page_leads_to_its_reference(document: Document) -> None:
    page = lxml_html.fromstring(to_html(document))
    ids = page.xpath("//*/@id")
    assert len(ids) == len(set(ids))
    assert [one for one in ids if one.startswith("ref-")] == [f"ref-{one.number}" for one in document.references]
    for mark in page.xpath("//a[@class='mark']"):
        assert mark.get("href").removeprefix("#") in ids
        assert mark.get("href") == f"#ref-{mark.text_content().strip('[]')}"


@each_document
def test_a_page_runs_nothing_and_asks_for_nothing(document: Document) -> None:
    page = lxml_html.fromstring(to_html(document))
    assert page.xpath("//script|//link|//img|//iframe|//object|//embed|//form|//base") == []
    assert [name for one in page.iter() for name in one.attrib if name.startswith("on")] == []
    addresses = [value for one in page.iter() for name, value in one.attrib.items() if name.endswith(("href", "src"))]
    assert {one for one in addresses if not one.startswith("#")} == {one.url for one in document.references if one.url}
    assert "@import" not in to_html(document)
    assert "url(" not in re.sub(r"url\(#[\w-]+\)", "", to_html(document))


@each_document
def test_each_table_of_a_page_has_a_caption_and_headers_of_rows_and_columns(document: Document) -> None:
    for table in lxml_html.fromstring(to_html(document)).iter("table"):
        assert table.findtext("caption")
        assert {one.get("scope") for one in table.iter("th")} == {"col", "row"}
        assert all(one.get("scope") == "row" for one in table.xpath("tbody/tr/*[1]"))


@each_document
def test_hostile_words_stand_on_a_page_as_they_were_written(document: Document) -> None:
    page = to_html(document)
    assert "<script" not in page
    assert HOSTILE in lxml_html.fromstring(page).text_content()


def test_the_picture_of_a_page_is_told_in_words() -> None:
    page = lxml_html.fromstring(to_html(DOCUMENTS["check"]))
    (drawn,) = page.xpath("//*[@role='img']")
    assert "In all: 21 absent and 1 addressed." in drawn.get("aria-label")
    assert drawn.find("svg") is not None


@each_document
def test_markdown_reads_as_what_was_meant(document: Document) -> None:
    text = to_markdown(document)
    assert text.count("\n# ") == 0
    assert text.startswith("# ")
    page = lxml_html.fromstring(MarkdownIt("commonmark").enable("table").render(text))
    assert page.xpath("//script") == []
    assert [one.text_content() for one in page.iter("h1")] == [document.title]
    assert HOSTILE in page.text_content()
    assert len(page.xpath("//table")) == sum(isinstance(one, Table) for one in document.blocks)
    for table, wanted in zip(page.iter("table"), (x for x in document.blocks if isinstance(x, Table)), strict=True):
        assert {len(row.xpath("th|td")) for row in table.iter("tr")} == {len(wanted.header)}


@each_document
def test_a_mark_of_markdown_leads_to_the_address_of_its_source(document: Document) -> None:
    page = lxml_html.fromstring(MarkdownIt("commonmark").enable("table").render(to_markdown(document)))
    by_number = {f"[{one.number}]": one.url for one in document.references}
    assert {one.text_content(): one.get("href") for one in page.iter("a") if one.text_content().isdigit()} == {
        str(one.number): one.url for one in document.references if one.url
    }
    assert all(number in page.text_content() or url for number, url in by_number.items())


@pytest.mark.parametrize(
    "text", ["# no heading", "- no item", "1. no number", "<b>", "[1]", "a | b", "*a*", "\\", "~~~"]
)
def test_text_is_never_taken_for_marks_of_markdown(text: str) -> None:
    source = Reference(1, "A (2013) ", text, ".", None)
    page = lxml_html.fromstring(
        MarkdownIt("commonmark").enable("table").render(to_markdown(Document(text, (Line(text, (1,)),), (source,))))
    )
    assert page.xpath("//h1")[0].text_content() == text
    assert page.xpath("//li")[0].text_content() == f"{text} [1]"


@each_document
def test_the_same_document_gives_the_same_page_and_the_same_text(document: Document) -> None:
    assert to_html(document) == to_html(document)
    assert to_markdown(document) == to_markdown(document)
