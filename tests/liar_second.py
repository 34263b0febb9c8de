"""A second set of rewordings and lies, written after the rules of `wording` were done, and run once.

The true ones are what a language model would write that does not know our table of equal words.
"""

import random
import re
from collections.abc import Sequence

from liar import Way, both, lower, swapped, upper


def according(line: str, lines: Sequence[str], chance: random.Random) -> str | None:
    """'A, X says.' made 'According to X, A.'."""
    found = re.fullmatch(r"([^?]+), ([^,]+?) (?:says|said)\.", line)
    return f"According to {found[2]}, {lower(found[1])}." if found else None


def genitive(line: str, lines: Sequence[str], chance: random.Random) -> str | None:
    """'England’s X' made 'the X of England'."""
    text, count = re.subn(r"\b(England|Scotland|Wales)’s (\w+)\b", r"the \2 of \1", line, count=1)
    return upper(text) if count else None


def place_last(line: str, lines: Sequence[str], chance: random.Random) -> str | None:
    """'In Scotland, A.' made 'A in Scotland.', without a comma."""
    found = re.fullmatch(r"(In (?:England|Scotland|Wales|Northern Ireland|\d{4})), ([^,;:?]+)\.", line)
    return f"{upper(found[2])} {lower(found[1])}." if found else None


TRUE: dict[str, Way] = {
    "according to": according,
    "genitive": genitive,
    "place last": place_last,
    "words a": swapped(
        ("need to", "have to"),
        ("needs", "requires"),
        ("joint", "shared"),
        ("organisations", "bodies"),
        ("found", "discovered"),
        ("staff", "employees"),
        ("money", "funding"),
        ("evidence", "proof"),
        ("agree", "settle"),
        ("depends on", "rests on"),
        ("said", "stated"),
        ("says", "states"),
        ("led to", "resulted in"),
        ("about", "around"),
        ("worked", "operated"),
    ),
    "words b": swapped(
        ("councils", "local authorities"),
        ("council", "local authority"),
        ("work together", "collaborate"),
        ("joined up", "integrated"),
        ("begin", "commence"),
        ("people", "persons"),
        ("large", "big"),
        ("problems", "difficulties"),
        ("shows", "demonstrates"),
        ("clear", "plain"),
        ("responsible for", "in charge of"),
        ("lack", "absence"),
        ("such as", "for example"),
        ("keep", "retain"),
    ),
    "words c": swapped(
        ("until", "till"),
        ("while", "whilst"),
        ("among", "amongst"),
        ("must", "are required to"),
        ("every", "each"),
        ("nearly", "almost"),
        ("usually", "normally"),
        ("regularly", "at regular intervals"),
        ("they are", "they’re"),
        ("that", "which"),
        ("and", "as well as"),
        ("percent", "%"),
        ("because", "since"),
        ("if", "where"),
        ("also", ""),
        ("very ", ""),
    ),
}


def singular(line: str, lines: Sequence[str], chance: random.Random) -> str | None:
    """Many made one, or one made many."""
    text, count = re.subn(r"\b(partner|board|council|team|budget|leader|body)s\b", r"\1", line, count=1)
    return text if count else None


def half(line: str, lines: Sequence[str], chance: random.Random) -> str | None:
    """The line broken off at a comma."""
    return f"{line.split(',')[0]}." if "," in line and len(line.split(",")[0].split()) > 3 else None


def second_half(line: str, lines: Sequence[str], chance: random.Random) -> str | None:
    """Only what follows a comma."""
    rest = line.split(", ", 1)[-1]
    return upper(rest) if rest != line and len(rest.split()) > 3 else None


def clauses_swapped(line: str, lines: Sequence[str], chance: random.Random) -> str | None:
    """The subjects of two clauses change places: 'A does this and B does that'."""
    found = re.fullmatch(r"(\w+ )(.+?) (and|but|while) (\w+ )(.+)", line)
    return f"{upper(found[4])}{found[2]} {found[3]} {lower(found[1])}{found[5]}" if found else None


def neighbours(line: str, lines: Sequence[str], chance: random.Random) -> str | None:
    """Two words not far from each other change places."""
    words = line.rstrip(".?").split()
    if len(words) < 6:
        return None
    place = chance.randrange(1, len(words) - 3)
    step = chance.choice((2, 3))
    words[place], words[place + step - 1] = words[place + step - 1], words[place]
    return " ".join(words) + line[-1]


