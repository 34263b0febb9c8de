import json

from unit.answer.made import library
from unit.evaluate.made import FIVE, HELD, NOT_FOUND, asked, cite, digest, gold, reported, said

from assistant.evaluate import Outcome


def everything() -> list[Outcome]:
    """An answered turn for each of the five articles."""
    return [asked(said(cite(id_)), gold=gold(id_)) for id_ in FIVE]


def test_a_record_that_holds_for_the_five_articles_counts_in_a_library_of_the_five() -> None:
    only = asked(said(cite("first")), "abstain", holds="five-articles")
    assert reported(*everything(), only)["abstained"]["n"] == 1


def test_a_record_that_holds_for_the_five_articles_is_left_out_of_a_larger_library() -> None:
    only = asked(said(cite("first")), "abstain", holds="five-articles")
    larger = library(*HELD.values(), digest("sixth"))
    result = reported(*everything(), only, held=larger)
    assert (result["abstained"]["n"], result["turns"]) == (0, 5)


def test_a_record_that_holds_in_any_library_counts_in_a_larger_one() -> None:
    larger = library(*HELD.values(), digest("sixth"))
    assert reported(asked(NOT_FOUND, "abstain", holds="any-library"), held=larger)["abstained"]["n"] == 1


def test_the_report_has_every_key_of_the_contract() -> None:
    result = reported(*everything())
    names = ("article_hit", "section_hit", "first_hit", "verbatim", "abstained", "wrongly_refused", "safely")
    for name in (*names, "follow_up", "retrieval"):
        assert set(result[name]) == {"value", "n", "low", "high"}
        assert set(result["by"]["audience"]["any"][name]) == {"value", "n", "low", "high"}
        assert set(result["by"]["kind"]["single"][name]) == {"value", "n", "low", "high"}
    assert {"version", "turns", "latency_ms"} <= set(result)
    assert json.loads(json.dumps(result)) == result


def test_audiences_and_kinds_are_scored_apart() -> None:
    hit = asked(said(cite("first")), gold=gold(), audience="leader", kind="single")
    miss = asked(said(cite("second")), gold=gold(), audience="proposal", kind="followup")
    by = reported(hit, miss)["by"]
    assert by["audience"]["leader"]["section_hit"]["value"] == by["kind"]["single"]["section_hit"]["value"] == 1
    assert by["audience"]["proposal"]["section_hit"]["value"] == by["kind"]["followup"]["section_hit"]["value"] == 0


def test_the_mean_number_of_sections_is_over_the_turns_that_were_answered() -> None:
    two = asked(said(cite("first"), cite("second"), cite("second")), gold=gold())
    one = asked(said(cite("first")), gold=gold())
    assert reported(two, one, asked(NOT_FOUND, gold=gold()))["mean_sections_cited"] == 1.5


def test_always_citing_the_three_commonest_articles_is_reported_beside() -> None:
    of = ("first", "first", "first", "second", "second", "third", "third", "fourth")
    outcomes = [asked(NOT_FOUND, gold=gold(id_)) for id_ in of]
    assert reported(*outcomes)["baseline_commonest"]["value"] == 7 / 8


def test_the_latency_is_the_median_and_the_95th_percentile() -> None:
    outcomes = [asked(said(cite("first"), timings_ms={"total": float(ms)}), gold=gold()) for ms in range(20, 0, -1)]
    latency = reported(*outcomes)["latency_ms"]
    assert latency["p95"] == 19
    assert latency["p50"] in {10, 10.5, 11}


def test_no_turns_give_a_report_without_values() -> None:
    result = reported()
    assert (result["turns"], result["section_hit"]["value"], result["section_hit"]["n"]) == (0, None, 0)


def test_the_turns_of_a_conversation_are_scored_by_their_number() -> None:
    turns = [asked(said(cite(id_)), gold=gold(turn=turn), turn=turn) for turn, id_ in ((2, "first"), (3, "second"))]
    by = reported(asked(said(cite("first")), gold=gold()), *turns)["by"]["turn"]
    assert [by[number]["follow_up"]["value"] for number in ("1", "2", "3")] == [None, 1, 0]


def test_each_group_has_its_turns_and_its_latency() -> None:
    group = reported(*everything())["by"]["audience"]["any"]
    assert (group["turns"], group["latency_ms"]) == (5, {"p50": 10, "p95": 10})


def test_every_missed_turn_is_told_with_what_was_expected_and_cited() -> None:
    missed = asked(said(cite("second"), cite("third", "people")), id_="q-7", gold=gold())
    answered = asked(said(cite("first")), "abstain", id_="q-8")
    hit = asked(said(cite("first")), id_="q-9", gold=gold())
    one, other = reported(missed, hit, answered)["missed"]
    assert one == {
        "id": "q-7",
        "turn": 1,
        "question": "Who decides?",
        "expect": "answer",
        "gold": [{"article": "first", "section": "On money"}],
        "status": "answered",
        "cited": ["second#money", "third#people"],
    }
    assert (other["id"], other["gold"], other["cited"]) == ("q-8", [], ["first#money"])


def test_a_turn_that_was_refused_as_it_should_be_is_not_missed() -> None:
    assert reported(asked(NOT_FOUND, "abstain"))["missed"] == []
