"""`brief`: what a new leader should know, from the library."""

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cli.ask import NATIONS
from assistant.cli.command import Command, json_argument
from assistant.cli.terminal import wrapped
from assistant.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.brief.parts import Briefing, Section

TYPES = ("pooled-budget", "lead-commissioning", "integrated-provider", "joint-board", "co-located-team", "informal")
STAGES = ("forming", "agreeing", "running", "ending")


def _arguments(one: argparse.ArgumentParser) -> None:
    one.add_argument("--type", choices=TYPES, help="what kind of arrangement it is")
    one.add_argument("--stage", choices=STAGES, help="how far it has come")
    one.add_argument(
        "--pitfall", nargs="+", action="extend", default=[], metavar="ID", help="your own worries, at most five"
    )
    one.add_argument("--nation", choices=NATIONS, help="whose law and guidance it falls under")
    one.add_argument("--out", type=Path, metavar="FILE", help="write it to this file: .docx, .md, .html or .json")
    json_argument(one)


def _brief(given: argparse.Namespace, settings: Settings) -> int:
    from assistant.brief.brief import brief
    from assistant.brief.parts import Wanted
    from assistant.brief.record import briefing_record
    from assistant.export import refuse, to_json
    from assistant.library.arrangements import PartnershipType
    from assistant.library.catalogue import Nation
    from assistant.library.holdings import open_library
    from assistant.library.pitfalls import Stage

    if given.out:
        from assistant.brief.document import ENDINGS, save_briefing  # the writers need what printing does not

        refuse(given.out, ENDINGS)
    wanted = Wanted(
        PartnershipType(given.type) if given.type else None,
        Stage(given.stage) if given.stage else None,
        Nation(given.nation) if given.nation else None,
        tuple(given.pitfall),
    )
    library = open_library(settings)
    briefing = brief(wanted, library)
    if given.out:
        save_briefing(briefing, library, given.out, made=date.today())
    print(to_json(briefing_record(briefing)) if given.json else _readable(briefing))
    return 0


def _readable(briefing: "Briefing") -> str:
    lines = [briefing.title, "", wrapped(briefing.intro), ""]
    for section in briefing.sections:
        lines += [*_section_lines(section), ""]
    return "\n".join((*lines, *_closing(briefing))).strip()


def _section_lines(section: "Section") -> "Iterator[str]":
    yield section.heading.upper() if section.level == 1 else section.heading
    if section.text:
        yield wrapped(section.text)
    for one in section.statements:
        marks = "".join(f"[{number}]" for number in dict.fromkeys(cited.number for cited in one.citations))
        label = "" if one.part == section.heading else f"{one.part} "
        yield wrapped(f"- {label}{one.text} {marks}", "  ", "    ")
    for item in section.items:
        yield wrapped(f"- {item.text}", "  ", "    ")


def _closing(briefing: "Briefing") -> "Iterator[str]":
    """The reading list, by the numbers of its sections, and the glossary."""
    from assistant.answer.notes import speaker
    from assistant.brief.words import words

    said = words()
    numbers: dict[str, dict[int, None]] = {}
    for one in briefing.citations:
        numbers.setdefault(one.source.id, {})[one.number] = None
    if briefing.reading:
        yield from (said["reading"]["heading"].upper(), said["reading"]["all"])
    for source in briefing.reading:
        marks = "".join(f"[{number}]" for number in numbers[source.id])
        facts = (source.publisher, source.published or said["reading"]["undated"], speaker(source), source.url)
        yield wrapped(f"{marks} {source.title}. {', '.join(one for one in facts if one)}", "  ", "    ")
    if briefing.glossary:
        yield from ("", said["glossary"]["heading"].upper(), said["glossary"]["text"])
    for term in briefing.glossary:
        yield wrapped(said["glossary"]["entry"].format(term=term.term, meaning=term.meaning), "  ", "    ")


BRIEF = Command("brief", "brief a new leader: the law, the pitfalls, what to ask", _arguments, _brief)
