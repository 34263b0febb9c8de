"""The lines that the check is fitted on."""

from collections import Counter
from pathlib import Path

import pytest

from assistant.errors import RecordError
from assistant.library.pitfalls import pitfalls
from assistant.proposal import lines as module
from assistant.proposal.lines import Label, lines


def test_every_pitfall_has_lines_of_every_kind() -> None:
    counts = Counter((one.pitfall, one.label) for one in lines())
    for one in pitfalls():
        for label, least in ((Label.ADDRESSED, 30), (Label.TOUCHED, 30), (Label.OTHER, 10)):
            assert counts[one.id, label] >= least, (one.id, label)


def test_there_are_neutral_lines() -> None:
    assert sum(not one.pitfall for one in lines()) >= 300


def test_no_line_stands_twice() -> None:
    counts = Counter(one.text for one in lines())
    assert [text for text, count in counts.items() if count > 1] == []


@pytest.mark.parametrize(
    "line",
    [
        '{"text": "x", "pitfall": "weather", "status": "touched"}',
        '{"text": "x", "pitfall": null, "status": "touched"}',
        '{"text": "x"}',
        "nothing",
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    (tmp_path / "proposal-lines.jsonl").write_text(line + "\n", encoding="utf-8")
    monkeypatch.setattr(module, "shipped", lambda folder: tmp_path)
    with pytest.raises(RecordError, match="line 1"):
        lines()
