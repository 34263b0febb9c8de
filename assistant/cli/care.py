"""`doctor` and `rebuild`: looking after an installation."""

import argparse

from assistant import __version__
from assistant.cli.command import Command, json_argument, no_arguments
from assistant.cli.terminal import progress_bar
from assistant.settings import Settings


def _doctor_arguments(one: argparse.ArgumentParser) -> None:
    json_argument(one)
    one.add_argument("--security", action="store_true", help="say instead what is switched on, and what it means")


def _doctor(given: argparse.Namespace, settings: Settings) -> int:
    from assistant.doctor import examine
    from assistant.export import to_json
    from assistant.security import security

    findings = security(settings) if given.security else examine(settings)
    if given.json:
        checks = [{"check": one.check, "ok": one.is_well, "detail": one.detail} for one in findings]
        print(to_json({"version": __version__, "well": all(one.is_well for one in findings), "checks": checks}))
    else:
        for one in findings:
            print(f"{'ok      ' if one.is_well else 'PROBLEM '} {one.check}: {one.detail}")
    return 0 if all(one.is_well for one in findings) else 1


def _rebuild(given: argparse.Namespace, settings: Settings) -> int:
    from assistant.library.holdings import open_library
    from assistant.search.store import sync

    with progress_bar("Making the index") as progress:
        sync(settings, open_library(settings), progress, again=True)
    print("The index has been made again from the library.")
    return 0


DOCTOR = Command("doctor", "check the installation, the library and the index", _doctor_arguments, _doctor)
REBUILD = Command("rebuild", "make the index again from the library", no_arguments, _rebuild)
