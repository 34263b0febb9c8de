import os
from io import BytesIO
from pathlib import Path

import pytest
from conftest import digest
from docx import Document as Word
from reportlab.pdfgen.canvas import Canvas

from assistant.errors import ReadError, RecordError
from assistant.library.catalogue import Kind, Nation, TextKind
from assistant.library.read import read
from assistant.library.read.document import LARGEST, READABLE
from assistant.library.text import Shape

SENTENCE = "The pooled budget needs a rule for overspends."
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def file(tmp_path: Path, name: str, data: bytes | str) -> Path:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def pdf() -> bytes:
    out = BytesIO()
    canvas = Canvas(out)
    canvas.drawString(72, 700, SENTENCE)
    canvas.save()
    return out.getvalue()


def docx() -> bytes:
    out = BytesIO()
    document = Word()
    document.add_paragraph(SENTENCE)
    document.save(out)
    return out.getvalue()


FORMS = {
    ".pdf": pdf(),
    ".docx": docx(),
    ".html": f"<html><body><p>{SENTENCE}</p></body></html>".encode(),
    ".htm": f"<p>{SENTENCE}</p>".encode(),
    ".md": SENTENCE.encode(),
    ".markdown": SENTENCE.encode(),
    ".txt": SENTENCE.encode(),
}


@pytest.mark.parametrize("suffix", sorted(READABLE))
def test_each_form_of_document_is_read(tmp_path: Path, suffix: str) -> None:
    assert read(file(tmp_path, f"a{suffix}", FORMS[suffix])).headed.text == SENTENCE


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".html"])
def test_the_content_tells_the_form_where_the_name_does_not(tmp_path: Path, suffix: str) -> None:
    assert read(file(tmp_path, "download", FORMS[suffix])).headed.text == SENTENCE


@pytest.mark.parametrize("suffix", [".pdf", ".docx"])
def test_the_content_tells_the_form_where_the_name_is_wrong(tmp_path: Path, suffix: str) -> None:
    assert read(file(tmp_path, "a.txt", FORMS[suffix])).headed.text == SENTENCE


def test_a_name_may_be_written_in_capitals(tmp_path: Path) -> None:
    assert read(file(tmp_path, "A.MD", "# Money\n\nIt is so.")).headed.sections[0].heading == "Money"


def test_a_file_of_the_readers_own_is_called_by_its_name_and_its_first_heading(tmp_path: Path) -> None:
    source = read(file(tmp_path, "Our Plan_2024.txt", f"Money\n\n{SENTENCE}")).source
    assert (source.id, source.title) == ("our-plan-2024", "Money")


def test_without_a_heading_the_title_is_the_name_of_the_file(tmp_path: Path) -> None:
    assert read(file(tmp_path, "our_own-plan.txt", SENTENCE)).source.title == "our own plan"


def test_a_name_without_letters_still_gives_an_id(tmp_path: Path) -> None:
    assert read(file(tmp_path, "§§.txt", SENTENCE)).source.id == "document"


def test_a_file_of_the_readers_own_says_that_nothing_else_is_known(tmp_path: Path) -> None:
    source = read(file(tmp_path, "a.txt", SENTENCE)).source
    assert (source.kind, source.nations, source.text) == (Kind.ARTICLE, (Nation.UK,), TextKind.ORIGINAL)
    assert source.nations_note == source.licence == "Not known: the file is a reader's own."
    assert source.published is source.url is source.publisher is None


def test_front_matter_of_ours_is_the_record(tmp_path: Path) -> None:
    text = digest("our-plan", "Our plan", f"# Money\n\n{SENTENCE}\n", text="original", publisher="A council")
    document = read(file(tmp_path, "any-name.md", text))
    assert (document.source.id, document.source.publisher) == ("our-plan", "A council")
    assert document.headed.text == f"Money\n\n{SENTENCE}"


def test_a_digest_of_ours_is_read_line_by_line(tmp_path: Path) -> None:
    document = read(file(tmp_path, "our-plan.md", digest("our-plan", "P", "## M {#money}\n- do: Agree. (s. 1)\n")))
    assert document.headed.sections[0].blocks[0].locator == "s. 1"
    assert document.elements == ()


def test_a_digest_that_is_not_utf_8_is_refused_by_name(tmp_path: Path) -> None:
    text = digest("our-plan", "P", "## M {#money}\n- figure: It cost £5m in the partners’ first year.\n")
    with pytest.raises(RecordError, match=r"our-plan\.md"):
        read(file(tmp_path, "our-plan.md", text.encode("cp1252")))


