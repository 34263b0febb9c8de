from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from assistant.errors import ReadError
from assistant.library.read.plain import decoded, looks_like_heading, read_plain, tidy
from assistant.library.text import Shape, compose

HEADING, PARAGRAPH, ITEM = Shape.HEADING, Shape.PARAGRAPH, Shape.ITEM
PASTED = """top of page

Seven steps to joint teams

Tuesday 12 November 2013

Joining up care is hard, and the writer of this page says why.

1. Agree who decides

Without a rule nobody decides.

  • We must be bold. Change brings risk.
  • We must be honest about money.

2. Clarity: money, people and records

Partners share them.

12 views 3 comments

Share this page

Post your comment

Related content

Six other steps

bottom of page
"""


def read(text: str) -> list[tuple[Shape, str]]:
    return [(one.shape, one.text) for one in read_plain(text)]


def test_a_pasted_web_article_keeps_its_words_and_loses_the_page() -> None:
    assert read(PASTED) == [
        (HEADING, "Seven steps to joint teams"),
        (PARAGRAPH, "Tuesday 12 November 2013"),
        (PARAGRAPH, "Joining up care is hard, and the writer of this page says why."),
        (HEADING, "1. Agree who decides"),
        (PARAGRAPH, "Without a rule nobody decides."),
        (ITEM, "We must be bold. Change brings risk."),
        (ITEM, "We must be honest about money."),
        (HEADING, "2. Clarity: money, people and records"),
        (PARAGRAPH, "Partners share them."),
    ]


def test_a_bare_line_with_text_after_it_is_a_heading() -> None:
    assert read("Trust\n\nIt grows slowly.") == [(HEADING, "Trust"), (PARAGRAPH, "It grows slowly.")]


def test_of_several_bare_lines_the_last_is_the_heading() -> None:
    assert read("The page\n\nThe heading\n\nIt is so.") == [(HEADING, "The heading"), (PARAGRAPH, "It is so.")]


def test_a_bare_line_at_the_end_is_no_heading() -> None:
    assert read("It is so.\n\nAnn Lee") == [(PARAGRAPH, "It is so.")]


def test_a_heading_may_stand_over_a_list() -> None:
    assert read("Aims\n\n- better care\n- less waste") == [
        (HEADING, "Aims"),
        (ITEM, "better care"),
        (ITEM, "less waste"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Trust is not enough",
        "What about the politicians?",
        "1. Proper political support is required",
        "2.1 Scope",
        "7) Money",
        "Clarity: accountability, communication and data sharing",
        "I. Introduction",
    ],
)
def test_a_short_line_that_begins_like_a_title_looks_like_a_heading(line: str) -> None:
    assert looks_like_heading(line)


@pytest.mark.parametrize(
    "line",
    [
        "Trust is not enough.",
        "these words begin small",
        "Tuesday 12 November 2013",
        "12 November 2013",
        "3rd May 2020",
        "“Trust is not enough”",
        "‘We are not there yet’",
        "Write to ann@example.org",
        "See https://example.org/trust",
        "Partners must agree on this:",
        "Partners, and others,",
        "This line has so many words that nobody would ever take it for a heading of anything",
        "A " + "very " * 20 + "long line",
        "",
    ],
)
def test_a_sentence_a_date_a_quotation_or_an_address_does_not(line: str) -> None:
    assert not looks_like_heading(line)


@pytest.mark.parametrize("mark", ["•", "●", "▪", "-", "–", "*", "·", "(a)", "a)", "1)", "12."])
def test_a_bullet_of_any_sort_makes_an_item(mark: str) -> None:
    assert read(f"{mark} first of them.\n{mark} second of them.") == [
        (ITEM, "first of them."),
        (ITEM, "second of them."),
    ]


def test_a_numbered_list_keeps_its_items() -> None:
    assert read("Partners do three things.\n\n1. Meet.\n2. Agree.\n3. Act.\n\nThat is all of it.") == [
        (PARAGRAPH, "Partners do three things."),
        (ITEM, "Meet."),
        (ITEM, "Agree."),
        (ITEM, "Act."),
        (PARAGRAPH, "That is all of it."),
    ]


def test_a_numbered_list_of_short_items_without_full_stops_keeps_them_too() -> None:
    assert read("Partners do three things.\n\n1. Be bold\n2. Be honest\n3. Be quick\n\nThat is all of it.") == [
        (PARAGRAPH, "Partners do three things."),
        (ITEM, "Be bold"),
        (ITEM, "Be honest"),
        (ITEM, "Be quick"),
        (PARAGRAPH, "That is all of it."),
    ]


def test_an_item_wrapped_by_hand_is_one_item() -> None:
    assert read("- the first item\n  goes on here\n- the second") == [
        (ITEM, "the first item goes on here"),
        (ITEM, "the second"),
    ]


