from dataclasses import replace

from made import holding, library, passages

from assistant.answer.follow_ups import follow_ups, pitfalls_of
from assistant.library.holdings import Holding
from assistant.library.pitfalls import pitfalls

BY_ID = {one.id: one for one in pitfalls()}
FIRST, SECOND, THIRD = "trust-alone", "unclear-governance", "no-fallback"


def held(**speaks: str) -> Holding:
    """A source with a section for each name, which speaks to the pitfall that is named."""
    one = holding("joint-teams", {anchor: ["point: Say it to all."] for anchor in speaks})
    sections = (replace(each, pitfalls=(speaks[each.anchor],)) for each in one.headed.sections if each.anchor in speaks)
    return replace(one, headed=replace(one.headed, sections=tuple(sections)))


def test_the_pitfalls_of_passages_come_once_and_best_first() -> None:
    one = held(a=FIRST, b=SECOND, c=FIRST)
    found = passages(one, relevance={"a": 0.5, "b": 0.9, "c": 0.4})
    assert pitfalls_of(found, library(one)) == (SECOND, FIRST)


def test_what_the_answer_is_about_is_not_offered_and_what_stands_next_is() -> None:
    one = held(a=FIRST, b=SECOND)
    found = passages(one, relevance={"a": 0.9, "b": 0.5})
    offered = follow_ups(found, library(one), (), lambda question, pitfall: True)
    assert BY_ID[FIRST].question not in offered
    assert offered[0] == BY_ID[SECOND].question
    assert len(offered) <= 3


def test_only_what_the_library_answers_is_offered() -> None:
    one = held(a=FIRST, b=SECOND, c=THIRD)
    found = passages(one, relevance={"a": 0.9, "b": 0.5, "c": 0.4})
    offered = follow_ups(found, library(one), (), lambda question, pitfall: pitfall == THIRD)
    assert offered == (BY_ID[THIRD].question,)


def test_what_was_asked_before_is_not_offered_again() -> None:
    one = held(a=FIRST, b=SECOND)
    found = passages(one, relevance={"a": 0.9, "b": 0.5})
    assert BY_ID[SECOND].question not in follow_ups(found, library(one), (BY_ID[SECOND].question,), lambda *_: True)


def test_a_source_that_speaks_to_no_pitfall_offers_nothing() -> None:
    one = holding("own", {"a": ["point: Say it to all."]})
    assert follow_ups(passages(one), library(one), (), lambda *_: True) == ()
