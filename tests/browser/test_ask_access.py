"""The Ask tab for everybody: axe-core in every state, keys alone, small windows, large targets, paper."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from browser.conftest import COVERED, NOT_COVERED, WAIT, Reader, Violations, sideways

pytestmark = pytest.mark.slow

LOOKS: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1280, "height": 860}},
    "dark": {"viewport": {"width": 1280, "height": 860}, "color_scheme": "dark"},
    "narrow": {"viewport": {"width": 320, "height": 640}},
}
_MOST_TABS = 80


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_in_any_state(look: str, new_reader: Callable[..., Reader], axe: Violations) -> None:
    reader = new_reader(**LOOKS[look])
    found = {"start": axe(reader.page)}
    reader.ask("What should a section 75 agreement with the ICB contain?")
    found["answered"] = axe(reader.page)
    reader.page.get_by_role("button", name="No", exact=True).click()
    expect(reader.page.get_by_label("It is hard to follow")).to_be_visible(timeout=WAIT)
    reader.page.locator(".cg-download button").first.click()
    reader.page.evaluate(
        "document.querySelectorAll('.cg-beside details, .cg-about details').forEach(one => { one.open = true; })"
    )
    found["all open"] = axe(reader.page)
    reader.page.get_by_role("button", name="New conversation").click()
    expect(reader.turns).to_have_count(0, timeout=WAIT)
    reader.ask(NOT_COVERED)
    expect(reader.page.locator(".cg-nearest")).to_be_visible()
    found["refused"] = axe(reader.page)
    reader.press()
    expect(reader.notices).to_be_visible(timeout=WAIT)
    found["error"] = axe(reader.page)
    assert {state: violations for state, violations in found.items() if violations} == {}


def test_dark_is_dark(new_reader: Callable[..., Reader]) -> None:
    reader = new_reader(color_scheme="dark")
    colour = reader.page.evaluate("getComputedStyle(document.querySelector('.gradio-container')).backgroundColor")
    assert sum(int(part) for part in colour.removeprefix("rgb(").removesuffix(")").split(",")) < 200


def tab_to(reader: Reader, selector: str) -> None:
    """Press Tab until something of this kind has the focus, which has to be visible at every stop."""
    for _ in range(_MOST_TABS):
        reader.page.keyboard.press("Tab")
        outline = reader.page.evaluate(
            "(one => (one.matches('input[type=radio]') ? one.closest('label') : one))(document.activeElement)"
            ".computedStyleMap().get('outline-style').toString()"
        )
        stop = reader.page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
        assert outline != "none", f"no focus to be seen at {stop}"
        if reader.page.evaluate("kind => document.activeElement.matches(kind)", selector):
            return
    raise AssertionError(f"no {selector} within {_MOST_TABS} stops")


def test_the_box_is_within_two_stops(reader: Reader) -> None:
    reader.page.keyboard.press("Tab")
    reader.page.keyboard.press("Enter")
    expect(reader.question).to_be_focused()


def test_the_whole_journey_goes_by_keyboard(reader: Reader) -> None:
    keys = reader.page.keyboard
    keys.press("Tab")
    keys.press("Enter")
    keys.type(COVERED)
    tab_to(reader, "#ask")
    keys.press("Enter")
    reader.wait(1)
    reader.page.locator(".cg-skip").focus()
    tab_to(reader, ".cg-mark")
    mark = reader.page.evaluate("document.activeElement.getAttribute('href')")
    keys.press("Enter")
    expect(reader.page.locator(f"article{mark}")).to_be_focused()
    tab_to(reader, ".cg-back")
    keys.press("Enter")
    expect(reader.page.locator(f"a.cg-mark[href='{mark}']").first).to_be_focused()
    tab_to(reader, ".cg-follow button")
    keys.press("Enter")
    reader.wait(2)
    reader.page.wait_for_timeout(1_000)  # Gradio puts new buttons in and takes the focus away
    reader.page.locator(".cg-skip").focus()
    tab_to(reader, ".cg-download button")
    keys.press("Enter")
    expect(reader.page.locator(".cg-take button").first).to_be_visible(timeout=WAIT)
    reader.page.wait_for_timeout(1_000)
    tab_to(reader, ".cg-take button")
    with reader.page.expect_download(timeout=WAIT) as download:
        keys.press("Enter")
    assert download.value.suggested_filename.endswith(".docx")


def test_an_answer_is_announced_once_and_whole(reader: Reader) -> None:
    """The log is one element from the start, and what is added to it is added while it is busy."""
    reader.page.evaluate(
        "window.log = document.querySelector('.cg-log'); window.told = [];"
        "new MutationObserver(() => told.push([log.getAttribute('aria-busy'), log.innerText.length]))"
        ".observe(log, {childList: true, subtree: true, characterData: true, attributes: true})"
    )
    reader.ask(COVERED)
    assert reader.page.evaluate("log.isConnected && log === document.querySelector('.cg-log')")
    expect(reader.page.locator("[role=log]")).to_have_count(1)
    told = reader.page.evaluate("told")
    assert len({length for busy, length in told if busy == "false"}) == 1


@pytest.mark.parametrize("width", [320, 390, 768, 1000, 1280])
def test_no_window_needs_scrolling_sideways(width: int, new_reader: Callable[..., Reader]) -> None:
    reader = new_reader(viewport={"width": width, "height": 640})
    assert sideways(reader.page) <= 1
    reader.ask(COVERED)
    reader.page.locator(".cg-download button").first.click()
    assert sideways(reader.page) <= 1


def test_text_may_be_spaced_out_without_loss(new_reader: Callable[..., Reader]) -> None:
    reader = new_reader(viewport={"width": 320, "height": 640})
    reader.page.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }"
        "p { margin-bottom: 2em !important; }"
    )
    reader.ask(COVERED)
    assert sideways(reader.page) <= 1


def test_every_target_is_large_enough(reader: Reader) -> None:
    reader.ask(COVERED)
    small = reader.page.evaluate(
        "[...document.querySelectorAll('button, summary, label:has(input), textarea, .cg-mark, .cg-back')]"
        ".filter(one => one.checkVisibility() && !one.matches('.cg-term'))"
        ".map(one => [one.outerHTML.slice(0, 100), one.getBoundingClientRect()])"
        ".filter(([, box]) => box.width && (box.width < 24 || box.height < 24)).map(([html]) => html)"
    )
    assert small == []
    ask = reader.page.locator("#ask").bounding_box()
    assert ask is not None
    assert ask["height"] >= 44


def test_the_sources_stand_beside_the_answer_and_below_it_in_a_narrow_window(
    new_reader: Callable[..., Reader],
) -> None:
    for width, is_beside in ((1280, True), (999, False)):
        reader = new_reader(viewport={"width": width, "height": 800})
        reader.ask(COVERED)
        answer, cards = (reader.page.locator(name).bounding_box() for name in (".cg-main", ".cg-side"))
        assert answer is not None
        assert cards is not None
        assert (cards["x"] >= answer["x"] + answer["width"]) is is_beside


def test_in_a_narrow_window_the_sources_stand_between_the_answer_and_the_box(
    new_reader: Callable[..., Reader],
) -> None:
    reader = new_reader(viewport={"width": 390, "height": 844})
    reader.ask(COVERED)
    places = [reader.page.locator(name).bounding_box() for name in (".cg-log", ".cg-side", "#question")]
    tops = [place["y"] for place in places if place]
    assert len(tops) == 3
    assert tops == sorted(tops)


def test_in_a_narrow_window_a_number_opens_the_sources_that_are_folded(new_reader: Callable[..., Reader]) -> None:
    reader = new_reader(viewport={"width": 390, "height": 844})
    reader.ask(COVERED)
    expect(reader.page.locator(".cg-card").first).to_be_hidden()
    reader.page.locator("a.cg-mark").first.click()
    expect(reader.page.locator("article:target")).to_be_in_viewport()


def test_paper_has_the_question_the_answer_and_the_sources_and_no_furniture(reader: Reader) -> None:
    reader.ask(COVERED)
    reader.page.emulate_media(media="print")
    for name in (".cg-question", ".cg-statement", ".cg-card mark"):
        expect(reader.page.locator(name).first).to_be_visible()
    assert reader.page.locator("button:not(.cg-term), textarea, input").filter(visible=True).count() == 0


def test_what_the_assistant_is_and_is_not_stands_on_the_page_all_the_time(reader: Reader) -> None:
    line = reader.page.locator(".cg-head").get_by_text("It does not advise on one person’s care")
    expect(line).to_be_visible()
    reader.ask(COVERED)
    expect(line).to_be_visible()
