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
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from assistant.errors import BusyError, StoreError
from assistant.library.folder import replace_file

FORM = 3  # of the record, the collections and what is fitted (`fit.py`); an index of another form is made again
_KEPT = 3  # generations: the live one and two to go back to
_POINTER = "current"
_RECORD = "record.json"
_ERASING = "erasing"  # names the live generation where those before it have to go
_HELD = "held"  # names the live generation where it was gone back to


@dataclass(frozen=True, slots=True)
class Canary:
    """A vector that must be found: if a search for it returns nothing at its place, vectors are lost."""

    collection: str
    id: str
    vector: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """What a generation was made of: the model, and a fingerprint of each source.

    `added` and `changed` are the sources that were new in it, or not as before; of those that went,
    `removed` says only how many, so that the name of a removed file stays nowhere.
    """

    model: Mapping[str, str]
    sources: Mapping[str, str]
    canaries: tuple[Canary, ...]
    made: str
    form: int = FORM
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: int = 0
    seal: Mapping[str, str] = field(default_factory=dict)  # a hash of each part; none before there were seals


def live(folder: Path) -> Path | None:
    """The folder of the live generation, or None where there is none yet."""
    name = _named(folder / _POINTER)
    path = folder / name
    return path if name and path.is_dir() else None


def earlier(folder: Path) -> list[Path]:
    """The finished generations before the live one, the latest first."""
    current = live(folder)
    finished = (path for path in folder.glob("generation-*") if (path / _RECORD).exists())
    return sorted((path for path in finished if current is None or path.name < current.name), reverse=True)


def is_held(folder: Path) -> bool:
    """Whether the live generation was gone back to, and nothing was published since."""
    current = live(folder)
    return current is not None and _named(folder / _HELD) == current.name


def _named(pointer: Path) -> str:
    try:
        return pointer.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):  # no such file, or a file where the folder should be
        return ""


def read_record(generation: Path) -> Record:
    """What a generation was made of. Raises StoreError where that cannot be read."""
    try:
        data = json.loads((generation / _RECORD).read_text(encoding="utf-8"))
        canaries = tuple(Canary(one["collection"], one["id"], tuple(one["vector"])) for one in data["canaries"])
        news = tuple(data.get("added", ())), tuple(data.get("changed", ())), int(data.get("removed", 0))
        seal = dict(data.get("seal", {}))
        return Record(data["model"], data["sources"], canaries, data["made"], data["form"], *news, seal)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"The index in {generation} has lost its record. Run: common-ground rebuild") from error


def write_record(generation: Path, record: Record) -> None:
    """Note what a generation was made of."""
    data: dict[str, Any] = {
        "form": record.form,
        "made": record.made,
        "added": list(record.added),
        "changed": list(record.changed),
        "removed": record.removed,
        "seal": dict(record.seal),
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
    path.mkdir(mode=0o700)
    try:
        if copy_of is not None:
            shutil.copytree(copy_of, path, dirs_exist_ok=True, ignore=shutil.ignore_patterns(_RECORD))
    except BaseException:
        abandon(path)
        raise
    return path


def publish(folder: Path, generation: Path, *, erase_older: bool) -> None:
    """Make a finished generation the live one, and let go of old ones.

    Two older ones are kept, unless something was removed from the library: then they go too, since
    they still hold its text and vectors.
    """
    if erase_older:  # noted before the swap: whoever is stopped after it leaves that to the next sync
        replace_file(folder / _ERASING, generation.name.encode())
    replace_file(folder / _POINTER, generation.name.encode())
    _let_go(folder)


def go_back(folder: Path, generation: Path) -> None:
    """Make an earlier generation the live one again; it stays so until another is published."""
    replace_file(folder / _HELD, generation.name.encode())
    replace_file(folder / _POINTER, generation.name.encode())


def _let_go(folder: Path) -> None:
    current = live(folder)
    others = sorted((path for path in folder.glob("generation-*") if path != current), reverse=True)
    is_erasing = current is not None and _named(folder / _ERASING) == current.name
    for path in others[0 if is_erasing else _KEPT - 1 :]:
        shutil.rmtree(path, ignore_errors=True)  # one still open on Windows goes at the next sync
    if is_erasing and list(folder.glob("generation-*")) == [current]:
        (folder / _ERASING).unlink()


def abandon(generation: Path) -> None:
    """Throw away a generation that was not finished."""
    shutil.rmtree(generation, ignore_errors=True)


def has_leftovers(folder: Path) -> bool:
    """Whether a killed writer left something behind that `sweep` throws away."""
    return (folder / _ERASING).exists() or bool(_unfinished(folder) or _temporary(folder))


def sweep(folder: Path) -> None:
    """Throw away what killed writers left behind: generations without a record, those that had to go, scraps."""
    for path in _unfinished(folder):
        abandon(path)
    for path in _temporary(folder):
        path.unlink(missing_ok=True)
    if (folder / _ERASING).exists():
        _let_go(folder)


def _unfinished(folder: Path) -> list[Path]:
    return [path for path in folder.glob("generation-*") if path != live(folder) and not (path / _RECORD).exists()]


def _temporary(folder: Path) -> list[Path]:
    return [path for name in (_POINTER, _ERASING, _HELD) for path in folder.glob(f".{name}.*")]
