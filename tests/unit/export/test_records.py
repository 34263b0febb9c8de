import json

import pytest
from unit.answer.made import answer, citation, holding, plain, statement

from assistant import __version__
from assistant.answer.parts import Near, Note, NoteKind, Reply, Status
from assistant.export import answer_record, holding_record, source_record, to_json
from assistant.library.catalogue import Source
from assistant.library.holdings import Holding, Origin

TEAMS = holding(
    "joint-teams",
    {
        "desks": ["point: One desk does not make one team."],
        "money": ["do: Agree a ‘rule’ for overspends – both of you."],
    },
    publisher="OPM",
    published="2013-11",
    url="https://example.org/teams",
    interest="sponsored by a firm",
)
OWN = plain("own-file", ["A reader wrote this paragraph 😀 about ﬁgures.", "And this one, with “quotes”."])
ANSWERED = answer(
    statement(citation(TEAMS, "One desk does not make one team.")),
    statement(citation(TEAMS, "Agree a ‘rule’ for overspends – both of you.", 2), part="What to do now"),
    notes=(Note(NoteKind.OUR_WORDS, "Our own words.", ("joint-teams",)),),
    pitfalls=("culture-clash",),
    timings_ms={"retrieve": 1.5, "answer": 2.0, "verify": 0.5, "total": 4.1},
)
NOT_FOUND = answer(
    status=Status.NOT_FOUND,
    complete=False,
    reply=Reply("not-found", "The library does not say."),
    nearest=(Near("joint-teams", "desks", "Joint teams", "On desks", 0.51),),
    timings_ms={"retrieve": 1.5, "answer": 0.0, "verify": 0.0, "total": 1.9},
)

# The contract of design.md: what another program reads, and of what type. Keys are added, never dropped.
TEXT, NUMBER, MAYBE = str, (int, float), (str, type(None))
ANSWER = {
    "version": TEXT,
    "question": TEXT,
    "standalone_question": TEXT,
    "audience": TEXT,
    "nation": MAYBE,
    "status": TEXT,
    "complete": bool,
    "reply": (dict, type(None)),
    "statements": list,
    "notes": list,
    "follow_ups": list,
    "nearest": list,
    "pitfalls": list,
    "engine": TEXT,
    "timings_ms": dict,
}
CITATION = {
    "number": int,
    "source": TEXT,
    "anchor": TEXT,
    "heading": TEXT,
    "locator": MAYBE,
    "title": TEXT,
    "publisher": MAYBE,
    "published": MAYBE,
    "url": MAYBE,
    "kind": TEXT,
    "speaker": TEXT,
    "nations": list,
    "origin": TEXT,
    "text_kind": TEXT,
    "quote": TEXT,
    "start": int,
    "end": int,
}
ADDED_SINCE = {"citation": {"page"}, "near": {"heading"}}


def assert_types(record: dict[str, object], contract: dict[str, object]) -> None:
    for key, wanted in contract.items():
        assert isinstance(record[key], wanted), key  # type: ignore[arg-type]


@pytest.mark.parametrize("given", [ANSWERED, NOT_FOUND, answer(status=Status.REPLIED)])
def test_an_answer_has_every_key_of_the_contract_with_its_type(given: object) -> None:
    assert_types(answer_record(given), ANSWER)  # type: ignore[arg-type]


def test_the_keys_of_an_answer_are_these() -> None:
    assert list(answer_record(ANSWERED)) == list(ANSWER)


def test_the_keys_of_a_statement_are_these() -> None:
    assert [set(one) for one in answer_record(ANSWERED)["statements"]] == [{"text", "part", "citations"}] * 2


def test_a_citation_has_every_key_of_the_contract_with_its_type() -> None:
    for one in answer_record(ANSWERED)["statements"]:
        (record,) = one["citations"]
        assert_types(record, CITATION)
        assert set(record) == {*CITATION, *ADDED_SINCE["citation"]}


