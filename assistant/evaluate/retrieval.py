"""How well the sections that were retrieved are ranked."""

from collections.abc import Sequence

from assistant.evaluate.answers import Cited, Turn
from assistant.evaluate.gold import READ, is_gold
from assistant.evaluate.questions import Gold
from assistant.library.holdings import Library
from assistant.library.originals import plain_words


def ranked(turn: Turn, library: Library) -> dict[str, Sequence[float]]:
    """Whether a gold section is among the first three retrieved, and how the first ten are ranked.

    Recall, reciprocal rank and nDCG are those of TREC, a gold section being relevant and all others not.
    """
    if turn.answered.retrieved is None:
        return {}
    # not light enough to be loaded with the page, which takes `exchange` from this package
    from ir_measures import RR, Qrel, R, ScoredDoc, iter_calc, nDCG

    names = {R @ 3: "recall_at_3", R @ 10: "recall_at_10", RR @ 10: "reciprocal_rank", nDCG @ 10: "ndcg_at_10"}
    ranking = _ranking(turn.answered.retrieved, turn.gold, library)
    wanted = [Qrel("turn", name, 1) for name in sorted(set(map(_name, turn.gold)))]
    found = [ScoredDoc("turn", name, -float(rank)) for rank, name in enumerate(ranking)]
    values: dict[str, Sequence[float]] = {
        names[one.measure]: [one.value] for one in iter_calc(list(names), wanted, found)
    }
    first = turn.answered.retrieved[:READ]
    return values | {"retrieval": [any(is_gold(one, turn.gold, library) for one in first)]}


def _ranking(found: Sequence[Cited], gold: Sequence[Gold], library: Library) -> list[str]:
    """The name of the gold section that each of these is, or one that is nobody's; each name once."""
    names = []
    for rank, one in enumerate(found):
        same = [_name(wanted) for wanted in gold if is_gold(one, [wanted], library)]
        names.append(same[0] if same else f"not wanted, {rank}")
    return list(dict.fromkeys(names))


def _name(gold: Gold) -> str:
    return f"{gold.article}#{plain_words(gold.section)}"
