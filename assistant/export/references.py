"""The references of an export: what is cited, numbered in reading order, in Harvard style.

A place is `source#anchor`, or `source#` for a source as a whole. Authors stand as the catalogue has
them: many are bodies, whose names cannot be turned round.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant import __version__
from assistant.answer.notes import notes_for, speaker
from assistant.answer.parts import Citation, Note, NoteKind, Statement
from assistant.export.document import Reference
from assistant.export.words import day, listed, words
from assistant.library.agreements import agreements
from assistant.library.catalogue import Nation, Source, TextKind
from assistant.library.changes import changes
from assistant.library.differences import differences
from assistant.library.holdings import Holding, Library, Origin, shipped_digests

_MOST_NAMED = 3  # authors; of more, the first stands for all
_CHECKED = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Entry:
    """A place that is cited, with what is cited of it."""

    source: Source
    anchor: str
    heading: str
    citations: tuple[Citation, ...] = ()
    reworded: tuple[str, ...] = ()  # quotes that no statement repeats as they stand
    changed: tuple[Note, ...] = ()

    @property
    def place(self) -> str:
        """Where it is, as `source#anchor`."""
        return f"{self.source.id}#{self.anchor}"


@dataclass(frozen=True, slots=True)
class Bibliography:
    """What an export cites, in reading order; the number of an entry is its place in it, from 1."""

    entries: tuple[Entry, ...]

    def numbers(self, places: Iterable[str]) -> tuple[int, ...]:
        """The numbers of these places, without those that no catalogue holds."""
        known = {one.place: number for number, one in enumerate(self.entries, 1)}
        return tuple(sorted({known[one] for one in places if one in known}))

    def of(self, statement: Statement) -> tuple[int, ...]:
        """The numbers of what a statement cites."""
        return self.numbers(f"{one.source.id}#{one.anchor}" for one in statement.citations)

    def of_note(self, note: Note) -> tuple[int, ...]:
        """The numbers of what a note rests on."""
        return self.numbers(note_places(note, [one.place for one in self.entries]))

    def references(self) -> tuple[Reference, ...]:
        """The list of references; what there is to say of a source is said in full at its first entry."""
        first: dict[str, int] = {}
        for number, one in enumerate(self.entries, 1):
            first.setdefault(one.source.id, number)
        return tuple(self._reference(number, one, first[one.source.id]) for number, one in enumerate(self.entries, 1))

    def _reference(self, number: int, entry: Entry, first: int) -> Reference:
        source = entry.source
        said = words()["reference"]
        by = _authors(source)
        year = source.published[:4] if source.published else said["no-date"]
        lead = f"{by} ({year}) " if by else f"({year}) "
        about_source = _details(source) if number == first else _in_short(source, first)
        details = (*about_source, *(self._changed(one) for one in entry.changed), *_quotes(entry))
        return Reference(number, lead, source.title, _after(entry, by), source.url, details)

    def _changed(self, note: Note) -> str:
        marks = "".join(f"[{number}]" for number in self.of_note(note))
        return str(words()["reference"]["changed"]).format(text=f"{note.text} {marks}".strip())


def bibliography(
    statements: Sequence[Statement],
    library: Library,
    *,
    places: Iterable[str] = (),
    notes: Sequence[Note] = (),
    nation: Nation | None = None,
) -> Bibliography:
    """What statements cite, in their order, then other places, then what the notes rest on.

    A place that neither the library nor the shipped catalogue holds is left out. What has changed
    since a source was written is told with it, and what tells so is an entry too.
    """
    entries = {entry.place: entry for entry in _cited(statements, nation)}
    _join(entries, places, library)
    for note in (*notes, *(note for one in tuple(entries.values()) for note in one.changed)):
        _join(entries, note_places(note, list(entries)), library)
    return Bibliography(tuple(entries.values()))


def note_places(note: Note, cited: Sequence[str] = ()) -> tuple[str, ...]:
    """The places that a note rests on: those of the knowledge that it comes from, else one for each of its sources.

    That is the first that is cited, and the whole where none is.
    """
    if known := _known().get(note.text):
        return known
    first = {one.partition("#")[0]: one for one in reversed(cited)}
    return tuple(first.get(id_, f"{id_}#") for id_ in note.sources)


def about(library: Library, made: date | None = None) -> tuple[str, ...]:
    """What made an export, and how new the library's facts are: the latest day on which any was checked."""
    said = words()["about"]
    name = "made" if made else "undated"
    latest = library_date(library)
    return (
        said[name].format(version=__version__, made=day(made.isoformat()) if made else ""),
        said["library"].format(date=day(latest)) if latest else said["no-library"],
    )


def library_date(library: Library) -> str:
    """The latest day on which facts of the library were checked; empty where none says."""
    return max((day_ for one in library if (day_ := checked_on(one.source))), default="")


def checked_on(source: Source) -> str:
    """The day on which the facts of a source were last checked; empty where it is not said."""
    found = _CHECKED.match(source.checked or "")
    return found.group() if found else ""


def harvard(reference: Reference) -> str:
    """A reference as a line of plain text."""
    at = f" {words()['reference']['at']} {reference.url}" if reference.url else ""
    return f"{reference.before}{reference.title}{reference.after}{at}"


