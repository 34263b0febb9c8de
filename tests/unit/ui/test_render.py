import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit.answer.made import answer, citation, holding, library, plain, statement
from unit.ui.tags import Tags

from assistant.answer.condense import About
from assistant.answer.evidence import heading
from assistant.answer.parts import Answer, Citation, Near, Note, NoteKind, Reply, Statement, Status
from assistant.export.words import day
from assistant.library.catalogue import Source
from assistant.library.holdings import Holding, Library, Origin
from ui.render.answer import conversation, working
from ui.render.cards import sources
from ui.render.passage import in_section
from ui.render.words import notice

TEAMS = holding(
    "joint-teams",
    {
        "desks": ["point: One desk does not make one team.", "do: Agree one rota for nurses and social workers."],
        "money": ["do: Agree a rule for overspends."],
    },
    title="Joint teams",
    authors=("Ann Bee", "Cy Dee"),
    publisher="OPM",
    published="2013-11-12",
    url="https://example.org/teams?a=1&b=2",
)
OWN = plain("own-file", ["The first paragraph of the file.", "The second paragraph of the file."], title="My own file")
LIBRARY = library(TEAMS, OWN)
DESK = citation(TEAMS, "One desk does not make one team.")
ROTA = citation(TEAMS, "Agree one rota for nurses and social workers.")
MONEY = citation(TEAMS, "Agree a rule for overspends.", 2)
ANSWERED = answer(statement(DESK), statement(MONEY, part="What to do now"), question="Who decides?")


def marked(page: str) -> list[str]:
    return re.findall(r"<mark>(.*?)</mark>", page, re.DOTALL)


def card_ids(page: str) -> list[str | None]:
    return [one["id"] for one in Tags(page).of_class("cg-card")]


def cards(*answers: Answer, held: Library = LIBRARY) -> str:
    return sources(answers, held)


def talk(*answers: Answer, held: Library = LIBRARY, asking: str = "") -> str:
    return conversation(answers, held, asking=asking)


# The conversation


def test_before_anything_is_asked_the_log_stands_there_empty_and_waits() -> None:
    page = Tags(talk())
    assert page.text == ""
    assert [one["aria-busy"] for one in page.of_class("cg-log")] == ["false"]


def test_a_turn_shows_the_question_the_parts_and_the_statements_in_order() -> None:
    text = Tags(talk(ANSWERED)).text
    places = [text.index(words) for words in ("Who decides?", "In short", DESK.quote, "What to do now", MONEY.quote)]
    assert places == sorted(places)


def test_a_heading_stands_once_over_its_statements() -> None:
    page = talk(answer(statement(DESK), statement(ROTA)))
    assert Tags(page).text.count("In short") == 1


def test_the_newest_turn_is_last() -> None:
    text = Tags(talk(ANSWERED, replace(ANSWERED, question="And who pays?"))).text
    assert text.index("Who decides?") < text.index("And who pays?")


def test_while_a_question_is_worked_on_the_log_is_busy() -> None:
    page = Tags(talk(ANSWERED, asking="And who pays?"))
    assert "And who pays?" in page.text
    assert page.of_class("cg-log")[0]["aria-busy"] == "true"


@pytest.mark.parametrize("step", ["", "Looking in <the> library"])
def test_the_step_under_way_is_a_status_that_is_there_before_it_says_anything(step: str) -> None:
    page = Tags(working(step))
    assert page.text == step
    assert page.values("role") == ["status"]


def test_an_answer_that_is_whole_is_not_busy() -> None:
    assert Tags(talk(ANSWERED)).of_class("cg-log")[0]["aria-busy"] == "false"


def test_a_reply_is_shown_line_by_line() -> None:
    page = Tags(talk(answer(status=Status.REPLIED, reply=Reply("x", "One.\nTwo."))))
    assert "One." in page.text
    assert [tag for tag, _ in page.tags].count("br") == 1


def test_what_is_not_found_shows_the_reply_and_the_nearest() -> None:
    near = Near("joint-teams", "desks", "Joint teams", "On desks", 0.5)
    text = Tags(talk(answer(status=Status.NOT_FOUND, reply=Reply("x", "Not held."), nearest=(near,)))).text
    assert "Not held." in text
    assert "Joint teams" in text
    assert "On desks" in text


def test_the_notes_are_shown_once_the_answer_is_whole() -> None:
    noted = replace(ANSWERED, notes=(Note(NoteKind.OUR_WORDS, "Our own words."),))
    assert "Our own words." in Tags(talk(noted)).text


