import json
from pathlib import Path
from typing import Any

import pytest
from unit.answer.made import answer, citation, holding, library, plain, statement

from assistant.answer.parts import Answer, Citation, Reply, Status
from assistant.errors import ReadError
from assistant.evaluate import (
    Conversation,
    Gold,
    Outcome,
    Rate,
    conversations,
    exchange,
    is_gold,
    is_verbatim,
    report,
)
from assistant.library.holdings import Library

FIVE = ("first", "second", "third", "fourth", "fifth")


def digest(id_: str) -> Any:
    return holding(id_, {anchor: [f"point: The {id_} source speaks of {anchor}."] for anchor in ("money", "people")})


HELD = {id_: digest(id_) for id_ in FIVE}
LIBRARY = library(*HELD.values())


def cite(id_: str, anchor: str = "money", number: int = 1) -> Citation:
    return citation(HELD[id_], f"The {id_} source speaks of {anchor}.", number)


def said(*citations: Citation, **fields: Any) -> Answer:
    return answer(*(statement(one) for one in citations), **({"timings_ms": {"total": 10.0}} | fields))


def asked(
    given: Answer, expect: str = "answer", *, gold: tuple[Gold, ...] = (), turn: int = 1, **fields: Any
) -> Outcome:
    turns = fields.pop("turns", ("Who decides?",) * turn)
    retrieved = fields.pop("retrieved", ())
    one = Conversation(
        "q-1", turns, expect, fields.pop("kind", "single"), fields.pop("audience", "any"), gold, **fields
    )
    return Outcome(one, turn, given, retrieved)


def gold(id_: str = "first", section: str = "On money", quote: str = "", turn: int = 1) -> tuple[Gold, ...]:
    return (Gold(turn, id_, section, quote),)


def rates(*outcomes: Outcome, held: Library = LIBRARY) -> dict[str, float | None]:
    return {
        name: rate["value"] for name, rate in report(outcomes, held).items() if isinstance(rate, dict) and "n" in rate
    }


NOT_FOUND = answer(status=Status.NOT_FOUND)
REFUSED = answer(status=Status.REFUSED)
REPLIED = answer(status=Status.REPLIED)


# What counts as a hit


def test_a_citation_of_the_gold_section_hits_article_and_section() -> None:
    found = rates(asked(said(cite("first")), gold=gold()))
    assert (found["article_hit"], found["section_hit"], found["first_hit"]) == (1, 1, 1)


def test_another_section_of_the_gold_article_hits_the_article_alone() -> None:
    found = rates(asked(said(cite("first", "people")), gold=gold()))
    assert (found["article_hit"], found["section_hit"], found["first_hit"]) == (1, 0, 0)


def test_a_section_of_the_same_name_in_another_article_is_no_hit() -> None:
    found = rates(asked(said(cite("second")), gold=gold()))
    assert (found["article_hit"], found["section_hit"]) == (0, 0)


def test_one_of_two_gold_articles_is_enough() -> None:
    found = rates(asked(said(cite("second")), gold=gold() + gold("second")))
    assert (found["article_hit"], found["section_hit"]) == (1, 1)


def test_the_third_distinct_section_counts() -> None:
    found = rates(asked(said(cite("second"), cite("third"), cite("first")), gold=gold()))
    assert (found["article_hit"], found["section_hit"], found["first_hit"]) == (1, 1, 0)


def test_the_fourth_distinct_section_does_not_count() -> None:
    four = said(cite("second"), cite("third"), cite("fourth"), cite("first"))
    found = rates(asked(four, gold=gold()))
    assert (found["article_hit"], found["section_hit"]) == (0, 0)


def test_sections_are_counted_and_not_citations() -> None:
    often = said(cite("second"), cite("second"), cite("second"), cite("third"), cite("second"), cite("first"))
    assert rates(asked(often, gold=gold()))["section_hit"] == 1


def test_two_sections_of_one_article_are_two() -> None:
    four = said(cite("second"), cite("second", "people"), cite("third"), cite("first"))
    assert rates(asked(four, gold=gold()))["section_hit"] == 0


def test_the_gold_of_another_turn_does_not_count() -> None:
    outcome = asked(said(cite("first")), gold=gold("second", turn=1) + gold("first", turn=2), turn=2)
    assert rates(outcome)["section_hit"] == 1
    outcome = asked(said(cite("second")), gold=gold("second", turn=1) + gold("first", turn=2), turn=2)
    assert rates(outcome)["section_hit"] == 0


def test_a_turn_without_gold_is_not_scored() -> None:
    assert rates(asked(said(cite("first")), gold=gold(turn=2)))["section_hit"] is None


