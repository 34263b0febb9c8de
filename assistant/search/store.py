"""The index: LangChain's Chroma over a persistent folder, kept in step with the library."""

import hashlib
import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.indexing import InMemoryRecordManager, index

from assistant.errors import BusyError, StoreError
from assistant.library import split
from assistant.library.holdings import Holding, Library, open_library
from assistant.search import embed, generation, judge, keyword
from assistant.search.generation import Canary, Record
from assistant.settings import Settings, ensure_home

if TYPE_CHECKING:
    from langchain_chroma import Chroma

logger = logging.getLogger(__name__)

PASSAGES, SENTENCES, SITUATIONS = "passages", "sentences", "situations"
COLLECTIONS = (PASSAGES, SENTENCES, SITUATIONS)
_SITUATIONS_SOURCE = "(situations)"  # no source id has brackets
BATCH = 250  # Chroma refuses more than 5,461 at once and advises 50 to 250
# Wider than Chroma's defaults: at this size the search is then all but exact.
_HNSW: Any = {"space": "cosine", "ef_construction": 400, "ef_search": 1000, "max_neighbors": 64}

_KEYWORD, _JUDGE = "keyword", "judge.json"
_SAME = 0.001  # cosine distance of a vector to itself, with room for rounding

Progress = Callable[[int, int], None]


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
        rewritten = (set(changed) & set(had)) - {_SITUATIONS_SOURCE}
        fresh = record is None or bool(removed) or bool(rewritten)
        path = generation.begin(folder(settings), None if fresh else old)
        try:
            lender = old if record else None
            _fill(path, settings, library, tuple(wanted) if fresh else changed, lender, progress)
            canaries = _canaries(path)
            made = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
            generation.write_record(path, Record(model.as_dict(), wanted, canaries, made))
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
    passages, sentences, situations = (_collection(path, name) for name in COLLECTIONS)
    held = passages.get(include=["metadatas"])
    return Index(
        path,
        record,
        passages,
        sentences,
        situations,
        keyword.load(path / _KEYWORD),
        judge.load(path / _JUDGE),
        {id_: f"{one['source']}#{one['anchor']}" for id_, one in zip(held["ids"], held["metadatas"], strict=True)},
        {one["source"]: split.shelf_mark(one) for one in held["metadatas"]},
        frozenset(one["source"] for one in situations.get(include=["metadatas"])["metadatas"]),
    )


def fingerprints(library: Library) -> dict[str, str]:
    """What tells, source by source, whether anything that is indexed has changed."""
    prints = {one.source.id: _fingerprint(one) for one in library}
    situations = repr([(one.id, one.text, one.places) for one in library.situations])
    return prints | {_SITUATIONS_SOURCE: hashlib.sha256(situations.encode()).hexdigest()}


