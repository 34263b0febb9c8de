"""Writing the files, the register for spreadsheets, and what is refused."""

import csv
import io
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from unit.export.made import ANSWER, HOSTILE, LIBRARY, MADE, TALK, checked

import assistant.export as export
from assistant import __version__
from assistant.errors import ReadError
from assistant.export import register_csv, save, save_answers, save_check
from assistant.export.document import Document
from assistant.export.files import ANSWER_ENDINGS, CHECK_ENDINGS, refuse
from assistant.proposal.draft import Span


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_register_has_a_row_for_each_pitfall_and_no_owner() -> None:
    found = rows(register_csv(checked(), LIBRARY))
    assert list(found[0]) == ["Pitfall", "Status", "Evidence", "Action", "Owner", "Source", "Made with"]
    assert len(found) == 22
    assert {one["Owner"] for one in found} == {""}


def test_the_register_tells_sources_in_full_and_what_made_it() -> None:
    found = rows(register_csv(checked(), LIBRARY))
    assert all("https://example.org/teams?a=1&b=2" in one["Source"] for one in found)
    assert all("our digest" in one["Source"] for one in found)
    assert {one["Made with"] for one in found} == {f"Common Ground {__version__}, library of 22 November 2026"}


def test_the_register_tells_the_evidence_the_action_and_a_reader_s_verdict() -> None:
    found = {one["Pitfall"]: one for one in rows(register_csv(checked(), LIBRARY))}
    assert found["Unclear who decides"]["Evidence"] == "“On unclear-governance.” (Terms, page 3)"
    assert found["No fallback if it ends"]["Status"] == "○ Absent (a reader’s verdict; ours was touched)"
    assert found["Unclear who decides"]["Action"].startswith("Write in:")
    assert found["Structure before outcomes"]["Action"].startswith("Be ready for: ")
    assert found["Structure before outcomes"]["Evidence"] == "The draft was not found to raise it."


@pytest.mark.parametrize("first", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_cell_is_never_a_formula(first: str) -> None:
    report = checked()
    pitfall = report.verdicts[0].pitfall.model_copy(update={"name": first})
    report = replace(report, verdicts=(replace(report.verdicts[0], pitfall=pitfall), *report.verdicts[1:]))
    read = next(iter(csv.reader(io.StringIO(register_csv(report, LIBRARY).split("\r\n", 1)[1], newline=""))))
    assert read[0] == f"'{first}"


def test_the_words_of_a_draft_stand_in_quotation_marks_in_the_register() -> None:
    report = checked()
    span = Span('=HYPERLINK("http://x")', ("x",), "", None)
    report = replace(report, verdicts=(replace(report.verdicts[0], span=span), *report.verdicts[1:]))
    assert rows(register_csv(report, LIBRARY))[0]["Evidence"] == '“=HYPERLINK("http://x")”'


@pytest.mark.parametrize("ending", CHECK_ENDINGS)
def test_a_check_is_written_in_each_form(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"report{ending.upper()}"
    save_check(checked(), LIBRARY, path, made=MADE)
    assert path.stat().st_size > 1000


@pytest.mark.parametrize("ending", ANSWER_ENDINGS)
def test_a_conversation_is_written_in_each_form(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"talk{ending}"
    save_answers(TALK, LIBRARY, path, made=MADE)
    assert path.stat().st_size > 1000


def test_the_register_begins_with_the_mark_that_spreadsheets_look_for(tmp_path: Path) -> None:
    save_check(checked(), LIBRARY, tmp_path / "register.csv")
    data = (tmp_path / "register.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfPitfall")
    assert "◐ Touched".encode() in data or "● Addressed".encode() in data


def test_json_of_a_check_is_its_record_with_the_date_of_the_library(tmp_path: Path) -> None:
    save_check(checked(against=True), LIBRARY, tmp_path / "report.json")
    record = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert (record["version"], record["library_date"], record["file"]) == (__version__, "2026-11-22", HOSTILE)
    assert len(record["changes"]) == len(record["pitfalls"]) == 22
    assert [one["correction"]["status"] for one in record["pitfalls"] if one["correction"]] == ["absent"]


def test_json_of_a_conversation_has_every_turn(tmp_path: Path) -> None:
    save_answers(TALK, LIBRARY, tmp_path / "talk.json")
    record = json.loads((tmp_path / "talk.json").read_text(encoding="utf-8"))
    assert [one["question"] for one in record["answers"]] == [one.question for one in TALK]
    assert (record["version"], record["library_date"]) == (__version__, "2026-11-22")


@pytest.mark.parametrize("name", ["report", "report.pdf", "report.docx.exe"])
def test_an_unknown_ending_names_those_that_can_be_written(name: str, tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"ends in \.docx, \.md, \.html or \.json"):
        refuse(tmp_path / name, ANSWER_ENDINGS)


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"there is no folder .*nowhere"):
        refuse(tmp_path / "nowhere" / "report.md", CHECK_ENDINGS)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "report.md").mkdir()
    with pytest.raises(ReadError, match="is a folder"):
        refuse(tmp_path / "report.md", CHECK_ENDINGS)


def test_a_file_that_may_not_be_changed_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # root may write anywhere
    with pytest.raises(ReadError, match="not yours to change"):
        refuse(tmp_path / "report.md", CHECK_ENDINGS)


def test_the_draft_itself_is_not_written_over(tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text("The board decides.")
    with pytest.raises(ReadError, match="is the draft itself"):
        refuse(tmp_path / "." / "draft.md", CHECK_ENDINGS, [draft, tmp_path / "missing.md"])


def test_a_document_is_not_written_as_what_it_is_not(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"\.docx, \.md or \.html"):
        save(Document("A title", ()), tmp_path / "report.csv")


def test_a_name_that_the_system_cannot_have_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="cannot be written"):
        refuse(tmp_path / f"{'x' * 300}.md", ANSWER_ENDINGS)


def test_a_file_that_cannot_be_written_after_all_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(ReadError, match="No space left"):
        save_answers([ANSWER], LIBRARY, tmp_path / "talk.md")


@pytest.mark.parametrize("name", export.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(export, name) is not None


def test_another_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError):
        _ = export.nonsense  # type: ignore[attr-defined]
