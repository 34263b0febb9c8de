"""Readers' own words for a section, and for what the library should not answer.

They are indexed beside the passages as further vectors that point at a section, and never quoted.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import RecordError
from assistant.templates import shipped


@dataclass(frozen=True, slots=True)
class Situation:
    """A question or complaint as somebody would type it, and the `source#anchor` places that answer it.

    One that nothing in the library answers has no places: it is outside.
    """

    id: str
    text: str
    places: tuple[str, ...] = ()
    pitfalls: tuple[str, ...] = ()


def situations() -> tuple[Situation, ...]:
    """All situations, those inside the library's subject first, in the order of their files."""
    folder = shipped("knowledge")
    return (*_read(folder / "situations.jsonl"), *_read(folder / "outside.jsonl"))


def _read(path: Path) -> Iterator[Situation]:
    if not path.exists():
        return
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            entry = json.loads(line)
            yield Situation(
                entry["id"],
                entry["text"],
                tuple(entry.get("sections", ())),
                tuple(entry.get("pitfalls", ())),
            )
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise RecordError(
                f"{path}, line {number}: each line is one JSON object with id, text and sections."
            ) from error
