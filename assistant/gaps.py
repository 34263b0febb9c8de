"""The gap log: what the library did not say, counted by topic, for whoever looks after the library.

The counts hold no word of a question. The words are kept apart from them, and only where the setting
`keep_words` says for how many days; without it there is no file of words. Nothing leaves the data folder.
"""

import logging
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter

from assistant import kept
from assistant.answer.parts import Answer, NoteKind, Status
from assistant.errors import CommonGroundError, GapLogError
from assistant.library.holdings import Library, open_library
from assistant.library.pitfalls import pitfalls
from assistant.settings import PREFIX, Settings

NOTHING_NEAR = "nothing-near"
_SOURCE = "source:"  # before a source's id, which may be spelt as a pitfall's

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Words:
    """A question that was not answered, in the reader's words but for personal details, and its day."""

    topic: str
    day: date
    text: str


@dataclass(frozen=True, slots=True)
class Count:
    """How often a topic was asked about in vain, and the first and last day of that."""

    count: Annotated[int, Field(ge=1)]
    first: date
    last: date

    def __add__(self, other: "Count") -> "Count":
        """The two as one."""
        return Count(self.count + other.count, min(self.first, other.first), max(self.last, other.last))


@dataclass(frozen=True, slots=True)
class Gap:
    """A topic on which the library did not say; `words` are the questions still kept, newest first."""

    topic: str
    name: str
    count: int
    first: date
    last: date
    words: tuple[Words, ...] = ()


_ALL_COUNTS = TypeAdapter(dict[str, Count])
_ALL_WORDS = TypeAdapter(list[Words])


def note_gap(settings: Settings, answer: Answer, now: datetime | None = None) -> None:
    """Count an answer that the library does not hold, or holds in part only; call it for every answer.

    Words whose time is up are dropped whatever the answer is. Nothing is raised: a log that cannot
    be read or written is told as a warning, since no answer may fail for it.
    """
    day = (now or datetime.now()).date()
    try:
        if is_gap(answer):
            _count(settings, answer, day)
        elif _has_log(settings) and kept.has_words(settings.home / "gaps"):
            with _alone(settings) as folder:
                kept.keep(folder, _ALL_WORDS, kept.current(folder, _ALL_WORDS, settings.keep_words, day))
    except CommonGroundError as error:
        logger.warning("The gap log was not brought up to date. %s", error)


def gaps(settings: Settings, now: datetime | None = None) -> tuple[Gap, ...]:
    """What the library did not say, most frequent first; words whose time is up are dropped before.

    Raises GapLogError for a log that is damaged, which is put aside, or that cannot be read.
    """
    if not _has_log(settings):
        return ()
    with _alone(settings) as folder:
        words = kept.current(folder, _ALL_WORDS, settings.keep_words, (now or datetime.now()).date())
        kept.keep(folder, _ALL_WORDS, words)
        counts = _counts(folder)
    names = _names(open_library(settings))
    found = [
        Gap(topic, names.get(topic, topic.removeprefix(_SOURCE)), one.count, one.first, one.last, _about(topic, words))
        for topic, one in counts.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.count, -one.last.toordinal(), one.topic)))


def forget_source(settings: Settings, id_: str) -> None:
    """Take the name of a removed source out of the log; its gaps are counted as near nothing."""
    topic = f"{_SOURCE}{id_}"
    try:
        if not _has_log(settings) or id_ in open_library(settings).holdings:
            return
        with _alone(settings) as folder:
            counts = _counts(folder)
            words = kept.current(folder, _ALL_WORDS, settings.keep_words, datetime.now().date())
            if topic in counts:
                _write_counts(folder, _added(counts, NOTHING_NEAR, counts.pop(topic)))
            moved = [replace(one, topic=NOTHING_NEAR) if one.topic == topic else one for one in words]
            kept.keep(folder, _ALL_WORDS, moved)
    except CommonGroundError as error:
        logger.warning("The gap log may still name %s. %s", id_, error)


