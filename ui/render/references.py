"""Numbers in a text and the list of references that they lead to, as exports number them."""

from collections.abc import Sequence
from html import escape

from assistant.export.document import Reference
from assistant.export.words import words


def marks(numbers: Sequence[int], prefix: str) -> str:
    """A link for each number to its reference; `prefix` tells one list on the page from another."""
    return "".join(
        f'<a class="cg-mark" href="#{prefix}-ref-{number}" aria-label="Reference {number}">{number}</a>'
        for number in numbers
    )


def references(entries: Sequence[Reference], prefix: str) -> str:
    """The list of references, each of which a number on the page leads to."""
    if not entries:
        return ""
    said = words()["reference"]
    items = "".join(_entry(one, prefix) for one in entries)
    return (
        f'<section class="cg-references"><h3 id="{prefix}-references" tabindex="-1">{escape(said["heading"])}</h3>'
        f'<p class="cg-quiet">{escape(said["intro"])}</p><ol>{items}</ol></section>'
    )


def _entry(one: Reference, prefix: str) -> str:
    link = ""
    if one.url:
        away = 'target="_blank" rel="noopener noreferrer"'
        link = f' <a class="cg-original" href="{escape(one.url)}" {away}>Open the original</a>'
    return (
        f'<li id="{prefix}-ref-{one.number}" tabindex="-1"><span class="cg-number">{one.number}</span>'
        f"<div><p>{escape(one.before)}<cite>{escape(one.title)}</cite>{escape(one.after)}{link}</p>"
        f'<p class="cg-quiet">{escape(" ".join(one.details))}</p></div></li>'
    )