def test_lines_wrapped_by_hand_are_one_paragraph() -> None:
    text = "This paragraph was wrapped\nby hand at thirty characters\nor so.\n\nThis is the next."
    assert read(text) == [
        (PARAGRAPH, "This paragraph was wrapped by hand at thirty characters or so."),
        (PARAGRAPH, "This is the next."),
    ]


def test_long_lines_are_paragraphs_without_blank_lines_between_them() -> None:
    long = (
        "The pooled budget needs a rule for overspends, agreed in writing before the money moves between the partners. "
        * 2
    )
    assert read(f"Money\n{long}\n{long}") == [(HEADING, "Money"), (PARAGRAPH, long.strip()), (PARAGRAPH, long.strip())]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_line_ends_of_any_machine_are_read(end: str) -> None:
    assert read(f"Trust{end}{end}It grows.{end}{end}It goes.{end}") == [
        (HEADING, "Trust"),
        (PARAGRAPH, "It grows."),
        (PARAGRAPH, "It goes."),
    ]


def test_blank_lines_may_hold_spaces() -> None:
    assert read("Trust\n \t\nIt grows.\n\n\n\nIt goes.") == [
        (HEADING, "Trust"),
        (PARAGRAPH, "It grows."),
        (PARAGRAPH, "It goes."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Share this risk between all the partners.",
        "Follow this with a plan for staff.",
        "We had to\nshare this burden with the council\nfor years and years.",
        "She wanted to go\nhome\nbefore the nurse came.",
    ],
)
def test_words_that_only_begin_like_a_button_are_kept(text: str) -> None:
    assert read(text) == [(PARAGRAPH, " ".join(text.split()))]


@pytest.mark.parametrize("text", ["", "\n\n", "Search", "Share this page\n\nMenu\n"])
def test_a_text_with_nothing_to_say_gives_nothing(text: str) -> None:
    assert read(text) == []


def test_tidy_text_has_single_spaces_and_nothing_invisible() -> None:
    assert tidy(" a\u00a0\t b\n\u200bc\u00ad \ufeff\x07 ") == "a b c"


def test_tidy_text_has_no_hidden_tag_characters() -> None:
    assert tidy("plain" + "".join(chr(0xE0000 + ord(c)) for c in "hidden")) == "plain"


def test_tidy_text_has_whole_letters() -> None:
    assert tidy("e\u0301ﬃcient ﬁle") == "éfficient file"


@given(some.text())
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@given(some.text(alphabet=some.sampled_from("aB .1-•*:?\n\r\t(“’@é\u00a0"), max_size=120))
def test_any_text_is_read_and_its_pieces_stand_at_their_offsets(text: str) -> None:
    elements = read_plain(text)
    headed = compose(elements, "T")
    blocks = [block for section in headed.sections for block in section.blocks]
    assert [headed.text[one.start : one.end] for one in blocks] == [
        one.text for one in elements if one.shape is not HEADING
    ]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-bom", "utf-16-be-bom", "utf-32", "cp1252"]
)
def test_text_is_decoded_from(encoding: str) -> None:
    text = "The partners’ budget is £5m – a rule for the café. " * 4
    marks = {"utf-16-le-bom": b"\xff\xfe", "utf-16-be-bom": b"\xfe\xff"}
    data = marks.get(encoding, b"") + text.encode(encoding.removesuffix("-bom"))
    assert decoded(data, "a.txt") == text


@pytest.mark.parametrize(
    "text",
    [
        "Trust isn’t enough. There needs to be more than trust behind the partnership.",
        "The pooled budget was £5m.",
        "The “joint” team – so they say – met in the café.",
    ],
)
def test_a_short_text_from_windows_is_decoded(text: str) -> None:
    assert decoded(text.encode("cp1252"), "a.txt") == text


def test_bytes_that_are_no_text_are_refused_with_what_to_do() -> None:
    with pytest.raises(ReadError, match=r"a\.txt is not readable as text\. Save it as UTF-8"):
        decoded(bytes(range(128, 256)), "a.txt")


@pytest.mark.parametrize(
    ("name", "headings"),
    [
        ("opm-ten-lessons", 11),
        ("bettal-seven-steps", 10),
        ("green-pipe-dream", 6),
    ],
)
def test_the_headings_of_the_original_articles_are_found(articles: Path, name: str, headings: int) -> None:
    text = (articles / f"{name}.txt").read_text(encoding="utf-8")
    assert sum(one.shape is HEADING for one in read_plain(text)) == headings


def test_nothing_of_the_pages_is_left_in_the_original_articles(articles: Path) -> None:
    for path in articles.glob("*.txt"):
        texts = {one.text.lower() for one in read_plain(path.read_text(encoding="utf-8"))}
        assert not texts & {"top of page", "bottom of page", "post image", "news and comment", "related content"}
