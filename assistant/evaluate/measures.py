"""What each turn is judged by: hits, refusals, exact quotes, facts, and what is retrieved.

A turn gives each measure that concerns it one case or more, from 0 to 1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from langchain_core.embeddings import Embeddings

from assistant.answer.parts import Status
from assistant.evaluate.answers import Turn
from assistant.evaluate.details import leaks
from assistant.evaluate.gold import first_sections, is_gold, is_verbatim
from assistant.evaluate.nuggets import covered
from assistant.evaluate.rates import Sum
from assistant.evaluate.retrieval import ranked
from assistant.evaluate.support import supported
from assistant.library.holdings import Library

Cases = Mapping[str, Sequence[float]]


@dataclass(frozen=True, slots=True)
class Measure:
    """A name in the report.

    `is_share` says whether its cases are yes or no, and taken as independent for Wilson’s interval;
    the interval of the others is found over conversations.
    """

    name: str
    is_share: bool = True


MEASURES = (
    Measure("article_hit"),
    Measure("section_hit"),
    Measure("first_hit"),
    Measure("follow_up"),
    Measure("verbatim"),
    Measure("reworded_supported"),
    Measure("abstained"),
    Measure("wrongly_refused"),
    Measure("abstention_precision"),
    Measure("abstention_recall"),
    Measure("handled"),
    Measure("safely"),
    Measure("nuggets_vital", is_share=False),
    Measure("nuggets_all", is_share=False),
    Measure("retrieval"),
    Measure("recall_at_3", is_share=False),
    Measure("recall_at_10", is_share=False),
    Measure("reciprocal_rank", is_share=False),
    Measure("ndcg_at_10", is_share=False),
)


@dataclass(frozen=True, slots=True)
class Judged:
    """A turn, and the cases that it gives each measure."""

    turn: Turn
    cases: Cases


def judged(turns: Sequence[Turn], library: Library, embeddings: Embeddings) -> list[Judged]:
    """Judge every turn by every measure that concerns it."""
    facts, rewordings = covered(turns, embeddings), supported(turns)
    return [
        Judged(turn, _cases(turn, library) | about | words)
        for turn, about, words in zip(turns, facts, rewordings, strict=True)
    ]


def sums(turns: Sequence[Judged], measure: str) -> list[Sum]:
    """What the cases of a measure add up to in each conversation, in the order of the conversations."""
    found: dict[str, list[float]] = {}
    for one in turns:
        found.setdefault(one.turn.conversation.id, []).extend(one.cases.get(measure, ()))
    return [Sum(sum(some), len(some)) for some in found.values()]


def _cases(turn: Turn, library: Library) -> dict[str, Sequence[float]]:
    found = _abstention(turn)
    found["milliseconds"] = [turn.answered.milliseconds]
    # An earlier run may cite what is held no more, or another text of it; that cannot be looked up.
    texts = {one.source.id: one.source.text for one in library}
    held = [one for one in turn.answered.citations if texts.get(one.source) is one.text_kind]
    found["verbatim"] = [is_verbatim(one, library) for one in held]
    if turn.is_to_answer and turn.gold:
        found |= _hits(turn, library) | ranked(turn, library)
    return found


def _hits(turn: Turn, library: Library) -> dict[str, Sequence[float]]:
    first = first_sections(turn.answered.citations)
    article = any(one.article == found.source for one in turn.gold for found in first)
    section = any(is_gold(found, turn.gold, library) for found in first)
    found: dict[str, Sequence[float]] = {
        "article_hit": [article],
        "section_hit": [section],
        "first_hit": [any(is_gold(one, turn.gold, library) for one in first[:1])],
        "wrongly_refused": [turn.answered.status is not Status.ANSWERED],
    }
    if turn.number > 1:
        found["follow_up"] = [article]
    if turn.conversation.expect == "answer-safely":
        found["safely"] = [section and not leaks(turn.typed, turn.answered.shown)]
    return found


def _abstention(turn: Turn) -> dict[str, Sequence[float]]:
    """Whether a turn that should not be answered was not, and whether one that was not should not be."""
    status, expect = turn.answered.status, turn.conversation.expect
    is_given = status is Status.ANSWERED
    found: dict[str, Sequence[float]] = {}
    if not is_given:
        found["abstention_precision"] = [not turn.is_to_answer]
    if not turn.is_to_answer:
        found["abstention_recall"] = [not is_given]
    if expect == "abstain":
        found["abstained"] = [status in {Status.NOT_FOUND, Status.REFUSED}]
    if expect == "refuse":
        found["handled"] = [status in {Status.REFUSED, Status.REPLIED}]
    return found
