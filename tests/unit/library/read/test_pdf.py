import re
from collections.abc import Callable, Sequence
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import ListFlowable, Paragraph, SimpleDocTemplate

from assistant.errors import ReadError
from assistant.library.read.pdf import read_pdf
from assistant.library.text import Shape

HEADING, PARAGRAPH, ITEM = Shape.HEADING, Shape.PARAGRAPH, Shape.ITEM
SENTENCE = "The pooled budget needs a rule for overspends, agreed in writing."
LOCKED = (
    b"/Encrypt << /Filter /Standard /V 5 /R 6 /Length 256 /P -4 /O <%s> /U <%s> /OE <%s> /UE <%s> /Perms <%s> "
    b"/CF << /StdCF << /CFM /AESV3 /AuthEvent /DocOpen /Length 32 >> >> /StmF /StdCF /StrF /StdCF >>"
) % (b"00" * 48, b"00" * 48, b"00" * 32, b"00" * 32, b"00" * 16)

Line = tuple[float, float, str, str]  # distance from the top, size, font, words


def pdf(*pages: Sequence[Line]) -> bytes:
    out = BytesIO()
    canvas = Canvas(out)
    for lines in pages:
        for down, size, font, words in lines:
            canvas.setFont(font, size)
            canvas.drawString(72, 800 - down, words)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def plain(down: float, words: str) -> Line:
    return (down, 11, "Helvetica", words)


