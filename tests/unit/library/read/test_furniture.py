import pytest

from assistant.library.read.furniture import is_furniture, without_furniture
from assistant.library.text import Element, Shape


@pytest.mark.parametrize(
    "line",
    [
        "top of page",
        "Back to top",
        "post image",
        "Share",
        "Share this page",
        "Tweet",
        "Share on Facebook",
        "12 views 3 comments",
        "1 comment",
        "No comments yet",
        "View all comments",
        "Load more stories",
        "Leave a comment",
        "Log in to reply",
        "Sign up for our newsletter",
        "Subscribe",
        "Accept all cookies",
        "Privacy policy",
        "© 2013 A publisher",
        "All rights reserved.",
        "Read more",
        "Next article",
        "  Skip to   main content ",
        "What do you think? Share your thoughts below.",
        "Make a difference donate today",
    ],
)
def test_what_a_page_says_about_itself_is_furniture(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "Partners share the risk.",
        "Share the budget between partners",
        "The next step is a rule for overspends.",
        "Home care workers met the nurses.",
        "Search committees met.",
        "A comment was made.",
        "People like this service.",
        "Menu of joint services",
        "The image of the service improved.",
        "Share one desk",
        "Follow only the rules that help",
        "Share this risk between all the partners.",
        "Like this service, many others failed.",
        "Print on both sides of the sheet to save money.",
    ],
)
def test_a_sentence_that_uses_such_words_is_not(line: str) -> None:
    assert not is_furniture(line)


def test_a_long_paragraph_that_ends_with_a_call_is_kept() -> None:
    assert not is_furniture("word " * 60 + "Share your thoughts.")


def elements(*pieces: tuple[Shape, str]) -> list[Element]:
    return [Element(shape, text) for shape, text in pieces]


def texts(*pieces: tuple[Shape, str]) -> list[str]:
    return [one.text for one in without_furniture(elements(*pieces))]


def test_related_content_takes_its_links_along() -> None:
    assert texts(
        (Shape.PARAGRAPH, "The text is here."),
        (Shape.HEADING, "Related content"),
        (Shape.HEADING, "Another page"),
        (Shape.PARAGRAPH, "A third page"),
    ) == ["The text is here."]


def test_the_links_end_where_a_sentence_begins() -> None:
    sentence = "This sentence is long enough to be one."
    assert texts(
        (Shape.HEADING, "You might also like"),
        (Shape.ITEM, "Another page"),
        (Shape.PARAGRAPH, sentence),
        (Shape.PARAGRAPH, "Short one."),
    ) == [sentence, "Short one."]


def test_headings_that_nothing_follows_are_left_out() -> None:
    assert texts((Shape.PARAGRAPH, "The text."), (Shape.HEADING, "One"), (Shape.HEADING, "Two")) == ["The text."]


def test_nothing_in_gives_nothing_out() -> None:
    assert texts() == []
