"""Answers as they are judged, which is as a file of answers holds them.

So an earlier run is judged just as the present one, by today's question set and library.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.answer.parts import Answer, NoteKind, Status
from assistant.errors import ReadError
from assistant.evaluate.questions import Conversation, Gold, lines
from assistant.export import answer_record, to_json
from assistant.library.catalogue import TextKind
from assistant.library.originals import plain_words


class _Judged(BaseModel):
    """What is judged of a record; its other keys do not matter."""

    model_config = ConfigDict(frozen=True)


class Cited(_Judged):
    """A span of a source that an answer cites, or that was retrieved for it."""

    source: str
    anchor: str
    start: int
    end: int
    text_kind: TextKind
    quote: str = ""


class Said(_Judged):
    """A statement, with what it cites."""

    text: str
    citations: tuple[Cited, ...] = Field(min_length=1)


class _Note(_Judged):
    kind: NoteKind
    text: str


class _Reply(_Judged):
    text: str


class Answered(_Judged):
    """One line of a file of answers. `retrieved` is None where the file does not say it."""

    id: str
    turn: int
    question: str
    standalone_question: str
    status: Status
    reply: _Reply | None
    statements: tuple[Said, ...]
    notes: tuple[_Note, ...]
    timings_ms: Mapping[str, float]
    retrieved: tuple[Cited, ...] | None = None

    @property
    def citations(self) -> tuple[Cited, ...]:
        """All citations in reading order."""
        return tuple(one for statement in self.statements for one in statement.citations)

    @property
    def sections(self) -> tuple[str, ...]:
        """The distinct sections cited, as `source#anchor`, in reading order."""
        return tuple(dict.fromkeys(f"{one.source}#{one.anchor}" for one in self.citations))

    @property
    def milliseconds(self) -> float:
        """How long the answer took."""
        return self.timings_ms.get("total", 0.0)

    @property
    def shown(self) -> str:
        """All words that a reader sees or that were searched for."""
        words = [self.question, self.standalone_question, self.reply.text if self.reply else ""]
        return " ".join([*words, *(one.text for one in self.statements), *(one.text for one in self.notes)])


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn as it is judged: its conversation, and what was answered, now or in an earlier run."""

    conversation: Conversation
    answered: Answered

    @property
    def number(self) -> int:
        """Which turn of its conversation this is, from 1."""
        return self.answered.turn

    @property
    def typed(self) -> str:
        """What the reader typed."""
        return self.conversation.turns[self.number - 1]

    @property
    def gold(self) -> tuple[Gold, ...]:
        """The passages that answer this turn."""
        return tuple(one for one in self.conversation.gold if one.turn == self.number)

    @property
    def is_to_answer(self) -> bool:
        """Whether the turn is expected to be answered."""
        return self.conversation.expect in {"answer", "answer-safely"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One turn as it was just answered, and the sections that were retrieved for it, best first."""

    conversation: Conversation
    turn: int
    answer: Answer
    retrieved: tuple[Cited, ...] = ()


def line(outcome: Outcome) -> str:
    """An outcome as a line of a file of answers."""
    return to_json(_record(outcome), indent=None)


def turn_of(outcome: Outcome) -> Turn:
    """An outcome as it is judged."""
    return Turn(outcome.conversation, Answered.model_validate(_record(outcome)))


def answers(path: Path, records: Sequence[Conversation]) -> list[Turn]:
    """Read the answers that an earlier run gave to the same question set, in the set's order.

    Raises ReadError for a line that is no answer, and for answers to other questions.
    """
    turns = {(one.id, number): one for one in records for number in range(1, len(one.turns) + 1)}
    found = {(one.id, one.turn): Turn(turns[one.id, one.turn], one) for one in _read(path, turns)}
    for id_, number in turns:
        if (id_, number) not in found:
            raise _others(path, f"it has no answer to turn {number} of {id_}")
    return [found[place] for place in turns]


def _record(outcome: Outcome) -> dict[str, Any]:
    retrieved = [one.model_dump(mode="json", exclude={"quote"}) for one in outcome.retrieved]
    place = {"id": outcome.conversation.id, "turn": outcome.turn}
    return place | answer_record(outcome.answer) | {"retrieved": retrieved}


def _read(path: Path, turns: Mapping[tuple[str, int], Conversation]) -> Iterator[Answered]:
    seen = set()
    for number, text in lines(path, "a file that 'evaluate --answers' wrote"):
        try:
            one = Answered.model_validate(json.loads(text))
        except ValueError as error:
            raise ReadError(
                f"{path}, line {number}: it is no answer that 'evaluate --answers' wrote ({_reason(error)})."
            ) from error
        place = (one.id, one.turn)
        if place not in turns or place in seen:
            raise _others(path, f"line {number} is turn {one.turn} of {one.id}")
        if not _is_asked(one, turns[place].turns[one.turn - 1]):
            raise _others(path, f"line {number} asks something else")
        seen.add(place)
        yield one


def _is_asked(answered: Answered, typed: str) -> bool:
    """Whether an answer is to these words; where details were taken out of them, nobody can tell."""
    is_cleaned = any(one.kind is NoteKind.PERSONAL_DETAILS for one in answered.notes)
    return is_cleaned or plain_words(answered.question) == plain_words(typed)


def _reason(error: ValueError) -> str:
    if not isinstance(error, ValidationError):
        return str(error)
    first = error.errors()[0]
    return ": ".join([*map(str, first["loc"]), first["msg"]])


def _others(path: Path, why: str) -> ReadError:
    return ReadError(f"{path} answers another question set: {why}. Compare runs of the same questions.")
