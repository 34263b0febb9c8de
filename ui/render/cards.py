"""The cards of the sources that answers cite."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from assistant.answer.notes import nation_name, speaker
from assistant.answer.parts import Answer, Citation, Note, NoteKind
from assistant.export.document import Reference
from assistant.export.references import harvard
from assistant.export.words import day
from assistant.library.catalogue import Source, TextKind
from assistant.library.holdings import Library, Origin, ships
from ui.render.passage import in_section
from ui.render.plain import references_of
from ui.render.said import said_on

_UNKNOWN = "Not known: the file is a reader's own."
_NOT_ON_CARDS = {
    NoteKind.CHANGED,
    NoteKind.OUR_WORDS,
    NoteKind.PARTIAL,
    NoteKind.PERSONAL_DETAILS,
    NoteKind.SAFETY,
    NoteKind.ENGINE,
}


@dataclass(frozen=True, slots=True)
class _Cited:
    """What one number of an answer stands for."""

    turn: int
    citations: tuple[Citation, ...]
    notes: tuple[str, ...]
    reference: Reference

    @property
    def first(self) -> Citation:
        return self.citations[0]

    @property
    def source(self) -> Source:
        return self.first.source


def sources(answers: Sequence[Answer], library: Library) -> str:
    """The cards of every source cited, the newest answer's first and open."""
    groups = [
        _cards(number, answer, library, is_open=number == len(answers))
        for number, answer in reversed(list(enumerate(answers, 1)))
        if answer.citations
    ]
    title = '<h2 class="cg-sources-title">Sources</h2>'
    if not groups:
        return f'{title}<p class="cg-quiet">{escape(said_on("ask-page")["sources-empty"])}</p>'
    return f"{title}{''.join(groups)}"


def _cards(number: int, answer: Answer, library: Library, *, is_open: bool) -> str:
    cited = list(_cited(number, answer, library))
    cards = "".join(f"<li>{_card(one, library)}</li>" for one in cited)
    count = said_on("ask-page")["source-count" if len(cited) > 1 else "source-count-one"]
    about = count.format(count=len(cited), question=answer.question)
    return (
        f'<details class="cg-cards"{" open" if is_open else ""}>'
        f'<summary>{escape(about)}</summary><ol class="cg-card-list">{cards}</ol></details>'
    )


def _cited(turn: int, answer: Answer, library: Library) -> Iterator[_Cited]:
    cites = references_of(answer, library)
    listed = {entry.place: (entry, one) for entry, one in zip(cites.entries, cites.references(), strict=True)}
    by_number: dict[int, list[Citation]] = {}
    for citation in answer.citations:
        by_number.setdefault(citation.number, []).append(citation)
    for _, citations in sorted(by_number.items()):
        first = citations[0]
        entry, reference = listed[f"{first.source.id}#{first.anchor}"]
        about = [one for one in answer.notes if first.source.id in one.sources and one.kind not in _NOT_ON_CARDS]
        yield _Cited(turn, tuple(citations), _texts((*entry.changed, *about)), reference)


def _texts(notes: Sequence[Note]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.text for one in notes))


def _card(one: _Cited, library: Library) -> str:
    first = one.first
    notes = "".join(f"<li>{escape(text)}</li>" for text in one.notes)
    return (
        f'<article class="cg-card" id="source-{one.turn}-{first.number}" tabindex="-1" '
        f'aria-labelledby="title-{one.turn}-{first.number}">'
        f'<h3 id="title-{one.turn}-{first.number}"><span class="cg-number">{first.number}</span> '
        f"{escape(one.source.title)}</h3>"
        f'<p class="cg-badges">{_badges(one.source, first.origin)}</p>'
        f'<p class="cg-facts">{_facts(one.source)}</p>'
        f'{f"""<ul class="cg-card-notes">{notes}</ul>""" if notes else ""}'
        f'<h4 class="cg-section">{escape(first.heading)}</h4>{_section(one.citations, library)}'
        f'<p class="cg-foot">{_foot(one)}</p></article>'
    )


def _section(citations: Sequence[Citation], library: Library) -> str:
    """The section with the cited words marked; the words alone where it is not held any more as it was."""
    first = citations[0]
    holding = library.holdings.get(first.source.id)
    section = holding.headed.section(first.anchor) if holding else None
    if holding and section and all(holding.headed.text[one.start : one.end] == one.quote for one in citations):
        return in_section(holding.headed.text, section, citations)
    return "".join(f"<p><mark>{escape(quote)}</mark></p>" for quote in dict.fromkeys(one.quote for one in citations))


def _foot(one: _Cited) -> str:
    link = (
        f'<a class="cg-original" href="{escape(one.source.url, quote=True)}" target="_blank" '
        'rel="noopener noreferrer">Open the original <span class="cg-quiet">(opens in a new tab)</span></a>'
        if one.source.url
        else '<span class="cg-quiet">No web address is known.</span>'
    )
    return (
        f'{link}<button type="button" class="cg-copy" data-copy="{escape(harvard(one.reference))}">Copy reference'
        f'<span class="cg-hidden"> {one.first.number}</span></button>'
        f'<a class="cg-back" href="#mark-{one.turn}-{one.first.number}">Back to the answer</a>'
    )


def _badges(source: Source, origin: Origin) -> str:
    is_own = origin is Origin.ADDED and (source.licence == _UNKNOWN or not ships(source.id))
    who = "your own file" if is_own else speaker(source)
    kind = "our digest" if source.text is TextKind.DIGEST else "original text"
    own = " cg-own" if is_own else ""
    return f'<span class="cg-badge{own}">{escape(who)}</span> <span class="cg-badge">{kind}</span>'


def _facts(source: Source) -> str:
    by, publisher = " and ".join(source.authors), source.publisher or ""
    facts = [
        "" if publisher.startswith(by) else by,
        publisher,
        day(source.published) if source.published else "no date",
        " and ".join(nation_name(one) for one in source.nations),
    ]
    return " · ".join(escape(fact) for fact in facts if fact)
