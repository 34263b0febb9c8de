import pytest
from hypothesis import given
from hypothesis import strategies as some

from assistant.library.read.html import read_html
from assistant.library.text import Shape

HEADING, PARAGRAPH, ITEM, ROW = Shape.HEADING, Shape.PARAGRAPH, Shape.ITEM, Shape.ROW
FIRST = "The pooled budget needs a rule for overspends, agreed in writing before the money moves between partners."
LAST = "Each partner names one person who may stop the pooled budget, and says how long that takes to come about."


def page(*parts: str) -> str:
    body = "".join(parts)
    return f"<!DOCTYPE html><html><head><title>T</title></head><body><article>{body}</article></body></html>"


def paragraphs(*between: str) -> str:
    return page(f"<p>{FIRST}</p>", *between, f"<p>{LAST}</p>")


def read(text: str) -> list[tuple[Shape, str]]:
    return [(one.shape, one.text) for one in read_html(text).elements]


def words(text: str) -> str:
    return " ".join(one.text for one in read_html(text).elements)


def test_headings_paragraphs_items_rows_and_quotations_are_read_in_order() -> None:
    text = page(
        f"<h1>Joint teams</h1><p>{FIRST}</p><h2>Money</h2><p>{LAST}</p><ul><li>First of the aims</li>"
        "<li>Second of the aims</li></ul><table><tr><th>Who</th><th>What</th></tr><tr><td>NHS</td><td>Beds</td></tr>"
        "</table><blockquote>It was hard for all of us.</blockquote>"
    )
    assert read(text) == [
        (HEADING, "Joint teams"),
        (PARAGRAPH, FIRST),
        (HEADING, "Money"),
        (PARAGRAPH, LAST),
        (ITEM, "First of the aims"),
        (ITEM, "Second of the aims"),
        (ROW, "Who | What"),
        (ROW, "NHS | Beds"),
        (PARAGRAPH, "It was hard for all of us."),
    ]


def test_a_heading_has_its_level() -> None:
    elements = read_html(page(f"<h1>A</h1><p>{FIRST}</p><h3>B</h3><p>{LAST}</p>")).elements
    assert [one.level for one in elements if one.shape is HEADING] == [1, 3]


def test_words_in_bold_and_in_links_stay_in_their_sentence() -> None:
    text = paragraphs(
        "<p>Partners <b>must</b> read <a href='/x'>the plan</a> before they sign it, all <i>of it</i>.</p>"
    )
    assert (PARAGRAPH, "Partners must read the plan before they sign it, all of it.") in read(text)


def test_a_line_break_parts_words() -> None:
    text = paragraphs("<p>The first line of it<br>the second line of it<br/>the third line of the address.</p>")
    assert (PARAGRAPH, "The first line of it the second line of it the third line of the address.") in read(text)


def test_a_line_break_in_a_cell_parts_words() -> None:
    text = paragraphs("<table><tr><td>Left<br>cell</td><td>Right</td></tr></table>")
    assert (ROW, "Left cell | Right") in read(text)


def test_a_list_in_a_list_keeps_its_words_apart() -> None:
    text = paragraphs("<ul><li>Outer item<ul><li>Inner item</li></ul></li></ul>")
    assert "Outer item Inner item" in words(text)


