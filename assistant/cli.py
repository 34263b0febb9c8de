"""The commands, except `serve`, which lives with the page."""

import argparse
import shutil
import sys
import textwrap
from collections.abc import Callable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant import __version__
from assistant.errors import CommonGroundError, ReadError
from assistant.settings import Settings, keep_quiet, settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.answer.parts import Answer
    from assistant.library.holdings import Holding

AUDIENCES = ("frontline", "leader", "proposal")
NATIONS = ("england", "scotland", "wales", "northern-ireland")


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its name, what it is for, its arguments, and what it does.

    `run` gives the exit status.
    """

    name: str
    purpose: str
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace, Settings], int]


def main(arguments: Sequence[str] | None = None, commands: Sequence[Command] | None = None) -> int:
    """Run one command and give its exit status: 0 success, 1 a problem, 2 wrong usage."""
    commands = COMMANDS if commands is None else commands
    given = parser(commands).parse_args(arguments)
    keep_quiet()
    try:
        return int(given.run(given, settings()))
    except CommonGroundError as error:
        print(f"common-ground: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Nothing that was done before is lost.", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader of our output has gone, as `| head` does
        sys.stderr.close()
        return 0


def parser(commands: Sequence[Command]) -> argparse.ArgumentParser:
    """The command line's grammar."""
    whole = argparse.ArgumentParser(
        prog="common-ground",
        description="Cited partnership advice for people who join up health and social care in the UK.",
    )
    whole.add_argument("--version", action="version", version=f"common-ground {__version__}")
    some = whole.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in commands:
        one = some.add_parser(command.name, help=command.purpose, description=command.purpose)
        command.arguments(one)
        one.set_defaults(run=command.run)
    return whole


@contextmanager
def progress_bar(what: str) -> "Iterator[Callable[[int, int], None]]":
    """A progress bar on standard error, for work that takes more than a moment."""
    from tqdm import tqdm  # only where something is counted

    bar = tqdm(desc=what, unit=" texts", file=sys.stderr, delay=0.5, leave=False)

    def show(done: int, total: int) -> None:
        bar.total = total
        bar.update(done - bar.n)

    try:
        yield show
    finally:
        bar.close()


def _tell(message: str) -> None:
    print(message, file=sys.stderr)


# ask


def _ask_arguments(one: argparse.ArgumentParser) -> None:
    one.add_argument("question", nargs="+", help="the question; several are the turns of one conversation")
    one.add_argument("--audience", choices=AUDIENCES, default="frontline", help="who the answer is for")
    one.add_argument("--nation", choices=NATIONS, help="whose law and guidance you work under")
    one.add_argument("--json", action="store_true", help="print the last answer as one JSON object")


def _ask(given: argparse.Namespace, settings: Settings) -> int:
    from langchain_core.messages import BaseMessage

    from assistant.answer.parts import Audience
    from assistant.answer.pipeline import Assistant
    from assistant.evaluate import exchange
    from assistant.export import answer_record, to_json
    from assistant.library.catalogue import Nation

    answers: list[Answer] = []
    with progress_bar("Preparing the library") as progress:
        assistant = Assistant(settings, progress, _tell)
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
            history += exchange(answers[-1])
    if given.json:
        print(to_json(answer_record(answers[-1])))
    else:
        print("\n\n".join(_readable(answer) for answer in answers))
    return 0


def _readable(answer: "Answer") -> str:
    lines: list[str] = []
    if answer.reply:
        lines += [_wrapped(answer.reply.text), ""]
    part = ""
    for statement in answer.statements:
        if statement.part != part:
            part = statement.part
            lines += [part, ""]
        marks = "".join(f"[{number}]" for number in dict.fromkeys(one.number for one in statement.citations))
        lines += [_wrapped(f"{statement.text} {marks}", "  "), ""]
    if answer.nearest:
        lines += ["The nearest that it holds", ""]
        lines += [f"  {one.title}: {one.heading} ({one.source}#{one.anchor})" for one in answer.nearest] + [""]
    if answer.statements:
        lines += ["Sources", "", *_source_lines(answer), ""]
    lines += [_wrapped(f"Note. {note.text}") for note in answer.notes]
    return "\n".join(lines).strip()


def _source_lines(answer: "Answer") -> list[str]:
    from assistant.answer.notes import speaker

    first = {one.number: one for one in reversed(answer.citations)}
    lines = []
    for number, one in sorted(first.items()):
        source = one.source
        facts = [source.publisher, source.published, speaker(source), source.url]
        about = ", ".join(fact for fact in facts if fact)
        lines.append(_wrapped(f"[{number}] {source.title}: {one.heading}. {about}", "  ", "      "))
        lines.append(f"      common-ground show '{source.id}#{one.anchor}'")
    return lines


