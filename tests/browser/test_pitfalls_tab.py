"""The tab of the 22 pitfalls as readers meet it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from browser.conftest import WAIT, Reader, Violations, sideways

pytestmark = pytest.mark.slow


def opened(reader: Reader) -> Locator:
    """The pitfalls that are shown, once the tab is open."""
    reader.open_tab("Pitfalls")
    expect(reader.page.locator(".cg-pitfall").first).to_be_visible(timeout=WAIT)
    return reader.page.locator(".cg-pitfall:visible")


def choose(reader: Reader, label: str) -> None:
    """A stage or a theme; another tab asks for stages, too."""
    reader.page.locator(".cg-choose").get_by_label(label, exact=True).check()


def test_all_22_are_there_without_typing(reader: Reader) -> None:
    expect(opened(reader)).to_have_count(22)
    assert reader.problems == []


def test_the_pitfalls_of_a_stage_can_be_chosen(reader: Reader) -> None:
    shown = opened(reader)
    choose(reader, "Ending")
    expect(shown).to_have_count(3)
    expect(reader.page.locator(".cg-pitfalls .cg-count")).to_have_text("3 of 22 pitfalls")


def test_a_theme_narrows_a_stage_further_and_hides_the_headings_of_the_others(reader: Reader) -> None:
    shown = opened(reader)
    choose(reader, "Forming")
    forming = shown.count()
    choose(reader, "Leadership")
    expect(reader.page.locator(".cg-pitfalls h3:visible")).to_have_text(["Leadership"])
    assert 0 < shown.count() < forming


def test_a_pitfall_is_opened_and_its_citation_followed_by_keyboard_alone(reader: Reader) -> None:
    opened(reader)
    reader.page.locator("#pitfall-trust-alone > summary").focus()
    reader.page.keyboard.press("Enter")
    expect(reader.page.locator("#pitfall-trust-alone h5").first).to_be_visible()
    reader.page.keyboard.press("Tab")
    reader.page.keyboard.press("Enter")
    expect(reader.page.locator("#pitfall-trust-alone-source-1")).to_be_focused()


def test_a_citation_leads_to_its_section_in_the_library(reader: Reader) -> None:
    opened(reader)
    reader.page.locator("#pitfall-trust-alone > summary").click()
    reader.page.locator("#pitfall-trust-alone-source-1 a").click()
    expect(reader.page.locator("#section-opm-ten-lessons--trust")).to_be_focused(timeout=WAIT)


def test_a_pitfall_has_an_address_that_opens_it(reader: Reader, address: str) -> None:
    reader.page.goto(f"{address}#pitfall-no-fallback")
    reader.page.reload()
    expect(reader.page.locator("#pitfall-no-fallback h5").first).to_be_visible(timeout=WAIT)


def test_an_address_opens_a_pitfall_also_where_another_stage_was_chosen(reader: Reader) -> None:
    opened(reader)
    choose(reader, "Ending")
    expect(reader.page.locator("#pitfall-trust-alone")).to_be_hidden()
    reader.page.evaluate("location.hash = 'pitfall-trust-alone'")
    expect(reader.page.locator("#pitfall-trust-alone h5").first).to_be_visible(timeout=WAIT)


def test_a_pitfall_can_be_asked_about(reader: Reader) -> None:
    opened(reader)
    reader.page.locator("#pitfall-trust-alone > summary").click()
    reader.page.locator("#pitfall-trust-alone [data-ask]").click()
    expect(reader.question).to_have_value(
        "What will hold our partnership together when the people who set it up have left?", timeout=WAIT
    )


def test_the_chart_can_be_scrolled_by_keyboard_and_has_a_table(reader: Reader) -> None:
    opened(reader)
    chart = reader.page.get_by_role("region", name="Chart: sources by pitfalls")
    chart.focus()
    reader.page.keyboard.press("PageDown")
    reader.page.wait_for_function("document.querySelector('.cg-chart').scrollTop > 0")
    reader.page.get_by_text("The same as a table").click()
    expect(reader.page.locator(".cg-matrix tbody tr")).to_have_count(22)


def test_a_phone_needs_no_scrolling_sideways(new_reader: Callable[..., Reader]) -> None:
    reader = new_reader(viewport={"width": 320, "height": 700})
    opened(reader)
    reader.page.locator("#pitfall-trust-alone > summary").click()
    reader.page.get_by_text("The same as a table").click()
    assert sideways(reader.page) <= 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_stands_in_the_way_of_anybody(new_reader: Callable[..., Reader], axe: Violations, scheme: str) -> None:
    reader = new_reader(color_scheme=scheme)
    opened(reader)
    assert axe(reader.page) == []
    reader.page.locator("#pitfall-trust-alone > summary").click()
    reader.page.get_by_text("The same as a table").click()
    assert axe(reader.page) == []
