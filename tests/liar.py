"""A chat model that rewords its lines, some truly and some not, and keeps a record of which.

Each way takes a sentence, the other lines and a source of chance, and gives a reworded sentence, or
nothing where it does not apply. What it says of a line is recorded as altered or not.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

Way = Callable[[str, Sequence[str], random.Random], str | None]
_LINE = re.compile(r"^\[(\d+)\] (.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Said:
    """What was made of a line, in which way, and whether its meaning was altered."""

    line: str
    text: str
    way: str
    altered: bool


@dataclass
class Liar:
    """The replies of a model: half of the lines are reworded truly, half are lied about."""

    true: Mapping[str, Way]
    false: Mapping[str, Way]
    seed: int = 1
    record: list[Said] = field(default_factory=list)
    told: Counter[str] = field(default_factory=Counter)

    def __call__(self, prompt: str) -> str:
        block = prompt.rsplit("\nBEGIN ", 1)[1].rsplit("\nEND ", 1)[0]
        lines = _LINE.findall(block)
        texts = [text for _, text in lines]
        chance = random.Random(f"{self.seed} {block.split(chr(10), 1)[1]}")
        return "\n".join(f"{self._said(text, texts, chance)} [{number}]" for number, text in lines)

    def _said(self, line: str, lines: Sequence[str], chance: random.Random) -> str:
        altered = chance.random() < 0.5
        ways = list((self.false if altered else self.true).items())
        chance.shuffle(ways)
        # the kinds told least so far come first, so that those that seldom apply are told too
        ways.sort(key=lambda named: self.told[named[0]])
        for name, way in ways:
            text = way(line, [one for one in lines if one != line], chance)
            if text and normal(text) != normal(line):
                self.told[name] += 1
                self.record.append(Said(line, text, name, altered))
                return text
        return line


def normal(text: str) -> str:
    """A text without what does not matter to its sense: capitals, spaces, the last stop, curly quotes."""
    return " ".join(text.lower().replace("’", "'").split()).rstrip(".")


def swapped(*pairs: tuple[str, str]) -> Way:
    """The way that puts one word for another, at the first pair by chance whose first word is there."""

    def way(line: str, lines: Sequence[str], chance: random.Random) -> str | None:
        for old, new in chance.sample(pairs, len(pairs)):
            text, count = re.subn(rf"\b{old}\b", new, line, count=1)
            if count:
                return text
        return None

    return way


def both(*pairs: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """Pairs in both directions."""
    return (*pairs, *((new, old) for old, new in pairs))


def lower(text: str) -> str:
    """A text that no longer begins its sentence: a small letter, unless the word is a name."""
    first = text.split(" ", 1)[0]
    return text[:1].lower() + text[1:] if first in _COMMON else text


_WORDS = (
    "A An The In On At By For From To Since Before After Until When Where If Because With Without Under Between "
    "Partners Councils Boards Staff Leaders People Every Each Some Many Most All Both No Not It They Joint Regional "
    "Pooled Services Organisations Professionals Attempts Different Evidence Research Trust Money Data Sharing"
)
_COMMON = set(_WORDS.split())


def upper(text: str) -> str:
    return text[:1].upper() + text[1:]
