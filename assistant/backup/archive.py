"""The archive of a back-up: what it says of itself, and reading none that is not as it says."""

import hashlib
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant import __version__
from assistant.errors import BackupError
from assistant.settings import HOME_FORM

MANIFEST = "manifest.json"
PRODUCT = "common-ground back-up"
COUNTS = "gaps/counts.json"
RECORD = "index/record.json"
PIECE = 1 << 20  # bytes read at once
_LONGEST_MANIFEST = 100_000_000  # bytes: some 500,000 files
# Names that we write, and no other: no way out of the folder, no drive, no link, no hidden file.
_PLAIN = r"[A-Za-z0-9_][A-Za-z0-9_.\-]*"
NAME = re.compile(rf"library/{_PLAIN}|gaps/counts\.json|index/(?:{_PLAIN}/){{0,3}}{_PLAIN}")


class Member(BaseModel):
    """A file of a back-up: its SHA-256 and its size in bytes."""

    model_config = ConfigDict(frozen=True)

    sha256: str
    size: int


class Manifest(BaseModel):
    """What a back-up says of itself."""

    model_config = ConfigDict(frozen=True)

    product: str
    form: int
    version: str
    made: str
    files: dict[str, Member]


@dataclass(frozen=True, slots=True)
class Contents:
    """What a back-up holds: its documents, whether it has the index, and its size in bytes."""

    documents: tuple[str, ...]
    has_index: bool
    size: int


@contextmanager
def checked(archive: Path) -> Iterator[tuple[zipfile.ZipFile, Mapping[str, Member]]]:
    """A back-up whose list of files is in order, and that list."""
    try:
        with zipfile.ZipFile(archive) as opened:
            yield opened, _listed(opened, archive)
    except OSError as error:
        raise BackupError(f"The back-up {archive} cannot be read ({error.strerror or error}).") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, KeyError) as error:
        raise damaged(archive, "it is not whole") from error


def _listed(opened: zipfile.ZipFile, archive: Path) -> Mapping[str, Member]:
    if opened.getinfo(MANIFEST).file_size > _LONGEST_MANIFEST:
        raise damaged(archive, "its list of files is too long")
    try:
        manifest = Manifest.model_validate_json(opened.read(MANIFEST))
    except ValidationError as error:
        raise damaged(archive, "its list of files is not in order") from error
    if manifest.product != PRODUCT:
        raise BackupError(f"{archive} is not a back-up of Common Ground. Name the file that 'backup' made.")
    if manifest.form > HOME_FORM:
        raise BackupError(
            f"The back-up {archive} was made by Common Ground {manifest.version}, and this older version "
            f"({__version__}) does not know its form. Install that version or a newer one."
        )
    there = sorted(one.filename for one in opened.infolist())
    if there != sorted([*manifest.files, MANIFEST]):
        raise damaged(archive, "files are missing from it, or there are more than it lists")
    if wrong := next((name for name in manifest.files if not NAME.fullmatch(name)), None):
        raise damaged(archive, f"it holds a file of the name {wrong!r}")
    for name, member in manifest.files.items():
        if opened.getinfo(name).file_size != member.size:
            raise damaged(archive, f"{name} is not as long as it should be")
    return manifest.files


def pieces(opened: zipfile.ZipFile, name: str, member: Member) -> Iterator[bytes]:
    """A file of the archive, piece by piece; never more of it than its list says."""
    digest, size = hashlib.sha256(), 0
    with opened.open(name) as file:
        while piece := file.read(PIECE):
            digest.update(piece)
            size += len(piece)
            if size > member.size:
                break
            yield piece
    if size != member.size or digest.hexdigest() != member.sha256:
        raise damaged(Path(opened.filename or "?"), f"{name} is not as it was when it was made")


def damaged(archive: Path, how: str) -> BackupError:
    """The error that a back-up is not as it was made, and in what."""
    return BackupError(f"The back-up {archive} is damaged: {how}. Nothing was changed. Take another back-up.")
