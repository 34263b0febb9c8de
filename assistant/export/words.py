"""The fixed words of exports, from `prompts/export/words.yaml`, and dates as a sentence has them."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import yaml

from assistant.templates import template


@cache
def words() -> dict[str, Any]:
    """All of them, by group and name."""
    found: dict[str, Any] = yaml.safe_load(template("export/words.yaml"))
    return found


def day(written: str) -> str:
    """A date of the catalogue as a sentence has it: '2013-11-12' is '12 November 2013'."""
    year, *rest = written.split("-")
    month = [words()["months"][int(rest[0]) - 1]] if rest else []
    number = [str(int(rest[1]))] if len(rest) > 1 else []
    return " ".join((*number, *month, year))


def listed(names: Sequence[str]) -> str:
    """Names as a sentence lists them: 'A, B and C'."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
