"""An answer as plain text with its references, to be put into a message or a note."""

from collections.abc import Iterator
from itertools import groupby

from assistant.answer.parts import Answer, NoteKind
from assistant.export.references import Bibliography, bibliography, harvard
from assistant.export.words import words
from assistant.library.catalogue import Nation
from assistant.library.holdings import Library


def references_of(answer: Answer, library: Library) -> Bibliography:
    """What the statements of an answer cite."""
    return bibliography(answer.statements, library, nation=Nation(answer.nation) if answer.nation else None)


def plain_answer(answer: Answer, library: Library) -> str:
    """The question, the statements under their headings with numbers, the notes, and the references."""
    return "\n".join(_lines(answer, references_of(answer, library)))


def _lines(answer: Answer, cites: Bibliography) -> Iterator[str]:
    yield answer.question
    for part, statements in groupby(answer.statements, key=lambda one: one.part):
        yield from ("", part)
        for one in statements:
            yield f"{one.text} {''.join(f'[{number}]' for number in cites.of(one))}"
    if notes := [one.text for one in answer.notes if one.kind is not NoteKind.OUR_WORDS]:
        yield from ("", words()["answer"]["notes"], *notes)
    yield from ("", words()["reference"]["heading"])
    yield from (f"[{one.number}] {harvard(one)}" for one in cites.references())
