from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit.answer.made import citation, holding, library, plain
from unit.ui.tags import HOSTILE, Tags

from assistant.gaps import Gap, Words
from assistant.library.catalogue import Source, Standing
from assistant.library.changes import changes
from assistant.library.holdings import Holding, Library, Origin
from assistant.library.pitfalls import pitfalls
from assistant.search.generation import Record
from ui.curate import Outcome, Progress
from ui.render.keeping import gap_table, last_change, outcomes, sure
from ui.render.shelf import shelf
from ui.render.source import source_page

TEAMS = holding(
    "joint-teams",
    {"desks": ["point: One desk does not make one team."], "money": ["do: Agree a rule for overspends."]},
    title="Joint teams",
    authors=("Ann Bee",),
    publisher="OPM",
    published="2013-11-12",
    url="https://example.org/teams?a=1&b=2",
)
OWN = plain("own-file", ["The first paragraph of the file."], title="My own file")
LIBRARY = library(TEAMS, OWN)
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=30)


def altered(one: Holding, **fields: object) -> Holding:
    return Holding(one.source.model_copy(update=fields), one.headed, one.origin)


def rows(held: Library) -> list[dict[str, str]]:
    return [one for one in Tags(shelf(held)).of("tr") if "data-item" in one]


def test_every_source_has_a_row_with_what_it_can_be_chosen_by() -> None:
    assert len(rows(LIBRARY)) == 2
    shown = {one["data-year"]: one for one in rows(LIBRARY)}["2010"]
    assert shown["data-kind"] == TEAMS.source.kind
    assert shown["data-nation"].split() == list(TEAMS.source.nations)
    assert shown["data-origin"] == "shipped"


@pytest.mark.parametrize(
    ("published", "span"),
    [("2026-01", "2020"), ("2019", "2010"), ("2004-05-01", "2000"), ("1999", "0"), (None, "none")],
)
def test_a_year_belongs_to_its_span(published: str | None, span: str) -> None:
    (row,) = rows(library(altered(TEAMS, published=published)))
    assert row["data-year"] == span


def test_a_source_leads_to_itself_opened() -> None:
    assert "#source-joint-teams" in Tags(shelf(LIBRARY)).values("href")


def test_one_column_is_sorted_at_first_and_says_so() -> None:
    assert [one.get("aria-sort") for one in Tags(shelf(LIBRARY)).of("th") if one["scope"] == "col"] == [
        "ascending",
        "none",
        "none",
        "none",
        "none",
    ]


def test_an_empty_library_says_what_to_do() -> None:
    assert "Add files" in Tags(shelf(Library({}))).text


def test_a_reader_s_own_file_is_marked_as_such() -> None:
    own = Holding(OWN.source, OWN.headed, Origin.ADDED)
    assert "your own file" in Tags(shelf(library(own))).text
    assert "your own file" not in Tags(shelf(library(TEAMS))).text


def test_an_opened_source_has_an_address_for_each_section() -> None:
    ids = Tags(source_page(TEAMS, [], [], [])).values("id")
    assert ids == ["source-joint-teams", "section-joint-teams--desks", "section-joint-teams--money"]


@pytest.mark.parametrize(
    ("checked", "written"),
    [
        ("2026-11-24: against the article", "Facts checked24 November 2026: against the article"),
        ("by hand: on paper", "Facts checkedby hand: on paper"),
        ("2026-13-24: no such month", "Facts checked2026-13-24: no such month"),
    ],
)
def test_the_day_on_which_facts_were_checked_is_written_as_people_do(checked: str, written: str) -> None:
    assert written in Tags(source_page(altered(TEAMS, checked=checked), [], [], [])).text.replace("\n", "")


def test_who_is_speaking_begins_with_a_capital() -> None:
    assert "<dt>Who is speaking</dt><dd>Article</dd>" in source_page(TEAMS, [], [], [])


def test_an_opened_source_tells_what_its_record_says_and_nothing_for_what_it_does_not() -> None:
    said = Tags(source_page(TEAMS, [], [], [])).text
    assert "12 November 2013" in said
    assert "Ann Bee" in said
    assert "Interest" not in said


