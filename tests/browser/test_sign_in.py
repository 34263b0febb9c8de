"""Signing in with a real browser, and the page behind our own server and its headers."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from assistant import accounts
from assistant.answer.pipeline import Assistant
from assistant.settings import Settings
from browser.conftest import COVERED, WAIT, Violations, served

pytestmark = pytest.mark.slow
PASSWORD = "four quiet otters swim"
# Asks for the log of gaps as the page would, had it shown the tab.
GAPS = """async () => {
  const page = window.gradio_config;
  const tab = page.components.find((one) => one.props.elem_id === "gaps-tab").id;
  const fn_index = page.dependencies.find((one) => one.targets.some(([id]) => id === tab)).id;
  const answer = await fetch("/gradio_api/queue/join", {
    method: "POST", headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ fn_index, data: [], session_hash: "of-its-own" }),
  });
  return [answer.status, await answer.json()];
}"""


@pytest.fixture(scope="module")
def guarded(shipped: Settings) -> Iterator[str]:
    """The page with sign-in, for a reader and a curator."""
    settings = shipped.model_copy(update={"auth": True})
    for name, is_curator in (("rae", False), ("cora", True)):
        accounts.add_account(settings, name, PASSWORD, is_curator=is_curator)
    with served(Assistant(settings)) as at:
        yield at
    (shipped.home / "accounts.json").unlink()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context()
    yield made
    made.close()


def sign_in(page: Page, address: str, name: str = "rae", password: str = PASSWORD) -> None:
    page.goto(address)
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def test_a_reader_signs_in_asks_and_signs_out(context: BrowserContext, guarded: str) -> None:
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda one: problems.append(one.text) if one.type in ("error", "warning") else None)
    page.on("pageerror", lambda one: problems.append(str(one)))
    sign_in(page, guarded)
    question = page.locator("#question textarea")
    question.fill(COVERED, timeout=WAIT)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator(".cg-statement").first).to_be_visible(timeout=WAIT)
    for tab in page.get_by_role("tab").all():
        if tab.is_visible():
            tab.click()
    assert problems == []
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in to Common Ground")).to_be_visible()
    page.goto(guarded)
    expect(page.get_by_role("heading", name="Sign in to Common Ground")).to_be_visible()


def test_D7_signing_out_leaves_nothing_in_the_browser(context: BrowserContext, guarded: str) -> None:
    page = context.new_page()
    sign_in(page, guarded)
    expect(page.locator("#question textarea")).to_be_visible(timeout=WAIT)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Password")).to_be_visible()
    assert page.evaluate("() => Object.keys(localStorage).concat(Object.keys(sessionStorage))") == []
    assert context.cookies() == []


def test_a_wrong_password_is_told_and_signing_in_works_without_script(browser: Browser, guarded: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, guarded, password="not the right one")
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    sign_in(page, guarded)
    page.wait_for_url(guarded)
    assert "<gradio-app" in page.content()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sign_in_page_has_no_barriers(browser: Browser, guarded: str, axe: Violations, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": 320, "height": 600})  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(guarded)
    assert axe(page) == []
    sign_in(page, guarded, name="nobody")
    expect(page.get_by_role("alert")).to_be_visible()
    assert axe(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    context.close()


class _Elsewhere(BaseHTTPRequestHandler):
    """A page of another site, which tries to act in the reader's name."""

    target = ""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(
            f"""<form id=f method=post action="{self.target}sign-out"></form>
            <iframe src="{self.target}"></iframe><script>
            fetch("{self.target}gradio_api/queue/join", {{method: "POST", mode: "no-cors", credentials: "include",
              body: "{{}}"}}).catch(() => 0).then(() => document.title = "tried");</script>""".encode()
        )

    def log_message(self, *given: object) -> None:
        """Say nothing."""