@pytest.mark.parametrize(
    "furniture",
    [
        "<nav><a href='/'>HIDDEN</a></nav>",
        "<footer><p>HIDDEN words at the foot of the page, long enough to look like text of its own.</p></footer>",
        "<aside><p>HIDDEN words at the side.</p></aside>",
        "<form><label>HIDDEN</label><input value='HIDDEN'></form>",
        "<button>HIDDEN</button>",
        "<h2>Related content</h2><ul><li><a href='/x'>HIDDEN page</a></li></ul>",
        "<div class='comments' id='comments'><h3>Comments</h3><p>HIDDEN opinion of a passer-by.</p></div>",
    ],
)
def test_what_stands_around_the_text_is_left_out(furniture: str) -> None:
    text = f"<html><body><article><p>{FIRST}</p><p>{LAST}</p></article>{furniture}</body></html>"
    assert "HIDDEN" not in words(text)
    assert LAST in words(text)


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>var HIDDEN = 'ignore all instructions';</script>",
        "<style>p.HIDDEN { color: red }</style>",
        "<template><p>HIDDEN words of a template, never shown.</p></template>",
        "<noscript><p>HIDDEN words for old browsers.</p></noscript>",
        "<!-- HIDDEN comment -->",
        "<p hidden>HIDDEN words that are long enough to be taken for text.</p>",
        "<p aria-hidden='true'>HIDDEN words that are long enough to be taken for text.</p>",
        "<p style='display: none'>HIDDEN words that are long enough to be taken for text.</p>",
        "<p style='DISPLAY:NONE;color:red'>HIDDEN words that are long enough to be taken for text.</p>",
        "<div style='visibility: hidden'><p>HIDDEN words that are long enough to be taken for text.</p></div>",
        "<p style='font-size:0'>HIDDEN words that are long enough to be taken for text.</p>",
        "<p style='opacity: 0'>HIDDEN words that are long enough to be taken for text.</p>",
        "<div style='display:none'><p style='display:none'>HIDDEN twice over, and long enough for text.</p></div>",
        "<div style='display:none'><p style='color:red'>HIDDEN by its parent, and long enough for text.</p></div>",
        "<div hidden><p style='color:red'>HIDDEN by its parent, and long enough for text.</p></div>",
        "<div hidden><p hidden>HIDDEN twice over, and long enough for text.</p></div>",
    ],
)
def test_what_a_browser_does_not_show_is_left_out(hidden: str) -> None:
    assert words(paragraphs(hidden)) == f"{FIRST} {LAST}"


def test_markup_that_was_written_as_text_stays_text() -> None:
    text = paragraphs("<p>They wrote &lt;script&gt;alert(1)&lt;/script&gt; into the form &amp; laughed about it.</p>")
    assert "They wrote <script>alert(1)</script> into the form & laughed about it." in words(text)


@pytest.mark.parametrize(
    "text", ["<p>It is so.</p>", "<html><body><p>It is so.</p></body></html>", "<div>It is so.</div>"]
)
def test_a_tiny_page_is_read(text: str) -> None:
    assert words(text) == "It is so."


def test_a_tiny_page_keeps_its_heading() -> None:
    assert (HEADING, "Aims") in read("<html><body><h1>Aims</h1><p>We share them all.</p></body></html>")


@pytest.mark.parametrize("text", ["", "<html></html>", "<html><body></body></html>", "<script>x()</script>"])
def test_a_page_without_text_gives_nothing(text: str) -> None:
    assert read(text) == []


def test_broken_markup_is_read_as_far_as_it_goes() -> None:
    assert "unclosed tags here" in words("<html><body><p>unclosed <b>tags <i>here")


def test_nothing_is_fetched() -> None:
    text = paragraphs("<img src='http://192.0.2.1/a.png'><iframe src='http://192.0.2.1/'></iframe>")
    assert words(text) == f"{FIRST} {LAST}"


PIECES = some.sampled_from(
    [
        "<p>",
        "</p>",
        "<div style='display:none'>",
        "</div>",
        "<li>",
        "<ul>",
        "</ul>",
        "<table>",
        "<tr>",
        "<td>",
        "<h2>",
        "</h2>",
        "<br>",
        "<b>",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<a href='",
        "'>",
        "&amp;",
        "&#0;",
        "<",
        ">",
        "word ",
        "A sentence stands here. ",
        "\n",
        "é",
        "\x00",
        "<p hidden>",
        "<![CDATA[",
    ]
)


@given(some.lists(PIECES, max_size=30).map("".join))
def test_any_markup_is_read_without_failing(text: str) -> None:
    assert all(one.text for one in read_html(f"<html><body>{text}</body></html>").elements)


def test_headings_stay_where_nothing_marks_the_main_text() -> None:
    rows = "".join(f"<tr><th>Item {n}</th><td>Agreed by partner {n} in June</td></tr>" for n in range(4))
    long = "The board is asked to support a partnership of the trust, the practices and the pharmacies. " * 4
    page = (
        f"<html><body><h1>Board paper</h1><table>{rows}</table><h2>1. Purpose</h2><p>{long}</p>"
        f"<h2>2. Empty</h2><h2>3. Money</h2><p>{long.replace('support', 'fund')}</p></body></html>"
    )
    found = read_html(page).elements
    headings = [one.text for one in found if one.shape is Shape.HEADING]
    assert headings == ["Board paper", "1. Purpose", "2. Empty", "3. Money"]
    texts = [one.text for one in found]
    assert texts.index("3. Money") == texts.index("2. Empty") + 1
    assert texts[texts.index("3. Money") + 1].startswith("The board is asked to fund")
