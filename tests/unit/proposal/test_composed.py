"""Drafts composed of lines, and the thresholds chosen on them."""

import numpy as np

from assistant.proposal.composed import ABSENT, ADDRESSED, TOUCHED, Composed, Thresholds, composed, report, thresholds
from assistant.proposal.judge import Scores
from assistant.proposal.lines import Label, Line

PLAIN = [Line(f"Plain {at}.", "", Label.OTHER) for at in range(50)]
TRAPS = [Line(f"Trap {at}.", "add-on", Label.OTHER) for at in range(10)]
KINDS = [
    Line(f"{label} {at}.", "add-on", label, ("going-it-alone",) if at == 0 else ())
    for label in (Label.ADDRESSED, Label.TOUCHED)
    for at in range(3)
]
LINES = (*PLAIN, *TRAPS, *KINDS)
NAMES = ("add-on", "going-it-alone")


def drafts(count: int = 30) -> list[Composed]:
    more = [Line(f"{label}, alone {at}.", NAMES[1], label) for label in (Label.ADDRESSED, Label.TOUCHED) for at in "ab"]
    every = (*LINES, *more)
    return composed(every, range(len(every)), NAMES, count, 1)


def test_a_line_about_two_pitfalls_counts_for_both() -> None:
    addressed_both = len(PLAIN) + len(TRAPS)
    having = [one for one in drafts() if addressed_both in one.rows]
    assert having
    assert all(one.truth == (ADDRESSED, ADDRESSED) for one in having)


def test_only_the_rows_given_are_used() -> None:
    rows = [*range(45), *range(50, 66)]
    more = [Line(f"{label}.", NAMES[1], label) for label in (Label.ADDRESSED, Label.TOUCHED) for _ in "ab"]
    rows += range(66, 70)
    found = composed((*LINES, *more), rows, NAMES, 10, 1)
    assert {row for one in found for row in one.rows} <= set(rows)


def test_figures_are_worked_out_by_hand() -> None:
    found = Scores(np.array([[0.9], [0.9], [0.1], [0.9]]), np.array([[0.9], [0.2], [0.1], [0.9]]))
    truths = (ADDRESSED, TOUCHED, ABSENT, ABSENT)
    made = [Composed((row,), (truth,)) for row, truth in enumerate(truths)]
    figures = report(found, made, Thresholds((0.5,), (0.5,)))
    assert figures == {"accuracy": 0.75, "addressed_precision": 0.5, "absent_recall": 0.5}


def test_thresholds_part_what_can_be_parted() -> None:
    found = Scores(np.array([[0.9], [0.8], [0.3]]), np.array([[0.9], [0.4], [0.1]]))
    made = [Composed((row,), (truth,)) for row, truth in enumerate((ADDRESSED, TOUCHED, ABSENT))]
    assert report(found, made, thresholds(found, made))["accuracy"] == 1.0
