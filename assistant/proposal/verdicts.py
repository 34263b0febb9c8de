"""From the scores of every span to one verdict a pitfall."""

from assistant.proposal.judge import Judge, Scores
from assistant.proposal.likeness import Matrix
from assistant.proposal.parts import Treatment


def statuses(judge: Judge, found: Scores) -> list[tuple[Treatment, int | None]]:
    """How a draft deals with each pitfall, and the row of the span that shows it best (None where absent).

    One commitment is enough; where there is none, the subject has to be raised.
    """
    return [
        _status(judge, found.raised[:, column], found.committed[:, column]) for column in range(len(judge.pitfalls))
    ]


def _status(judge: Judge, raised: Matrix, committed: Matrix) -> tuple[Treatment, int | None]:
    if committed.max() >= judge.least_committed:
        return Treatment.ADDRESSED, int(committed.argmax())
    if raised.max() >= judge.least_raised:
        return Treatment.TOUCHED, int(raised.argmax())
    return Treatment.ABSENT, None
