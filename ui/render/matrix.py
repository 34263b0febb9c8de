"""Who says what: a chart of sources by pitfalls, and the same as a table."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import groupby
from typing import Any

import yaml

from assistant.answer.notes import speaker
from assistant.library.catalogue import Kind, Source
from assistant.library.holdings import Library
from assistant.library.pitfalls import Pitfall
from assistant.library.read import Document
from assistant.templates import template
from ui.render.places import source_link

_ROW, _COLUMN, _HEAD, _OVERHANG = 26, 30, 234, 84  # pixels
_HALF = 10  # of a sign
# One shape a family: rules are squares, checks are diamonds, studies are circles, voices are triangles.
_SHAPES = {
    "rule": f'<rect x="-{_HALF}" y="-{_HALF}" width="{2 * _HALF}" height="{2 * _HALF}" rx="2"/>',
    "check": '<path d="M0-13 13 0 0 13-13 0Z"/>',
    "study": f'<circle r="{_HALF + 1}"/>',
    "voice": '<path d="M0-13 14 10H-14Z"/>',
}
_FAMILIES = {
    Kind.LEGISLATION: "rule",
    Kind.STATUTORY_GUIDANCE: "rule",
    Kind.POLICY: "rule",
    Kind.AUDIT: "check",
    Kind.REVIEW: "check",
    Kind.RESEARCH: "study",
    Kind.EVALUATION: "study",
    Kind.PRACTICE_GUIDANCE: "voice",
    Kind.ARTICLE: "voice",
    Kind.OPINION: "voice",
}


@dataclass(frozen=True, slots=True)
class _Row:
    """A source, the pitfalls for which it is cited, and whether it can be opened here."""

    source: Source
    pitfalls: frozenset[str]
    is_held: bool


@cache
def _words() -> Mapping[str, Any]:
    found: dict[str, Any] = yaml.safe_load(template("pitfalls.yaml"))
    return found


def matrix(pitfalls: Sequence[Pitfall], library: Library, digests: Mapping[str, Document]) -> str:
    """The chart in a region that scrolls, its key, and the table that says the same."""
    said = _words()["matrix"]
    rows = _rows(pitfalls, library, digests)
    return (
        f'<section class="cg-matrix" id="who-says-what"><h2>{escape(said["title"])}</h2>'
        f'<p class="cg-lead">{escape(said["intro"])}</p>{_key()}'
        f'<div class="cg-chart" role="region" tabindex="0" aria-label="{escape(said["region"])}">'
        f'<div class="cg-chart-corner"></div>{_heads(pitfalls)}{_labels(rows)}{_marks(rows, pitfalls)}</div>'
        f"<details><summary>{escape(said['table'])}</summary>{_table(rows, pitfalls)}</details></section>"
    )


def _rows(pitfalls: Sequence[Pitfall], library: Library, digests: Mapping[str, Document]) -> list[_Row]:
    """The sources that are cited, by kind and then by how many pitfalls they speak of."""
    cited: dict[str, set[str]] = {}
    for pitfall in pitfalls:
        for name in (name for line in pitfall.lines for name in line.sources):
            cited.setdefault(name.partition("#")[0], set()).add(pitfall.id)
    rows = []
    for id_, about in cited.items():
        if known := library.holdings.get(id_) or digests.get(id_):
            rows.append(_Row(known.source, frozenset(about), id_ in library.holdings))
    order = list(_FAMILIES)
    return sorted(rows, key=lambda row: (order.index(row.source.kind), -len(row.pitfalls), row.source.title))


def _by_kind(rows: Sequence[_Row]) -> list[tuple[Kind, list[_Row]]]:
    return [(kind, list(some)) for kind, some in groupby(rows, key=lambda row: row.source.kind)]


def _name(kind: Kind) -> str:
    """What people call a kind of source."""
    found: str = yaml.safe_load(template("notes.yaml"))["speakers"][kind.value]
    return found[:1].upper() + found[1:]


def _sign(kind: Kind, x: float, y: float, title: str = "") -> str:
    """A shape with letters in it, centred on a point."""
    family = _FAMILIES[kind]
    about = f"<title>{escape(title)}</title>" if title else ""
    low = 7 if family == "voice" else 4
    return (
        f'<g class="cg-sign cg-{family}" transform="translate({x} {y})">{about}{_SHAPES[family]}'
        f'<text y="{low}" text-anchor="middle">{_words()["signs"][kind.value]}</text></g>'
    )


def _key() -> str:
    items = "".join(
        f'<li><svg width="30" height="28" aria-hidden="true">{_sign(kind, 15, 14)}</svg> {escape(_name(kind))}</li>'
        for kind in _FAMILIES
    )
    return f'<h3 class="cg-key-title">{escape(_words()["matrix"]["key"])}</h3><ul class="cg-key">{items}</ul>'


def _width(pitfalls: Sequence[Pitfall]) -> int:
    return len(pitfalls) * _COLUMN + _OVERHANG


def _heads(pitfalls: Sequence[Pitfall]) -> str:
    names = "".join(
        f'<text transform="translate({number * _COLUMN + 20} {_HEAD - 8}) rotate(-70)">{escape(one.name)}</text>'
        for number, one in enumerate(pitfalls)
    )
    return f'<svg class="cg-chart-heads" width="{_width(pitfalls)}" height="{_HEAD}" aria-hidden="true">{names}</svg>'


def _labels(rows: Sequence[_Row]) -> str:
    lines = []
    for kind, some in _by_kind(rows):
        lines.append(f'<div class="cg-chart-kind">{escape(_name(kind))}</div>')
        for row in some:
            title = escape(row.source.title)
            link = f'<a href="{escape(source_link(row.source.id))}" tabindex="-1">{title}</a>' if row.is_held else title
            lines.append(f'<div title="{title}">{link}</div>')
    return f'<div class="cg-chart-labels">{"".join(lines)}</div>'


def _marks(rows: Sequence[_Row], pitfalls: Sequence[Pitfall]) -> str:
    """The body of the chart; the rows stand beside their labels, a line for each kind between them."""
    pieces, at, width = [], 0, _width(pitfalls)
    height = _ROW * (len(rows) + len(_by_kind(rows)))
    for number in range(len(pitfalls)):
        middle = number * _COLUMN + _COLUMN // 2
        pieces.append(f'<line x1="{middle}" x2="{middle}" y2="{height}"/>')
    for _, some in _by_kind(rows):
        pieces.append(f'<rect class="cg-band" y="{at * _ROW}" width="{width}" height="{_ROW}"/>')
        at += 1
        for row in some:
            middle = at * _ROW + _ROW // 2
            pieces.append(f'<line x2="{len(pitfalls) * _COLUMN}" y1="{middle}" y2="{middle}"/>')
            pieces += [
                _sign(row.source.kind, number * _COLUMN + _COLUMN // 2, middle, f"{row.source.title}: {one.name}")
                for number, one in enumerate(pitfalls)
                if one.id in row.pitfalls
            ]
            at += 1
    alt = escape(_alt(rows, pitfalls))
    return (
        f'<svg class="cg-chart-marks" width="{width}" height="{height}" role="img" aria-label="{alt}">'
        f"{''.join(pieces)}</svg>"
    )


def _alt(rows: Sequence[_Row], pitfalls: Sequence[Pitfall]) -> str:
    said = _words()["matrix"]
    counts = Counter(row.source.kind for row in rows)
    kinds = " ".join(said["kind"].format(kind=_name(kind), count=counts[kind]) for kind in _FAMILIES if counts[kind])
    return str(said["alt"]).format(sources=len(rows), pitfalls=len(pitfalls), kinds=kinds)


def _table(rows: Sequence[_Row], pitfalls: Sequence[Pitfall]) -> str:
    said = _words()["matrix"]
    heads = "".join(f'<th scope="col">{escape(one)}</th>' for one in said["columns"])
    body = "".join(
        f'<tr><th scope="row"><a href="#pitfall-{escape(one.id)}">{escape(one.name)}</a></th>'
        f"<td>{_speaking([row for row in rows if one.id in row.pitfalls])}</td></tr>"
        for one in pitfalls
    )
    return (
        f'<table class="cg-rows"><caption>{escape(said["caption"])}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
    )


def _speaking(rows: Sequence[_Row]) -> str:
    items = []
    for row in rows:
        title = escape(row.source.title)
        link = f'<a href="{escape(source_link(row.source.id))}">{title}</a>' if row.is_held else title
        items.append(f'<li><span class="cg-badge">{escape(speaker(row.source))}</span> {link}</li>')
    return f"<ul>{''.join(items)}</ul>"
