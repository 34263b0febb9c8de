import pytest
from hypothesis import given
from hypothesis import strategies as some

from assistant.library.text import Element, HeadedText, Role, Shape, compose

ELEMENTS = some.lists(
    some.builds(
        Element,
        some.sampled_from(Shape),
        some.text(max_size=40),
        level=some.integers(1, 6),
        anchor=some.sampled_from(["", "", "one", "two", "start"]),
        opens=some.sampled_from(["", "So, then"]),
        implied=some.booleans(),
        role=some.none() | some.sampled_from(Role),
        locator=some.text(max_size=5),
        page=some.none() | some.integers(1, 9),
    ),
    max_size=20,
)


def heading(text: str, **fields: object) -> Element:
    return Element(Shape.HEADING, text, **fields)  # type: ignore[arg-type]


def paragraph(text: str, **fields: object) -> Element:
    return Element(Shape.PARAGRAPH, text, **fields)  # type: ignore[arg-type]


@given(ELEMENTS)
def test_every_piece_of_text_stands_at_its_offsets(elements: list[Element]) -> None:
    headed = compose(elements, "The title")
    blocks = [block for section in headed.sections for block in section.blocks]
    expected = [one for one in elements if one.shape is not Shape.HEADING and one.text]
    assert [(headed.text[b.start : b.end], b.shape, b.role, b.locator, b.page) for b in blocks] == [
        (one.text, one.shape, one.role, one.locator, one.page) for one in expected
    ]


@given(ELEMENTS)
def test_a_section_covers_its_blocks_and_sections_do_not_overlap(elements: list[Element]) -> None:
    headed = compose(elements, "The title")
    assert all(section.blocks for section in headed.sections)
    for section in headed.sections:
        assert section.start <= section.blocks[0].start
        assert section.end == section.blocks[-1].end
    edges = [edge for section in headed.sections for edge in (section.start, section.end)]
    assert edges == sorted(edges)
    assert not edges or (edges[0] >= 0 and edges[-1] <= len(headed.text))


@given(ELEMENTS)
def test_a_section_begins_with_its_heading_where_that_stands_in_the_text(elements: list[Element]) -> None:
    headed = compose(elements, "The title")
    standing = {one.text for one in elements if one.shape is Shape.HEADING and not one.implied and one.text}
    implied = {one.text for one in elements if one.shape is Shape.HEADING and (one.implied or not one.text)}
    for section in headed.sections:
        if section.heading in standing - implied - {"The title"}:
            assert headed.text[section.start : section.blocks[0].start].strip() == section.heading.strip()


@given(ELEMENTS)
def test_anchors_are_unique_and_never_empty(elements: list[Element]) -> None:
    anchors = [section.anchor for section in compose(elements, "The title").sections]
    assert len(set(anchors)) == len(anchors)
    assert all(anchors)


@given(ELEMENTS)
def test_composing_twice_gives_the_same(elements: list[Element]) -> None:
    assert compose(elements, "The title") == compose(iter(elements), "The title")


def test_nothing_gives_no_text_and_no_sections() -> None:
    assert compose([], "The title") == HeadedText("", ())


def test_text_before_the_first_heading_is_called_by_the_title() -> None:
    section = compose([paragraph("Hello.")], "The title").sections[0]
    assert (section.heading, section.anchor, section.start, section.end) == ("The title", "start", 0, 6)


def test_the_title_does_not_stand_in_the_text() -> None:
    assert compose([paragraph("Hello.")], "The title").text == "Hello."


def test_a_heading_stands_in_the_text_of_its_section() -> None:
    headed = compose([heading("Trust"), paragraph("It grows.")], "T")
    assert headed.text == "Trust\n\nIt grows."
    assert (headed.sections[0].start, headed.sections[0].end) == (0, 16)


def test_an_implied_heading_does_not_stand_in_the_text() -> None:
    headed = compose([heading("Lesson 1", implied=True), paragraph("Be bold.")], "T")
    assert headed.text == "Be bold."
    assert (headed.sections[0].heading, headed.sections[0].start) == ("Lesson 1", 0)


def test_list_items_stand_on_lines_of_their_own_and_paragraphs_apart() -> None:
    pieces = [paragraph("P."), Element(Shape.ITEM, "a"), Element(Shape.ITEM, "b"), Element(Shape.ROW, "c | d")]
    assert compose(pieces, "T").text == "P.\n\na\nb\n\nc | d"


def test_an_anchor_is_made_of_the_heading() -> None:
    assert compose([heading("2. Who decides?"), paragraph("We do.")], "T").sections[0].anchor == "2-who-decides"


def test_a_heading_without_letters_still_has_an_anchor() -> None:
    assert compose([heading("???"), paragraph("Well.")], "T").sections[0].anchor == "section"


def test_an_anchor_that_was_given_is_kept() -> None:
    assert compose([heading("Who decides?", anchor="who"), paragraph("We do.")], "T").sections[0].anchor == "who"


def test_headings_of_one_name_have_anchors_that_differ() -> None:
    pieces = [heading("Aims"), paragraph("A."), heading("Aims"), paragraph("B."), heading("Aims"), paragraph("C.")]
    assert [part.anchor for part in compose(pieces, "T").sections] == ["aims", "aims-2", "aims-3"]


def test_a_numbered_anchor_gives_way_to_a_heading_that_was_called_so() -> None:
    pieces = [heading("A"), paragraph("1."), heading("A 2"), paragraph("2."), heading("A"), paragraph("3.")]
    assert [part.anchor for part in compose(pieces, "T").sections] == ["a", "a-2", "a-3"]


def test_a_heading_without_text_of_its_own_makes_no_section_but_stays_in_the_text() -> None:
    headed = compose([heading("Part one"), heading("Aims"), paragraph("A.")], "T")
    assert [part.heading for part in headed.sections] == ["Aims"]
    assert headed.text == "Part one\n\nAims\n\nA."


def test_a_section_is_found_by_its_anchor() -> None:
    headed = compose([heading("Aims"), paragraph("A.")], "T")
    assert headed.section("aims") == headed.sections[0]
    assert headed.section("other") is None


@pytest.mark.parametrize("text", ["Ünïcode — £1m", "😀 emoji", "a\u0301 combined", "𝒳 astral"])
def test_offsets_count_code_points(text: str) -> None:
    headed = compose([paragraph(text), paragraph("Next.")], "T")
    assert headed.sections[0].blocks[1].start == len(text) + 2
