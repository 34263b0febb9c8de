from pathlib import Path

import pytest

from assistant.errors import HomeError
from ui.uploads import emptied, forget


def test_what_a_killed_run_left_is_gone_at_the_next_start(tmp_path: Path) -> None:
    left = tmp_path / "uploads" / "abc" / "draft.docx"
    left.parent.mkdir(parents=True)
    left.write_text("a secret plan")
    assert list(emptied(tmp_path / "uploads").iterdir()) == []


def test_the_folder_is_its_owners_alone(tmp_path: Path) -> None:
    assert emptied(tmp_path / "uploads").stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_made_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    with pytest.raises(HomeError, match="start again"):
        emptied(tmp_path / "home" / "uploads")


def test_a_forgotten_upload_goes_with_its_folder(tmp_path: Path) -> None:
    upload = tmp_path / "abc" / "draft.docx"
    upload.parent.mkdir()
    upload.write_text("a secret plan")
    forget(upload)
    assert list(tmp_path.iterdir()) == []


def test_an_upload_beside_another_readers_leaves_that_one(tmp_path: Path) -> None:
    for name in ("draft.docx", "other.docx"):
        (tmp_path / name).write_text("the same words")
    forget(tmp_path / "draft.docx")
    assert [one.name for one in tmp_path.iterdir()] == ["other.docx"]
