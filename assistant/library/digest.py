"""Reading a shipped digest: our own words about a source, one sentence a line, each with its role."""

import re
from collections.abc import Iterator
from pathlib import Path

from assistant.errors import RecordError
from assistant.library.catalogue import Source, front_matter, record
from assistant.library.text import Element, HeadedText, Role, Shape, compose

_HEADING = re.compile(r'^## (?P<heading>.+?) \{#(?P<anchor>[a-z0-9-]+)(?: opens="(?P<opens>[^"]+)")?\}$')
_PITFALLS = re.compile(r"^pitfalls: (?P<ids>[a-z-]+(?:, [a-z-]+)*)$")
_LINE = re.compile(
    rf"^- (?P<role>{'|'.join(Role)}): (?P<text>.+?[.?!][’”\"')]*)(?: \((?P<locator>[^()]*(?:\([^()]*\)[^()]*)*)\))?$"
)


def read_digest(path: Path) -> tuple[Source, HeadedText]:
    """Read one digest: its record, and its sections with a block for each line.

    Raises RecordError that names the file and the line or field that is not in the agreed form.
    """
    try:
        front, body = front_matter(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise RecordError(f"{path}: it is not UTF-8 text. Save it again as UTF-8.") from error
    if front is None:
        raise RecordError(f"{path}: the record is missing. Begin the file with '---' and its fields.")
    source = record(front, path)
    if source.id != path.stem:
        raise RecordError(f"{path}: field 'id': it is '{source.id}'. Make it equal the file's name.")
    offset = front.count("\n") + 2
    return source, compose(_elements(body, path, offset), source.title)


def _elements(body: str, path: Path, offset: int) -> Iterator[Element]:
    anchors: set[str] = set()
    heading: Element | None = None
    for number, raw in enumerate(body.splitlines(), offset + 1):
        line = raw.rstrip()
        if not line:
            continue
        if found := _HEADING.match(line):
            if heading:
                yield heading
            heading = _heading(found)
            if heading.anchor in anchors:
                raise RecordError(f"{path}, line {number}: the anchor #{heading.anchor} is used twice.")
            anchors.add(heading.anchor)
        elif (found := _PITFALLS.match(line)) and heading:
            heading = Element(
                Shape.HEADING,
                heading.text,
                anchor=heading.anchor,
                opens=heading.opens,
                pitfalls=tuple(found["ids"].split(", ")),
            )
        elif (found := _LINE.match(line)) and anchors:
            if heading:
                yield heading
                heading = None
            yield Element(Shape.ITEM, found["text"], role=Role(found["role"]), locator=found["locator"] or "")
        else:
            raise RecordError(
                f"{path}, line {number}: '{line[:60]}' is not a heading '## Name {{#anchor}}', a "
                f"'pitfalls:' line or a sentence '- role: text.' with a role of {', '.join(Role)}."
            )


def _heading(found: re.Match[str]) -> Element:
    return Element(Shape.HEADING, found["heading"], anchor=found["anchor"], opens=found["opens"] or "")
