import pytest
from unit.answer.made import citation, holding, statement

from assistant.answer.notes import notes_for, speaker
from assistant.answer.parts import Note, NoteKind, Statement
from assistant.library.catalogue import Kind, Nation, Standing
from assistant.library.differences import Difference, differences
from assistant.library.holdings import Origin

WORDS = "One desk does not make one team."


def said(id_: str = "joint-teams", *, origin: Origin = Origin.SHIPPED, **fields: object) -> Statement:
    one = holding(id_, {"desks": [f"point: {WORDS}"]}, origin=origin, **({"text": "original"} | fields))
    return statement(citation(one, WORDS))


def told(*statements: Statement, question: str = "Who decides?", nation: str | None = None) -> tuple[Note, ...]:
    return notes_for(statements, question, Nation(nation) if nation else None)


def notes(
    kind: NoteKind, *statements: Statement, question: str = "Who decides?", nation: str | None = None
) -> list[Note]:
    return [one for one in told(*statements, question=question, nation=nation) if one.kind is kind]


def test_nothing_said_needs_no_note() -> None:
    assert told() == ()
    assert told(nation="scotland") == ()


def test_an_original_in_force_by_nobody_in_particular_needs_no_note() -> None:
    assert told(said(status="in-force"), nation="england") == ()


def test_a_digest_is_said_to_be_our_words() -> None:
    (note,) = notes(NoteKind.OUR_WORDS, said(text="digest", title="Joint teams"))
    assert "Joint teams" in note.text
    assert note.sources == ("joint-teams",)


def test_several_digests_share_one_note() -> None:
    (note,) = notes(NoteKind.OUR_WORDS, said("first-one", text="digest"), said("second-one", text="digest"))
    assert note.sources == ("first-one", "second-one")


def test_a_readers_own_digest_is_not_ours() -> None:
    assert notes(NoteKind.OUR_WORDS, said(text="digest", origin=Origin.ADDED)) == []


def test_an_interest_is_told_with_the_sources_title() -> None:
    (note,) = notes(NoteKind.WHO_IS_SPEAKING, said(title="Joint teams", interest="sponsored by a software firm"))
    assert "Joint teams" in note.text
    assert "ponsored by a software firm" in note.text
    assert note.sources == ("joint-teams",)


def test_an_opinion_is_told_with_its_authors() -> None:
    (note,) = notes(NoteKind.WHO_IS_SPEAKING, said(kind="opinion", authors=("Ann Bee", "Cy Dee")))
    assert "Ann Bee and Cy Dee" in note.text


@pytest.mark.parametrize(("fields", "name"), [({"publisher": "OPM"}, "OPM"), ({}, "author")])
def test_an_opinion_without_authors_names_who_there_is(fields: dict[str, str], name: str) -> None:
    (note,) = notes(NoteKind.WHO_IS_SPEAKING, said(kind="opinion", **fields))
    assert name in note.text


def everyone(*statements: Statement) -> list[str]:
    """The notes on who is speaking, where the reader asked for all of them."""
    found = notes_for(statements, "Who said that?", None, everyone=True)
    return [one.text for one in found if one.kind is NoteKind.WHO_IS_SPEAKING]


def test_nobody_is_told_of_who_only_states_lessons_or_law_unless_asked() -> None:
    law = said("care-act", kind="legislation", publisher="Parliament", published="2014")
    assert notes(NoteKind.WHO_IS_SPEAKING, law, said(authors=("Ann Bee",))) == []


def test_where_asked_who_is_speaking_is_told_of_every_source_once() -> None:
    law = said("care-act", title="Care Act", kind="legislation", publisher="Parliament", published="2014")
    article = said(title="Joint teams", authors=("Ann Bee", "Cy Dee"), publisher="OPM", published="2012-05")
    first, second = everyone(law, article, law)
    assert [words in first for words in ("Care Act", "law", "Parliament", "2014")] == [True] * 4
    assert [words in second for words in ("Joint teams", "article", "Ann Bee and Cy Dee", "2012-05")] == [True] * 4


def test_where_asked_a_source_without_a_date_or_a_name_is_told_without() -> None:
    (note,) = everyone(said(title="Joint teams"))
    assert "an author who is not named" in note
    assert "Date" not in note
    assert "None" not in note


def test_where_asked_an_interest_and_an_opinion_are_told_as_ever() -> None:
    sponsored = said("sold-source", interest="sponsored by a software firm")
    opinion = said(kind="opinion", authors=("Ann Bee",))
    as_ever = [one.text for one in notes(NoteKind.WHO_IS_SPEAKING, sponsored, opinion)]
    assert everyone(sponsored, opinion) == as_ever
    assert len(as_ever) == 2


@pytest.mark.parametrize("status", [Standing.SUPERSEDED, Standing.PROPOSED])
def test_a_source_that_is_not_in_force_is_told(status: Standing) -> None:
    (note,) = notes(
        NoteKind.NOT_IN_FORCE, said(title="The old guidance", status=status, status_note="See the new one.")
    )
    assert "The old guidance" in note.text
    assert "See the new one." in note.text
    assert note.sources == ("joint-teams",)


@pytest.mark.parametrize("status", [Standing.IN_FORCE, None])
def test_a_source_that_holds_is_not_said_to_be_out_of_force(status: Standing | None) -> None:
    assert notes(NoteKind.NOT_IN_FORCE, said(status=status)) == []