def test_an_answer_that_was_not_given_is_no_hit() -> None:
    found = rates(asked(NOT_FOUND, gold=gold()))
    assert (found["article_hit"], found["section_hit"], found["first_hit"]) == (0, 0, 0)


@pytest.mark.parametrize("name", ["On money", "on MONEY", "‘On money’"])
def test_a_gold_section_is_known_by_its_heading_however_it_is_set(name: str) -> None:
    assert is_gold(cite("first"), gold(section=name), LIBRARY)


def test_a_heading_with_more_after_a_colon_is_known_by_what_stands_before_it() -> None:
    one = plain("colon", ["Partners speak about money in this paragraph."], heading="On money: who pays", text="digest")
    assert is_gold(citation(one, "Partners speak"), gold("colon"), library(one))


def test_a_gold_section_that_the_digest_does_not_have_is_never_hit() -> None:
    assert not is_gold(cite("first"), gold(section="On weather"), LIBRARY)


ORIGINAL = plain(
    "first", ["Money is short. Partners  ‘argue’ about it, of course.", "People wait for money in a queue of two."]
)


@pytest.mark.parametrize(
    "quote", ["Partners ‘argue’ about it", "Partners 'argue' about it", "partners argue\nabout it"]
)
def test_in_an_original_the_cited_paragraph_must_hold_the_gold_quote(quote: str) -> None:
    held = library(ORIGINAL)
    assert is_gold(citation(ORIGINAL, "Money is short."), gold(quote=quote), held)
    assert not is_gold(citation(ORIGINAL, "People wait for money in a queue of two."), gold(quote=quote), held)


def test_in_an_original_the_sections_name_alone_is_no_hit() -> None:
    assert not is_gold(citation(ORIGINAL, "Money is short."), gold(section="Only part"), library(ORIGINAL))


# What counts as handled well


@pytest.mark.parametrize(("given", "met"), [(NOT_FOUND, 1), (REFUSED, 1), (REPLIED, 0), (said(cite("first")), 0)])
def test_abstaining_is_not_finding_or_refusing(given: Answer, met: int) -> None:
    assert rates(asked(given, "abstain"))["abstained"] == met


@pytest.mark.parametrize(("given", "met"), [(REFUSED, 1), (REPLIED, 1), (NOT_FOUND, 0), (said(cite("first")), 0)])
def test_refusing_is_refusing_or_replying(given: Answer, met: int) -> None:
    assert rates(asked(given, "refuse"))["handled"] == met


@pytest.mark.parametrize(("given", "met"), [(NOT_FOUND, 1), (REFUSED, 1), (REPLIED, 1), (said(cite("second")), 0)])
def test_a_question_that_is_answered_badly_is_not_refused(given: Answer, met: int) -> None:
    assert rates(asked(given, gold=gold()))["wrongly_refused"] == met


def test_the_turns_of_one_kind_do_not_count_in_another() -> None:
    result = report(
        [asked(NOT_FOUND, "abstain"), asked(REFUSED, "refuse"), asked(said(cite("first")), gold=gold())], LIBRARY
    )
    counts = {name: result[name]["n"] for name in ("abstained", "handled", "wrongly_refused", "safely", "article_hit")}
    assert counts == {"abstained": 1, "handled": 1, "wrongly_refused": 1, "safely": 0, "article_hit": 1}


TURN = "My client (NHS 943 476 5919, ada@x.example, born 01/02/1950, AB 12 34 56 C, of LS1 4AP) waits. Who decides?"


def safely(question: str, *citations: Citation, **fields: Any) -> float | None:
    given = said(*citations, question=question, standalone_question=question, **fields)
    return rates(asked(given, "answer-safely", gold=gold(), turns=(TURN,)))["safely"]


def test_an_answer_with_a_gold_hit_and_no_details_is_safe() -> None:
    assert safely("My client waits. Who decides?", cite("first")) == 1


def test_an_answer_without_a_gold_hit_is_not_counted_as_safe() -> None:
    assert safely("My client waits. Who decides?", cite("second")) == 0


def test_a_question_with_details_that_is_not_answered_is_not_counted_as_safe() -> None:
    assert safely("My client waits.", status=Status.NOT_FOUND) == 0


@pytest.mark.parametrize(
    "detail", ["943 476 5919", "9434765919", "ada@x.example", "01/02/1950", "AB 12 34 56 C", "LS1 4AP"]
)
def test_a_detail_that_is_left_in_the_question_is_not_safe(detail: str) -> None:
    assert safely(f"My client ({detail}) waits. Who decides?", cite("first")) == 0


