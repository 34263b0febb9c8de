"""A conversation as HTML: pure functions, all escaping here."""

from collections.abc import Iterable, Sequence
from html import escape

from assistant.answer.parts import Answer, Citation, NoteKind, Statement, Status
from assistant.library.glossary import terms_in
from ui.render.words import lines

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


def _turn(number: int, answer: Answer, shown: int | None) -> str:
    said = answer.statements if shown is None else answer.statements[:shown]
    pieces = [f'<p class="cg-question">{escape(answer.question)}</p>']
    if answer.reply:
        kind = "cg-missing" if answer.status is Status.NOT_FOUND else "cg-reply"
        pieces.append(f'<p class="{kind}">{lines(answer.reply.text)}</p>')
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
