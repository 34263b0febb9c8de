"""The report of a check as the JSON object that other programs read. Keys are only ever added."""

from typing import Any

from assistant import __version__
from assistant.export.records import note_record, statement_record
from assistant.proposal.parts import Change, Report, Verdict


def report_record(report: Report) -> dict[str, Any]:
    """The contract of `check --json`."""
    return {
        "version": __version__,
        "file": report.file,
        "engine": report.engine.value,
        "nation": report.nation,
        "pitfalls": [_verdict(one) for one in report.verdicts],
        "against": report.against,
        "changes": [_change(one) for one in report.changes],
        "notes": [note_record(one) for one in report.notes],
        "timings_ms": dict(report.timings_ms),
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    span, correction = verdict.span, verdict.correction
    return {
        "pitfall": verdict.pitfall.id,
        "name": verdict.pitfall.name,
        "status": verdict.treatment.value,
        "span": span.text if span else "",
        "where": {"heading": span.heading if span else "", "page": span.page if span else None},
        "missing": list(verdict.missing),
        "advice": [statement_record(one) for one in verdict.advice],
        "question": verdict.question,
        "wording": verdict.wording,
        "correction": {"status": correction.treatment.value, "reason": correction.reason} if correction else None,
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "pitfall": change.pitfall,
        "before": change.before.value,
        "now": change.now.value,
        "direction": change.direction.value,
        "span_before": change.span_before,
    }
