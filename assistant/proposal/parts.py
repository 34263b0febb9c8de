"""The pieces of a check: what became of each pitfall in a draft, and the whole report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from assistant.answer.parts import Engine, Note, Statement
from assistant.errors import QuestionError
from assistant.library.pitfalls import Pitfall, pitfalls
from assistant.proposal.draft import Span


class Treatment(StrEnum):
    """How a draft deals with a pitfall."""

    ADDRESSED = "addressed"
    TOUCHED = "touched"
    ABSENT = "absent"


class Direction(StrEnum):
    """What became of a pitfall from one version of a draft to the next."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Correction:
    """A reader's own verdict, and why."""

    treatment: Treatment
    reason: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check says of one pitfall; `span` is None where the pitfall is absent.

    `missing` holds what a proposal should contain and this one was not found to; `advice` what the
    sources say; `question` what a reviewer would ask; `wording` a line to begin from.
    """

    pitfall: Pitfall
    treatment: Treatment
    span: Span | None
    missing: tuple[str, ...]
    advice: tuple[Statement, ...]
    question: str
    wording: str
    correction: Correction | None = None

    @property
    def stands(self) -> Treatment:
        """How the draft deals with the pitfall: the reader's verdict where there is one, else ours."""
        return self.correction.treatment if self.correction else self.treatment


@dataclass(frozen=True, slots=True)
class Change:
    """One pitfall in an older version of a draft and in this one."""

    pitfall: str
    before: Treatment
    now: Treatment
    direction: Direction
    span_before: str


@dataclass(frozen=True, slots=True)
class Report:
    """A check of one draft: all 22 verdicts, in the order of the pitfalls."""

    file: str
    nation: str | None
    verdicts: tuple[Verdict, ...]
    notes: tuple[Note, ...] = ()
    against: str | None = None
    changes: tuple[Change, ...] = ()
    engine: Engine = Engine.EVIDENCE
    timings_ms: Mapping[str, float] = field(default_factory=dict)


def refuse_unknown(names: Sequence[str]) -> None:
    """Raise QuestionError for the first of these that is no id of a pitfall."""
    known = [one.id for one in pitfalls()]
    for name in names:
        if name not in known:
            raise QuestionError(f"There is no pitfall '{name}'. The pitfalls are: {', '.join(known)}.")


def corrected(report: Report, pitfall: str, treatment: Treatment, reason: str) -> Report:
    """The report with a reader's correction of one verdict, which stays beside our own.

    Raises QuestionError for a pitfall that there is not, or a correction without a reason.
    """
    refuse_unknown([pitfall])
    if not reason.strip():
        raise QuestionError(f"Say why {pitfall} should be {treatment.value}, so that others can follow.")
    return _standing(report, pitfall, Correction(treatment, reason.strip()))


def uncorrected(report: Report, pitfall: str) -> Report:
    """The report with our own verdict of a pitfall standing again."""
    return _standing(report, pitfall, None)


def direction(before: Treatment, now: Treatment) -> Direction:
    """Whether a pitfall is better dealt with than before, or worse."""
    ranked = (Treatment.ABSENT, Treatment.TOUCHED, Treatment.ADDRESSED)
    gained = ranked.index(now) - ranked.index(before)
    return Direction.BETTER if gained > 0 else Direction.WORSE if gained else Direction.SAME


def _standing(report: Report, pitfall: str, correction: Correction | None) -> Report:
    """The report with a correction of one verdict or without, and what has changed since by what stands then."""
    verdicts = tuple(
        replace(one, correction=correction) if one.pitfall.id == pitfall else one for one in report.verdicts
    )
    stands = {one.pitfall.id: one.stands for one in verdicts}
    changes = tuple(
        replace(one, now=stands[one.pitfall], direction=direction(one.before, stands[one.pitfall]))
        for one in report.changes
    )
    return replace(report, verdicts=verdicts, changes=changes)
