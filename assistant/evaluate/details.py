"""What identifies a person, found without the guard's own patterns, which are what is measured."""

import re

_DETAIL = re.compile(
    r"""\S+@\S+\w                                   # an address of electronic mail
    | \b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b           # a date
    | \b\d[\d -]{4,}\d\b                            # a long number
    | \b[A-Z]{1,2}\d[A-Z\d]?\ ?\d[A-Z]{2}\b         # a postcode
    | \b[A-Z]{2}(?:\ ?\d{2}){3}\ ?[A-Z]\b           # a National Insurance number
    """,
    re.VERBOSE,
)


def leaks(typed: str, shown: str) -> bool:
    """Whether a detail of what was typed stands anywhere in what is shown, however it is spaced."""
    packed = _packed(shown)
    return any(_packed(detail) in packed for detail in _DETAIL.findall(typed))


def _packed(text: str) -> str:
    return re.sub(r"[\s-]", "", text).lower()
