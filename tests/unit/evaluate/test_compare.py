from typing import Any

from fakes import WordEmbeddings
from unit.evaluate.made import LIBRARY, NOT_FOUND, asked, cite, digest, gold, said

from assistant.answer.parts import Answer
from assistant.evaluate import Outcome, Turn, report, turn_of
from assistant.library.holdings import Library


def run(*given: Answer) -> list[Outcome]:
    return [asked(one, id_=f"q-{number}", gold=gold()) for number, one in enumerate(given)]


def compared(now: list[Outcome], before: list[Turn], held: Library = LIBRARY) -> dict[str, Any]:
    found: dict[str, Any] = report(now, held, WordEmbeddings(), before)["comparison"]
    return found


HIT, MISS = said(cite("first")), said(cite("second"))


def test_each_measure_is_compared_with_its_interval() -> None:
    found = compared(run(HIT, HIT), [turn_of(one) for one in run(MISS, HIT)])
    expected = {"now": 1.0, "before": 0.5, "difference": 0.5, "n": 2, "low": 0.0, "high": 1.0}
    assert found["section_hit"] == found["article_hit"] == expected


def test_the_time_an_answer_takes_is_compared_too() -> None:
    slow = said(cite("first"), timings_ms={"total": 30.0})
    assert compared(run(HIT), [turn_of(one) for one in run(slow)])["milliseconds"]["difference"] == -20


def test_what_the_earlier_run_does_not_say_is_not_compared() -> None:
    earlier = [Turn(one.conversation, turn_of(one).answered.model_copy(update={"retrieved": None})) for one in run(HIT)]
    assert compared(run(HIT), earlier)["ndcg_at_10"]["difference"] is None


def test_an_earlier_citation_of_what_is_held_no_more_is_no_hit_and_not_looked_up() -> None:
    gone = Library({id_: one for id_, one in LIBRARY.holdings.items() if id_ != "second"} | {"sixth": digest("sixth")})
    found = compared(run(HIT), [turn_of(one) for one in run(MISS)], gone)
    assert found["section_hit"]["before"] == 0
    assert found["verbatim"]["difference"] is None


def test_records_that_do_not_hold_here_are_left_out_of_both() -> None:
    five = [asked(given, "abstain", id_="q-9", holds="five-articles") for given in (HIT, NOT_FOUND)]
    found = compared([*run(HIT), five[0]], [turn_of(one) for one in (*run(HIT), five[1])])
    assert found["abstained"]["difference"] is None


def test_without_an_earlier_run_nothing_is_compared() -> None:
    assert report(run(HIT), LIBRARY, WordEmbeddings())["comparison"] is None
