"""Which pitfalls a briefing is about, and which of their lines are for this reader."""

from collections.abc import Sequence
from difflib import get_close_matches

from assistant.brief.parts import Wanted
from assistant.errors import QuestionError
from assistant.library.arrangements import arrangements_of
from assistant.library.catalogue import BINDING, Kind, Nation, Source, applies
from assistant.library.glossary import nation_named
from assistant.library.holdings import Library
from assistant.library.pitfalls import Line, Pitfall, pitfalls

MOST = 5  # worries of the reader: more do not fit four pages
_FILLED = 4  # pitfalls, where the reader names fewer


def chosen(wanted: Wanted) -> tuple[Pitfall, ...]:
    """The reader's own worries, then those that bite at the stage, the nearest to the type first.

    Where no type is said, those that first bite at the stage come before those that go on biting.
    Raises QuestionError for a worry that is none of the 22, or for too many.
    """
    known = {one.id: one for one in pitfalls()}
    worries = tuple(dict.fromkeys(wanted.worries))
    for one in worries:
        if one not in known:
            near = get_close_matches(one, known, n=3, cutoff=0.4)
            hint = f"Did you mean {' or '.join(near)}?" if near else f"The pitfalls are: {', '.join(known)}."
            raise QuestionError(f"There is no pitfall '{one}'. {hint}")
    if len(worries) > MOST:
        raise QuestionError(f"A briefing has room for {MOST} pitfalls, and these are {len(worries)}. Name the worst.")
    rest = [known[id_] for id_ in _by_type(wanted)] + sorted(known.values(), key=lambda one: not _begins(one, wanted))
    biting = [one.id for one in rest if wanted.stage in {None, *one.stages}]
    return tuple(known[id_] for id_ in list(dict.fromkeys((*worries, *biting)))[: max(_FILLED, len(worries))])


def for_reader(lines: Sequence[Line], nation: Nation | None, library: Library) -> list[Line]:
    """The lines that are for a reader of this nation, in their order.

    Left out are those that name another nation, or rest on another's law alone; last come those of
    which every source speaks of another nation.
    """
    fit = [line for line in lines if _concerns(line, nation, library)]
    return sorted(fit, key=lambda line: not is_near(line, nation, library))


def own_first(lines: Sequence[Line], nation: Nation | None, library: Library) -> list[Line]:
    """The lines for this reader, with the first that speaks of the reader's own nation in second place."""
    fit = for_reader(lines, nation, library)
    own = [line for line in fit[1:] if nation and nation_named(line.text) is nation]
    return [*fit[:1], *own[:1], *(line for line in fit[1:] if line not in own[:1])]


def _by_type(wanted: Wanted) -> tuple[str, ...]:
    if wanted.type is None:
        return ()
    return arrangements_of(wanted.type, wanted.nation)[0].pitfalls


def _begins(pitfall: Pitfall, wanted: Wanted) -> bool:
    return wanted.stage is None or pitfall.stages[0] is wanted.stage


def _concerns(line: Line, nation: Nation | None, library: Library) -> bool:
    if nation_named(line.text) not in {None, nation}:
        return False
    held = [library[id_].source for id_ in _ids(line) if id_ in library.holdings]
    binding = [one for one in held if one.kind in BINDING]
    if not binding or len(binding) < len(held):
        return True
    return nation is not None and any(applies(one.nations, nation) for one in binding)


def is_near(line: Line, nation: Nation | None, library: Library) -> bool:
    """Whether a source of the line speaks of this nation, or is an article whose lessons travel."""
    held = [library[id_].source for id_ in _ids(line) if id_ in library.holdings]
    return nation is None or any(applies(one.nations, nation) or _travels(one) for one in held)


def _travels(source: Source) -> bool:
    return source.kind in {Kind.ARTICLE, Kind.OPINION} and nation_named(source.title) is None


def _ids(line: Line) -> list[str]:
    return [place.partition("#")[0] for place in line.sources]