def is_gap(answer: Answer) -> bool:
    """Whether the library left the question open, or a part of it; a refusal or a greeting is no gap."""
    return answer.status is Status.NOT_FOUND or (answer.status is Status.ANSWERED and not answer.complete)


def topic_of(answer: Answer, library: Library) -> str:
    """The topic that a gap is counted under: what the question came nearest to.

    That is the first pitfall of the nearest section: the 22 are what the library is arranged by, and
    few enough for counts to mean something. A section without one, as in a reader's own file, gives
    its source; an empty search, `nothing-near`. How near is not asked: a search's scores compare
    sections for one question, not questions with each other, so what has nothing to do with the
    library is counted at the topic that it happened to come nearest to.
    """
    if answer.pitfalls:
        return answer.pitfalls[0]
    places = [(one.source, one.anchor) for one in answer.nearest] or answer.sections
    for source, anchor in places:
        if source in library.holdings:  # it may have been removed meanwhile
            section = library[source].headed.section(anchor)
            return section.pitfalls[0] if section and section.pitfalls else f"{_SOURCE}{source}"
    return NOTHING_NEAR


def _count(settings: Settings, answer: Answer, day: date) -> None:
    topic = topic_of(answer, open_library(settings))
    with _alone(settings) as folder:
        try:
            counts = _counts(folder)
        except GapLogError as error:
            logger.warning("%s", error)
            counts = {}
        _write_counts(folder, _added(counts, topic, Count(1, day, day)))
        words = kept.current(folder, _ALL_WORDS, settings.keep_words, day)
        # Where personal details were taken out, others may stand that were not recognised.
        if settings.keep_words and all(note.kind is not NoteKind.PERSONAL_DETAILS for note in answer.notes):
            words.append(Words(topic, day, answer.question))
        kept.keep(folder, _ALL_WORDS, words)


def _alone(settings: Settings) -> AbstractContextManager[Path]:
    """The log's folder, with nobody else at work in it. Raises GapLogError where that cannot be had."""
    folder = settings.home / "gaps"
    return kept.alone(folder, lambda reason: _unusable(folder, reason))


def _has_log(settings: Settings) -> bool:
    """Whether anything was ever counted. Raises GapLogError where nobody can tell."""
    folder = settings.home / "gaps"
    try:
        return folder.exists()
    except OSError as error:
        raise _unusable(folder, kept.reason(error)) from error


def _unusable(folder: Path, reason: str) -> GapLogError:
    return GapLogError(
        f"The gap log in {folder} cannot be read or written ({reason}). "
        f"See that the folder is yours and has room, or set {PREFIX}HOME to another."
    )


def _counts(folder: Path) -> dict[str, Count]:
    """The counts by topic. Raises GapLogError where they are damaged, and puts them aside."""
    path = folder / kept.COUNTS
    try:
        return kept.read(path, _ALL_COUNTS) or {}
    except ValueError as error:
        path.replace(folder / kept.DAMAGED)
        raise GapLogError(
            f"The gap log {path} was damaged. It was put aside as {kept.DAMAGED}, and counting begins anew."
        ) from error


def _write_counts(folder: Path, counts: Mapping[str, Count]) -> None:
    kept.write(folder / kept.COUNTS, _ALL_COUNTS, dict(counts))


def _added(counts: Mapping[str, Count], topic: str, more: Count) -> dict[str, Count]:
    return {**counts, topic: counts[topic] + more if topic in counts else more}


def _about(topic: str, words: Sequence[Words]) -> tuple[Words, ...]:
    return tuple(one for one in reversed(words) if one.topic == topic)


def _names(library: Library) -> dict[str, str]:
    """What people call the topics."""
    names = {NOTHING_NEAR: "Nothing near"} | {one.id: one.name for one in pitfalls()}
    return names | {f"{_SOURCE}{one.source.id}": one.source.title for one in library}