def test_another_nations_law_is_told_with_both_nations() -> None:
    (note,) = notes(NoteKind.OTHER_NATION, said(nations=("scotland",)), nation="wales")
    assert "Scotland" in note.text
    assert "Wales" in note.text
    assert note.sources == ("joint-teams",)


@pytest.mark.parametrize("nations", [("england",), ("england", "wales"), ("uk",), ("international",), ()])
def test_a_source_that_speaks_of_the_readers_nation_or_of_all_needs_no_note(nations: tuple[str, ...]) -> None:
    assert notes(NoteKind.OTHER_NATION, said(nations=nations), nation="england") == []


def test_a_reader_who_does_not_say_where_gets_no_note_on_nations() -> None:
    assert notes(NoteKind.OTHER_NATION, said(nations=("scotland",)), nation=None) == []


@pytest.mark.parametrize("nation", [one for one in Nation if one not in {Nation.UK, Nation.INTERNATIONAL}])
def test_every_nation_has_a_name_for_its_note(nation: Nation) -> None:
    other = "scotland" if nation is not Nation.SCOTLAND else "wales"
    assert notes(NoteKind.OTHER_NATION, said(nations=(nation,)), nation=other)
    assert notes(NoteKind.OTHER_NATION, said(nations=(other,)), nation=nation)


def test_a_source_cited_twice_is_noted_once() -> None:
    twice = [said(interest="sponsored by a firm", text="digest")] * 2
    assert len(notes(NoteKind.WHO_IS_SPEAKING, *twice)) == 1
    assert notes(NoteKind.OUR_WORDS, *twice)[0].sources == ("joint-teams",)


def test_text_in_a_record_that_looks_like_a_gap_to_fill_is_only_text() -> None:
    (note,) = notes(NoteKind.WHO_IS_SPEAKING, said(title="Sets {a} and {0}", interest="paid by {nobody}"))
    assert "Sets {a} and {0}" in note.text
    assert "{nobody}" in note.text


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_source_has_a_speaker(kind: Kind) -> None:
    assert speaker(said(kind=kind).citations[0].source)


def test_a_bill_is_not_called_law() -> None:
    bill = said(kind=Kind.LEGISLATION, status=Standing.PROPOSED).citations[0].source
    assert speaker(bill) == "proposed law"
    assert speaker(said(kind=Kind.LEGISLATION).citations[0].source) == "law"


def test_a_sponsored_article_is_called_so() -> None:
    sponsored = said(interest="Sponsored by a software firm").citations[0].source
    assert "sponsored" in speaker(sponsored)
    assert "sponsored" not in speaker(said().citations[0].source)


CCG = "The clinical commissioning group sets the budget with the council."


def of_england(words: str, published: str | None, origin: Origin = Origin.SHIPPED) -> Statement:
    one = holding("old-source", {"money": [f"point: {words}"]}, published=published, text="original", origin=origin)
    return statement(citation(one, words))


def test_a_body_in_an_old_source_that_was_replaced_is_told_with_what_came_of_it() -> None:
    (note,) = notes(NoteKind.CHANGED, of_england(CCG, "2013"))
    assert "clinical commissioning group" in note.text.lower()
    assert "integrated care board" in note.text.lower()


def test_a_source_written_after_the_change_needs_no_note() -> None:
    assert notes(NoteKind.CHANGED, of_england(CCG, "2024-01")) == []


def test_a_body_that_the_question_names_is_told_whatever_is_cited() -> None:
    assert len(notes(NoteKind.CHANGED, said(), question="What does the clinical commissioning group decide?")) == 1


def test_a_body_that_is_named_twice_is_told_once() -> None:
    question = "What does the clinical commissioning group decide?"
    assert len(notes(NoteKind.CHANGED, of_england(CCG, "2013"), of_england(CCG, "2013"), question=question)) == 1


def test_an_english_body_is_not_told_of_a_welsh_source() -> None:
    one = holding("welsh-source", {"money": [f"point: {CCG}"]}, nations=("wales",), published="2013", text="original")
    assert notes(NoteKind.CHANGED, statement(citation(one, CCG)), nation="wales") == []


def cited_at(place: str) -> Statement:
    id_, anchor = place.split("#")
    one = holding(id_, {anchor: [f"point: {WORDS}"]}, text="original", status="in-force")
    return statement(citation(one, WORDS))


@pytest.mark.parametrize("difference", differences(), ids=lambda one: one.id)
def test_sources_that_differ_are_told_where_two_sides_are_cited(difference: Difference) -> None:
    first, second, *_ = (side[0] for side in difference.sides)
    told = notes(NoteKind.SOURCES_DIFFER, cited_at(first), cited_at(second))
    assert difference.text in {note.text for note in told}
    (note,) = (note for note in told if note.text == difference.text)
    assert {first.split("#")[0], second.split("#")[0]} <= set(note.sources)


@pytest.mark.parametrize("difference", differences(), ids=lambda one: one.id)
def test_one_side_alone_is_no_difference(difference: Difference) -> None:
    first, *_ = (side[0] for side in difference.sides)
    assert difference.text not in {note.text for note in notes(NoteKind.SOURCES_DIFFER, cited_at(first))}
