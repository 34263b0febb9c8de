"""The library folder on disk: its entries, writing one whole, and what is left when that is stopped.

It knows files alone, and nothing of what they say.
"""

import os
import shutil
import time
from pathlib import Path

_BEFORE = "library.before"  # where the library lies for the moment that a back-up takes its place
_REPLACED = "library.*"  # that, and a library on its way out of a back-up (`restoring`)
_STALE = 600.0  # seconds after which what was half written is nobody's


def stored_files(home: Path) -> list[Path]:
    """The entries of the library, in the order of their ids."""
    if (home / _BEFORE).exists() and not (home / "library").exists():
        (home / _BEFORE).rename(home / "library")
    return sorted((home / "library").glob("*.json"))


def has_leftovers(home: Path) -> bool:
    """Whether an adding that was killed left something behind."""
    return bool(_leftovers(home) or list(home.glob(_REPLACED)))


def sweep_library(home: Path) -> None:
    """Throw away what an adding left that was killed; it was never said to have been added."""
    for path in _leftovers(home):
        path.unlink(missing_ok=True)
    for path in home.glob(_REPLACED):
        if path.name != _BEFORE or (home / "library").exists():
            shutil.rmtree(path, ignore_errors=True)


def _leftovers(home: Path) -> list[Path]:
    """Half-written files, and copies without their entry, old enough that nobody is at work on them."""
    folder, now = home / "library", time.time()
    entries = {path.stem for path in folder.glob("*.json")}
    alone = [path for path in folder.glob("*.original.*") if path.name.split(".original.")[0] not in entries]
    return [path for path in (*folder.glob(".*"), *alone) if _age(path, now) > _STALE]


def _age(path: Path, now: float) -> float:
    try:
        return now - path.stat().st_mtime
    except OSError:  # finished meanwhile
        return 0.0


def restoring(home: Path) -> Path:
    """An empty folder beside the library, for what comes to take its place; swept away if it never does."""
    fresh = home / "library.restoring"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    return fresh


def replace_library(home: Path, fresh: Path) -> None:
    """Put a folder of entries and copies into the place of the library, whole or not at all.

    Where this is stopped between the two renamings, the next to open the library puts the old one back.
    """
    folder, before = home / "library", home / _BEFORE
    shutil.rmtree(before, ignore_errors=True)
    if folder.exists():
        folder.rename(before)
    fresh.rename(folder)
    _names_to_disk(home)
    shutil.rmtree(before, ignore_errors=True)


def replace_file(path: Path, data: bytes) -> None:
    """Write a file so that a reader sees the old one or the new one whole, whatever happens.

    It is its owner's alone, as the data folder is.
    """
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with open(fresh, "wb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(fresh, path)
        _names_to_disk(path.parent)
    finally:
        fresh.unlink(missing_ok=True)


def _names_to_disk(folder: Path) -> None:
    """Have the system bring the names in a folder to the disk, so that a power cut does not undo a renaming."""
    if os.name == "posix":
        held = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(held)
        finally:
            os.close(held)
