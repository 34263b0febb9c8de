"""The page as readers meet it: a real browser, the real model, the shipped library."""

import re

import pytest
from playwright.sync_api import Browser, expect

from assistant.answer.pipeline import Assistant
from browser.conftest import COVERED, NOT_COVERED, WAIT, Reader

pytestmark = pytest.mark.slow


def test_a_question_that_is_typed_gets_statements_with_numbers_and_cards(reader: Reader) -> None:
    reader.ask(COVERED)
    expect(reader.page.locator(".cg-question")).to_have_text(COVERED)
    assert reader.statements.count() >= 2
    assert reader.page.locator(".cg-statement .cg-mark").count() >= reader.statements.count()
    assert reader.page.locator(".cg-card").count() >= 1
    assert reader.problems == []


def test_every_number_on_the_page_leads_to_a_card(reader: Reader) -> None:
    reader.ask(COVERED)
    reader.ask("And who pays then?")
    links = reader.page.locator("a.cg-mark").evaluate_all("marks => marks.map(mark => mark.getAttribute('href'))")
    assert links
    for link in set(links):
        assert reader.page.locator(f"article{link}").count() == 1


def test_clicking_a_number_leads_to_the_card_with_the_cited_words_marked(reader: Reader, assistant: Assistant) -> None:
    reader.ask(COVERED)
    mark = reader.page.locator("a.cg-mark").first
    link = mark.get_attribute("href") or ""
    mark.click()
    card = reader.page.locator("article:target")
    expect(card).to_have_count(1)
    assert card.get_attribute("id") == link.removeprefix("#")
    expect(card.locator("mark").first).to_be_in_viewport()
    library, _ = assistant.opened()
    texts = [" ".join(one.headed.text.split()) for one in library]
    for words in card.locator("mark").all_inner_texts():
        assert any(" ".join(words.split()) in text for text in texts)
    statement = reader.statements.first.inner_text()
    assert any(words in statement for words in card.locator("mark").all_inner_texts())


def test_shift_and_enter_ask(reader: Reader) -> None:
    reader.question.fill(COVERED)
    reader.question.press("Shift+Enter")
    expect(reader.statements.first).to_be_visible(timeout=WAIT)


def test_an_example_answers(reader: Reader) -> None:
    example = reader.page.locator(".cg-examples button").first
    words = example.inner_text()
    example.click()
    expect(reader.page.locator(".cg-question")).to_have_text(words, timeout=WAIT)
    expect(reader.page.locator(".cg-log[aria-busy=false]")).to_be_visible(timeout=WAIT)
    assert reader.statements.count() >= 1


def test_a_question_that_is_offered_to_go_on_with_answers(reader: Reader) -> None:
    reader.ask(COVERED)
    offered = reader.page.locator(".cg-follow button:visible").first
    words = offered.inner_text()
    offered.click()
    expect(reader.page.locator(".cg-question")).to_have_text([COVERED, words], timeout=WAIT)
    expect(reader.page.locator(".cg-log[aria-busy=false]")).to_be_visible(timeout=WAIT)
    assert reader.turns.last.locator(".cg-statement").count() >= 1


def test_the_examples_are_those_of_the_audience(reader: Reader) -> None:
    first = reader.page.locator(".cg-examples button").first
    before = first.inner_text()
    reader.page.get_by_label("I lead a partnership").check()
    expect(first).not_to_have_text(before, timeout=WAIT)


def test_an_answer_is_laid_out_for_its_audience(reader: Reader) -> None:
    reader.ask(COVERED)
    frontline = reader.page.locator(".cg-part").all_inner_texts()
    reader.page.get_by_label("I lead a partnership").check()
    reader.ask(COVERED)
    leader = reader.turns.last.locator(".cg-part").all_inner_texts()
    assert frontline
    assert leader
    assert frontline != leader


def test_two_readers_do_not_see_each_others_conversation(browser: Browser, address: str) -> None:
    contexts = [browser.new_context(), browser.new_context()]
    first, second = (Reader(context, address) for context in contexts)
    first.ask(COVERED)
    assert second.turns.count() == 0
    second.ask(NOT_COVERED)
    expect(second.page.locator(".cg-question")).to_have_text([NOT_COVERED])
    first.ask("And who pays then?")
    expect(first.page.locator(".cg-question")).to_have_text([COVERED, "And who pays then?"])
    assert COVERED not in second.page.content()
    for context in contexts:
        context.close()


