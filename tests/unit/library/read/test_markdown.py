from hypothesis import given
from hypothesis import strategies as some

from assistant.library.read.markdown import read_markdown
from assistant.library.text import Shape, compose

HEADING, PARAGRAPH, ITEM, ROW = Shape.HEADING, Shape.PARAGRAPH, Shape.ITEM, Shape.ROW


def read(text: str) -> list[tuple[Shape, str]]:
    return [(one.shape, one.text) for one in read_markdown(text)]


def test_headings_paragraphs_items_and_rows_are_read_in_order() -> None:
    text = "# Aims\n\nWe share\nthem.\n\n- one\n- two\n\n1. three\n\n| who | what |\n|---|---|\n| NHS | beds |\n"
    assert read(text) == [
        (HEADING, "Aims"),
        (PARAGRAPH, "We share them."),
        (ITEM, "one"),
        (ITEM, "two"),
        (ITEM, "three"),
        (ROW, "who | what"),
        (ROW, "NHS | beds"),
    ]


def test_a_heading_has_its_level() -> None:
    levels = [one.level for one in read_markdown("# A\n\n### B\n\nC\n-\n\nText.") if one.shape is HEADING]
    assert levels == [1, 3, 2]


def test_an_anchor_is_taken_off_its_heading() -> None:
    first = read_markdown("## Who decides? {#who}\n\nWe do.")[0]
    assert (first.text, first.anchor) == ("Who decides?", "who")


def test_a_heading_without_an_anchor_has_none() -> None:
    assert read_markdown("## Who decides?\n\nWe do.")[0].anchor == ""


def test_marks_of_emphasis_and_code_are_taken_off() -> None:
    assert read("It is *very* **true**, says `code`.") == [(PARAGRAPH, "It is very true, says code.")]


def test_of_a_link_its_words_are_kept() -> None:
    assert read("See [the plan](https://example.org/plan).") == [(PARAGRAPH, "See the plan.")]


def test_a_reference_to_a_link_is_left_out() -> None:
    assert read("See [the plan].\n\n[the plan]: https://example.org/plan") == [(PARAGRAPH, "See the plan.")]


def test_pictures_comments_and_raw_html_are_left_out() -> None:
    left_out = ("![a picture](a.png)", "<!-- a comment -->", "<div>\nraw\n</div>", "<script>\nx()\n</script>")
    text = "\n\n".join(("Seen.", *left_out, "Seen too."))
    assert read(text) == [(PARAGRAPH, "Seen."), (PARAGRAPH, "Seen too.")]


def test_a_line_break_parts_words() -> None:
    assert read("one  \ntwo\\\nthree<br>four") == [(PARAGRAPH, "one two three four")]


def test_quoted_text_and_code_are_paragraphs() -> None:
    assert read("> Quoted words.\n\n```\na  block\n```\n") == [(PARAGRAPH, "Quoted words."), (PARAGRAPH, "a block")]


def test_entities_are_letters() -> None:
    assert read("Health &amp; care for &pound;5") == [(PARAGRAPH, "Health & care for £5")]


def test_an_empty_cell_leaves_no_gap() -> None:
    assert read("| a | | b |\n|---|---|---|\n| c | d | e |\n") == [(ROW, "a | b"), (ROW, "c | d | e")]


def test_front_matter_is_not_text() -> None:
    assert read("---\ntitle: Hidden\n---\n\n# Seen\n\nText.") == [(HEADING, "Seen"), (PARAGRAPH, "Text.")]


def test_furniture_is_left_out() -> None:
    assert read("# A\n\nShare this page\n\nText.\n\n## Related content\n\n- Another page\n") == [
        (HEADING, "A"),
        (PARAGRAPH, "Text."),
    ]


def test_nothing_gives_nothing() -> None:
    assert read("") == []


PIECES = some.sampled_from(
    [
        "# ",
        "## ",
        "- ",
        "  - ",
        "1. ",
        "> ",
        "* ",
        "```",
        "`",
        "**",
        "_",
        "[a](b)",
        "![a](b)",
        "{#x}",
        " {#x}",
        "&amp;",
        "<br>",
        "<!--",
        "-->",
        "<b>",
        "\\",
        ":",
        "\n",
        "\n\n",
        "\n---\n",
        "word ",
        "Sentence here. ",
        "é",
        "😀",
        "\xa0",
        "\t",
        "    ",
        "\u200b",
        "\x00",
        "[x]: y",
        "~~~",
        "===",
        "|",
        "|---|",
        "| a | b |\n|---|---|\n",
    ]
)


@given(some.lists(PIECES, max_size=40).map("".join) | some.text())
def test_any_text_is_read_and_its_pieces_stand_at_their_offsets(text: str) -> None:
    elements = read_markdown(text)
    assert all(one.text for one in elements)
    headed = compose(elements, "T")
    blocks = [block for section in headed.sections for block in section.blocks]
    assert [headed.text[one.start : one.end] for one in blocks] == [
        one.text for one in elements if one.shape is not HEADING
    ]
