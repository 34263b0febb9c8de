"""The tab of the library as readers meet it; what changes it works on a copy."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from assistant.answer.pipeline import Assistant
from assistant.search import generation, store
from assistant.settings import Settings
from browser.conftest import COVERED, NOT_COVERED, WAIT, Reader, Violations, served, sideways

pytestmark = pytest.mark.slow

PLAN = "# The Lantern pilot\n\nThe Lantern pilot in Bexhill moved forty home visits a week to one shared rota.\n"
DROP = """([field, text]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], 'lantern.md', { type: 'text/markdown' }));
  data.items.add(new File(['%PDF-1.4 nothing'], 'broken.pdf', { type: 'application/pdf' }));
  for (const name of ['dragenter', 'dragover', 'drop'])
    field.dispatchEvent(new DragEvent(name, { dataTransfer: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture(scope="module")
def kept(shipped: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A library of its own, which the tests below may change."""
    home = tmp_path_factory.mktemp("kept") / "home"
    shutil.copytree(shipped.home, home)
    return Settings(home=home)


@pytest.fixture(scope="module")
def kept_address(kept: Settings) -> Iterator[str]:
    assistant = Assistant(kept)
    assistant.opened()
    with served(assistant) as at:
        yield at


@pytest.fixture
def keeper(new_reader: Callable[..., Reader], kept_address: str) -> Reader:
    """A reader of that library."""
    return new_reader(kept_address)


def opened(reader: Reader) -> Locator:
    """The rows that are shown, once the tab is open."""
    reader.open_tab("Library")
    expect(reader.page.locator(".cg-sources tbody tr").first).to_be_visible(timeout=WAIT)
    return reader.page.locator(".cg-sources tbody tr:visible")


def open_source(reader: Reader, id_: str) -> Locator:
    """The source, once it is open."""
    opened(reader)
    reader.page.locator(f'.cg-sources a[href="#source-{id_}"]').click()
    source = reader.page.locator(f"#library-view #source-{id_}")
    expect(source).to_be_visible(timeout=WAIT)
    return source


def add(reader: Reader, *paths: Path) -> Locator:
    """What is told, once the files are added."""
    opened(reader)
    reader.open_tab("Add and fetch")
    reader.page.locator("#add-files input[type=file]").set_input_files(list(paths))
    return settled(reader)


def settled(reader: Reader) -> Locator:
    told = reader.page.locator("#add-outcomes .cg-outcomes li")
    expect(told.first).to_be_visible(timeout=WAIT)
    expect(reader.page.locator("#add-outcomes .cg-doing")).to_have_count(0, timeout=2 * WAIT)
    return told


def plan(tmp_path: Path, name: str, text: str = PLAN) -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_every_source_is_in_the_table(reader: Reader, assistant: Assistant) -> None:
    expect(opened(reader)).to_have_count(len(assistant.opened()[0]))
    assert reader.problems == []


def test_sources_can_be_chosen_by_kind_and_nation(reader: Reader) -> None:
    rows = opened(reader)
    reader.page.get_by_label("Kind").select_option("Law")
    reader.page.get_by_label("Nation").select_option("Wales")
    assert rows.count() >= 1
    for row in rows.all():
        assert row.get_attribute("data-kind") == "legislation"
        assert "wales" in (row.get_attribute("data-nation") or "")


def test_sources_can_be_found_by_the_words_of_their_title(reader: Reader) -> None:
    rows = opened(reader)
    reader.page.get_by_label("Words in the title or publisher").fill("10th lesson")
    expect(rows).to_have_count(1)
    expect(reader.page.locator(".cg-shelf .cg-count")).to_contain_text("1 of ")


def test_sources_are_sorted_by_year_from_the_keyboard_and_that_is_said(reader: Reader) -> None:
    opened(reader)
    head = reader.page.locator(".cg-sources th", has_text="Year").first
    head.locator("button").focus()
    reader.page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")
    years = [one.inner_text()[-4:] for one in reader.page.locator(".cg-sources tbody td:last-child").all()]
    known = [one for one in years if one.isdigit()]
    assert known == sorted(known)
    reader.page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "descending")


def test_a_source_opens_with_its_record_and_sections_and_closes_again(reader: Reader) -> None:
    source = open_source(reader, "opm-ten-lessons")
    expect(source.locator("dt").first).to_have_text("Who is speaking")
    assert source.locator("section h3").count() >= 10
    expect(reader.page.locator(".cg-sources")).to_be_hidden()
    reader.page.get_by_role("link", name="All sources").click()
    expect(reader.page.locator('.cg-sources a[href="#source-opm-ten-lessons"]')).to_be_focused(timeout=WAIT)


def test_a_source_has_an_address_that_opens_it(reader: Reader, address: str) -> None:
    reader.page.goto(f"{address}#section-opm-ten-lessons--trust")
    reader.page.reload()
    expect(reader.page.locator("#section-opm-ten-lessons--trust")).to_be_focused(timeout=WAIT)


def test_a_source_that_is_not_held_is_said_to_be_so(reader: Reader) -> None:
    opened(reader)
    reader.page.evaluate("location.hash = 'source-no-such-thing'")
    expect(reader.notices).to_contain_text("The library holds no source", timeout=WAIT)


def test_a_source_of_the_product_cannot_be_removed(reader: Reader) -> None:
    open_source(reader, "opm-ten-lessons")
    expect(reader.page.get_by_role("button", name="Remove this file")).to_have_count(0)


def test_the_passages_that_the_conversation_cites_are_marked(reader: Reader) -> None:
    reader.ask(COVERED)
    open_source(reader, "opm-ten-lessons")
    expect(reader.page.locator("#library-view mark").first).to_be_visible(timeout=WAIT)


def test_files_that_are_dropped_are_added_though_one_of_them_is_bad(keeper: Reader) -> None:
    opened(keeper)
    keeper.open_tab("Add and fetch")
    field = keeper.page.locator("#add-files button").first
    expect(field).to_be_visible(timeout=WAIT)
    keeper.page.evaluate(DROP, [field.element_handle(), PLAN])
    told = settled(keeper)
    expect(told).to_have_count(2)
    expect(told.filter(has_text="lantern.md: added")).to_have_count(1)
    expect(told.filter(has_text="broken.pdf: not added.")).to_have_class("cg-ill")


def test_a_file_that_was_added_answers_a_question(keeper: Reader, tmp_path: Path) -> None:
    add(keeper, plan(tmp_path, "lantern-two.md"))
    keeper.open_tab("Ask")
    keeper.ask("What did the Lantern pilot in Bexhill move to one shared rota?")
    expect(keeper.statements.first).to_contain_text("forty home visits")


def test_what_was_handed_in_is_not_left_lying_about(keeper: Reader, tmp_path: Path, kept: Settings) -> None:
    import tempfile

    text = PLAN.replace("Lantern", "Sextant")
    add(keeper, plan(tmp_path, "sextant.md", text))
    places = [Path(tempfile.gettempdir()) / "gradio", kept.home / "uploads"]
    assert [one for place in places for one in place.rglob("sextant*")] == []


def test_a_reader_s_own_file_is_kept_when_they_think_again(keeper: Reader, tmp_path: Path) -> None:
    add(keeper, plan(tmp_path, "kept-plan.md"))
    keeper.page.locator("#add-outcomes a").click()
    keeper.page.get_by_role("button", name="Remove this file").click()
    keeper.page.get_by_role("button", name="Keep it").click()
    expect(keeper.page.get_by_role("button", name="Remove this file")).to_be_visible(timeout=WAIT)
    expect(keeper.page.locator("#source-kept-plan")).to_be_visible()


def test_a_reader_s_own_file_is_removed_once_they_are_sure(keeper: Reader, tmp_path: Path, kept: Settings) -> None:
    add(keeper, plan(tmp_path, "gone-plan.md"))
    keeper.page.locator("#add-outcomes a").click()
    keeper.page.get_by_role("button", name="Remove this file").click()
    keeper.page.get_by_role("button", name="Remove it").click()
    expect(keeper.page.locator(".cg-sources")).to_be_visible(timeout=WAIT)
    expect(keeper.page.locator('.cg-sources a[href="#source-gone-plan"]')).to_have_count(0)
    assert not (kept.home / "library" / "gone-plan.json").exists()


def test_while_another_process_writes_that_is_said_and_nothing_is_lost(
    keeper: Reader, tmp_path: Path, kept: Settings
) -> None:
    with generation.writing(store.folder(kept)):
        told = add(keeper, plan(tmp_path, "busy-plan.md"))
        expect(told).to_contain_text("Nothing was changed. Another Common Ground process")
    keeper.open_tab("Ask")
    keeper.ask(COVERED)
    assert keeper.statements.count() >= 1


def test_the_last_change_names_what_was_added(keeper: Reader, tmp_path: Path) -> None:
    add(keeper, plan(tmp_path, "newest-plan.md", PLAN.replace("Lantern", "Compass")))
    keeper.open_tab("Last change")
    expect(keeper.page.get_by_role("link", name="The Compass pilot")).to_be_visible(timeout=WAIT)


def test_what_the_library_did_not_say_is_counted_by_topic(keeper: Reader) -> None:
    keeper.ask(NOT_COVERED)
    opened(keeper)
    keeper.open_tab("What it did not say")
    expect(keeper.page.locator(".cg-rows tbody tr").first).to_be_visible(timeout=WAIT)


def test_a_phone_needs_no_scrolling_sideways_in_the_library(new_reader: Callable[..., Reader]) -> None:
    reader = new_reader(viewport={"width": 320, "height": 700})
    opened(reader)
    assert sideways(reader.page) <= 1
    open_source(reader, "opm-ten-lessons")
    assert sideways(reader.page) <= 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_in_the_library_stands_in_the_way_of_anybody(
    new_reader: Callable[..., Reader], axe: Violations, scheme: str
) -> None:
    reader = new_reader(color_scheme=scheme)
    opened(reader)
    assert axe(reader.page) == []
    open_source(reader, "opm-ten-lessons")
    assert axe(reader.page) == []
    for name in ("Add and fetch", "Last change", "What it did not say"):
        reader.open_tab(name)
        expect(reader.page.locator(".cg-page h2:visible").first).to_be_visible(timeout=WAIT)
        assert axe(reader.page) == []


def test_outcomes_and_the_question_before_removing_stand_in_nobodys_way(
    keeper: Reader, axe: Violations, tmp_path: Path
) -> None:
    add(keeper, plan(tmp_path, "axe-plan.md"), plan(tmp_path, "axe-bad.pdf", "%PDF-1.4 nothing"))
    assert axe(keeper.page) == []
    keeper.page.locator("#add-outcomes a").click()
    keeper.page.get_by_role("button", name="Remove this file").click()
    expect(keeper.page.locator(".cg-sure")).to_be_visible(timeout=WAIT)
    assert axe(keeper.page) == []
