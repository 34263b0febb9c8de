"""Writing a back-up, also while documents are added and the index is made."""

import hashlib
import os
import re
import time
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from assistant import __version__
from assistant.backup.archive import COUNTS, MANIFEST, NAME, PIECE, PRODUCT, Contents, Manifest, Member
from assistant.errors import BackupError, CommonGroundError
from assistant.library.folder import stored_files
from assistant.library.holdings import read_entry
from assistant.search import generation, store
from assistant.search.seal import check_seal
from assistant.settings import HOME_FORM, Settings, check_form

_TRIES = 20  # at reading what another process is writing or letting go of


def back_up(settings: Settings, target: Path) -> Contents:
    """Write a back-up of the data folder to a file, which is made whole or not at all.

    Documents may be added, and the index made, meanwhile: each document is whole in it, and all are
    there that had been added before. Raises BackupError where it cannot be written.
    """
    check_form(settings.home)
    fresh = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with open(fresh, "wb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                contents = _Writing(archive).write(settings)
            file.flush()
            os.fsync(file.fileno())
        os.replace(fresh, target)
        return Contents(*contents, target.stat().st_size)
    except OSError as error:
        raise BackupError(
            f"The back-up {target} could not be written ({error.strerror or error}). "
            "Choose another place, or make room there."
        ) from error
    finally:
        fresh.unlink(missing_ok=True)


class _Writing:
    """An archive on its way, and the size and hash of what is in it so far."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._files: dict[str, Member] = {}

    def write(self, settings: Settings) -> tuple[tuple[str, ...], bool]:
        """Write everything, the manifest last; the documents, and whether the index is there."""
        documents = []
        for entry in stored_files(settings.home):
            if parts := _document(entry):
                documents.append(entry.stem)
                for name, data in parts.items():
                    self._add(f"library/{name}", data)
        has_index = False
        with _opened_index(settings) as files:
            for name, file in files.items():
                has_index = True
                self._copy(f"index/{name}", file)
        counts = settings.home / COUNTS
        if counts.exists():
            self._add(COUNTS, counts.read_bytes())
        made = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        manifest = Manifest(product=PRODUCT, form=HOME_FORM, version=__version__, made=made, files=self._files)
        self._archive.writestr(MANIFEST, manifest.model_dump_json(indent=1))
        return tuple(documents), has_index

    def _add(self, name: str, data: bytes) -> None:
        if not NAME.fullmatch(name):
            raise BackupError(f"{name} has a name that no back-up may hold. Rename the document and add it again.")
        self._files[name] = Member(sha256=hashlib.sha256(data).hexdigest(), size=len(data))
        self._archive.writestr(name, data)

    def _copy(self, name: str, file: IO[bytes]) -> None:
        digest, size = hashlib.sha256(), 0
        with self._archive.open(name, "w", force_zip64=True) as member:
            while piece := file.read(PIECE):
                digest.update(piece)
                size += len(piece)
                member.write(piece)
        self._files[name] = Member(sha256=digest.hexdigest(), size=size)


def _document(entry: Path) -> dict[str, bytes]:
    """An entry and its copy by file name, read at one moment; none where it was removed meanwhile.

    Raises BackupError where the entry is damaged: a back-up that cannot be restored is none.
    """
    for _ in range(_TRIES):
        try:
            copies = sorted(entry.parent.glob(f"{entry.stem}.original.*"))
            before = [_state(path) for path in (entry, *copies)]
            parts = {path.name: path.read_bytes() for path in (entry, *copies)}
            if before == [_state(path) for path in (entry, *copies)]:
                read_entry(parts[entry.name], str(entry))
                return parts
        except FileNotFoundError:
            if not entry.exists():
                return {}
        time.sleep(0.05)
    raise BackupError(f"{entry.stem} is being changed again and again. Make the back-up when that has ended.")


def _state(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_ino, found.st_mtime_ns, found.st_size


@contextmanager
def _opened_index(settings: Settings) -> Iterator[dict[str, IO[bytes]]]:
    """The files of the live generation, all open, by name; none where there is no sound one.

    A file that is open can be read to its end, also where its generation is let go of meanwhile.
    """
    with ExitStack() as stack:
        files: dict[str, IO[bytes]] = {}
        for _ in range(_TRIES):
            path = generation.live(store.folder(settings))
            try:
                if path is not None:
                    check_seal(path, generation.read_record(path).seal)
                    names = sorted(one for one in path.rglob("*") if one.is_file())
                    files = {one.relative_to(path).as_posix(): stack.enter_context(one.open("rb")) for one in names}
                break
            except OSError:  # let go of meanwhile: there is another
                continue
            except CommonGroundError:  # damaged, or let go of: what cannot be used is left out
                if generation.live(store.folder(settings)) == path:
                    break
        yield {name: file for name, file in files.items() if not re.search(r"-(?:journal|wal|shm)$", name)}
