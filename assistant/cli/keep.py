"""`backup`, `restore` and `rollback`: keeping what is held, and going back."""

import argparse
from pathlib import Path

from assistant.cli.command import Command, no_arguments
from assistant.cli.terminal import progress_bar
from assistant.settings import Settings


def _backup_arguments(one: argparse.ArgumentParser) -> None:
    one.add_argument("file", type=Path, help="the archive to write, such as backup.zip")


def _backup(given: argparse.Namespace, settings: Settings) -> int:
    from assistant.backup import back_up

    contents = back_up(settings, given.file)
    index = "and the index" if contents.has_index else "and no index, which restoring makes anew"
    print(f"{given.file}: {_documents(len(contents.documents))} of yours {index}, {contents.size / 1e6:,.1f} MB.")
    print("Keep it where only you can read it. What you remove from the library later is still in it.")
    return 0


def _restore_arguments(one: argparse.ArgumentParser) -> None:
    one.add_argument("file", type=Path, help="an archive that 'backup' made")
    one.add_argument(
        "--replace", action="store_true", help="also where documents of yours are not in the archive, or differ"
    )


def _restore(given: argparse.Namespace, settings: Settings) -> int:
    from assistant.backup import losses, restore
    from assistant.errors import BackupError
    from assistant.library.holdings import open_library
    from assistant.search.store import sync

    if not given.replace and (lost := losses(settings, given.file)):
        raise BackupError(
            f"Restoring would take away, or replace by an older text: {', '.join(lost)}. Nothing was changed. "
            "Make a back-up of what is there first, and then add --replace."
        )
    contents = restore(settings, given.file)
    with progress_bar("Updating the index") as progress:
        sync(settings, open_library(settings), progress)
    print(f"{_documents(len(contents.documents))} of yours restored from {given.file}.")
    return 0


def _rollback(given: argparse.Namespace, settings: Settings) -> int:
    from assistant.search.rollback import roll_back

    done = roll_back(settings)
    print(f"The index made at {done.made} answers now. Your library is as it was; no document is lost.")
    for what, ids in (("Not in this index", done.without), ("In an earlier text", done.other)):
        if ids:
            print(f"{what}: {', '.join(ids)}")
    print("It stays so until you add, remove or fetch something. To bring the index up to date: common-ground rebuild")
    return 0


def _documents(number: int) -> str:
    return f"{number} {'document' if number == 1 else 'documents'}"


BACKUP = Command("backup", "write your documents and the index to one file", _backup_arguments, _backup)
RESTORE = Command("restore", "put back what a back-up holds", _restore_arguments, _restore)
ROLLBACK = Command("rollback", "go back to the index before the present one", no_arguments, _rollback)
