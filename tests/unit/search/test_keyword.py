from pathlib import Path

import pytest

from assistant.search import keyword

TEXTS = [
    "Partners share the budget and the risk.",
    "Trust grows where staff meet.",
    "The budget, the budget, the budget of the partnership.",
]


@pytest.fixture
def index(tmp_path: Path) -> keyword.KeywordIndex:
    keyword.build(tmp_path / "keyword", ["risk", "trust", "money"], TEXTS)
    return keyword.load(tmp_path / "keyword")


def test_a_passage_that_shares_a_word_is_found(index: keyword.KeywordIndex) -> None:
    assert set(index.scores("trust")) == {"trust"}


def test_the_passage_that_says_it_most_is_first(index: keyword.KeywordIndex) -> None:
    scores = index.scores("budget")
    assert set(scores) == {"risk", "money"}
    assert scores["money"] > scores["risk"] > 0


def test_a_word_in_two_questions_counts_for_more_with_a_second_word(index: keyword.KeywordIndex) -> None:
    assert index.scores("shared risk")["risk"] > index.scores("risk")["risk"]


@pytest.mark.parametrize("question", ["sharing", "shared", "SHARES", "to share?"])
def test_any_form_of_a_word_finds_it(index: keyword.KeywordIndex, question: str) -> None:
    assert set(index.scores(question)) == {"risk"}


def test_the_forms_of_a_word_have_one_stem() -> None:
    assert keyword.words("share shared sharing shares") == ["share"] * 4


@pytest.mark.parametrize("question", ["the and of", "zebra", "", "?!", "’", "   "])
def test_a_question_without_known_words_finds_nothing(index: keyword.KeywordIndex, question: str) -> None:
    assert index.scores(question) == {}


def test_unknown_words_do_not_hide_the_known_one(index: keyword.KeywordIndex) -> None:
    assert index.scores("zebra trust") == index.scores("trust")


@pytest.mark.parametrize("texts", [[], ["the and of", "?"]])
def test_an_index_without_words_is_opened_and_finds_nothing(tmp_path: Path, texts: list[str]) -> None:
    keyword.build(tmp_path, [str(number) for number, _ in enumerate(texts)], texts)
    assert keyword.load(tmp_path).scores("trust") == {}


def test_a_text_without_words_keeps_its_row(tmp_path: Path) -> None:
    keyword.build(tmp_path, ["a", "b", "c"], ["", "the of", "Trust grows."])
    assert set(keyword.load(tmp_path).scores("trust")) == {"c"}


def test_one_text_alone_can_be_found(tmp_path: Path) -> None:
    keyword.build(tmp_path, ["a"], ["Trust grows."])
    assert keyword.load(tmp_path).scores("trust")["a"] > 0


def test_an_index_that_is_made_again_in_its_folder_forgets_the_old_words(tmp_path: Path) -> None:
    keyword.build(tmp_path, ["a"], ["Trust grows."])
    keyword.build(tmp_path, ["b"], ["the of"])
    assert keyword.load(tmp_path).scores("trust") == {}


def test_the_scores_of_two_openings_are_the_same(tmp_path: Path, index: keyword.KeywordIndex) -> None:
    assert keyword.load(tmp_path / "keyword").scores("budget risk") == index.scores("budget risk")
