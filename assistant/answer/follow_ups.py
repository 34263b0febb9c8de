"""Questions to go on with, each of which the library answers."""

from collections.abc import Callable, Iterator, Sequence

from langchain_core.documents import Document

from assistant.library import split
from assistant.library.holdings import Library
from assistant.library.pitfalls import Pitfall, pitfalls

_MOST = 3


def pitfalls_of(passages: Sequence[Document], library: Library) -> tuple[str, ...]:
    """The pitfalls that the passages' sections speak to, best first."""
    ids: dict[str, None] = {}
    for passage in passages:
        place = split.place(passage)
        section = library[place.source].headed.section(place.anchor)
        ids |= dict.fromkeys(section.pitfalls if section else ())
    return tuple(ids)


def follow_ups(
    passages: Sequence[Document], library: Library, asked: Sequence[str], is_answered: Callable[[str, str], bool]
) -> tuple[str, ...]:
    """At most three questions about pitfalls next to the answer's own, best first.

    Next are those that the passages speak to, then those of the same theme. `asked` is what the
    reader asked before; `is_answered` tells of a question, and the pitfall that it is about, whether
    the library answers it.
    """
    offered = []
    for one in _near(passages, library):
        if one.question not in asked and is_answered(one.question, one.id):
            offered.append(one.question)
        if len(offered) == _MOST:
            break
    return tuple(offered)


def _near(passages: Sequence[Document], library: Library) -> Iterator[Pitfall]:
    by_id = {one.id: one for one in pitfalls()}
    answered = [by_id[id_] for id_ in pitfalls_of(passages[:1], library) if id_ in by_id]
    near = [by_id[id_] for id_ in pitfalls_of(passages, library) if id_ in by_id]
    themes = {one.theme for one in answered}
    related = [one for one in pitfalls() if one.theme in themes]
    yield from (one for one in dict.fromkeys([*near, *related]) if one not in answered)
