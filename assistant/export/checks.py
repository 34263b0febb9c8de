"""The check of a draft as a document."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from assistant.export.document import Block, Cell, Document, Heading, Line, Style, Table, Text
from assistant.export.picture import by_stage, picture
from assistant.export.references import Bibliography, about
from assistant.export.register import (
    IN_REFERENCES,
    asked_places,
    missing_places,
    quoted,
    register_table,
    report_bibliography,
    sign,
)
from assistant.export.words import words
from assistant.library.holdings import Library
from assistant.proposal.parts import Change, Direction, Report, Treatment, Verdict


def check_document(report: Report, library: Library, *, made: date | None = None) -> Document:
    """A report with its picture, the comparison where there is one, each pitfall, and the risk register.

    A reader's corrections stand in it beside our own verdicts.
    """
    said = words()["check"]
    cites = report_bibliography(report, library)
    blocks = (
        *_glance(report),
        *_comparison(report),
        Heading(said["one-by-one"]),
        *(block for verdict in report.verdicts for block in _verdict(verdict, report, cites)),
        *_notes(report, cites),
        Heading(words()["register"]["heading"]),
        Text(words()["register"]["intro"]),
        register_table(report, cites),
    )
    title = said["title"].format(file=report.file)
    return Document(title, blocks, cites.references(), about(library, made), _intro(report))


def register_document(report: Report, library: Library, *, made: date | None = None) -> Document:
    """The risk register of a report alone."""
    said = words()["register"]
    cites = report_bibliography(report, library)
    title = said["title"].format(file=report.file)
    return Document(title, (register_table(report, cites),), cites.references(), about(library, made), said["intro"])


def _intro(report: Report) -> str:
    said = words()["check"]
    found = Counter(one.stands.value for one in report.verdicts)
    counts = said["counts"].format(**{one.value: found[one.value] for one in Treatment})
    parts = [said["intro"].format(counts=counts)]
    nation = words()["nations"][report.nation] if report.nation else ""
    parts.append(said["nation"].format(nation=nation) if nation else said["no-nation"])
    if corrected := sum(one.correction is not None for one in report.verdicts):
        parts.append(said["corrected-one"] if corrected == 1 else said["corrected"].format(count=corrected))
    return " ".join(parts)


def _glance(report: Report) -> Iterator[Block]:
    said = words()["check"]
    yield Heading(said["at-a-glance"])
    yield Text(said["meaning"])
    yield picture(report)
    rows = [
        (Cell(one.pitfall.name), Cell(words()["stages"][stage.value]), Cell(sign(one.stands)))
        for stage, verdicts in by_stage(report.verdicts)
        for one in verdicts
    ]
    yield Table(said["table"], tuple(said["columns"]), tuple(rows), (5, 2, 3))


def _comparison(report: Report) -> Iterator[Block]:
    if not report.against:
        return
    said = words()["check"]
    names = {one.pitfall.id: one.pitfall.name for one in report.verdicts}
    moved = [one for one in report.changes if one.direction is not Direction.SAME]
    yield Heading(said["against"].format(file=report.against))
    if not moved:
        yield Text(said["no-change"].format(file=report.against))
        return
    moved.sort(key=lambda one: one.direction is Direction.BETTER)  # what got worse first
    rows = tuple(_change_row(one, names[one.pitfall]) for one in moved)
    yield Table(said["changes"].format(file=report.against), tuple(said["change-columns"]), rows, (5, 2, 2, 2))


def _change_row(change: Change, name: str) -> tuple[Cell, ...]:
    moved = words()["check"]["directions"][change.direction.value]
    return Cell(name), Cell(sign(change.before)), Cell(sign(change.now)), Cell(moved)


def _verdict(verdict: Verdict, report: Report, cites: Bibliography) -> Iterator[Block]:
    said = words()["check"]
    status = words()["status"]
    yield Heading(said["pitfall"].format(name=verdict.pitfall.name, status=status[verdict.stands.value].lower()), 2)
    if verdict.correction:
        ours, reason = status[verdict.treatment.value].lower(), verdict.correction.reason
        yield Text(said["ours"].format(status=ours, reason=reason), Style.NOTE, label=said["correction"])
    if verdict.span:
        yield Text(quoted(verdict.span), Style.QUOTE, label=said["draft"])
    before = [
        one for one in report.changes if one.pitfall == verdict.pitfall.id and one.direction is not Direction.SAME
    ]
    for one in before:
        if one.span_before:
            yield Text(f"“{one.span_before}”", Style.QUOTE, label=said["before"].format(file=report.against))
    if verdict.missing:
        yield Text(said["missing"])
        yield from (Text(one, Style.ITEM, cites.numbers(missing_places(one, verdict))) for one in verdict.missing)
    if verdict.advice:
        yield Text(said["sources"])
        yield from (Line(one.text, cites.of(one)) for one in verdict.advice)
    yield Text(f"{said['question']} {verdict.question}", numbers=cites.numbers(asked_places(verdict)))
    yield Text(verdict.wording)


def _notes(report: Report, cites: Bibliography) -> Iterator[Block]:
    if shown := [one for one in report.notes if one.kind not in IN_REFERENCES]:
        yield Heading(words()["check"]["notes"])
        yield from (Text(one.text, Style.NOTE, cites.of_note(one)) for one in shown)