def test_a_citation_says_where_its_words_stand_and_who_speaks() -> None:
    record = answer_record(ANSWERED)["statements"][1]["citations"][0]
    assert TEAMS.headed.text[record["start"] : record["end"]] == record["quote"]
    expected = {
        "number": 2,
        "source": "joint-teams",
        "anchor": "money",
        "heading": "On money",
        "title": "About joint-teams",
        "publisher": "OPM",
        "published": "2013-11",
        "url": "https://example.org/teams",
        "kind": "article",
        "nations": ["england"],
        "origin": "shipped",
        "text_kind": "digest",
    }
    assert {key: record[key] for key in expected} == expected
    assert "sponsored" in record["speaker"]
    assert "#" not in record["anchor"]


def test_a_note_has_its_kind_its_words_and_its_sources() -> None:
    assert answer_record(ANSWERED)["notes"] == [
        {"kind": "our-words", "text": "Our own words.", "sources": ["joint-teams"]}
    ]


def test_an_answer_without_a_reply_has_none() -> None:
    assert answer_record(ANSWERED)["reply"] is None


def test_a_reply_has_its_name_and_its_words() -> None:
    assert answer_record(NOT_FOUND)["reply"] == {"name": "not-found", "text": "The library does not say."}


def test_what_is_nearest_has_its_place_its_title_and_its_score() -> None:
    (near,) = answer_record(NOT_FOUND)["nearest"]
    assert set(near) == {"source", "anchor", "title", "score", *ADDED_SINCE["near"]}
    assert (near["source"], near["anchor"], near["title"], near["score"]) == (
        "joint-teams",
        "desks",
        "Joint teams",
        0.51,
    )


def test_the_words_for_status_audience_engine_and_version_are_those_of_the_contract() -> None:
    record = answer_record(NOT_FOUND)
    assert (record["status"], record["audience"], record["engine"]) == ("not_found", "frontline", "evidence")
    assert (record["version"], record["nation"], record["complete"]) == (__version__, None, False)


def test_the_times_are_those_of_the_steps_and_the_whole() -> None:
    assert set(answer_record(ANSWERED)["timings_ms"]) == {"retrieve", "answer", "verify", "total"}


@pytest.mark.parametrize("given", [ANSWERED, NOT_FOUND])
def test_an_answer_comes_back_from_json_as_it_went(given: object) -> None:
    record = answer_record(given)  # type: ignore[arg-type]
    assert json.loads(to_json(record)) == record
    assert json.loads(to_json(record, indent=None)) == record


def test_json_on_one_line_is_one_line_and_letters_stay_as_they_are() -> None:
    line = to_json(answer_record(ANSWERED), indent=None)
    assert "\n" not in line
    assert "‘rule’ for overspends –" in line


def test_a_source_record_is_the_catalogue_record_and_its_origin() -> None:
    record = source_record(TEAMS)
    assert set(record) == {*Source.model_fields, "origin"}
    assert (record["id"], record["kind"], record["nations"], record["text"]) == (
        "joint-teams",
        "article",
        ["england"],
        "digest",
    )
    assert (record["origin"], source_record(OWN)["origin"]) == (Origin.SHIPPED.value, "added")
    assert json.loads(to_json(record)) == record


@pytest.mark.parametrize("one", [TEAMS, OWN], ids=lambda one: one.source.id)
def test_a_holding_record_has_its_record_its_text_and_its_sections(one: Holding) -> None:
    record = holding_record(one)
    assert {"record", "text", "sections"} <= set(record)
    assert record["record"] == source_record(one)
    assert record["text"] == one.headed.text
    assert [part["anchor"] for part in record["sections"]] == [part.anchor for part in one.headed.sections]
    assert json.loads(to_json(record)) == record


@pytest.mark.parametrize("one", [TEAMS, OWN], ids=lambda one: one.source.id)
def test_the_offsets_of_a_section_hold_its_heading_and_its_blocks(one: Holding) -> None:
    record = holding_record(one)
    for section, held in zip(record["sections"], one.headed.sections, strict=True):
        text = record["text"][section["start"] : section["end"]]
        assert text.startswith(section["heading"])
        for block in section["blocks"]:
            assert section["start"] <= block["start"] < block["end"] <= section["end"]
            assert record["text"][block["start"] : block["end"]] in text
        assert len(section["blocks"]) == len(held.blocks)


def test_the_sections_of_a_text_do_not_overlap() -> None:
    ends = [(part["start"], part["end"]) for part in holding_record(TEAMS)["sections"]]
    assert ends == sorted(ends)
    assert ends[0][1] <= ends[1][0]
