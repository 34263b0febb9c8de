"""The types of what programs get: the JSON of the command line. Keys are only ever added."""

from typing_extensions import TypedDict


class Citation(TypedDict):
    """Where a statement stands, and its exact words there."""

    number: int
    source: str
    anchor: str
    heading: str
    locator: str
    title: str
    publisher: str | None
    published: str | None
    url: str | None
    kind: str
    speaker: str
    nations: list[str]
    origin: str
    text_kind: str
    quote: str
    start: int
    end: int
    page: int | None


class Statement(TypedDict):
    """One sentence with what supports it."""

    text: str
    part: str
    citations: list[Citation]


class Note(TypedDict):
    """What to know about the evidence."""

    kind: str
    text: str
    sources: list[str]


class Reply(TypedDict):
    """A fixed reply."""

    name: str
    text: str


class Near(TypedDict):
    """A section that came near a question that is not answered."""

    source: str
    anchor: str
    title: str
    score: float
    heading: str


class AnswerRecord(TypedDict):
    """What `ask --json` prints."""

    version: str
    question: str
    standalone_question: str
    audience: str
    nation: str | None
    status: str
    complete: bool
    reply: Reply | None
    statements: list[Statement]
    notes: list[Note]
    follow_ups: list[str]
    nearest: list[Near]
    pitfalls: list[str]
    engine: str
    timings_ms: dict[str, float]


class Where(TypedDict):
    """Where a span stands in a draft."""

    heading: str
    page: int | None


class Correction(TypedDict):
    """A reader's own verdict."""

    status: str
    reason: str


class Verdict(TypedDict):
    """What a draft makes of one pitfall."""

    pitfall: str
    name: str
    status: str
    span: str
    where: Where
    missing: list[str]
    advice: list[Statement]
    question: str
    wording: str
    correction: Correction | None


class Change(TypedDict):
    """What became of a verdict since an older version."""

    pitfall: str
    before: str
    now: str
    direction: str
    span_before: str


class ReportRecord(TypedDict):
    """What `check --json` prints."""

    version: str
    file: str
    engine: str
    nation: str | None
    pitfalls: list[Verdict]
    against: str | None
    changes: list[Change]
    notes: list[Note]
    timings_ms: dict[str, float]


class Item(TypedDict):
    """A question to ask, or a remark, with the places that it rests on."""

    text: str
    places: list[str]


class Part(TypedDict):
    """A headed part of a briefing."""

    heading: str
    level: int
    text: str
    statements: list[Statement]
    items: list[Item]


class Reading(TypedDict):
    """A source in the reading list of a briefing."""

    source: str
    title: str
    authors: list[str]
    publisher: str | None
    published: str | None
    speaker: str
    interest: str | None
    nations: list[str]
    kind: str
    text_kind: str
    url: str | None


class Term(TypedDict):
    """An abbreviation or a term, and what it means."""

    term: str
    meaning: str
    sources: list[str]


class BriefingRecord(TypedDict):
    """What `brief --json` prints."""

    version: str
    type: str | None
    stage: str | None
    nation: str | None
    worries: list[str]
    pitfalls: list[str]
    title: str
    intro: str
    sections: list[Part]
    notes: list[Note]
    reading: list[Reading]
    glossary: list[Term]


class Source(TypedDict):
    """The catalogue record of a source."""

    id: str
    title: str
    authors: list[str]
    publisher: str | None
    published: str | None
    published_note: str | None
    url: str | None
    kind: str
    nations: list[str]
    nations_note: str | None
    status: str | None
    status_note: str | None
    superseded_by: str | None
    licence: str | None
    interest: str | None
    text: str
    checked: str | None
    origin: str


class SourcesRecord(TypedDict):
    """What `sources --json` prints."""

    sources: list[Source]


class Block(TypedDict):
    """A paragraph, item or row of a section."""

    start: int
    end: int
    role: str | None
    locator: str
    page: int | None


class Section(TypedDict):
    """A headed part of a source's text."""

    anchor: str
    heading: str
    start: int
    end: int
    pitfalls: list[str]
    blocks: list[Block]


class HoldingRecord(TypedDict):
    """What `show SOURCE --json` prints."""

    record: Source
    text: str
    sections: list[Section]
