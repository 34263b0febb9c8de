"""Checking an installation: settings, data folder, model, library, index."""

import platform
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant import __version__
from assistant.errors import CommonGroundError
from assistant.library.holdings import open_library, shipped_digests
from assistant.library.situations import situations
from assistant.search import embed, generation, store
from assistant.settings import Settings, ensure_home


@dataclass(frozen=True, slots=True)
class Check:
    """What was checked, whether it is well, and what was seen or what to do."""

    check: str
    is_well: bool
    detail: str


def examine(settings: Settings) -> list[Check]:
    """Check everything that an answer rests on; one problem does not stop the other checks."""
    steps: tuple[tuple[str, Callable[[Settings], str]], ...] = (
        ("version", _version),
        ("data folder", lambda settings: str(ensure_home(settings.home))),
        ("embedding model", _model),
        ("library", _library),
        ("situations", _situations),
        ("index", _index),
    )
    return list(_each(steps, settings))


def _each(steps: tuple[tuple[str, Callable[[Settings], str]], ...], settings: Settings) -> Iterator[Check]:
    for name, step in steps:
        try:
            yield Check(name, True, step(settings))
        except CommonGroundError as error:
            yield Check(name, False, str(error))


def _version(settings: Settings) -> str:
    return f"Common Ground {__version__} on Python {platform.python_version()}, {platform.system()}"


def _model(settings: Settings) -> str:
    identity = embed.identity(settings)
    embed.check(settings)
    return f"{identity.name}, SHA-256 {identity.sha256[:12]}…"


def _library(settings: Settings) -> str:
    library = open_library(settings)
    sections = sum(len(one.headed.sections) for one in library)
    return f"{len(library)} sources, {sections} sections"


def _situations(settings: Settings) -> str:
    held = {
        f"{id_}#{section.anchor}" for id_, digest in shipped_digests().items() for section in digest.headed.sections
    }
    for one in situations():
        for place in one.places:
            if place not in held:
                raise CommonGroundError(f"Situation {one.id} points at {place}, which no digest holds. Correct it.")
    return f"{len(situations())}, each of which points at a section that is there or at none"


def _index(settings: Settings) -> str:
    path = generation.live(store.folder(settings))
    if path is None:
        return "not made yet; the first question makes it"
    record = generation.read_record(path)
    store.open_index(settings)
    stale = record.sources != store.fingerprints(open_library(settings))
    state = "behind the library; the next question brings it up to date" if stale else "in step with the library"
    return f"made {record.made}, known vectors found, {state}"
