import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit.ui.tags import Tags

from assistant.export.document import Document, Heading, Line, Reference, Style, Table, Text
from ui.render.briefing import briefing_page

REFERENCE = Reference(1, "OPM (2013) ", "Ten lessons", ".", "https://example.org/a?b=1&c=2", ("Text: our digest.",))


def document(text: str) -> Document:
    blocks = (
        Heading(text, 1),
        Text(text),
        Line(text, (1,), label=text),
        Text(text, Style.ITEM, (1,)),
        Heading(text, 2),
        Line(text, (1,)),
    )
    return Document(text, blocks, (REFERENCE,), (text,), text)


def test_headings_stand_below_that_of_the_briefing() -> None:
    tags = Tags(briefing_page(document("Law"))).names
    assert [tag for tag in tags if tag.startswith("h")] == ["h2", "h3", "h4", "h3"]


def test_items_that_follow_each_other_are_one_list() -> None:
    tags = Tags(briefing_page(document("Law"))).names
    assert tags.count("ul") == 2


def test_every_number_leads_to_its_reference() -> None:
    page = Tags(briefing_page(document("Law")))
    assert {one["href"] for one in page.of_class("cg-mark")} == {"#brief-ref-1"}
    assert "brief-ref-1" in page.values("id")


def test_a_table_is_not_left_out_in_silence() -> None:
    with pytest.raises(ValueError, match="no table"):
        briefing_page(Document("Law", (Table("All", ("A",), ()),)))


@given(st.text(max_size=100))
def test_no_text_becomes_markup(text: str) -> None:
    page = Tags(briefing_page(document(text)))
    label = bool(text)
    assert page.is_well_formed
    assert page.names == Tags(briefing_page(document("a" if label else ""))).names
