"""Answers as HTML: pure functions, and the only place that makes HTML, so that all escaping is here."""

from collections.abc import Iterable, Sequence
from html import escape

from assistant.answer.notes import speaker
from assistant.answer.parts import Answer, Citation, NoteKind, Statement, Status
from assistant.library.catalogue import Source, TextKind
from assistant.library.glossary import terms_in
from assistant.library.holdings import Library, Origin
from assistant.library.text import Block, Section

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


# What a reader must not miss: what was left out of the question, or of the answer, and who worded it.
_IN_THE_OPEN = {NoteKind.PARTIAL, NoteKind.PERSONAL_DETAILS, NoteKind.ENGINE}


def conversation(answers: Sequence[Answer], *, asking: str = "", shown: int | None = None) -> str:
    """The conversation so far, newest last.

    `asking` is a question that is being worked on; `shown` says how many statements of the last
    answer are shown, for an answer that is still arriving.
    """
    if not answers and not asking:
        return ""
    last = len(answers)
    turns = [_turn(number, answer, shown if number == last else None) for number, answer in enumerate(answers, 1)]
    if asking:
        turns.append(
            f'<section class="cg-turn"><p class="cg-question">{escape(asking)}</p>'
            '<p class="cg-working" role="status">Looking in the library…</p></section>'
        )
    busy = "true" if asking or shown is not None else "false"
    return (
        f'<div class="cg-log" role="log" aria-label="Conversation" aria-live="polite" aria-busy="{busy}">'
        f"{''.join(turns)}</div>"
    )


def notice(text: str) -> str:
    """A problem that the reader can put right."""
    return f'<p class="cg-notice" role="alert">{escape(text)}</p>' if text else ""


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


def _turn(number: int, answer: Answer, shown: int | None) -> str:
    said = answer.statements if shown is None else answer.statements[:shown]
    pieces = [f'<p class="cg-question">{escape(answer.question)}</p>']
    if answer.reply:
        kind = "cg-missing" if answer.status is Status.NOT_FOUND else "cg-reply"
        pieces.append(f'<p class="{kind}">{_lines(answer.reply.text)}</p>')
    pieces += _parts(number, said)
    if answer.nearest and shown is None:
        items = "".join(f"<li>{escape(one.title)}: {escape(one.heading)}</li>" for one in answer.nearest)
        pieces.append(f'<p class="cg-quiet">The nearest that it holds:</p><ul class="cg-nearest">{items}</ul>')
    if shown is None:
        pieces += _notes(answer)
    if shown is None:
        pieces.append(_terms(answer))
    label = escape(f"Question {number}")
    return f'<section class="cg-turn" aria-label="{label}">{"".join(pieces)}</section>'


def _notes(answer: Answer) -> list[str]:
    """What concerns the answer itself, in the open; what concerns its sources, to be opened."""
    pieces = [f'<p class="cg-missing">{escape(one.text)}</p>' for one in answer.notes if one.kind in _IN_THE_OPEN]
    others = [one for one in answer.notes if one.kind not in _IN_THE_OPEN]
    if others:
        items = "".join(f"<li>{escape(one.text)}</li>" for one in others)
        pieces.append(f'<details class="cg-notes"><summary>About these sources</summary><ul>{items}</ul></details>')
    return pieces


def _terms(answer: Answer) -> str:
    """The terms of art in the answer, explained."""
    used = {term.term: term for one in answer.statements for term in terms_in(one.text)}
    if not used:
        return ""
    items = "".join(f"<dt>{escape(one.term)}</dt><dd>{escape(one.meaning)}</dd>" for one in used.values())
    return f'<details class="cg-notes"><summary>Words used here</summary><dl>{items}</dl></details>'


def _parts(number: int, statements: Iterable[Statement]) -> list[str]:
    pieces: list[str] = []
    part = ""
    for statement in statements:
        if statement.part != part:
            part = statement.part
            pieces.append(f'<h3 class="cg-part">{escape(part)}</h3>')
        marks = {one.number: one for one in reversed(statement.citations)}
        links = "".join(_mark(number, one) for _, one in sorted(marks.items()))
        pieces.append(f'<p class="cg-statement">{escape(statement.text)}{links}</p>')
    return pieces


def _mark(turn: int, citation: Citation) -> str:
    label = escape(f"Source {citation.number}: {citation.source.title}, {citation.heading}")
    return (
        f'<a class="cg-mark" href="#source-{turn}-{citation.number}" aria-label="{label}" '
        f'title="{label}">{citation.number}</a>'
    )


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
    text = _marked(library[source.id].headed.text, section, citations) if section else ""
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


_UNKNOWN = "Not known: the file is a reader's own."


def written_date(date: str) -> str:
    """A date as people write it: '12 November 2013', 'May 2013' or '2013'."""
    year, month, day = [*date.split("-"), "", ""][:3]
    return " ".join(part for part in (day.lstrip("0"), _MONTHS[int(month) - 1] if month else "", year) if part)


def _marked(text: str, section: Section, citations: Sequence[Citation]) -> str:
    """The section, paragraph by paragraph, with the cited spans marked."""
    return "".join(f"<p>{_with_marks(text, block, citations)}</p>" for block in section.blocks)


def _with_marks(text: str, block: Block, citations: Sequence[Citation]) -> str:
    spans = sorted(
        (max(one.start, block.start), min(one.end, block.end))
        for one in citations
        if one.start < block.end and block.start < one.end
    )
    pieces, at = [], block.start
    for start, end in spans:
        if start < at:  # two statements may cite the same words
            start = at
        if start < end:
            pieces += [escape(text[at:start]), f"<mark>{escape(text[start:end])}</mark>"]
            at = end
    locator = f' <span class="cg-locator">{escape(block.locator)}</span>' if block.locator else ""
    return "".join(pieces) + escape(text[at : block.end]) + locator


def _lines(text: str) -> str:
    return "<br>".join(escape(line) for line in text.splitlines())
