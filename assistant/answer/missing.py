"""What an answer leaves open: a part of the question, a figure, a date, a name that the library does not know.

Each is told beside the answer, so that nobody takes the rest for the whole.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache

import yaml

from assistant.answer.parts import Note, NoteKind, Statement
from assistant.guard.pattern import pattern
from assistant.library.sentences import sentence_spans
from assistant.search.keyword import words
from assistant.templates import template

_UNLIKELY = 0.1  # a part of a question below this probability is no question for this library
_SHORTEST = 4  # words; a shorter part ('Who pays?') leans on the rest
_LONGEST_PART = 120  # characters of a part that are repeated to the reader
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|third|quarter|dozen|hundred|thousand"
    r"|million|billion|none|no|every|all)\b",
    re.IGNORECASE,
)
_FIGURE = pattern(
    r"\b(?:how (?:much|many)|what (?:percentage|proportion|share|sum|amount|number|figure|rate|salary)|per ?cent)\b"
)
_DATE = re.compile(r"\d")
_WHEN = pattern(r"\b(?:when (?:did|was|were|will)|(?:what|which) (?:year|date|day)|on what date)\b")
_NAME = re.compile(r"(?<![.!?:] )(?<!^)\b[A-Z][a-z]{2,}\b(?: [A-Z][a-z]+\b)*")
_OURS = pattern(r"\b(?:our|my|(?:we(?:'re| are| work)?|us|here|i(?:'m| am| work)) (?:in|at|from))\s+(?:the\s+)?$")


def left_open(
    question: str,
    statements: Sequence[Statement],
    *,
    is_known: Callable[[str], bool],
    likely: Callable[[str], float],
) -> tuple[Note, ...]:
    """Notes on what the reader asked and the statements do not tell.

    `is_known` tells of a stem whether it stands anywhere in the library, and `likely` of a question
    how probable it is that the library answers it.
    """
    said = " ".join(citation.quote for one in statements for citation in one.citations)
    asked = _asking(question)
    found = [("question", part) for part in _unlikely(question, asked, likely)]
    whole = " ".join(asked)
    if _FIGURE.search(whole) and not _NUMBER.search(said):
        found.append(("figure", ""))
    elif _WHEN.search(whole) and not _DATE.search(said):
        found.append(("date", ""))
    found += [("name", name) for name in _names(asked) if not any(map(is_known, words(name)))]
    sentences = [_words()[kind].format(what=what) for kind, what in found]
    return (Note(NoteKind.PARTIAL, " ".join(sentences)),) if sentences else ()


def _asking(text: str) -> list[str]:
    """The sentences of a text that ask."""
    spans = sentence_spans(text, 0, len(text))
    return [text[start:end] for start, end in spans if text[start:end].rstrip().endswith("?")]


def _unlikely(question: str, asked: Sequence[str], likely: Callable[[str], float]) -> list[str]:
    """The parts of a question of several that are no questions for this library, each judged without the others."""
    if len(asked) < 2:
        return []
    told = question
    for part in asked:
        told = told.replace(part, "").strip()
    parts = [part for part in asked if len(part.split()) >= _SHORTEST]
    return [
        part if len(part) <= _LONGEST_PART else f"{part[:_LONGEST_PART].rsplit(' ', 1)[0]} …"
        for part in parts
        if likely(f"{told} {part}".strip()) < _UNLIKELY
    ]


def _names(asked: Sequence[str]) -> list[str]:
    """The names that the reader asks about; those of the reader's own place only tell where it happened."""
    return [
        found.group() for part in asked for found in _NAME.finditer(part) if not _OURS.search(part[: found.start()])
    ]


@cache
def _words() -> dict[str, str]:
    found: dict[str, str] = yaml.safe_load(template("notes.yaml"))["partial"]
    return found
