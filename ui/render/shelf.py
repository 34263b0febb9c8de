"""The library as a table that can be chosen from and sorted."""

from collections.abc import Iterable, Mapping
from functools import cache
from html import escape
from typing import Any

import yaml

from assistant.answer.notes import nation_name, speaker
from assistant.library.catalogue import Kind, Nation, Source, Standing
from assistant.library.holdings import Holding, Library, Origin
from assistant.templates import template
from ui.render.places import source_link


@cache
def words() -> Mapping[str, Any]:
    """The words of the tab."""
    found: dict[str, Any] = yaml.safe_load(template("shelf.yaml"))
    return found


def shelf(library: Library) -> str:
    """Every source in a table, with what to choose by above it."""
    said = words()
    if not len(library):
        return f'<p class="cg-lead">{escape(said["none"])}</p>'
    rows = "".join(_row(one) for one in sorted(library, key=lambda one: one.source.title.lower()))
    return (
        f'<div class="cg-shelf" data-browse><h2>{escape(said["title"])}</h2>'
        f'<p class="cg-lead">{escape(said["intro"])}</p>{_filters()}'
        f'<p class="cg-count" role="status" data-count="{escape(said["counted"])}">'
        f"{len(library)} {escape(said['counted'])}</p>"
        f'<table class="cg-sources" role="table"><caption>{escape(said["caption"])}</caption>'
        f'<thead role="rowgroup"><tr role="row">{_heads()}</tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table></div>'
    )


def nation_label(nation: Nation) -> str:
    """A nation as it stands in a cell."""
    name = nation_name(nation)
    return name[:1].upper() + name[1:]


def kind_label(kind: Kind) -> str:
    """A kind of source as it stands in a cell."""
    name: str = yaml.safe_load(template("notes.yaml"))["speakers"][kind.value]
    return name[:1].upper() + name[1:]


def standing_label(standing: Standing | None) -> str:
    """Whether a source holds today, as it stands in a cell."""
    return str(words()["statuses"][standing.value] if standing else words()["unknown"])


def _filters() -> str:
    said = words()
    options: dict[str, Iterable[tuple[str, str]]] = {
        "kind": sorted(((one.value, kind_label(one)) for one in Kind), key=lambda one: one[1]),
        "nation": [(one.value, nation_label(one)) for one in Nation],
        "status": [(one.value, standing_label(one)) for one in Standing],
        "year": [*said["years"].items(), ("none", said["no-year"])],
        "origin": said["origins"].items(),
    }
    choices = "".join(_filter(name, values) for name, values in options.items())
    return (
        f'<div class="cg-filters"><label><span>{escape(said["words"])}</span>'
        f'<input type="search" data-filter="words" autocomplete="off"></label>{choices}</div>'
    )


def _filter(name: str, values: Iterable[tuple[str, str]]) -> str:
    said = words()
    options = "".join(f'<option value="{escape(value)}">{escape(label)}</option>' for value, label in values)
    return (
        f'<label><span>{escape(said["filters"][name])}</span><select data-filter="{name}">'
        f'<option value="">{escape(said["all"])}</option>{options}</select></label>'
    )


def _heads() -> str:
    return "".join(
        f'<th scope="col" role="columnheader" aria-sort="{"ascending" if name == "title" else "none"}">'
        f'<button type="button" data-sort>{escape(label)}</button></th>'
        for name, label in words()["columns"].items()
    )


def _row(holding: Holding) -> str:
    source = holding.source
    nations = ", ".join(nation_label(one) for one in source.nations) or words()["unknown"]
    own = f' <span class="cg-badge">{escape(words()["own"])}</span>' if holding.origin is Origin.ADDED else ""
    publisher = f'<span class="cg-publisher">{escape(source.publisher)}</span>' if source.publisher else ""
    year = (source.published or "")[:4]
    cells = (
        ("kind", kind_label(source.kind) if not _is_sponsored(source) else speaker(source).capitalize(), None),
        ("nation", nations, None),
        ("status", standing_label(source.status), None),
        ("year", year or words()["no-year"], source.published or ""),
    )
    return (
        f'<tr role="row" data-item data-kind="{source.kind.value}" '
        f'data-nation="{" ".join(one.value for one in source.nations)}" '
        f'data-status="{source.status.value if source.status else ""}" data-year="{_years(year)}" '
        f'data-origin="{holding.origin.value}"><th scope="row" role="rowheader" data-key="{escape(source.title)}">'
        f'<a href="{escape(source_link(source.id))}">{escape(source.title)}</a>{own}{publisher}</th>'
        f"{''.join(_cell(*one) for one in cells)}</tr>"
    )


def _is_sponsored(source: Source) -> bool:
    return bool(source.interest and source.interest.lower().startswith("sponsored"))


def _cell(name: str, text: str, key: str | None) -> str:
    sorted_by = f' data-key="{escape(key)}"' if key is not None else ""
    label = escape(words()["columns"][name])
    return (
        f'<td role="cell"{sorted_by}><span class="cg-cell-label" aria-hidden="true">{label}</span> {escape(text)}</td>'
    )


def _years(year: str) -> str:
    """The span of years that a year falls into, by its first."""
    if not year:
        return "none"
    return next(str(first) for first in words()["years"] if year >= str(first).zfill(4))
