import hashlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some
from langchain_core.documents import Document

from assistant.library import split
from assistant.library.catalogue import Kind, Nation, Source, TextKind
from assistant.library.holdings import Holding, Library, Origin
from assistant.library.situations import Situation
from assistant.library.split import LONGEST, Evidence, Place, Sentence
from assistant.library.text import Element, Role, Shape, compose

SOURCE = Source(
    id="a-source",
    title="A source",
    kind=Kind.REVIEW,
    nations=(Nation.WALES, Nation.ENGLAND),
    text=TextKind.ORIGINAL,
)
WORDS = some.sampled_from(["word ", "Sentence ends here. ", "x" * 60, "é ", "Who? ", "s. 4 ", "a " * 100, "B. ", "😀 "])
ELEMENTS = some.lists(
    some.builds(
        Element,
        some.sampled_from(Shape),
        some.lists(WORDS, min_size=1, max_size=15).map(lambda pieces: " ".join("".join(pieces).split())),
        implied=some.booleans(),
        role=some.none() | some.sampled_from(Role),
        page=some.none() | some.integers(1, 9),
    ),
    max_size=8,
)


def holding(*elements: Element, source: Source = SOURCE) -> Holding:
    return Holding(source, compose(elements, source.title), Origin.ADDED)


def heading(text: str) -> Element:
    return Element(Shape.HEADING, text)


def paragraph(text: str) -> Element:
    return Element(Shape.PARAGRAPH, text)


def item(text: str, role: Role | None = None, locator: str = "", page: int | None = None) -> Element:
    return Element(Shape.ITEM, text, role=role, locator=locator, page=page)


@given(ELEMENTS)
def test_what_a_passage_quotes_stands_at_its_place(elements: list[Element]) -> None:
    held = holding(*elements)
    for passage in split.passages(held):
        place = split.place(passage)
        assert split.quoted(passage) == held.headed.text[place.start : place.end]


@given(ELEMENTS)
def test_no_passage_is_longer_than_the_model_reads(elements: list[Element]) -> None:
    assert all(len(passage.page_content) <= LONGEST for passage in split.passages(holding(*elements)))


@given(ELEMENTS)
def test_every_word_of_a_section_is_in_a_passage_of_it(elements: list[Element]) -> None:
    held = holding(*elements)
    found = [split.place(one) for one in split.passages(held)]
    for section in held.headed.sections:
        text = list(held.headed.text)
        for place in found:
            if place.anchor == section.anchor:
                text[place.start : place.end] = " " * (place.end - place.start)
        assert all(not "".join(text[block.start : block.end]).strip() for block in section.blocks)


@given(ELEMENTS)
def test_passages_do_not_overlap_or_leave_their_section(elements: list[Element]) -> None:
    held = holding(*elements)
    places = [split.place(one) for one in split.passages(held)]
    for place in places:
        section = held.headed.section(place.anchor)
        assert section is not None
        assert section.start <= place.start < place.end <= section.end
    assert all(first.end <= second.start for first, second in pairwise(places))


@given(ELEMENTS)
def test_a_sentence_stands_at_its_place(elements: list[Element]) -> None:
    held = holding(*elements)
    for entry in split.sentences(held):
        sentence = split.sentence(entry)
        assert sentence.text == held.headed.text[sentence.place.start : sentence.place.end]


@given(ELEMENTS)
def test_every_sentence_begins_in_a_passage(elements: list[Element]) -> None:
    held = holding(*elements)
    places = [split.place(one) for one in split.passages(held)]
    for entry in split.sentences(held):
        start = split.place(entry).start
        assert any(one.start <= start < one.end for one in places)


def test_whole_paragraphs_stand_together_while_they_fit() -> None:
    passages = list(split.passages(holding(heading("Aims"), paragraph("One."), paragraph("Two."))))
    assert [one.page_content for one in passages] == ["Aims\nOne.\n\nTwo."]


def test_a_paragraph_that_does_not_fit_begins_a_passage_of_its_own() -> None:
    first, second = "a" * 500, "b" * 500
    passages = list(split.passages(holding(heading("Aims"), paragraph(first), paragraph(second))))
    assert [one.page_content for one in passages] == [f"Aims\n{first}", f"Aims\n{second}"]


def test_a_passage_may_be_as_long_as_the_longest() -> None:
    text = "a" * (LONGEST - len("Aims\n"))
    assert len(list(split.passages(holding(heading("Aims"), paragraph(text))))) == 1
    assert len(list(split.passages(holding(heading("Aims"), paragraph(text + "a"))))) == 2


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    sentence = "This sentence has just fifty letters in it, I say. "
    passages = list(split.passages(holding(paragraph((sentence * 40).strip()))))
    assert len(passages) > 1
    assert all(split.quoted(one).startswith("This") and split.quoted(one).endswith("say.") for one in passages)


