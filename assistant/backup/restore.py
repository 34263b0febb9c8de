"""Restoring a back-up: everything is unpacked beside what is there and checked, and then takes its place."""

import os
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path

from assistant.backup.archive import COUNTS, RECORD, Contents, Member, checked, pieces
from assistant.errors import BackupError
from assistant.library.folder import replace_file, replace_library, restoring, stored_files
from assistant.library.holdings import read_entry
from assistant.search import generation, store
from assistant.settings import Settings, ensure_home

_LARGEST = 50e9  # bytes unpacked


def losses(settings: Settings, archive: Path) -> tuple[str, ...]:
    """The documents that restoring a back-up would take away or replace by another text."""
    with checked(archive) as (opened, files):
        kept = {path.stem: path for path in stored_files(settings.home)}
        names = {id_: f"library/{id_}.json" for id_ in kept}
        return tuple(
            id_ for id_, path in kept.items() if names[id_] not in files or opened.read(names[id_]) != path.read_bytes()
        )


def restore(settings: Settings, archive: Path) -> Contents:
    """Put the library, the index and the counts of a back-up into the place of those in the data folder.

    Everything is unpacked beside them and compared with its hash first. Raises BackupError for a back-up
    that is damaged, not ours or made by a newer version; then nothing has changed.
    """
    home = ensure_home(settings.home)
    where = store.folder(settings)
    with checked(archive) as (opened, files), generation.writing(where):
        _see_that_it_fits(home, files)
        generation.sweep(where)
        fresh, index = restoring(home), generation.begin(where, None)
        try:
            last = _unpacked(opened, files, {"library": fresh, "index": index})
            documents = tuple(path.stem for path in sorted(fresh.glob("*.json")))
            for id_ in documents:
                read_entry((fresh / f"{id_}.json").read_bytes(), f"{archive}: {id_}")
            replace_library(home, fresh)
            if RECORD in last:  # from here on, and not before, the index is one that may be published
                replace_file(index / "record.json", last[RECORD])
        except OSError as error:
            raise BackupError(
                f"The back-up {archive} could not be unpacked in {home} ({error.strerror or error}). Make room there."
            ) from error
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
            if not (index / "record.json").exists():
                generation.abandon(index)
        if COUNTS in last:
            (home / "gaps").mkdir(exist_ok=True, mode=0o700)
            replace_file(home / COUNTS, last[COUNTS])
        if RECORD in last:
            # What the library held meanwhile may be in the generations before: they go.
            generation.publish(where, index, erase_older=True)
        return Contents(documents, RECORD in last, archive.stat().st_size)


def _see_that_it_fits(home: Path, files: Mapping[str, Member]) -> None:
    needed, room = sum(one.size for one in files.values()), shutil.disk_usage(home).free
    if needed > min(room * 0.9, _LARGEST):
        raise BackupError(
            f"Unpacked, the back-up would take {needed / 1e9:,.1f} GB, and {room / 1e9:,.1f} GB are free in {home}. "
            "If it is yours and should be that large, make room; otherwise do not use it."
        )


def _unpacked(opened: zipfile.ZipFile, files: Mapping[str, Member], places: Mapping[str, Path]) -> dict[str, bytes]:
    """Write the files to their places, comparing each with its hash.

    The two that are written last, when all else is in place, are given back: each makes something count.
    """
    last = {}
    for name, member in files.items():
        part, _, inside = name.partition("/")
        if name in (COUNTS, RECORD):
            last[name] = b"".join(pieces(opened, name, member))
            continue
        target = places[part] / inside
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with open(target, "xb", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
            for piece in pieces(opened, name, member):
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
    return last
