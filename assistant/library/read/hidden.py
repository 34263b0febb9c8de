"""Text that a document holds and does not show: how it is found, and what it is called.

It can carry orders to whoever reads the document by machine, or say what its author never signed. The
readers leave it out and count it, so that whoever adds the document is told.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.library.text import Element

INVISIBLE = "character that cannot be seen"
UNSEEN = "piece of hidden text"
PALE = "piece of white text"
TINY = "piece of text too small to read"
OFF_PAGE = "piece of text off the page"
COMMENT = "comment"

# Zero width, marks of direction, fillers, tags and variation selectors: they show nothing and can hide text.
# A soft hyphen and the mark of the byte order are left out too, but are nothing to tell of.
_CARRIERS = (
    r"\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\uffa0\ufe00-\ufe0f\U000e0000-\U000e0fff"
)
INVISIBLE_CHARACTERS = re.compile(rf"[\u00ad\ufeff{_CARRIERS}]")
_CARRIER = re.compile(rf"[{_CARRIERS}]")
_MARKDOWN_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|^\[[^\]\n]*\]: *(?:#|<>) *[(\"'][^\n]*$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a document: its pieces in order, and how often each kind of hidden text was left out."""

    elements: tuple[Element, ...]
    hidden: Mapping[str, int] = field(default_factory=dict)


def invisible_in(text: str) -> Counter[str]:
    """The characters of a text that cannot be seen, counted."""
    return +Counter({INVISIBLE: len(_CARRIER.findall(text))})


def hidden_in_markdown(text: str) -> Counter[str]:
    """What a Markdown text holds and does not show, counted."""
    return invisible_in(text) + Counter({COMMENT: len(_MARKDOWN_COMMENT.findall(text))})