@pytest.mark.parametrize("kind", list(NoteKind))
def test_what_concerns_the_answer_itself_is_told_in_the_open(kind: NoteKind) -> None:
    page = talk(replace(ANSWERED, notes=(Note(kind, "Mind this."),)))
    is_open = kind in {NoteKind.SAFETY, NoteKind.PARTIAL, NoteKind.PERSONAL_DETAILS, NoteKind.ENGINE}
    assert ("About these sources" in page) is not is_open
    assert Tags(page).text.count("Mind this.") == 1


@pytest.mark.parametrize("text", ["", "Stop <b>here</b>."])
def test_a_notice_is_an_alert_or_nothing(text: str) -> None:
    page = Tags(notice(text))
    assert page.text == text
    assert page.values("role") == (["alert"] if text else [])


# Numbers and cards


def test_a_statement_carries_the_number_of_each_of_its_sections_once() -> None:
    page = Tags(talk(answer(statement(MONEY, DESK, ROTA))))
    assert [one["href"] for one in page.of_class("cg-mark")] == ["#source-1-1", "#source-1-2"]


def test_a_number_says_which_source_and_section_it_leads_to() -> None:
    (label,) = [one["aria-label"] for one in Tags(talk(answer(statement(DESK)))).of_class("cg-mark")]
    assert label is not None
    assert "Joint teams" in label
    assert "On desks" in label


def test_every_number_of_every_turn_leads_to_a_card() -> None:
    turns = [ANSWERED, answer(status=Status.REPLIED), answer(statement(MONEY), statement(ROTA, MONEY))]
    links = {one["href"] for one in Tags(talk(*turns)).of_class("cg-mark")}
    ids = card_ids(cards(*turns))
    assert links == {f"#{id_}" for id_ in ids}
    assert len(ids) == len(set(ids)) == 4


def test_without_a_citation_there_are_no_cards_but_a_word_about_them() -> None:
    for page in (cards(), cards(answer(status=Status.REPLIED))):
        assert not Tags(page).of_class("cg-card")
        assert "Sources" in Tags(page).text


def test_the_newest_answers_cards_come_first_and_are_open() -> None:
    page = cards(ANSWERED, answer(statement(citation(OWN, "The first paragraph of the file."))))
    groups = Tags(page).of_class("cg-cards")
    assert ["open" in one for one in groups] == [True, False]
    assert page.index("source-2-1") < page.index("source-1-1")


def test_a_card_says_who_wrote_it_when_and_where_it_is() -> None:
    page = Tags(cards(ANSWERED))
    assert all(
        words in page.text for words in ("Joint teams", "Ann Bee", "Cy Dee", "OPM", "12 November 2013", "On desks")
    )
    assert next(one["href"] for one in page.of_class("cg-original")) == "https://example.org/teams?a=1&b=2"


def test_an_original_opens_apart_and_tells_it_nothing() -> None:
    link = Tags(cards(ANSWERED)).of_class("cg-original")[0]
    assert link["target"] == "_blank"
    assert {"noopener", "noreferrer"} <= set((link["rel"] or "").split())


def test_a_source_without_an_address_has_no_link() -> None:
    page = Tags(cards(answer(statement(citation(OWN, "The first paragraph of the file.")))))
    assert page.of_class("cg-original") == []


def test_a_digest_and_an_original_are_told_apart() -> None:
    assert "digest" in Tags(cards(ANSWERED)).text
    own = Tags(cards(answer(statement(citation(OWN, "The first paragraph of the file."))))).text
    assert "digest" not in own
    assert "original" in own


@pytest.mark.parametrize(
    ("date", "written"),
    [("2013-11-12", "12 November 2013"), ("2013-05", "May 2013"), ("2013", "2013"), ("2013-12-01", "1 December 2013")],
)
def test_a_date_is_written_as_people_write_it(date: str, written: str) -> None:
    assert day(date) == written


def test_a_source_without_a_date_says_so() -> None:
    assert "no date" in Tags(cards(answer(statement(citation(OWN, "The first paragraph of the file."))))).text


def test_a_card_leads_back_to_the_first_mark_of_its_number() -> None:
    turns = (ANSWERED, answer(statement(MONEY), statement(ROTA, MONEY)))
    back = {one["href"] for one in Tags(cards(*turns)).of_class("cg-back")}
    ids = [one["id"] for one in Tags(talk(*turns)).of_class("cg-mark") if "id" in one]
    assert back == {f"#{id_}" for id_ in ids}
    assert len(ids) == len(set(ids)) == 4


