"""The index: LangChain's Chroma over a persistent folder, kept in step with the library."""

import hashlib
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import BusyError, StoreError
from assistant.library import split
from assistant.library.holdings import Holding, Library, open_library
from assistant.search import embed, generation, judge, keyword
from assistant.search.collections import COLLECTIONS, collection
from assistant.search.fill import JUDGE, KEYWORD, SITUATIONS_SOURCE, Progress, canaries, fill
from assistant.search.generation import Record
from assistant.settings import Settings, ensure_home

if TYPE_CHECKING:
    from langchain_chroma import Chroma

logger = logging.getLogger(__name__)

_SAME = 0.001  # cosine distance of a vector to itself, with room for rounding


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
    model = embed.identity(settings)
    wanted = fingerprints(library)
    old = generation.live(folder(settings))
    record = None if again else _usable(old, model)
    if record and record.sources == wanted:
        return Report((), ())
    with generation.writing(folder(settings)):
        generation.sweep(folder(settings))
        had = record.sources if record else {}
        removed = tuple(sorted(set(had) - set(wanted)))
        changed = tuple(id_ for id_ in wanted if had.get(id_) != wanted[id_])
        # Chroma's own delete leaves text and vectors on disk: what goes, goes with its generation.
        rewritten = (set(changed) & set(had)) - {SITUATIONS_SOURCE}
        fresh = record is None or bool(removed) or bool(rewritten)
        path = generation.begin(folder(settings), None if fresh else old)
        try:
            lender = old if record else None
            fill(path, settings, library, tuple(wanted) if fresh else changed, lender, progress)
            found = canaries(path)
            made = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
            generation.write_record(path, Record(model.as_dict(), wanted, found, made))
            check(path)
        except BaseException:
            generation.abandon(path)
            raise
        generation.publish(folder(settings), path, erase_older=bool(removed))
    return Report(changed, removed)


def ready(settings: Settings, progress: Progress = no_progress, tell: Callable[[str], None] = logger.info) -> Index:
    """The live index, brought into step with the library first.

    While another process is at that, the generation that is there answers, and `tell` is told so.
    """
    library = open_library(settings)
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
    _check_model(record, embed.identity(settings))
    check(path)
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


def check(path: Path) -> None:
    """Search a generation for vectors that it must hold; a count would not show that they are lost.

    Raises StoreError where one is not found, or where what lies beside the vectors cannot be read.
    """
    try:
        keyword.load(path / KEYWORD)
        judge.load(path / JUDGE)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"The index in {path} is damaged. Run: common-ground rebuild") from error
    for canary in generation.read_record(path).canaries:
        try:
            found = collection(path, canary.collection).similarity_search_by_vector_with_relevance_scores(
                list(canary.vector), k=1
            )
        except Exception as error:  # a damaged folder fails in many ways, none of them documented
            raise StoreError(f"The index in {path} is damaged. Run: common-ground rebuild") from error
        # Another entry may have the same text and so the same vector: the distance tells, not the id.
        if not found or found[0][1] > _SAME:
            raise StoreError(f"The index in {path} has lost vectors. Run: common-ground rebuild")


def _usable(path: Path | None, model: embed.ModelIdentity) -> Record | None:
    """The record of a generation to go on from; None for one that is missing, old or damaged."""
    if path is None:
        return None
    try:
        record = generation.read_record(path)
        if record.form != generation.FORM or _is_older_version(record, model):
            return None
        _check_model(record, model)
        check(path)
    except _OtherModelError:
        raise
    except StoreError as error:
        logger.warning("%s It is being made again.", error)
        return None
    return record


def _is_older_version(record: Record, model: embed.ModelIdentity) -> bool:
    """Whether an earlier release's version of a model that ships made the index; that asks for no decision."""
    return model.name in embed.SHA256 and record.model.get("name") == model.name and record.model != model.as_dict()


class _OtherModelError(StoreError):
    """The index was made by another embedding model."""


def _check_model(record: Record, model: embed.ModelIdentity) -> None:
    if record.model != model.as_dict():
        made_by = record.model.get("name", "an unknown model")
        version = ", in another version" if made_by == model.name else ""
        raise _OtherModelError(
            f"The index was made by the embedding model {made_by}{version}; the settings ask for "
            f"{model.name}. Change COMMON_GROUND_EMBEDDINGS back, or make the index again by: "
            "common-ground rebuild"
        )


def _fingerprint(holding: Holding) -> str:
    text = holding.source.model_dump_json() + holding.headed.text + repr(holding.headed.sections)
    return hashlib.sha256(text.encode()).hexdigest()
