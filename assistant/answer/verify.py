"""Keeping only what the sources support: the one place that makes statements."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from langchain_core.documents import Document

from assistant.answer.parts import Citation, Draft, Quote, Statement
from assistant.library import split
from assistant.library.holdings import Library

_NUMBER = re.compile(
    r"\d+(?:[.,]\d+)*|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|twenty|thirty|forty|"
    r"fifty|hundreds?|thousands?|millions?|billions?|half|thirds?|quarters?|twice|doubled?)\b",
    re.IGNORECASE,
)
_NEGATION = re.compile(r"\b(?:not|no|never|none|nobody|nothing|cannot|without)\b|n[’']t\b", re.IGNORECASE)
_MODALITY = re.compile(r"\b(?:must|shall|should|may|might|can|could|required|duty)\b", re.IGNORECASE)
_NAME = re.compile(r"\b[A-Z][\w’'-]*")
_WORD = re.compile(r"[\w’'-]+")
# Words that a sentence may begin with and that name nobody.
_OPENERS = frozenset(
    {"a", "an", "the", "this", "that", "these", "those", "it", "they", "there", "we", "you", "one", "in", "on", "at"}
    | {"by", "for", "from", "to", "with", "of", "and", "but", "or", "if", "when", "where", "while", "because", "as"}
    | {"so", "then", "each", "every", "all", "some", "both", "no", "not"}
)


def verify(drafts: Sequence[Draft], passages: Sequence[Document], library: Library) -> tuple[Statement, ...]:
    """Keep the drafts that their quotes support, with numbered citations.

    A quote supports a draft when it stands, word for word, in a passage that was found, and the
    draft adds no number, name, negation or duty of its own. Citations are numbered by section, in
    reading order.
    """
    numbers: dict[str, int] = {}
    statements = []
    for draft in drafts:
        supporting = [
            quote for quote in draft.quotes if _supports(quote, draft.text, passages) and _is_held(quote, library)
        ]
        citations = tuple(_citation(quote, numbers, library) for quote in supporting)
        if citations:
            statements.append(Statement(draft.text, draft.part, citations))
    return tuple(statements)


def _supports(quote: Quote, text: str, passages: Sequence[Document]) -> bool:
    return bool(quote.text.strip()) and _stands(quote, passages) and not list(added(text, quote.text))


def _stands(quote: Quote, passages: Sequence[Document]) -> bool:
    """Whether the quote stands, at its very place, in a passage that was found."""
    for passage in passages:
        place = split.place(passage)
        if place.section != quote.place.section or not place.start <= quote.place.start < place.end:
            continue
        offset = quote.place.start - place.start
        length = quote.place.end - quote.place.start
        if split.quoted(passage)[offset : offset + length] == quote.text:
            return True
    return False


def _is_held(quote: Quote, library: Library) -> bool:
    """Whether the library holds the quote still: it may have changed since the index was made."""
    place = quote.place
    if place.source not in library.holdings:
        return False
    return library[place.source].headed.text[place.start : place.end] == quote.text


def added(text: str, quote: str) -> Iterator[str]:
    """What a text has and its quote has not: numbers, names, negations and words of duty.

    Each is counted, so that one 'may' of two made 'must' is seen.
    """
    if text == quote:
        return
    for pattern in (_NUMBER, _NEGATION, _MODALITY):
        said, held = (Counter(found.lower() for found in pattern.findall(words)) for words in (text, quote))
        yield from said - held
    if len(_NEGATION.findall(text)) != len(_NEGATION.findall(quote)):
        yield "not"
    spoken = {word.lower() for word in _WORD.findall(quote)} | _OPENERS
    yield from (name for name in _NAME.findall(text) if name.lower() not in spoken)


def _citation(quote: Quote, numbers: dict[str, int], library: Library) -> Citation:
    holding = library[quote.place.source]
    section = holding.headed.section(quote.place.anchor)
    number = numbers.setdefault(quote.place.section, len(numbers) + 1)
    return Citation(
        number,
        holding.source,
        holding.origin,
        quote.place.anchor,
        section.heading if section else "",
        quote.text,
        quote.place.start,
        quote.place.end,
        quote.locator,
        quote.page,
    )