def test_a_card_has_its_reference_to_copy() -> None:
    (copy,) = [one["data-copy"] for one in Tags(cards(answer(statement(DESK)))).of_class("cg-copy")]
    assert copy is not None
    assert copy.startswith("Ann Bee and Cy Dee (2013) Joint teams. OPM. Section: ‘On desks’.")
    assert copy.endswith("https://example.org/teams?a=1&b=2")


def test_a_readers_own_file_says_that_it_is_theirs() -> None:
    own = replace(OWN, source=OWN.source.model_copy(update={"licence": "Not known: the file is a reader's own."}))
    page = cards(answer(statement(citation(own, "The first paragraph of the file."))), held=library(own))
    assert "your own file" in Tags(page).text


def test_a_card_tells_the_notes_on_its_own_source_and_no_other() -> None:
    notes = (Note(NoteKind.OTHER_NATION, "Mind the nation.", ("joint-teams",)), Note(NoteKind.PARTIAL, "In part."))
    page = cards(
        replace(answer(statement(DESK), statement(citation(OWN, "The first paragraph of the file.", 2))), notes=notes)
    )
    assert page.count("Mind the nation.") == 1
    assert "In part." not in page


def test_a_card_says_what_became_of_a_fund_that_the_cited_words_name() -> None:
    old = holding("old-plan", {"money": ["do: Pool the Integration Transformation Fund with care."]}, published="2012")
    text = "Pool the Integration Transformation Fund with care."
    page = Tags(cards(answer(statement(citation(old, text))), held=library(old)))
    assert "Better Care Fund" in page.text


@pytest.mark.parametrize("held", [library(), library(holding("joint-teams", {"desks": ["point: Other words now."]}))])
def test_a_source_that_was_removed_or_changed_since_still_shows_the_words_that_were_cited(held: Library) -> None:
    assert marked(cards(answer(statement(DESK)), held=held)) == [DESK.quote]


def test_an_answer_can_be_copied_with_its_references() -> None:
    (text,) = [one["data-copy"] for one in Tags(talk(ANSWERED)).of_class("cg-copy")]
    assert text is not None
    lines = text.splitlines()
    assert lines[:4] == ["Who decides?", "", "In short", f"{DESK.quote} [1]"]
    assert lines[-2].startswith("[1] Ann Bee and Cy Dee (2013) Joint teams.")
    assert lines[-1].startswith("[2] Ann Bee and Cy Dee (2013) Joint teams.")


def test_a_reply_is_nothing_to_copy() -> None:
    assert Tags(talk(answer(status=Status.REPLIED, reply=Reply("x", "Hello.")))).of_class("cg-copy") == []


def test_what_is_near_can_be_opened_where_it_stands() -> None:
    near = Near("joint-teams", "desks", "Joint teams", "On desks", 0.5)
    page = Tags(talk(answer(status=Status.NOT_FOUND, reply=Reply("x", "Not held."), nearest=(near,))))
    assert [tag for tag, _ in page.tags].count("details") == 1
    assert ROTA.quote in page.text


def test_what_is_near_and_was_removed_meanwhile_is_named_all_the_same() -> None:
    near = Near("joint-teams", "desks", "Joint teams", "On desks", 0.5)
    page = Tags(talk(answer(status=Status.NOT_FOUND, nearest=(near,)), held=library()))
    assert "Joint teams: On desks" in page.text


@pytest.mark.parametrize("status", list(Status))
def test_a_refusal_leads_on_to_what_the_library_holds(status: Status) -> None:
    page = Tags(talk(answer(status=status)))
    assert bool(page.of_class("cg-go-to")) is (status in {Status.NOT_FOUND, Status.REFUSED})


# Terms


def terms_of(page: str) -> list[tuple[str, str]]:
    """Each term that is explained where it stands, and what it is said to mean."""
    return re.findall(r'<button[^>]*class="cg-term"[^>]*>(.*?)</button><span[^>]*> \((.*?)\) </span>', page)


def saying(*texts: str) -> Answer:
    return answer(*(replace(statement(DESK), text=text) for text in texts))


def test_a_term_of_art_is_a_button_that_says_what_it_means() -> None:
    page = talk(saying("Ask the ICB for the rota."))
    ((term, meaning),) = terms_of(page)
    assert term == "the ICB"
    assert meaning.startswith("The NHS body")
    assert Tags(page).of_class("cg-term")[0]["aria-controls"] == Tags(page).of_class("cg-meaning")[0]["id"]


def test_an_everyday_word_is_explained_in_the_list_and_not_in_every_line() -> None:
    page = talk(saying("Agree the outcomes that carers want."))
    assert terms_of(page) == []
    assert "Words used here" in page


