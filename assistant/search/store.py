"""The index: LangChain's Chroma over a persistent folder, kept in step with the library."""

import hashlib
import logging
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import BusyError, StoreError
from assistant.library import split
from assistant.library.folder import has_leftovers, sweep_library
from assistant.library.holdings import Holding, Library, open_library
from assistant.search import embed, generation, judge, keyword, sound
from assistant.search.collections import COLLECTIONS, close, close_older, collection
from assistant.search.fill import JUDGE, KEYWORD, SITUATIONS_SOURCE, Progress, canaries, fill
from assistant.search.generation import Record
from assistant.search.seal import seal
from assistant.search.sound import check
from assistant.settings import Settings, ensure_home

if TYPE_CHECKING:
    from langchain_chroma import Chroma

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Index:
    """An open generation: three Chroma collections, the keyword index, and what judges a question.

    `sections` gives the section of each passage's id, `shelf` the kind and nations of each source,
    and `situated` the sources that situations point at.
    """

    path: Path
    record: Record
    passages: "Chroma"
    sentences: "Chroma"
    situations: "Chroma"
    keyword: keyword.KeywordIndex
    judge: judge.Judge
    sections: Mapping[str, str]
    shelf: Mapping[str, split.ShelfMark]
    situated: frozenset[str]


@dataclass(frozen=True, slots=True)
class Report:
    """What a sync did: the ids of sources that were added or changed, and of those that went."""

    changed: tuple[str, ...]
    removed: tuple[str, ...]


def no_progress(done: int, total: int) -> None:
    """Report progress to nobody."""


def folder(settings: Settings) -> Path:
    """Where the generations lie."""
    return settings.home / "index"


def sync(settings: Settings, library: Library, progress: Progress = no_progress, *, again: bool = False) -> Report:
    """Bring the index into step with the library; does nothing where it is in step.

    Only sources whose text or record changed are read, and only texts that are new are embedded.
    `again` makes the whole index anew. Safe to stop at any moment: the live generation is never
    changed. Raises BusyError while another process writes, StoreError where the index was made by
    another embedding model.
    """
    ensure_home(settings.home)
    model, wanted, where = embed.identity(settings), fingerprints(library), folder(settings)
    base, record = (None, None) if again else sound.to_go_on_from(where, model)
    if record and record.sources == wanted and base == generation.live(where):
        _tidy(settings)
        return Report((), ())
    with generation.writing(where):
        generation.sweep(where)
        sweep_library(settings.home)
        if base != generation.live(where) and not again:  # damaged, or another has written meanwhile
            base, record = sound.to_go_on_from(where, model)
        had = record.sources if record else {}
        removed = tuple(sorted(set(had) - set(wanted)))
        changed = tuple(id_ for id_ in wanted if had.get(id_) != wanted[id_])
        # Chroma's own delete leaves text and vectors on disk: what goes, goes with its generation.
        rewritten = (set(changed) & set(had)) - {SITUATIONS_SOURCE}
        fresh = record is None or not record.seal or bool(removed) or bool(rewritten)
        erases = not sound.held_in(where) <= set(wanted)
        with _begun(where, None if fresh else base) as path:
            same = bool(record and record.seal) and had.get(SITUATIONS_SOURCE) == wanted[SITUATIONS_SOURCE]
            _take_judge(base if same else None, path)
            fill(path, settings, library, tuple(wanted) if fresh else changed, base, progress)
            found = canaries(path)
            close(path)  # what is sealed and checked is what lies on the disk
            generation.write_record(path, replace(_made(model, had, wanted, found), seal=seal(path)))
            check(path)
            generation.publish(where, path, erase_older=erases)
    return Report(changed, removed)


