"""What was renamed, replaced or abolished since a source was written."""

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from typing import Annotated

from pydantic import Field

from assistant.library import terms
from assistant.library.catalogue import Nation
from assistant.library.entries import KnowledgeEntry, PlaceName, entries
from assistant.templates import shipped


class Event(StrEnum):
    """What happened; `announced` is planned and not known to be done."""

    RENAMED = "renamed"
    REPLACED = "replaced"
    ABOLISHED = "abolished"
    MERGED = "merged"
    ANNOUNCED = "announced"


class What(StrEnum):
    """What sort of thing changed."""

    BODY = "body"
    FUND = "fund"
    LAW = "law"
    PROGRAMME = "programme"
    MEASURE = "measure"
    ROLE = "role"


class Change(KnowledgeEntry):
    """One dated step; `text` says it in a sentence, and `sources` are the places that it rests on."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]
    names: Annotated[tuple[str, ...], Field(min_length=1)]
    what: What
    happened: Event
    became: tuple[str, ...]
    when: Annotated[str, Field(pattern=r"^\d{4}(?:-\d{2}(?:-\d{2})?)?$")]
    nation: Nation
    text: Annotated[str, Field(pattern=r"[.]$")]
    sources: tuple[PlaceName, ...]


@cache
def changes() -> tuple[Change, ...]:
    """All changes. Raises RecordError naming what is wrong in the file."""
    return entries(shipped("knowledge") / "changes.yaml", Change, "id")


def changes_named(text: str, nations: frozenset[Nation]) -> tuple[Change, ...]:
    """The changes whose old names stand in a text about these nations, each with the steps after it."""
    named = [one for nation in nations for one in _named_in(text, nation)]
    steps = [step for one in named for step in _onward(one, set())]
    return tuple({step.id: step for step in steps}.values())


def changed_since(text: str, nations: frozenset[Nation], published: str | None) -> tuple[Change, ...]:
    """What a text of this date names that is no longer what it was; an undated text counts as old."""
    named = changes_named(text, nations)
    return tuple(one for one in named if one.happened is not Event.ANNOUNCED and (published or "") < one.when)


def _named_in(text: str, nation: Nation) -> Iterator[Change]:
    by_name = _by_name(nation)
    if by_name:
        owners = {name: one.id for name, one in by_name.items()}
        by_id = {one.id: one for one in by_name.values()}
        for id_, _ in terms.found(_matcher(nation), owners, text):
            yield by_id[id_]


def _onward(change: Change, seen: set[str]) -> Iterator[Change]:
    if change.id in seen:
        return
    seen.add(change.id)
    yield change
    by_name = _by_name(change.nation)
    for name in change.became:
        after = by_name.get(terms.folded(name))
        if after and after.happened is not Event.ANNOUNCED:
            yield from _onward(after, seen)


@cache
def _by_name(nation: Nation) -> dict[str, Change]:
    of_nation = [one for one in changes() if one.nation in {nation, Nation.UK}]
    return {terms.folded(name): one for one in of_nation for name in one.names}


@cache
def _matcher(nation: Nation) -> re.Pattern[str]:
    return terms.pattern(name for one in changes() if one.nation in {nation, Nation.UK} for name in one.names)