def test_a_term_is_explained_once_in_an_answer() -> None:
    assert [term for term, _ in terms_of(talk(saying("Ask the ICB.", "The ICB pays.")))] == ["the ICB"]


def test_the_words_around_a_term_stay_as_they_are() -> None:
    page = talk(saying("Ask the ICB & the IJB <now>."))
    words = re.sub(r'<span class="cg-meaning".*?</span>', "", page)
    assert "Ask the ICB & the IJB <now>." in Tags(words).text
    assert len(set(Tags(page).values("id")) & {one["aria-controls"] for one in Tags(page).of_class("cg-term")}) == 2


# Who said it


def test_who_is_speaking_is_told_in_the_open_where_the_turn_asked_for_it() -> None:
    note = Note(NoteKind.WHO_IS_SPEAKING, "Ann Bee speaks.", ("joint-teams",))
    said = answer(statement(DESK, part=heading(About.SPEAKER.value)))
    assert "About these sources" not in talk(replace(said, notes=(note,)))
    assert "About these sources" in talk(replace(ANSWERED, notes=(note,)))


# Marks


def test_what_lies_between_the_cited_paragraphs_is_folded_where_it_stands() -> None:
    one = holding("long-one", {"part": [f"point: Sentence number {number}." for number in range(1, 7)]})
    text = in_section(one.headed.text, one.headed.sections[0], [citation(one, "Sentence number 4.")])
    read = Tags(text)
    assert [tag for tag, _ in read.tags].count("details") == 2
    assert [read.text.index(f"number {number}.") for number in range(1, 7)] == sorted(
        read.text.index(f"number {number}.") for number in range(1, 7)
    )
    assert "3 more paragraphs" in text


def test_the_cited_words_are_marked_in_their_section() -> None:
    page = cards(answer(statement(DESK)))
    assert marked(page) == [DESK.quote]
    assert ROTA.quote in Tags(page).text


def test_another_section_of_the_source_is_not_shown() -> None:
    assert MONEY.quote not in Tags(cards(answer(statement(DESK)))).text


def test_two_statements_on_one_section_share_a_card_with_two_marks() -> None:
    page = cards(answer(statement(ROTA), statement(DESK)))
    assert marked(page) == [DESK.quote, ROTA.quote]
    assert card_ids(page) == ["source-1-1"]


def test_words_cited_twice_are_marked_once() -> None:
    assert marked(cards(answer(statement(DESK), statement(DESK)))) == [DESK.quote]


def span(one: Holding, start: int, end: int) -> Citation:
    first = citation(one, one.headed.text[one.headed.sections[0].blocks[0].start :][:5])
    return replace(first, quote=one.headed.text[start:end], start=start, end=end)


def test_a_span_inside_another_is_marked_with_it() -> None:
    inner = replace(DESK, quote="desk", start=DESK.start + 4, end=DESK.start + 8)
    for order in ((DESK, inner), (inner, DESK)):
        assert marked(cards(answer(*(statement(one) for one in order)))) == [DESK.quote]


def test_spans_that_overlap_mark_every_cited_letter_once() -> None:
    left = replace(DESK, quote="One desk", end=DESK.start + 8)
    right = replace(DESK, quote=DESK.quote[4:], start=DESK.start + 4)
    for order in ((left, right), (right, left)):
        assert "".join(marked(cards(answer(*(statement(one) for one in order))))) == DESK.quote


def test_a_span_over_two_paragraphs_is_marked_in_both() -> None:
    first, second = OWN.headed.sections[0].blocks
    page = cards(answer(statement(span(OWN, first.start + 4, second.end - 5))))
    assert marked(page) == ["first paragraph of the file.", "The second paragraph of the "]


def test_a_locator_stands_after_its_line() -> None:
    section = TEAMS.headed.sections[0]
    blocks = (replace(section.blocks[0], locator="s. 3(2)"), *section.blocks[1:])
    headed = replace(TEAMS.headed, sections=(replace(section, blocks=blocks), *TEAMS.headed.sections[1:]))
    text = Tags(cards(answer(statement(DESK)), held=library(replace(TEAMS, headed=headed)))).text
    assert text.index(DESK.quote) < text.index("s. 3(2)") < text.index(ROTA.quote)


