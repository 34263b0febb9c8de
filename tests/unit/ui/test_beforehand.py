from pathlib import Path

import pytest

from assistant.settings import Settings
from ui.render.beforehand import beforehand


def test_D3_nothing_is_told_where_nothing_leaves_and_nothing_stays() -> None:
    assert beforehand(Settings(home=Path())) == ""


@pytest.mark.parametrize(
    ("url", "where"), [("http://127.0.0.1:8080/v1", "at http://127.0.0.1:8080/v1."), ("", "at its provider.")]
)
def test_D3_the_page_says_which_model_gets_a_question_and_where(url: str, where: str) -> None:
    page = beforehand(Settings(home=Path(), model="openai:any-name", model_url=url))
    assert "openai:any-name" in page
    assert where in page


def test_the_page_says_for_how_long_words_are_kept() -> None:
    assert "kept in words for 30 days" in beforehand(Settings(home=Path(), keep_words=30))


def test_what_a_setting_holds_is_text_on_the_page() -> None:
    assert "<b>" not in beforehand(Settings(home=Path(), model="openai:<b>"))