def not_moved(line: str, lines: Sequence[str], chance: random.Random) -> str | None:
    """A 'not', 'only' or 'all' moved to another verb."""
    found = re.search(r"\b(not|only|all|some|more|less|often) ", line)
    if not found:
        return None
    words = (line[: found.start()] + line[found.end() :]).split()
    place = chance.randrange(1, len(words))
    return " ".join([*words[:place], found[1], *words[place:]])


def voice(line: str, lines: Sequence[str], chance: random.Random) -> str | None:
    """Active made passive, the bodies left in their places."""
    text, count = re.subn(
        r"\b(must|may|should|can) (share|pay|report|set|review|consult|publish|prepare)\b",
        r"\1 be \2ed by",
        line,
        count=1,
    )
    return text if count else None


def unlike(line: str, lines: Sequence[str], chance: random.Random) -> str | None:
    """A word turned round by its beginning."""
    text, count = re.subn(
        r"\b(clear|likely|able|equal|agreed|necessary|certain|fair|planned)\b", r"un\1", line, count=1
    )
    return text if count else None


def ranked(line: str, lines: Sequence[str], chance: random.Random) -> str | None:
    """The tail end of the sentence made its subject."""
    words = line.rstrip(".?").split()
    if len(words) < 7:
        return None
    cut = chance.randrange(2, len(words) - 2)
    return upper(" ".join([*words[cut:], lower(" ".join(words[:cut]))])) + line[-1]


def two_sentences(line: str, lines: Sequence[str], chance: random.Random) -> str | None:
    """A condition or a saying cut off as a sentence of its own."""
    text, count = re.subn(r",? (if|because|that|which|who|when|where|than) ", ". ", line, count=1)
    return text if count else None


FALSE: dict[str, Way] = {
    "one for many": singular,
    "broken off": half,
    "second half": second_half,
    "clauses swapped": clauses_swapped,
    "neighbours swapped": neighbours,
    "not moved": not_moved,
    "voice alone": voice,
    "turned round": unlike,
    "cut and turned": ranked,
    "cut in two": two_sentences,
    "by and in": swapped(*both(("by", "in"), ("since", "in"), ("under", "over"), ("on", "off"), ("between", "among"))),
    "will": swapped(("is", "will be"), ("are", "will be"), ("was", "will be"), ("must", "will"), ("has", "will have")),
    "any and each": swapped(
        ("each", "any"), ("every", "any"), ("several", "all"), ("two", "three"), ("first", "second"), ("half", "most")
    ),
    "a and only": swapped(("a", "the only"), ("the", "no"), ("an", "any"), ("its", "their"), ("their", "our")),
    "near words": swapped(
        ("budget", "deficit"),
        ("share", "sell"),
        ("duty", "power"),
        ("power", "duty"),
        ("review", "reform"),
        ("plan", "promise"),
        ("need", "want"),
        ("agree", "disagree"),
        ("joint", "separate"),
        ("pilot", "programme"),
        ("law", "guidance"),
        ("asked", "told"),
        ("long", "short"),
        ("new", "old"),
        ("small", "large"),
        ("high", "low"),
        ("care", "cure"),
        ("social", "health"),
    ),
    "who said": swapped(
        ("Professor Green", "Albert Cook"),
        ("Capita", "Bettal"),
        ("OPM", "Capita"),
        ("NHS Confederation", "King’s Fund"),
        ("Nuffield Trust", "Treasury"),
    ),
    "softened": swapped(
        ("found", "may have found"), ("is", "may be"), ("are", "can be"), ("have", "might have"), ("needs", "could use")
    ),
    "doubled": lambda line, lines, chance: f"{line} {line}",
    "reported": lambda line, lines, chance: f"Reportedly, {lower(line)}",
    "myth": lambda line, lines, chance: f"It is a myth that {lower(line)}",
    "wish": lambda line, lines, chance: f"Ideally {lower(line)}",
    "letters": lambda line, lines, chance: (
        line.replace("0", "О").replace("1", "l") if re.search("[01]", line) else None
    ),
    "bracketed": lambda line, lines, chance: f"{line.rstrip('.')} (not).",
    "cited twice": lambda line, lines, chance: (
        f"{line.rstrip('.')}, and {lower(chance.choice(list(lines)))}" if lines else None
    ),
    "ordered": lambda line, lines, chance: f"You must {lower(line)}",
    "exclaimed": lambda line, lines, chance: line.rstrip(".?") + "!",
}
