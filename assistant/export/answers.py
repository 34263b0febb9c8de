"""An answer, or a whole conversation, as a document."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from assistant.answer.parts import Answer, Engine, NoteKind
from assistant.export.document import Block, Document, Heading, Line, Style, Text
from assistant.export.references import Bibliography, about, bibliography
from assistant.export.words import words
from assistant.library.catalogue import Nation
from assistant.library.holdings import Library


def answer_document(answer: Answer, library: Library, *, made: date | None = None) -> Document:
    """One answer with its notes and references; `made` is the day that it says it was made on."""
    said = words()["answer"]
    cites = _bibliography([answer], library)
    intro = said["intro-model" if answer.engine is Engine.MODEL else "intro"]
    return Document(
        said["title"].format(question=answer.question),
        tuple(_blocks(answer, cites, 1)),
        cites.references(),
        about(library, made),
        intro if answer.statements else "",
    )


def conversation_document(answers: Sequence[Answer], library: Library, *, made: date | None = None) -> Document:
    """The turns of a conversation in order, with one list of references. Raises ValueError where there is none."""
    if not answers:
        raise ValueError("a conversation has a turn")
    if len(answers) == 1:
        return answer_document(answers[0], library, made=made)
    said = words()["answer"]
    cites = _bibliography(answers, library)
    blocks: list[Block] = []
    for number, answer in enumerate(answers, 1):
        blocks.append(Heading(said["turn"].format(number=number, question=answer.question), 1))
        blocks += _blocks(answer, cites, 2, None if number == 1 else answers[number - 2])
    return Document(
        said["conversation"].format(question=answers[0].question),
        tuple(blocks),
        cites.references(),
        about(library, made),
        said["intro-many"].format(count=len(answers)),
    )


def _bibliography(answers: Sequence[Answer], library: Library) -> Bibliography:
    return bibliography(
        [statement for answer in answers for statement in answer.statements],
        library,
        places=[f"{one.source}#{one.anchor}" for answer in answers for one in answer.nearest],
        notes=[note for answer in answers for note in answer.notes],
        nation=Nation(answers[-1].nation) if answers[-1].nation else None,
    )


def _blocks(answer: Answer, cites: Bibliography, level: int, before: Answer | None = None) -> Iterator[Block]:
    """One turn; whom it is for is told where it is not as for the turn before."""
    said = words()["answer"]
    if before is None or (before.audience, before.nation) != (answer.audience, answer.nation):
        nation = words()["nations"][answer.nation] if answer.nation else said["no-nation"]
        yield Text(said["for"].format(audience=said["audiences"][answer.audience.value], nation=nation))
    if answer.standalone_question != answer.question:
        yield Text(answer.standalone_question, label=said["understood"])
    if answer.reply:
        yield from (Text(one) for one in answer.reply.text.split("\n\n"))
    if answer.statements and not answer.complete:
        yield Text(said["incomplete"])
    for part, statements in groupby(answer.statements, key=lambda one: one.part):
        yield Heading(part, level)
        yield from (Line(one.text, cites.of(one)) for one in statements)
    if answer.nearest:
        yield Heading(said["nearest"], level)
        for near in answer.nearest:
            numbers = cites.numbers([f"{near.source}#{near.anchor}"])
            yield Text(f"{near.title}: {near.heading}", Style.ITEM, numbers)
    # each reference says whether its words are ours
    if notes := [one for one in answer.notes if one.kind is not NoteKind.OUR_WORDS]:
        yield Heading(said["notes"], level)
        yield from (Text(one.text, Style.NOTE, cites.of_note(one)) for one in notes)
    if answer.follow_ups:
        yield Heading(said["next"], level)
        yield from (Text(one, Style.ITEM) for one in answer.follow_ups)
