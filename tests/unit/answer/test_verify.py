from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit.answer.made import draft, holding, library, passages, plain, quote

from assistant.answer.parts import Audience, Draft, Quote, Statement
from assistant.answer.verify import verify

MONEY = holding(
    "pooled-money",
    {
        "rules": [
            "do: Partners may share savings of 20 per cent after 2014.",
            "point: A pooled budget is not a merger.",
            "duty: Boards must report losses to the regulator each year.",
        ],
        "people": ["point: Staff in Leeds trust planning that they take part in."],
    },
)
LIBRARY = library(MONEY)
FOUND = passages(MONEY)
SAVINGS = quote(MONEY, "Partners may share savings of 20 per cent after 2014.")
MERGER = quote(MONEY, "A pooled budget is not a merger.")
LOSSES = quote(MONEY, "Boards must report losses to the regulator each year.")
STAFF = quote(MONEY, "Staff in Leeds trust planning that they take part in.")


def kept(text: str, *quotes: Quote) -> tuple[Statement, ...]:
    return verify([draft(text, *quotes)], FOUND, LIBRARY)


def test_a_true_quote_is_kept_with_its_words_and_its_place() -> None:
    (statement,) = kept(SAVINGS.text, SAVINGS)
    (citation,) = statement.citations
    assert statement.text == citation.quote == MONEY.headed.text[citation.start : citation.end]
    assert (citation.source, citation.anchor, citation.heading) == (MONEY.source, "rules", "On rules")


def test_a_statement_stands_under_the_heading_of_its_draft() -> None:
    one = Draft(SAVINGS.text, "What to write in", (SAVINGS,))
    assert verify([one], FOUND, LIBRARY)[0].part == "What to write in"


def test_a_quote_of_part_of_a_sentence_is_a_quote() -> None:
    assert kept("share savings", quote(MONEY, "share savings"))


def test_no_drafts_give_no_statements() -> None:
    assert verify([], FOUND, LIBRARY) == ()


def test_a_draft_without_quotes_is_dropped() -> None:
    assert kept(SAVINGS.text) == ()


def test_an_invented_quote_is_dropped() -> None:
    assert kept("Savings go to the council.", replace(SAVINGS, text="Savings go to the council.")) == ()


def test_an_invented_quote_as_long_as_the_true_one_is_dropped() -> None:
    false = SAVINGS.text.replace("share", "steal")
    assert kept(false, replace(SAVINGS, text=false)) == ()


@pytest.mark.parametrize("words", ["", " ", "\n"])
def test_an_empty_quote_is_no_quote(words: str) -> None:
    start = SAVINGS.place.start + SAVINGS.text.index(" ")
    place = replace(SAVINGS.place, start=start, end=start + len(words))
    assert kept(words or "Anything.", replace(SAVINGS, text=words, place=place)) == ()


@pytest.mark.parametrize("shift", [-1, 1, 40])
def test_a_quote_at_the_wrong_place_is_dropped(shift: int) -> None:
    place = replace(SAVINGS.place, start=SAVINGS.place.start + shift, end=SAVINGS.place.end + shift)
    assert kept(SAVINGS.text, replace(SAVINGS, place=place)) == ()


def test_a_quote_that_ends_elsewhere_than_it_says_is_dropped() -> None:
    place = replace(SAVINGS.place, end=SAVINGS.place.end + 5)
    assert kept(SAVINGS.text, replace(SAVINGS, place=place)) == ()


def test_a_quote_from_the_end_of_the_text_backwards_is_dropped() -> None:
    length = len(MONEY.headed.text)
    place = replace(SAVINGS.place, start=SAVINGS.place.start - length, end=SAVINGS.place.end - length)
    assert kept(SAVINGS.text, replace(SAVINGS, place=place)) == ()


def test_a_quote_ascribed_to_another_section_is_dropped() -> None:
    assert kept(SAVINGS.text, replace(SAVINGS, place=replace(SAVINGS.place, anchor="people"))) == ()


def test_a_quote_ascribed_to_a_source_that_is_not_held_is_dropped() -> None:
    assert kept(SAVINGS.text, replace(SAVINGS, place=replace(SAVINGS.place, source="nowhere"))) == ()


def test_a_quote_from_a_passage_that_was_not_found_is_dropped() -> None:
    elsewhere = [one for one in FOUND if one.metadata["anchor"] == "people"]
    assert verify([draft(SAVINGS.text, SAVINGS)], elsewhere, LIBRARY) == ()


def test_a_quote_from_nothing_found_is_dropped() -> None:
    assert verify([draft(SAVINGS.text, SAVINGS)], [], LIBRARY) == ()


def test_the_heading_before_a_passage_is_not_the_sources_words() -> None:
    place = replace(SAVINGS.place, start=SAVINGS.place.start - len("On rules\n"), end=SAVINGS.place.start - 1)
    assert kept("On rules", Quote("On rules", place)) == ()


def test_a_source_that_changed_since_the_index_was_made_is_dropped() -> None:
    changed = holding("pooled-money", {"rules": ["do: Partners may share savings of 10 per cent after 2014."]})
    assert verify([draft(SAVINGS.text, SAVINGS)], FOUND, library(changed)) == ()


def test_a_source_that_was_removed_since_the_index_was_made_is_dropped() -> None:
    assert verify([draft(SAVINGS.text, SAVINGS)], FOUND, library()) == ()


REWORDED = {
    "an equal little word": ("Boards have to report losses to the regulator each year.", LOSSES),
    "a negation kept": ("A pooled budget isn’t a merger.", MERGER),
    "passive": ("Losses must be reported by boards to the regulator each year.", LOSSES),
}


