"""A briefing as a document that leaves the assistant."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from assistant.answer.notes import speaker
from assistant.answer.parts import Note, NoteKind
from assistant.brief.parts import Briefing, Section
from assistant.brief.record import briefing_record
from assistant.brief.words import words
from assistant.errors import ReadError
from assistant.export import to_json
from assistant.export.document import Block, Document, Heading, Line, Style, Text
from assistant.export.files import ANSWER_ENDINGS, refuse, written
from assistant.export.references import Bibliography, about, bibliography, library_date, note_places
from assistant.export.words import day
from assistant.library.catalogue import Kind
from assistant.library.holdings import Library

ENDINGS = ANSWER_ENDINGS
_BEGIN = 4  # sources to read first
_LAWS = 2  # of them


def save_briefing(briefing: Briefing, library: Library, path: Path, *, made: date | None = None) -> None:
    """Write a briefing as .docx, .md, .html or .json. Raises ReadError where it cannot be."""
    refuse(path, ENDINGS)
    content = briefing_content(briefing, library, path.suffix.lower(), made=made)
    try:
        path.write_bytes(content)
    except OSError as error:
        raise ReadError(f"{path} cannot be written ({error.strerror}). Name another file.") from error


def briefing_content(briefing: Briefing, library: Library, ending: str, *, made: date | None = None) -> bytes:
    """What a file with one of `ENDINGS` holds of a briefing."""
    if ending == ".json":
        record = briefing_record(briefing) | {"library_date": library_date(library) or None}
        return f"{to_json(record)}\n".encode()
    return written(briefing_document(briefing, library, made=made), ending)


def briefing_document(briefing: Briefing, library: Library, *, made: date | None = None) -> Document:
    """A briefing with its references; `made` is the day that it says it was made on."""
    kinds = {NoteKind.CHANGED, NoteKind.SOURCES_AGREE, NoteKind.SOURCES_DIFFER, NoteKind.NOT_IN_FORCE}
    shown = {item.text for section in briefing.sections for item in section.items}
    notes = {one.text: one for one in briefing.notes if one.kind in kinds and one.text in shown}
    cited = [f"{one.source.id}#{one.anchor}" for one in briefing.citations]
    asked = [place for section in briefing.sections for item in section.items for place in item.places if "#" in place]
    cites = bibliography(
        briefing.statements, library, places=asked, notes=list(notes.values()), nation=briefing.wanted.nation
    )
    blocks = (
        *(block for section in briefing.sections for block in _section(section, cites, notes, cited)),
        *_reading(briefing, cites),
        *_glossary(briefing, cites),
    )
    return Document(briefing.title, blocks, cites.references(), about(library, made), briefing.intro)


def _section(section: Section, cites: Bibliography, notes: dict[str, Note], cited: Sequence[str]) -> Iterator[Block]:
    yield Heading(section.heading, section.level)
    if section.text:
        yield Text(section.text)
    for one in section.statements:
        label = "" if one.part == section.heading else one.part
        yield Line(one.text, cites.of(one), label)
    for item in section.items:
        note = notes.get(item.text)
        places = note_places(note, cited) if note else item.places
        yield Text(item.text, Style.ITEM, cites.numbers(places))


def _reading(briefing: Briefing, cites: Bibliography) -> Iterator[Block]:
    """The sources to begin with: those most cited, law first and those with an interest last."""
    said = words()["reading"]
    if not briefing.reading:
        return
    yield Heading(said["heading"])
    yield Text(said["begin"])
    often = Counter(one.source.id for one in briefing.citations)
    ranked = sorted(briefing.reading, key=lambda one: (bool(one.interest), -often[one.id]))
    laws = [one for one in ranked if one.kind is Kind.LEGISLATION][:_LAWS]
    ranked = [*laws, *(one for one in ranked if one.kind is not Kind.LEGISLATION)]
    for source in ranked[:_BEGIN]:
        place = next(f"{one.source.id}#{one.anchor}" for one in briefing.citations if one.source.id == source.id)
        dated = day(source.published) if source.published else said["undated"]
        yield Text(f"{source.title} ({speaker(source)}, {dated})", Style.ITEM, cites.numbers([place]))


def _glossary(briefing: Briefing, cites: Bibliography) -> Iterator[Block]:
    said = words()["glossary"]
    if not briefing.glossary:
        return
    yield Heading(said["heading"])
    yield Text(said["text"])
    for one in briefing.glossary:
        yield Text(one.meaning, Style.ITEM, cites.numbers(one.sources), f"{one.term[:1].upper()}{one.term[1:]}:")
