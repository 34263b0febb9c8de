"""The evidence engine: chooses sentences of the library that answer, and arranges them for the reader.

It has no language model, and can say nothing that the library does not hold.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import yaml
from langchain_core.documents import Document

from assistant.answer.parts import Audience, Draft, Quote, drafted
from assistant.library import split
from assistant.library.split import Sentence
from assistant.library.text import Role
from assistant.search.keyword import words
from assistant.templates import template

_SECTIONS = 3  # an answer rests on so many sections at the most
_FAR = 0.7  # a section this far behind the best one has something else for its subject
_ALIKE = 0.6  # share of words from which two sentences say the same
_LONGEST = 45  # words; a longer sentence is chosen only where there is no other
# Openings that lean on the sentence before, which a quote leaves behind.
_DANGLING = re.compile(
    r"^(?:this|these|those|they|it|its|he|she|such|but|and|so|however|instead|finally|also|therefore|"
    r"in this|in that|at that|at such|for the)\b",
    re.IGNORECASE,
)
# Questions for a fact or a summary, which are answered and not advised upon.
_DIRECT = re.compile(
    r"(?:^|[.?!]\s+)(?:and |so |but |ok,? )?(?:who|whose|which|when|where|how many|how much|how long|what year|"
    r"what(?:[’']s| is| are| was| were) the|name the|list|sum up|summar\w+)\b[^.?!]*(?:[.?!]|$)"
    r"|\b(?:in short|in brief|keep it brief|short version|in a nutshell|who said|who wrote)\b",
    re.IGNORECASE,
)
# A question that begins with such a word and goes on to ask for advice is one for advice.
_ADVICE = re.compile(
    r"\b(?:should|ought|what (?:do|can|must) (?:we|i)|how (?:do|can|should) (?:we|i)|what now|what next)\b", re.I
)


@dataclass(frozen=True, slots=True)
class _Part:
    """One heading of an answer: the roles that may stand under it, and how many sentences at the most."""

    heading: str
    roles: tuple[Role, ...]
    most: int


@dataclass(frozen=True, slots=True)
class _Candidate:
    sentence: Sentence
    similarity: float
    rank: int
    stems: frozenset[str]


def evidence(
    question: str,
    passages: Sequence[Document],
    audience: Audience,
    *,
    layout: str = "",
    told: Sequence[Quote] = (),
) -> tuple[Draft, ...]:
    """Drafts that answer the question for an audience, in reading order.

    Each is one sentence of one passage, word for word. The best sentence of each of the best
    sections has its place first; then each part of the answer is filled up, section after section.
    The headings and their order are those of `prompts/parts.yaml` for the audience, for a question
    that asks for a fact, or for `layout` where one is named. What was `told` before is left out.
    """
    is_direct = not layout and _DIRECT.search(question) and not _ADVICE.search(question)
    parts = _layout(layout or ("direct" if is_direct else audience.value))
    candidates = _candidates(passages, {role for part in parts for role in part.roles}, told)
    chosen: dict[_Part, list[_Candidate]] = {part: [] for part in parts}
    for rank in range(_SECTIONS):
        _take_lead([one for one in candidates if one.rank == rank], chosen)
    for part in parts:
        others = [one for found in chosen.values() for one in found]
        chosen[part] += _filling(part, candidates, others, part.most - len(chosen[part]))
    order = _by_worth if is_direct else _by_rank
    return tuple(_draft(part, one) for part in parts for one in sorted(chosen[part], key=order))


def heading(layout: str) -> str:
    """The first heading of a layout."""
    return _layout(layout)[0].heading


@cache
def _layout(name: str) -> tuple[_Part, ...]:
    parts = yaml.safe_load(template("parts.yaml"))[name]
    return tuple(_Part(one["heading"], tuple(Role(role) for role in one["roles"]), one["most"]) for one in parts)


def _candidates(passages: Sequence[Document], roles: set[Role], told: Sequence[Quote]) -> list[_Candidate]:
    """The sentences of the best few sections that have any to offer, each with its section's rank from 0."""
    best = max((split.relevance(one) for one in passages), default=0.0)
    known = {quote.place for quote in told}
    offered = [
        (passage, one)
        for passage in passages
        if split.relevance(passage) >= _FAR * best
        for one in split.evidence(passage)
        if one.sentence.role in roles and one.sentence.place not in known
    ]
    ranks = {section: rank for rank, section in enumerate(dict.fromkeys(_section(passage) for passage, _ in offered))}
    return [
        _Candidate(one.sentence, one.similarity, ranks[_section(passage)], frozenset(words(one.sentence.text)))
        for passage, one in offered
        if ranks[_section(passage)] < _SECTIONS
    ]


def _section(passage: Document) -> str:
    return split.place(passage).section


def _take_lead(section: Sequence[_Candidate], chosen: dict[_Part, list[_Candidate]]) -> None:
    """Give a section's best sentence that answers rather than asks its place, in a part that has room.

    The best section speaks under the first heading where it can: that is what a reader reads first.
    """
    taken = [one for found in chosen.values() for one in found]
    fit = [
        (part, one)
        for part, found in chosen.items()
        if len(found) < part.most and part.roles != (Role.ASK,)
        for one in section
        if one.sentence.role in part.roles and not _repeats(one, taken)
    ]
    if not taken:
        first = next(iter(chosen))
        fit = [(part, one) for part, one in fit if part is first] or fit
    if fit:
        part, lead = max(fit, key=lambda pair: _worth(pair[1]))
        chosen[part].append(lead)


def _filling(
    part: _Part, candidates: Sequence[_Candidate], chosen: Sequence[_Candidate], room: int
) -> list[_Candidate]:
    """More sentences for a part: one of each section by rank, and round again while there is room."""
    fit = [one for one in candidates if one.sentence.role in part.roles]
    taken: list[_Candidate] = []
    for rank in [*range(_SECTIONS), *range(_SECTIONS)]:
        left = [one for one in fit if one.rank == rank and not _repeats(one, [*chosen, *taken])]
        if left and len(taken) < room:
            taken.append(max(left, key=_worth))
    return taken


def _by_worth(candidate: _Candidate) -> tuple[float, int]:
    """For a question that asks for a fact: the sentence that gives it, whichever section it stands in."""
    return -_worth(candidate), candidate.rank


def _by_rank(candidate: _Candidate) -> tuple[int, float]:
    return candidate.rank, -_worth(candidate)


def _worth(candidate: _Candidate) -> float:
    """How good a sentence is to quote: near the question, whole by itself, and not too long."""
    text = candidate.sentence.text
    leans = 0.15 if _DANGLING.search(text) else 0.0
    long = 0.1 if len(text.split()) > _LONGEST else 0.0
    return candidate.similarity - leans - long


def _repeats(candidate: _Candidate, taken: Sequence[_Candidate]) -> bool:
    """Whether a sentence says what one already taken says."""
    for other in taken:
        shared = len(candidate.stems & other.stems)
        least = max(1, min(len(candidate.stems), len(other.stems)))
        if candidate.sentence.place == other.sentence.place or shared / least >= _ALIKE:
            return True
    return False


def _draft(part: _Part, candidate: _Candidate) -> Draft:
    return drafted(candidate.sentence, part.heading)
