"""The pieces of an answer. An engine proposes drafts; only `verify` makes statements of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from assistant.library.catalogue import Source
from assistant.library.holdings import Origin
from assistant.library.split import Place, Sentence


class Audience(StrEnum):
    """Who an answer is for."""

    FRONTLINE = "frontline"
    LEADER = "leader"
    PROPOSAL = "proposal"


class Status(StrEnum):
    """What became of a turn."""

    ANSWERED = "answered"
    NOT_FOUND = "not_found"
    REFUSED = "refused"
    REPLIED = "replied"


class Engine(StrEnum):
    """What worded the statements."""

    EVIDENCE = "evidence"
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class Quote:
    """The exact words that are to support a draft, and where they stand."""

    text: str
    place: Place
    locator: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence that an engine proposes, under the heading it would stand under. Not yet checked."""

    text: str
    part: str
    quotes: tuple[Quote, ...]


def drafted(sentence: Sentence, part: str) -> Draft:
    """A draft that is a sentence of the library, word for word, and quotes it."""
    return Draft(sentence.text, part, (Quote(sentence.text, sentence.place, sentence.locator, sentence.page),))


@dataclass(frozen=True, slots=True)
class Citation:
    """A checked quote: `quote` stands at `start` to `end` of the source's stored text, word for word.

    Citations of one section have one number.
    """

    number: int
    source: Source
    origin: Origin
    anchor: str
    heading: str
    quote: str
    start: int
    end: int
    locator: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of an answer, with the citations that support it. There is none without."""

    text: str
    part: str
    citations: tuple[Citation, ...]

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("a statement says something")
        if not self.citations:
            raise ValueError(f"a statement needs a citation: {self.text!r}")
        if any(not one.quote.strip() for one in self.citations):
            raise ValueError(f"an empty quote supports nothing: {self.text!r}")


class NoteKind(StrEnum):
    """What a note tells about the evidence."""

    CHANGED = "changed"
    SOURCES_DIFFER = "sources-differ"
    SOURCES_AGREE = "sources-agree"
    WHO_IS_SPEAKING = "who-is-speaking"
    OUR_WORDS = "our-words"
    NOT_IN_FORCE = "not-in-force"
    OTHER_NATION = "other-nation"
    PARTIAL = "partial"
    PERSONAL_DETAILS = "personal-details"
    SAFETY = "safety"
    ENGINE = "engine"


@dataclass(frozen=True, slots=True)
class Note:
    """Something that the reader should know about the evidence, and the sources it concerns."""

    kind: NoteKind
    text: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """A fixed reply, by its name in `prompts/replies/`."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Near:
    """A section that comes nearest where nothing answers; `score` is comparable within one answer."""

    source: str
    anchor: str
    title: str
    heading: str
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """All that a reader gets for one turn."""

    question: str
    standalone_question: str
    audience: Audience
    nation: str | None
    status: Status
    complete: bool = True
    reply: Reply | None = None
    statements: tuple[Statement, ...] = ()
    notes: tuple[Note, ...] = ()
    follow_ups: tuple[str, ...] = ()
    nearest: tuple[Near, ...] = ()
    pitfalls: tuple[str, ...] = ()
    engine: Engine = Engine.EVIDENCE
    timings_ms: Mapping[str, float] = field(default_factory=dict, hash=False)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations in reading order."""
        return tuple(one for statement in self.statements for one in statement.citations)

    @property
    def sections(self) -> tuple[tuple[str, str], ...]:
        """The distinct sections cited, as source and anchor, in reading order."""
        return tuple(dict.fromkeys((one.source.id, one.anchor) for one in self.citations))
