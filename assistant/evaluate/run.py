"""Asking every question of a set, and keeping what was answered and retrieved."""

from collections.abc import Callable, Iterator, Sequence

from langchain_core.messages import BaseMessage

from assistant.answer.condense import condense
from assistant.answer.history import exchange
from assistant.answer.parts import Answer, Audience, Status
from assistant.answer.pipeline import Assistant
from assistant.evaluate.answers import Cited, Outcome
from assistant.evaluate.questions import Conversation
from assistant.guard import guard
from assistant.library import split
from assistant.library.catalogue import Nation

RETRIEVED = 10  # distinct sections that are kept


def run(
    assistant: Assistant, records: Sequence[Conversation], progress: Callable[[int, int], None]
) -> Iterator[Outcome]:
    """Ask every conversation in order, with our own answers as its history."""
    total = sum(len(one.turns) for one in records)
    done = 0
    for record in records:
        history: list[BaseMessage] = []
        for number, turn in enumerate(record.turns, 1):
            answer = assistant.ask(
                turn,
                history,
                audience=Audience(record.audience) if record.audience in set(Audience) else Audience.FRONTLINE,
                nation=record.nation,
            )
            retrieved = _retrieved(assistant, turn, history, answer)
            history += exchange(answer)
            done += 1
            progress(done, total)
            yield Outcome(record, number, answer, retrieved)


def _retrieved(assistant: Assistant, turn: str, history: Sequence[BaseMessage], answer: Answer) -> tuple[Cited, ...]:
    """The best passage of each of the first sections that were found for a turn."""
    if answer.status not in {Status.ANSWERED, Status.NOT_FOUND}:
        return ()
    nation = Nation(answer.nation) if answer.nation else None
    asked = condense(guard(turn).searchable, history)
    library, finding = assistant.find(asked.question, nation, turn=asked.turn, before=asked.before)
    best: dict[str, split.Place] = {}
    for place in map(split.place, finding.passages):
        best.setdefault(place.section, place)
    return tuple(
        Cited(
            source=one.source,
            anchor=one.anchor,
            start=one.start,
            end=one.end,
            text_kind=library[one.source].source.text,
        )
        for one in list(best.values())[:RETRIEVED]
    )
