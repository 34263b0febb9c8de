"""How the commands speak to a person at a terminal."""

import shutil
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from assistant.errors import CommonGroundError

Thing = TypeVar("Thing")


def tell(message: str) -> None:
    """Say something that is no part of the result."""
    print(message, file=sys.stderr)


@contextmanager
def progress_bar(what: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on standard error, for work that takes more than a moment."""
    from tqdm import tqdm  # only where something is counted

    bar = tqdm(desc=what, unit=" texts", file=sys.stderr, delay=0.5, leave=False)

    def show(done: int, total: int) -> None:
        bar.total = total
        bar.update(done - bar.n)

    try:
        yield show
    finally:
        bar.close()


def one_by_one(
    things: Iterable[Thing], do: Callable[[Thing], str], problem: Callable[[Thing, CommonGroundError], str]
) -> list[bool]:
    """Do something to each, tell what was done or what the problem was, and go on with the next.

    Gives whether each went well.
    """
    is_well = []
    for thing in things:
        try:
            print(do(thing))
            is_well.append(True)
        except CommonGroundError as error:
            tell(problem(thing, error))
            is_well.append(False)
    return is_well


def wrapped(text: str, indent: str = "", rest: str | None = None) -> str:
    """A text in lines that fit the terminal; `rest` indents those after the first."""
    width = min(96, shutil.get_terminal_size((96, 24)).columns)
    return textwrap.fill(
        text,
        width,
        initial_indent=indent,
        subsequent_indent=indent if rest is None else rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
