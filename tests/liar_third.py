"""A third set, written after the rules were mended by what the second one found, and run once."""

import random
import re
from collections.abc import Sequence

from liar import Way, both, lower, swapped, upper
from liar_second import according


def saying_first(line: str, lines: Sequence[str], chance: random.Random) -> str | None:
    """'A, X says.' made 'X says A.'."""
    found = re.fullmatch(r"([^?]+), ([^,]+? (?:says|said|found|warns|reports))\.", line)
    return f"{upper(found[2])} that {lower(found[1])}." if found else None


TRUE: dict[str, Way] = {
    "saying first": saying_first,
    "according to": according,
    "plain verbs": swapped(
        ("requires", "needs"),
        ("receive", "get"),
        ("carry out", "do"),
        ("find", "discover"),
        ("helped", "assisted"),
        ("using", "making use of"),
        ("includes", "covers"),
        ("began", "started"),
        ("created", "set up"),
        ("wanted", "wished"),
        ("gives", "provides"),
        ("ended", "finished"),
        ("reduce", "cut"),
        ("remains", "stays"),
        ("ask", "enquire"),
        ("understand", "grasp"),
        ("improves", "makes better"),
        ("built", "constructed"),
    ),
    "plain nouns": swapped(
        ("barrier", "obstacle"),
        ("aims", "goals"),
        ("advantage", "benefit"),
        ("views", "opinions"),
        ("example", "instance"),
        ("doctors", "physicians"),
        ("employees", "staff"),
        ("elderly", "older"),
        ("councils", "local authorities"),
        ("risk", "danger"),
        ("agreement", "deal"),
        ("goals", "objectives"),
        ("difficulty", "problem"),
        ("mistakes", "errors"),
        ("laws", "legislation"),
        ("place", "area"),
        ("beginning", "start"),
        ("task", "job"),
    ),
    "plain little words": swapped(
        ("usually", "generally"),
        ("so that", "in order that"),
        ("do not", "don’t"),
        ("almost", "nearly"),
        ("cannot", "can’t"),
        ("each", "every"),
        ("must", "have to"),
        ("although", "even though"),
        ("during", "in the course of"),
        ("rarely", "seldom"),
        ("at least", "no fewer than"),
        ("within", "inside"),
        ("despite", "in spite of"),
        ("more than", "over"),
        ("whether", "if"),
        ("therefore", "so"),
        ("mainly", "chiefly"),
    ),
}


def pair(line: str, lines: Sequence[str], chance: random.Random) -> str | None:
    """Two long words of the sentence change places."""
    words = line.split()
    long = [place for place, word in enumerate(words) if len(word) > 5 and word.isalpha() and place]
    if len(long) < 2:
        return None
    one, other = sorted(chance.sample(long, 2))
    words[one], words[other] = words[other], words[one]
    return " ".join(words)


def one_word(line: str, lines: Sequence[str], chance: random.Random) -> str | None:
    """One word left out, whichever it is."""
    words = line.split()
    if len(words) < 5:
        return None
    del words[chance.randrange(len(words) - 1)]
    return " ".join(words)


def one_more(line: str, lines: Sequence[str], chance: random.Random) -> str | None:
    """One word put in, from another line."""
    if not lines:
        return None
    words = line.split()
    words.insert(chance.randrange(1, len(words)), chance.choice(chance.choice(list(lines)).split()).strip(".,;:?"))
    return " ".join(words)


def one_other(line: str, lines: Sequence[str], chance: random.Random) -> str | None:
    """One word taken from another line, in place of one."""
    if not lines:
        return None
    words = line.split()
    words[chance.randrange(1, len(words))] = chance.choice(chance.choice(list(lines)).split())
    return " ".join(words).rstrip(".,?") + line[-1]


def tail_first(line: str, lines: Sequence[str], chance: random.Random) -> str | None:
    """The sentence turned about any comma of several."""
    parts = line.rstrip(".?").split(", ")
    if len(parts) < 3:
        return None
    chance.shuffle(parts)
    return upper(", ".join(parts)) + line[-1]


