"""Earlier conversations, where the setting lets the browser keep them."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from playwright.sync_api import expect

from assistant.answer.pipeline import Assistant
from assistant.settings import Settings
from browser.conftest import COVERED, WAIT, Reader

pytestmark = pytest.mark.slow

STORE = "common-ground-conversations"


@pytest.fixture(scope="module")
def keeping(shipped: Settings) -> Assistant:
    return Assistant(shipped.model_copy(update={"conversations": True}))


@pytest.fixture
def keeper(
    keeping: Assistant,
    serve_page: Callable[[Assistant], AbstractContextManager[str]],
    new_reader: Callable[..., Reader],
) -> Iterator[Reader]:
    """A reader whose browser keeps conversations."""
    with serve_page(keeping) as address:
        yield new_reader(address)


def test_there_is_no_list_of_conversations_unless_the_setting_says_so(reader: Reader) -> None:
    expect(reader.page.get_by_text("Earlier conversations")).to_have_count(0)


def test_an_earlier_conversation_can_be_opened_again_after_the_page_was_closed(keeper: Reader) -> None:
    keeper.ask(COVERED)
    keeper.page.get_by_role("button", name="Earlier conversations").click()
    expect(keeper.page.get_by_label(COVERED)).to_be_visible(timeout=WAIT)
    before = keeper.page.evaluate(f"localStorage.getItem('{STORE}')")
    keeper.ask("And who pays then?")
    keeper.page.wait_for_function(f"before => localStorage.getItem('{STORE}') !== before", arg=before, timeout=WAIT)
    keeper.page.reload()
    keeper.page.get_by_role("button", name="Earlier conversations").click()
    expect(keeper.page.get_by_text("anyone who uses this computer")).to_be_visible()
    keeper.page.get_by_label(COVERED).check()
    expect(keeper.page.locator(".cg-question")).to_have_text([COVERED, "And who pays then?"], timeout=WAIT)


def test_all_conversations_can_be_forgotten(keeper: Reader) -> None:
    keeper.ask(COVERED)
    keeper.page.get_by_role("button", name="Earlier conversations").click()
    expect(keeper.page.get_by_label(COVERED)).to_be_visible(timeout=WAIT)
    keeper.page.get_by_role("button", name="Forget all").click()
    expect(keeper.page.get_by_label(COVERED)).to_have_count(0, timeout=WAIT)
    keeper.page.reload()
    keeper.page.get_by_role("button", name="Earlier conversations").click()
    expect(keeper.page.get_by_label(COVERED)).to_have_count(0)
