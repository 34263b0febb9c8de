"""A document as Markdown (CommonMark, with tables as GitHub has them).

A mark such as [1] leads to the address of its source, where there is one.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from assistant.export.document import Block, Cell, Document, Heading, Line, Picture, Reference, Style, Table, Text
from assistant.export.words import words

# What could be taken for marks of Markdown or HTML, in text that is none.
_MARKS = re.compile(r"([\\`*_\[\]<>|~&])")
_FIRST = re.compile(r"^(\s*)([#+=-]|\d+(?=[.)]))")


def to_markdown(document: Document) -> str:
    """The text of a document; a picture stands in its words, as the table after it says the same."""
    parts = [f"# {escaped(document.title)}"]
    parts += [escaped(document.intro)] if document.intro else []
    parts += _blocks(document)
    if document.references:
        said = words()["reference"]
        parts += [f"## {said['heading']}", escaped(said["intro"])]
        parts += [_reference(one) for one in document.references]
        parts += ["\n".join(f"[{one.number}]: <{_address(one.url)}>" for one in document.references if one.url)]
    parts += ["---", *(escaped(one) for one in document.about)]
    return "\n\n".join(part for part in parts if part) + "\n"


def escaped(text: str) -> str:
    """Text that Markdown reads as it stands."""
    plain = _MARKS.sub(r"\\\1", " ".join(text.split()))
    return _FIRST.sub(lambda found: f"{found[1]}{_held(found[2])}", plain)


def _held(first: str) -> str:
    return f"\\{first}" if not first.isdigit() else f"{first}\\"


def _blocks(document: Document) -> Iterator[str]:
    """The blocks as text, the items of one list together."""
    written: list[str] = []
    for block, after in pairwise((*document.blocks, None)):
        if block is None:
            return
        written.append(_block(block))
        if not (_is_item(block) and after and _is_item(after)):
            yield "\n".join(written)
            written = []


def _is_item(block: Block) -> bool:
    return isinstance(block, Line) or (isinstance(block, Text) and block.style is Style.ITEM)


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"{'#' * (block.level + 1)} {escaped(block.text)}"
        case Table():
            return _table(block)
        case Picture():
            return f"*{escaped(block.caption)}* {escaped(block.alt)}"
        case _:
            before = "- " if _is_item(block) else ""
            if isinstance(block, Text) and block.style in {Style.QUOTE, Style.NOTE}:
                before = "> "
            label = f"**{escaped(block.label)}** " if block.label else ""
            return f"{before}{label}{escaped(block.text)}{_numbers(block.numbers)}"


def _numbers(numbers: tuple[int, ...]) -> str:
    """Marks with a space between: without one, Markdown takes the second for the address of the first."""
    return "".join(f" [{number}]" for number in numbers)


def _table(table: Table) -> str:
    rows = [[_cell(one) for one in row] for row in table.rows]
    head = [escaped(one) for one in table.header]
    lines = [f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows)]
    return f"**{escaped(table.caption)}**\n\n" + "\n".join(lines)


def _cell(cell: Cell) -> str:
    return f"{escaped(cell.text)}{_numbers(cell.numbers)}".strip()


def _reference(one: Reference) -> str:
    said = words()["reference"]
    at = f" {said['at']} <{_address(one.url)}>" if one.url else ""
    lead = f"{escaped(one.before)} *{escaped(one.title)}*{_in_line(one.after)}{at}"
    return f"[{one.number}] {lead} {_in_line(' '.join(one.details))}"


def _address(url: str) -> str:
    return url.replace("<", "%3C").replace(">", "%3E")


def _in_line(text: str) -> str:
    """Text that goes on in a line, where no mark of a new line can stand."""
    return _MARKS.sub(r"\\\1", text)
