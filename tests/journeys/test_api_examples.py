"""Every example of docs/api.md runs against the page, and prints what it says."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from assistant import accounts
from assistant.answer.pipeline import Assistant
from assistant.settings import Settings
from journeys.programs import served
from ui.api.acts import Acts
from ui.api.records import AnswerRecord, BriefingRecord, ReportRecord
from ui.app import page

PAPER = (Path(__file__).parent.parent.parent / "docs" / "api.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(r"^```(sh|python)\n(.*?)^```\n(?:\n^```text\n(.*?)^```$)?", re.MULTILINE | re.DOTALL)
EXAMPLES = [found for found in EXAMPLE.findall(PAPER) if "127.0.0.1:7860" in found[1]]
ADDRESS, TOKEN = "http://127.0.0.1:7860", "cg_TOKEN"
DRAFT = """Section 75 agreement

The chief officer decides within ten working days which partner pays for an overspend, and reports it to the board.
We hope that all partners will work together in a spirit of trust.
"""


@pytest.fixture(scope="module")
def opened(shipped: Settings) -> Iterator[str]:
    with served(shipped.model_copy(update={"api": True}), made_of=page) as at:
        yield at


@pytest.fixture(scope="module")
def guarded(shipped: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    settings = shipped.model_copy(
        update={"api": True, "auth": True, "home": tmp_path_factory.mktemp("guarded") / "home"}
    )
    shutil.copytree(shipped.home, settings.home)
    token = accounts.add_token(settings, "ward-app")
    with served(settings, made_of=page) as at:
        yield at, token


def printed(kind: str, example: str, folder: Path) -> str:
    """What an example prints, run in a process of its own."""
    (folder / "draft.txt").write_text(DRAFT, encoding="utf-8")
    command = ["sh", "-ec", example] if kind == "sh" else [sys.executable, "-c", example]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


OPEN = [found for found in EXAMPLES if TOKEN not in found[1]]
GUARDED = [found for found in EXAMPLES if TOKEN in found[1]]


@pytest.mark.parametrize(("kind", "example", "shown"), OPEN, ids=range(len(OPEN)))
def test_an_example_prints_what_it_says(kind: str, example: str, shown: str, opened: str, tmp_path: Path) -> None:
    found = printed(kind, example.replace(ADDRESS, opened), tmp_path)
    if shown:
        assert found == shown
    else:
        assert "event: complete" in found
        answer = json.loads(found.rpartition("data: ")[2])[0]
        assert answer["status"] == "answered"


@pytest.mark.parametrize(("kind", "example", "shown"), GUARDED, ids=range(len(GUARDED)))
def test_an_example_with_a_token_prints_what_it_says(
    kind: str, example: str, shown: str, guarded: tuple[str, str], tmp_path: Path
) -> None:
    address, token = guarded
    found = printed(kind, example.replace(ADDRESS, address).replace(TOKEN, token), tmp_path)
    assert found == shown if shown else found.startswith('{"named_endpoints"')


def test_the_paper_has_examples_of_every_kind() -> None:
    assert {kind for kind, _, _ in OPEN} == {kind for kind, _, _ in GUARDED} == {"sh", "python"}
    assert any("mcp" in example for _, example, _ in OPEN)


def test_what_programs_get_has_every_key_of_the_contract(shipped: Settings) -> None:
    asked = Acts(Assistant(shipped))
    found = [
        (AnswerRecord, asked.ask("Who pays when a pooled budget runs out?", nation="scotland")),
        (AnswerRecord, asked.ask("When does the swimming pool on Mill Street open?")),
        (ReportRecord, asked.check(DRAFT)),
        (BriefingRecord, asked.brief("joint-board", "running", "scotland")),
    ]
    for kind, record in found:
        assert TypeAdapter(kind).validate_python(record) == record
