"""Reading a document in a process of its own, which is ended when it takes too long."""

import json
import subprocess
import sys
import threading
from pathlib import Path

from assistant.errors import ReadError, RecordError
from assistant.library.read.parse import Document
from assistant.library.read.reply import document

PATIENCE = 50.0  # seconds for one document; 500 pages of PDF take about 20
_LARGEST_REPLY = 40 * 1024 * 1024  # bytes
# The path of modules is handed on, and the folder where the reader stands is none of them.
_PROGRAM = "import sys; sys.path[:] = {path!r}; from assistant.library.read.child import main; main(sys.argv[1])"


def read_apart(path: Path, *, patience: float = PATIENCE) -> Document:
    """The document in a file, read by another process; `patience` in seconds.

    Raises ReadError and RecordError as `parse` does, and ReadError where that process fails, or needs
    more time or memory than a document should.
    """
    outcome, _, content = _answer(path.absolute(), patience).partition(b"\n")
    try:
        if outcome == b"document":
            return document(content)
        if outcome in {b"ReadError", b"RecordError"}:
            raise (RecordError if outcome == b"RecordError" else ReadError)(str(json.loads(content)))
    except ValueError:  # cut off, or not what was agreed
        outcome = b"failed"
    if outcome == b"failed":
        raise ReadError(f"{path.name} is damaged and cannot be read. Open it, save it as a new file, and add that.")
    raise ReadError(
        f"{path.name} takes more time or memory than a document should, and was not read. "
        "Save the part you need as a file of its own, without pictures."
    )


def _answer(path: Path, patience: float) -> bytes:
    """What the other process writes; nothing where it had to be ended, or ended itself."""
    command = [sys.executable, "-B", "-X", "utf8", "-c", _PROGRAM.format(path=[*map(str, sys.path)]), str(path)]
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as child:
        clock = threading.Timer(patience, child.kill)
        clock.start()
        try:
            assert child.stdout is not None
            return child.stdout.read(_LARGEST_REPLY)
        finally:
            clock.cancel()
            child.kill()
