import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.library.catalogue import Nation
from assistant.library.glossary import expanded, nation_named, without_nation


@pytest.mark.parametrize(
    ("turn", "left"),
    [
        ("What about Scotland?", "What about ?"),
        ("and in WALES", "and in "),
        ("Northern Ireland", ""),
        ("England or Wales?", " or ?"),
        ("the Scottish boards", "the  boards"),
        ("Glasgow, then", ", then"),
    ],
)
def test_the_names_of_nations_are_taken_out_of_a_turn_and_nothing_else(turn: str, left: str) -> None:
    assert without_nation(turn) == left


@pytest.mark.parametrize(
    "turn",
    ["", "Who decides?", "Is New South Wales different?", "Which island?", "the Walesa view", "NHS trusts in Ireland"],
)
def test_a_turn_that_names_no_nation_stays_as_it_is(turn: str) -> None:
    assert without_nation(turn) == turn


@given(st.sampled_from(["Scotland", "welsh", "Belfast", "the English board"]), st.text("abc ?,", max_size=20))
def test_what_is_left_of_a_turn_names_no_nation(name: str, rest: str) -> None:
    assert nation_named(f"{name} {rest}") is not None
    assert nation_named(without_nation(f"{name} {rest}")) is None


@pytest.mark.parametrize(
    ("question", "nation"),
    [
        ("Who decides in Cardiff?", Nation.WALES),
        ("What does our IJB decide?", Nation.SCOTLAND),
        ("Does it hold in Northern Ireland?", Nation.NORTHERN_IRELAND),
        ("Do England and Wales differ?", None),
        ("Is New South Wales different?", None),
        ("Who decides?", None),
    ],
)
def test_the_nation_of_a_question_is_the_one_that_it_names_or_whose_bodies_it_speaks_of(
    question: str, nation: Nation | None
) -> None:
    assert nation_named(question) is nation


def test_an_abbreviation_is_spelt_out_behind_itself_once() -> None:
    once = expanded("What does our IJB decide, and who chairs the IJB?")
    assert once.lower().count("integration joint board") == 1
    assert expanded("The integration joint board (IJB) decides.") == "The integration joint board (IJB) decides."


@pytest.mark.parametrize("question", ["Is trust enough?", "Do we trust the council?", "How do we rebuild the trust?"])
def test_trust_between_people_is_no_hospital(question: str) -> None:
    assert expanded(question) == question


def test_a_trust_that_is_a_body_is_searched_as_a_hospital() -> None:
    assert expanded("The trust says no.") == "The hospital says no."
