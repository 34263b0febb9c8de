"""`ask`: a question, or the turns of a conversation, and the cited answers."""

import argparse
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cli.command import Command
from assistant.cli.terminal import progress_bar, tell, wrapped
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.answer.parts import Answer

AUDIENCES = ("frontline", "leader", "proposal")
NATIONS = ("england", "scotland", "wales", "northern-ireland")


def _arguments(one: argparse.ArgumentParser) -> None:
    one.add_argument("question", nargs="+", help="the question; several are the turns of one conversation")
    one.add_argument("--audience", choices=AUDIENCES, default="frontline", help="who the answer is for")
    one.add_argument("--nation", choices=NATIONS, help="whose law and guidance you work under")
    one.add_argument(
        "--out", type=Path, metavar="FILE", help="write the whole conversation to this file: .docx, .md, .html or .json"
    )
    one.add_argument("--json", action="store_true", help="print the last answer as one JSON object")
    one.add_argument("--profile", action="store_true", help="tell on the error stream where the time went")


def _ask(given: argparse.Namespace, settings: Settings) -> int:
    began = time.perf_counter()
    from langchain_core.messages import BaseMessage

    from assistant.answer.history import exchange
    from assistant.answer.parts import Audience
    from assistant.answer.pipeline import Assistant
    from assistant.export import answer_record, save_answers, to_json
    from assistant.export.files import ANSWER_ENDINGS, refuse
    from assistant.gaps import note_gap
    from assistant.library.catalogue import Nation

    if given.out:
        refuse(given.out, ANSWER_ENDINGS)
    answers: list[Answer] = []
    with progress_bar("Preparing the library") as progress:
        assistant = Assistant(settings, progress, tell)
        imported = time.perf_counter()
        if given.profile:  # a question that is turned away needs no index
            assistant.opened()
        opened = time.perf_counter()
        history: list[BaseMessage] = []
        for turn in given.question:
            answers.append(
                assistant.ask(
                    turn,
                    history,
                    audience=Audience(given.audience),
                    nation=Nation(given.nation) if given.nation else None,
                )
            )
            note_gap(settings, answers[-1])
            history += exchange(answers[-1])
    if given.profile:
        start = {"import": 1000 * (imported - began), "open the index": 1000 * (opened - imported)}
        print(_profile(start, answers), file=sys.stderr)
    if given.out:
        save_answers(answers, assistant.opened()[0], given.out, made=date.today())
    if given.json:
        print(to_json(answer_record(answers[-1])))
    else:
        print("\n\n".join(_readable(answer) for answer in answers))
    return 0


def _profile(start: Mapping[str, float], answers: Sequence["Answer"]) -> str:
    """Milliseconds by step: the start once, then each turn."""
    rows = list(start.items())
    for number, answer in enumerate(answers, 1):
        rows += [(f"turn {number}: {step}", spent) for step, spent in answer.timings_ms.items()]
    return "\n".join(f"{name:<20} {spent:8,.1f} ms" for name, spent in rows)


def _readable(answer: "Answer") -> str:
    lines: list[str] = []
    if answer.reply:
        lines += [wrapped(answer.reply.text), ""]
    part = ""
    for statement in answer.statements:
        if statement.part != part:
            part = statement.part
            lines += [part, ""]
        marks = "".join(f"[{number}]" for number in dict.fromkeys(one.number for one in statement.citations))
        lines += [wrapped(f"{statement.text} {marks}", "  "), ""]
    if answer.nearest:
        lines += ["The nearest that it holds", ""]
        lines += [f"  {one.title}: {one.heading} ({one.source}#{one.anchor})" for one in answer.nearest] + [""]
    if answer.statements:
        lines += ["Sources", "", *_source_lines(answer), ""]
    lines += [wrapped(f"Note. {note.text}") for note in answer.notes]
    return "\n".join(lines).strip()


def _source_lines(answer: "Answer") -> list[str]:
    from assistant.answer.notes import speaker

    first = {one.number: one for one in reversed(answer.citations)}
    lines = []
    for number, one in sorted(first.items()):
        source = one.source
        facts = [source.publisher, source.published, speaker(source), source.url]
        about = ", ".join(fact for fact in facts if fact)
        lines.append(wrapped(f"[{number}] {source.title}: {one.heading}. {about}", "  ", "      "))
        lines.append(f"      common-ground show '{source.id}#{one.anchor}'")
    return lines


ASK = Command("ask", "ask a question and get a cited answer", _arguments, _ask)
