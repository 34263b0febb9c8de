"""`gaps`: what readers asked and the library did not say."""

import argparse
from typing import TYPE_CHECKING

from assistant.cli.command import Command, json_argument
from assistant.cli.terminal import wrapped
from assistant.settings import PREFIX, Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.gaps import Gap


def _gaps(given: argparse.Namespace, settings: Settings) -> int:
    from assistant.export import to_json
    from assistant.gaps import gaps

    found = gaps(settings)
    if given.json:
        print(to_json({"gaps": [_record(one) for one in found], "keep_words": settings.keep_words}))
    elif found:
        print(_table(found, settings.keep_words))
    else:
        print("The gap log is empty. It counts the questions that the library does not answer.")
    return 0


def _record(gap: "Gap") -> dict[str, object]:
    return {
        "topic": gap.topic,
        "name": gap.name,
        "count": gap.count,
        "first": gap.first.isoformat(),
        "last": gap.last.isoformat(),
        "words": [{"day": one.day.isoformat(), "text": one.text} for one in gap.words],
    }


def _table(found: "Sequence[Gap]", days: int) -> str:
    width = max(len("nearest topic"), *(len(_shown(one.name)) for one in found))
    lines = ["What the library did not say, by the topic that came nearest", ""]
    lines.append(f"{'times':>5}  {'nearest topic':<{width}}  first day   last day")
    for one in found:
        lines.append(f"{one.count:>5}  {_shown(one.name):<{width}}  {one.first}  {one.last}")
        lines += [wrapped(_shown(f"{asked.day}  {asked.text}"), " " * 7, " " * 19) for asked in one.words]
    kept = "1 day" if days == 1 else f"{days} days"
    note = f"Questions are kept in words for {kept}." if days else "Questions are not kept in words."
    return "\n".join([*lines, "", wrapped(f"{note} {PREFIX}KEEP_WORDS sets for how many days they are.")])


def _shown(text: str) -> str:
    """A text without what would steer the terminal: a reader typed it, or it came with a file."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


GAPS = Command("gaps", "list what readers asked and the library did not say", json_argument, _gaps)