def check(path: Path) -> None:
    """Search a generation for vectors that it must hold; a count would not show that they are lost.

    Raises StoreError where one is not found, or where what lies beside the vectors cannot be read.
    """
    try:
        keyword.load(path / _KEYWORD)
        judge.load(path / _JUDGE)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"The index in {path} is damaged. Run: common-ground rebuild") from error
    for canary in generation.read_record(path).canaries:
        try:
            found = _collection(path, canary.collection).similarity_search_by_vector_with_relevance_scores(
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


def client(path: Path) -> Any:
    """The process's one Chroma client of a generation; Chroma itself keeps one for each path."""
    from chromadb import PersistentClient  # heavy, and not needed for the commands that do not search
    from chromadb.config import Settings as ChromaSettings

    quiet = ChromaSettings(anonymized_telemetry=False)
    return PersistentClient(path=str(path / "chroma"), settings=quiet)


def _collection(path: Path, name: str, embeddings: Embeddings | None = None) -> "Chroma":
    from langchain_chroma import Chroma

    return Chroma(
        collection_name=name,
        embedding_function=embeddings,
        client=client(path),
        collection_configuration={"hnsw": _HNSW},
    )


def _fill(
    path: Path,
    settings: Settings,
    library: Library,
    changed: Sequence[str],
    lender: Path | None,
    progress: Progress,
) -> None:
    """Write the entries of the changed sources, then everything that is derived from all entries."""
    entries = _entries(library, changed)
    total = sum(len(found) for found in entries.values())
    meter = _Meter(progress, total)
    for name in COLLECTIONS:
        lent = _collection(lender, name) if lender else None
        store = _collection(path, name, _Reusing(settings, lent, meter))
        _index(store, entries[name])
        meter.reach(sum(len(entries[one]) for one in COLLECTIONS[: COLLECTIONS.index(name) + 1]))
    passages = _collection(path, PASSAGES).get(include=["documents"])
    keyword.build(path / _KEYWORD, passages["ids"], passages["documents"])
    situations = _collection(path, SITUATIONS).get(include=["embeddings", "metadatas"])
    judge.fit(path / _JUDGE, situations)


def _entries(library: Library, changed: Sequence[str]) -> dict[str, list[Document]]:
    holdings = [one for one in library if one.source.id in set(changed)]
    situations = list(split.situation_entries(library)) if _SITUATIONS_SOURCE in changed else []
    for entry in situations:
        entry.metadata["group"] = _SITUATIONS_SOURCE
    entries = {
        PASSAGES: [entry for one in holdings for entry in _once(split.passages(one))],
        SENTENCES: [entry for one in holdings for entry in _once(split.sentences(one))],
    }
    for found in entries.values():
        for entry in found:
            entry.metadata["group"] = entry.metadata["source"]
    return entries | {SITUATIONS: situations}


def _once(entries: Iterator[Document]) -> Iterator[Document]:
    """The entries without those that say again what their section said before.

    Of very many equal vectors, the nearest-neighbour graph of Chroma loses some.
    """
    said: set[tuple[str, str]] = set()
    for entry in entries:
        key = split.place(entry).section, entry.metadata["content"]
        if key not in said:
            said.add(key)
            yield entry


def _index(store: "Chroma", entries: Sequence[Document]) -> None:
    """Add what is new and delete what is gone of these sources, by LangChain's indexing API.

    Its record manager is filled from the store each time, so that the store is the only truth.
    """
    records = InMemoryRecordManager(namespace="common-ground")
    held = store.get(include=["metadatas"])
    if held["ids"]:
        groups = [data["group"] for data in held["metadatas"]]
        records.update(held["ids"], group_ids=groups)
    index(
        entries,
        records,
        store,
        batch_size=BATCH,
        cleanup="scoped_full",
        source_id_key="group",
        key_encoder="sha256",
    )


class _Meter:
    """Progress that only goes forward, in entries done."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def add(self, number: int) -> None:
        self.reach(self._done + number)

    def reach(self, done: int) -> None:
        self._done = max(self._done, min(done, self._total))
        self._progress(self._done, self._total)


class _Reusing(Embeddings):
    """Embeds only what the generation before does not hold already, by the hash of the text."""

    def __init__(self, settings: Settings, lender: "Chroma | None", meter: _Meter) -> None:
        self._settings, self._lender, self._meter = settings, lender, meter

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        hashes = [split.content_hash(text) for text in texts]
        known = self._known(hashes)
        missing = {one: text for one, text in zip(hashes, texts, strict=True) if one not in known}
        for some in _batches(list(missing.items()), 64):
            vectors = embed.embeddings(self._settings).embed_documents([text for _, text in some])
            known |= dict(zip((one for one, _ in some), vectors, strict=True))
            self._meter.add(len(some))
        return [known[one] for one in hashes]

    def embed_query(self, text: str) -> list[float]:
        return embed.embeddings(self._settings).embed_query(text)

    def _known(self, hashes: Sequence[str]) -> dict[str, list[float]]:
        if self._lender is None:
            return {}
        among: Any = {"content": {"$in": list(set(hashes))}}
        found = self._lender.get(where=among, include=["embeddings", "metadatas"])
        vectors: Any = found["embeddings"]
        return {
            str(data["content"]): list(map(float, vector))
            for data, vector in zip(found["metadatas"] or (), vectors, strict=True)
        }


def _batches(items: Sequence[tuple[str, str]], size: int) -> Iterator[Sequence[tuple[str, str]]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _canaries(path: Path) -> tuple[Canary, ...]:
    """One vector from the start, the middle and the end of each collection."""
    canaries = []
    for name in COLLECTIONS:
        store = _collection(path, name)
        ids = store.get(include=[])["ids"]
        chosen = sorted({ids[place] for place in (0, len(ids) // 2, -1)}) if ids else []
        if chosen:
            held = store.get(ids=chosen, include=["embeddings"])
            canaries += [
                Canary(name, id_, tuple(map(float, vector)))
                for id_, vector in zip(held["ids"], held["embeddings"], strict=True)
            ]
    return tuple(canaries)
