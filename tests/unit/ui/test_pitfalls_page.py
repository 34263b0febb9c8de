import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit.ui.tags import HOSTILE, Tags

from assistant.library.catalogue import Kind
from assistant.library.holdings import Library, open_library, shipped_digests
from assistant.library.pitfalls import Pitfall, Stage, Theme, pitfalls
from assistant.settings import Settings
from ui.render.matrix import matrix
from ui.render.pitfalls import pitfall_page, pitfalls_page

DIGESTS = shipped_digests()
ALL = pitfalls()
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=30)


@pytest.fixture
def library(home: Settings) -> Library:
    return open_library(home)


@pytest.fixture
def page(library: Library) -> Tags:
    return Tags(pitfalls_page(ALL, library, DIGESTS))


def reworded(pitfall: Pitfall, text: str) -> Pitfall:
    """A pitfall with every one of its texts replaced."""

    def lines(name: str) -> tuple[object, ...]:
        return tuple(one.model_copy(update={"text": text}) for one in getattr(pitfall, name))

    parts = {name: lines(name) for name in ("why", "signs", "do", "ask", "proposal")}
    return pitfall.model_copy(update={"name": text, "question": text, **parts})


def test_the_page_is_well_formed(page: Tags) -> None:
    assert page.is_well_formed


def test_every_pitfall_opens_at_an_address_of_its_own(page: Tags) -> None:
    assert {one["id"] for one in page.of("details") if "id" in one} == {f"pitfall-{one.id}" for one in ALL}


def test_no_address_is_given_twice(page: Tags) -> None:
    ids = page.values("id")
    assert len(ids) == len(set(ids))


def test_there_is_a_choice_for_every_stage_and_every_theme(page: Tags) -> None:
    chosen = {(one["data-filter"], one["value"]) for one in page.of("input")}
    assert chosen == {("stage", ""), ("theme", "")} | {("stage", one) for one in Stage} | {
        ("theme", one) for one in Theme
    }


def test_every_line_has_a_number_that_leads_to_a_source_of_its_own_pitfall(library: Library) -> None:
    for one in ALL:
        opened = Tags(pitfall_page(one, library, DIGESTS))
        targets = set(opened.values("id"))
        marks = [tag["href"][1:] for tag in opened.of("a") if tag.get("class") == "cg-mark"]
        assert len(marks) >= len(one.lines)
        assert set(marks) <= targets


def test_a_source_leads_to_its_section_in_the_library(library: Library) -> None:
    links = {link for link in Tags(pitfall_page(ALL[0], library, DIGESTS)).values("href") if link.startswith("#sec")}
    assert links == {f"#section-{place.replace('#', '--')}" for line in ALL[0].lines for place in line.sources}


def test_a_line_whose_source_nobody_knows_is_left_out(library: Library) -> None:
    known = {id_: one for id_, one in DIGESTS.items() if id_ != "opm-ten-lessons"}
    without = Library({id_: one for id_, one in library.holdings.items() if id_ != "opm-ten-lessons"})
    shown = pitfall_page(ALL[0], without, known)
    only = [one.text for one in ALL[0].lines if all(place.startswith("opm-ten-lessons#") for place in one.sources)]
    assert only
    assert [text for text in only if text in shown] == []


def test_a_source_that_this_library_does_not_hold_is_named_and_not_linked() -> None:
    opened = Tags(pitfall_page(ALL[0], Library({}), DIGESTS))
    assert DIGESTS["opm-ten-lessons"].source.title in opened.text
    assert [link for link in opened.values("href") if link.startswith("#section-")] == []


def test_the_chart_has_a_sign_for_every_source_cited_for_a_pitfall(library: Library) -> None:
    cited = {(one.id, place.partition("#")[0]) for one in ALL for line in one.lines for place in line.sources}
    body = matrix(ALL, library, DIGESTS).partition('class="cg-chart-marks"')[2].partition("</svg>")[0]
    assert body.count("<title>") == len(cited)


def test_the_table_says_the_same_as_the_chart(library: Library) -> None:
    table = matrix(ALL, library, DIGESTS).partition("<table")[2]
    for row, one in zip(re.findall(r"<tr>(.*?)</tr>", table.partition("<tbody>")[2], re.DOTALL), ALL, strict=True):
        assert set(re.findall(r"#source-([\w-]+)", row)) == {
            place.partition("#")[0] for line in one.lines for place in line.sources
        }


def test_the_chart_is_described_in_words(library: Library) -> None:
    (label,) = [one["aria-label"] for one in Tags(matrix(ALL, library, DIGESTS)).of("svg") if one.get("role") == "img"]
    cited = {place.partition("#")[0] for one in ALL for line in one.lines for place in line.sources}
    laws = [id_ for id_ in cited if library[id_].source.kind is Kind.LEGISLATION]
    assert label.startswith(f"Chart of {len(cited)} sources by 22 pitfalls. Law: {len(laws)}.")


@given(text=WORDS | st.just(HOSTILE))
def test_whatever_a_pitfall_says_the_page_has_no_other_tags(text: str) -> None:
    library = Library({})
    plain, hostile = (Tags(pitfall_page(reworded(ALL[0], one), library, DIGESTS)) for one in ("plain", text))
    assert hostile.shape == plain.shape
    assert hostile.is_well_formed


def test_what_a_pitfall_says_is_shown_as_it_is() -> None:
    hostile = Tags(pitfall_page(reworded(ALL[0], HOSTILE), Library({}), DIGESTS))
    assert hostile.text.count(HOSTILE) > 20
    assert HOSTILE in hostile.values("data-ask")
