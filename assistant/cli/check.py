"""`check`: a draft against the 22 pitfalls."""

import argparse
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cli.ask import NATIONS
from assistant.cli.command import Command, json_argument
from assistant.cli.terminal import progress_bar, wrapped
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.proposal.parts import Change, Report, Verdict

STATUSES = ("addressed", "touched", "absent")
_CORRECTION = re.compile(rf"([a-z-]+)=({'|'.join(STATUSES)}):(.*\S.*)", re.DOTALL)


def _arguments(one: argparse.ArgumentParser) -> None:
    one.add_argument("file", type=Path, help="a draft: PDF, Word (.docx), HTML, Markdown or plain text")
    one.add_argument("--nation", choices=NATIONS, help="whose law and guidance the draft falls under")
    one.add_argument("--against", type=Path, metavar="OLDER", help="an older version, to see what has changed")
    one.add_argument(
        "--out",
        type=Path,
        metavar="REPORT",
        help="write the report to this file: .docx, .md, .html or .json, or its risk register as .csv",
    )
    one.add_argument(
        "--correct",
        type=_correction,
        action="append",
        default=[],
        metavar="PITFALL=STATUS:REASON",
        help="your own verdict on a pitfall (addressed, touched or absent) and why; it stands beside ours",
    )
    json_argument(one)


def _correction(text: str) -> tuple[str, str, str]:
    """A reader's own verdict: the pitfall, the status and the reason."""
    found = _CORRECTION.fullmatch(text)
    if not found:
        raise argparse.ArgumentTypeError(
            f"'{text}' is no correction. Write PITFALL=STATUS:REASON, where STATUS is one of {', '.join(STATUSES)}, "
            "such as 'no-fallback=addressed:clause 9 says who takes over'"
        )
    return found[1], found[2], found[3]


def _check(given: argparse.Namespace, settings: Settings) -> int:
    from assistant.export import save_check, to_json
    from assistant.export.files import CHECK_ENDINGS, refuse
    from assistant.export.report import report_record
    from assistant.library.catalogue import Nation
    from assistant.library.holdings import open_library
    from assistant.proposal.check import check
    from assistant.proposal.parts import Treatment, corrected, refuse_unknown

    if given.out:
        refuse(given.out, CHECK_ENDINGS, [one for one in (given.file, given.against) if one])
    refuse_unknown([pitfall for pitfall, _, _ in given.correct])
    with progress_bar("Reading the draft") as progress:
        report = check(
            given.file,
            settings,
            nation=Nation(given.nation) if given.nation else None,
            against=given.against,
            progress=progress,
        )
    for pitfall, status, reason in given.correct:
        report = corrected(report, pitfall, Treatment(status), reason)
    if given.out:
        save_check(report, open_library(settings), given.out, made=date.today())
    print(to_json(report_record(report)) if given.json else _readable(report))
    return 0


def _readable(report: "Report") -> str:
    from assistant.proposal.parts import Treatment

    counts = {one: sum(verdict.stands is one for verdict in report.verdicts) for one in Treatment}
    lines = [f"{report.file}: " + ", ".join(f"{count} {one.value}" for one, count in counts.items()) + ".", ""]
    if report.against:
        lines += [*_change_lines(report), ""]
    for verdict in report.verdicts:
        lines += [*_verdict_lines(verdict), ""]
    sources = _source_lines(report)
    lines += ["Sources", "", *sources, ""] if sources else []
    lines += [wrapped(f"Note. {note.text}") for note in report.notes]
    lines.append(wrapped("The check reads single sentences and can be wrong. Look at each verdict yourself."))
    return "\n".join(lines).strip()


def _verdict_lines(verdict: "Verdict") -> list[str]:
    lines = [f"{verdict.stands.value.upper():<10} {verdict.pitfall.name}"]
    if verdict.correction:
        ours, reason = verdict.treatment.value, verdict.correction.reason
        lines.append(wrapped(f"Your own verdict; ours was: {ours}. Your reason: {reason}", "  ", "    "))
    if verdict.span:
        where = ", ".join(part for part in (verdict.span.heading, _page(verdict)) if part)
        lines.append(wrapped(f"“{verdict.span.text}”" + (f" ({where})" if where else ""), "  "))
    lines += [wrapped(f"Missing: {text}", "  ", "    ") for text in verdict.missing]
    for statement in verdict.advice:
        marks = "".join(f"[{number}]" for number in dict.fromkeys(one.number for one in statement.citations))
        lines.append(wrapped(f"The sources: {statement.text} {marks}", "  ", "    "))
    lines.append(wrapped(f"A reviewer would ask: {verdict.question}", "  ", "    "))
    lines.append(wrapped(verdict.wording, "  ", "    "))
    return lines


def _page(verdict: "Verdict") -> str:
    return f"page {verdict.span.page}" if verdict.span and verdict.span.page else ""


def _change_lines(report: "Report") -> list[str]:
    from assistant.proposal.parts import Direction

    names = {one.pitfall.id: one.pitfall.name for one in report.verdicts}
    moved = [one for one in report.changes if one.direction is not Direction.SAME]
    if not moved:
        return [f"Against {report.against}: no verdict has changed."]
    return [f"Against {report.against}:", *(_change_line(one, names[one.pitfall]) for one in moved)]


def _change_line(change: "Change", name: str) -> str:
    return f"  {change.direction.value:<7} {name}: {change.before.value} before, {change.now.value} now"


def _source_lines(report: "Report") -> list[str]:
    from assistant.answer.notes import speaker

    cited = [one for verdict in report.verdicts for statement in verdict.advice for one in statement.citations]
    first = {one.number: one for one in reversed(cited)}
    lines = []
    for number, one in sorted(first.items()):
        facts = [one.source.publisher, one.source.published, speaker(one.source), one.source.url]
        about = ", ".join(fact for fact in facts if fact)
        lines.append(wrapped(f"[{number}] {one.source.title}: {one.heading}. {about}", "  ", "      "))
    return lines


CHECK = Command("check", "check a draft proposal against the 22 pitfalls", _arguments, _check)