@given(data=st.data())
def test_wherever_the_spans_lie_the_text_is_whole_and_the_marks_are_the_cited_letters(data: st.DataObject) -> None:
    section = OWN.headed.sections[0]
    first, last = section.blocks[0].start, section.end
    ends = st.tuples(st.integers(first, last), st.integers(first, last)).map(sorted).filter(lambda two: two[0] < two[1])
    spans = [
        two for two in data.draw(st.lists(ends, min_size=1, max_size=5)) if OWN.headed.text[two[0] : two[1]].strip()
    ]
    if not spans:
        return
    page = cards(answer(*(statement(span(OWN, start, end)) for start, end in spans)))
    blocks = [OWN.headed.text[block.start : block.end] for block in section.blocks]
    cited = "".join(
        OWN.headed.text[place]
        for block in section.blocks
        for place in range(block.start, block.end)
        if any(start <= place < end for start, end in spans)
    )
    assert "".join(marked(page)) == cited
    assert all(block in Tags(page).text for block in blocks)


# Escaping: whatever stands in a field, the page has the same tags and shows the same words


HOSTILE = st.sampled_from(
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '" onmouseover="alert(1)',
        "' onfocus='alert(1)",
        "</p></div></section></details><h1>Free</h1>",
        "<!-- comment",
        "]]><svg/onload=alert(1)>",
        "&lt;b&gt; &amp; &#60;i&#62;",
        "javascript:alert(1)",
        "`${alert(1)}` {{7*7}} {title}",
        "a < b & c > d \"e\" 'f'",
    ]
) | st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Zs", "Zl", "Zp")), min_size=1, max_size=30)


def hostile_answer(word: Any) -> tuple[Answer, Library]:
    """An answer with a hostile word in every field that a page shows."""
    text = f"Xx {word()} yy."
    one = plain("own-file", [text, f"Zz {word()} ww."], heading=f"Hh {word()}")
    section = one.headed.sections[0]
    record = Source.model_construct(
        **one.source.model_dump()
        | {
            "title": word(),
            "authors": (word(), word()),
            "publisher": word(),
            "url": f"https://example.org/{word()}",
            "kind": one.source.kind,
            "text": one.source.text,
            "nations": (),
        }
    )
    blocks = tuple(replace(block, locator=word()) for block in section.blocks)
    headed = replace(one.headed, sections=(replace(section, blocks=blocks),))
    held = Holding(record, headed, Origin.ADDED)
    block = blocks[0]
    cited = Citation(
        1, record, Origin.ADDED, section.anchor, word(), headed.text[block.start : block.end], block.start, block.end
    )
    said = Statement(f"S {word()}", f"P {word()}", (cited,))
    given = answer(
        said,
        status=Status.NOT_FOUND,
        question=word(),
        reply=Reply(word(), word()),
        notes=(Note(NoteKind.OUR_WORDS, word()),),
        nearest=(Near("own-file", section.anchor, word(), word(), 0.5),),
    )
    return given, library(held)


def pages(given: Answer, held: Library, word: Any) -> list[str]:
    return [
        conversation([given], held),
        conversation([given], held, asking=word()),
        sources([given], held),
        notice(word()),
    ]


PLAIN = [Tags(page) for page in pages(*hostile_answer(lambda: "word"), lambda: "word")]


@given(data=st.data())
def test_whatever_stands_in_a_field_the_page_has_no_other_tags(data: st.DataObject) -> None:
    def word() -> str:
        return data.draw(HOSTILE)

    given, held = hostile_answer(word)
    for page, meant in zip(pages(given, held, word), PLAIN, strict=True):
        read = Tags(page)
        tags = [(tag, sorted(attributes)) for tag, attributes in read.tags]
        assert tags == [(tag, sorted(attributes)) for tag, attributes in meant.tags]
        assert read.is_well_formed


@given(data=st.data())
def test_whatever_stands_in_a_field_it_is_shown_as_it_is(data: st.DataObject) -> None:
    words: list[str] = []

    def word() -> str:
        words.append(data.draw(HOSTILE))
        return words[-1]

    given, held = hostile_answer(word)
    said = Tags(conversation([given], held)).text
    beside = Tags(sources([given], held)).text
    source = held["own-file"].source
    for shown in (given.question, given.statements[0].text, given.statements[0].part, given.notes[0].text):
        assert shown in said
    assert given.nearest[0].title in said
    for shown in (source.title, *source.authors, source.publisher, given.statements[0].citations[0].quote):
        assert shown in beside


def test_only_links_to_the_web_and_to_the_cards_are_made() -> None:
    given, held = hostile_answer(lambda: "javascript:alert(1)")
    for page in pages(given, held, lambda: "javascript:alert(1)"):
        assert all(link.startswith(("#source-", "#mark-", "https://")) for link in Tags(page).values("href"))
