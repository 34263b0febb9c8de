"""The guard: what a turn is, before anything is searched."""

import re
from dataclasses import dataclass

from assistant.errors import QuestionError
from assistant.guard.details import REMOVED, folded, searchable, without_details, without_names
from assistant.guard.turns import kind_of

LONGEST = 1_000  # characters of a turn; a question that needs more is a document
_FAR_TOO_LONG = 20 * LONGEST  # whatever folding would make of it, which takes seconds for a book


@dataclass(frozen=True, slots=True)
class Guarded:
    """A turn after the guard.

    `text` has a mark in the place of each personal detail, and `searchable` is the same without the
    marks and without a wish to see the details again. `reply` names the fixed reply that the turn
    gets, if any, and `is_refusal` says whether that refuses, rather than greets or points somewhere.
    `removed` names the kinds of details.
    """

    text: str
    searchable: str
    reply: str | None = None
    is_refusal: bool = False
    removed: tuple[str, ...] = ()


def guard(turn: str) -> Guarded:
    """Take personal details out of a turn, and tell which fixed reply it gets, if one.

    Raises QuestionError for a turn that is empty or too long to be a question.
    """
    # Bytes that are no text come from a shell as lone surrogates, which nothing can write out.
    text = " ".join(turn.encode("utf-8", errors="replace").decode("utf-8").split())
    if len(text) <= _FAR_TOO_LONG:
        text = " ".join(folded(text).split())
    if not text:
        raise QuestionError("There is no question. Type one, for example: who decides what in our partnership?")
    if len(text) > LONGEST:
        raise QuestionError(
            f"The question has {len(text):,} characters; the most is {LONGEST:,}. "
            "Ask one thing in a few sentences. To ask about a whole document, add it to the library."
        )
    text, removed = without_details(text)
    if removed and not re.search(r"[a-z]{3}", text.replace(REMOVED, ""), re.IGNORECASE):
        return Guarded(text, "", "personal-details", True, removed)
    kind = kind_of(text)
    if kind and kind.is_about_a_person:
        text, named = without_names(text)
        removed = tuple(dict.fromkeys((*removed, *named)))
    return Guarded(
        text,
        searchable(text) if removed else text,
        kind.reply if kind else None,
        kind.is_refusal if kind else False,
        removed,
    )
