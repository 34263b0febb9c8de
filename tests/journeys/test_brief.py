"""A new leader asks for a briefing, on the command line."""

import json
from pathlib import Path

import pytest

from assistant.cli import main


def test_a_director_of_a_joint_board_is_briefed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["brief", "--type", "joint-board", "--stage", "running", "--nation", "scotland"]
    assert main(asked) == 0
    said = capsys.readouterr().out
    assert "a joint board in Scotland" in said
    assert "READING LIST" in said
    for ending in (".md", ".html", ".docx", ".json"):
        assert main([*asked, "--out", str(tmp_path / f"briefing{ending}")]) == 0
    capsys.readouterr()
    assert main([*asked, "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    saved = json.loads((tmp_path / "briefing.json").read_text(encoding="utf-8"))
    assert {key: saved[key] for key in record} == record
    assert "## References" in (tmp_path / "briefing.md").read_text(encoding="utf-8")
    assert not (tmp_path / "home" / "index").exists()


def test_a_worry_that_is_none_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["brief", "--pitfall", "trust-alon"]) == 1
    printed = capsys.readouterr()
    assert "trust-alone" in printed.err
    assert printed.out == ""
