"""The cards of the sources that answers cite."""

from collections.abc import Sequence
from html import escape

from assistant.answer.notes import speaker
from assistant.answer.parts import Answer, Citation
from assistant.library.catalogue import Source, TextKind
from assistant.library.holdings import Library, Origin
from ui.render.passage import marked
from ui.render.words import written_date

_UNKNOWN = "Not known: the file is a reader's own."


def sources(answers: Sequence[Answer], library: Library) -> str:
    """The cards of every source cited, the newest answer's first and open."""
    groups = [
        _cards(number, answer, library, is_open=number == len(answers))
        for number, answer in reversed(list(enumerate(answers, 1)))
        if answer.citations
    ]
    if not groups:
        return (
            '<h2 class="cg-sources-title">Sources</h2><p class="cg-quiet">When an answer cites a source, '
            "it stands here, with the cited words marked in their place.</p>"
        )
    return f'<h2 class="cg-sources-title">Sources</h2>{"".join(groups)}'


def _cards(number: int, answer: Answer, library: Library, *, is_open: bool) -> str:
    by_number: dict[int, list[Citation]] = {}
    for citation in answer.citations:
        by_number.setdefault(citation.number, []).append(citation)
    cards = "".join(_card(number, found, library) for _, found in sorted(by_number.items()))
    return (
        f'<details class="cg-cards"{" open" if is_open else ""}>'
        f"<summary>{escape(answer.question)}</summary>{cards}</details>"
    )


def _card(turn: int, citations: Sequence[Citation], library: Library) -> str:
    first = citations[0]
    source = first.source
    section = library[source.id].headed.section(first.anchor)
    text = marked(library[source.id].headed.text, section, citations) if section else ""
    link = (
        f'<a class="cg-original" href="{escape(source.url, quote=True)}" target="_blank" '
        'rel="noopener noreferrer">Open the original</a>'
        if source.url
        else '<span class="cg-quiet">No web address is known.</span>'
    )
    return (
        f'<article class="cg-card" id="source-{turn}-{first.number}" tabindex="-1">'
        f'<h3><span class="cg-number">{first.number}</span> {escape(source.title)}</h3>'
        f'<p class="cg-facts">{_facts(source, first.origin)}</p>'
        f'<p class="cg-section">{escape(first.heading)}</p>{text}'
        f'<p class="cg-foot">{link}</p></article>'
    )


def _facts(source: Source, origin: Origin) -> str:
    facts = [
        " and ".join(source.authors),
        source.publisher or "",
        written_date(source.published) if source.published else "no date",
    ]
    badge = speaker(source) if origin is Origin.SHIPPED or source.licence != _UNKNOWN else "your own file"
    kind = "our digest" if source.text is TextKind.DIGEST else "original text"
    words = ", ".join(escape(fact) for fact in facts if fact)
    return f'<span class="cg-badge">{escape(badge)}</span> <span class="cg-badge">{kind}</span> {words}'
