"""A document as one HTML page that needs no other, made from the template in `prompts/`."""

from collections.abc import Iterator
from itertools import groupby

from assistant import __version__
from assistant.export.document import Block, Document, Heading, Line, Part, Picture, Style, Table
from assistant.export.words import words
from assistant.templates import template


def to_html(document: Document) -> str:
    """A page to read or print: no script, nothing from elsewhere, and every word escaped."""
    from jinja2 import Environment, StrictUndefined  # only where a page is asked for
    from markupsafe import Markup

    def drawing(one: Picture) -> Markup:
        return Markup(one.svg)  # drawn by us, with its words as shapes

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(template("export/page.html")).render(
        document=document,
        groups=_groups,
        words=words()["reference"],
        version=__version__,
        drawing=drawing,
    )


def _groups(part: Part) -> Iterator[tuple[str, list[Block]]]:
    """The blocks with what each is on the page; neighbours of one kind together, as the items of a list are."""
    for kind, blocks in groupby(part.blocks, key=_kind):
        yield kind, list(blocks)


def _kind(block: Block) -> str:
    """What a block is in any form; a statement is an item of a list."""
    match block:
        case Heading():
            return "heading"
        case Line():
            return Style.ITEM.value
        case Table():
            return "table"
        case Picture():
            return "picture"
        case _:
            return block.style.value
