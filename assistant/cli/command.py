"""What a command is."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass

from assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its name, what it is for, its arguments, and what it does.

    `run` gives the exit status.
    """

    name: str
    purpose: str
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace, Settings], int]


def json_argument(one: argparse.ArgumentParser) -> None:
    """Let a command print one JSON object in place of words."""
    one.add_argument("--json", action="store_true", help="print one JSON object")


def no_arguments(one: argparse.ArgumentParser) -> None:
    """A command that takes none."""
