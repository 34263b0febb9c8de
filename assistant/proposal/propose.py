"""Where a language model is set: it may point at the words of a draft that a verdict quotes, and do no more.

It sees the sentences that the judge finds nearest to each pitfall, numbered and without personal
details, and names one for a pitfall. Its choice is quoted only where it stands in the draft word for
word and the judge, on its own, gives those words the same verdict. So it can make no verdict better
or worse.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import yaml
from langchain_core.language_models import BaseChatModel

from assistant.answer.model import PATIENCE, replied
from assistant.answer.parts import Engine, Note, NoteKind
from assistant.guard.details import without_details
from assistant.library.pitfalls import pitfalls
from assistant.proposal.draft import Span, is_verbatim
from assistant.proposal.judge import Judge, Scores
from assistant.proposal.parts import Treatment
from assistant.templates import template

_NEAREST = 5  # sentences shown for each pitfall; all together are some 3,000 words
_FAR_TOO_LONG = 20_000  # characters of a reply that is not worth reading
_SHORTEST = 3  # words of a quotation: fewer stand anywhere
_NAMED = re.compile(r"^[\s*•-]*([a-z]+(?:-[a-z]+)*)\s*:\s*(.+?)\s*$")
_MARK = re.compile(r"\[\s*(\d{1,4})\s*\]|^(\d{1,4})\.?$")

Status = tuple[Treatment, int | None]


@dataclass(frozen=True, slots=True)
class Choice:
    """The verdicts with the rows of the spans that they quote, and what the reader should know of the model's part."""

    statuses: tuple[Status, ...]
    engine: Engine = Engine.EVIDENCE
    notes: tuple[Note, ...] = ()


def propose(
    statuses: Sequence[Status],
    judge: Judge,
    found: Scores,
    spans: Sequence[Span],
    chat: BaseChatModel,
    *,
    patience: float = PATIENCE,
) -> Choice:
    """The same verdicts, quoting the model's spans where the judge gives those the same verdict.

    Where the model fails, is silent for longer than `patience` in seconds or makes no sense, all stay
    as they are, with a note.
    """
    rows = _shown(found)
    reply = replied(chat, ("propose-rules.txt", "propose.txt"), _values(rows, spans), patience=patience)
    if reply is None:
        return Choice(tuple(statuses), notes=(_note("failed"),))
    named = dict(_named(reply, judge, rows, spans))
    if not named:
        return Choice(tuple(statuses), notes=(_note("unusable"),))
    after = [_quoting(status, named.get(at), at, judge, found) for at, status in enumerate(statuses)]
    count = sum(one != before for one, before in zip(after, statuses, strict=True))
    if not count:
        return Choice(tuple(statuses))
    return Choice(tuple(after), Engine.MODEL, (_note("chose-one" if count == 1 else "chose", count),))


def _shown(found: Scores) -> list[int]:
    """The rows of the spans that the model sees, in the order of the draft."""
    nearest = np.argsort(-found.raised, axis=0, kind="stable")[:_NEAREST]
    return sorted({int(row) for row in nearest.ravel()})


def _values(rows: Sequence[int], spans: Sequence[Span]) -> Mapping[str, str]:
    lines = (f"[{number}] {without_details(spans[row].text)[0]}" for number, row in enumerate(rows, 1))
    return {
        "subjects": "\n".join(f"{one.id}: {one.name}" for one in pitfalls()),
        "lines": "\n".join(" ".join(line.split()) for line in lines),
    }


def _named(reply: str, judge: Judge, rows: Sequence[int], spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """The columns of the pitfalls that a reply names, each with the row of a span that stands in the draft."""
    for line in reply.splitlines() if len(reply) <= _FAR_TOO_LONG else ():
        found = _NAMED.match(line)
        if found and found[1] in judge.pitfalls:
            row = _row(found[2], rows, spans)
            if row is not None:
                yield judge.pitfalls.index(found[1]), row


def _row(said: str, rows: Sequence[int], spans: Sequence[Span]) -> int | None:
    """The row of a span by its number, or by words that stand in it; None where there is no such span."""
    mark = _MARK.search(said)
    if mark:
        number = int(mark[1] or mark[2])
        return rows[number - 1] if 0 < number <= len(rows) else None
    words = said.strip("“”\"'‘’ ")
    if len(words.split()) < _SHORTEST:
        return None
    return next((row for row in rows if is_verbatim(words, spans[row].text)), None)


def _quoting(status: Status, row: int | None, at: int, judge: Judge, found: Scores) -> Status:
    """A verdict, quoting another span where the judge gives that one the same."""
    treatment, _ = status
    if row is None or treatment is Treatment.ABSENT:
        return status
    if treatment is Treatment.ADDRESSED:
        is_same = found.committed[row, at] >= judge.least_committed[at]
    else:
        is_same = found.raised[row, at] >= judge.least_raised[at]
    return (treatment, row) if is_same else status


@cache
def _words() -> Mapping[str, str]:
    words: Mapping[str, str] = yaml.safe_load(template("proposal.yaml"))["engine"]
    return words


def _note(name: str, count: int = 0) -> Note:
    return Note(NoteKind.ENGINE, _words()[name].format(count=count))
