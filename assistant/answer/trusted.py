"""What an answer may be made of, of the documents that readers add: no orders to a machine, no addresses."""

from collections.abc import Sequence

from langchain_core.documents import Document

from assistant.guard.orders import is_order
from assistant.library import split
from assistant.library.holdings import Library, Origin


def without_orders(passages: Sequence[Document], library: Library) -> tuple[Document, ...]:
    """The passages without those added sentences and sections that speak to the machine that reads them."""
    return tuple(
        _without_orders(one) if _is_added(one, library) else one
        for one in passages
        if not (_is_added(one, library) and is_order(str(one.metadata.get("heading", ""))))
    )


def _is_added(passage: Document, library: Library) -> bool:
    holding = library.holdings.get(split.place(passage).source)
    return holding is None or holding.origin is Origin.ADDED


def _without_orders(passage: Document) -> Document:
    kept = [one for one in split.evidence(passage) if not is_order(one.sentence.text)]
    return split.found(passage, split.relevance(passage), kept)
