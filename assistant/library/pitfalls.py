"""The 22 pitfalls: what each is, how to notice it, what to do, and what a proposal should say."""

from enum import StrEnum
from functools import cache
from typing import Annotated

from pydantic import Field

from assistant.library.entries import KnowledgeEntry, PlaceName, entries
from assistant.templates import shipped


class Stage(StrEnum):
    """When in the life of a partnership a pitfall bites."""

    FORMING = "forming"
    AGREEING = "agreeing"
    RUNNING = "running"
    ENDING = "ending"


class Theme(StrEnum):
    """What a pitfall is about."""

    PURPOSE = "purpose"
    LEADERSHIP = "leadership"
    GOVERNANCE = "governance"
    PEOPLE = "people"
    MONEY = "money"
    INFORMATION = "information"
    LEARNING = "learning"


class Line(KnowledgeEntry):
    """One line about a pitfall, and the `source#anchor` places that it rests on."""

    text: Annotated[str, Field(min_length=1)]
    sources: Annotated[tuple[PlaceName, ...], Field(min_length=1)]


class Audiences(KnowledgeEntry):
    """How each audience meets a pitfall."""

    frontline: Line
    leader: Line
    proposal: Line


Lines = Annotated[tuple[Line, ...], Field(min_length=1)]


class Pitfall(KnowledgeEntry):
    """One of the 22; `proposal` holds what a proposal should contain, as criteria that can be checked."""

    id: Annotated[str, Field(pattern=r"^[a-z]+(?:-[a-z]+)*$")]
    name: Annotated[str, Field(min_length=1)]
    question: Annotated[str, Field(pattern=r"\?$")]
    theme: Theme
    stages: Annotated[tuple[Stage, ...], Field(min_length=1)]
    why: Lines
    signs: Lines
    do: Lines
    ask: Lines
    proposal: Lines
    audiences: Audiences

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line of the pitfall."""
        about = (self.audiences.frontline, self.audiences.leader, self.audiences.proposal)
        return (*self.why, *self.signs, *self.do, *self.ask, *self.proposal, *about)


@cache
def pitfalls() -> tuple[Pitfall, ...]:
    """All pitfalls, in their fixed order. Raises RecordError naming what is wrong in the file."""
    return entries(shipped("knowledge") / "pitfalls.yaml", Pitfall, "id")
