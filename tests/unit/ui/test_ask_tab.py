"""What the Ask tab does with an answer, beside showing it.

The tests are async because gradio makes event loops, and leaves them open, where none is running.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from unit.answer.made import answer

from assistant.answer.parts import Answer, Status
from assistant.gaps import gaps
from assistant.library.holdings import open_library
from assistant.settings import Settings

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("knowledge")]  # gradio takes seconds to import


class NotHeld:
    """Stands in for an Assistant: it holds a library, and finds nothing in it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def opened(self) -> tuple[Any, None]:
        return open_library(self.settings), None

    def ask(self, turn: str, history: Any = (), **options: Any) -> Answer:
        return answer(status=Status.NOT_FOUND, question=turn, complete=False, pitfalls=("no-fallback",))


def responses(settings: Settings, turn: str) -> Iterator[Any]:
    """What the page does when this is asked."""
    from ui.app import page

    blocks = page(NotHeld(settings))  # type: ignore[arg-type]
    respond = next(one.fn for one in blocks.fns.values() if getattr(one.fn, "__name__", "") == "respond")
    yield from respond(turn, "frontline", "any", [])


async def test_a_question_on_the_page_that_is_not_answered_is_counted(home: Settings) -> None:
    assert len(list(responses(home, "Who pays?"))) == 2
    assert [(one.topic, one.count) for one in gaps(home)] == [("no-fallback", 1)]


async def test_a_reader_who_leaves_before_the_answer_is_shown_is_counted_once(home: Settings) -> None:
    shown = responses(home, "Who pays?")
    next(shown)
    next(shown)
    shown.close()  # type: ignore[attr-defined]
    assert [one.count for one in gaps(home)] == [1]
