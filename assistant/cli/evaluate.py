"""`evaluate`: scoring a set of questions."""

import argparse
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assistant.cli.command import Command, json_argument
from assistant.cli.terminal import progress_bar, tell
from assistant.errors import ReadError
from assistant.settings import Settings

# What a terminal has room for beside each other, by group.
_GROUPED = {
    "article_hit": "article",
    "section_hit": "section",
    "follow_up": "follow up",
    "abstained": "abstained",
    "wrongly_refused": "wrongly refused",
    "nuggets_vital": "nuggets vital",
}


def _arguments(one: argparse.ArgumentParser) -> None:
    one.add_argument("questions", type=Path, help="a question set, one JSON object a line")
    one.add_argument("--answers", type=Path, metavar="OUT.jsonl", help="write every answer to this file")
    one.add_argument("--out", type=Path, metavar="REPORT.html", help="write the report as a page, with a plot")
    one.add_argument(
        "--compare", type=Path, metavar="ANSWERS.jsonl", help="tell the difference from an earlier run's --answers"
    )
    json_argument(one)


def _evaluate(given: argparse.Namespace, settings: Settings) -> int:
    from assistant.answer.pipeline import Assistant
    from assistant.evaluate import answers, conversations, line, page, report, run
    from assistant.export import to_json
    from assistant.search.embed import embeddings

    records = conversations(given.questions)
    before = answers(given.compare, records) if given.compare else []
    _check(given.answers, given.out)
    assistant = Assistant(settings, tell=tell)
    with progress_bar("Preparing the library") as progress:
        assistant.progress = progress
        library, _ = assistant.opened()
    with progress_bar("Asking") as progress:
        outcomes = list(run(assistant, records, progress))
    if given.answers:
        _write(given.answers, "".join(f"{line(one)}\n" for one in outcomes))
    result = report(outcomes, library, embeddings(settings), before)
    if given.out:
        _write(given.out, page(result, given.questions.name))
    print(to_json(result) if given.json else _table(result))
    return 0


def _check(answers: Path | None, out: Path | None) -> None:
    """Refuse a file that cannot be written before the questions are asked, which takes minutes."""
    if out and out.suffix.lower() != ".html":
        raise ReadError(f"{out} is no name for a page. Give --out a name that ends in .html.")
    for path in (answers, out):
        if path and (reason := _hindrance(path)):
            raise ReadError(f"{path} cannot be written ({reason}). Name another file.")


def _hindrance(path: Path) -> str:
    """Why a file cannot be written, as far as can be told without writing it; empty where it can."""
    if path.is_dir():
        return "it is a folder"
    if not path.parent.is_dir():
        return f"there is no folder {path.parent}"
    return "" if os.access(path if path.exists() else path.parent, os.W_OK) else "it is not yours to change"


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ReadError(f"{path} cannot be written ({error.strerror}). Name another file.") from error


def _table(result: Mapping[str, Any]) -> str:
    from assistant.evaluate.measures import MEASURES

    lines = [f"{result['turns']} turns"]
    lines += [_rate_line(one.name, result[one.name]) for one in MEASURES if result[one.name]["n"]]
    commonest, times = result["baseline_commonest"], result["latency_ms"]
    if commonest["n"]:
        lines.append(f"(always citing the three commonest articles would hit {commonest['value']:.1%})")
    lines.append(f"{'sections cited':<21}{result['mean_sections_cited']} on average")
    lines.append(f"{'milliseconds':<21}{times['p50']} median, {times['p95']} at the 95th percentile")
    for group, by in result["by"].items():
        lines += ["", *_group_lines(group, by)]
    if result["comparison"]:
        lines += ["", *_comparison_lines(result["comparison"])]
    return "\n".join(lines)


def _rate_line(name: str, rate: Mapping[str, Any]) -> str:
    interval = "" if rate["low"] is None else f"{rate['low']:.1%} to {rate['high']:.1%}"
    return f"{_plain(name):<21}{rate['value']:>7.1%}   {interval:<17} of {rate['n']}"


def _group_lines(group: str, by: Mapping[str, Any]) -> list[str]:
    """The measures that matter most, a line for each group."""
    lines = [f"{'by ' + group:<14}{'turns':>6}" + "".join(f"{title:>{len(title) + 2}}" for title in _GROUPED.values())]
    for name, some in by.items():
        rates = [(some[measure]["value"], len(title) + 2) for measure, title in _GROUPED.items()]
        cells = "".join(f"{'-' if rate is None else format(rate, '.1%'):>{width}}" for rate, width in rates)
        lines.append(f"{name:<14}{some['turns']:>6}{cells}")
    return lines


def _comparison_lines(comparison: Mapping[str, Any]) -> list[str]:
    """Each measure before and now, and the difference."""
    lines = [f"{'compared':<21}{'before':>9}{'now':>9}{'difference':>12}   95% interval"]
    for name, one in comparison.items():
        if one["difference"] is None:
            continue
        form = ".1f" if name == "milliseconds" else ".1%"
        interval = "" if one["low"] is None else f"{one['low']:+{form}} to {one['high']:+{form}}"
        figures = f"{one['before']:>9{form}}{one['now']:>9{form}}{one['difference']:>+12{form}}"
        lines.append(f"{_plain(name):<21}{figures}   {interval}")
    return lines


def _plain(name: str) -> str:
    return name.replace("_", " ")


EVALUATE = Command("evaluate", "score a set of questions", _arguments, _evaluate)
