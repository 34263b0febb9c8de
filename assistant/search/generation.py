"""Generations of the index: folders that are made whole, checked, and never changed again.

A pointer file names the live one. Chroma can be left unreadable by a kill during a write, opens
without an error when its vectors are lost, and loses vectors when two processes write; so a writer
works on a copy, under a lock, and moves the pointer only when known vectors can be found in it.
"""

import json
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from assistant.errors import BusyError, StoreError
from assistant.library.holdings import replace_file

FORM = 2  # of the record and the collections; an index of another form is made again
_KEPT = 3  # generations: the live one and two to go back to
_POINTER = "current"
_RECORD = "record.json"


@dataclass(frozen=True, slots=True)
class Canary:
    """A vector that must be found: if a search for it returns nothing at its place, vectors are lost."""

    collection: str
    id: str
    vector: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """What a generation was made of: the model, and a fingerprint of each source."""

    model: Mapping[str, str]
    sources: Mapping[str, str]
    canaries: tuple[Canary, ...]
    made: str
    form: int = FORM


def live(folder: Path) -> Path | None:
    """The folder of the live generation, or None where there is none yet."""
    try:
        name = (folder / _POINTER).read_text(encoding="utf-8").strip()
    except OSError:  # no such file, or a file where the folder should be
        return None
    path = folder / name
    return path if name and path.is_dir() else None


def read_record(generation: Path) -> Record:
    """What a generation was made of. Raises StoreError where that cannot be read."""
    try:
        data = json.loads((generation / _RECORD).read_text(encoding="utf-8"))
        canaries = tuple(Canary(one["collection"], one["id"], tuple(one["vector"])) for one in data["canaries"])
        return Record(data["model"], data["sources"], canaries, data["made"], data["form"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"The index in {generation} has lost its record. Run: common-ground rebuild") from error


def write_record(generation: Path, record: Record) -> None:
    """Note what a generation was made of."""
    data: dict[str, Any] = {
        "form": record.form,
        "made": record.made,
        "model": dict(record.model),
        "sources": dict(record.sources),
        "canaries": [
            {"collection": one.collection, "id": one.id, "vector": list(one.vector)} for one in record.canaries
        ],
    }
    replace_file(generation / _RECORD, json.dumps(data).encode())


@contextmanager
def writing(folder: Path, wait: float = 0) -> Iterator[None]:
    """Be the one process that writes; wait so many seconds for another to finish.

    Raises BusyError while another process is writing. The lock goes with the process, however it ends.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = FileLock(folder / "lock")
    try:
        lock.acquire(timeout=wait)
    except Timeout:
        raise BusyError(
            "Another Common Ground process is updating the index. Try again when it has finished."
        ) from None
    try:
        yield
    finally:
        lock.release()


def begin(folder: Path, copy_of: Path | None) -> Path:
    """A folder for the next generation: empty, or a copy of the one to go on from."""
    now = time.time_ns()
    stamp = time.strftime("%Y%m%dT%H%M%S", time.gmtime(now // 1_000_000_000))
    # Names sort by the time they were made, also within a second.
    path = folder / f"generation-{stamp}-{now % 1_000_000_000:09d}-{os.getpid()}"
    if copy_of is not None:
        shutil.copytree(copy_of, path)
    else:
        path.mkdir(mode=0o700)
    return path


def publish(folder: Path, generation: Path, *, erase_older: bool) -> None:
    """Make a finished generation the live one, and let go of old ones.

    Two older ones are kept, unless something was removed from the library: then they go too, since
    they still hold its text and vectors.
    """
    replace_file(folder / _POINTER, generation.name.encode())
    older = sorted((path for path in folder.glob("generation-*") if path != generation), reverse=True)
    for path in older[0 if erase_older else _KEPT - 1 :]:
        shutil.rmtree(path, ignore_errors=True)  # one still open on Windows goes at the next sync


def abandon(generation: Path) -> None:
    """Throw away a generation that was not finished."""
    shutil.rmtree(generation, ignore_errors=True)


def sweep(folder: Path) -> None:
    """Throw away what killed writers left behind: generations without a record."""
    for path in folder.glob("generation-*"):
        if path != live(folder) and not (path / _RECORD).exists():
            abandon(path)
