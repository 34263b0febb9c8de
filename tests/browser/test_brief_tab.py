"""Briefing a new leader on the page."""

from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Locator, Page, expect

from browser.conftest import WAIT, Reader, Violations

pytestmark = pytest.mark.slow


class Leader:
    """A reader at the tab, and what is on it."""

    def __init__(self, reader: Reader) -> None:
        self.page: Page = reader.page
        self.problems = reader.problems
        reader.open_tab("Brief me")
        expect(self.go).to_be_visible(timeout=WAIT)

    @property
    def go(self) -> Locator:
        return self.page.locator("#brief")

    @property
    def briefing(self) -> Locator:
        return self.page.locator("#briefing .cg-briefing")

    @property
    def alert(self) -> Locator:
        return self.page.get_by_role("alert").filter(visible=True)

    def choose(self, label: str) -> None:
        self.page.get_by_role("radio", name=label).filter(visible=True).check()

    def worry(self, count: int) -> None:
        """Choose the first worries, so many."""
        self.page.get_by_role("button", name="Your own worries").click()
        boxes = self.page.locator(".cg-worries input[type=checkbox]")
        expect(boxes.first).to_be_visible(timeout=WAIT)
        for number in range(count):
            boxes.nth(number).check()

    def brief(self) -> None:
        self.go.click()
        expect(self.briefing).to_be_visible(timeout=WAIT)


@pytest.fixture
def leader(reader: Reader) -> Leader:
    return Leader(reader)


def test_a_briefing_is_for_what_was_chosen_and_can_be_taken_away(leader: Leader) -> None:
    leader.choose("Scotland")
    leader.choose("Joint board")
    leader.choose("Running")
    leader.brief()
    title = "Briefing for a new leader: a joint board in Scotland, while it runs"
    expect(leader.briefing.get_by_role("heading", level=2)).to_have_text(title)
    with leader.page.expect_download(timeout=WAIT) as download:
        leader.page.get_by_role("button", name="Word document", exact=True).filter(visible=True).click()
    word = Document(str(Path(download.value.path())))
    assert [one.text for one in word.paragraphs if one.style and one.style.name == "Title"] == [title]
    assert leader.problems == []


def test_every_number_of_a_briefing_leads_to_a_reference(leader: Leader) -> None:
    leader.brief()
    links = leader.briefing.locator("a.cg-mark").evaluate_all("marks => marks.map(one => one.getAttribute('href'))")
    ids = leader.briefing.locator("[id]").evaluate_all("found => found.map(one => '#' + one.id)")
    assert links
    assert set(links) <= set(ids)


def test_a_worry_of_the_readers_own_comes_first(leader: Leader) -> None:
    leader.worry(1)
    name = leader.page.locator(".cg-worries label").filter(has=leader.page.locator("input:checked")).inner_text()
    leader.brief()
    expect(leader.briefing.get_by_role("heading", level=4).first).to_contain_text(name.strip())


def test_more_than_five_worries_are_refused_in_plain_words(leader: Leader) -> None:
    leader.worry(6)
    leader.go.click()
    expect(leader.alert).to_contain_text("room for five worries, and 6 are chosen", timeout=WAIT)


def test_a_briefing_is_asked_for_by_keyboard_alone(leader: Leader) -> None:
    leader.page.locator("#brief-nation input:checked").focus()
    leader.page.keyboard.press("Tab")  # Gradio gives each choice a name of its own, so that arrows do not move
    leader.page.keyboard.press("Space")
    leader.go.focus()
    leader.page.keyboard.press("Enter")
    expect(leader.page.locator("#brief-result")).to_be_focused(timeout=WAIT)
    expect(leader.page.locator("#brief-result")).to_contain_text("England")


def test_axe_finds_nothing_at_the_start_in_an_error_and_in_a_briefing(leader: Leader, axe: Violations) -> None:
    assert axe(leader.page) == []
    leader.worry(6)
    leader.go.click()
    expect(leader.alert).to_be_visible(timeout=WAIT)
    assert axe(leader.page) == []
    leader.page.locator(".cg-worries input[type=checkbox]").nth(5).uncheck()
    leader.brief()
    assert axe(leader.page) == []


def test_a_briefing_in_the_dark_on_a_narrow_screen(new_reader: Callable[..., Reader], axe: Violations) -> None:
    leader = Leader(new_reader(color_scheme="dark", viewport={"width": 320, "height": 700}))
    leader.brief()
    assert axe(leader.page) == []
    wide = leader.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 1
