"""B6: whatever a language model does wrong, the reader gets the evidence in time, and nothing without support."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from fakes import ScriptedChatModel

from assistant.answer.model import PATIENCE, reworded
from assistant.answer.parts import Audience, Draft, Engine, Quote
from assistant.answer.verify import verify
from assistant.library import split
from assistant.library.catalogue import Source
from assistant.library.holdings import Holding, Library, Origin
from assistant.library.split import Evidence
from assistant.library.text import Element, Role, Shape, compose

LINES = (
    "The council must pay half of any overspend of the pooled budget.",
    "Each partner should agree who pays for an overspend before the pooled budget begins.",
)
QUESTION = "Who pays for an overspend?"


class _ServerError(Exception):
    """What a provider's client raises."""


released = threading.Event()


def _slow(prompt: str) -> str:
    released.wait(20)
    return "[1]"


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    released.clear()
    yield
    released.set()


FAULTS: dict[str, Any] = {
    "slow": _slow,
    "down": ConnectionError("refused"),
    "too long": TimeoutError("timed out"),
    "busy": _ServerError("429 Too Many Requests"),
    "broken": _ServerError("500 Internal Server Error"),
    "empty": "",
    "white space": " \n\t\n ",
    "garbage": "\ufffd\x00\x07 ]] [[ 0x1f ### ,,, \udfff".encode(errors="replace").decode(),
    "a page of HTML": "<html><body><h1>502 Bad Gateway</h1><script>x()</script></body></html>",
    "JSON": '{"error": {"message": "rate limit", "code": 1}}',
    "endless": "The council pays. " * 5_000,
    "cut off": "The council must pay ha",
    "numbers that are not there": "[7] [99] The trust must pay everything. [42]",
    "a refusal": "I'm sorry, but I can't help with that.",
    "inventions": "The trust must pay all of it. [1]\nThe minister decides. [2]\nSee https://evil.example [1]",
    "the opposite": "The council must not pay half of any overspend of the pooled budget. [1]",
    "another figure": "The council must pay a third of any overspend of the pooled budget. [1]",
}


@pytest.fixture
def held() -> tuple[Library, list[Any], tuple[Draft, ...]]:
    source = Source.model_validate({"id": "a", "title": "A", "kind": "article", "text": "original"})
    elements = [Element(Shape.HEADING, "Money"), *(Element(Shape.PARAGRAPH, line, role=Role.DO) for line in LINES)]
    holding = Holding(source, compose(elements, "A"), Origin.ADDED)
    sentences = [split.sentence(entry) for entry in split.sentences(holding)]
    passages = [split.found(one, 1.0, [Evidence(s, 0.6) for s in sentences]) for one in split.passages(holding)]
    drafts = tuple(Draft(one.text, "In short", (Quote(one.text, one.place),)) for one in sentences)
    assert len(drafts) == 2
    return Library({"a": holding}), passages, drafts


@pytest.mark.parametrize("fault", FAULTS)
def test_B6_a_fault_of_the_model_leaves_the_evidence_and_nothing_else(held: Any, fault: str) -> None:
    library, passages, drafts = held
    chat = ScriptedChatModel(replies=[FAULTS[fault]])
    wording = reworded(QUESTION, drafts, chat, Audience.FRONTLINE, patience=0.3 if fault == "slow" else 10.0)
    statements = verify(wording.drafts, passages, library)
    assert {one.text for one in statements} <= set(LINES)
    assert statements
    assert all(one.citations for one in statements)


@pytest.mark.parametrize(
    "fault", ["slow", "down", "too long", "busy", "broken", "empty", "garbage", "endless", "cut off"]
)
def test_B6_the_reader_is_told_that_the_model_failed(held: Any, fault: str) -> None:
    _, _, drafts = held
    chat = ScriptedChatModel(replies=[FAULTS[fault]])
    wording = reworded(QUESTION, drafts, chat, Audience.FRONTLINE, patience=0.3 if fault == "slow" else 10.0)
    assert wording.drafts == drafts
    assert wording.engine is Engine.EVIDENCE
    assert "language model" in wording.notes[0].text


def test_B6_no_reader_waits_longer_than_15_seconds_for_a_model() -> None:
    assert PATIENCE <= 13  # the rest of an answer takes less than two
