from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings

from assistant.search.collections import PASSAGES, collection
from assistant.search.signals import Part, Signals, by_section, near_situations, parts

if TYPE_CHECKING:
    from langchain_chroma import Chroma

RIGHT, UP = [1.0, 0.0], [0.0, 1.0]


class Angles(Embeddings):
    """Embeds a text 'A kettle at 0.6' as the unit vector whose cosine similarity to the right is 0.6."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        cosine = float(text.split()[-1])
        return [cosine, (1 - cosine**2) ** 0.5]


def held(path: Path, entries: Iterable[tuple[str, str]]) -> "Chroma":
    """A collection of these texts, each with the section that it stands in or points at."""
    store = collection(path, PASSAGES, Angles())
    documents = []
    for text, section in entries:
        source, anchor = section.split("#")
        documents.append(Document(text, metadata={"source": source, "anchor": anchor}))
    if documents:
        store.add_documents(documents)
    return store


def signals(**found: dict[str, float]) -> Signals:
    nothing: dict[str, dict[str, float]] = {
        name: {} for name in ("passages", "sentences", "situations", "keywords", "expected")
    }
    return Signals(**(nothing | found))


# The parts of a question


def said(question: str) -> list[str]:
    """The sentences that are searched beside the whole question."""
    whole, *sentences = parts(question)
    assert whole.text == question
    return [one.text for one in sentences]


@pytest.mark.parametrize("question", ["", "Who decides?", "Who decides on the pooled budget", "Help! Please! Now!"])
def test_a_question_of_one_sentence_is_one_part_that_counts_whole(question: str) -> None:
    assert parts(question) == [Part(question, 1.0)]


def test_a_question_of_several_sentences_is_searched_whole_and_by_each() -> None:
    question = "We pooled the budget last year. Staff write every visit down twice."
    assert said(question) == ["We pooled the budget last year.", "Staff write every visit down twice."]


@pytest.mark.parametrize("nothing", ["Help!", "Not good."])
def test_a_very_short_sentence_is_no_part(nothing: str) -> None:
    both = f"{nothing} We pooled the budget last year. {nothing} Staff write every visit down twice."
    assert said(both) == ["We pooled the budget last year.", "Staff write every visit down twice."]


@pytest.mark.parametrize("empty", ["What should I ask now?", "What do we do next?"])
def test_a_sentence_that_says_nothing_by_itself_does_not_say_what_is_asked(empty: str) -> None:
    assert [one.asks for one in parts(f"We pooled the budget last year. {empty}")][1:] == [False, False]


def test_of_very_many_sentences_the_first_eight_are_searched() -> None:
    question = " ".join(f"Partner number {number} pays nothing." for number in range(20))
    assert said(question) == [f"Partner number {number} pays nothing." for number in range(8)]


def test_the_whole_counts_half_and_the_sentences_share_the_other_half() -> None:
    question = "We pooled the budget last year. Who pays for the losses of partners?"
    assert [one.weight for one in parts(question)] == pytest.approx([0.5, 0.25, 0.25])
    assert [one.asks for one in parts(question)][1:] == [False, True]


@given(
    st.text(max_size=80) | st.lists(st.sampled_from(["Who pays the staff? ", "We pool money. ", "Help! "])).map("".join)
)
def test_whatever_is_asked_the_weights_of_its_parts_add_up_to_one(question: str) -> None:
    assert sum(one.weight for one in parts(question)) == pytest.approx(1)


# The nearest entries


def test_a_section_is_as_near_as_its_nearest_entry(tmp_path: Path) -> None:
    store = held(tmp_path, [("One 0.6", "a#one"), ("Two 0.8", "a#one"), ("Three 0.5", "b#two"), ("Four 0", "b#one")])
    near = by_section(store, np.array([RIGHT]), [1.0], {})
    assert near == pytest.approx({"a#one": 0.8, "b#two": 0.5, "b#one": 0.0}, abs=1e-5)


def test_where_outside_questions_point_is_no_section(tmp_path: Path) -> None:
    store = held(tmp_path, [("One 0.6", "a#one"), ("Two 1", "#")])
    assert set(by_section(store, np.array([RIGHT]), [1.0], {})) == {"a#one"}


def test_only_what_was_asked_for_is_looked_at(tmp_path: Path) -> None:
    store = held(tmp_path, [("One 0.6", "a#one"), ("Two 0.8", "b#two")])
    assert set(by_section(store, np.array([RIGHT]), [1.0], {"source": "a"})) == {"a#one"}


def test_each_part_of_a_question_counts_what_it_weighs(tmp_path: Path) -> None:
    # Of the section at 0.6: 0.5 × 0.6 + 0.125 × 0.6 + 0.375 × 0.8 = 0.675; of that at 1: 0.5 + 0.125 + 0 = 0.625.
    store = held(tmp_path, [("One 0.6", "a#one"), ("Two 1", "b#two")])
    near = by_section(store, np.array([RIGHT, RIGHT, UP]), [0.5, 0.125, 0.375], {})
    assert near == pytest.approx({"a#one": 0.675, "b#two": 0.625}, abs=1e-5)


def test_a_section_that_is_not_among_the_nearest_counts_as_far_as_the_last_of_them(tmp_path: Path) -> None:
    # A hundred at 0.8 hide the one at 0 from the whole and the first sentence: 0.75 × 0.8 + 0.25 × 1 = 0.85.
    crowd = [(f"Number {number} 0.8", "a#crowd") for number in range(120)]
    store = held(tmp_path, [*crowd, ("One 0", "b#alone")])
    near = by_section(store, np.array([RIGHT, RIGHT, UP]), [0.5, 0.25, 0.25], {})
    assert near["b#alone"] == pytest.approx(0.85, abs=1e-5)
    assert near["a#crowd"] == pytest.approx(0.75, abs=1e-5)


@pytest.mark.parametrize("vectors", [[RIGHT], [RIGHT, UP, UP]])
def test_of_an_empty_collection_nothing_is_near(tmp_path: Path, vectors: list[list[float]]) -> None:
    assert by_section(held(tmp_path, []), np.array(vectors), [1 / len(vectors)] * len(vectors), {}) == {}


def test_situations_are_as_near_as_the_mean_of_the_nearest_three(tmp_path: Path) -> None:
    store = held(tmp_path, [("One 1", "a#one"), ("Two 0.8", "b#two"), ("Three 0.6", "a#one"), ("Four 0", "a#one")])
    assert near_situations(store, np.array(RIGHT), inside=True) == pytest.approx(0.8, abs=1e-5)


def test_a_situation_that_points_at_several_sections_is_near_once(tmp_path: Path) -> None:
    several = [("One 1", f"a#part-{number}") for number in range(6)]
    store = held(tmp_path, [*several, ("Two 0.8", "b#two"), ("Three 0.6", "a#part-1")])
    assert near_situations(store, np.array(RIGHT), inside=True) == pytest.approx(0.8, abs=1e-5)


def test_those_outside_are_told_from_those_inside(tmp_path: Path) -> None:
    store = held(tmp_path, [("One 1", "a#one"), ("Two 0.5", "#"), ("Three 0.3", "#")])
    assert near_situations(store, np.array(RIGHT), inside=True) == pytest.approx(1.0, abs=1e-5)
    assert near_situations(store, np.array(RIGHT), inside=False) == pytest.approx(0.4, abs=1e-5)


def test_where_there_are_no_situations_none_is_near(tmp_path: Path) -> None:
    assert near_situations(held(tmp_path, []), np.array(RIGHT), inside=True) == 0.0


# What they come to


def test_every_section_that_anything_was_found_for_is_ranked() -> None:
    found = signals(passages={"a#p": 0.1}, sentences={"a#s": 0.1}, situations={"a#l": 0.1}, keywords={"a#k": 1.0})
    assert found.sections == {"a#p", "a#s", "a#l", "a#k"}
    assert signals(expected={"a#e": -1.0}).sections == set()


def test_the_best_similarity_is_that_of_words_of_the_library_and_of_no_situation() -> None:
    assert signals(passages={"a#p": 0.4}, sentences={"a#s": 0.6, "a#t": 0.5}, situations={"a#l": 0.9}).similarity == 0.6
    assert signals(situations={"a#l": 0.9}).similarity == 0.0


WHOLE = {
    "passages": {"a#one": 0.8, "b#two": 0.4},
    "sentences": {"a#one": 0.6, "b#two": 0.2},
    "situations": {"a#one": 0.9, "a#far": 0.5},
    "keywords": {"a#one": 20.0},
    "expected": {"a#one": -1.0, "a#far": -5.0},
}


def test_the_relevance_of_a_section_weighs_all_that_speaks_for_it() -> None:
    # (0.8 + 0.6) / 2 + 1.4 × 0.9 + 0.03 × (-1) + 0.3 × 20 / (20 + 20) = 0.7 + 1.26 - 0.03 + 0.15
    assert signals(**WHOLE).relevance("a#one", is_situated=True) == pytest.approx(2.08)


def test_what_speaks_for_others_alone_counts_as_the_least_of_them() -> None:
    # (0.4 + 0.2) / 2 + 1.4 × 0.5 + 0.03 × (-5) + 0 = 0.3 + 0.7 - 0.15
    assert signals(**WHOLE).relevance("b#two", is_situated=True) == pytest.approx(0.85)


def test_a_source_that_no_situation_points_at_is_not_put_back_for_that() -> None:
    # Its own words stand in for situations, and it is expected as much as the most expected: 0.3 + 1.4 × 0.3 - 0.03.
    assert signals(**WHOLE).relevance("b#two", is_situated=False) == pytest.approx(0.69)


def test_each_signal_speaks_for_a_section() -> None:
    least = signals(**WHOLE).relevance("a#one", is_situated=True)
    for name, more in (
        ("passages", 0.9),
        ("sentences", 0.9),
        ("situations", 1.0),
        ("keywords", 30.0),
        ("expected", -0.5),
    ):
        raised = WHOLE | {name: WHOLE[name] | {"a#one": more}}
        assert signals(**raised).relevance("a#one", is_situated=True) > least


def test_words_in_common_never_outweigh_all_else() -> None:
    endless = signals(**(WHOLE | {"keywords": {"b#two": 1e9}}))
    assert endless.relevance("b#two", is_situated=True) < endless.relevance("a#one", is_situated=True)


def test_a_section_that_nothing_speaks_for_has_no_relevance() -> None:
    assert signals().relevance("a#one", is_situated=True) == 0.0
