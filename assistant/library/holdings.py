"""The library folder: what ships, what the reader added, and how the two join.

This is the truth. The index is made from it and can be thrown away.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from assistant.errors import ReadError, RecordError, UnknownSourceError
from assistant.library.catalogue import LONGEST_ID, Source, slug
from assistant.library.digest import read_digest
from assistant.library.folder import replace_file, stored_files
from assistant.library.originals import original_of
from assistant.library.read import Document, read
from assistant.library.remarks import remarks_on
from assistant.library.situations import Situation, situations
from assistant.library.text import Block, HeadedText, Role, Section, Shape
from assistant.settings import Settings, Shelf, check_form, ensure_home
from assistant.templates import shipped


class Origin(StrEnum):
    """Whether a source came with the product or from the reader."""

    SHIPPED = "shipped"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Holding:
    """A source with its stored text; `remarks` are what to tell whoever has just added it."""

    source: Source
    headed: HeadedText
    origin: Origin
    remarks: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Library:
    """All that is held, by source id, in the order of the ids."""

    holdings: Mapping[str, Holding]

    def __getitem__(self, id_: str) -> Holding:
        """The holding with this id. Raises UnknownSourceError, naming near ids, where there is none."""
        if found := self.holdings.get(id_):
            return found
        from difflib import get_close_matches  # only on the way to a message

        near = get_close_matches(id_, self.holdings, n=3, cutoff=0.5)
        hint = f"Did you mean {' or '.join(near)}?" if near else "'common-ground sources' lists them."
        raise UnknownSourceError(f"The library holds no source '{id_}'. {hint}")

    def __iter__(self) -> Iterator[Holding]:
        return iter(self.holdings.values())

    def __len__(self) -> int:
        return len(self.holdings)

    @cached_property
    def situations(self) -> tuple[Situation, ...]:
        """The situations that point at a section that is held, and all that point nowhere."""
        held = {f"{one.source.id}#{part.anchor}" for one in self for part in one.headed.sections}
        kept = []
        for one in situations():
            places = tuple(place for place in one.places if place in held)
            if places or not one.places:
                kept.append(Situation(one.id, one.text, places, one.pitfalls))
        return tuple(kept)


def section_of(holding: Holding, anchor: str) -> Section:
    """A section by its anchor. Raises UnknownSourceError, naming the anchors, where there is none."""
    if found := holding.headed.section(anchor):
        return found
    anchors = ", ".join(f"#{one.anchor}" for one in holding.headed.sections)
    raise UnknownSourceError(f"{holding.source.id} has no section #{anchor}. It has: {anchors}.")


def open_library(settings: Settings) -> Library:
    """Read the library: the shipped digests (unless the setting says none) and the reader's own files.

    An added original stands in the place of its digest. Raises RecordError for a file that is not
    in order.
    """
    check_form(settings.home)
    holdings = {}
    if settings.library is Shelf.SHIPPED:
        holdings = {
            id_: Holding(digest.source, digest.headed, Origin.SHIPPED) for id_, digest in shipped_digests().items()
        }
    holdings |= {one.source.id: one for one in map(_stored, stored_files(settings.home))}
    return Library(dict(sorted(holdings.items())))


def shipped_digests() -> dict[str, Document]:
    """Every digest that ships, by id."""
    paths = sorted(shipped("knowledge").glob("articles/*.md"))
    paths += sorted(shipped("knowledge").glob("guidance/*/*.md"))
    digests = {}
    for path in paths:
        source, headed = read_digest(path)
        digests[source.id] = Document(source, headed, ())
    return digests


def ships(id_: str) -> bool:
    """Whether a source with this id came with the product, so that an added one of the id is its original."""
    return any(True for _ in shipped("knowledge").rglob(f"{id_}.md"))


def add(settings: Settings, path: Path, *, with_personal_details: bool = False) -> Holding:
    """Read a file and keep it: its text and record in the data folder, and a copy of the file.

    The original of a shipped digest takes that digest's id, record and anchors. Adding a file of
    the same name again replaces it. Raises ReadError or RecordError where it cannot be read, and
    PersonalDetailsError where it looks like one person's case file, unless that is said to be meant;
    then nothing has changed.
    """
    document = read(path)
    remarks = remarks_on(document, path.name, is_meant=with_personal_details)
    digests = shipped_digests()
    if original := original_of(document, digests):
        document = original
    elif document.source.id in digests:
        id_ = slug(f"{document.source.id[: LONGEST_ID - len('-added')]}-added")
        other = document.source.model_copy(update={"id": id_})
        document = Document(other, document.headed, document.elements)
    if not original and document.source.url:  # what a file says its address is, anybody may have written
        document = Document(document.source.model_copy(update={"url": None}), document.headed, document.elements)
    holding = Holding(document.source, document.headed, Origin.ADDED, remarks)
    _store(settings.home, holding, path)
    return holding


def add_original(settings: Settings, path: Path, id_: str) -> Holding:
    """Keep a file as the original of this digest. Raises ReadError where it is not that."""
    try:
        original = original_of(read(path), shipped_digests())
    except ReadError:  # a page of furniture alone, as a paywall shows
        original = None
    if original is None or original.source.id != id_:
        raise ReadError(
            f"{id_}: the page does not hold the text that our digest is of. It may be behind a sign-in, or have "
            "changed. If you have the original, add it: common-ground add FILE"
        )
    holding = Holding(original.source, original.headed, Origin.ADDED)
    _store(settings.home, holding, path)
    return holding


def remove(settings: Settings, id_: str) -> None:
    """Take an added source out of the library, its copy too; a digest it stood for returns.

    Raises UnknownSourceError for a source that the reader did not add.
    """
    folder = ensure_home(settings.home) / "library"
    for left in folder.glob(f".{id_}.*"):  # of an adding that was killed
        left.unlink()
    record = folder / f"{id_}.json"
    if id_ not in {path.stem for path in stored_files(settings.home)}:
        open_library(settings)[id_]  # an unknown id has a message of its own
        raise UnknownSourceError(
            f"{id_} came with Common Ground and cannot be removed. "
            "To search your own files alone, set COMMON_GROUND_LIBRARY to 'none'."
        )
    record.unlink()
    for copy in folder.glob(f"{id_}.original.*"):
        copy.unlink()


def read_entry(data: bytes, name: str) -> Holding:
    """The holding that an entry keeps. Raises RecordError, with its name, where it is damaged."""
    try:
        entry = json.loads(data)
        source = Source.model_validate(entry["record"])
        sections = tuple(_section(part) for part in entry["sections"])
        return Holding(source, HeadedText(entry["text"], sections), Origin.ADDED)
    except (ValueError, KeyError, TypeError, AttributeError, ValidationError) as error:
        raise RecordError(
            f"{name} is damaged. Remove that file and add the document again from its original."
        ) from error


def _stored(path: Path) -> Holding:
    try:
        return read_entry(path.read_bytes(), str(path))
    except OSError as error:
        raise RecordError(f"{path} cannot be read ({error.strerror}). See that the file is yours.") from error


def _section(part: dict[str, Any]) -> Section:
    blocks = tuple(
        Block(
            **{
                **block,
                "shape": Shape(block["shape"]),
                "role": Role(block["role"]) if block["role"] else None,
            }
        )
        for block in part.pop("blocks")
    )
    return Section(**{**part, "blocks": blocks, "pitfalls": tuple(part["pitfalls"])})


def _store(home: Path, holding: Holding, path: Path) -> None:
    """Write the copy of the file first and the entry last, so that an entry always has its copy."""
    folder = ensure_home(home) / "library"
    try:
        folder.mkdir(exist_ok=True, mode=0o700)
        id_ = holding.source.id
        suffix = path.suffix.lower() or ".txt"
        for copy in folder.glob(f"{id_}.original.*"):
            if copy.suffix != suffix:
                copy.unlink()
        replace_file(folder / f"{id_}.original{suffix}", path.read_bytes())
        entry = {
            "record": holding.source.model_dump(mode="json"),
            "text": holding.headed.text,
            "sections": [asdict(section) for section in holding.headed.sections],
        }
        replace_file(folder / f"{id_}.json", json.dumps(entry, ensure_ascii=False).encode())
    except OSError as error:
        raise ReadError(
            f"{path.name} could not be kept in {folder} ({error.strerror}). "
            "Free some space or choose another data folder."
        ) from error