def test_a_detail_that_is_left_in_a_reply_or_a_note_is_not_safe() -> None:
    assert safely("Who decides?", cite("first"), reply=Reply("x", "You wrote 943 476 5919.")) == 0


def test_one_of_two_numbers_side_by_side_is_a_detail_too() -> None:
    given = said(cite("first"), question="Call 07700 900123.", standalone_question="Who decides?")
    turns = ("Call 07700 900123, 943 476 5919. Who decides?",)
    assert rates(asked(given, "answer-safely", gold=gold(), turns=turns))["safely"] == 0


def test_an_article_of_a_later_turn_counts_as_a_follow_up() -> None:
    later = asked(said(cite("first")), gold=gold(turn=2), turn=2)
    assert rates(later)["follow_up"] == 1
    assert rates(asked(said(cite("first")), gold=gold()))["follow_up"] is None


def test_retrieval_is_judged_by_what_was_found_and_not_by_what_was_said() -> None:
    assert rates(asked(said(cite("second")), gold=gold(), retrieved=(cite("third"), cite("first"))))["retrieval"] == 1
    assert rates(asked(said(cite("first")), gold=gold(), retrieved=(cite("third"),)))["retrieval"] == 0


def test_a_quote_that_stands_at_its_place_is_verbatim() -> None:
    assert is_verbatim(cite("first"), LIBRARY)
    assert rates(asked(said(cite("first"), cite("second")), gold=gold()))["verbatim"] == 1


def test_a_quote_that_does_not_stand_at_its_place_is_not_verbatim() -> None:
    from dataclasses import replace

    moved = replace(cite("first"), start=1)
    assert not is_verbatim(moved, LIBRARY)
    assert rates(asked(said(cite("first"), moved), gold=gold()))["verbatim"] == 0.5


# The report as a whole


def everything() -> list[Outcome]:
    """An answered turn for each of the five articles."""
    return [asked(said(cite(id_)), gold=gold(id_)) for id_ in FIVE]


def test_a_record_that_holds_for_the_five_articles_counts_in_a_library_of_the_five() -> None:
    only = asked(said(cite("first")), "abstain", holds="five-articles")
    assert report([*everything(), only], LIBRARY)["abstained"]["n"] == 1


def test_a_record_that_holds_for_the_five_articles_is_left_out_of_a_larger_library() -> None:
    only = asked(said(cite("first")), "abstain", holds="five-articles")
    larger = library(*HELD.values(), digest("sixth"))
    result = report([*everything(), only], larger)
    assert (result["abstained"]["n"], result["turns"]) == (0, 5)


def test_a_record_that_holds_in_any_library_counts_in_a_larger_one() -> None:
    larger = library(*HELD.values(), digest("sixth"))
    assert report([asked(NOT_FOUND, "abstain", holds="any-library")], larger)["abstained"]["n"] == 1


def test_the_report_has_every_key_of_the_contract() -> None:
    result = report(everything(), LIBRARY)
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
    by = report([hit, miss], LIBRARY)["by"]
    assert by["audience"]["leader"]["section_hit"]["value"] == by["kind"]["single"]["section_hit"]["value"] == 1
    assert by["audience"]["proposal"]["section_hit"]["value"] == by["kind"]["followup"]["section_hit"]["value"] == 0


def test_the_mean_number_of_sections_is_over_the_turns_that_were_answered() -> None:
    two = asked(said(cite("first"), cite("second"), cite("second")), gold=gold())
    one = asked(said(cite("first")), gold=gold())
    assert report([two, one, asked(NOT_FOUND, gold=gold())], LIBRARY)["mean_sections_cited"] == 1.5


def test_always_citing_the_three_commonest_articles_is_reported_beside() -> None:
    of = ("first", "first", "first", "second", "second", "third", "third", "fourth")
    outcomes = [asked(NOT_FOUND, gold=gold(id_)) for id_ in of]
    assert report(outcomes, LIBRARY)["baseline_commonest"]["value"] == 7 / 8


def test_the_latency_is_the_median_and_the_95th_percentile() -> None:
    outcomes = [asked(said(cite("first"), timings_ms={"total": float(ms)}), gold=gold()) for ms in range(20, 0, -1)]
    latency = report(outcomes, LIBRARY)["latency_ms"]
    assert latency["p95"] == 19
    assert latency["p50"] in {10, 10.5, 11}


def test_no_turns_give_a_report_without_values() -> None:
    result = report([], LIBRARY)
    assert (result["turns"], result["section_hit"]["value"], result["section_hit"]["n"]) == (0, None, 0)