@pytest.fixture
def elsewhere(guarded: str) -> Iterator[str]:
    _Elsewhere.target = guarded
    server = HTTPServer(("127.0.0.1", 0), _Elsewhere)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_C4_a_page_of_another_site_can_do_nothing(context: BrowserContext, guarded: str, elsewhere: str) -> None:
    page = context.new_page()
    sign_in(page, guarded)
    expect(page.locator("#question textarea")).to_be_visible(timeout=WAIT)
    other = context.new_page()
    posted: list[int] = []
    other.on("response", lambda one: posted.append(one.status) if one.request.method == "POST" else None)
    other.goto(elsewhere)
    expect(other).to_have_title("tried")
    assert other.frames[1].url in ("chrome-error://chromewebdata/", "about:blank", guarded)
    assert other.frames[1].locator("#question").count() == 0
    other.evaluate("() => document.getElementById('f').submit()")
    other.wait_for_url(f"{guarded}sign-out")
    assert set(posted) == {403}
    page.goto(guarded)
    expect(page.locator("#question textarea")).to_be_visible(timeout=WAIT)


HOSTILE = (
    '<img src="{out}/a.png">',
    "<img src=x onerror=\"document.title='run'\">",
    "<script>document.title='run'</script>",
    "<svg onload=\"document.title='run'\"><image href='{out}/b.svg'/></svg>",
    '<iframe src="{out}/c"></iframe>',
    '<video src="{out}/d.mp4" autoplay></video>',
    '<link rel="stylesheet" href="{out}/e.css">',
    '<div style="background:url({out}/f.png)">x</div>',
    '<object data="{out}/g"></object>',
    '<form action="{out}/h"><button>x</button></form>',
    "<a href=\"javascript:document.title='run'\">x</a>",
    '<base href="{out}/">',
)


def test_C6_even_raw_html_in_the_page_neither_runs_nor_calls_out(context: BrowserContext, guarded: str) -> None:
    """The headers alone hold, were our own escaping ever to fail; but for a <meta> that leads elsewhere."""
    with socket.create_server(("127.0.0.1", 0)) as outside:
        outside.settimeout(1.0)
        out = f"http://127.0.0.1:{outside.getsockname()[1]}"
        page = context.new_page()
        sign_in(page, guarded)
        expect(page.locator("#question textarea")).to_be_visible(timeout=WAIT)
        html = "".join(HOSTILE).replace("{out}", out)
        page.evaluate("(html) => { document.body.insertAdjacentHTML('beforeend', html); }", html)
        page.evaluate("() => document.querySelectorAll('a[href^=javascript]').forEach((one) => one.click())")
        heard = b""
        with suppress(TimeoutError), outside.accept()[0] as line:  # a frame opens a line and says nothing
            line.settimeout(1.0)
            heard = line.recv(100)
        assert heard == b""
        assert page.title() == "Common Ground"


def test_C2_a_reader_who_is_no_curator_sees_no_tab_for_them_and_is_refused_what_it_does(
    context: BrowserContext, guarded: str
) -> None:
    page = context.new_page()
    sign_in(page, guarded)
    page.get_by_role("tab", name="Library").click(timeout=WAIT)
    expect(page.get_by_role("tab", name="Last change")).to_be_visible(timeout=WAIT)
    expect(page.locator(".cg-sources")).to_be_visible(timeout=WAIT)
    expect(page.get_by_role("tab", name="What it did not say")).to_have_count(0)
    expect(page.get_by_role("tab", name="Add and fetch")).to_have_count(0)
    page.locator('.cg-sources a[href="#source-opm-ten-lessons"]').click()
    expect(page.locator("#library-view #source-opm-ten-lessons")).to_be_visible(timeout=WAIT)
    expect(page.get_by_role("button", name="Fetch the original")).to_have_count(0)
    status, refused = page.evaluate(GAPS)
    assert (status, refused["detail"].partition(".")[0]) == (403, "Only a curator may do this")


def test_C2_a_curator_sees_the_tabs_for_curators(context: BrowserContext, guarded: str) -> None:
    page = context.new_page()
    sign_in(page, guarded, "cora")
    page.get_by_role("tab", name="Library").click(timeout=WAIT)
    page.get_by_role("tab", name="Add and fetch").click(timeout=WAIT)
    expect(page.get_by_role("heading", name="Add files of your own")).to_be_visible(timeout=WAIT)
    page.get_by_role("tab", name="What it did not say").click()
    expect(page.get_by_role("heading", name="What the library did not say")).to_be_visible(timeout=WAIT)
