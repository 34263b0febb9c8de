"""A place of the library, `source#anchor`, as the page speaks of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

from assistant.answer.notes import speaker
from assistant.export.words import day
from assistant.library.catalogue import Source, Standing
from assistant.library.holdings import Library
from assistant.library.read import Document
from assistant.templates import template


@dataclass(frozen=True, slots=True)
class Place:
    """A section of a source; `is_held` says whether this library has it, so that it can be opened."""

    source: Source
    anchor: str
    heading: str
    is_held: bool

    @property
    def link(self) -> str:
        """The address on the page at which the section opens."""
        return section_link(self.source.id, self.anchor)


def source_link(id_: str) -> str:
    """The address on the page at which a source opens."""
    return f"#source-{id_}"


def section_link(id_: str, anchor: str) -> str:
    """The address on the page at which a section opens; no id or anchor has two hyphens together."""
    return f"#section-{id_}--{anchor}"


def places(names: Iterable[str], library: Library, digests: Mapping[str, Document]) -> dict[str, Place]:
    """The places with these names, in their order; one that neither library nor digests know is left out.

    `digests` are the shipped ones: knowledge rests on them also where the library was set to the
    reader's own files alone.
    """
    found = {}
    for name in names:
        id_, _, anchor = name.partition("#")
        if known := library.holdings.get(id_) or digests.get(id_):
            section = known.headed.section(anchor)
            if section:
                found[name] = Place(known.source, anchor, section.heading, id_ in library.holdings)
    return found


def about_source(source: Source) -> str:
    """Who is speaking, who published it, when, and whether it still holds, as HTML."""
    facts = [
        " and ".join(source.authors),
        source.publisher or "",
        day(source.published) if source.published else template("no-date.txt"),
    ]
    words = ", ".join(dict.fromkeys(escape(fact) for fact in facts if fact))
    standing = ""
    if source.status in {Standing.SUPERSEDED, Standing.PROPOSED}:
        standing = f' <span class="cg-badge">{escape(source.status.value)}</span>'
    return f'<span class="cg-badge">{escape(speaker(source))}</span>{standing} {words}'
