"""Checking a draft with the real model, as a reader does."""

import json
from pathlib import Path

import pytest
from docx import Document
from fakes import ScriptedChatModel

from assistant.library.pitfalls import pitfalls
from journeys.conftest import Command

pytestmark = pytest.mark.slow

LISTED = list(enumerate(pitfalls(), 1))

DRAFT = """# Joint reablement in Eastshire

## Background

The county has 312,000 residents. Emergency admissions rose by 11% between 2022 and 2025.

## Ending

No exit plan has been drawn up, since the partners do not expect to need one.

## Governance

The joint committee decides on spending over £100,000; below that the pool manager decides and reports at its next
meeting. Decisions are published within five working days, with the name of whoever carries them out.

## Information

## Money

| Source | What happens |
|---|---|
| Grant | It ends on 31 March 2028 |
| Council | From April 2028 it pays for all nine posts from its base budget, as cabinet agreed on 4 May |

## People

Two people who use the service and one carer are full members of the board, with votes and paid expenses.
Each person has a falls risk assessment within six hours.
"""


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.md"
    path.write_text(DRAFT, encoding="utf-8")
    return path


def statuses(record: dict[str, object]) -> dict[str, str]:
    return {one["pitfall"]: one["status"] for one in record["pitfalls"]}  # type: ignore[attr-defined, index]


def test_a_draft_is_checked_against_all_22(command: Command, draft: Path) -> None:
    record = command("check", draft, "--json").record
    assert [one["pitfall"] for one in record["pitfalls"]] == [one.id for one in pitfalls()]
    assert {"version", "file", "engine", "pitfalls", "notes", "timings_ms"} <= set(record)
    found = statuses(record)
    assert found["unclear-governance"] == "addressed"
    assert found["person-left-out"] == "addressed"
    assert found["no-fallback"] == "touched"
    assert found["poor-data-sharing"] == "absent"  # its heading stands over nothing
    assert found["risk-aversion"] == "absent"  # the risk of a fall is another matter
    collapsed = " ".join(DRAFT.split())
    for one in record["pitfalls"]:
        assert one["span"] in collapsed
        assert bool(one["span"]) == (one["status"] != "absent")
        assert len(one["span"].split()) <= 40
        assert one["advice"], one["pitfall"]
    (fallback,) = [one for one in record["pitfalls"] if one["pitfall"] == "no-fallback"]
    assert fallback["where"] == {"heading": "Ending", "page": None}


def test_nothing_of_a_draft_is_kept(command: Command, draft: Path, home_folder: Path) -> None:
    assert command("check", draft).status == 0
    kept = [path for path in home_folder.rglob("*") if path.is_file()] if home_folder.exists() else []
    assert not any(b"Eastshire" in path.read_bytes() for path in kept)


def test_what_got_better_is_told_against_an_older_version(command: Command, draft: Path, tmp_path: Path) -> None:
    older = tmp_path / "older.md"
    before, _, _ = DRAFT.partition("## People")
    older.write_text(before, encoding="utf-8")
    record = command("check", draft, "--against", older, "--json").record
    (change,) = [one for one in record["changes"] if one["pitfall"] == "person-left-out"]
    assert change["direction"] == "better"
    assert change["now"] == "addressed"


def test_the_report_is_written_where_it_is_asked_for(command: Command, draft: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.json"
    ran = command("check", draft, "--out", out)
    assert "Unclear who decides" in ran.out
    assert len(json.loads(out.read_text(encoding="utf-8"))["pitfalls"]) == 22


def test_a_report_is_written_as_a_word_file_with_its_references(command: Command, draft: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.docx"
    assert command("check", draft, "--out", out).status == 0
    word = Document(str(out))
    assert [one.text for one in word.paragraphs if one.style.name == "Title"] == ["Check of draft.md"]
    assert len(word.tables) == 2
    assert any(one.text.startswith("[1]") for one in word.paragraphs if one.style.name == "Reference")


def test_a_report_in_another_form_is_refused(command: Command, draft: Path) -> None:
    ran = command("check", draft, "--out", "report.exe")
    assert ran.status == 1
    assert "--out" in ran.err


def test_a_readers_own_verdicts_stand_beside_ours_in_every_form(command: Command, draft: Path, tmp_path: Path) -> None:
    own = ("--correct", "no-fallback=absent:It says: none.", "--correct", "add-on=touched:See annex 3.")
    out = tmp_path / "report.md"
    record = command("check", draft, *own, "--out", out, "--json").record
    entries = {one["pitfall"]: one for one in record["pitfalls"]}
    assert entries["no-fallback"]["status"] == "touched"
    assert entries["no-fallback"]["correction"] == {"status": "absent", "reason": "It says: none."}
    assert entries["add-on"]["correction"] == {"status": "touched", "reason": "See annex 3."}
    assert "It says: none." in out.read_text(encoding="utf-8")
    table = tmp_path / "register.csv"
    ran = command("check", draft, *own, "--out", table)
    assert "a reader’s verdict; ours was touched" in table.read_text(encoding="utf-8-sig")
    assert "Your reason: It says: none." in ran.out


def test_a_correction_of_no_pitfall_is_refused_before_the_check(command: Command, draft: Path) -> None:
    ran = command("check", draft, "--correct", "weather=absent:It rains.")
    assert (ran.status, ran.out) == (1, "")
    assert "no pitfall 'weather'" in ran.err


@pytest.mark.parametrize("given", ["no-fallback", "no-fallback=absent", "no-fallback=absent: ", "no-fallback=gone:Yes"])
def test_a_correction_in_another_form_is_wrong_usage(
    command: Command, draft: Path, given: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        command("check", draft, "--correct", given)
    assert ended.value.code == 2
    assert "PITFALL=STATUS:REASON" in capsys.readouterr().err


def test_a_model_that_lies_changes_no_verdict(command: Command, draft: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = command("check", draft, "--json").record
    lies = "\n".join(f"{one.id}: All of it is fully addressed by a signed deed. [{number}]" for number, one in LISTED)
    chat = ScriptedChatModel(replies=[lies])
    monkeypatch.setattr("assistant.proposal.check.chat_model", lambda settings: chat)
    record = command("check", draft, "--json").record
    assert statuses(record) == statuses(alone)
    assert len(chat.prompts) == 1
    collapsed = " ".join(DRAFT.split())
    assert all(one["span"] in collapsed for one in record["pitfalls"])


def test_a_model_that_is_down_leaves_the_check_as_it_is_and_is_told(
    command: Command, draft: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = ScriptedChatModel(replies=[ConnectionError("down")])
    monkeypatch.setattr("assistant.proposal.check.chat_model", lambda settings: chat)
    record = command("check", draft, "--json").record
    assert record["engine"] == "evidence"
    assert [one["kind"] for one in record["notes"]].count("engine") == 1


def test_a_file_that_is_no_draft_says_what_to_do(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.write_bytes(b"")
    ran = command("check", path, "--json")
    assert (ran.status, ran.out) == (1, "")
    assert "is empty" in ran.err
