from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.settings import PREFIX
from journeys.conftest import Command

pytestmark = pytest.mark.slow

small = pytest.mark.usefixtures("knowledge")
ASKED = "What does a pooled budget need?"
SAID = "A pooled budget needs a rule for overspends."


def checks(command: Command) -> dict[str, bool]:
    return {one["check"]: one["ok"] for one in command("doctor", "--json").record["checks"]}


def pointer(home: Path) -> str:
    return (home / "index" / "current").read_text(encoding="utf-8").strip()


def with_index(command: Command, folder: Path) -> None:
    """Add a file, which makes the index too."""
    (folder / "note.txt").write_text("A heading\n\nThe joint board decides on the night rota every March.\n")
    assert command("add", folder / "note.txt").status == 0


def test_a_new_home_is_well(command: Command) -> None:
    ran = command("doctor")
    assert (ran.status, ran.err) == (0, "")
    assert "PROBLEM" not in ran.out


@pytest.mark.usefixtures("at_shipped")
def test_a_home_with_an_index_is_well(command: Command) -> None:
    ran = command("doctor", "--json")
    assert ran.status == 0
    assert ran.record["well"] is True
    assert all(one["ok"] and one["detail"] for one in ran.record["checks"])
    assert {"data folder", "embedding model", "library", "index"} <= {one["check"] for one in ran.record["checks"]}


@small
def test_an_index_that_is_well_is_found_well(command: Command, tmp_path: Path) -> None:
    with_index(command, tmp_path)
    assert checks(command)["index"] is True


def damage_entry(home: Path) -> None:
    (home / "library" / "note.json").write_text("{", encoding="utf-8")


def damage_record(home: Path) -> None:
    (home / "index" / pointer(home) / "record.json").write_text("{", encoding="utf-8")


def damage_keywords(home: Path) -> None:
    for path in (home / "index" / pointer(home) / "keyword").iterdir():
        path.unlink()


@small
@pytest.mark.parametrize(
    ("damage", "check"),
    [(damage_entry, "library"), (damage_record, "index"), (damage_keywords, "index")],
    ids=lambda one: getattr(one, "__name__", one),
)
def test_what_is_damaged_is_named_and_the_rest_is_checked(
    damage: Callable[[Path], None], check: str, tmp_path: Path, home_folder: Path, command: Command
) -> None:
    with_index(command, tmp_path)
    damage(home_folder)
    ran = command("doctor", "--json")
    assert ran.status == 1
    assert ran.record["well"] is False
    found = checks(command)
    assert found[check] is False
    assert found["data folder"] is found["embedding model"] is True
    assert "PROBLEM" in command("doctor").out


@small
@pytest.mark.parametrize("damage", [damage_record, damage_keywords], ids=lambda one: one.__name__)
def test_a_damaged_index_is_made_again_by_the_next_question(
    damage: Callable[[Path], None], tmp_path: Path, home_folder: Path, command: Command
) -> None:
    with_index(command, tmp_path)
    before = pointer(home_folder)
    damage(home_folder)
    record = command("ask", ASKED, "--json").record
    assert SAID in [one["text"] for one in record["statements"]]
    assert pointer(home_folder) != before


@small
def test_an_index_made_by_another_model_is_no_well_index(
    other_model: str, tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_index(command, tmp_path)
    monkeypatch.setenv(f"{PREFIX}EMBEDDINGS", other_model)
    assert command("doctor").status == 1
    assert checks(command)["index"] is False


def test_a_data_folder_that_cannot_be_made_is_named(
    tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a-file").touch()
    monkeypatch.setenv(f"{PREFIX}HOME", str(tmp_path / "a-file" / "home"))
    ran = command("doctor", "--json")
    assert ran.status == 1
    assert checks(command)["data folder"] is False


def test_a_model_that_is_not_there_is_named(tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bare").mkdir()
    monkeypatch.setenv(f"{PREFIX}EMBEDDINGS", str(tmp_path / "bare"))
    assert command("doctor").status == 1
    assert checks(command)["embedding model"] is False
