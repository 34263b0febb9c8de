"""The risk register of a check: each pitfall as a risk, with what to do and where it comes from."""

import csv
import io

from assistant import __version__
from assistant.answer.parts import NoteKind
from assistant.export.document import Cell, Reference, Table
from assistant.export.references import Bibliography, bibliography, harvard, library_date
from assistant.export.words import day, words
from assistant.library.catalogue import Nation
from assistant.library.holdings import Library
from assistant.proposal.draft import Span
from assistant.proposal.parts import Report, Treatment, Verdict

# A spreadsheet takes a cell that begins so for a formula (OWASP, CSV injection); an apostrophe makes it text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# Notes that each reference makes for itself: whose interest it has, and that its words are ours.
IN_REFERENCES = frozenset({NoteKind.OUR_WORDS, NoteKind.WHO_IS_SPEAKING})
_WIDTHS = (3, 2.2, 5, 7, 1.8, 2)


def register_table(report: Report, cites: Bibliography) -> Table:
    """The register as a table; the owners are left blank."""
    said = words()["register"]
    rows = tuple(
        (
            Cell(verdict.pitfall.name),
            Cell(status_of(verdict)),
            Cell(evidence(verdict)),
            Cell(action(verdict)),
            Cell(""),
            Cell("", cites.numbers(verdict_places(verdict))),
        )
        for verdict in report.verdicts
    )
    return Table(said["caption"], tuple(said["columns"]), rows, _WIDTHS, wide=True)


def register_csv(report: Report, library: Library) -> str:
    """The register as comma-separated values, to be written as `utf-8-sig` so that spreadsheets read the letters.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    said = words()["register"]
    cites = report_bibliography(report, library)
    entries = cites.references()
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow((*said["columns"], said["made"]))
    for verdict in report.verdicts:
        sources = " ".join(_in_full(entries[number - 1]) for number in cites.numbers(verdict_places(verdict)))
        row = (
            verdict.pitfall.name,
            status_of(verdict),
            evidence(verdict),
            action(verdict),
            "",
            sources,
            _stamp(library),
        )
        table.writerow(f"'{one}" if one.startswith(_FORMULA) else one for one in row)
    return written.getvalue()


def report_bibliography(report: Report, library: Library) -> Bibliography:
    """What a report cites: the statements first, so that their numbers are those of the report."""
    shown = [one for one in report.notes if one.kind not in IN_REFERENCES]
    return bibliography(
        [statement for verdict in report.verdicts for statement in verdict.advice],
        library,
        places=[place for verdict in report.verdicts for place in (*verdict_places(verdict), *asked_places(verdict))],
        notes=shown,
        nation=Nation(report.nation) if report.nation else None,
    )


def verdict_places(verdict: Verdict) -> tuple[str, ...]:
    """What the action on a pitfall rests on: the sources cited, and those of what is missing."""
    cited = [f"{one.source.id}#{one.anchor}" for statement in verdict.advice for one in statement.citations]
    return (*cited, *(place for text in verdict.missing for place in missing_places(text, verdict)))


def missing_places(text: str, verdict: Verdict) -> tuple[str, ...]:
    """What a criterion that is not met rests on."""
    return tuple(place for line in verdict.pitfall.proposal if line.text == text for place in line.sources)


def asked_places(verdict: Verdict) -> tuple[str, ...]:
    """What a reviewer's question rests on."""
    return tuple(place for line in verdict.pitfall.ask if line.text == verdict.question for place in line.sources)


def sign(treatment: Treatment) -> str:
    """A status as a sign and a word."""
    return f"{words()['symbols'][treatment.value]} {words()['status'][treatment.value]}"


def evidence(verdict: Verdict) -> str:
    """The draft's words with where they stand, or that there are none."""
    return quoted(verdict.span) if verdict.span else str(words()["register"]["no-evidence"])


def quoted(span: Span) -> str:
    """Words of a draft in quotation marks, with their heading and page."""
    said = words()["check"]
    places = [span.heading, said["page"].format(page=span.page) if span.page else ""]
    where = ", ".join(one for one in places if one)
    return f"“{span.text}”" + (f" {said['where'].format(where=where)}" if where else "")


def status_of(verdict: Verdict) -> str:
    """The verdict that stands, and ours beside it where a reader has another."""
    status = words()["status"]
    if not verdict.correction:
        return sign(verdict.stands)
    ours = status[verdict.treatment.value].lower()
    return str(words()["register"]["corrected"]).format(status=sign(verdict.stands), ours=ours)


def action(verdict: Verdict) -> str:
    """What to do next about a pitfall: write in what is missing, else be ready for the question."""
    said = words()["register"]
    if verdict.missing:
        lines = [said["item"].format(text=text) for text in verdict.missing]
        return f"{said['write']} {verdict.missing[0]}" if len(lines) == 1 else "\n".join((said["write"], *lines))
    name = "keep" if verdict.stands is Treatment.ADDRESSED else "firm"
    return str(said[name]).format(question=verdict.question)


def _in_full(reference: Reference) -> str:
    return " ".join((f"[{reference.number}]", harvard(reference), *reference.details))


def _stamp(library: Library) -> str:
    said, latest = words()["about"], library_date(library)
    name = "stamp" if latest else "stamp-undated"
    return str(said[name]).format(version=__version__, date=day(latest) if latest else "")
