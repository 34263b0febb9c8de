"""One verdict as HTML: the draft's own words beside the sources', and the place to correct it."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from assistant.export.references import Bibliography
from assistant.export.register import asked_places, missing_places, quoted
from assistant.export.words import words
from assistant.proposal.parts import Change, Direction, Report, Treatment, Verdict
from ui.render.references import marks
from ui.render.said import said_on
from ui.render.words import notice

PREFIX = "check"


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a reader tried to say of a pitfall, and why it could not be taken."""

    pitfall: str
    status: str
    reason: str
    problem: str


def sign(treatment: Treatment) -> str:
    """A status as a shape and a word; the shape is for the eye alone."""
    status, shape = words()["status"][treatment.value], words()["symbols"][treatment.value]
    return (
        f'<span class="cg-status cg-{treatment.value}"><span aria-hidden="true">{shape}</span> {escape(status)}</span>'
    )


def moved(change: Change) -> str:
    """What became of a pitfall since the older version, where something did."""
    if change.direction is Direction.SAME:
        return ""
    return f'<span class="cg-moved">{escape(words()["check"]["directions"][change.direction.value])}</span>'


def verdict(one: Verdict, report: Report, cites: Bibliography, attempt: Attempt | None = None) -> str:
    """A pitfall that opens on what was found; `attempt` is a correction of it that could not be taken."""
    id_ = escape(one.pitfall.id)
    change = next((moved(change) for change in report.changes if change.pitfall == one.pitfall.id), "")
    is_open = " open" if attempt else ""
    return (
        f'<details class="cg-verdict" id="verdict-{id_}"{is_open}><summary><span class="cg-name">'
        f"{escape(one.pitfall.name)}</span> {sign(one.stands)} {change}</summary>"
        f'<div class="cg-verdict-body"><p class="cg-asks">{escape(one.pitfall.question)}</p>{_said(one)}'
        f'<div class="cg-sides">{_draft(one, report, cites)}{_sources(one, cites)}</div>'
        f"{_next(one, cites)}{_correct(one, attempt)}</div></details>"
    )


def _said(one: Verdict) -> str:
    """A reader's own verdict, beside ours."""
    if not one.correction:
        return ""
    status = words()["status"]
    text = said_on("check-page")["correct"]["stands"].format(
        status=status[one.stands.value].lower(),
        ours=status[one.treatment.value].lower(),
        reason=one.correction.reason,
    )
    return f'<p class="cg-correction" tabindex="-1">{escape(text)}</p>'


def _draft(one: Verdict, report: Report, cites: Bibliography) -> str:
    said = said_on("check-page")["sides"]
    own = f"<blockquote>{escape(quoted(one.span))}</blockquote>" if one.span else f"<p>{escape(said['none'])}</p>"
    before = "".join(
        f'<p class="cg-quiet">{escape(said["before"].format(file=report.against))}</p>'
        f"<blockquote>“{escape(change.span_before)}”</blockquote>"
        for change in report.changes
        if change.pitfall == one.pitfall.id and change.direction is not Direction.SAME and change.span_before
    )
    missing = ""
    if one.missing:
        items = "".join(
            f"<li>{escape(text)}{marks(cites.numbers(missing_places(text, one)), PREFIX)}</li>" for text in one.missing
        )
        missing = f"<p>{escape(said['missing'])}</p><ul>{items}</ul>"
    return f"<div><h4>{escape(said['draft'])}</h4>{own}{before}{missing}</div>"


def _sources(one: Verdict, cites: Bibliography) -> str:
    said = said_on("check-page")["sides"]
    items = "".join(f"<li>{escape(each.text)}{marks(cites.of(each), PREFIX)}</li>" for each in one.advice)
    return f"<div><h4>{escape(said['sources'])}</h4><ul>{items}</ul></div>" if items else ""


def _next(one: Verdict, cites: Bibliography) -> str:
    said = said_on("check-page")["sides"]
    asked = marks(cites.numbers(asked_places(one)), PREFIX)
    return (
        f"<h4>{escape(said['ask'])}</h4><p>{escape(one.question)}{asked}</p>"
        f'<h4>{escape(said["write"])}</h4><p class="cg-write">{escape(one.wording)}</p>'
    )


def _correct(one: Verdict, attempt: Attempt | None) -> str:
    said: dict[str, str] = said_on("check-page")["correct"]
    id_ = escape(one.pitfall.id)
    status, reason = "", ""
    if attempt:
        status, reason = attempt.status, attempt.reason
    elif one.correction:
        status, reason = one.correction.treatment.value, one.correction.reason
    withdraw = (
        f'<button type="button" class="cg-second" data-withdraw="{id_}">{escape(said["withdraw"])}</button>'
        if one.correction
        else ""
    )
    opener = said["open-again" if one.correction else "open"]
    return (
        f'<details class="cg-correct" id="correct-{id_}"{" open" if attempt else ""}>'
        f"<summary>{escape(opener)}</summary><fieldset><legend>{escape(said['legend'].format(name=one.pitfall.name))}"
        f"</legend>{_choices(one, status)}</fieldset>"
        f'<label for="reason-{id_}">{escape(said["reason"])}</label>'
        f'<textarea id="reason-{id_}" rows="2" maxlength="1000">{escape(reason)}</textarea>'
        f"{notice(attempt.problem) if attempt else ''}"
        f'<p class="cg-buttons"><button type="button" class="cg-first" data-correct="{id_}">{escape(said["apply"])}'
        f"</button>{withdraw}</p></details>"
    )


def _choices(one: Verdict, status: str) -> str:
    names: dict[str, Any] = words()["status"]
    return "".join(
        f'<label class="cg-choice"><input type="radio" name="status-{escape(one.pitfall.id)}" value="{each.value}"'
        f"{' checked' if each.value == status else ''}> {escape(names[each.value])}</label>"
        for each in Treatment
    )


def named(report: Report) -> dict[str, str]:
    """The names of the pitfalls by their ids."""
    return {one.pitfall.id: one.pitfall.name for one in report.verdicts}


def changes_of(changes: Sequence[Change]) -> list[Change]:
    """What got worse, then what got better."""
    found = [one for one in changes if one.direction is not Direction.SAME]
    return sorted(found, key=lambda one: one.direction is Direction.BETTER)
