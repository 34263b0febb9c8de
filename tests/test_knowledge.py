"""What ships in `knowledge/` is whole: every anchor, pitfall and source that it names is there."""

import random
import re

import pytest

from assistant.guard import guard
from assistant.library.catalogue import Nation, TextKind
from assistant.library.changes import changes, changes_named
from assistant.library.differences import differences, differences_between
from assistant.library.glossary import expanded, glossary, nation_named, terms_in
from assistant.library.holdings import shipped_digests
from assistant.library.pitfalls import Stage, pitfalls
from assistant.library.situations import situations

# Which articles raise each pitfall: a fixed list that the pitfalls were drawn from.
RAISED_BY = {
    "structure-over-outcomes": {"opm-ten-lessons", "green-pipe-dream"},
    "trust-alone": {"opm-ten-lessons"},
    "unclear-obligations": {"opm-ten-lessons"},
    "unstated-outcomes": {"opm-ten-lessons"},
    "one-sided-ownership": {"opm-ten-lessons"},
    "stakeholders-left-out": {"opm-ten-lessons", "green-pipe-dream"},
    "shifting-priorities": {"opm-ten-lessons"},
    "going-it-alone": {"opm-ten-lessons", "green-pipe-dream"},
    "unclear-governance": {"opm-ten-lessons"},
    "no-fallback": {"opm-ten-lessons"},
    "weak-accountability": {"capita-four-lessons"},
    "add-on": {"capita-four-lessons"},
    "tribal-loyalties": {"capita-four-lessons", "bettal-seven-steps"},
    "risk-aversion": {"capita-four-lessons"},
    "person-left-out": {"green-pipe-dream", "opm-talk-is-cheap"},
    "community-left-out": {"bettal-seven-steps"},
    "weak-political-backing": {"bettal-seven-steps", "green-pipe-dream"},
    "poor-data-sharing": {"bettal-seven-steps", "opm-talk-is-cheap"},
    "short-term-funding": {"bettal-seven-steps", "green-pipe-dream"},
    "no-evaluation": {"bettal-seven-steps", "green-pipe-dream"},
    "not-listening": {"opm-ten-lessons", "bettal-seven-steps"},
    "form-undecided": {"opm-talk-is-cheap", "green-pipe-dream"},
}
DIGESTS = shipped_digests()
HELD = {f"{id_}#{section.anchor}" for id_, one in DIGESTS.items() for section in one.headed.sections}


def test_the_pitfalls_are_the_fixed_ones_in_their_order() -> None:
    assert [one.id for one in pitfalls()] == list(RAISED_BY)


@pytest.mark.parametrize("pitfall", pitfalls(), ids=lambda one: one.id)
def test_a_pitfall_rests_on_sections_that_are_there(pitfall) -> None:  # type: ignore[no-untyped-def]
    places = {place for line in pitfall.lines for place in line.sources}
    assert places <= HELD
    assert RAISED_BY[pitfall.id] <= {place.split("#")[0] for place in places}


def test_every_stage_has_pitfalls() -> None:
    assert {stage for one in pitfalls() for stage in one.stages} == set(Stage)


def test_every_line_of_every_digest_names_known_pitfalls_and_ends_like_a_sentence() -> None:
    for digest in DIGESTS.values():
        for section in digest.headed.sections:
            assert set(section.pitfalls) <= set(RAISED_BY)
            for block in section.blocks:
                assert re.search(r"[.?!][’”\"')]*$", digest.headed.text[block.start : block.end])


def test_few_lines_lean_on_a_line_before_them() -> None:
    lines = [
        one.headed.text[block.start : block.end]
        for one in DIGESTS.values()
        for section in one.headed.sections
        for block in section.blocks
    ]
    some = random.Random(7).sample(lines, 500)
    leaning = [line for line in some if re.match(r"(?:This|These|Those|They|It|Its|He|She|Such|But|However)\b", line)]
    assert leaning == []


