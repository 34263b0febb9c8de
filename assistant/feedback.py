"""What readers say of answers: counts by verdict and reason, and no words unless the setting says so.

The counts hold no word of a question. The words of question and answer are kept apart from them, only
where the setting `keep_words` says for how many days. Nothing leaves the data folder.
"""

import logging
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter

from assistant import kept
from assistant.answer.parts import Answer, NoteKind
from assistant.errors import FeedbackError
from assistant.settings import PREFIX, Settings

logger = logging.getLogger(__name__)


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


_ALL_COUNTS = TypeAdapter(dict[str, int])
_ALL_WORDS = TypeAdapter(list[Words])


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
        with _alone(settings) as folder:
            counts = _counts(folder)
            name = _name(verdict, reason)
            kept.write(folder / kept.COUNTS, _ALL_COUNTS, counts | {name: counts.get(name, 0) + 1})
            words = kept.current(folder, _ALL_WORDS, settings.keep_words, day)
            if is_kept:
                words.append(Words(verdict, reason, day, answer.question, _said(answer)))
            kept.keep(folder, _ALL_WORDS, words)
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
    with _alone(settings) as folder:
        words = kept.current(folder, _ALL_WORDS, settings.keep_words, (now or datetime.now()).date())
        kept.keep(folder, _ALL_WORDS, words)
        counts = _counts(folder)
    found = [_judged(name, count, words) for name, count in counts.items()]
    return tuple(sorted(found, key=lambda one: (-one.count, one.verdict, one.reason)))


def drop_old_words(settings: Settings, now: datetime | None = None) -> None:
    """Drop the words whose time is up; call it at a start. What cannot be is told as a warning."""
    try:
        if kept.has_words(settings.home / "feedback"):
            with _alone(settings) as folder:
                words = kept.current(folder, _ALL_WORDS, settings.keep_words, (now or datetime.now()).date())
                kept.keep(folder, _ALL_WORDS, words)
    except FeedbackError as error:
        logger.warning("Words that readers gave may be kept for too long. %s", error)


def _judged(name: str, count: int, words: Sequence[Words]) -> Judged:
    verdict, _, reason = name.partition(":")
    about = tuple(one for one in reversed(words) if _name(one.verdict, one.reason) == name)
    return Judged(Verdict(verdict), reason, count, about)


def _name(verdict: Verdict, reason: str) -> str:
    return f"{verdict.value}:{reason}"


def _said(answer: Answer) -> str:
    said = [one.text for one in answer.statements] or ([answer.reply.text] if answer.reply else [])
    return "\n".join(said)


def _alone(settings: Settings) -> AbstractContextManager[Path]:
    """The folder, with nobody else at work in it. Raises FeedbackError where that cannot be had."""
    folder = settings.home / "feedback"

    def unusable(reason: str) -> FeedbackError:
        return FeedbackError(
            f"What readers said, in {folder}, cannot be read or written ({reason}). "
            f"See that the folder is yours and has room, or set {PREFIX}HOME to another."
        )

    return kept.alone(folder, unusable)


def _counts(folder: Path) -> dict[str, int]:
    """The counts by verdict and reason. Damaged ones are put aside, and counting begins anew."""
    path = folder / kept.COUNTS
    try:
        return kept.read(path, _ALL_COUNTS) or {}
    except ValueError:
        path.replace(folder / kept.DAMAGED)
        logger.warning("The counts in %s were damaged. They were put aside as %s.", path, kept.DAMAGED)
        return {}
