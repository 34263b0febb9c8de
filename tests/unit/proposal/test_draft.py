"""Reading a draft into the spans that a verdict may quote."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import ReadError
from assistant.proposal.draft import LONGEST, Proposal, is_verbatim, read_draft, read_pasted


def draft(folder: Path, text: str, name: str = "draft.md") -> Proposal:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_draft(path)


def test_a_sentence_is_a_span_under_its_heading(tmp_path: Path) -> None:
    (span,) = draft(tmp_path, "# Plan\n\n## Ending\n\nEither partner may leave on six months’ notice.\n").spans
    assert span.text == "Either partner may leave on six months’ notice."
    assert span.heading == "Ending"


def test_two_short_sentences_are_a_span_together(tmp_path: Path) -> None:
    found = draft(tmp_path, "# Plan\n\nThe council needs beds. The trust needs staff.\n").spans
    assert [span.text for span in found] == [
        "The council needs beds.",
        "The trust needs staff.",
        "The council needs beds. The trust needs staff.",
    ]
    assert found[2].sentences == ("The council needs beds.", "The trust needs staff.")


def test_a_span_stays_inside_its_paragraph(tmp_path: Path) -> None:
    found = draft(tmp_path, "# Plan\n\nThe council needs beds.\n\nThe trust needs staff.\n").spans
    assert [span.text for span in found] == ["The council needs beds.", "The trust needs staff."]


def test_a_row_is_judged_whole_and_quoted_by_the_cell(tmp_path: Path) -> None:
    table = "# Plan\n\n| a | b |\n|---|---|\n| New package | decided by the team lead in two days |\n"
    spans = [span for span in draft(tmp_path, table).spans if "New package" in span.judged]
    assert spans[0].text == "decided by the team lead in two days"
    assert spans[0].judged == "New package | decided by the team lead in two days"


def test_a_heading_alone_is_no_span(tmp_path: Path) -> None:
    found = draft(tmp_path, "# Plan\n\n## Exit plan\n\n## Money\n\nThe grant ends in 2027, as agreed.\n").spans
    assert not any("Exit plan" in span.text for span in found)


def test_the_number_of_a_clause_is_left_out(tmp_path: Path) -> None:
    found = draft(tmp_path, "TERMS\n\n5.1 Each side has one vote on the joint committee.\n", "draft.txt").spans
    assert found[0].text == "Each side has one vote on the joint committee."


def test_a_long_sentence_is_cut_after_a_clause(tmp_path: Path) -> None:
    long = "The council pays for the beds, " + ", ".join(f"for ward {number} and its nurses" for number in range(20))
    found = draft(tmp_path, f"# Plan\n\n{long}.\n").spans
    assert len(found) > 1
    assert all(len(span.text.split()) <= LONGEST for span in found)
    assert found[0].text.endswith(",")


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=200), max_size=6))
def test_every_span_is_verbatim_and_short(paragraphs: list[str]) -> None:
    found = read_pasted("Plan\n\n" + "\n\n".join(["The partners share one budget.", *paragraphs]), "draft")
    for span in found.spans:
        assert is_verbatim(span.text, found.text)
        assert len(span.text.split()) <= LONGEST


def test_a_paste_of_a_whole_shelf_is_refused_with_what_to_do() -> None:
    with pytest.raises(ReadError, match=r"longer than 1,000,000 characters\. Save it as a file"):
        read_pasted("The partners share one budget. " * 40_000, "Your draft")


def test_a_draft_in_welsh_is_refused_with_what_to_do(tmp_path: Path) -> None:
    welsh = "Mae’r bwrdd yn gyfrifol am y gwasanaeth, ac mae’r cyngor yn gyfrifol am ofal. Bydd y cynllun yn dechrau."
    with pytest.raises(ReadError, match=r"in Welsh.*English version"):
        draft(tmp_path, f"# Cynllun\n\n{welsh}\n")


def test_welsh_names_in_an_english_draft_are_no_welsh_draft(tmp_path: Path) -> None:
    found = draft(tmp_path, "# Plan\n\nBwrdd Iechyd Prifysgol and the council will share the beds and the money.\n")
    assert found.spans


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("empty.docx", b"", "is empty"),
        ("sheet.csv", b"a,b\n1,2\n", "table of data"),
        ("scan.pdf", b"%PDF-1.4 nothing in it", "damaged"),
        ("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\0", "not a document"),
    ],
)
def test_what_is_no_draft_is_refused_with_what_to_do(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ReadError, match=message):
        read_draft(path)


def test_pasted_text_is_read_with_its_headings() -> None:
    marked = read_pasted("# Money\n\nThe pool manager decides on spending below £100,000.", "pasted text")
    bare = read_pasted("Money\n\nThe pool manager decides on spending below £100,000.", "pasted text")
    assert [one.spans[0].heading for one in (marked, bare)] == ["Money", "Money"]


def test_nothing_pasted_is_an_error_that_says_what_to_do() -> None:
    with pytest.raises(ReadError, match="Paste the words"):
        read_pasted(" \n", "pasted text")
