"""The first set: ways to reword a sentence that keep its meaning."""

import random
import re
from collections.abc import Sequence

from liar import Way, both, lower, swapped, upper


def front(line: str, lines: Sequence[str], chance: random.Random) -> str | None:
    """'A, X says.' made 'X says that A.'."""
    found = re.fullmatch(
        r"([^?]+), ([^,]+ (?:says|said|found|reports|reported|warns|warned|noted|argues|argued))\.", line
    )
    return f"{upper(found[2])} that {lower(found[1])}." if found else None


def behind(line: str, lines: Sequence[str], chance: random.Random) -> str | None:
    """'In Scotland, A.' made 'A, in Scotland.'."""
    found = re.fullmatch(r"((?:In|Under|Since|By|Before|After|If|When|Where) [^,]+), ([^,?]+)\.", line)
    return f"{upper(found[2])}, {lower(found[1])}." if found else None


def ahead(line: str, lines: Sequence[str], chance: random.Random) -> str | None:
    """'A in 2014.' made 'In 2014, A.', where A is a plain clause."""
    found = re.fullmatch(r"([^,?;:]+) ((?:in|since|from|by) (?:\w+ )?\d{4})\.", line)
    return f"{upper(found[2])}, {lower(found[1])}." if found else None


def passive(line: str, lines: Sequence[str], chance: random.Random) -> str | None:
    """'A must report B.' made 'B must be reported by A.', for verbs that are known."""
    verbs = (
        "set:set|share:shared|report:reported|make:made|give:given|prepare:prepared|publish:published|review:reviewed"
    )
    for verb in verbs.split("|"):
        base, done = verb.split(":")
        found = re.fullmatch(
            rf"((?:\S+ ){{1,5}})(must|should|may|can) {base} ([^,;:?]+?)( (?:to|for|from) [^,;:?]+)?\.", line
        )
        if found and " who " not in found[1] and " and " not in found[3]:
            return f"{upper(found[3])} {found[2]} be {done} by {lower(found[1]).strip()}{found[4] or ''}."
    return None


def parted(line: str, lines: Sequence[str], chance: random.Random) -> str | None:
    """'A, and the B.' made two sentences."""
    found = re.fullmatch(r"([^,;:?]+)(?:, and|;) ((?:the|a|every|each) [^,;:?]+)\.", line)
    return f"{found[1]}. {upper(found[2])}." if found else None


def plainer(line: str, lines: Sequence[str], chance: random.Random) -> str | None:
    """Every long or legal word at once put plainly."""
    text = line
    for old, new in PLAIN:
        text = re.sub(rf"\b{old}\b", new, text)
    return text


PLAIN = (
    ("must", "have to"),
    ("obtain", "get"),
    ("ensure", "make sure"),
    ("commence", "start"),
    ("assist", "help"),
    ("utilise", "use"),
    ("purchase", "buy"),
    ("attempt", "try"),
    ("difficult", "hard"),
    ("entire", "whole"),
    ("prior to", "before"),
    ("in order to", "to"),
    ("establish", "set up"),
    ("sufficient", "enough"),
    ("frequently", "often"),
    ("per cent", "%"),
    ("should", "ought to"),
    ("permit", "allow"),
    ("objectives", "goals"),
)
TRUE: dict[str, Way] = {
    "attribution first": front,
    "phrase last": behind,
    "phrase first": ahead,
    "passive": passive,
    "two sentences": parted,
    "plainer": plainer,
    "verbs": swapped(
        *both(
            ("help", "assist"), ("start", "begin"), ("use", "make use of"), ("show", "demonstrate"), ("keep", "retain")
        ),
        *both(
            ("set up", "establish"), ("choose", "select"), ("try", "attempt"), ("want", "wish"), ("helps", "assists")
        ),
        *both(("showed", "demonstrated"), ("used", "made use of"), ("started", "began"), ("allow", "permit")),
    ),
    "nouns": swapped(
        *both(("goals", "aims"), ("barriers", "obstacles"), ("benefits", "advantages"), ("people", "individuals")),
        *both(("duty", "obligation"), ("aim", "objective"), ("chance", "opportunity"), ("law", "legislation")),
    ),
    "little words": swapped(
        ("must", "has to"),
        ("should", "ought to"),
        ("often", "frequently"),
        ("before", "prior to"),
        ("if", "in the event that"),
        ("many", "a lot of"),
        ("several", "a number of"),
        ("instead of", "rather than"),
        ("cannot", "can’t"),
        ("does not", "doesn’t"),
        ("do not", "don’t"),
        ("is not", "isn’t"),
        ("although", "though"),
        ("to", "in order to"),
    ),
    "others": swapped(
        ("difficult", "hard"),
        ("hard", "difficult"),
        ("whole", "entire"),
        ("main", "principal"),
        ("per cent", "percent"),
        ("yearly", "annual"),
        ("annual", "yearly"),
        ("each year", "annually"),
        ("together", "jointly"),
        ("jointly", "together"),
        ("two", "2"),
        ("three", "3"),
        ("four", "4"),
        ("five", "5"),
        ("seven", "7"),
        ("ten", "10"),
    ),
}