def test_two_sections_never_share_a_passage() -> None:
    passages = list(split.passages(holding(heading("A"), paragraph("One."), heading("B"), paragraph("Two."))))
    assert [split.place(one).section for one in passages] == ["a-source#a", "a-source#b"]


@pytest.mark.parametrize("length", [LONGEST - 2, LONGEST - 1, LONGEST, LONGEST + 1, 5 * LONGEST])
def test_the_text_under_a_very_long_heading_is_still_indexed(length: int) -> None:
    held = holding(heading("a" * length), paragraph("Partners agree who decides."))
    passages = list(split.passages(held))
    assert [split.quoted(one) for one in passages] == ["Partners agree who decides."]


def test_a_source_without_text_has_no_passages() -> None:
    assert list(split.passages(holding())) == []


def test_a_passage_has_what_a_search_can_ask_for() -> None:
    data = next(split.passages(holding(heading("Aims"), paragraph("One.")))).metadata
    assert (data["source"], data["anchor"], data["heading"], data["title"]) == ("a-source", "aims", "Aims", "A source")
    assert (data["kind"], data["nation-wales"], data["nation-england"]) == ("review", True, True)
    assert "nation-scotland" not in data


def test_what_is_stored_with_an_entry_is_text_numbers_and_truths() -> None:
    held = holding(heading("Aims"), item("One.", Role.DO, "s. 1", 3))
    entries = [*split.passages(held), *split.sentences(held)]
    assert {type(value) for one in entries for value in one.metadata.values()} <= {str, int, bool}


def test_a_sentence_keeps_its_role_locator_and_page() -> None:
    held = holding(item("Agree who decides.", Role.DO, "s. 1", 3))
    assert [split.sentence(one) for one in split.sentences(held)] == [
        Sentence("Agree who decides.", Place("a-source", "start", 0, 18), Role.DO, "s. 1", 3)
    ]


def test_a_sentence_may_have_no_page() -> None:
    held = holding(item("Agree who decides.", Role.DO))
    assert split.sentence(next(split.sentences(held))).page is None


def test_a_content_hash_is_a_sha_256() -> None:
    assert split.content_hash("é") == hashlib.sha256("é".encode()).hexdigest()


def test_the_content_hash_of_a_passage_covers_its_heading() -> None:
    one, other = (next(split.passages(holding(heading(name), paragraph("Text.")))) for name in ("A", "B"))
    assert one.metadata["content"] != other.metadata["content"]


def library(*situations: Situation) -> Library:
    held = Library({"a-source": holding(heading("Aims"), paragraph("One."), heading("Money"), paragraph("Two."))})
    held.__dict__["situations"] = situations  # in the place of the shipped ones
    return held


def test_a_situation_is_indexed_once_for_each_section_it_points_at() -> None:
    one = Situation("s-1", "We have no aims.", ("a-source#aims", "a-source#money"))
    entries = list(split.situation_entries(library(one)))
    assert [(entry.page_content, split.place(entry).section) for entry in entries] == [
        ("We have no aims.", "a-source#aims"),
        ("We have no aims.", "a-source#money"),
    ]


def test_a_situation_can_be_filtered_as_its_source_can() -> None:
    entry = next(split.situation_entries(library(Situation("s-1", "No aims.", ("a-source#aims",)))))
    assert (entry.metadata["kind"], entry.metadata["nation-wales"]) == ("review", True)


def test_a_situation_outside_the_library_points_nowhere() -> None:
    entry = next(split.situation_entries(library(Situation("o-1", "When does the pool open?"))))
    assert split.place(entry) == Place("", "", 0, 0)
    assert "kind" not in entry.metadata


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, {}),
        ({"sources": ("a", "b")}, {"source": {"$in": ["a", "b"]}}),
        ({"nation": "wales"}, {"nation-wales": True}),
        ({"kind": "review"}, {"kind": "review"}),
        (
            {"sources": ("a",), "nation": "wales", "kind": "review"},
            {"$and": [{"source": {"$in": ["a"]}}, {"nation-wales": True}, {"kind": "review"}]},
        ),
    ],
)
def test_a_filter_asks_for_what_was_wanted_and_no_more(asked: dict[str, str], expected: dict[str, object]) -> None:
    assert split.filters(**asked) == expected  # type: ignore[arg-type]


def test_a_passage_that_was_found_carries_its_relevance_and_its_sentences() -> None:
    passage = Document("Aims\nOne.", id="p-1", metadata={"context": 5, "source": "a-source", "anchor": "aims"})
    one = Evidence(Sentence("One.", Place("a-source", "aims", 6, 10), Role.POINT), 0.5)
    found = split.found(passage, 0.75, [one])
    assert (split.relevance(found), split.evidence(found), split.quoted(found), found.id) == (
        0.75,
        [one],
        "One.",
        "p-1",
    )


def test_the_passage_itself_is_not_changed_by_being_found() -> None:
    passage = Document("Aims\nOne.", metadata={"context": 5})
    split.found(passage, 0.75, [])
    assert passage.metadata == {"context": 5}
