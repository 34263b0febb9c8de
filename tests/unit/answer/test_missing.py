from collections.abc import Callable

import pytest
from made import citation, holding, statement

from assistant.answer.missing import left_open
from assistant.answer.parts import NoteKind

HELD = holding(
    "joint-teams",
    {
        "money": ["point: A pooled budget held £4 million in 2013.", "point: A pooled budget needs trust."],
        "people": ["point: Staff need to be told early."],
    },
)
FIGURE = statement(citation(HELD, "A pooled budget held £4 million in 2013."))
PLAIN = statement(citation(HELD, "A pooled budget needs trust."))


def told(question: str, *statements: object, likely: Callable[[str], float] = lambda _: 1.0) -> str:
    """What the note says is left open; empty where there is none."""
    known = {"pool", "budget", "staff", "scotland"}
    notes = left_open(question, statements or (PLAIN,), is_known=known.__contains__, likely=likely)  # type: ignore[arg-type]
    assert all(one.kind is NoteKind.PARTIAL for one in notes)
    assert len(notes) < 2
    return notes[0].text if notes else ""


@pytest.mark.parametrize("question", ["Who decides?", "How do we pool a budget?", "We lost £300. What now?", ""])
def test_a_question_that_asks_for_advice_leaves_nothing_open(question: str) -> None:
    assert told(question) == ""


@pytest.mark.parametrize(
    "question", ["How much do we pay into the pool?", "What percentage is pooled?", "Staff left. How many stay?"]
)
def test_a_figure_that_no_quote_gives_is_missing(question: str) -> None:
    assert "no figure" in told(question)
    assert told(question, FIGURE) == ""


@pytest.mark.parametrize("question", ["When did the pool begin?", "Which year was that?"])
def test_a_date_that_no_quote_gives_is_missing(question: str) -> None:
    assert "no date" in told(question)
    assert told(question, FIGURE) == ""


def test_when_to_do_a_thing_asks_for_no_date() -> None:
    assert told("When should we tell the staff?") == ""


def test_a_name_that_the_library_does_not_know_is_told() -> None:
    assert "Hounslow" in told("What did staff do in the Hounslow pool?", PLAIN)
    assert told("What did staff do about Scotland?") == ""


@pytest.mark.parametrize(
    "question",
    ["Who decides in our Hounslow team?", "We are in Hounslow. Who decides?", "Who decides for us in Hounslow?"],
)
def test_the_readers_own_place_is_not_asked_about(question: str) -> None:
    assert told(question) == ""


def test_a_part_that_is_no_question_for_this_library_is_named() -> None:
    question = "Our budgets are pooled. Who decides on the money? Which bus goes to the town hall?"

    def likely(part: str) -> float:
        assert part.startswith("Our budgets are pooled.")
        return 0.01 if "bus" in part else 0.9

    note = told(question, likely=likely)
    assert "Which bus goes to the town hall?" in note
    assert "Who decides" not in note


def test_a_single_question_is_not_judged_in_parts() -> None:
    assert told("Which bus goes to the town hall?", likely=lambda _: 0.0) == ""


def test_a_long_part_is_cut_at_a_word() -> None:
    long = "Which bus goes " + "to the town hall or the old mill " * 8 + "today?"
    note = told(f"Who decides on the money? {long}", likely=lambda part: 0.0 if "bus" in part else 1.0)
    assert " …" in note
    assert len(note) < 220