def ready(settings: Settings, progress: Progress = no_progress, tell: Callable[[str], None] = logger.info) -> Index:
    """The live index, brought into step with the library first.

    While another process is at that, the generation that is there answers, and `tell` is told so.
    """
    library = open_library(settings)
    if generation.is_held(folder(settings)):
        tell("The index was rolled back, and may be behind the library. To bring it up: common-ground rebuild")
        return open_index(settings)
    try:
        sync(settings, library, progress)
    except BusyError:
        if generation.live(folder(settings)) is None:
            tell("Another process is making the index. Waiting for it.")
            with generation.writing(folder(settings), wait=600):
                pass
            return ready(settings, progress, tell)
        tell("Another process is updating the index. The present one answers.")
    return open_index(settings)


def open_index(settings: Settings) -> Index:
    """Open the live generation for reading.

    Raises StoreError where there is none, where known vectors are not found in it, or where another
    embedding model made it.
    """
    path = generation.live(folder(settings))
    if path is None:
        raise StoreError("There is no index yet. Run: common-ground rebuild")
    record = generation.read_record(path)
    sound.check_model(record, embed.identity(settings))
    check(path)
    close_older(path)
    passages, sentences, situations = (collection(path, name) for name in COLLECTIONS)
    held = passages.get(include=["metadatas"])
    return Index(
        path,
        record,
        passages,
        sentences,
        situations,
        keyword.load(path / KEYWORD),
        judge.load(path / JUDGE),
        {id_: f"{one['source']}#{one['anchor']}" for id_, one in zip(held["ids"], held["metadatas"], strict=True)},
        {one["source"]: split.shelf_mark(one) for one in held["metadatas"]},
        frozenset(one["source"] for one in situations.get(include=["metadatas"])["metadatas"]),
    )


def fingerprints(library: Library) -> dict[str, str]:
    """What tells, source by source, whether anything that is indexed has changed."""
    prints = {one.source.id: _fingerprint(one) for one in library}
    situations = repr([(one.id, one.text, one.places) for one in library.situations])
    return prints | {SITUATIONS_SOURCE: hashlib.sha256(situations.encode()).hexdigest()}


def _made(
    model: embed.ModelIdentity, had: Mapping[str, str], wanted: Mapping[str, str], found: Sequence[generation.Canary]
) -> Record:
    """The record of a generation that is made now, with what differs from the one before it."""
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    new = tuple(id_ for id_ in wanted if id_ not in had and id_ != SITUATIONS_SOURCE)
    other = tuple(id_ for id_ in wanted if had.get(id_, wanted[id_]) != wanted[id_] and id_ != SITUATIONS_SOURCE)
    gone = len(set(had) - set(wanted))
    return Record(model.as_dict(), wanted, tuple(found), now, added=new, changed=other, removed=gone)


def _take_judge(lender: Path | None, path: Path) -> None:
    """Take over what judges a question: fitting it takes a minute, and it knows the situations alone."""
    if lender:
        shutil.copyfile(lender / JUDGE, path / JUDGE)
    else:
        (path / JUDGE).unlink(missing_ok=True)


def _tidy(settings: Settings) -> None:
    """Throw away what killed writers left, unless another process is writing and does so itself."""
    with suppress(BusyError):
        if generation.has_leftovers(folder(settings)) or has_leftovers(settings.home):
            with generation.writing(folder(settings)):
                generation.sweep(folder(settings))
                sweep_library(settings.home)


def _reason(error: BaseException) -> str:
    return getattr(error, "strerror", None) or ("the disk" if isinstance(error, OSError) else type(error).__name__)


@contextmanager
def _begun(where: Path, copy_of: Path | None) -> Iterator[Path]:
    """A generation to fill, thrown away when that fails; the live one is as it was."""
    path = None
    try:
        path = generation.begin(where, copy_of)
        yield path
    except BaseException as error:
        if path:
            generation.abandon(path)
        if isinstance(error, OSError | MemoryError) or type(error).__module__.startswith("chromadb"):
            raise StoreError(
                f"The index could not be brought up to date ({_reason(error)}). The one before "
                "it stands. See that there is room on the disk and in memory, and try again."
            ) from error
        raise


def _fingerprint(holding: Holding) -> str:
    text = holding.source.model_dump_json() + holding.headed.text + repr(holding.headed.sections)
    return hashlib.sha256(text.encode()).hexdigest()
