"""The gap log: what the library did not say, counted by topic, for whoever looks after the library.

The counts hold no word of a question. The words are kept apart from them, and only where the setting
`keep_words` says for how many days; without it there is no file of words. Nothing leaves the data folder.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, TypeVar

from filelock import FileLock
from pydantic import Field, TypeAdapter

from assistant.answer.parts import Answer, NoteKind, Status
from assistant.errors import CommonGroundError, GapLogError
from assistant.library.folder import replace_file
from assistant.library.holdings import Library, open_library
from assistant.library.pitfalls import pitfalls
from assistant.settings import PREFIX, Settings

NOTHING_NEAR = "nothing-near"
_SOURCE = "source:"  # before a source's id, which may be spelt as a pitfall's
_COUNTS = "counts.json"
_DAMAGED = "counts.damaged.json"
_WORDS = "words.json"
_MOST_WORDS = 1_000  # questions; the oldest go first, so that the file stays small on a busy page
_WAIT = 5.0  # seconds for another process; each holds the log for milliseconds

logger = logging.getLogger(__name__)
Read = TypeVar("Read")


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


def note_gap(settings: Settings, answer: Answer, now: datetime | None = None) -> None:
    """Count an answer that the library does not hold, or holds in part only; call it for every answer.

    Words whose time is up are dropped whatever the answer is. Nothing is raised: a log that cannot
    be read or written is told as a warning, since no answer may fail for it.
    """
    day = (now or datetime.now()).date()
    try:
        if is_gap(answer):
            _count(settings, answer, day)
        elif _has_log(settings) and any((settings.home / "gaps").glob(f"*{_WORDS}*")):
            with _log(settings) as folder:
                _keep(folder, _current(folder, settings, day))
    except CommonGroundError as error:
        logger.warning("The gap log was not brought up to date. %s", error)


def gaps(settings: Settings, now: datetime | None = None) -> tuple[Gap, ...]:
    """What the library did not say, most frequent first; words whose time is up are dropped before.

    Raises GapLogError for a log that is damaged, which is put aside, or that cannot be read.
    """
    if not _has_log(settings):
        return ()
    with _log(settings) as folder:
        kept = _current(folder, settings, (now or datetime.now()).date())
        _keep(folder, kept)
        counts = _counts(folder)
    names = _names(open_library(settings))
    found = [
        Gap(topic, names.get(topic, topic.removeprefix(_SOURCE)), one.count, one.first, one.last, _about(topic, kept))
        for topic, one in counts.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.count, -one.last.toordinal(), one.topic)))


def forget_source(settings: Settings, id_: str) -> None:
    """Take the name of a removed source out of the log; its gaps are counted as near nothing."""
    topic = f"{_SOURCE}{id_}"
    try:
        if not _has_log(settings) or id_ in open_library(settings).holdings:
            return
        with _log(settings) as folder:
            counts, kept = _counts(folder), _current(folder, settings, datetime.now().date())
            if topic in counts:
                _write_counts(folder, _added(counts, NOTHING_NEAR, counts.pop(topic)))
            _keep(folder, [replace(one, topic=NOTHING_NEAR) if one.topic == topic else one for one in kept])
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
    with _log(settings) as folder:
        try:
            counts = _counts(folder)
        except GapLogError as error:
            logger.warning("%s", error)
            counts = {}
        _write_counts(folder, _added(counts, topic, Count(1, day, day)))
        kept = _current(folder, settings, day)
        # Where personal details were taken out, others may stand that were not recognised.
        if settings.keep_words and all(note.kind is not NoteKind.PERSONAL_DETAILS for note in answer.notes):
            kept.append(Words(topic, day, answer.question))
        _keep(folder, kept)


@contextmanager
def _log(settings: Settings) -> Iterator[Path]:
    """The log's folder, with nobody else at work in it. Raises GapLogError where that cannot be had."""
    folder = settings.home / "gaps"
    try:
        settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.mkdir(exist_ok=True, mode=0o700)
        with FileLock(folder / "lock", timeout=_WAIT, mode=0o600):
            yield folder
    except OSError as error:
        raise _unusable(folder, error) from error


def _has_log(settings: Settings) -> bool:
    """Whether anything was ever counted. Raises GapLogError where nobody can tell."""
    folder = settings.home / "gaps"
    try:
        return folder.exists()
    except OSError as error:
        raise _unusable(folder, error) from error


def _unusable(folder: Path, error: OSError) -> GapLogError:
    reason = "another process holds it" if isinstance(error, TimeoutError) else error.strerror or str(error)
    return GapLogError(
        f"The gap log in {folder} cannot be read or written ({reason}). "
        f"See that the folder is yours and has room, or set {PREFIX}HOME to another."
    )


def _counts(folder: Path) -> dict[str, Count]:
    """The counts by topic. Raises GapLogError where they are damaged, and puts them aside."""
    try:
        return _read(folder / _COUNTS, TypeAdapter(dict[str, Count])) or {}
    except ValueError as error:
        (folder / _COUNTS).replace(folder / _DAMAGED)
        raise GapLogError(
            f"The gap log {folder / _COUNTS} was damaged. It was put aside as {_DAMAGED}, and counting begins anew."
        ) from error


def _words(folder: Path) -> list[Words]:
    """The words that are kept. Damaged ones are none: nobody could tell any more when they have to go."""
    try:
        return _read(folder / _WORDS, TypeAdapter(list[Words])) or []
    except ValueError:
        logger.warning("The questions kept in %s were damaged, and were erased. The counts stand.", folder / _WORDS)
        return []


def _read(path: Path, form: TypeAdapter[Read]) -> Read | None:
    try:
        return form.validate_json(path.read_bytes())
    except FileNotFoundError:
        return None


def _current(folder: Path, settings: Settings, today: date) -> list[Words]:
    """The words whose time is not up; a day far ahead comes from a clock that was wrong, and is up too."""
    return [one for one in _words(folder) if abs((today - one.day).days) < settings.keep_words]


def _keep(folder: Path, words: Sequence[Words]) -> None:
    """Keep these words and no others, not even in what a killed process left half written."""
    for left in folder.glob(f".{_WORDS}.*"):
        left.unlink()
    if words:
        replace_file(folder / _WORDS, TypeAdapter(list[Words]).dump_json(list(words[-_MOST_WORDS:])))
    else:
        (folder / _WORDS).unlink(missing_ok=True)


def _write_counts(folder: Path, counts: Mapping[str, Count]) -> None:
    replace_file(folder / _COUNTS, TypeAdapter(dict[str, Count]).dump_json(dict(counts)))


def _added(counts: Mapping[str, Count], topic: str, more: Count) -> dict[str, Count]:
    return {**counts, topic: counts[topic] + more if topic in counts else more}


def _about(topic: str, words: Sequence[Words]) -> tuple[Words, ...]:
    return tuple(one for one in reversed(words) if one.topic == topic)


def _names(library: Library) -> dict[str, str]:
    """What people call the topics."""
    names = {NOTHING_NEAR: "Nothing near"} | {one.id: one.name for one in pitfalls()}
    return names | {f"{_SOURCE}{one.source.id}": one.source.title for one in library}
