"""Keeping only what the sources support: the one place that makes statements."""

from collections.abc import Sequence

from langchain_core.documents import Document

from assistant.answer.parts import Citation, Draft, Quote, Statement
from assistant.answer.wording import says_the_same
from assistant.library import split
from assistant.library.holdings import Library


def verify(drafts: Sequence[Draft], passages: Sequence[Document], library: Library) -> tuple[Statement, ...]:
    """Keep the drafts that their quotes support, with numbered citations.

    A quote supports a draft when it stands, word for word, in a passage that was found, and the
    draft has its words, or others that say the same (`says_the_same`). Citations are numbered by
    section, in reading order.
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
    return bool(quote.text.strip()) and _stands(quote, passages) and says_the_same(text, quote.text)


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
