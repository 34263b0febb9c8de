"""What a reader sees when an answer is slow, a model fails, or the server is gone."""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from typing import Any

import pytest
from fakes import ScriptedChatModel
from playwright.sync_api import expect

from assistant.answer.pipeline import Assistant
from browser.conftest import COVERED, WAIT, Reader

pytestmark = pytest.mark.slow


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], None]:
    """Let a chat model with this reply word the answers: a text, an error, or a function of the prompt."""

    def set_up(reply: Any) -> None:
        chat = ScriptedChatModel(replies=[reply])
        monkeypatch.setattr("assistant.answer.pipeline.chat_model", lambda settings: chat)

    return set_up


@pytest.fixture
def held() -> Iterator[threading.Event]:
    """What a slow model waits for."""
    event = threading.Event()
    yield event
    event.set()


def test_the_step_under_way_is_shown_while_a_reader_waits(
    reader: Reader, held: threading.Event, answering: Callable[[Any], None]
) -> None:
    answering(lambda prompt: str(held.wait(60)))
    reader.question.fill(COVERED)
    reader.press()
    expect(reader.page.locator(".cg-working")).to_have_text("Choosing the sentences that answer…", timeout=WAIT)
    expect(reader.page.locator(".cg-log")).to_have_attribute("aria-busy", "true")
    held.set()
    reader.wait(1)
    expect(reader.page.locator(".cg-working")).to_have_text("")


def test_a_question_that_is_stopped_goes_back_into_the_box(
    reader: Reader, held: threading.Event, answering: Callable[[Any], None]
) -> None:
    reader.ask("Thanks")
    answering(lambda prompt: str(held.wait(60)))
    reader.question.fill(COVERED)
    reader.press()
    expect(reader.page.locator(".cg-log")).to_have_attribute("aria-busy", "true", timeout=WAIT)
    reader.page.get_by_role("button", name="Stop", exact=True).click()
    expect(reader.page.locator(".cg-told")).to_contain_text("Stopped", timeout=WAIT)
    reader.wait(1)
    expect(reader.question).to_have_value(COVERED)
    held.set()
    answering("nothing of use")
    reader.press()
    reader.wait(2)
    assert reader.turns.last.locator(".cg-statement").count() >= 1


def test_stop_is_there_only_while_there_is_something_to_stop(reader: Reader) -> None:
    stop = reader.page.get_by_role("button", name="Stop", exact=True)
    expect(stop).to_be_hidden()
    reader.ask(COVERED)
    expect(stop).to_be_hidden()


def test_a_model_that_fails_leaves_the_answer_of_the_library_and_says_so(
    reader: Reader, answering: Callable[[Any], None]
) -> None:
    answering(RuntimeError("the model is down"))
    reader.ask(COVERED)
    assert reader.statements.count() >= 2
    expect(reader.page.locator(".cg-missing").filter(has_text="model")).to_be_visible()
    assert "RuntimeError" not in reader.page.content()


def test_an_error_that_nobody_foresaw_shows_a_message_and_keeps_the_question(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: Any, **options: Any) -> Any:
        raise ZeroDivisionError("a bug")

    reader.ask("Thanks")
    monkeypatch.setattr(Assistant, "ask", fail)
    reader.question.fill(COVERED)
    reader.press()
    expect(reader.notices.filter(has_text="Something went wrong")).to_be_visible(timeout=WAIT)
    expect(reader.question).to_have_value(COVERED)
    reader.wait(1)
    assert "ZeroDivisionError" not in reader.page.content()


def test_when_the_connection_is_lost_the_page_says_so_and_keeps_the_conversation(
    assistant: Assistant,
    serve_page: Callable[[Assistant], AbstractContextManager[str]],
    new_reader: Callable[..., Reader],
) -> None:
    with ExitStack() as serving:
        reader = new_reader(serving.enter_context(serve_page(assistant)))
        reader.ask(COVERED)
        said = reader.statements.all_inner_texts()
        serving.close()
        reader.question.fill("And who pays then?")
        reader.press()
        expect(reader.notices.filter(has_text="lost its connection")).to_be_visible(timeout=WAIT)
        assert reader.statements.all_inner_texts() == said
        expect(reader.question).to_have_value("And who pays then?")
