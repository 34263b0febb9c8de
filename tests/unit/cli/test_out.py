"""`--out` of `ask` and `check`."""

import json
from pathlib import Path

import pytest
from docx import Document
from fakes import WordEmbeddings

from ui.__main__ import main

ASK = ("ask", "Who pays when the pooled budget runs out?", "Who pays for an overspend?")


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.md"
    path.write_text("# Bid\n\nThe board decides.\n")
    return path


def refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert main([str(one) for one in arguments]) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    return err


@pytest.mark.parametrize("name", ["talk.pdf", "talk.csv", "talk"])
def test_a_conversation_in_another_form_is_refused_before_it_is_asked(
    name: str, tmp_path: Path, home_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "ends in .docx, .md, .html or .json" in refused(capsys, *ASK, "--out", tmp_path / name)
    assert not home_folder.exists()


@pytest.mark.parametrize("name", ["report.pdf", "report"])
def test_a_report_in_another_form_is_refused_before_the_draft_is_read(
    name: str, draft: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "ends in .docx, .md, .html, .csv or .json" in refused(capsys, "check", draft, "--out", tmp_path / name)


def test_a_report_in_a_folder_that_is_missing_is_refused(
    draft: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "there is no folder" in refused(capsys, "check", draft, "--out", tmp_path / "nowhere" / "report.md")


def test_the_draft_is_not_written_over(draft: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "is the draft itself" in refused(capsys, "check", draft, "--out", draft)
    assert "is the draft itself" in refused(capsys, "check", tmp_path / "new.md", "--against", draft, "--out", draft)
    assert draft.read_text().startswith("# Bid")


def test_a_whole_conversation_is_written(
    knowledge: Path, words: WordEmbeddings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*ASK, "--out", str(tmp_path / "talk.json"), "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    answers = json.loads((tmp_path / "talk.json").read_text(encoding="utf-8"))["answers"]
    assert [one["question"] for one in answers] == list(ASK[1:])
    assert answers[-1]["statements"] == printed["statements"]
    assert main([*ASK, "--out", str(tmp_path / "talk.docx")]) == 0
    titles = [one.text for one in Document(str(tmp_path / "talk.docx")).paragraphs if one.style.name == "Heading 1"]
    assert titles[:2] == [f"1. {ASK[1]}", f"2. {ASK[2]}"]
