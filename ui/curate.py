"""Changing the library from the page: each change asks for the settings alone, and tells how far it has come."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

import yaml

from assistant.errors import BusyError, CommonGroundError, PersonalDetailsError
from assistant.gaps import forget_source
from assistant.library.fetch import fetch
from assistant.library.holdings import add, open_library, remove, shipped_digests
from assistant.search import generation, store
from assistant.settings import Settings
from assistant.templates import template

_LOOK = 0.2  # seconds between two looks at how far the index has come

Is = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file or source, in a sentence."""

    text: str
    is_well: bool
    id: str = ""  # of the source that can now be opened


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a change has come: what is settled, and what is under way; `doing` is empty at the end."""

    outcomes: tuple[Outcome, ...]
    doing: str = ""
    done: int = 0
    total: int = 0


@cache
def _words() -> dict[str, str]:
    found: dict[str, str] = yaml.safe_load(template("shelf.yaml"))["outcomes"]
    return found


def add_files(settings: Settings, paths: Sequence[Path]) -> Iterator[Progress]:
    """Add files one by one; those that can be read are added though others fail. The files given are erased."""
    try:
        yield from _one_by_one(settings, paths, lambda path: path.name, "reading", lambda path: _added(settings, path))
    finally:
        discard(paths)


def fetch_originals(settings: Settings, ids: Sequence[str], is_stopped: Is = lambda: False) -> Iterator[Progress]:
    """Download the originals of these sources one by one, until that is stopped."""
    library = open_library(settings)

    def fetched(id_: str) -> Outcome:
        if is_stopped():
            return Outcome("", True)
        try:
            fetch(settings, library, id_)
        except CommonGroundError as error:
            said = _unnamed(str(error), id_)
            return Outcome(_words()["not-fetched"].format(name=id_, error=said), False)
        return Outcome(_words()["fetched"].format(name=id_), True, id_)

    for step in _one_by_one(settings, ids, str, "fetching", fetched):
        outcomes = tuple(one for one in step.outcomes if one.text)
        stopped = (Outcome(_words()["stopped"], True),) if not step.doing and is_stopped() else ()
        yield Progress(outcomes + stopped, step.doing, step.done, step.total)


def remove_source(settings: Settings, id_: str) -> Iterator[Progress]:
    """Take a source that the reader added out of the library and out of the index."""

    def removed(id_: str) -> Outcome:
        title = open_library(settings)[id_].source.title
        remove(settings, id_)
        forget_source(settings, id_)
        return Outcome(_words()["removed"].format(name=title), True)

    yield from _one_by_one(settings, [id_], str, "indexing", removed)


def bring_up_to_date(settings: Settings) -> Iterator[Progress]:
    """Bring the index into step with the library, where another process was at it before."""
    yield from _synced(settings, ())


def discard(paths: Sequence[Path]) -> None:
    """Erase files that were handed in, and the folders made for them."""
    for path in paths:
        with suppress(OSError):
            path.unlink(missing_ok=True)
            path.parent.rmdir()  # only where it is empty


def _one_by_one(
    settings: Settings, things: Sequence[Any], name: Callable[[Any], str], doing: str, step: Callable[[Any], Outcome]
) -> Iterator[Progress]:
    """Take one step for each thing, then bring the index into step once; nothing where another process writes."""
    try:
        with generation.writing(store.folder(settings)):
            pass
    except BusyError as error:
        yield Progress((Outcome(_words()["busy"].format(error=error), False),))
        return
    outcomes: tuple[Outcome, ...] = ()
    for number, thing in enumerate(things, 1):
        said = _words()[doing].format(name=name(thing), number=number, total=len(things))
        yield Progress(outcomes, said, number - 1, len(things))
        try:
            outcomes = (*outcomes, step(thing))
        except CommonGroundError as error:
            outcomes = (*outcomes, Outcome(str(error), False))
    if any(one.is_well for one in outcomes):
        yield from _synced(settings, outcomes)
    else:
        yield Progress(outcomes)


def _added(settings: Settings, path: Path) -> Outcome:
    said = _words()
    try:
        holding = add(settings, path)
    except CommonGroundError as error:
        text = said["not-added"].format(name=path.name, error=_unnamed(str(error), path.name))
        is_of_a_person = isinstance(error, PersonalDetailsError)
        return Outcome(f"{text} {said['about-a-person']}" if is_of_a_person else text, False)
    count, source = len(holding.headed.sections), holding.source
    told = said["added" if count != 1 else "added-one"].format(name=path.name, count=count)
    if source.id in shipped_digests():  # it was recognised as the original of a digest
        told = said["added-as"].format(name=path.name, title=source.title, count=count)
    return Outcome(" ".join((told, *holding.remarks)), True, source.id)


def _unnamed(message: str, name: str) -> str:
    """A message without the name that it begins with, where the name stands before it already."""
    if message.startswith(f"{name} "):
        return f"It {message.removeprefix(f'{name} ')}"
    rest = message.removeprefix(f"{name}: ")
    return rest[:1].upper() + rest[1:]


def _synced(settings: Settings, outcomes: tuple[Outcome, ...]) -> Iterator[Progress]:
    """The steps of a sync, which runs beside, so that the page can be told."""
    said, news = _words(), SimpleQueue[tuple[int, int]]()

    def work() -> None:
        store.sync(settings, open_library(settings), lambda done, total: news.put((done, total)))

    pool = ThreadPoolExecutor(1)
    syncing = pool.submit(work)
    pool.shutdown(wait=False)  # a reader who leaves meanwhile must not hold up the page; the sync goes on
    done, total = 0, 0
    while not syncing.done():
        with suppress(Empty):
            done, total = news.get(timeout=_LOOK)
            while not news.empty():
                done, total = news.get_nowait()
        yield Progress(outcomes, said["indexing"], done, total)
    try:
        syncing.result()
    except BusyError as error:
        yield Progress((*outcomes, Outcome(said["waiting"].format(error=error), False)))
    except CommonGroundError as error:
        yield Progress((*outcomes, Outcome(str(error), False)))
    else:
        yield Progress(outcomes or (Outcome(said["current"], True),))
