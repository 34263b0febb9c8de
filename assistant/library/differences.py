"""Points on which two sources take different positions: a list made by hand, not guessed."""

from collections.abc import Collection
from functools import cache
from typing import Annotated

from pydantic import Field

from assistant.library.entries import KnowledgeEntry, PlaceName, entries
from assistant.templates import shipped


class Difference(KnowledgeEntry):
    """A point on which sources differ; each side lists the places that take it."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]
    text: Annotated[str, Field(pattern=r"[.]$")]
    sides: Annotated[tuple[Annotated[tuple[PlaceName, ...], Field(min_length=1)], ...], Field(min_length=2)]


@cache
def differences() -> tuple[Difference, ...]:
    """All differences. Raises RecordError naming what is wrong in the file."""
    return entries(shipped("knowledge") / "differences.yaml", Difference, "id")


def differences_between(places: Collection[str]) -> tuple[Difference, ...]:
    """The differences of which at least two sides are among these `source#anchor` places."""
    return tuple(one for one in differences() if sum(any(place in places for place in side) for side in one.sides) > 1)