def test_front_matter_of_ours_that_is_wrong_is_refused_with_the_field(tmp_path: Path) -> None:
    text = digest("our-plan", "P", SENTENCE, text="original", kind="blog")
    with pytest.raises(RecordError, match=r"our-plan\.md.*field 'kind'"):
        read(file(tmp_path, "our-plan.md", text))


def test_front_matter_of_another_program_is_passed_over(tmp_path: Path) -> None:
    document = read(file(tmp_path, "post.md", f"---\ntitle: A post\ntags: [a]\n---\n\n{SENTENCE}\n"))
    assert (document.source.id, document.headed.text) == ("post", SENTENCE)


def test_the_pieces_of_a_document_are_kept_with_it(tmp_path: Path) -> None:
    document = read(file(tmp_path, "a.txt", f"Money\n\n{SENTENCE}"))
    assert [one.shape for one in document.elements] == [Shape.HEADING, Shape.PARAGRAPH]


def refusal(path: Path) -> str:
    with pytest.raises(ReadError) as caught:
        read(path)
    return str(caught.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "a.txt") == f"There is no file {tmp_path / 'a.txt'}. Check the name and the folder."


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert "holds no file that can be read (.docx" in refusal(tmp_path)


@pytest.mark.parametrize("data", [b"", b"  \n\t ", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n"])
def test_an_empty_file_is_refused(tmp_path: Path, data: bytes) -> None:
    message = refusal(file(tmp_path, "a.txt", data))
    assert message.startswith("a.txt ")
    assert "Check that it is the right file." in message


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
@pytest.mark.parametrize("text", ["Search\n", "Share this page\n\nMenu\n"])
def test_a_file_with_nothing_to_search_is_refused(tmp_path: Path, suffix: str, text: str) -> None:
    assert "holds no text to search. Check that it is the right file." in refusal(file(tmp_path, f"a{suffix}", text))


def test_a_file_that_is_too_large_is_refused_with_its_size(tmp_path: Path) -> None:
    path = file(tmp_path, "a.txt", "")
    os.truncate(path, LARGEST + 2**20)
    assert refusal(path) == ("a.txt has 21 MB; the most is 20 MB. Save a smaller copy, without pictures, and add that.")


@pytest.mark.parametrize(
    ("name", "data", "what", "then"),
    [
        ("a.pdf", b"words", "is called a PDF and is not one", "save it as PDF"),
        ("a.docx", b"words", "is called a Word document and is not one", "save it as .docx"),
        ("a.docx", OLE, "password", "without"),
        ("a.doc", OLE, "is in the old Word format", "save it as .docx"),
        ("a.csv", b"a,b\n1,2\n", "is a table of data", "Put what it says into a document"),
        ("a.rtf", rb"{\rtf1\ansi\deff0 {\fonttbl{\f0 Arial;}} The pooled budget.\par}", "is", "Save it as"),
        ("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is not a document that can be read", "Save it as PDF"),
        ("a.txt", b"MZ\x90\0\x03", "is not a document that can be read", "Save it as PDF"),
        ("a.odt", b"PK\x03\x04 not a zip", "is damaged", "Save it again"),
        ("a.txt", bytes(range(128, 256)) * 3, "is not readable as text", "Save it as UTF-8 text"),
        ("a.txt", b"%PDF-1.4 and no more", "is damaged and cannot be read", "Open it"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(
    tmp_path: Path, name: str, data: bytes, what: str, then: str
) -> None:
    message = refusal(file(tmp_path, name, data))
    assert message.startswith(f"{name} ")
    assert what in message
    assert then in message


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    if not hasattr(os, "geteuid") or os.geteuid() == 0:
        pytest.skip("root may read everything, and Windows has no such permissions")
    path = file(tmp_path, "a.txt", SENTENCE)
    path.chmod(0)
    assert "cannot be opened" in refusal(path)


def test_a_very_long_name_gives_an_id_of_lawful_length(tmp_path: Path) -> None:
    assert len(read(file(tmp_path, "word-" * 40 + ".txt", SENTENCE)).source.id) <= 80


def test_a_name_from_another_machine_that_is_no_unicode_is_read(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9 plan.txt")
    try:
        path = file(tmp_path, name, SENTENCE)
    except (OSError, UnicodeError):
        pytest.skip("this file system has no such names")
    source = read(path).source
    assert source.id.endswith("plan")
    assert source.title.encode()
