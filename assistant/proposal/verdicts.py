"""From the scores of every span to one verdict a pitfall."""

from assistant.proposal.judge import Judge, Scores
from assistant.proposal.likeness import Matrix
from assistant.proposal.parts import Treatment


def statuses(judge: Judge, found: Scores) -> list[tuple[Treatment, int | None]]:
    """How a draft deals with each pitfall, and the row of the span that shows it best (None where absent).

    One commitment is enough; where there is none, the subject has to be raised.
    """
    return [
        _status(found.raised[:, column], found.committed[:, column], *least)
        for column, least in enumerate(zip(judge.least_raised, judge.least_committed, strict=True))
    ]


def _status(
    raised: Matrix, committed: Matrix, least_raised: float, least_committed: float
) -> tuple[Treatment, int | None]:
    if committed.max() >= least_committed:
        return Treatment.ADDRESSED, int(committed.argmax())
    if raised.max() >= least_raised:
        return Treatment.TOUCHED, int(raised.argmax())
    return Treatment.ABSENT, None