def _wrapped(text: str, indent: str = "", rest: str | None = None) -> str:
    width = min(96, shutil.get_terminal_size((96, 24)).columns)
    return textwrap.fill(
        text,
        width,
        initial_indent=indent,
        subsequent_indent=indent if rest is None else rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


# add, remove, sources, show


def _add_arguments(one: argparse.ArgumentParser) -> None:
    one.add_argument("path", nargs="+", type=Path, help="a file, or a folder whose files are added")


def _add(given: argparse.Namespace, settings: Settings) -> int:
    is_well = [_add_one(file, settings) for path in given.path for file in _files(path)]
    if any(is_well):
        _refresh(settings)
    return int(not all(is_well))


def _add_one(path: Path, settings: Settings) -> bool:
    """Add one file and tell how it went."""
    from assistant.library.holdings import add

    try:
        holding = add(settings, path)
    except CommonGroundError as error:
        print(f"{path.name}: not added. {error}", file=sys.stderr)
        return False
    as_what = "" if holding.source.id == path.stem else f"as {holding.source.id}, "
    count = len(holding.headed.sections)
    print(f"{path.name}: added {as_what}{count} {'section' if count == 1 else 'sections'}.")
    return True


def _files(path: Path) -> list[Path]:
    """The file itself, or the files of a folder that can be read; a folder without any is left to fail."""
    from assistant.library.read.document import READABLE

    inside = sorted(one for one in path.rglob("*") if one.suffix.lower() in READABLE and one.is_file())
    return inside or [path]


def _refresh(settings: Settings) -> None:
    from assistant.library.holdings import open_library
    from assistant.search.store import sync

    with progress_bar("Updating the index") as progress:
        sync(settings, open_library(settings), progress)


def _fetch_arguments(one: argparse.ArgumentParser) -> None:
    one.add_argument("id", nargs="*", help="the id of a shipped source; all that have an address, if none is named")


def _fetch(given: argparse.Namespace, settings: Settings) -> int:
    from assistant.library.fetch import fetch
    from assistant.library.holdings import Library, Origin, open_library

    library: Library = open_library(settings)
    wanted = given.id or [one.source.id for one in library if one.source.url and one.origin is Origin.SHIPPED]
    failed = False
    for number, id_ in enumerate(wanted, 1):
        print(f"Fetching {id_} ({number} of {len(wanted)})", file=sys.stderr)
        try:
            fetch(settings, library, id_)
            print(f"{id_}: fetched. It is quoted from the original now.")
        except CommonGroundError as error:
            failed = True
            print(f"{id_}: not fetched. {str(error).removeprefix(id_ + ': ')}", file=sys.stderr)
    _refresh(settings)
    return int(failed)


def _remove_arguments(one: argparse.ArgumentParser) -> None:
    one.add_argument("id", nargs="+", help="the id of a source that you added; 'sources' lists them")


def _remove(given: argparse.Namespace, settings: Settings) -> int:
    from assistant.library.holdings import remove

    failed = False
    for id_ in given.id:
        try:
            remove(settings, id_)
            print(f"{id_}: removed from the library.")
        except CommonGroundError as error:
            failed = True
            print(f"common-ground: {error}", file=sys.stderr)
    _refresh(settings)
    return int(failed)


def _json_argument(one: argparse.ArgumentParser) -> None:
    one.add_argument("--json", action="store_true", help="print one JSON object")


def _sources(given: argparse.Namespace, settings: Settings) -> int:
    from assistant.export import source_record, to_json
    from assistant.library.holdings import open_library

    library = open_library(settings)
    if given.json:
        print(to_json({"sources": [source_record(one) for one in library]}))
        return 0
    for one in library:
        print(_source_line(one))
    if not len(library):
        print("The library holds no sources yet. Add some with: common-ground add FILE")
    return 0


def _source_line(holding: "Holding") -> str:
    from assistant.answer.notes import speaker

    source = holding.source
    facts = [source.publisher, source.published, speaker(source)]
    facts += [
        ", ".join(nation.value for nation in source.nations),
        f"{source.text.value}, {holding.origin.value}",
    ]
    return f"{source.id}\n    {source.title}\n    {' · '.join(fact for fact in facts if fact)}"


def _show_arguments(one: argparse.ArgumentParser) -> None:
    one.add_argument(
        "source",
        metavar="SOURCE[#ANCHOR]",
        help="a source's id, and a section's anchor if only that is wanted",
    )
    _json_argument(one)


def _show(given: argparse.Namespace, settings: Settings) -> int:
    from assistant.export import holding_record, to_json
    from assistant.library.holdings import open_library, section_of

    id_, _, anchor = given.source.partition("#")
    holding = open_library(settings)[id_]
    sections = [section_of(holding, anchor)] if anchor else list(holding.headed.sections)
    if given.json:
        print(to_json(holding_record(holding)))
        return 0
    print(_source_line(holding))
    for section in sections:
        print(f"\n{section.heading}  (#{section.anchor})\n")
        for block in section.blocks:
            locator = f" ({block.locator})" if block.locator else ""
            print(_wrapped(holding.headed.text[block.start : block.end] + locator, "  "))
    return 0


# evaluate, doctor, rebuild


def _evaluate_arguments(one: argparse.ArgumentParser) -> None:
    one.add_argument("questions", type=Path, help="a question set, one JSON object a line")
    one.add_argument("--answers", type=Path, metavar="OUT.jsonl", help="write every answer to this file")
    _json_argument(one)


def _evaluate(given: argparse.Namespace, settings: Settings) -> int:
    from assistant.answer.pipeline import Assistant
    from assistant.evaluate import conversations, report, run
    from assistant.export import answer_record, to_json

    records = conversations(given.questions)
    assistant = Assistant(settings, tell=_tell)
    with progress_bar("Preparing the library") as progress:
        assistant.progress = progress
        library, _ = assistant.opened()
    with progress_bar("Asking") as progress:
        outcomes = list(run(assistant, records, progress))
    if given.answers:
        lines = [
            to_json({"id": one.conversation.id, "turn": one.turn} | answer_record(one.answer), indent=None)
            for one in outcomes
        ]
        try:
            given.answers.write_text("\n".join(lines) + "\n", encoding="utf-8")
        except OSError as error:
            raise ReadError(f"{given.answers} cannot be written ({error.strerror}). Name another file.") from error
    result = report(outcomes, library)
    print(to_json(result) if given.json else _table(result))
    return 0


def _table(result: Mapping[str, Any]) -> str:
    from assistant.evaluate import RATES

    lines = [f"{result['turns']} turns"]
    for name in RATES:
        rate = result.get(name)
        if rate and rate["n"]:
            lines.append(
                f"{name.replace('_', ' '):<18}{rate['value']:>7.1%}   "
                f"{rate['low']:.1%} to {rate['high']:.1%}   of {rate['n']}"
            )
    commonest, times = result["baseline_commonest"], result["latency_ms"]
    if commonest["n"]:
        lines.append(f"(always citing the three commonest articles would hit {commonest['value']:.1%})")
    lines.append(f"{'sections cited':<18}{result['mean_sections_cited']} on average")
    lines.append(f"{'milliseconds':<18}{times['p50']} median, {times['p95']} at the 95th percentile")
    return "\n".join(lines)


def _doctor(given: argparse.Namespace, settings: Settings) -> int:
    from assistant.doctor import examine
    from assistant.export import to_json

    findings = examine(settings)
    if given.json:
        checks = [{"check": one.check, "ok": one.is_well, "detail": one.detail} for one in findings]
        print(to_json({"version": __version__, "well": all(one.is_well for one in findings), "checks": checks}))
    else:
        for one in findings:
            print(f"{'ok      ' if one.is_well else 'PROBLEM '} {one.check}: {one.detail}")
    return 0 if all(one.is_well for one in findings) else 1


def _rebuild(given: argparse.Namespace, settings: Settings) -> int:
    from assistant.library.holdings import open_library
    from assistant.search.store import sync

    with progress_bar("Making the index") as progress:
        sync(settings, open_library(settings), progress, again=True)
    print("The index has been made again from the library.")
    return 0


def _no_arguments(one: argparse.ArgumentParser) -> None:
    """A command that takes none."""


COMMANDS = (
    Command("ask", "ask a question and get a cited answer", _ask_arguments, _ask),
    Command("add", "add documents of your own to the library", _add_arguments, _add),
    Command("remove", "remove documents that you added", _remove_arguments, _remove),
    Command("fetch", "download the originals of shipped sources", _fetch_arguments, _fetch),
    Command("sources", "list what the library holds", _json_argument, _sources),
    Command("show", "show a source, or one section of it", _show_arguments, _show),
    Command("evaluate", "score a set of questions", _evaluate_arguments, _evaluate),
    Command("doctor", "check the installation, the library and the index", _json_argument, _doctor),
    Command("rebuild", "make the index again from the library", _no_arguments, _rebuild),
)
