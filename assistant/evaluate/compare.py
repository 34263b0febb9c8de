"""Two runs of one question set, side by side."""

from collections.abc import Sequence

from assistant.evaluate.measures import MEASURES, Judged, sums
from assistant.evaluate.rates import Record, difference


def comparison(now: Sequence[Judged], before: Sequence[Judged]) -> dict[str, Record]:
    """The difference in each measure, and in the milliseconds a turn takes, between two runs.

    Both are of the same turns in the same order.
    """
    names = [*(one.name for one in MEASURES), "milliseconds"]
    return {name: difference(sums(now, name), sums(before, name)) for name in names}