def test_changes_glossary_and_differences_rest_on_sections_that_are_there() -> None:
    places = {place for one in (*changes(), *glossary()) for place in one.sources}
    places |= {place for one in differences() for side in one.sides for place in side}
    assert places <= HELD


def test_situations_point_at_sections_that_are_there() -> None:
    assert {place for one in situations() for place in one.places} <= HELD


def test_each_pitfall_has_at_least_25_situations() -> None:
    counts = dict.fromkeys(RAISED_BY, 0)
    for one in situations():
        for id_ in one.pitfalls:
            counts[id_] += 1
    assert min(counts.values()) >= 25


def test_every_source_is_a_digest_with_its_licence_and_how_it_was_checked() -> None:
    for one in DIGESTS.values():
        assert one.source.text is TextKind.DIGEST
        assert one.source.licence
        assert one.source.checked


def test_a_source_that_another_superseded_names_one_that_is_there() -> None:
    named = {one.source.superseded_by for one in DIGESTS.values() if one.source.superseded_by}
    assert named <= set(DIGESTS)


def test_a_chain_of_changes_is_followed_to_its_end() -> None:
    ids = [one.id for one in changes_named("our PCT signed it", frozenset({Nation.ENGLAND}))]
    assert ids == ["primary-care-trust", "clinical-commissioning-group"]


def test_a_name_of_another_nation_is_not_taken_for_ours() -> None:
    assert changes_named("the CCG", frozenset({Nation.SCOTLAND})) == ()


def test_an_abbreviation_is_found_as_it_is_written_only() -> None:
    assert changes_named("it is a fitful itf-like thing", frozenset({Nation.ENGLAND})) == ()
    assert [one.id for one in changes_named("the ITF", frozenset({Nation.ENGLAND}))] == [
        "integration-transformation-fund"
    ]


def test_a_difference_needs_both_its_sides() -> None:
    one = differences()[0]
    assert one in differences_between([side[0] for side in one.sides])
    assert differences_between([one.sides[0][0]]) == ()


@pytest.mark.parametrize(
    ("question", "spelt"), [("our ijb overspent", "integration joint board"), ("the bcf plan", "Better Care Fund")]
)
def test_an_abbreviation_is_spelt_out_for_the_search(question: str, spelt: str) -> None:
    assert f"({spelt})" in expanded(question)


def test_a_term_that_is_spelt_out_already_stays_as_it_is() -> None:
    question = "the Better Care Fund (BCF)"
    assert expanded(question) == question


@pytest.mark.parametrize(
    "question", ["The trust and the council disagree.", "our trust says no", "the council and the trust both wait"]
)
def test_a_trust_that_is_a_body_is_searched_as_one(question: str) -> None:
    assert "trust" not in expanded(question)


@pytest.mark.parametrize(
    "question", ["Is trust enough?", "how do we rebuild the trust between us", "they lost our trust"]
)
def test_trust_between_people_stays_trust(question: str) -> None:
    assert expanded(question) == question


@pytest.mark.parametrize(
    ("question", "nation"),
    [
        ("our IJB overspent", Nation.SCOTLAND),
        ("the RPB wants it", Nation.WALES),
        ("is it the same in Northern Ireland?", Nation.NORTHERN_IRELAND),
        ("a section 75 agreement", Nation.ENGLAND),
        ("how do England and Scotland differ?", None),
        ("who decides?", None),
    ],
)
def test_the_nation_is_told_by_what_is_bound_to_it(question: str, nation: Nation | None) -> None:
    assert nation_named(question) is nation


def test_terms_are_found_in_an_answer() -> None:
    assert "integrated care board" in [one.term for one in terms_in("The ICB and the council share it.")]


@pytest.mark.parametrize("pitfall", pitfalls(), ids=lambda one: one.id)
def test_the_question_of_each_pitfall_is_one_to_answer(pitfall) -> None:  # type: ignore[no-untyped-def]
    assert guard(pitfall.question).reply is None
