"""A fourth set, written after the rules were made stricter about commas, quotes, signs and names, and run once."""

import random
import re
from collections.abc import Callable, Sequence

from liar import Way, both, lower, swapped, upper
from liar_first_true import passive
from liar_first_true import plainer as plain_words
from liar_second import according
from liar_third import saying_first

_FIGURES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


def replaced(pattern: str, new: str | Callable[[re.Match[str]], str]) -> Way:
    """The way that replaces the first match of a pattern."""
    return lambda line, lines, chance: upper(re.sub(pattern, new, line, count=1))


def twice(first: Way, second: Way) -> Way:
    """Two ways one after the other."""

    def way(line: str, lines: Sequence[str], chance: random.Random) -> str | None:
        text = first(line, lines, chance)
        return second(text, lines, chance) if text else None

    return way


VERBS = swapped(
    ("use", "make use of"),
    ("used", "made use of"),
    ("helps", "assists"),
    ("help", "assist"),
    ("start", "begin"),
    ("started", "began"),
    ("shows", "demonstrates"),
    ("showed", "demonstrated"),
    ("allows", "permits"),
    ("keeps", "retains"),
    ("chose", "selected"),
    ("tells", "informs"),
    ("wants", "wishes"),
    ("improve", "make better"),
    ("grew", "increased"),
    ("collect", "gather"),
    ("discuss", "talk about"),
    ("happen", "occur"),
    ("replaced", "took the place of"),
    ("set up", "established"),
)
LITTLE = swapped(
    ("must", "are obliged to"),
    ("should", "ought to"),
    ("cannot", "can not"),
    ("can", "are able to"),
    ("to", "so as to"),
    ("because of", "owing to"),
    ("instead of", "in place of"),
    ("while", "whilst"),
    ("often", "frequently"),
    ("before", "prior to"),
    ("many", "numerous"),
    ("every", "each"),
    ("on", "upon"),
)
TRUE: dict[str, Way] = {
    "verb": VERBS,
    "little": LITTLE,
    "verb and little": twice(VERBS, LITTLE),
    "saying and verb": twice(saying_first, VERBS),
    "saying and little": twice(saying_first, LITTLE),
    "according": according,
    "passive and little": twice(passive, LITTLE),
    "all plain": plain_words,
    "no comma before and": replaced(r", and\b", " and"),
    "figures": replaced(r"(?<=[a-z] )\b([2-9]|1[0-2])\b(?=[ ,.](?!\w*%))", lambda found: _FIGURES[int(found[1])]),
    "nouns": swapped(
        *both(("aims", "goals"), ("obstacles", "barriers"), ("mistakes", "errors"), ("difficulties", "problems")),
        *both(("benefits", "advantages"), ("views", "opinions"), ("obligations", "duties"), ("people", "individuals")),
    ),
}

FALSE: dict[str, Way] = {
    "comma dropped": replaced(r", (?=who|which|where|with|if|but|unless|except|as)(.+?),", r" \1"),
    "comma put in": replaced(r"(?<=\w) (who|that|which|with|in|for) ", r", \1 "),
    "made negative": replaced(r"(?<=[a-z] )(?=[£\d])", "-"),
    "about put in": replaced(r"(?<=[a-z] )(?=[£\d])", "about "),
    "over put in": replaced(r"(?<=[a-z] )(?=[£\d])", "more than "),
    "point moved": replaced(r"(\d)(\d)", r"\1.\2"),
    "range cut": replaced(r"(\d+)(?:–|-| to )\d+", r"\1"),
    "year shortened": replaced(r"\b(?:19|20)(\d\d)\b", r"\1"),
    "thousands": replaced(r"\b(\d{1,3}) ", r"\1,000 "),
    "quote marks moved": replaced(r"‘([^’]+)’ (\w+)", r"\1 ‘\2’"),
    "quote marks put in": replaced(r"\b(\w+ing)\b", r"‘\1’"),
    "name of a body": swapped(
        *both(("Care Board", "Care Council"), ("Council", "Committee"), ("Commission", "Committee"), ("Trust", "Fund")),
        ("Council", "Local Authority"),
        ("Board", "Board of Trustees"),
        ("Act", "Bill"),
    ),
    "however": lambda line, lines, chance: f"However {lower(line)}",
    "no,": lambda line, lines, chance: f"No, {lower(line)}",
    "no": lambda line, lines, chance: f"No {lower(line)}",
    "last words dropped": lambda line, lines, chance: " ".join(line.split()[:-2]) + ".",
    "first words dropped": lambda line, lines, chance: upper(" ".join(line.split()[2:])),
    "of and for": swapped(*both(("of", "for"), ("to", "by"), ("by", "with"), ("at", "after"), ("during", "despite"))),
    "a subject doubled": replaced(r"^(\w+s) ", r"\1 and regulators "),
    "a doer changed": replaced(r"^(Boards|Councils|Partners|Staff|Leaders|Organisations|Commissioners)\b", "Ministers"),
    "agent put in": replaced(r"\b((?:is|are|was|were|be) \w+ed)\b", r"\1 by the NHS"),
    "agent changed": replaced(r"\bby (?:the )?(\w+)\b", "by the government"),
    "required not to": replaced(r"\b(must|should|may)\b", r"\1 not only"),
    "all but": replaced(r"\b(all|every|each)\b", "almost every"),
    "fails to": replaced(
        r"\b(helps?|works?|shows?|needs?|gives?|makes?) ", lambda found: f"fails to {found[1].rstrip('s')} "
    ),
    "tried to": replaced(r"\b(improved|reduced|saved|agreed|created|found)\b", r"tried to have \1"),
    "claimed": replaced(r"\b(is|are|was|were)\b", r"\1 claimed to be"),
    "a comparison turned": swapped(*both(("than", "as"), ("least", "most"), ("worse", "better"), ("under", "over"))),
    "sense of a word": swapped(
        ("required", "invited"),
        ("requires", "suggests"),
        ("prevents", "allows"),
        ("agreed", "proposed"),
        ("promote", "ensure"),
        ("consider", "adopt"),
        ("consult", "obey"),
        ("have regard to", "follow"),
        ("encourage", "compel"),
        ("reported", "admitted"),
    ),
    "who pays": swapped(*both(("pays", "receives"), ("gives", "takes"), ("lends", "borrows"), ("buy", "sell"))),
    "the reader addressed": replaced(r"^(Agree|Ask|Set|Make|Share|Decide|Write|Name|Plan)\b", r"Do not \1"),
    "advice made fact": replaced(
        r"^(Agree|Ask|Set|Make|Share|Decide|Write|Name|Plan)\b",
        lambda found: f"Partners {found[1].lower()}",
    ),
    "another number of times": swapped(("once", "twice"), ("twice", "once"), ("both", "all"), ("single", "double")),
    "semicolons": replaced(r" (because|if|unless|when|until) ", "; "),
    "bracket put in": replaced(r"(\w+)\.$", r"(\1)."),
    "plural possessive": replaced(r"(\w)s’ ", r"\1’s and the council’s "),
    "echo and more": lambda line, lines, chance: f"{line} This is always so.",
    "preamble": lambda line, lines, chance: f"Here is the answer: {lower(line)}",
    "German": lambda line, lines, chance: "Die Partner müssen ihre Daten mit dem Rat teilen.",
    "half French": lambda line, lines, chance: f"{' '.join(line.split()[: len(line.split()) // 2])} et ainsi de suite.",
}
