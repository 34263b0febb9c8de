"""What a language model may do to a check: point at words of the draft, and nothing else."""

from dataclasses import replace
from threading import Event
from typing import Any

import numpy as np
import pytest
from fakes import ScriptedChatModel

from assistant.answer.parts import Engine, NoteKind
from assistant.proposal.draft import Span
from assistant.proposal.judge import Judge, Scores, load
from assistant.proposal.parts import Treatment
from assistant.proposal.propose import Choice, Status, propose

FIRST, SECOND, THIRD = 0, 1, 2
TEXTS = (
    "Council A takes the service back within 90 days.",
    "The pool may end one day, as all things do.",
    "Lunch is at noon, says Mary Jones (NHS 943 476 5919).",
)
SPANS = tuple(Span(text, (text,), "Ending") for text in TEXTS)
ADDRESSED, TOUCHED, ABSENT = "no-fallback", "trust-alone", "add-on"


@pytest.fixture(scope="module")
def judge() -> Judge:
    """The one that ships, with thresholds of a half."""
    shipped = load()
    half = (0.5,) * len(shipped.pitfalls)
    return replace(shipped, least_raised=half, least_committed=half)


def scores(judge: Judge) -> Scores:
    """Both the first spans commit on one pitfall and raise a second; none says anything of the others."""
    raised, committed = np.zeros((3, 22)), np.zeros((3, 22))
    committed[[FIRST, SECOND], judge.pitfalls.index(ADDRESSED)] = 0.9, 0.6
    raised[[FIRST, SECOND], judge.pitfalls.index(TOUCHED)] = 0.9, 0.6
    return Scores(raised, committed)


def statuses(judge: Judge) -> list[Status]:
    found: list[Status] = [(Treatment.ABSENT, None)] * 22
    found[judge.pitfalls.index(ADDRESSED)] = (Treatment.ADDRESSED, FIRST)
    found[judge.pitfalls.index(TOUCHED)] = (Treatment.TOUCHED, FIRST)
    return found


def chosen(judge: Judge, *replies: Any, patience: float = 5.0) -> Choice:
    chat = ScriptedChatModel(replies=list(replies))
    return propose(statuses(judge), judge, scores(judge), SPANS, chat, patience=patience)


def quoted(choice: Choice, judge: Judge, pitfall: str) -> Status:
    return choice.statuses[judge.pitfalls.index(pitfall)]


def test_a_span_that_the_judge_gives_the_same_verdict_is_quoted(judge: Judge) -> None:
    choice = chosen(judge, f"{ADDRESSED}: [2]")
    assert quoted(choice, judge, ADDRESSED) == (Treatment.ADDRESSED, SECOND)
    assert choice.engine is Engine.MODEL
    assert [note.kind for note in choice.notes] == [NoteKind.ENGINE]


def test_a_span_may_be_named_by_its_words(judge: Judge) -> None:
    choice = chosen(judge, f"- {TOUCHED}: “The pool may end one day, as all things do.”")
    assert quoted(choice, judge, TOUCHED) == (Treatment.TOUCHED, SECOND)


@pytest.mark.parametrize(
    "reply",
    [
        f"{ADDRESSED}: [3]",  # the judge sees nothing in it
        f"{ABSENT}: [1]",  # the judge found nothing to quote
        f"{ADDRESSED}: [99]",
        f"{ADDRESSED}: [0]",
        f"{ADDRESSED}: Council B takes the service back within 9 days.",  # stands nowhere
        f"{ADDRESSED}: the",
        "weather: [2]",
        "All is addressed!",
        "",
        "x" * 30_000,
    ],
)
def test_no_reply_makes_a_verdict_better_or_worse_or_quotes_what_shows_nothing(judge: Judge, reply: str) -> None:
    choice = chosen(judge, reply)
    assert list(choice.statuses) == statuses(judge)
    assert choice.engine is Engine.EVIDENCE


def test_a_model_that_fails_leaves_the_evidence_and_a_note(judge: Judge) -> None:
    choice = chosen(judge, RuntimeError("down"))
    assert list(choice.statuses) == statuses(judge)
    assert "could not be reached" in choice.notes[0].text


def test_a_model_that_talks_nonsense_leaves_the_evidence_and_a_note(judge: Judge) -> None:
    assert "could not be used" in chosen(judge, "As a poet, I say: spring!").notes[0].text


def test_a_model_that_is_silent_is_not_waited_for(judge: Judge) -> None:
    over = Event()
    choice = chosen(judge, lambda prompt: str(over.wait(10)), patience=0.05)
    over.set()
    assert "took too long" in choice.notes[0].text


def test_personal_details_are_not_sent(judge: Judge) -> None:
    chat = ScriptedChatModel(replies=[f"{ADDRESSED}: [1]"])
    propose(statuses(judge), judge, scores(judge), SPANS, chat)
    assert "943 476 5919" not in chat.prompts[0]
    assert TEXTS[FIRST] in chat.prompts[0]
