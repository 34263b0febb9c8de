"""The steps of an answer as the page hears of them. Gradio takes seconds to import."""

import threading
from collections.abc import Callable

import pytest
from unit.answer.made import answer

from assistant.answer.parts import Answer
from assistant.errors import QuestionError

pytestmark = pytest.mark.slow


async def test_a_step_that_takes_a_while_is_told_and_then_the_answer() -> None:
    from ui.ask.turns import _steps

    go_on = threading.Event()

    def ask(step: Callable[[str], None]) -> Answer:
        step("retrieve")
        step("answer")
        go_on.wait(60)
        return answer(question="Who pays?")

    heard = _steps(ask)
    assert next(heard) == "answer"
    go_on.set()
    assert next(heard) == answer(question="Who pays?")
    assert list(heard) == []


async def test_steps_that_are_over_at_once_are_not_told() -> None:
    from ui.ask.turns import _steps

    def ask(step: Callable[[str], None]) -> Answer:
        step("retrieve")
        step("verify")
        return answer()

    assert list(_steps(ask)) == [answer()]


async def test_what_asking_raises_is_raised_to_the_page() -> None:
    from ui.ask.turns import _steps

    def ask(step: Callable[[str], None]) -> Answer:
        raise QuestionError("Too long.")

    with pytest.raises(QuestionError, match="Too long"):
        list(_steps(ask))