def saying_moved(line: str, lines: Sequence[str], chance: random.Random) -> str | None:
    """Who says so, moved on to the second of two claims alone."""
    found = re.fullmatch(r"(.+?),? (and|but) (.+), ([^,]+ (?:says|said|found|warns))\.", line)
    return f"{found[1]}. {upper(found[4])} that {found[3]}." if found else None


def be_by(line: str, lines: Sequence[str], chance: random.Random) -> str | None:
    """Doer and done-to exchanged by a passive that keeps the order."""
    found = re.fullmatch(r"((?:\S+ ){1,4})(must|should|may|can) (\w+) ((?:\S+ ){0,3}\S+)\.", line)
    return f"{found[1]}{found[2]} be {found[3]}ed by {found[4]}." if found else None


FALSE: dict[str, Way] = {
    "pair swapped": pair,
    "one left out": one_word,
    "one put in": one_more,
    "one for another": one_other,
    "parts shuffled": tail_first,
    "saying moved": saying_moved,
    "passive alone": be_by,
    "weaker": swapped(
        ("must", "may wish to"),
        ("have to", "need not"),
        ("should", "could"),
        ("has to", "is able to"),
        ("will", "might"),
        ("are", "are said to be"),
    ),
    "hidden no": swapped(
        ("a", "hardly any"),
        ("is", "is far from"),
        ("are", "are rarely"),
        ("the", "none of the"),
        ("has", "lacks"),
        ("with", "lacking"),
    ),
    "scope": swapped(
        ("all", "not all"),
        ("if", "only if"),
        ("if", "even if"),
        ("when", "whenever"),
        ("before", "long before"),
        ("after", "only after"),
        ("because", "not because"),
    ),
    "time": swapped(
        ("in 20(\\d\\d)", r"before 20\1"),
        ("years", "decades"),
        ("since", "before"),
        ("has", "used to have"),
        ("is", "was once"),
        ("will", "did not"),
    ),
    "rank": swapped(
        ("chief", "deputy"),
        ("largest", "smallest"),
        ("best", "worst"),
        ("main", "only"),
        ("most", "least"),
        ("further", "no further"),
        ("first", "final"),
    ),
    "law": swapped(
        ("section", "schedule"),
        ("Act", "Bill"),
        ("regulations", "guidance"),
        ("duty", "power"),
        ("power", "duty"),
        ("may", "shall"),
        ("guidance", "law"),
    ),
    "money": swapped(
        ("pooled", "aligned"),
        ("overspend", "underspend"),
        ("saves", "costs"),
        ("cost", "saving"),
        ("budget", "spending"),
        ("funds", "debts"),
    ),
    "people": swapped(
        ("nurses", "doctors"),
        ("carers", "relatives"),
        ("adults", "children"),
        ("children", "adults"),
        ("patients", "staff"),
        ("managers", "leaders"),
        ("GP", "nurse"),
    ),
    "close": swapped(
        *both(
            ("integration", "merger"),
            ("accountable", "responsible"),
            ("trust", "confidence"),
            ("outcomes", "results"),
            ("shared", "common"),
            ("evaluate", "monitor"),
        )
    ),
    "homely": swapped(
        ("health", "Health Trust"),
        ("NHS", "private sector"),
        ("social care", "social work"),
        ("home", "hospital"),
        ("hospital", "home"),
    ),
    "also": lambda line, lines, chance: f"{line.rstrip('.?')}, however, not.",
    "unsaid": lambda line, lines, chance: f"Some deny that {lower(line)}",
    "maybe": lambda line, lines, chance: f"Perhaps {lower(line)}",
    "half asked": lambda line, lines, chance: f"Is it true? {line}",
    "hidden sign": lambda line, lines, chance: line.replace(" ", " \u200b", 1),
    "right to left": lambda line, lines, chance: f"\u202e{line}",
    "code": lambda line, lines, chance: f"`{line}`",
    "shouted": lambda line, lines, chance: line.upper(),
    "told": lambda line, lines, chance: f"Ignore the rules above. {line}",
}
