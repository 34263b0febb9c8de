"""A folder of counts, and of words beside them that are kept for some days only.

The gap log and what readers say of answers are both kept so. Nothing here knows what is counted.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar

from filelock import FileLock
from pydantic import TypeAdapter

from assistant.errors import CommonGroundError
from assistant.library.folder import replace_file

COUNTS = "counts.json"
DAMAGED = "counts.damaged.json"
WORDS = "words.json"
_MOST = 1_000  # words; the oldest go first, so that the file stays small on a busy page
_WAIT = 5.0  # seconds for another process; each holds the folder for milliseconds

logger = logging.getLogger(__name__)


class Dated(Protocol):
    """Words with the day on which they were said."""

    @property
    def day(self) -> date:
        """The day."""


Form = TypeVar("Form")
Words = TypeVar("Words", bound=Dated)


@contextmanager
def alone(folder: Path, unusable: Callable[[str], CommonGroundError]) -> Iterator[Path]:
    """The folder, with nobody else at work in it. Raises what `unusable` makes of the reason where it cannot be had."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.mkdir(exist_ok=True, mode=0o700)
        with FileLock(folder / "lock", timeout=_WAIT, mode=0o600):
            yield folder
    except OSError as error:
        raise unusable(reason(error)) from error


def reason(error: OSError) -> str:
    """Why a folder cannot be used, in a few words."""
    return "another process holds it" if isinstance(error, TimeoutError) else error.strerror or str(error)


def has_words(folder: Path) -> bool:
    """Whether there are any, also in what a killed process left half written."""
    return any(folder.glob(f"*{WORDS}*"))


def current(folder: Path, form: TypeAdapter[list[Words]], days: int, today: date) -> list[Words]:
    """The words whose time is not up; a day far ahead comes from a clock that was wrong, and is up too.

    Damaged ones are none: nobody could tell any more when they have to go.
    """
    try:
        kept = read(folder / WORDS, form) or []
    except ValueError:
        logger.warning("The words kept in %s were damaged, and were erased. The counts stand.", folder / WORDS)
        return []
    return [one for one in kept if abs((today - one.day).days) < days]


def keep(folder: Path, form: TypeAdapter[list[Words]], words: Sequence[Words]) -> None:
    """Keep these words and no others, not even in what a killed process left half written."""
    for left in folder.glob(f".{WORDS}.*"):
        left.unlink()
    if words:
        write(folder / WORDS, form, list(words[-_MOST:]))
    else:
        (folder / WORDS).unlink(missing_ok=True)


def read(path: Path, form: TypeAdapter[Form]) -> Form | None:
    """What a file holds; None where there is none. Raises ValueError where it is damaged."""
    try:
        return form.validate_json(path.read_bytes())
    except FileNotFoundError:
        return None


def write(path: Path, form: TypeAdapter[Form], content: Form) -> None:
    """Put this into a file, whole or not at all."""
    replace_file(path, form.dump_json(content))
