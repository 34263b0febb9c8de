"""What readers upload, for the moments until it is read."""

import shutil
from pathlib import Path

from assistant.errors import HomeError


def emptied(folder: Path) -> Path:
    """The folder with nothing in it, for its owner alone: what a run left that was killed is deleted here.

    Raises HomeError where it cannot be made or emptied.
    """
    try:
        if folder.exists():
            shutil.rmtree(folder)
        folder.mkdir(parents=True, mode=0o700)
    except OSError as error:
        raise HomeError(
            f"The folder {folder} cannot be emptied ({error.strerror}). Delete it, and start again."
        ) from error
    return folder


def forget(path: Path) -> None:
    """Delete an upload, with the folder that was made for it alone."""
    path.unlink(missing_ok=True)
    try:
        path.parent.rmdir()
    except OSError:  # another reader gave a file of the same content, which is in the same folder
        return
