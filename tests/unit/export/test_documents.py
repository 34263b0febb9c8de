"""What the documents of answers, conversations and checks hold, whatever their form."""

from dataclasses import replace

import pytest
from unit.answer.made import answer, library
from unit.export.made import (
    ANSWER,
    CHANGED,
    GROUPS,
    HOSTILE,
    LIBRARY,
    MADE,
    NOT_FOUND,
    ORIGINAL,
    OWN,
    TALK,
    TEAMS,
    checked,
)

from assistant import __version__
from assistant.export import about, answer_document, check_document, conversation_document, register_document
from assistant.export.document import Cell, Document, Heading, Line, Picture, Reference, Style, Table, Text
from assistant.export.references import library_date
from assistant.proposal.parts import Treatment


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Heading | Line | Text)]


def reference(document: Document, title: str) -> Reference:
    return next(one for one in document.references if title in one.title)


def test_a_statement_without_a_reference_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="needs a reference"):
        Line("One desk.", ())


def test_a_mark_without_its_reference_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="no reference 1"):
        Document("A title", (Line("One desk.", (1,)),))


def test_a_mark_in_a_table_without_its_reference_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="no reference 2"):
        Document("A title", (Table("Rows", ("One",), ((Cell("x", (2,)),),)),))


def test_a_row_of_another_length_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="as many cells"):
        Table("Rows", ("One", "Two"), ((Cell("x"),),))


def test_a_heading_has_a_level_that_every_form_has() -> None:
    with pytest.raises(ValueError, match="level from 1 to 4"):
        Heading("Deep", 5)


def test_an_answer_has_its_question_its_parts_and_its_statements() -> None:
    document = answer_document(ANSWER, LIBRARY)
    assert document.title == HOSTILE
    assert [one.text for one in document.blocks if isinstance(one, Heading)][:2] == ["In short", "What to do now"]
    lines = [(one.text, one.numbers) for one in document.blocks if isinstance(one, Line)]
    assert lines == [(one.text, (number,)) for number, one in enumerate(ANSWER.statements, 1)]


def test_a_conversation_has_one_list_of_references_and_a_section_one_number() -> None:
    document = conversation_document(TALK, LIBRARY)
    assert [one.text for one in document.blocks if isinstance(one, Heading) and one.level == 1] == [
        f"1. {HOSTILE}",
        "2. And who pays?",
        "3. When does the pool open?",
    ]
    numbers = [one.numbers for one in document.blocks if isinstance(one, Line)]
    assert numbers == [(1,), (2,), (3,), (4,), (1,)]


def test_one_turn_is_an_answer() -> None:
    assert conversation_document([ANSWER], LIBRARY) == answer_document(ANSWER, LIBRARY)


def test_no_turn_is_no_conversation() -> None:
    with pytest.raises(ValueError, match="has a turn"):
        conversation_document([], LIBRARY)


def test_what_is_nearest_is_told_with_its_source() -> None:
    document = answer_document(NOT_FOUND, LIBRARY)
    assert "The library does not say." in texts(document)
    (near,) = [one for one in document.blocks if isinstance(one, Text) and one.numbers]
    assert (near.text, near.numbers) == ("About own-file: Only part", (1,))


def test_a_reference_is_harvard_with_who_speaks_date_nation_and_digest() -> None:
    one = answer_document(ANSWER, LIBRARY).references[0]
    assert (one.before, one.title) == ("Ann Onymous and OPM (2013) ", HOSTILE)
    assert one.after == ". OPM. Section: ‘On desks’."
    assert one.details == (
        "Who is speaking: sponsored article.",
        "Interest: Sponsored by a firm.",
        "Date: 12 November 2013.",
        "On its date and address: The day is inferred.",
        "Nation: England.",
        "Text: our digest, last checked 20 November 2026.",
    )


def test_a_later_reference_to_a_source_says_the_same_in_short() -> None:
    details = answer_document(ANSWER, LIBRARY).references[1].details
    assert details[-1] == "More on this source at [1]."
    assert {"Who is speaking: sponsored article.", "Date: 12 November 2013.", "Nation: England."} <= set(details)


def test_an_original_says_so_and_what_is_not_known_is_said() -> None:
    document = answer_document(answer(ORIGINAL), LIBRARY)
    (one,) = document.references
    assert "Text: the original, as it was added to this library." in one.details
    assert {"Date: not known.", "Nation: not said."} <= set(one.details)
    assert one.before == "(no date) "
    assert one.after.endswith("We hold no address for it.")


