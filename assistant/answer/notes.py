"""What a reader should know about the evidence of an answer."""

from collections.abc import Iterator, Sequence
from typing import Any

import yaml

from assistant.answer.parts import Note, NoteKind, Statement
from assistant.library.catalogue import Kind, Nation, Source, Standing, TextKind
from assistant.library.holdings import Origin
from assistant.templates import template


def notes_for(statements: Sequence[Statement], nation: str | None) -> tuple[Note, ...]:
    """The notes on the sources that the statements cite, for a reader of this nation (None: not said).

    Each is worded in `prompts/notes.yaml`.
    """
    cited = [one for statement in statements for one in statement.citations]
    sources = list({one.source.id: one.source for one in cited}.values())
    digests = [one.source for one in cited if one.source.text is TextKind.DIGEST and one.origin is Origin.SHIPPED]
    words = yaml.safe_load(template("notes.yaml"))
    return (
        *_speaking(sources, words["who-is-speaking"]),
        *_standing(sources, words["not-in-force"]),
        *_nations(sources, nation, words["other-nation"]),
        *_ours(list({one.id: one for one in digests}.values()), words["our-words"]),
    )


def speaker(source: Source) -> str:
    """Who is speaking, in a few words: 'sponsored article', 'opinion', 'law'."""
    words = yaml.safe_load(template("notes.yaml"))["speakers"]
    if source.interest and source.interest.lower().startswith("sponsored"):
        return str(words["sponsored"])
    return str(words[source.kind.value])


def _speaking(sources: Sequence[Source], words: dict[str, str]) -> Iterator[Note]:
    for source in sources:
        if source.interest:
            text = words["interest"].format(title=source.title, interest=_sentence(source.interest))
        elif source.kind is Kind.OPINION:
            text = words["opinion"].format(title=source.title, authors=_authors(source))
        else:
            continue
        yield Note(NoteKind.WHO_IS_SPEAKING, text, (source.id,))


def _standing(sources: Sequence[Source], words: dict[str, str]) -> Iterator[Note]:
    for source in sources:
        if source.status in {Standing.SUPERSEDED, Standing.PROPOSED}:
            text = words[source.status.value].format(title=source.title, note=source.status_note or "")
            yield Note(NoteKind.NOT_IN_FORCE, " ".join(text.split()), (source.id,))


def _nations(sources: Sequence[Source], nation: str | None, words: dict[str, Any]) -> Iterator[Note]:
    everywhere = {Nation.UK, Nation.INTERNATIONAL}
    if nation is None:
        return
    for source in sources:
        if source.nations and not {*source.nations} & {Nation(nation), *everywhere}:
            names = " and ".join(words["names"][one.value] for one in source.nations)
            text = words["text"].format(title=source.title, nations=names, nation=words["names"][nation])
            yield Note(NoteKind.OTHER_NATION, text, (source.id,))


def _ours(sources: Sequence[Source], words: dict[str, str]) -> Iterator[Note]:
    if sources:
        titles = "; ".join(f"‘{source.title}’" for source in sources)
        text = words["text"].format(titles=titles)
        yield Note(NoteKind.OUR_WORDS, text, tuple(source.id for source in sources))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".")


def _authors(source: Source) -> str:
    return " and ".join(source.authors) or source.publisher or "its author"
