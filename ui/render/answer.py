"""A conversation as HTML: pure functions, all escaping here."""

from collections.abc import Iterable, Sequence
from html import escape

from assistant.answer.condense import About
from assistant.answer.evidence import heading
from assistant.answer.parts import Answer, Citation, Near, Note, NoteKind, Status
from assistant.library.glossary import Term, terms_in, terms_written
from assistant.library.holdings import Library
from ui.render.passage import marked
from ui.render.plain import plain_answer
from ui.render.said import said_on
from ui.render.words import lines

# What a reader must not miss: what was left out of the question, or of the answer, and who worded it.
_IN_THE_OPEN = {NoteKind.SAFETY, NoteKind.PARTIAL, NoteKind.PERSONAL_DETAILS, NoteKind.ENGINE}


def conversation(answers: Sequence[Answer], library: Library, *, asking: str = "") -> str:
    """The conversation so far, newest last; `asking` is a question that is being worked on.

    The log stands on the page from the start, and is busy while an answer is awaited, so that a
    screen reader tells each answer once and whole.
    """
    turns = [_turn(number, answer, library) for number, answer in enumerate(answers, 1)]
    if asking:
        turns.append(f'<section class="cg-turn"><h2 class="cg-question">{escape(asking)}</h2></section>')
    busy = "true" if asking else "false"
    return (
        f'<div class="cg-log" role="log" aria-label="Conversation" aria-live="polite" aria-busy="{busy}">'
        f"{''.join(turns)}</div>"
    )


def working(step: str) -> str:
    """The step that is under way, which a screen reader tells; it stands on the page when there is none, too."""
    return f'<p class="cg-working" role="status">{escape(step)}</p>'


def _turn(number: int, answer: Answer, library: Library) -> str:
    pieces = [f'<h2 class="cg-question">{escape(answer.question)}</h2>']
    if answer.reply:
        kind = "cg-missing" if answer.status is Status.NOT_FOUND else "cg-reply"
        pieces.append(f'<p class="{kind}">{lines(answer.reply.text)}</p>')
    pieces += _parts(number, answer)
    if answer.nearest:
        items = "".join(_near(one, library) for one in answer.nearest)
        pieces.append(f'<p class="cg-quiet">{_said("nearest")}</p><ul class="cg-nearest">{items}</ul>')
    if answer.status in {Status.NOT_FOUND, Status.REFUSED}:
        pieces.append(f'<p><button type="button" class="cg-go-to" data-tab="Pitfalls">{_said("browse")}</button></p>')
    pieces += _notes(answer)
    pieces.append(_terms(answer))
    pieces.append(_copy(answer, library))
    label = escape(f"Question {number}")
    return f'<section class="cg-turn" aria-label="{label}">{"".join(pieces)}</section>'


def _said(name: str) -> str:
    return escape(str(said_on("ask-page")[name]))


def _copy(answer: Answer, library: Library) -> str:
    if not answer.statements:
        return ""
    text = escape(plain_answer(answer, library))
    return f'<p class="cg-foot"><button type="button" class="cg-copy" data-copy="{text}">Copy this answer</button></p>'


def _near(near: Near, library: Library) -> str:
    """A section that comes near, to be opened where it stands."""
    title = f"{escape(near.title)}: {escape(near.heading)}"
    holding = library.holdings.get(near.source)
    section = holding.headed.section(near.anchor) if holding else None
    if holding is None or section is None:  # it was removed meanwhile
        return f"<li>{title}</li>"
    return f"<li><details><summary>{title}</summary>{marked(holding.headed.text, section, ())}</details></li>"


def _notes(answer: Answer) -> list[str]:
    """What concerns the answer itself, in the open; what concerns its sources, to be opened."""
    pieces = [f'<p class="cg-missing">{escape(one.text)}</p>' for one in answer.notes if _is_open(one, answer)]
    others = [one for one in answer.notes if not _is_open(one, answer)]
    if others:
        items = "".join(f"<li>{escape(one.text)}</li>" for one in others)
        pieces.append(f'<details class="cg-notes"><summary>About these sources</summary><ul>{items}</ul></details>')
    return pieces


def _is_open(note: Note, answer: Answer) -> bool:
    """Whether a note is shown at once; who is speaking is, where the turn asked for that and nothing else."""
    asks_who = {one.part for one in answer.statements} == {heading(About.SPEAKER.value)}
    return note.kind in _IN_THE_OPEN or (note.kind is NoteKind.WHO_IS_SPEAKING and asks_who)


def _terms(answer: Answer) -> str:
    """The terms of art in the answer, in a list: for print, and for who reads to the end first."""
    used = {term.term: term for one in answer.statements for term in terms_in(one.text)}
    if not used:
        return ""
    items = "".join(f"<dt>{escape(one.term)}</dt><dd>{escape(one.meaning)}</dd>" for one in used.values())
    return f'<details class="cg-notes"><summary>Words used here</summary><dl>{items}</dl></details>'


def _parts(number: int, answer: Answer) -> list[str]:
    pieces: list[str] = []
    part, told, numbered = "", set[str](), set[int]()
    for statement in answer.statements:
        if statement.part != part:
            part = statement.part
            pieces.append(f'<h3 class="cg-part">{escape(part)}</h3>')
        new = [
            (term, words)
            for term, words in terms_written(statement.text)
            if term.term not in told and _is_of_art(term, words)
        ]
        text = _explained(f"{number}-{len(told)}", statement.text, new)
        told |= {term.term for term, _ in new}
        links = _marks(number, statement.citations, numbered)
        pieces.append(f'<p class="cg-statement">{text}{links}</p>')
    return pieces


def _is_of_art(term: Term, words: str) -> bool:
    """Whether a term is explained where it stands: a name or an abbreviation, and no single everyday word.

    'Outcomes' and 'carers' are in the list below the answer; marked in every line, they would only be in the way.
    """
    return " " in words or words != words.lower() or any(letter.isdigit() for letter in term.term)


def _explained(place: str, text: str, terms: Iterable[tuple[Term, str]]) -> str:
    """The text, each term of it a button that shows what it means behind it."""
    pieces, at = [], 0
    for number, (term, words) in enumerate(terms):
        start = text.replace("'", "’").find(words, at)
        if start < 0:
            continue
        end, id_ = start + len(words), f"term-{place}-{number}"
        pieces.append(
            f'{escape(text[at:start])}<button type="button" class="cg-term" aria-expanded="false" '
            f'aria-controls="{id_}">{escape(text[start:end])}</button>'
            f'<span class="cg-meaning" id="{id_}" hidden> ({escape(term.meaning)}) </span>'
        )
        at = end
    return "".join(pieces) + escape(text[at:])


def _marks(turn: int, citations: Iterable[Citation], numbered: set[int]) -> str:
    """A link to each card; the first to a card has an id, for the way back. `numbered` are those that have."""
    pieces = []
    for number, one in sorted({one.number: one for one in reversed(tuple(citations))}.items()):
        label = escape(f"Source {number}: {one.source.title}, {one.heading}")
        id_ = "" if number in numbered else f' id="mark-{turn}-{number}"'
        numbered.add(number)
        pieces.append(
            f'<a class="cg-mark" href="#source-{turn}-{number}"{id_} aria-label="{label}" title="{label}">{number}</a>'
        )
    return "".join(pieces)
