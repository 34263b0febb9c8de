"""Reading a question set: what is asked, and what is expected."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import ReadError
from assistant.library.catalogue import Nation

EXPECTED = ("answer", "answer-safely", "abstain", "refuse")
IMPORTANCE = ("vital", "okay")


@dataclass(frozen=True, slots=True)
class Gold:
    """A passage that answers a turn: the source, its section's name, and words that stand in it."""

    turn: int
    article: str
    section: str
    quote: str


@dataclass(frozen=True, slots=True)
class Nugget:
    """A fact that a good answer to a turn has, in anybody's words; a vital one must not be missing."""

    turn: int
    text: str
    is_vital: bool


@dataclass(frozen=True, slots=True)
class Conversation:
    """One record of a question set: what a reader types in turn, and what is expected."""

    id: str
    turns: tuple[str, ...]
    expect: str
    kind: str
    audience: str
    gold: tuple[Gold, ...] = ()
    holds: str = ""
    nation: Nation | None = None
    nuggets: tuple[Nugget, ...] = ()


def conversations(path: Path) -> list[Conversation]:
    """Read a question set, one JSON object a line.

    Raises ReadError that names the line which is not in the form that docs/evaluation.md describes, or has the
    id of one before it.
    """
    records: dict[str, Conversation] = {}
    for number, text in lines(path, "a file of questions"):
        try:
            record = _conversation(json.loads(text))
        except (ValueError, KeyError, TypeError) as error:
            raise ReadError(
                f"{path}, line {number}: a question has at least id, turns and expect ({error})."
            ) from error
        if record.id in records:
            raise ReadError(f"{path}, line {number}: the id {record.id} is taken. Give each question its own.")
        records[record.id] = record
    return list(records.values())


def lines(path: Path, what: str) -> Iterable[tuple[int, str]]:
    """The lines of a file that say something, with their numbers. Raises ReadError where it cannot be read."""
    try:
        texts = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(f"{path} cannot be read. Give {what}, one JSON object a line.") from error
    return [(number, text) for number, text in enumerate(texts, 1) if text.strip()]


def _conversation(record: Mapping[str, Any]) -> Conversation:
    if not isinstance(record, dict):
        raise TypeError("it is not an object")
    if not isinstance(record["turns"], list) or not record["turns"]:
        raise ValueError("turns is a list of texts")
    if record["expect"] not in EXPECTED:
        raise ValueError(f"expect is one of {', '.join(EXPECTED)}")
    nation = record.get("nation")
    return Conversation(
        str(record["id"]),
        tuple(map(str, record["turns"])),
        record["expect"],
        str(record.get("kind", "single")),
        str(record.get("audience", "any")),
        tuple(
            Gold(int(one["turn"]), one["article"], one["section"], one.get("quote", ""))
            for one in record.get("gold", ())
        ),
        str(record.get("holds", "")),
        Nation(nation) if nation else None,
        tuple(map(_nugget, record.get("nuggets", ()))),
    )


def _nugget(record: Mapping[str, Any]) -> Nugget:
    importance = record.get("importance", "vital")
    if importance not in IMPORTANCE:
        raise ValueError(f"a nugget's importance is one of {', '.join(IMPORTANCE)}")
    return Nugget(int(record["turn"]), str(record["text"]), importance == "vital")