def test_the_words_that_a_conversation_cites_are_marked_in_their_own_source_alone() -> None:
    cited = citation(TEAMS, "Agree a rule for overspends.")
    assert "<mark>Agree a rule for overspends.</mark>" in source_page(TEAMS, [cited], [], [])
    assert "<mark>" not in source_page(OWN, [cited], [], [])


def test_what_has_changed_since_is_told() -> None:
    one = changes()[0]
    assert one.text in Tags(source_page(TEAMS, [], [one], [])).text


def test_a_source_that_was_replaced_says_by_what() -> None:
    old = altered(TEAMS, status=Standing.SUPERSEDED, superseded_by="The newer thing")
    assert "Replaced by: The newer thing" in Tags(source_page(old, [], [], pitfalls())).text


def test_what_went_well_and_what_did_not_are_told_apart_by_a_sign() -> None:
    told = Tags(outcomes(Progress((Outcome("a.md: added.", True), Outcome("b.pdf: not added.", False)))))
    assert "✓ a.md: added." in told.text
    assert "✗ b.pdf: not added." in told.text


def test_how_far_a_change_has_come_is_shown_and_named() -> None:
    (bar,) = Tags(outcomes(Progress((), "Updating the index", 3, 9))).of("progress")
    assert (bar["value"], bar["max"], bar["aria-label"]) == ("3", "9", "Updating the index")


def test_outcomes_are_told_to_those_who_cannot_see_them() -> None:
    assert Tags(outcomes(None)).of("div") == [{"role": "status", "aria-live": "polite"}]


def record(**news: object) -> Record:
    return Record({}, {}, (), "2026-11-25T17:56:03Z", **news)  # type: ignore[arg-type]


def test_the_last_change_names_what_was_added_and_changed_and_counts_what_went() -> None:
    told = Tags(last_change(record(added=("own-file",), changed=("joint-teams",), removed=2), LIBRARY)).text
    assert "25 November 2026 at 17:56" in told
    assert "My own file" in told
    assert "Joint teams" in told
    assert "Removed: 2." in told


def test_a_library_read_for_the_first_time_is_counted_and_not_listed() -> None:
    told = Tags(last_change(record(added=("own-file", "joint-teams")), LIBRARY))
    assert "2 sources were read." in told.text
    assert told.of("li") == []


def test_gaps_stand_in_a_table_with_a_link_to_their_topic() -> None:
    day = date(2026, 3, 1)
    found = (Gap("trust-alone", "Trust", 4, day, day), Gap("source:own-file", "My own file", 1, day, day))
    told = Tags(gap_table(found))
    assert told.values("href") == ["#pitfall-trust-alone", "#source-own-file"]
    assert "1 March 2026" in told.text


def test_a_gap_near_nothing_leads_nowhere() -> None:
    day = date(2026, 3, 1)
    assert Tags(gap_table([Gap("nothing-near", "Nothing near", 4, day, day)])).values("href") == []


def pages(text: str) -> list[Tags]:
    """Every page of the tab, with the text wherever a reader's own words may stand."""
    own = altered(OWN, title=text, publisher=text, authors=(text,), licence=text, status_note=text, interest=text)
    day = date(2026, 3, 1)
    gap = Gap("nothing-near", text, 1, day, day, (Words("nothing-near", day, text),))
    made = [
        shelf(library(own)),
        source_page(own, [], [], []),
        outcomes(Progress((Outcome(text, True),), text)),
        sure(text),
        last_change(record(added=("own-file",)), library(own)),
        gap_table([gap]),
    ]
    return [Tags(one) for one in made]


@given(text=WORDS | st.just(HOSTILE))
def test_whatever_a_file_says_the_pages_have_no_other_tags(text: str) -> None:
    for hostile, meant in zip(pages(text), pages("plain"), strict=True):
        assert hostile.shape == meant.shape
        assert hostile.is_well_formed


def test_what_a_file_says_is_shown_as_it_is() -> None:
    assert [HOSTILE in one.text for one in pages(HOSTILE)] == [True] * 6


def test_no_link_of_a_source_can_run_a_script() -> None:
    with pytest.raises(ValueError, match="url"):
        Source.model_validate({**TEAMS.source.model_dump(), "url": "javascript:run()"})
