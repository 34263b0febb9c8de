"""What a report says of a pitfall beyond its verdict: what is missing, what the sources say, what to ask and write."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import yaml
from langchain_core.documents import Document

from assistant.answer.parts import Draft, Statement, drafted
from assistant.answer.verify import verify
from assistant.library import split
from assistant.library.catalogue import BINDING, Nation, applies
from assistant.library.glossary import nation_named
from assistant.library.holdings import Library
from assistant.library.pitfalls import Line, Pitfall
from assistant.library.text import Role
from assistant.proposal.parts import Treatment
from assistant.search.keyword import words
from assistant.templates import template

_MOST = 3  # statements a pitfall
_LEAST_SHARED = 0.25  # share of a line's words from which a sentence of its section says what the line says


def criteria(pitfall: Pitfall, nation: Nation | None, library: Library) -> list[str]:
    """What a proposal of this nation should contain about a pitfall."""
    return [line.text for line in pitfall.proposal if _concerns(line, nation, library)]


def question(pitfall: Pitfall, nation: Nation | None, library: Library) -> str:
    """A question that a reviewer would ask."""
    fit = [line.text for line in pitfall.ask if _concerns(line, nation, library)]
    return fit[0] if fit else pitfall.question


def wording(pitfall: Pitfall, treatment: Treatment) -> str:
    """A line to begin from, in our own words."""
    words_ = _words()
    return f"{words_['begin'][treatment.value]} {words_['wording'][pitfall.id]}"


def statements(
    wanted: Sequence[tuple[Pitfall, Treatment]], nation: Nation | None, library: Library
) -> Mapping[str, tuple[Statement, ...]]:
    """What the sources say of each pitfall, by its id; citations are numbered through all of them.

    Each statement is a sentence of a section that a line of `pitfalls.yaml` rests on.
    """
    found: dict[str, list[Draft]] = {}
    held: list[Document] = []
    for pitfall, treatment in wanted:
        pairs = list(_drafts(pitfall, treatment, nation, library))[:_MOST]
        found[pitfall.id] = [draft for draft, _ in pairs]
        held += [passage for _, passage in pairs]
    verified = verify([draft for drafts in found.values() for draft in drafts], held, library)
    by_text = {one.text: one for one in reversed(verified)}
    return {id_: tuple(by_text[one.text] for one in drafts if one.text in by_text) for id_, drafts in found.items()}


def _drafts(
    pitfall: Pitfall, treatment: Treatment, nation: Nation | None, library: Library
) -> Iterator[tuple[Draft, Document]]:
    taken: set[str] = set()
    for line in _chosen(pitfall, treatment):
        if not _concerns(line, nation, library):
            continue
        best = max(_candidates(line, library), key=lambda one: one[0], default=None)
        if best and best[0] >= _LEAST_SHARED and best[1].text not in taken:
            sentence, passage = best[1], best[2]
            taken.add(sentence.text)
            yield drafted(sentence, str(_words()["sources"])), passage


def _chosen(pitfall: Pitfall, treatment: Treatment) -> Iterator[Line]:
    """The lines to rest on, best first: why it matters where it is absent, else what to do about it."""
    if treatment is Treatment.ABSENT:
        yield pitfall.why[0]
    yield pitfall.audiences.proposal
    yield from pitfall.do[:2]
    yield from pitfall.why
    yield from pitfall.do[2:]


def _candidates(line: Line, library: Library) -> Iterator[tuple[float, split.Sentence, Document]]:
    """The sentences of the sections that a line names, with how much of the line's words each has."""
    stems = set(words(line.text))
    for place in line.sources:
        id_, _, anchor = place.partition("#")
        if id_ not in library.holdings:
            continue
        for sentence, passage in split.in_passages(library[id_]):
            if sentence.place.anchor != anchor or sentence.role is Role.ASK:
                continue
            shared = len(stems & set(words(sentence.text))) / max(1, len(stems))
            yield shared, sentence, passage


def _concerns(line: Line, nation: Nation | None, library: Library) -> bool:
    """Whether a line is for a reader of this nation: it names no other, and no other's law alone is behind it."""
    if nation_named(line.text) not in {None, nation}:
        return False
    held = [library[id_].source for id_ in (place.split("#")[0] for place in line.sources) if id_ in library.holdings]
    binding = [one for one in held if one.kind in BINDING]
    if not binding or len(binding) < len(held):
        return True
    return nation is not None and any(applies(one.nations, nation) for one in binding)


@cache
def _words() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(template("proposal.yaml"))
    return found