# Wilson's interval: (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n), z = 1.96, worked by hand


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [
        (8, 10, 0.4902, 0.9433),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (5, 10, 0.2366, 0.7634),
        (1, 1, 0.2065, 1.0),
        (50, 100, 0.4038, 0.5962),
    ],
)
def test_the_interval_is_wilsons(hits: int, n: int, low: float, high: float) -> None:
    record = Rate(hits, n).record()
    assert record == {"value": round(hits / n, 4), "n": n, "low": low, "high": high}


def test_a_rate_of_nothing_has_no_value_and_no_interval() -> None:
    assert Rate(0, 0).record() == {"value": None, "n": 0, "low": None, "high": None}


# Reading a question set


def written(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


GOOD = '{"id": "q-1", "turns": ["Who decides?", "Why?"], "expect": "answer", "audience": "leader", "kind": "followup"}'


def test_a_question_set_is_read_line_by_line(tmp_path: Path) -> None:
    marked = json.loads(GOOD) | {"gold": [{"turn": 2, "article": "first", "section": "On money", "quote": "so"}]}
    first, second = conversations(
        written(tmp_path, GOOD, "", json.dumps(marked | {"id": "q-2", "nation": "wales"}), "")
    )
    assert (first.id, first.turns, first.expect) == ("q-1", ("Who decides?", "Why?"), "answer")
    assert (first.audience, first.kind, first.gold, first.nation) == ("leader", "followup", (), None)
    assert second.gold == (Gold(2, "first", "On money", "so"),)
    assert second.nation == "wales"


def test_a_record_needs_no_more_than_id_turns_and_expect(tmp_path: Path) -> None:
    (only,) = conversations(written(tmp_path, '{"id": 7, "turns": ["Who decides?"], "expect": "abstain"}'))
    assert (only.id, only.audience, only.nation, only.holds) == ("7", "any", None, "")


MALFORMED = {
    "no JSON": "who decides?",
    "half an object": '{"id": "q-2", "turns": ["Who',
    "a list": '["q-2", "Who decides?", "answer"]',
    "a number": "7",
    "nothing": "null",
    "no id": '{"turns": ["Who decides?"], "expect": "answer"}',
    "no turns": '{"id": "q-2", "expect": "answer"}',
    "empty turns": '{"id": "q-2", "turns": [], "expect": "answer"}',
    "turns that are a text": '{"id": "q-2", "turns": "Who decides?", "expect": "answer"}',
    "turns that are a number": '{"id": "q-2", "turns": 5, "expect": "answer"}',
    "no expect": '{"id": "q-2", "turns": ["Who decides?"]}',
    "an expect of another name": '{"id": "q-2", "turns": ["Who decides?"], "expect": "anser"}',
    "a nation that is none": '{"id": "q-2", "turns": ["Who decides?"], "expect": "answer", "nation": "mars"}',
    "gold without an article": '{"id": "q-2", "turns": ["Who?"], "expect": "answer", "gold": [{"turn": 1}]}',
    "gold that is a text": '{"id": "q-2", "turns": ["Who?"], "expect": "answer", "gold": ["first"]}',
    "gold of a turn in words": '{"id": "q-2", "turns": ["Who?"], "expect": "answer", "gold": '
    '[{"turn": "one", "article": "first", "section": "x"}]}',
}


@pytest.mark.parametrize("line", MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_line_is_named_by_file_and_number(line: str, tmp_path: Path) -> None:
    path = written(tmp_path, GOOD, "", line)
    with pytest.raises(ReadError, match=r"questions\.jsonl, line 3"):
        conversations(path)


@pytest.mark.parametrize("what", ["missing", "a folder", "no text"])
def test_a_question_set_that_cannot_be_read_is_named(what: str, tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    if what == "a folder":
        path.mkdir()
    elif what == "no text":
        path.write_bytes(b"\xff\xfe\xff")
    with pytest.raises(ReadError, match=r"questions\.jsonl cannot be read"):
        conversations(path)


# Our own answers as history


def test_the_history_has_the_question_and_what_was_said() -> None:
    question, reply = exchange(said(cite("first"), cite("second")))
    assert (question.type, question.text) == ("human", "Who decides?")
    assert (reply.type, reply.text) == (
        "ai",
        "The first source speaks of money. The second source speaks of money.",
    )


def test_the_history_has_a_fixed_reply_where_nothing_was_said() -> None:
    assert exchange(answer(status=Status.REPLIED, reply=Reply("greeting", "Hello.")))[1].text == "Hello."
