"""Checking an installation: settings, data folder, models, library, index."""

import platform
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from assistant import __version__
from assistant.errors import CommonGroundError, RecordError
from assistant.library.agreements import agreements
from assistant.library.changes import changes
from assistant.library.differences import differences
from assistant.library.glossary import glossary
from assistant.library.holdings import open_library, shipped_digests
from assistant.library.pitfalls import pitfalls
from assistant.library.situations import situations
from assistant.search import embed, generation, rerank, store
from assistant.settings import Settings, ensure_home

Entry = TypeVar("Entry")


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
        ("reranker", _reranker),
        ("library", _library),
        ("pitfalls", _pitfalls),
        ("changes", lambda settings: _entries("changes.yaml", changes(), lambda one: one.sources)),
        ("glossary", lambda settings: _entries("glossary.yaml", glossary(), lambda one: one.sources)),
        ("agreements", lambda settings: _entries("agreements.yaml", agreements(), lambda one: one.places)),
        ("differences", lambda settings: _entries("differences.yaml", differences(), lambda one: sum(one.sides, ()))),
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


def _reranker(settings: Settings) -> str:
    model = rerank.reranker(settings)
    return f"{settings.reranker}, can be loaded" if model else "none is set, and none is needed"


def _library(settings: Settings) -> str:
    library = open_library(settings)
    sections = sum(len(one.headed.sections) for one in library)
    return f"{len(library)} sources, {sections} sections"


def _pitfalls(settings: Settings) -> str:
    known = {one.id for one in pitfalls()}
    for id_, digest in shipped_digests().items():
        for section in digest.headed.sections:
            if unknown := sorted(set(section.pitfalls) - known):
                raise RecordError(
                    f"{id_}.md, section #{section.anchor}: '{unknown[0]}' is not the id of a pitfall. Correct it."
                )
    return _entries("pitfalls.yaml", pitfalls(), lambda one: [place for line in one.lines for place in line.sources])


def _situations(settings: Settings) -> str:
    return _entries("situations.jsonl", situations(), lambda one: one.places)


def _entries(name: str, entries: Sequence[Entry], places: Callable[[Entry], Sequence[str]]) -> str:
    """How many entries a list has. Raises RecordError for one that points at a section that is not there."""
    held = _held()
    for number, entry in enumerate(entries, 1):
        for place in places(entry):
            if place not in held:
                called = getattr(entry, "id", None) or getattr(entry, "term", "")
                raise RecordError(f"{name}, entry {number} ({called}): no digest holds {place}. Correct it.")
    return f"{len(entries)}, and every section that they name is there"


def _held() -> set[str]:
    return {
        f"{id_}#{section.anchor}" for id_, digest in shipped_digests().items() for section in digest.headed.sections
    }


def _index(settings: Settings) -> str:
    path = generation.live(store.folder(settings))
    if path is None:
        return "not made yet; the first question makes it"
    record = generation.read_record(path)
    store.open_index(settings)
    stale = record.sources != store.fingerprints(open_library(settings))
    state = "behind the library; the next question brings it up to date" if stale else "in step with the library"
    if stale and generation.is_held(path.parent):
        state = "rolled back, and behind the library; 'common-ground rebuild' brings it up to date"
    return f"made {record.made}, known vectors found, {state}"
