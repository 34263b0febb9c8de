"""Finding, for a line of knowledge, the sentence of its source that says it: what a briefing quotes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from langchain_core.documents import Document

from assistant.answer.parts import Draft, drafted
from assistant.library import split
from assistant.library.catalogue import Nation
from assistant.library.changes import changes_named
from assistant.library.glossary import nation_named
from assistant.library.holdings import Library
from assistant.library.pitfalls import Line
from assistant.library.text import Role
from assistant.search.keyword import words

_LEAST_SHARED = 0.45  # share of a line's words from which a sentence of its section says what the line says
_ALIKE = 0.6  # share of words from which two sentences say the same

TOLD = frozenset({Role.POINT, Role.WHY, Role.FACT, Role.FIGURE, Role.SIGN})  # what is so, or what goes wrong
ADVISED = frozenset({Role.DO, Role.DUTY})
ANY = TOLD | ADVISED

Shelf = Mapping[str, tuple[tuple[split.Sentence, Document], ...]]


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence that may be quoted, as a draft, and the passage that it stands in."""

    draft: Draft
    passage: Document
    role: Role


@dataclass(frozen=True, slots=True)
class Quoting:
    """Where to look, for whom, and what is already said; nothing is quoted that names another nation."""

    shelf: Shelf
    nation: Nation | None
    taken: tuple[Found, ...] = ()

    def after(self, found: Sequence[Found]) -> "Quoting":
        """The same, with these said too."""
        return replace(self, taken=(*self.taken, *found))

    def curated(self, lines: Sequence[Line], part: str) -> list[Found]:
        """For each line, chosen by hand, the sentence that says most of it."""
        best = (self._best(line, ANY) for line in lines)
        return [_found(one[1], one[2], part) for one in best if one and one[0] >= _LEAST_SHARED]

    def quotes(
        self, lines: Sequence[Line], part: str, roles: Collection[Role], most: int, least: float = _LEAST_SHARED
    ) -> list[Found]:
        """At most so many sentences of these roles that say what the lines say, none of it said before."""
        found: list[Found] = []
        for line in lines:
            best = self._best(line, roles)
            if best and best[0] >= least and len(found) < most:
                one = _found(best[1], best[2], part)
                found += [] if self.after(found).has_said(one.draft.text) else [one]
        return found

    def has_said(self, text: str) -> bool:
        """Whether something taken says the same."""
        return any(alike(text, other.draft.text) for other in self.taken)

    def _best(self, line: Line, roles: Collection[Role]) -> tuple[float, split.Sentence, Document] | None:
        rated = [
            (_shared(line.text, one.text), one, passage)
            for place in line.sources
            for one, passage in self.shelf.get(place, ())
            if one.role in roles and (self.nation is None or _named(one.text) in {None, self.nation})
        ]
        return max(rated, key=lambda one: one[0], default=None)


def shelf(library: Library, nation: Nation | None) -> Shelf:
    """The sentences of each section, by `source#anchor`, without sources that name another nation in their title."""
    held = [one for one in library if nation is None or _named(one.source.title) in {None, nation}]
    places: dict[str, list[tuple[split.Sentence, Document]]] = {}
    for holding in held:
        for sentence, passage in split.in_passages(holding):
            places.setdefault(sentence.place.section, []).append((sentence, passage))
    return {place: tuple(pairs) for place, pairs in places.items()}


def alike(one: str, other: str) -> bool:
    """Whether two sentences say the same."""
    stems, others = _stems(one), _stems(other)
    return len(stems & others) / max(1, min(len(stems), len(others))) >= _ALIKE


def _found(sentence: split.Sentence, passage: Document, part: str) -> Found:
    return Found(drafted(sentence, part), passage, sentence.role)


def _shared(line: str, text: str) -> float:
    """How much of a line's words a sentence has; 2 where it is the line, word for word."""
    stems = _stems(line)
    return 2.0 if line == text else len(stems & _stems(text)) / max(1, len(stems))


@cache
def _stems(text: str) -> frozenset[str]:
    return frozenset(words(text))


@cache
def _named(text: str) -> Nation | None:
    """The nation that a text names, or whose bodies and papers it speaks of, those that are gone too."""
    nations = {one.nation for one in changes_named(text, frozenset(Nation) - {Nation.UK, Nation.INTERNATIONAL})}
    gone = next(iter(nations - {Nation.UK})) if len(nations - {Nation.UK}) == 1 else None
    return nation_named(text) or gone
