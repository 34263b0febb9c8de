"""The catalogue record of a source, and its checks."""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator

from assistant.errors import RecordError
from assistant.library.entries import LOADER

LONGEST_ID = 80  # characters
_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_DATE = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"


class Kind(StrEnum):
    """What sort of work a source is, which says how far it binds or proves."""

    ARTICLE = "article"
    OPINION = "opinion"
    LEGISLATION = "legislation"
    STATUTORY_GUIDANCE = "statutory-guidance"
    POLICY = "policy"
    REVIEW = "review"
    AUDIT = "audit"
    EVALUATION = "evaluation"
    RESEARCH = "research"
    PRACTICE_GUIDANCE = "practice-guidance"


class Nation(StrEnum):
    """Whose law or experience a source speaks of."""

    ENGLAND = "england"
    SCOTLAND = "scotland"
    WALES = "wales"
    NORTHERN_IRELAND = "northern-ireland"
    UK = "uk"
    INTERNATIONAL = "international"


# Kinds whose rules bind in their own nation alone; the lessons of the others travel.
BINDING = frozenset({Kind.LEGISLATION, Kind.STATUTORY_GUIDANCE, Kind.POLICY})
_EVERYWHERE = frozenset({Nation.UK, Nation.INTERNATIONAL})


def applies(nations: Iterable[Nation], nation: Nation) -> bool:
    """Whether a source that speaks of these nations speaks of this one, or of all of them."""
    spoken = set(nations)
    return not spoken or bool(spoken & {nation, *_EVERYWHERE})


class Standing(StrEnum):
    """Whether a source holds today."""

    IN_FORCE = "in-force"
    SUPERSEDED = "superseded"
    HISTORIC = "historic"
    PROPOSED = "proposed"


class TextKind(StrEnum):
    """Whether the stored text is our digest of the source or the source's own words."""

    DIGEST = "digest"
    ORIGINAL = "original"


def _in_calendar(written: str) -> str:
    if written.count("-") == 2:
        date.fromisoformat(written)  # raises ValueError for a day that no calendar has
    return written


# YAML reads an unquoted 2013 as a number; the record keeps what was written.
_AsText = BeforeValidator(lambda value: value if value is None else str(value))
_Date = Annotated[str, Field(pattern=rf"^{_DATE}$"), AfterValidator(_in_calendar)]


class Source(BaseModel):
    """The catalogue record: one article, law, guidance document, or a reader's own file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=rf"^{_SLUG}$", max_length=LONGEST_ID)]
    title: Annotated[str, Field(min_length=1)]
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published: Annotated[_Date | None, _AsText] = None
    published_note: str | None = None
    url: Annotated[str, Field(pattern=r"^https?://\S+$")] | None = None
    kind: Kind
    nations: tuple[Nation, ...] = ()
    nations_note: str | None = None
    status: Standing | None = None
    status_note: str | None = None
    superseded_by: str | None = None
    licence: str | None = None
    interest: str | None = None
    text: TextKind
    checked: Annotated[str | None, _AsText] = None

    @field_validator("authors", "nations")
    @classmethod
    def _no_repeats(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(values)) != len(values):
            raise ValueError("names something twice")
        return values


def slug(text: str, fallback: str = "untitled") -> str:
    """A lower-case id of letters, digits and single hyphens, at most LONGEST_ID characters long."""
    words = re.findall(r"[a-z0-9]+", text.lower().replace("’", "").replace("'", ""))
    return "-".join(words)[:LONGEST_ID].strip("-") or fallback


def front_matter(text: str) -> tuple[str | None, str]:
    """Split a file into its YAML front matter (None where it has none) and its body."""
    found = re.match(r"\ufeff?---[ \t]*\r?\n(.*?\r?\n)?---[ \t]*(?:\r?\n|$)", text, re.DOTALL)
    return (found.group(1) or "", text[found.end() :]) if found else (None, text)


def record(front: str, path: Path) -> Source:
    """Check front matter and make the record of it.

    Raises RecordError that names the file and each wrong or missing field.
    """
    try:
        fields = yaml.load(front, Loader=LOADER)
    except yaml.YAMLError as error:
        where = getattr(error, "problem_mark", None)
        line = f", line {where.line + 2}" if where else ""
        raise RecordError(
            f"{path}{line}: the front matter is not valid YAML. "
            "Put values with a colon in quotes, and indent with spaces."
        ) from error
    if not isinstance(fields, dict):
        raise RecordError(f"{path}: the front matter is not a list of 'field: value' lines.")
    try:
        return Source.model_validate(fields)
    except ValidationError as error:
        problems = "; ".join(
            f"field '{'.'.join(str(part) for part in item['loc'])}': {item['msg']}" for item in error.errors()
        )
        raise RecordError(f"{path}: the record is wrong. {problems}. Correct the front matter.") from error
