from typing import Any

import pytest
from bs4 import BeautifulSoup
from fakes import WordEmbeddings
from unit.evaluate.made import LIBRARY, NOT_FOUND, asked, cite, gold, said

from assistant.evaluate import page, report, turn_of
from assistant.evaluate.measures import MEASURES
from assistant.evaluate.plot import plot

HOSTILE = '<script>alert(1)</script> & "who" decides?'


@pytest.fixture(scope="module")
def result() -> dict[str, Any]:
    outcomes = [
        asked(said(cite("first")), id_="q-1", gold=gold(), audience="leader"),
        asked(said(cite("second"), question=HOSTILE), id_="q-2", gold=gold(), turns=(HOSTILE,)),
        asked(NOT_FOUND, "abstain", id_="q-3"),
        asked(said(cite("first")), "abstain", id_="q-4", kind="unanswerable"),
        asked(NOT_FOUND, "refuse", id_="q-5"),
    ]
    return report(outcomes, LIBRARY, WordEmbeddings(), [turn_of(one) for one in outcomes])


@pytest.fixture(scope="module")
def html(result: dict[str, Any]) -> str:
    return page(result, "<b>questions.jsonl")


@pytest.fixture(scope="module")
def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def test_the_page_has_its_language_a_title_and_one_main_heading(soup: BeautifulSoup) -> None:
    assert soup.html is not None
    assert soup.html["lang"] == "en-GB"
    assert soup.title is not None
    assert "<b>questions.jsonl" in soup.title.text
    assert next(one.name for one in soup.find_all(["h1", "h2", "h3"])) == "h1"
    assert len(soup.find_all("h1")) == 1


def test_every_table_has_a_caption_and_headers_of_rows_and_columns(soup: BeautifulSoup) -> None:
    tables = soup.find_all("table")
    assert len(tables) == 6
    for table in tables:
        assert table.caption.text.strip()
        assert {one["scope"] for one in table.find_all("th")} == {"col", "row"}


def test_the_plot_is_told_in_words_and_as_a_table(soup: BeautifulSoup) -> None:
    drawn = soup.find(attrs={"role": "img"})
    assert drawn is not None
    assert "interval" in str(drawn["aria-label"])
    assert drawn.find("svg") is not None
    table = soup.find("table")
    assert table is not None
    assert len(table.find_all("tr")) == 1 + len(MEASURES)


def test_the_page_needs_nothing_from_elsewhere_and_runs_nothing(soup: BeautifulSoup) -> None:
    assert soup.find_all(["script", "link", "img", "iframe", "object"]) == []
    assert not [one for tag in soup.find_all(True) for one in tag.attrs if one.startswith("on")]
    addresses = [tag.get(name) for tag in soup.find_all(True) for name in ("src", "href", "xlink:href")]
    assert all(one.startswith("#") for one in addresses if one)
    assert "url(http" not in str(soup)
    assert "@import" not in str(soup)


def test_what_readers_typed_is_escaped(html: str) -> None:
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_every_missed_turn_is_in_the_page(soup: BeautifulSoup) -> None:
    rows = [
        [one.text.strip() for one in row.find_all(["th", "td"])] for row in soup.find_all("table")[-1].find_all("tr")
    ]
    assert rows[1:] == [
        ["q-2, 1", HOSTILE, "first: On money", "second#money"],
        ["q-4, 1", "Who decides?", "No answer: the library does not hold it", "first#money"],
        ["q-5, 1", "Who decides?", "A refusal or a fixed reply", "Nothing (not found)"],
    ]


def test_the_comparison_is_in_the_page_where_there_is_one(result: dict[str, Any], soup: BeautifulSoup) -> None:
    assert soup.find(id="comparison") is not None
    assert "comparison" not in page(result | {"comparison": None}, "q.jsonl")


def test_nothing_asked_gives_a_page_all_the_same() -> None:
    assert "None." in page(report([], LIBRARY, WordEmbeddings()), "empty.jsonl")


def test_the_same_report_gives_the_same_page(result: dict[str, Any], html: str) -> None:
    assert page(result, "<b>questions.jsonl") == html


def test_the_plot_has_a_row_for_each_measure_with_a_value_and_the_colour_of_the_text() -> None:
    drawn = plot(
        {
            "Right source": {"value": 0.5, "n": 2, "low": 0.1, "high": 0.9},
            "Facts": {"value": 0.4, "n": 1, "low": None, "high": None},
            "Nothing": {"value": None, "n": 0, "low": None, "high": None},
        }
    )
    assert drawn.startswith("<svg")
    assert ("Right source" in drawn, "Facts" in drawn, "Nothing" in drawn) == (True, True, False)
    assert "currentColor" in drawn
    assert "#010203" not in drawn
