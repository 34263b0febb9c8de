"""The report on a run, as a JSON object: the measures over all turns and by group, and what was missed."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from langchain_core.embeddings import Embeddings

from assistant import __version__
from assistant.evaluate.answers import Outcome, Turn, turn_of
from assistant.evaluate.compare import comparison
from assistant.evaluate.gold import first_sections
from assistant.evaluate.measures import MEASURES, Judged, Measure, judged, sums
from assistant.evaluate.rates import Rate, Record, mean, percentile
from assistant.library.holdings import Library
from assistant.search.judge import LESSONS

# A turn is missed when one of these is 0 for it.
_WANTED = ("section_hit", "safely", "abstained", "handled")


def report(
    outcomes: Sequence[Outcome], library: Library, embeddings: Embeddings, before: Sequence[Turn] = ()
) -> dict[str, Any]:
    """The measures over all turns, and by audience, kind and turn, as a JSON object.

    With what an earlier run answered, in the same order, also the difference from it. Records that
    hold only for a library of articles alone are left out where there is guidance.
    """
    now = judged(_counted([turn_of(one) for one in outcomes], library), library, embeddings)
    sections = [len(one.turn.answered.sections) for one in now if one.turn.answered.statements]
    result = {"version": __version__} | _group(now)
    result |= {
        "mean_sections_cited": round(sum(sections) / len(sections), 2) if sections else None,
        "baseline_commonest": _commonest([one.turn for one in now]).record(),
        "by": {
            "audience": _by(now, lambda one: one.conversation.audience),
            "kind": _by(now, lambda one: one.conversation.kind),
            "turn": _by(now, lambda one: str(one.number)),
        },
        "missed": [_missed(one.turn) for one in now if _is_missed(one)],
        "comparison": None,
    }
    if before:
        result["comparison"] = comparison(now, judged(_counted(before, library), library, embeddings))
    return result


def _counted(turns: Sequence[Turn], library: Library) -> list[Turn]:
    articles = {gold.article for one in turns for gold in one.conversation.gold}
    articles = articles or {one.source.id for one in library if one.source.kind in LESSONS}
    is_small = set(library.holdings) <= articles
    return [one for one in turns if one.conversation.holds != "five-articles" or is_small]


def _group(turns: Sequence[Judged]) -> dict[str, Any]:
    """The number of turns, the measures over them, and how long they took."""
    times = [one.turn.answered.milliseconds for one in turns]
    latency = {"p50": percentile(times, 0.5), "p95": percentile(times, 0.95)}
    return {"turns": len(turns)} | {one.name: _record(turns, one) for one in MEASURES} | {"latency_ms": latency}


def _record(turns: Sequence[Judged], measure: Measure) -> Record:
    by_conversation = sums(turns, measure.name)
    if not measure.is_share:
        return mean(by_conversation)
    return Rate(int(sum(one.total for one in by_conversation)), sum(one.n for one in by_conversation)).record()


def _by(turns: Sequence[Judged], key: Callable[[Turn], str]) -> dict[str, dict[str, Any]]:
    names = dict.fromkeys(key(one.turn) for one in turns)
    return {name: _group([one for one in turns if key(one.turn) == name]) for name in names}


def _is_missed(judged: Judged) -> bool:
    return any(not hit for name in _WANTED for hit in judged.cases.get(name, ()))


def _missed(turn: Turn) -> dict[str, Any]:
    """What was asked (without personal details), what was expected, and what was cited of it."""
    cited = dict.fromkeys(f"{one.source}#{one.anchor}" for one in first_sections(turn.answered.citations))
    return {
        "id": turn.conversation.id,
        "turn": turn.number,
        "question": turn.answered.question,
        "expect": turn.conversation.expect,
        "gold": [{"article": one.article, "section": one.section} for one in turn.gold],
        "status": turn.answered.status.value,
        "cited": list(cited),
    }


def _commonest(turns: Sequence[Turn]) -> Rate:
    """The source hit of always citing the three articles that are gold most often."""
    gold = [{one.article for one in turn.gold} for turn in turns if turn.is_to_answer and turn.gold]
    commonest = {article for article, _ in Counter(a for some in gold for a in some).most_common(3)}
    return Rate(sum(bool(some & commonest) for some in gold), len(gold))
