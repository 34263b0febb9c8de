import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit.export.made import HOSTILE, LIBRARY, checked
from unit.proposal.made import report as made
from unit.ui.tags import Tags

from assistant.export.document import Picture
from assistant.export.references import Bibliography
from assistant.proposal.draft import Span
from assistant.proposal.parts import Report, Treatment, corrected, uncorrected
from ui.render.report import counts, held, introduction, progress, report_page
from ui.render.verdict import Attempt, verdict

DRAWN = Picture(
    b"", '<svg viewBox="0 0 1 1"></svg>', f"Chart of the 22 pitfalls in {HOSTILE}.", "The table says the same."
)


def shown(report: Report, attempt: Attempt | None = None) -> str:
    return report_page(report, LIBRARY, DRAWN, attempt)


def read(report: Report, attempt: Attempt | None = None) -> Tags:
    return Tags(shown(report, attempt))


def touched(file: str, words: str, heading: str) -> Report:
    """A report that quotes these words of a draft."""
    plain = made(file, no_fallback=Treatment.TOUCHED)
    span = Span(words, (words,), heading)
    return replace(plain, verdicts=tuple(replace(one, span=span) if one.span else one for one in plain.verdicts))


def opened(report: Report, attempt: Attempt) -> Tags:
    """The one pitfall of such a report that is not absent."""
    (one,) = [one for one in report.verdicts if one.span]
    return Tags(verdict(one, report, Bibliography(()), attempt))


def part(page: str, pitfall: str) -> str:
    """What the page says of one pitfall."""
    found = re.search(rf'<details class="cg-verdict" id="verdict-{pitfall}".*?(?=<details class="cg-verdict"|$)', page)
    assert found
    return found.group()


def test_all_22_pitfalls_are_there_each_once() -> None:
    ids = [one["id"] for one in read(checked()).of_class("cg-verdict")]
    assert len(ids) == len(set(ids)) == 22


def test_every_number_leads_to_a_reference_on_the_page() -> None:
    page = read(checked(against=True))
    links = [one["href"] or "" for one in page.of_class("cg-mark")]
    assert links
    assert {one.removeprefix("#") for one in links} <= set(page.values("id"))


def test_no_id_stands_twice() -> None:
    ids = read(checked(against=True)).values("id")
    assert len(ids) == len(set(ids))


def test_every_tag_is_closed_in_order() -> None:
    assert read(checked(against=True)).is_well_formed


def test_the_words_of_the_draft_are_shown_and_make_no_markup() -> None:
    page = read(checked(against=True))
    assert HOSTILE in page.text
    assert set(page.names) & {"script", "b"} == set()


@given(st.text(max_size=200), st.text(max_size=80))
def test_no_text_of_a_draft_or_reader_becomes_markup(words: str, name: str) -> None:
    hostile = opened(touched(name, words, name), Attempt("no-fallback", "touched", words, "No."))
    assert hostile.names == opened(touched("a", "b", "c"), Attempt("no-fallback", "touched", "d", "No.")).names
    assert hostile.is_well_formed


def test_a_status_is_told_in_a_word_and_not_by_colour_alone() -> None:
    page = part(shown(made(no_fallback=Treatment.TOUCHED)), "no-fallback")
    assert "Touched" in page.split("</summary>")[0]


def test_the_counts_are_those_of_the_verdicts_that_stand() -> None:
    report = made(no_fallback=Treatment.TOUCHED, add_on=Treatment.ADDRESSED)
    assert counts(report) == "It addresses 1, touches 1 and leaves out 20."
    own = corrected(report, "add-on", Treatment.ABSENT, "It does not.")
    assert counts(own) == "It addresses 0, touches 1 and leaves out 21."


def test_a_correction_stands_beside_our_verdict_with_its_reason() -> None:
    report = corrected(made(no_fallback=Treatment.TOUCHED), "no-fallback", Treatment.ADDRESSED, "See annex 3.")
    page = Tags(part(shown(report), "no-fallback")).text
    assert "Your verdict: addressed. Ours was: touched. Your reason: See annex 3." in page


def test_a_correction_taken_back_leaves_our_verdict() -> None:
    report = made(no_fallback=Treatment.TOUCHED)
    assert uncorrected(corrected(report, "no-fallback", Treatment.ABSENT, "No."), "no-fallback") == report


def test_a_correction_that_could_not_be_taken_is_shown_where_it_was_made_with_what_was_typed() -> None:
    page = part(shown(made(), Attempt("no-fallback", "touched", "", "Say why.")), "no-fallback")
    assert 'role="alert">Say why.' in page
    assert 'value="touched" checked' in page
    assert '<details class="cg-verdict" id="verdict-no-fallback" open>' in page


def test_what_moved_since_the_older_version_is_said_with_its_words() -> None:
    page = read(checked(against=True)).text
    assert "What has changed since older.md" in page
    assert "▼ worse" in page


def test_the_picture_has_words_that_stand_for_it() -> None:
    assert DRAWN.alt in [attributes.get("aria-label") for _, attributes in read(checked()).tags]


def test_progress_says_how_many_sentences_were_read() -> None:
    page = Tags(progress(64, 200))
    assert "64 of 200" in page.text
    assert [attributes["value"] for tag, attributes in page.tags if tag == "progress"] == ["64"]


def test_progress_names_the_older_version_while_it_is_read() -> None:
    assert "older version" in Tags(progress(64, 200, is_older=True)).text


def test_progress_without_an_end_shows_no_bar() -> None:
    assert [tag for tag, _ in Tags(progress(200, 200)).tags if tag == "progress"] == []


@pytest.mark.parametrize("is_older", [False, True])
def test_a_file_that_was_read_is_named_as_it_is_called(is_older: bool) -> None:
    page = Tags(held(HOSTILE, is_older=is_older))
    assert HOSTILE in page.text
    assert page.names == ["p"]


def test_a_model_that_would_get_a_part_of_the_draft_is_named_before_one_is_given() -> None:
    assert "If it runs elsewhere" in Tags(introduction("ollama:llama3.2")).text
    assert "language model" not in Tags(introduction()).text
