"""What the browser tests share: the page being served, readers with a browser of their own, and axe-core."""

import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from assistant.answer.pipeline import Assistant
from assistant.settings import Settings

COVERED = "Our chief executive set this partnership up on trust and is leaving. What now?"
NOT_COVERED = "When does the swimming pool on Mill Street open on Sundays?"
WAIT = 30_000  # milliseconds; the machine may be busy
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]

Violations = Callable[[Page], list[str]]


@contextmanager
def served(assistant: Assistant) -> Iterator[str]:
    """The page on a free port of this machine, as long as the block runs; gives its address."""
    from ui.app import serve

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    app: Any = serve(assistant, "127.0.0.1", port, prevent_thread_lock=True, inbrowser=False)
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        app.close()


@pytest.fixture(scope="package")
def assistant(shipped: Settings) -> Assistant:
    """An assistant whose index is open and whose model is loaded; for tests that change nothing."""
    made = Assistant(shipped)
    made.ask(COVERED)
    return made


@pytest.fixture(scope="package")
def address(assistant: Assistant) -> Iterator[str]:
    """Where the page is served, to all tests of this folder."""
    with served(assistant) as at:
        yield at


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium for this folder; each reader has a context of it."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield chromium
        chromium.close()


class Reader:
    """A reader with a browser of their own, and what their browser asked for."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.requests: list[str] = []
        self.problems: list[str] = []
        self.page: Page = context.new_page()
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.set_default_timeout(WAIT)
        self.page.goto(address)
        expect(self.question).to_be_visible(timeout=WAIT)

    @property
    def question(self) -> Locator:
        return self.page.locator("#question textarea")

    @property
    def turns(self) -> Locator:
        return self.page.locator(".cg-log > section")

    @property
    def statements(self) -> Locator:
        return self.page.locator(".cg-statement")

    @property
    def notices(self) -> Locator:
        return self.page.get_by_role("alert").filter(visible=True)

    def press(self) -> None:
        self.page.get_by_role("button", name="Ask", exact=True).click()

    def ask(self, turn: str) -> None:
        """Type a question, ask it, and wait until the answer is whole."""
        before = self.turns.count()
        self.question.fill(turn)
        self.press()
        self.wait(before + 1)

    def wait(self, turns: int) -> None:
        """Wait until so many turns are on the page and the last is whole."""
        expect(self.page.locator(".cg-log[aria-busy=false] > section")).to_have_count(turns, timeout=WAIT)

    def open_tab(self, name: str) -> None:
        """Go to a tab of the page by its name."""
        self.page.get_by_role("tab", name=name, exact=True).click()


@pytest.fixture
def reader(browser: Browser, address: str) -> Iterator[Reader]:
    """A reader who has just opened the page."""
    context = browser.new_context()
    yield Reader(context, address)
    context.close()


@pytest.fixture
def new_reader(browser: Browser, address: str) -> Iterator[Callable[..., Reader]]:
    """Make a reader with a browser of their own: `new_reader(viewport={"width": 320, "height": 700})`."""
    contexts: list[BrowserContext] = []

    def make(at: str = address, **options: Any) -> Reader:
        contexts.append(browser.new_context(**options))
        return Reader(contexts[-1], at)

    yield make
    for one in contexts:
        one.close()


@pytest.fixture
def serve_page() -> Callable[[Assistant], AbstractContextManager[str]]:
    """Serve the page for another assistant: `with serve_page(assistant) as address:`."""
    return served


@pytest.fixture(scope="session")
def axe() -> Violations:
    """What axe-core finds against WCAG 2.0-2.2 A and AA on a page as it stands: `assert axe(reader.page) == []`."""
    core = Axe()

    def violations(page: Page) -> list[str]:
        # what fades in has no colours that could be judged yet
        page.evaluate("Promise.all(document.getAnimations().map(one => one.finished.catch(() => null)))")
        found = core.run(page, options={"runOnly": {"type": "tag", "values": _RULES}}).response["violations"]
        return [f"{one['id']}: {node['html'][:200]} {node['failureSummary']}" for one in found for node in one["nodes"]]

    return violations


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    wide: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wide
