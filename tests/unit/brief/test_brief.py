import itertools
import json

import pytest

from assistant.brief.brief import brief
from assistant.brief.document import briefing_document
from assistant.brief.parts import Briefing, Wanted
from assistant.brief.quotes import alike
from assistant.brief.record import briefing_record
from assistant.brief.words import words
from assistant.errors import QuestionError
from assistant.library.arrangements import PartnershipType, arrangements
from assistant.library.catalogue import BINDING, Nation, applies
from assistant.library.holdings import Holding, Library, Origin, shipped_digests
from assistant.library.pitfalls import Stage, pitfalls

LIBRARY = Library(
    {id_: Holding(one.source, one.headed, Origin.SHIPPED) for id_, one in sorted(shipped_digests().items())}
)
STAGES = {one.id: one.stages for one in pitfalls()}
IJB = Wanted(PartnershipType.JOINT_BOARD, Stage.RUNNING, Nation.SCOTLAND)
NATIONS = (Nation.ENGLAND, Nation.SCOTLAND, Nation.WALES, Nation.NORTHERN_IRELAND)
WHOLE = [brief(Wanted(*one), LIBRARY) for one in itertools.product(PartnershipType, Stage, NATIONS)]
each = pytest.mark.parametrize("briefing", WHOLE, ids=lambda one: one.title)


@each
def test_every_statement_is_word_for_word_what_the_library_holds(briefing: Briefing) -> None:
    for one in briefing.citations:
        assert LIBRARY[one.source.id].headed.text[one.start : one.end] == one.quote
    assert [one.text for one in briefing.statements if one.text != one.citations[0].quote] == []


@each
def test_no_other_nation_s_law_is_quoted(briefing: Briefing) -> None:
    nation = briefing.wanted.nation
    assert nation
    binding = [one.source for one in briefing.citations if one.source.kind in BINDING]
    assert [one.id for one in binding if not applies(one.nations, nation)] == []


@each
def test_the_pitfalls_bite_at_the_stage(briefing: Briefing) -> None:
    stage = briefing.wanted.stage
    assert briefing.pitfalls
    assert [one for one in briefing.pitfalls if stage not in STAGES[one]] == []


@each
def test_nothing_is_said_twice_about_the_pitfalls(briefing: Briefing) -> None:
    said = [one.text for section in briefing.sections if section.level == 2 for one in section.statements]
    assert [(one, other) for one, other in itertools.combinations(said, 2) if alike(one, other)] == []


@each
def test_no_sentence_is_quoted_twice(briefing: Briefing) -> None:
    said = [one.text for one in briefing.statements]
    assert [text for text in said if said.count(text) > 1] == []


@each
def test_the_law_says_all_that_was_chosen(briefing: Briefing) -> None:
    wanted = briefing.wanted
    chosen = next(one for one in arrangements() if (one.type, one.nation) == (wanted.type, wanted.nation))
    assert [one.text for one in briefing.sections[0].statements] == [line.text for line in chosen.law]


@each
def test_it_is_two_to_four_pages_long(briefing: Briefing) -> None:
    texts = [text for section in briefing.sections for text in (section.heading, section.text, *section.texts)]
    count = sum(len(text.split()) for text in (*texts, *(one.meaning for one in briefing.glossary)))
    assert 600 <= count <= 1700


def test_the_readers_worries_come_first_and_are_told_their_stage() -> None:
    worried = Wanted(IJB.type, IJB.stage, IJB.nation, ("no-fallback", "not-listening"))
    briefing = brief(worried, LIBRARY)
    assert briefing.pitfalls[:2] == ("no-fallback", "not-listening")
    fallback = next(one for one in briefing.sections if one.heading == "No fallback if it ends")
    assert "bites more at another stage: forming, agreeing and ending" in fallback.text


def test_five_worries_leave_room_for_no_other() -> None:
    five = tuple(list(STAGES)[:5])
    assert brief(Wanted(worries=five), LIBRARY).pitfalls == five


def test_six_worries_are_too_many() -> None:
    with pytest.raises(QuestionError, match="room for 5"):
        brief(Wanted(worries=tuple(list(STAGES)[:6])), LIBRARY)


def test_an_unknown_worry_is_answered_with_near_ones() -> None:
    with pytest.raises(QuestionError, match="no-fallback"):
        brief(Wanted(worries=("no-fallbak",)), LIBRARY)


def test_without_a_nation_each_has_a_line_or_two() -> None:
    law = brief(Wanted(PartnershipType.POOLED_BUDGET), LIBRARY).sections[0]
    names = ["England:", "Scotland:", "Wales:", "Northern Ireland:"]
    assert list(dict.fromkeys(one.part for one in law.statements)) == names
    assert all(1 <= sum(one.part == name for one in law.statements) <= 2 for name in names)


def test_without_a_type_each_has_a_line() -> None:
    law = brief(Wanted(nation=Nation.ENGLAND), LIBRARY).sections[0]
    assert len(law.statements) == len({one.part for one in law.statements}) > 3


def test_with_nothing_said_it_asks_for_nation_and_type() -> None:
    briefing = brief(Wanted(), LIBRARY)
    assert briefing.sections[0].text == words()["law"]["neither"]
    assert not briefing.sections[0].statements
    assert briefing.statements


def test_an_empty_library_quotes_nothing() -> None:
    briefing = brief(IJB, Library({}))
    assert briefing.statements == ()
    assert briefing.pitfalls


def test_the_record_has_its_keys_and_is_json() -> None:
    record = briefing_record(brief(IJB, LIBRARY))
    assert {
        "version",
        "type",
        "stage",
        "nation",
        "pitfalls",
        "title",
        "sections",
        "notes",
        "reading",
        "glossary",
    } <= set(record)
    assert record["type"] == "joint-board"
    assert json.loads(json.dumps(record)) == record


def test_a_document_has_a_reference_for_each_mark() -> None:
    document = briefing_document(brief(IJB, LIBRARY), LIBRARY)
    assert set(document.marks) == {one.number for one in document.references}
