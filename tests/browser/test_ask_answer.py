"""What can be done with a question and its answer: choices, cards, terms, copying, taking away, judging."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from assistant.answer.pipeline import Assistant
from assistant.feedback import feedback
from browser.conftest import COVERED, NOT_COVERED, WAIT, Reader

pytestmark = pytest.mark.slow

WITH_TERMS = "What should a section 75 agreement with the ICB contain?"


def button(reader: Reader, name: str) -> Locator:
    return reader.page.get_by_role("button", name=name, exact=True).filter(visible=True)


def focused(reader: Reader) -> str:
    """The id of what has the focus."""
    id_: str = reader.page.evaluate("document.activeElement.id")
    return id_


# Choices


def test_who_is_asking_and_where_are_remembered(reader: Reader) -> None:
    reader.page.locator("#audience").get_by_label("I lead a partnership").check()
    reader.page.locator("#nation").get_by_label("Wales").check()
    first = reader.page.locator(".cg-examples button").first
    expect(first).to_have_text("What tends to go wrong in the first year?", timeout=WAIT)
    reader.page.reload()
    expect(reader.page.locator("#audience").get_by_label("I lead a partnership")).to_be_checked(timeout=WAIT)
    expect(reader.page.locator("#nation").get_by_label("Wales")).to_be_checked()
    expect(first).to_have_text("What tends to go wrong in the first year?", timeout=WAIT)


def test_the_browser_keeps_nothing_but_the_two_choices(reader: Reader) -> None:
    reader.page.locator("#nation").get_by_label("Scotland").check()
    reader.ask(COVERED)
    kept = reader.page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")
    assert "scotland" in kept
    assert "chief executive" not in kept
    assert reader.page.evaluate("Object.keys(localStorage)") == ["common-ground-choices"]


@pytest.mark.parametrize("kept", ["no json", '["pirate", "atlantis"]', "null", "[]"])
def test_choices_that_make_no_sense_are_forgotten(kept: str, reader: Reader) -> None:
    reader.page.evaluate("kept => localStorage.setItem('common-ground-choices', kept)", kept)
    reader.page.reload()
    expect(reader.page.locator("#audience").get_by_label("I work with people")).to_be_checked(timeout=WAIT)
    expect(reader.page.locator("#nation").get_by_label("Anywhere in the UK")).to_be_checked()


def test_the_examples_are_those_of_the_stage(reader: Reader) -> None:
    reader.page.locator("#stage").get_by_label("Ending or changing").check()
    first = reader.page.locator(".cg-examples button").first
    expect(first).to_have_text("The manager who held this together is leaving. What now?", timeout=WAIT)


# Cards and terms


def test_a_card_leads_back_to_the_very_number_that_was_clicked(reader: Reader) -> None:
    reader.ask(COVERED)
    mark = reader.page.locator("a.cg-mark").last
    mark.click()
    card = reader.page.locator("article:target")
    assert focused(reader) == card.get_attribute("id")
    card.get_by_role("link", name="Back to the answer").click()
    expect(mark).to_be_focused()
    expect(mark).to_be_in_viewport()


def test_a_number_of_an_older_answer_opens_its_cards(reader: Reader) -> None:
    reader.ask(COVERED)
    reader.ask("And who pays then?")
    mark = reader.turns.first.locator("a.cg-mark").first
    mark.click()
    expect(reader.page.locator("article:target mark").first).to_be_in_viewport()


def test_the_original_opens_in_a_tab_of_its_own_and_says_so(reader: Reader) -> None:
    reader.ask(COVERED)
    link = reader.page.locator(".cg-original[href]").first
    expect(link).to_contain_text("opens in a new tab")
    assert link.get_attribute("target") == "_blank"
    assert "noopener" in (link.get_attribute("rel") or "")


def test_a_term_says_what_it_means_where_it_stands_and_closes_again(reader: Reader) -> None:
    reader.ask(WITH_TERMS)
    term = reader.page.locator(".cg-term").first
    meaning = reader.page.locator(f"#{term.get_attribute('aria-controls')}")
    expect(meaning).to_be_hidden()
    term.press("Enter")
    expect(meaning).to_be_visible()
    expect(term).to_have_attribute("aria-expanded", "true")
    term.click()
    expect(meaning).to_be_hidden()


def test_what_is_near_a_refused_question_opens_where_it_stands(reader: Reader) -> None:
    reader.ask(NOT_COVERED)
    near = reader.page.locator(".cg-nearest details").first
    expect(near.locator("p").first).to_be_hidden()
    near.locator("summary").click()
    expect(near.locator("p").first).to_be_visible()


def test_a_refusal_leads_to_the_pitfalls(reader: Reader) -> None:
    reader.ask(NOT_COVERED)
    reader.page.locator(".cg-go-to").click()
    expect(reader.page.get_by_role("tab", name="Pitfalls")).to_have_attribute("aria-selected", "true")


def test_who_said_it_is_told_in_the_open(reader: Reader) -> None:
    reader.ask(COVERED)
    reader.ask("Who said that?")
    expect(reader.turns.last.locator(".cg-missing").first).to_contain_text("Who is speaking")


# Again, change, copy, take away


def test_an_answer_is_asked_again_in_its_place(reader: Reader) -> None:
    reader.ask(COVERED)
    frontline = reader.page.locator(".cg-part").all_inner_texts()
    reader.page.locator("#audience").get_by_label("I lead a partnership").check()
    button(reader, "Ask again").click()
    expect(reader.page.locator(".cg-part").first).not_to_have_text(frontline[0], timeout=WAIT)
    reader.wait(1)
    expect(reader.page.locator(".cg-question")).to_have_text([COVERED])


def test_the_last_question_comes_back_into_the_box_and_its_answer_goes(reader: Reader) -> None:
    reader.ask(COVERED)
    reader.ask("And who pays then?")
    button(reader, "Change the question").click()
    expect(reader.question).to_have_value("And who pays then?", timeout=WAIT)
    expect(reader.question).to_be_focused()
    expect(reader.page.locator(".cg-question")).to_have_text([COVERED])


def test_an_answer_is_copied_as_text_with_its_references(new_reader: Callable[..., Reader]) -> None:
    reader = new_reader(permissions=["clipboard-read", "clipboard-write"])
    reader.ask(COVERED)
    button(reader, "Copy this answer").click()
    expect(reader.page.locator(".cg-copied")).to_have_count(1)
    text = reader.page.evaluate("navigator.clipboard.readText()")
    assert text.startswith(COVERED)
    assert "[1]" in text
    assert re.search(r"^References$", text, re.MULTILINE)


def test_a_reference_is_copied_in_harvard_style(new_reader: Callable[..., Reader]) -> None:
    reader = new_reader(permissions=["clipboard-read", "clipboard-write"])
    reader.ask(COVERED)
    card = reader.page.locator(".cg-card").first
    card.get_by_role("button", name="Copy reference").click()
    expect(reader.page.locator(".cg-copied")).to_have_count(1)
    assert re.match(r".+ \(.+\) .+", reader.page.evaluate("navigator.clipboard.readText()"))


@pytest.mark.parametrize(("name", "ending"), [("Word document", ".docx"), ("Web page", ".html"), ("Markdown", ".md")])
def test_an_answer_can_be_taken_away(name: str, ending: str, reader: Reader) -> None:
    reader.ask(COVERED)
    reader.page.locator(".cg-download button").first.click()
    with reader.page.expect_download(timeout=WAIT) as download:
        button(reader, name).first.click()
    assert download.value.suggested_filename.endswith(ending)
    content = download.value.path().read_bytes()
    assert content.startswith(b"PK") if ending == ".docx" else COVERED in content.decode()


def test_what_was_taken_away_is_not_spoken_of_under_the_next_answer(reader: Reader) -> None:
    reader.ask(COVERED)
    reader.page.locator(".cg-download button").first.click()
    with reader.page.expect_download(timeout=WAIT):
        button(reader, "Markdown").first.click()
    said = reader.page.locator(".cg-download .cg-told")
    expect(said).to_have_count(1, timeout=WAIT)
    reader.ask("And who pays then?")
    expect(said).to_have_count(0)


def test_a_whole_conversation_can_be_taken_away(reader: Reader) -> None:
    reader.ask(COVERED)
    reader.ask("And who pays then?")
    reader.page.locator(".cg-download button").first.click()
    with reader.page.expect_download(timeout=WAIT) as download:
        button(reader, "Markdown").last.click()
    text = download.value.path().read_text(encoding="utf-8")
    assert COVERED in text
    assert "And who pays then?" in text


def test_what_is_taken_away_lies_nowhere_afterwards(reader: Reader, assistant: Assistant) -> None:
    reader.ask(COVERED)
    reader.page.locator(".cg-download button").first.click()
    with reader.page.expect_download(timeout=WAIT):
        button(reader, "Word document").first.click()
    assert list(assistant.settings.home.rglob("*.docx")) == []


# Judging


def counted(assistant: Assistant) -> dict[str, int]:
    return {f"{one.verdict.value} {one.reason}": one.count for one in feedback(assistant.settings)}


def test_that_an_answer_helped_is_counted(reader: Reader, assistant: Assistant) -> None:
    before = counted(assistant).get("helpful ", 0)
    reader.ask(COVERED)
    button(reader, "Yes, it helped").click()
    expect(reader.page.get_by_text("Thank you. It is counted")).to_be_visible(timeout=WAIT)
    assert counted(assistant)["helpful "] == before + 1


def test_that_an_answer_did_not_help_is_counted_with_its_reason(reader: Reader, assistant: Assistant) -> None:
    before = counted(assistant).get("not-helpful unclear", 0)
    reader.ask(COVERED)
    button(reader, "No").click()
    reader.page.locator(".cg-why").get_by_label("It is hard to follow").check()
    button(reader, "Send").click()
    expect(reader.page.get_by_text("Thank you. It is counted")).to_be_visible(timeout=WAIT)
    assert counted(assistant)["not-helpful unclear"] == before + 1