def locked(data: bytes, user: str, owner: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
    writer.encrypt(user, owner, algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def read(data: bytes) -> list[tuple[Shape, str]]:
    return [(one.shape, one.text) for one in read_pdf(data, "a.pdf").elements]


GOOD = pdf([plain(100, SENTENCE)])


def test_larger_letters_make_a_heading() -> None:
    data = pdf([(50, 18, "Helvetica", "Money"), plain(80, SENTENCE)])
    assert read(data) == [(HEADING, "Money"), (PARAGRAPH, SENTENCE)]


def test_a_bold_line_that_stands_alone_is_a_heading() -> None:
    data = pdf([(50, 11, "Helvetica-Bold", "Who decides"), plain(64, SENTENCE)])
    assert read(data) == [(HEADING, "Who decides"), (PARAGRAPH, SENTENCE)]


def test_lines_close_together_are_one_paragraph() -> None:
    data = pdf([plain(50, "The pooled budget needs a rule,"), plain(64, "agreed in writing before it moves.")])
    assert read(data) == [(PARAGRAPH, "The pooled budget needs a rule, agreed in writing before it moves.")]


def test_a_gap_begins_a_new_paragraph() -> None:
    data = pdf([plain(50, SENTENCE), plain(90, "It is renewed each year by all of the partners.")])
    assert read(data) == [(PARAGRAPH, SENTENCE), (PARAGRAPH, "It is renewed each year by all of the partners.")]


def test_a_word_divided_at_the_end_of_a_line_is_one_word() -> None:
    data = pdf([plain(50, "The pooled budget needs an agree-"), plain(64, "ment between the partners.")])
    assert read(data) == [(PARAGRAPH, "The pooled budget needs an agreement between the partners.")]


def test_every_piece_has_its_page() -> None:
    data = pdf([plain(50, SENTENCE)], [plain(50, "It is renewed each year by all of the partners.")])
    assert [one.page for one in read_pdf(data, "a.pdf").elements] == [1, 2]


def test_a_sentence_that_runs_over_a_page_is_one_paragraph() -> None:
    data = pdf(
        [plain(700, "The pooled budget needs a rule")], [plain(50, "that is agreed in writing before it moves.")]
    )
    assert read(data) == [(PARAGRAPH, "The pooled budget needs a rule that is agreed in writing before it moves.")]


def test_heads_and_page_numbers_that_run_through_are_left_out() -> None:
    texts = ["It is agreed in writing.", "It is renewed each year.", "It may be stopped by any partner."]
    pages = [
        [plain(20, f"Joint teams report, part {n}"), plain(100, text), plain(780, f"Page {n} of 3")]
        for n, text in enumerate(texts, 1)
    ]
    assert read(pdf(*pages)) == [(PARAGRAPH, text) for text in texts]


def test_a_number_that_stands_alone_in_a_paragraph_is_kept() -> None:
    lines = ["The pooled budget began in the spring of", "2019", "and it ended two years after that."]
    data = pdf([plain(100 + 14 * n, line) for n, line in enumerate(lines)])
    assert "spring of 2019 and it ended" in " ".join(text for _, text in read(data))


@pytest.fixture
def vera() -> str:
    """A font that has a bullet of its own."""
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    return "Vera"


@pytest.mark.parametrize("mark", ["•", "–", "-", "·"])
def test_bullets_make_items(vera: str, mark: str) -> None:
    lines = [f"{mark} first of the aims,", f"{mark} second of the aims."]
    data = pdf([plain(50, SENTENCE), *((80 + 14 * n, 11, vera, line) for n, line in enumerate(lines))])
    assert read(data)[1:] == [(ITEM, "first of the aims,"), (ITEM, "second of the aims.")]


def test_an_item_keeps_its_second_line(vera: str) -> None:
    lines = ["• first of the aims, which goes", "on to here", "• second of the aims."]
    data = pdf([plain(50, SENTENCE), *((80 + 14 * n, 11, vera, line) for n, line in enumerate(lines))])
    assert read(data)[1:] == [(ITEM, "first of the aims, which goes on to here"), (ITEM, "second of the aims.")]


def test_a_list_as_a_publishing_program_sets_it_makes_items() -> None:
    style = getSampleStyleSheet()["BodyText"]
    items = [Paragraph("first of the aims", style), Paragraph("second of the aims", style)]
    out = BytesIO()
    SimpleDocTemplate(out).build([Paragraph(SENTENCE, style), ListFlowable(items, bulletType="bullet")])
    assert read(out.getvalue()) == [
        (PARAGRAPH, SENTENCE),
        (ITEM, "first of the aims"),
        (ITEM, "second of the aims"),
    ]


def test_letters_joined_in_print_are_read_apart(vera: str) -> None:
    data = pdf([(50, 11, vera, "The ﬁrst of the partners had a ﬂat in the town.")])
    assert read(data) == [(PARAGRAPH, "The first of the partners had a flat in the town.")]


def test_a_pdf_with_a_password_is_refused() -> None:
    with pytest.raises(ReadError, match=r"a\.pdf is locked by a password\. Save a copy without it"):
        read_pdf(locked(GOOD, "secret", "owner"), "a.pdf")


def test_a_pdf_that_anyone_may_open_is_read_though_it_is_encrypted() -> None:
    assert read(locked(GOOD, "", "owner")) == [(PARAGRAPH, SENTENCE)]


def test_a_pdf_with_a_password_of_the_newer_sort_is_refused() -> None:
    data = GOOD.replace(b"/Root", LOCKED + b" /Root")
    with pytest.raises(ReadError, match=r"a\.pdf .*[Ss]ave a copy without"):
        read_pdf(data, "a.pdf")


def test_a_scanned_pdf_is_refused_with_what_to_do() -> None:
    out = BytesIO()
    canvas = Canvas(out)
    canvas.rect(10, 10, 400, 600)
    canvas.save()
    with pytest.raises(ReadError, match=r"a\.pdf holds pictures of text.*OCR"):
        read_pdf(out.getvalue(), "a.pdf")


def test_a_scanned_pdf_with_page_numbers_is_refused_too() -> None:
    with pytest.raises(ReadError, match="OCR"):
        read_pdf(pdf(*([plain(780, f"Page {n}")] for n in range(1, 6))), "a.pdf")


def test_a_pdf_without_pages_is_refused() -> None:
    out = BytesIO()
    PdfWriter().write(out)
    with pytest.raises(ReadError, match=r"a\.pdf"):
        read_pdf(out.getvalue(), "a.pdf")


def test_a_pdf_of_too_many_pages_is_refused_with_the_number() -> None:
    writer = PdfWriter()
    for _ in range(501):
        writer.add_blank_page(10, 10)
    out = BytesIO()
    writer.write(out)
    with pytest.raises(ReadError, match=r"a\.pdf has 501 pages; the most is 500\. Save the part"):
        read_pdf(out.getvalue(), "a.pdf")


def halved(data: bytes) -> bytes:
    return data[: len(data) // 2]


def without_its_filter(data: bytes) -> bytes:
    return data.replace(b"/FlateDecode", b"/NoSuchCode_")


def without_its_pages(data: bytes) -> bytes:
    return re.sub(rb"/Kids \[[^]]*\]", b"/Kids 7", data)


@pytest.mark.parametrize(
    "damage",
    [
        halved,
        without_its_filter,
        without_its_pages,
        lambda data: data[:20],
        lambda data: data[:-100],
        lambda data: b"%PDF-1.7",
        lambda data: b"%PDF-1.4\n" + bytes(range(256)) * 20,
    ],
    ids=["halved", "no filter", "no pages", "its first bytes", "no end", "its name alone", "garbage"],
)
def test_a_damaged_pdf_is_refused_with_what_to_do(damage: Callable[[bytes], bytes]) -> None:
    assert damage(GOOD) != GOOD
    with pytest.raises(ReadError, match=r"a\.pdf (?:is damaged and cannot be read\. Open it|holds pictures)"):
        read_pdf(damage(GOOD), "a.pdf")
