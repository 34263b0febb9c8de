"""Filling a generation: what is new is embedded and added, what is gone is deleted, by LangChain's indexing."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.indexing import InMemoryRecordManager, index

from assistant.library import split
from assistant.library.holdings import Library
from assistant.search import embed, judge, keyword
from assistant.search.collections import COLLECTIONS, PASSAGES, SENTENCES, SITUATIONS, collection
from assistant.search.fit import fit
from assistant.search.generation import Canary
from assistant.settings import Settings

if TYPE_CHECKING:
    from langchain_chroma import Chroma

SITUATIONS_SOURCE = "(situations)"  # no source id has brackets
KEYWORD, JUDGE = "keyword", "judge.npz"  # what lies beside the collections of a generation
BATCH = 250  # Chroma refuses more than 5,461 at once and advises 50 to 250

Progress = Callable[[int, int], None]


def fill(
    path: Path,
    settings: Settings,
    library: Library,
    changed: Sequence[str],
    lender: Path | None,
    progress: Progress,
) -> None:
    """Write the entries of the changed sources, then everything that is derived from all entries.

    What judges a question is fitted unless it lies in the generation already.
    """
    entries = _entries(library, changed)
    total = sum(len(found) for found in entries.values())
    meter = _Meter(progress, total)
    for name in COLLECTIONS:
        lent = collection(lender, name) if lender else None
        store = collection(path, name, _Reusing(settings, lent, meter))
        _index(store, entries[name])
        meter.reach(sum(len(entries[one]) for one in COLLECTIONS[: COLLECTIONS.index(name) + 1]))
    passages = collection(path, PASSAGES).get(include=["documents"])
    keyword.build(path / KEYWORD, passages["ids"], passages["documents"])
    if not (path / JUDGE).exists():
        situations = collection(path, SITUATIONS).get(include=["embeddings", "documents", "metadatas"])
        judge.save(path / JUDGE, fit(situations))


def _entries(library: Library, changed: Sequence[str]) -> dict[str, list[Document]]:
    holdings = [one for one in library if one.source.id in set(changed)]
    situations = list(split.situation_entries(library)) if SITUATIONS_SOURCE in changed else []
    for entry in situations:
        entry.metadata["group"] = SITUATIONS_SOURCE
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


def canaries(path: Path) -> tuple[Canary, ...]:
    """One vector from the start, the middle and the end of each collection."""
    found = []
    for name in COLLECTIONS:
        store = collection(path, name)
        ids = store.get(include=[])["ids"]
        chosen = sorted({ids[place] for place in (0, len(ids) // 2, -1)}) if ids else []
        if chosen:
            held = store.get(ids=chosen, include=["embeddings"])
            found += [
                Canary(name, id_, tuple(map(float, vector)))
                for id_, vector in zip(held["ids"], held["embeddings"], strict=True)
            ]
    return tuple(found)
