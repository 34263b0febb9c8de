"""The commands, except `serve`, which lives with the page; each module holds those that it is named after."""

import argparse
import sys
from collections.abc import Sequence

from assistant import __version__
from assistant.cli.ask import ASK
from assistant.cli.brief import BRIEF
from assistant.cli.care import DOCTOR, REBUILD
from assistant.cli.check import CHECK
from assistant.cli.command import Command
from assistant.cli.evaluate import EVALUATE
from assistant.cli.gaps import GAPS
from assistant.cli.keep import BACKUP, RESTORE, ROLLBACK
from assistant.cli.library import ADD, FETCH, REMOVE, SHOW, SOURCES
from assistant.cli.terminal import progress_bar
from assistant.cli.user import USER
from assistant.errors import CommonGroundError
from assistant.settings import keep_quiet, settings

__all__ = ["COMMANDS", "Command", "main", "parser", "progress_bar"]

COMMANDS = (
    ASK,
    CHECK,
    BRIEF,
    ADD,
    REMOVE,
    FETCH,
    SOURCES,
    SHOW,
    GAPS,
    EVALUATE,
    DOCTOR,
    BACKUP,
    RESTORE,
    ROLLBACK,
    REBUILD,
    USER,
)


def main(arguments: Sequence[str] | None = None, commands: Sequence[Command] | None = None) -> int:
    """Run one command and give its exit status: 0 success, 1 a problem, 2 wrong usage."""
    commands = COMMANDS if commands is None else commands
    given = parser(commands).parse_args(arguments)
    keep_quiet()
    try:
        return int(given.run(given, settings()))
    except CommonGroundError as error:
        print(f"common-ground: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Nothing that was done before is lost.", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader of our output has gone, as `| head` does
        sys.stderr.close()
        return 0


def parser(commands: Sequence[Command]) -> argparse.ArgumentParser:
    """The command line's grammar."""
    whole = argparse.ArgumentParser(
        prog="common-ground",
        description="Cited partnership advice for people who join up health and social care in the UK.",
    )
    whole.add_argument("--version", action="version", version=f"common-ground {__version__}")
    some = whole.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in commands:
        one = some.add_parser(command.name, help=command.purpose, description=command.purpose)
        command.arguments(one)
        one.set_defaults(run=command.run)
    return whole
