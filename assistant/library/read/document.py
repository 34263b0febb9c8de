"""Read a document of any format: what its file is, and its text, which a process of its own takes out."""

from pathlib import Path

from assistant.errors import ReadError
from assistant.library.read.apart import read_apart
from assistant.library.read.parse import LARGEST, READABLE, Document

__all__ = ["LARGEST", "READABLE", "Document", "read"]


def read(path: Path) -> Document:
    """Read a PDF, DOCX, HTML, Markdown or plain text file, in a process with limits.

    The kind is told by the content first and the name second. Raises ReadError with what to do
    for a file that is missing, too large, empty, encrypted, damaged, of another kind, or that takes
    more time or memory than a document should, and RecordError for front matter of ours that is not
    right.
    """
    _check(path)
    return read_apart(path)


def _check(path: Path) -> None:
    if not path.exists():
        raise ReadError(f"There is no file {path}. Check the name and the folder.")
    if not path.is_file():
        raise ReadError(f"{path} holds no file that can be read ({', '.join(sorted(READABLE))}).")
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise ReadError(
                f"{path.name} has {size // 2**20} MB; the most is {LARGEST // 2**20} MB. "
                "Save a smaller copy, without pictures, and add that."
            )
        with path.open("rb") as file:
            is_empty = not any(piece.strip() for piece in iter(lambda: file.read(2**16), b""))
    except OSError as error:
        raise ReadError(f"{path} cannot be opened ({error.strerror}). Check who may read it.") from error
    if is_empty:
        raise ReadError(f"{path.name} is empty. Check that it is the right file.")
