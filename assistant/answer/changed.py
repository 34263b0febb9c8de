"""Answering what became of a body, law or fund that the reader names."""

import re
from collections.abc import Iterator

from langchain_core.documents import Document

from assistant.answer.parts import Draft, drafted
from assistant.library import split
from assistant.library.catalogue import Nation
from assistant.library.changes import Change, changes_named
from assistant.library.holdings import Library
from assistant.library.split import Sentence
from assistant.search.keyword import words
from assistant.templates import template

_ASKS = re.compile(
    r"""\b(?: is\ (?:that|this|it)\ (?:right|correct|ok|current) | still | nowadays | now | today | current\w*
      | became? | become | happened\ to | replaced? | rename\w* | called | out\ of\ date | up\ to\ date | exists?
      | mentions? | names? | refers? | abolish\w* | successor | instead )\b""",
    re.IGNORECASE | re.VERBOSE,
)


def changed(question: str, nation: Nation | None, library: Library) -> tuple[tuple[Draft, ...], tuple[Document, ...]]:
    """Drafts that say what became of what the question names, and the passages that they quote.

    None where the question only mentions such a name in passing: a note is enough then.
    """
    if not _ASKS.search(question):
        return (), ()
    nations = frozenset({nation}) if nation else frozenset(Nation) - {Nation.UK, Nation.INTERNATIONAL}
    drafts, passages = [], []
    for change in changes_named(question, nations):
        if found := _best(change, library):
            sentence, passage = found
            drafts.append(drafted(sentence, template("changed.txt")))
            passages.append(passage)
    return tuple({draft.text: draft for draft in drafts}.values()), tuple(passages)


def _best(change: Change, library: Library) -> tuple[Sentence, Document] | None:
    """The sentence of the change's own sources that says most of what the change says."""
    said = set(words(change.text))
    candidates = list(_sentences(change, library))
    return max(candidates, key=lambda one: len(said & set(words(one[0].text))), default=None)


def _sentences(change: Change, library: Library) -> Iterator[tuple[Sentence, Document]]:
    for name in change.sources:
        source, _ = name.split("#")
        if source not in library.holdings:
            continue
        yield from (pair for pair in split.in_passages(library[source]) if pair[0].place.section == name)