def _join(entries: dict[str, Entry], places: Iterable[str], library: Library) -> None:
    """Add the places that are not there yet and are held."""
    wanted = [one for one in dict.fromkeys(places) if one not in entries]
    is_whole = all(one.partition("#")[0] in library.holdings for one in wanted)
    held = library.holdings if is_whole else {**_shipped(), **library.holdings}  # reading what ships takes a moment
    for place in wanted:
        if entry := _entry(place, held):
            entries[place] = entry


def _entry(place: str, held: Mapping[str, Holding]) -> Entry | None:
    id_, _, anchor = place.partition("#")
    holding = held.get(id_)
    if holding is None:
        return None
    section = holding.headed.section(anchor) if anchor else None
    return Entry(holding.source, anchor, section.heading if section else "")


def _shipped() -> Mapping[str, Holding]:
    return {id_: Holding(one.source, one.headed, Origin.SHIPPED) for id_, one in shipped_digests().items()}


def _cited(statements: Sequence[Statement], nation: Nation | None) -> Iterator[Entry]:
    said = {one.text for one in statements}
    by_place: dict[str, list[Citation]] = {}
    for one in (citation for statement in statements for citation in statement.citations):
        by_place.setdefault(f"{one.source.id}#{one.anchor}", []).append(one)
    for citations in by_place.values():
        first = citations[0]
        entry = Entry(first.source, first.anchor, first.heading, tuple(citations))
        quotes = dict.fromkeys(one.quote for one in citations if one.quote not in said)
        yield replace(entry, reworded=tuple(quotes), changed=_changed_since(citations, nation))


def _changed_since(citations: Sequence[Citation], nation: Nation | None) -> tuple[Note, ...]:
    """What became of the bodies, laws and funds that the cited words name."""
    alone = [Statement(one.quote, "", (one,)) for one in citations]
    return tuple(note for note in notes_for(alone, "", nation) if note.kind is NoteKind.CHANGED)


def _known() -> Mapping[str, tuple[str, ...]]:
    """The places behind the notes that come from the lists of the library, by their text."""
    sides = {one.text: tuple(place for side in one.sides for place in side) for one in differences()}
    return {one.text: one.sources for one in changes()} | sides | {one.text: one.places for one in agreements()}


def _authors(source: Source) -> str:
    names = source.authors or ((source.publisher,) if source.publisher else ())
    if len(names) > _MOST_NAMED:
        return f"{names[0]} {words()['reference']['others']}"
    return listed(names)


def _after(entry: Entry, by: str) -> str:
    """What follows the title: the publisher, and the section with its pages and locators."""
    said = words()["reference"]
    publisher = entry.source.publisher or ""
    if publisher[:1].islower():  # an address, or that it is not named
        publisher = said["publisher"].format(name=publisher)
    parts = [publisher] if publisher not in {"", by} else []
    if entry.heading and entry.heading != entry.source.title:
        found = [one.locator or (said["page"].format(page=one.page) if one.page else "") for one in entry.citations]
        where = "; ".join(dict.fromkeys(one for one in found if one))
        parts.append(said["section"].format(heading=entry.heading) + (f" ({where})" if where else ""))
    parts += [] if entry.source.url else [said["no-url"].rstrip(".")]
    stop = "" if entry.source.title.endswith((".", "?", "!")) else "."
    return f"{stop} {'. '.join(parts)}".rstrip() + ("." if parts else "")


def _details(source: Source) -> Iterator[str]:
    said = words()["reference"]
    yield said["speaker"].format(speaker=speaker(source))
    if source.interest:
        yield said["interest"].format(interest=_sentence(source.interest))
    yield said["date"].format(date=_published(source))
    if source.published_note:
        yield said["date-note"].format(note=_sentence(source.published_note))
    yield _nations(source)
    yield _text_kind(source)
    yield from _standing(source)


def _in_short(source: Source, first: int) -> Iterator[str]:
    """What must stand with each entry, and where the rest is told."""
    said = words()["reference"]
    yield said["speaker"].format(speaker=speaker(source))
    yield said["date"].format(date=_published(source))
    yield _nations(source)
    yield _text_kind(source)
    yield from _standing(source)
    yield said["more"].format(number=first)


def _published(source: Source) -> str:
    return day(source.published) if source.published else str(words()["reference"]["no-day"])


def _nations(source: Source) -> str:
    said, names = words()["reference"], words()["nations"]
    return str(said["nation"].format(nations=listed([names[one.value] for one in source.nations]) or said["no-nation"]))


def _text_kind(source: Source) -> str:
    said = words()["reference"]
    if source.text is TextKind.ORIGINAL:
        return str(said["original"])
    on = checked_on(source)
    return str(said["digest" if on else "digest-undated"]).format(date=day(on) if on else "")


def _standing(source: Source) -> Iterator[str]:
    if source.status and (text := words()["reference"]["status"][source.status.value]):
        yield text.format(note=(source.status_note or source.superseded_by or "").rstrip("."))


def _quotes(entry: Entry) -> Iterator[str]:
    if entry.reworded:
        quotes = "; ".join(f"“{one}”" for one in entry.reworded)
        yield words()["reference"]["quotes"].format(quotes=quotes)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".")
