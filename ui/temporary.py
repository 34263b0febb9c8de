"""What readers upload lies in one folder of the data folder, and not for long, even where nobody reads it."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

KEEP = 45.0  # seconds; with the time between two sweeps, below the minute that we promise
_EVERY = 10.0


def sweep(folder: Path, now: float, keep: float = KEEP) -> None:
    """Delete what has been in the folder for longer than `keep` seconds."""
    for one in sorted(folder.rglob("*"), reverse=True):  # what is in a folder before the folder
        with suppress(OSError):  # somebody else took it away, or has just put something in
            if now - one.lstat().st_ctime >= keep:
                if one.is_dir() and not one.is_symlink():
                    one.rmdir()
                else:
                    one.unlink()


def keep_swept(folder: Path) -> Callable[[], None]:
    """Sweep the folder from now on; gives what stops that."""
    stop = threading.Event()

    def sweeping() -> None:
        while not stop.wait(_EVERY):
            sweep(folder, time.time())

    thread = threading.Thread(target=sweeping, name="sweeping", daemon=True)
    thread.start()

    def stopped() -> None:
        stop.set()
        thread.join()
        sweep(folder, time.time(), 0.0)

    return stopped
