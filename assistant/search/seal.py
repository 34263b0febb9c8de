"""Sealing a generation: what nobody wrote is cleared, all is brought to the disk, and a hash of each part noted.

The seal tells damage that a search for a few known vectors cannot, and tells it before Chroma opens what
is damaged: it was seen to crash on that.
"""

import hashlib
import os
import sqlite3
import struct
from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path

from assistant.errors import StoreError

_DATABASE = "chroma.sqlite3"
# Opening the database, Chroma notes that it could write: the file changes, and what it holds does not.
_ROWS = """
    SELECT s.scope, c.name, e.embedding_id, m.key, m.string_value, m.int_value, m.float_value, m.bool_value
    FROM embeddings e JOIN segments s ON s.id = e.segment_id JOIN collections c ON c.id = s.collection
    JOIN embedding_metadata m ON m.id = e.id ORDER BY 1, 2, 3, 4
"""
_COLLECTIONS = "SELECT name, dimension, config_json_str, schema_str FROM collections ORDER BY 1"
_HEADER = struct.Struct("<iQQQQ")  # version, offset, places, elements, bytes an element
_LENGTH = 4  # bytes of the length of a vector


def seal(path: Path) -> dict[str, str]:
    """Clear and bring to the disk a generation that was filled and closed; the hash of each part of it.

    Raises StoreError where not all that was written has arrived.
    """
    vectors = sum(_clear(header) for header in sorted(path.glob("chroma/*/header.bin")))
    if vectors < _count(path / "chroma" / _DATABASE):
        raise StoreError(f"The index in {path} could not be written whole. Is the disk full?")
    for part in sorted(path.rglob("*"), reverse=True):
        if part.is_file():
            part.chmod(0o600)
        to_disk(part)
    to_disk(path)
    return _hashes(path)


def check_seal(path: Path, seal: Mapping[str, str]) -> None:
    """Raise StoreError where a part of a generation is not as it was sealed; one without a seal passes."""
    if seal and (part := _first_difference(path, seal)):
        raise StoreError(f"The index in {path} is damaged ({part}). Run: common-ground rebuild")


def to_disk(path: Path) -> None:
    """Have the system bring a file, or the names in a folder, to the disk now."""
    with suppress(PermissionError):  # Windows has no such thing for a folder
        held = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
        try:
            os.fsync(held)
        finally:
            os.close(held)


def _clear(header: Path) -> int:
    """Put zeros where a vector file has room for more vectors than it holds; how many it holds.

    Chroma writes that room as it lies in memory, uncleared: it may hold words of another source.
    """
    try:
        _, _, _, elements, size = _HEADER.unpack_from(header.read_bytes())
        for name, each in (("data_level0.bin", size), ("length.bin", _LENGTH)):
            with (header.parent / name).open("r+b") as file:
                room = file.seek(0, os.SEEK_END) - elements * each
                if room < 0:
                    raise StoreError(f"The index in {header.parent} could not be written whole. Is the disk full?")
                file.seek(elements * each)
                file.write(bytes(room))
        return int(elements)
    except (OSError, struct.error) as error:
        raise StoreError(f"The index in {header.parent} could not be written. Is the disk full?") from error


def _first_difference(path: Path, seal: Mapping[str, str]) -> str | None:
    try:
        found = _hashes(path)
    except (OSError, sqlite3.Error):
        return "it cannot be read"
    return next((part for part in sorted({**seal, **found}) if seal.get(part) != found.get(part)), None)


def _hashes(path: Path) -> dict[str, str]:
    files = sorted(one for one in path.rglob("*") if one.is_file() and one.parent != path.joinpath("chroma"))
    named = {one.relative_to(path).as_posix(): one for one in files if one.parent != path or one.suffix == ".npz"}
    hashes = {name: _hash(one) for name, one in named.items()}
    return hashes | {_DATABASE: _hash_of_database(path / "chroma" / _DATABASE)}


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _count(database: Path) -> int:
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True, timeout=5)) as opened:
        return int(opened.execute("SELECT count(*) FROM embeddings").fetchone()[0])


def _hash_of_database(database: Path) -> str:
    try:
        return _hash_of_rows(database)
    except sqlite3.OperationalError:  # who was stopped left a journal, which only one that may write can undo
        return _hash_of_rows(database, "rw")


def _hash_of_rows(database: Path, mode: str = "ro") -> str:
    digest = hashlib.sha256()
    with closing(sqlite3.connect(f"{database.as_uri()}?mode={mode}", uri=True, timeout=5)) as opened:
        if opened.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("damaged")
        for rows in (_COLLECTIONS, _ROWS):
            for row in opened.execute(rows):
                digest.update(repr(row).encode())
    return digest.hexdigest()