@pytest.mark.parametrize(("text", "quoted"), REWORDED.values(), ids=REWORDED)
def test_other_words_that_add_nothing_are_kept(text: str, quoted: Quote) -> None:
    assert kept(text, quoted)[0].text == text


ADDED = {
    "a year left out": ("Partners may share savings of 20 per cent.", SAVINGS),
    "a place left out": ("Staff trust planning that they take part in.", STAFF),
    "a number changed": ("Partners may share savings of 30 per cent after 2014.", SAVINGS),
    "a year changed": ("Partners may share savings of 20 per cent after 2015.", SAVINGS),
    "a number added": ("The 3 partners may share savings of 20 per cent after 2014.", SAVINGS),
    "a not dropped": ("A pooled budget is a merger.", MERGER),
    "a not added": ("Partners may not share savings of 20 per cent after 2014.", SAVINGS),
    "a never added": ("Boards must never report losses to the regulator.", LOSSES),
    "an isn't added": ("Staff in Leeds don’t trust planning that they take part in.", STAFF),
    "may made must": ("Partners must share savings of 20 per cent after 2014.", SAVINGS),
    "must made may": ("Boards may report losses to the regulator each year.", LOSSES),
    "a should added": ("A pooled budget should not be a merger.", MERGER),
    "a name added": ("Staff in Leeds and Bradford trust planning that they take part in.", STAFF),
    "a name changed": ("Staff in York trust planning that they take part in.", STAFF),
    "a name at the start": ("Bradford has staff that trust planning that they take part in.", STAFF),
    "a short name inside a long word": ("Staff in Leeds trust Ann that they take part in planning.", STAFF),
    "a number in words": ("Partners may share three savings of 20 per cent after 2014.", SAVINGS),
}


@pytest.mark.parametrize(("text", "quoted"), ADDED.values(), ids=ADDED)
def test_what_says_more_or_less_than_the_quote_drops_the_draft(text: str, quoted: Quote) -> None:
    assert kept(text, quoted) == ()


def test_one_may_of_two_made_must_drops_the_draft() -> None:
    one = holding("a-source", {"rules": ["duty: Partners may share savings, and boards must report losses."]})
    quoted = quote(one, "Partners may share savings, and boards must report losses.")
    text = "Partners must share savings, and boards must report losses."
    assert verify([draft(text, quoted)], passages(one), library(one)) == ()


def test_a_false_quote_beside_a_true_one_is_left_out() -> None:
    (statement,) = kept(SAVINGS.text, replace(LOSSES, text="Boards hide losses."), SAVINGS)
    assert [one.quote for one in statement.citations] == [SAVINGS.text]


def test_a_false_draft_does_not_take_the_others_with_it() -> None:
    drafts = [draft("Invented.", replace(SAVINGS, text="Invented.")), draft(MERGER.text, MERGER)]
    assert [one.text for one in verify(drafts, FOUND, LIBRARY)] == [MERGER.text]


def test_citations_are_numbered_by_section_in_reading_order() -> None:
    drafts = [draft(one.text, one) for one in (STAFF, SAVINGS, MERGER)]
    assert [one.citations[0].number for one in verify(drafts, FOUND, LIBRARY)] == [1, 2, 2]


def test_a_dropped_draft_leaves_no_gap_in_the_numbers() -> None:
    drafts = [draft("Invented.", replace(STAFF, text="Invented.")), draft(SAVINGS.text, SAVINGS)]
    assert [one.citations[0].number for one in verify(drafts, FOUND, LIBRARY)] == [1]


def test_a_citation_carries_the_locator_and_the_page() -> None:
    (statement,) = kept(SAVINGS.text, replace(SAVINGS, locator="s. 3(2)", page=4))
    assert (statement.citations[0].locator, statement.citations[0].page) == ("s. 3(2)", 4)


PARAGRAPH = st.text(st.characters(codec="utf-8", exclude_characters="\r"), min_size=1, max_size=200).filter(str.strip)


@given(paragraphs=st.lists(PARAGRAPH, min_size=1, max_size=5), data=st.data())
def test_whatever_the_document_a_surviving_citation_is_verbatim_at_its_offsets(
    paragraphs: list[str], data: st.DataObject
) -> None:
    from assistant.answer.evidence import evidence

    one = plain("any-document", paragraphs)
    text = one.headed.text
    drafts = list(evidence("Who decides?", passages(one), Audience.LEADER))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    place = replace(quote(one, paragraphs[0]).place, start=start, end=end)
    words = data.draw(st.sampled_from([text[start:end], text[start : end - 1], paragraphs[-1]]))
    drafts.append(draft(words or "Anything.", Quote(words, place)))
    for statement in verify(drafts, passages(one), library(one)):
        for citation in statement.citations:
            assert citation.quote.strip()
            assert text[citation.start : citation.end] == citation.quote


@given(paragraphs=st.lists(PARAGRAPH, min_size=1, max_size=3))
def test_whatever_the_document_a_true_quote_of_its_first_paragraph_survives(paragraphs: list[str]) -> None:
    one = plain("any-document", paragraphs)
    first = one.headed.sections[0].blocks[0]
    words = one.headed.text[first.start : min(first.end, first.start + 100)]
    if words.strip():
        true = Quote(words, replace(quote(one, paragraphs[0]).place, start=first.start, end=first.start + len(words)))
        assert verify([draft(words, true)], passages(one), library(one))
