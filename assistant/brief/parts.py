"""The pieces of a briefing."""

from dataclasses import dataclass

from assistant.answer.parts import Citation, Note, Statement
from assistant.library.arrangements import PartnershipType
from assistant.library.catalogue import Nation, Source
from assistant.library.glossary import Term
from assistant.library.pitfalls import Stage


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a briefing is to be about; None where the reader did not say, and the ids of their own worries."""

    type: PartnershipType | None = None
    stage: Stage | None = None
    nation: Nation | None = None
    worries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A question to ask, or a remark on the evidence, with the `source#anchor` places that it rests on."""

    text: str
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of a briefing: `text` in fixed words, what the sources say, and items."""

    heading: str
    text: str = ""
    statements: tuple[Statement, ...] = ()
    items: tuple[Item, ...] = ()
    level: int = 1

    @property
    def texts(self) -> tuple[str, ...]:
        """What its statements and items say."""
        return (*(one.text for one in self.statements), *(one.text for one in self.items))


@dataclass(frozen=True, slots=True)
class Briefing:
    """All that a new leader gets; `reading` and `glossary` close it."""

    wanted: Wanted
    title: str
    intro: str
    pitfalls: tuple[str, ...]
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    reading: tuple[Source, ...]
    glossary: tuple[Term, ...]

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All statements, in reading order."""
        return tuple(one for section in self.sections for one in section.statements)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations, in reading order."""
        return tuple(one for statement in self.statements for one in statement.citations)
