"""`add`, `remove`, `fetch`, `sources` and `show`: what the library holds, and changing it."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cli.command import Command, json_argument
from assistant.cli.terminal import one_by_one, progress_bar, tell, wrapped
from assistant.errors import CommonGroundError, PersonalDetailsError
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.library.holdings import Holding


def _add_arguments(one: argparse.ArgumentParser) -> None:
    one.add_argument("path", nargs="+", type=Path, help="a file, or a folder whose files are added")
    one.add_argument(
        "--with-personal-details",
        action="store_true",
        help="add a document even if it holds what looks like one person's details, such as an NHS number",
    )


def _add(given: argparse.Namespace, settings: Settings) -> int:
    files = (file for path in given.path for file in _files(path))
    is_well = one_by_one(
        files,
        lambda file: _added(file, settings, given.with_personal_details),
        _not_added,
    )
    if any(is_well):
        _refresh(settings)
    return int(not all(is_well))


def _added(path: Path, settings: Settings, is_meant: bool) -> str:
    """Add one file, and say what it became."""
    from assistant.library.holdings import add

    holding = add(settings, path, with_personal_details=is_meant)
    as_what = "" if holding.source.id == path.stem else f"as {holding.source.id}, "
    count = len(holding.headed.sections)
    said = f"{path.name}: added {as_what}{count} {'section' if count == 1 else 'sections'}."
    return "\n".join([said, *(wrapped(one, "    ") for one in holding.remarks)])


def _not_added(path: Path, error: CommonGroundError) -> str:
    meant = " If they are nobody's, as in a form or an example, add it with --with-personal-details."
    return f"{path.name}: not added. {error}{meant if isinstance(error, PersonalDetailsError) else ''}"


def _files(path: Path) -> list[Path]:
    """The file itself, or the files of a folder that can be read; a folder without any is left to fail."""
    from assistant.library.read.document import READABLE

    inside = sorted(one for one in path.rglob("*") if one.suffix.lower() in READABLE and one.is_file())
    return inside or [path]


def _refresh(settings: Settings) -> None:
    from assistant.library.holdings import open_library
    from assistant.search.store import sync

    with progress_bar("Updating the index") as progress:
        sync(settings, open_library(settings), progress)


def _remove_arguments(one: argparse.ArgumentParser) -> None:
    one.add_argument("id", nargs="+", help="the id of a source that you added; 'sources' lists them")


def _remove(given: argparse.Namespace, settings: Settings) -> int:
    from assistant.gaps import forget_source
    from assistant.library.holdings import remove

    def removed(id_: str) -> str:
        remove(settings, id_)
        forget_source(settings, id_)
        return f"{id_}: removed from the library."

    is_well = one_by_one(given.id, removed, lambda id_, error: f"common-ground: {error}")
    _refresh(settings)
    return int(not all(is_well))


def _fetch_arguments(one: argparse.ArgumentParser) -> None:
    one.add_argument("id", nargs="*", help="the id of a shipped source; all that have an address, if none is named")


def _fetch(given: argparse.Namespace, settings: Settings) -> int:
    from assistant.library.fetch import fetch
    from assistant.library.holdings import Origin, open_library

    library = open_library(settings)
    wanted = given.id or [one.source.id for one in library if one.source.url and one.origin is Origin.SHIPPED]

    def fetched(one: tuple[int, str]) -> str:
        number, id_ = one
        tell(f"Fetching {id_} ({number} of {len(wanted)})")
        fetch(settings, library, id_)
        return f"{id_}: fetched. It is quoted from the original now."

    is_well = one_by_one(
        enumerate(wanted, 1),
        fetched,
        lambda one, error: f"{one[1]}: not fetched. {str(error).removeprefix(one[1] + ': ')}",
    )
    _refresh(settings)
    return int(not all(is_well))


def _sources(given: argparse.Namespace, settings: Settings) -> int:
    from assistant.export import source_record, to_json
    from assistant.library.holdings import open_library

    library = open_library(settings)
    if given.json:
        print(to_json({"sources": [source_record(one) for one in library]}))
        return 0
    for one in library:
        print(_source_line(one))
    if not len(library):
        print("The library holds no sources yet. Add some with: common-ground add FILE")
    return 0


def _source_line(holding: "Holding") -> str:
    from assistant.answer.notes import speaker

    source = holding.source
    facts = [source.publisher, source.published, speaker(source)]
    facts += [
        ", ".join(nation.value for nation in source.nations),
        f"{source.text.value}, {holding.origin.value}",
    ]
    return f"{source.id}\n    {source.title}\n    {' · '.join(fact for fact in facts if fact)}"


def _show_arguments(one: argparse.ArgumentParser) -> None:
    one.add_argument(
        "source",
        metavar="SOURCE[#ANCHOR]",
        help="a source's id, and a section's anchor if only that is wanted",
    )
    json_argument(one)


def _show(given: argparse.Namespace, settings: Settings) -> int:
    from assistant.export import holding_record, to_json
    from assistant.library.holdings import open_library, section_of

    id_, _, anchor = given.source.partition("#")
    holding = open_library(settings)[id_]
    sections = [section_of(holding, anchor)] if anchor else list(holding.headed.sections)
    if given.json:
        print(to_json(holding_record(holding)))
        return 0
    print(_source_line(holding))
    for section in sections:
        print(f"\n{section.heading}  (#{section.anchor})\n")
        for block in section.blocks:
            locator = f" ({block.locator})" if block.locator else ""
            print(wrapped(holding.headed.text[block.start : block.end] + locator, "  "))
    return 0


ADD = Command("add", "add documents of your own to the library", _add_arguments, _add)
REMOVE = Command("remove", "remove documents that you added", _remove_arguments, _remove)
FETCH = Command("fetch", "download the originals of shipped sources", _fetch_arguments, _fetch)
SOURCES = Command("sources", "list what the library holds", json_argument, _sources)
SHOW = Command("show", "show a source, or one section of it", _show_arguments, _show)
