"""Abbreviations and terms of art, in plain English."""

import re
from functools import cache
from typing import Annotated

from pydantic import Field

from assistant.library import terms
from assistant.library.catalogue import Nation
from assistant.library.entries import KnowledgeEntry, PlaceName, entries
from assistant.templates import shipped


class Term(KnowledgeEntry):
    """A term, what else people type for it, and what it means."""

    term: Annotated[str, Field(min_length=1)]
    also: tuple[str, ...]
    meaning: Annotated[str, Field(pattern=r"[.]$")]
    nations: tuple[Nation, ...]
    dates: str | None
    sources: tuple[PlaceName, ...]


@cache
def glossary() -> tuple[Term, ...]:
    """All terms. Raises RecordError naming what is wrong in the file."""
    return entries(shipped("knowledge") / "glossary.yaml", Term, "term")


def terms_in(text: str) -> tuple[Term, ...]:
    """The terms that stand in a text, in its order."""
    by_term = {one.term: one for one in glossary()}
    return tuple(by_term[term] for term, _ in terms.found(_matcher(), _owners(), text))


def terms_written(text: str) -> tuple[tuple[Term, str], ...]:
    """The terms that stand in a text, in its order, each with the words that stand for it there."""
    by_term = {one.term: one for one in glossary()}
    return tuple((by_term[term], words) for term, words in terms.found(_matcher(), _owners(), text))


def expanded(question: str) -> str:
    """The question as it is searched: abbreviations spelt out behind them, an NHS trust told from trust.

    'our IJB' becomes 'our IJB (integration joint board)', and 'the trust and the council say'
    'the hospital and the council say', since 'trust' would find what is said about trusting.
    """
    question = _TRUST_AS_BODY.sub("hospital", question)
    for term, words in terms.found(_loose(), _owners(), question):
        if terms.folded(term) not in terms.folded(question):
            question = question.replace(words, f"{words} ({term})", 1)
    return question


def nation_named(question: str) -> Nation | None:
    """The nation that a question names, or whose own bodies it speaks of; None where none or several."""
    named = {nation for nation, spelling in _NATIONS.items() if spelling.search(question)}
    if not named:
        owners = {one.term: one for one in glossary()}
        bound = [owners[term].nations for term, _ in terms.found(_loose(), _owners(), question)]
        named = {one[0] for one in bound if len(one) == 1 and one[0] not in {Nation.UK, Nation.INTERNATIONAL}}
    return next(iter(named)) if len(named) == 1 else None


def without_nation(turn: str) -> str:
    """A turn without the names of the nations."""
    for spelling in _NATIONS.values():
        turn = spelling.sub("", turn)
    return turn


_COUNCIL = r"(?:council|county|borough|local authority|social services|social care|GPs?|CCG|ICB|health board)"
_DOES = r"(?:says?|wants?|boards?|chief|exec\w*|staff|nurses?|tells?|told|thinks?|insists?|refus\w+|pays?)"
# Where 'trust' is a body: beside another body, or where it does what bodies do.
_TRUST_AS_BODY = re.compile(
    rf"\btrust(?= (?:and|or|nor|&) (?:the |our |their )?{_COUNCIL}\b)"
    r"|(?<=council and the )trust\b|(?<=council or the )trust\b"
    rf"|(?<=\bthe )trust(?= {_DOES}\b)|(?<=\bour )trust(?= {_DOES}\b)",
    re.IGNORECASE,
)
_NATIONS = {
    Nation.ENGLAND: re.compile(r"\b(?:england|english)\b", re.IGNORECASE),
    Nation.SCOTLAND: re.compile(
        r"\b(?:scotland|scottish|scots|glasgow|edinburgh|aberdeen|dundee|fife|highland)\b", re.I
    ),
    Nation.WALES: re.compile(r"(?<!new south )\b(?:wales|welsh|cardiff|swansea|gwent|powys|gwynedd)\b", re.I),
    Nation.NORTHERN_IRELAND: re.compile(r"\b(?:northern ireland|northern irish|belfast|derry|ulster|stormont)\b", re.I),
}


@cache
def _owners() -> dict[str, str]:
    return {terms.folded(name): one.term for one in glossary() for name in (*one.also, one.term)}


@cache
def _matcher() -> re.Pattern[str]:
    return terms.pattern(name for one in glossary() for name in (one.term, *one.also))


@cache
def _loose() -> re.Pattern[str]:
    """Abbreviations in any case, as people type them, and terms of several words."""
    names = [name for one in glossary() for name in (one.term, *one.also)]
    kept = [name for name in names if (terms.is_abbreviation(name) and len(name) > 2) or " " in name]
    return re.compile(terms.pattern(kept).pattern, re.IGNORECASE)
