"""What readers say of answers: counts by verdict and reason, and no words unless the setting says so.

The counts hold no word of a question. The words of question and answer are kept apart from them, only
where the setting `keep_words` says for how many days. Nothing leaves the data folder.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

from filelock import FileLock
from pydantic import Field, TypeAdapter

from assistant.answer.parts import Answer, NoteKind
from assistant.errors import FeedbackError
from assistant.library.folder import replace_file
from assistant.settings import PREFIX, Settings

_COUNTS = "counts.json"
_DAMAGED = "counts.damaged.json"
_WORDS = "words.json"
_MOST_WORDS = 1_000  # answers; the oldest go first, so that the file stays small on a busy page
_WAIT = 5.0  # seconds for another process; each holds the folder for milliseconds

logger = logging.getLogger(__name__)
Read = TypeVar("Read")


class Verdict(StrEnum):
    """Whether an answer helped."""

    HELPFUL = "helpful"
    NOT_HELPFUL = "not-helpful"


@dataclass(frozen=True, slots=True)
class Words:
    """An answer that a reader judged, in the words of both, and the day of that."""

    verdict: Verdict
    reason: str
    day: date
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Judged:
    """How often readers gave a verdict for a reason ('' for none); `words` are those still kept, newest first."""

    verdict: Verdict
    reason: str
    count: Annotated[int, Field(ge=1)]
    words: tuple[Words, ...] = ()


def note_feedback(
    settings: Settings, answer: Answer, verdict: Verdict, reason: str = "", now: datetime | None = None
) -> bool:
    """Count a reader's verdict; gives whether the words were kept with it.

    Nothing is raised: what cannot be written is told as a warning, since a reader can do nothing about it.
    """
    day = (now or datetime.now()).date()
    # Where personal details were taken out, others may stand that were not recognised.
    is_kept = bool(settings.keep_words) and all(one.kind is not NoteKind.PERSONAL_DETAILS for one in answer.notes)
    try:
        with _folder(settings) as folder:
            counts = _counts(folder)
            name = _name(verdict, reason)
            _write(folder / _COUNTS, dict[str, int], counts | {name: counts.get(name, 0) + 1})
            kept = _current(folder, settings, day)
            if is_kept:
                kept.append(Words(verdict, reason, day, answer.question, _said(answer)))
            _keep(folder, kept)
    except FeedbackError as error:
        logger.warning("A reader's verdict was not counted. %s", error)
        return False
    return is_kept


def feedback(settings: Settings, now: datetime | None = None) -> tuple[Judged, ...]:
    """What readers said, most frequent first; words whose time is up are dropped before.

    Raises FeedbackError where that cannot be read.
    """
    if not (settings.home / "feedback").exists():
        return ()
    with _folder(settings) as folder:
        kept = _current(folder, settings, (now or datetime.now()).date())
        _keep(folder, kept)
        counts = _counts(folder)
    found = [_judged(name, count, kept) for name, count in counts.items()]
    return tuple(sorted(found, key=lambda one: (-one.count, one.verdict, one.reason)))


def drop_old_words(settings: Settings, now: datetime | None = None) -> None:
    """Drop the words whose time is up; call it at a start. What cannot be is told as a warning."""
    try:
        if any((settings.home / "feedback").glob(f"*{_WORDS}*")):
            with _folder(settings) as folder:
                _keep(folder, _current(folder, settings, (now or datetime.now()).date()))
    except FeedbackError as error:
        logger.warning("Words that readers gave may be kept for too long. %s", error)


def _judged(name: str, count: int, kept: Sequence[Words]) -> Judged:
    verdict, _, reason = name.partition(":")
    about = tuple(one for one in reversed(kept) if _name(one.verdict, one.reason) == name)
    return Judged(Verdict(verdict), reason, count, about)


def _name(verdict: Verdict, reason: str) -> str:
    return f"{verdict.value}:{reason}"


def _said(answer: Answer) -> str:
    said = [one.text for one in answer.statements] or ([answer.reply.text] if answer.reply else [])
    return "\n".join(said)


@contextmanager
def _folder(settings: Settings) -> Iterator[Path]:
    """The folder, with nobody else at work in it. Raises FeedbackError where that cannot be had."""
    folder = settings.home / "feedback"
    try:
        settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.mkdir(exist_ok=True, mode=0o700)
        with FileLock(folder / "lock", timeout=_WAIT, mode=0o600):
            yield folder
    except OSError as error:
        reason = "another process holds it" if isinstance(error, TimeoutError) else error.strerror or str(error)
        raise FeedbackError(
            f"What readers said, in {folder}, cannot be read or written ({reason}). "
            f"See that the folder is yours and has room, or set {PREFIX}HOME to another."
        ) from error


def _counts(folder: Path) -> dict[str, int]:
    """The counts by verdict and reason. Damaged ones are put aside, and counting begins anew."""
    try:
        return _read(folder / _COUNTS, dict[str, int]) or {}
    except ValueError:
        (folder / _COUNTS).replace(folder / _DAMAGED)
        logger.warning("The counts in %s were damaged. They were put aside as %s.", folder / _COUNTS, _DAMAGED)
        return {}


def _current(folder: Path, settings: Settings, today: date) -> list[Words]:
    """The words whose time is not up. Damaged ones are none: nobody could tell when they have to go."""
    try:
        kept = _read(folder / _WORDS, list[Words]) or []
    except ValueError:
        logger.warning("The words kept in %s were damaged, and were erased. The counts stand.", folder / _WORDS)
        return []
    return [one for one in kept if abs((today - one.day).days) < settings.keep_words]


def _keep(folder: Path, words: Sequence[Words]) -> None:
    """Keep these words and no others, not even in what a killed process left half written."""
    for left in folder.glob(f".{_WORDS}.*"):
        left.unlink()
    if words:
        _write(folder / _WORDS, list[Words], list(words[-_MOST_WORDS:]))
    else:
        (folder / _WORDS).unlink(missing_ok=True)


def _read(path: Path, form: type[Read]) -> Read | None:
    try:
        return TypeAdapter(form).validate_json(path.read_bytes())
    except FileNotFoundError:
        return None


def _write(path: Path, form: type[Read], content: Read) -> None:
    replace_file(path, TypeAdapter(form).dump_json(content))
