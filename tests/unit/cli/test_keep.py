"""`backup`, `restore` and `rollback` as they are typed."""

from pathlib import Path

import pytest
from fakes import WordEmbeddings

from assistant.library.holdings import add, open_library, remove
from assistant.search import store
from assistant.settings import Settings
from ui import __main__ as console

pytestmark = pytest.mark.usefixtures("knowledge")


@pytest.fixture
def kept(home: Settings, words: WordEmbeddings, tmp_path: Path) -> Settings:
    """A data folder with a document of the reader's, and one generation without it."""
    store.sync(home, open_library(home))
    keep(home, tmp_path / "rota.txt", "The quokka rota was agreed by nine teams.")
    return home


def keep(settings: Settings, path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    add(settings, path)
    store.sync(settings, open_library(settings))


def test_a_back_up_says_what_it_holds_and_restores(
    kept: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert console.main(["backup", str(tmp_path / "b.zip")]) == 0
    assert "1 document of yours and the index" in capsys.readouterr().out
    remove(kept, "rota")
    assert console.main(["restore", str(tmp_path / "b.zip")]) == 0
    assert "1 document of yours restored" in capsys.readouterr().out
    assert "rota" in open_library(kept).holdings
    assert "rota" in store.open_index(kept).record.sources


def test_a_restore_that_would_lose_a_document_names_it_and_changes_nothing(
    kept: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    console.main(["backup", str(tmp_path / "b.zip")])
    keep(kept, tmp_path / "since.txt", "The numbat plan came later.")
    assert console.main(["restore", str(tmp_path / "b.zip")]) == 1
    assert "take away, or replace by an older text: since. Nothing was changed" in capsys.readouterr().err
    assert "since" in open_library(kept).holdings


def test_a_restore_that_is_to_replace_does(kept: Settings, tmp_path: Path) -> None:
    console.main(["backup", str(tmp_path / "b.zip")])
    keep(kept, tmp_path / "since.txt", "The numbat plan came later.")
    assert console.main(["restore", str(tmp_path / "b.zip"), "--replace"]) == 0
    assert "since" not in open_library(kept).holdings


def test_a_file_that_is_no_back_up_is_a_message(
    kept: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert console.main(["restore", str(tmp_path / "rota.txt")]) == 1
    assert capsys.readouterr().err.startswith("common-ground: The back-up")


def test_a_rollback_says_what_it_changes(kept: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert console.main(["rollback"]) == 0
    assert "Not in this index: rota" in capsys.readouterr().out


def test_a_rollback_without_an_index_before_says_what_to_do(
    home: Settings, words: WordEmbeddings, capsys: pytest.CaptureFixture[str]
) -> None:
    store.sync(home, open_library(home))
    assert console.main(["rollback"]) == 1
    assert "common-ground rebuild" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["backup"], ["restore"], ["rollback", "now"]], ids=" ".join)
def test_wrong_usage_of_these_ends_with_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        console.main(arguments)
    assert ended.value.code == 2
