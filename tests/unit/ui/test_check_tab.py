"""What the tab Check a proposal does with what it is given, beside showing it."""

from pathlib import Path
from typing import Any

import pytest
from unit.proposal.made import report

from assistant.errors import CommonGroundError, ReadError
from assistant.proposal.draft import Proposal, read_pasted
from assistant.proposal.parts import Treatment
from ui.render.verdict import Attempt

pytestmark = pytest.mark.slow  # gradio takes seconds to import

TEXT = "The joint board of Eastshire decides on all spending over £100,000 by a vote of its members."


@pytest.fixture
def upload(tmp_path: Path) -> Path:
    """A file where gradio puts uploads: in a folder of its own."""
    path = tmp_path / "uploads" / "abc" / "draft.txt"
    path.parent.mkdir(parents=True)
    path.write_text(TEXT, encoding="utf-8")
    return path


def taken(path: Path | None) -> tuple[Any, ...]:
    """What the tab shows once an upload was taken in: what was read, where, and the state."""
    from ui.proposal import _taker

    *_, last = _taker(is_older=False)(str(path) if path else None)
    return tuple(last)


def test_an_upload_is_read_and_gone(upload: Path) -> None:
    read, held, *_ = taken(upload)
    assert isinstance(read, Proposal)
    assert "draft.txt was read" in held
    assert list(upload.parent.parent.iterdir()) == []


def test_an_upload_that_cannot_be_read_is_gone_as_well_and_explained(upload: Path) -> None:
    upload.write_text("")
    *_, state, _ = taken(upload)
    assert "draft.txt is empty" in state
    assert "Choose another file" in state
    assert list(upload.parent.parent.iterdir()) == []


def test_an_upload_that_is_gone_already_is_explained_without_its_folder(tmp_path: Path) -> None:
    *_, state, _ = taken(tmp_path / "abc" / "draft.txt")
    assert "did not arrive whole" in state
    assert str(tmp_path) not in state


def test_a_file_and_pasted_text_are_not_guessed_between() -> None:
    from ui.proposal import _draft

    with pytest.raises(ReadError, match="Remove one of them"):
        _draft(read_pasted(TEXT, "draft"), TEXT)


def test_pasted_text_is_a_draft() -> None:
    from ui.proposal import _draft

    assert _draft(None, TEXT).file == "pasted text"


@pytest.mark.parametrize(
    ("pitfall", "status", "reason"),
    [("weather", "absent", "It rains."), ("no-fallback", "gone", "It is."), ("no-fallback", "absent", " ")],
)
def test_a_correction_that_cannot_be_taken_says_why(pitfall: str, status: str, reason: str) -> None:
    from ui.proposal import _corrected

    with pytest.raises(CommonGroundError):
        _corrected(report(), Attempt(pitfall, status, reason, ""), withdraw=False)


def test_a_correction_can_be_taken_back() -> None:
    from ui.proposal import _corrected

    own = _corrected(report(), Attempt("no-fallback", Treatment.TOUCHED.value, "Page 3.", ""), withdraw=False)
    assert _corrected(own, Attempt("no-fallback", "", "", ""), withdraw=True) == report()


def test_what_was_forgotten_meanwhile_cannot_be_taken_away_and_that_is_said() -> None:
    from ui.take_away import _maker

    packed, said = _maker(lambda thing, ending: ("name", b""), ".md")(None)
    assert packed == ""
    assert "nothing to take away" in said


def test_a_draft_that_was_read_is_not_held_without_end() -> None:
    from ui.proposal import _forgetful

    assert _forgetful().time_to_live <= 8 * 60 * 60
