"""Reading a sentence into the words that say something, each with the little words that belong to it."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import yaml

from assistant.answer.inflection import forms
from assistant.templates import template


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_PHRASE = 5  # words of the longest phrase in the table
_TOKEN = re.compile(
    r"(?:(?<!\w)-)?[£$€]?\d+(?:[.,/:-]\d+)*(?:st|nd|rd|th|s|m|bn|k)?\b|%|[^\W\d_]+(?:'[^\W\d_]+)*|\w+"
    r"|[,;:()–—.?]|(?<=\s)-(?=\s)"
)
_THOUSANDS = re.compile(r",(?=\d{3}\b)")
_DASH = re.compile(r"(?<=\d)[–−](?=\d)|(?<!\w)[–−](?=[£$€]?\d)")  # of a range or a loss
_STOPS = {".", "?"}
_PAUSES = {",", ";", ":", "(", ")", "–", "—", "-"}
_CONTRACTED = (
    (re.compile(r"\bcan(?:no|')t\b", re.I), "can not"),
    (re.compile(r"\bwon't\b", re.I), "will not"),
    (re.compile(r"n't\b", re.I), " not"),
    (re.compile(r"'re\b", re.I), " are"),
    (re.compile(r"'ll\b", re.I), " will"),
    (re.compile(r"'ve\b", re.I), " have"),
    (re.compile(r"\b(it|that|there|here|what|who|he|she)'s\b", re.I), r"\1 is"),
    (re.compile(r"'s\b|(?<=s)'(?=\s|$)", re.I), ""),
)
_JOINING = _listed("and but")
PREPOSITIONS = _listed(
    "to from by with without for in on at into onto over under above below before after during until since between "
    "among against about around across through throughout within outside inside beyond behind per via upon towards "
    "despite except including beside besides alongside along roughly off"
)
LINKS = _listed("if unless because so when whenever where wherever whether although while whereas once as")
RELATIVES = _listed("who whom whose which what why how")
_VERBS = _listed("is are am was were be been being has have had do does did")
_LOGIC = _listed(
    "or nor than like unlike up down out again not no never none nothing cannot must should may might can could will "
    "would need dare all every each any some most much more less few fewer least both either neither another "
    "other others own only just even always often sometimes usually rarely seldom hardly almost still already yet "
    "ever very quite rather instead there then this these those i we you they he she it them us him her their our "
    "your its his my mine ours theirs itself themselves"
)
_ARTICLES = _listed("a an the each every all some many most no their both")
_LITTLE = PREPOSITIONS | LINKS | RELATIVES | _LOGIC | _VERBS | _JOINING | {"a", "an", "the", "of", "that"}
_COUNTED = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
)
_NUMBERS = {word: str(number) for number, word in enumerate(_COUNTED.split())}


@dataclass(frozen=True, slots=True)
class Word:
    """A word that says something, with the little words before it and what sets it off from the word before.

    `meanings` are the groups of the table that it belongs to, each with its form in the group. Before
    it may stand a comma or 'that' (`pause`), a full stop (`stop`), 'and' (`joined`), an article (`opened`);
    `commas` counts how many of its little words stand before each comma. A name or a number is `named`.
    """

    text: str
    little: tuple[str, ...] = ()
    meanings: frozenset[tuple[int, str]] = frozenset()
    pause: bool = False
    commas: tuple[int, ...] = ()
    stop: bool = False
    joined: bool = False
    opened: bool = False
    named: bool = False


def plain(text: str) -> str:
    """A text on one line, with one kind of space, apostrophe, 'and', and hyphen between or before figures."""
    composed = unicodedata.normalize("NFC", text).replace("\N{NO-BREAK SPACE}", " ").replace(" & ", " and ")
    return _DASH.sub("-", " ".join(composed.split()).replace("’", "'"))


def words(text: str, *, is_said: bool = False) -> Iterator[Word]:
    """The words that say something, each with its little words; a last one is empty where little words end a text.

    What a model said may hold words that stand for others one way only.
    """
    for pattern, full in _CONTRACTED:
        text = pattern.sub(full, text)
    found = [(one.group(), one.start() == 0) for one in _TOKEN.finditer(text)]
    tokens = [_token(word, is_first) for word, is_first in found]
    named = [word[0].isdigit() or (word[0].isupper() and not is_first) for word, is_first in found]
    while tokens and tokens[-1] in _STOPS:
        tokens.pop()
    word, position = Word(""), 0
    while position < len(tokens):
        length, entry = _longest(tokens, position, is_said)
        position += length
        if entry.text:
            yield replace(
                word, text=entry.text, meanings=entry.meanings, named=named[position - 1]
            )  # with the little words gathered for it
            word = Word("")
        else:
            word = _gathered(word, entry)
    if word.little:
        yield word


def _gathered(word: Word, entry: Word) -> Word:
    return replace(
        word,
        little=(*word.little, *entry.little),
        pause=word.pause or entry.pause,
        commas=(*word.commas, *(len(word.little) for _ in entry.commas)),
        stop=word.stop or entry.stop,
        joined=word.joined or entry.joined,
        opened=word.opened or entry.opened,
    )


def _token(word: str, is_first: bool) -> str:
    """A word in lower case, unless capitals make it another: 'US', 'WHO' and 'IT', or the month of May."""
    if (len(word) > 1 and word.isupper()) or (word == "May" and not is_first):
        return word
    low = word.lower()
    return _THOUSANDS.sub("", low) if any(map(str.isdigit, low)) else _NUMBERS.get(low, low)


def _longest(tokens: Sequence[str], position: int, is_said: bool) -> tuple[int, Word]:
    """The longest phrase of the table at a position, or the word there, and how many words it takes."""
    little, known = _table(is_said)
    for length in range(min(_PHRASE, len(tokens) - position), 0, -1):
        phrase = tuple(tokens[position : position + length])
        if phrase in little:
            return length, Word("", little=(little[phrase],))
        if phrase in known:
            return length, Word(" ".join(phrase), meanings=known[phrase])
    return 1, _single(tokens[position])


def _single(token: str) -> Word:
    if token in _STOPS:
        return Word("", stop=True, pause=True, commas=(0,))
    if token in _PAUSES:
        return Word("", pause=True, commas=(0,), joined=token == ";")
    if token in _LITTLE:
        return Word("", (token,), pause=token == "that", joined=token in _JOINING, opened=token in _ARTICLES)
    return Word(token)


@cache
def _table(is_said: bool) -> tuple[Mapping[tuple[str, ...], str], Mapping[tuple[str, ...], frozenset[tuple[int, str]]]]:
    """The little phrases with what each stands for, and the words with the groups and forms that they have."""
    table = yaml.safe_load(template("same-words.yaml"))
    last = None if is_said else 1
    little_groups = [*table["little"], *(group[:last] for group in table["little one way"])]
    groups = [*table["words"], *(group[:last] for group in table["words one way"])]
    little = {tuple(phrase.split()): group[0] for group in little_groups for phrase in group}
    found: dict[tuple[str, ...], frozenset[tuple[int, str]]] = {}
    for number, group in enumerate(groups):
        for first, *rest in (phrase.split() for phrase in group):
            for form, word in forms(first):
                key = (word, *rest)
                found[key] = found.get(key, frozenset()) | {(number, form)}
    return little, found