def test_what_has_changed_since_is_told_with_the_source_of_the_change() -> None:
    document = answer_document(answer(CHANGED), LIBRARY)
    (changed,) = [one for one in document.references[0].details if one.startswith("Changed since: ")]
    assert "integrated care boards" in changed.lower()
    assert "[2]" in changed
    assert len(document.references) >= 2


def test_a_source_that_was_replaced_says_so() -> None:
    details = answer_document(answer(CHANGED), LIBRARY).references[0].details
    assert "Standing: replaced by something newer (replaced by a newer page)." in details


def test_words_that_were_put_otherwise_stand_with_their_reference() -> None:
    reworded = replace(ANSWER.statements[0], text="A shared desk is no team.")
    document = answer_document(answer(reworded), LIBRARY)
    assert "Words relied on: “One desk does not make one team.”." in document.references[0].details


def test_many_authors_are_the_first_and_others() -> None:
    source = TEAMS.source.model_copy(update={"authors": ("A", "B", "C", "D"), "url": None})
    cited = replace(ANSWER.statements[0].citations[0], source=source)
    document = answer_document(answer(replace(ANSWER.statements[0], citations=(cited,))), LIBRARY)
    assert document.references[0].before == "A et al. (2013) "


def test_a_note_leads_to_its_sources_and_digests_are_told_with_the_references() -> None:
    document = answer_document(ANSWER, LIBRARY)
    notes = [one for one in document.blocks if isinstance(one, Text) and one.style is Style.NOTE]
    assert [(one.text, one.numbers) for one in notes] == [("A firm paid for it.", (1,))]


def test_what_made_it_and_the_date_of_the_library_are_told() -> None:
    assert answer_document(ANSWER, LIBRARY, made=MADE).about == (
        f"Made with Common Ground {__version__} on 25 November 2026.",
        "The facts in its library were last checked on 22 November 2026.",
    )


def test_the_date_of_a_library_is_the_latest_day_on_which_a_fact_was_checked() -> None:
    assert library_date(library(TEAMS, GROUPS)) == "2026-11-22"
    assert library_date(library(OWN)) == ""
    assert "none of the sources that ship" in about(library(OWN))[1]


def test_a_check_has_a_picture_a_table_of_all_and_a_register_of_all() -> None:
    document = check_document(checked(), LIBRARY)
    assert sum(isinstance(one, Picture) for one in document.blocks) == 1
    tables = [one for one in document.blocks if isinstance(one, Table)]
    assert [len(one.rows) for one in tables] == [22, 22]
    assert [one.wide for one in tables] == [False, True]


def test_a_check_has_each_pitfall_with_the_verdict_that_stands_and_ours_beside_it() -> None:
    document = check_document(checked(), LIBRARY)
    headings = [one.text for one in document.blocks if isinstance(one, Heading) and one.level == 2]
    assert len(headings) == 22
    assert "No fallback if it ends: absent" in headings
    assert any("Our own verdict was: touched. The reader’s reason: Only a notice" in text for text in texts(document))
    assert "It addresses 1, touches 0 and leaves out 21." in document.intro


def test_a_criterion_and_a_question_have_the_sources_that_they_rest_on() -> None:
    report = checked()
    document = check_document(report, LIBRARY)
    wanted = {text for one in report.verdicts for text in one.missing}
    shown = [one for one in document.blocks if isinstance(one, Text) and one.text in wanted]
    assert len(shown) >= len(wanted)
    assert all(one.numbers for one in shown)


def test_a_comparison_tells_what_moved_the_worse_first() -> None:
    document = check_document(checked(against=True), LIBRARY)
    (table,) = [one for one in document.blocks if isinstance(one, Table) and one.header[1] == "Before"]
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["No fallback if it ends", "● Addressed", "○ Absent", "▼ worse"],
        ["Unclear who decides", "○ Absent", "● Addressed", "▲ better"],
    ]
    assert "“On no-fallback.”" in texts(document)


def test_a_comparison_without_a_change_says_so() -> None:
    report = replace(checked(), against="older.md")
    assert "No verdict has changed since older.md." in texts(check_document(report, LIBRARY))


def test_the_register_alone_is_a_document_with_its_references() -> None:
    document = register_document(checked(), LIBRARY)
    (table,) = document.blocks
    assert isinstance(table, Table)
    assert all(row[4].text == "" for row in table.rows)
    assert all(row[5].numbers for row in table.rows)


def test_the_statements_of_a_check_keep_the_numbers_of_the_report() -> None:
    document = check_document(checked(), LIBRARY)
    for one in document.references[:2]:
        assert one.title == HOSTILE
    assert Treatment.ABSENT.value in document.blocks[-1].rows[1][1].text.lower()  # type: ignore[union-attr]