def test_a_conversation_goes_on_below_what_was_said(reader: Reader) -> None:
    reader.ask(COVERED)
    reader.ask("Thanks")
    assert reader.turns.count() == 2
    assert reader.turns.first.locator(".cg-statement").count() >= 1
    assert reader.turns.last.locator(".cg-statement").count() == 0


def test_an_empty_question_shows_a_notice_and_breaks_nothing(reader: Reader) -> None:
    reader.press()
    expect(reader.notices).to_be_visible(timeout=WAIT)
    assert reader.turns.count() == 0
    reader.ask(COVERED)
    expect(reader.notices).to_have_count(0)
    assert reader.statements.count() >= 1


def test_a_question_that_is_too_long_shows_a_notice_and_keeps_the_text(reader: Reader) -> None:
    reader.ask(COVERED)
    long = "Who decides what? " * 278
    reader.question.fill(long)
    reader.press()
    expect(reader.notices).to_contain_text("1,000", timeout=WAIT)
    expect(reader.question).to_have_value(long)
    assert reader.turns.count() == 1
    assert reader.statements.count() >= 1


def test_the_question_is_cleared_once_it_is_answered(reader: Reader) -> None:
    reader.ask(COVERED)
    expect(reader.question).to_have_value("")


def test_a_new_conversation_clears_the_page_and_the_history(reader: Reader) -> None:
    reader.ask(COVERED)
    reader.page.get_by_role("button", name="New conversation").click()
    expect(reader.turns).to_have_count(0)
    expect(reader.page.locator(".cg-card")).to_have_count(0)
    reader.ask("Thanks")
    expect(reader.page.locator(".cg-question")).to_have_text(["Thanks"])


def test_a_question_that_is_not_covered_shows_the_reply_and_the_nearest(reader: Reader) -> None:
    reader.ask(NOT_COVERED)
    expect(reader.page.locator(".cg-missing")).to_contain_text("does not say")
    assert reader.page.locator(".cg-nearest li").count() >= 1
    assert reader.statements.count() == 0
    assert reader.page.locator(".cg-card").count() == 0


def test_hostile_text_is_shown_and_not_run(reader: Reader) -> None:
    turn = "Who decides? <img src=x onerror=\"document.title='run'\"><script>document.title='run'</script>"
    reader.ask(turn)
    expect(reader.page.locator(".cg-question")).to_have_text(turn)
    assert reader.page.locator(".cg-log img, .cg-log script").count() == 0
    assert reader.page.title() != "run"


def test_personal_details_are_not_left_on_the_page(reader: Reader) -> None:
    reader.ask(f"Patient Mary Jones (NHS 943 476 5919) waits. {COVERED}")
    assert "943 476 5919" not in reader.page.locator("body").inner_text()
    assert "Mary Jones" not in reader.page.locator("body").inner_text()


def test_no_request_leaves_this_machine(reader: Reader, address: str) -> None:
    reader.ask(COVERED)
    reader.ask(NOT_COVERED)
    away = [url for url in reader.requests if not url.startswith((address, "data:", "blob:"))]
    assert len(reader.requests) > 5
    assert away == []


def test_the_page_names_no_address_but_those_of_its_sources(reader: Reader, address: str) -> None:
    scripts = reader.page.locator("script[src], link[href], img[src], iframe[src]").evaluate_all(
        "found => found.map(one => one.src || one.href)"
    )
    assert [url for url in scripts if re.match(r"https?://", url) and not url.startswith(address)] == []


def test_the_page_says_what_it_is_and_in_which_language(reader: Reader) -> None:
    assert reader.page.locator("html").get_attribute("lang") == "en"
    assert reader.page.title() == "Common Ground"
    expect(reader.page.get_by_role("heading", level=1)).to_have_text("Common Ground")


def test_the_page_can_be_used_from_the_keyboard(reader: Reader) -> None:
    reader.question.focus()
    reader.page.keyboard.type(COVERED)
    reader.page.keyboard.press("Tab")
    reader.page.keyboard.press("Enter")
    expect(reader.statements.first).to_be_visible(timeout=WAIT)


@pytest.mark.parametrize("tab", ["Ask", "Check a proposal", "Brief me", "Pitfalls", "Library"])
def test_the_three_texts_at_the_foot_are_one_click_away_on_every_tab(tab: str, reader: Reader) -> None:
    reader.open_tab(tab)
    for name in ("safety", "wrong", "accessibility"):
        text = reader.page.locator(f"#about-{name}")
        text.locator("summary").click()
        expect(text.locator("p").first).to_be_visible()


def test_a_narrow_screen_needs_no_scrolling_sideways(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 700})
    reader = Reader(context, address)
    reader.ask(COVERED)
    wide = reader.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 1
    context.close()
