"""Finding names and terms in a text, as whole words and the longest first."""

import re
from collections.abc import Iterable, Iterator, Mapping


def pattern(names: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any of the names.

    Abbreviations are found as they are written, other names in any case: 'CAN' is not 'can'.
    """
    longest_first = sorted(set(names), key=lambda name: (-len(name), name))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(_spelling, longest_first))})(?![\w-])")


def found(matcher: re.Pattern[str], owners: Mapping[str, str], text: str) -> Iterator[tuple[str, str]]:
    """Each owner whose name stands in the text, once, with the words that were found.

    `owners` gives the owner of each name, by `folded` name.
    """
    seen: set[str] = set()
    for match in matcher.finditer(text.replace("'", "’")):
        owner = owners[folded(match[0])]
        if owner not in seen:
            seen.add(owner)
            yield owner, match[0]


def folded(name: str) -> str:
    """A name as it is looked up: in lower case, with typographic apostrophes."""
    return name.lower().replace("'", "’")


def is_abbreviation(name: str) -> bool:
    """Whether a name is letters that stand for words: 'BCF', 's75', 'DToC', 'CCGs'."""
    capitals = sum(letter.isupper() for letter in name)
    return " " not in name and len(name) <= 8 and (capitals >= 2 or any(letter.isdigit() for letter in name))


def _spelling(name: str) -> str:
    escaped = re.escape(name.replace("'", "’"))
    return escaped if is_abbreviation(name) and name.isascii() and name.isalpha() else f"(?i:{escaped})"
