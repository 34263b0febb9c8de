"""Sentences such as drafts contain, each with what it does about a pitfall: what the check is fitted on."""

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from assistant.errors import RecordError
from assistant.library.pitfalls import pitfalls
from assistant.templates import shipped


class Label(StrEnum):
    """What a line does: addresses its pitfall, touches it, or speaks of something else."""

    ADDRESSED = "addressed"
    TOUCHED = "touched"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence, or two.

    With the label `other`, `pitfall` is the one that its words may be taken for, or empty. `also`
    names other pitfalls of which the line does the same.
    """

    text: str
    pitfall: str
    label: Label
    also: tuple[str, ...] = ()

    @property
    def is_relevant(self) -> bool:
        """Whether the line raises its pitfall."""
        return self.label is not Label.OTHER

    def raises(self, pitfall: str) -> bool:
        """Whether the line raises this pitfall."""
        return self.is_relevant and (pitfall == self.pitfall or pitfall in self.also)


def lines_file() -> Path:
    """Where the lines are kept."""
    return shipped("knowledge") / "proposal-lines.jsonl"


def lines() -> tuple[Line, ...]:
    """All lines. Raises RecordError naming the line of the file that is not in order."""
    known = {"", *(one.id for one in pitfalls())}
    found = []
    for number, text in enumerate(lines_file().read_text(encoding="utf-8").splitlines(), 1):
        try:
            entry = json.loads(text)
            line = Line(entry["text"], entry["pitfall"] or "", Label(entry["status"]), tuple(entry.get("also", ())))
        except (ValueError, KeyError, TypeError) as error:
            raise RecordError(
                f"{lines_file()}, line {number}: fields 'text', 'pitfall' and 'status' are needed."
            ) from error
        wrong = [one for one in (line.pitfall, *line.also) if one not in known]
        if wrong or (line.is_relevant and not line.pitfall):
            raise RecordError(
                f"{lines_file()}, line {number}: field 'pitfall': '{''.join(wrong[:1])}' is none of the 22."
            )
        found.append(line)
    return tuple(found)


def lines_hash() -> str:
    """What tells whether the lines have changed since something was fitted on them."""
    return hashlib.sha256(lines_file().read_bytes()).hexdigest()
