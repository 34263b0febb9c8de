"""The 22 pitfalls as HTML: a list to browse by stage and theme, each opening into its own page."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from html import escape
from itertools import groupby
from typing import Any

import yaml

from assistant.library.holdings import Library
from assistant.library.pitfalls import Line, Pitfall, Stage, Theme
from assistant.library.read import Document
from assistant.templates import template
from ui.render.matrix import matrix
from ui.render.places import Place, about_source, places

_PARTS = ("why", "signs", "do", "ask", "proposal")


@cache
def words() -> Mapping[str, Any]:
    """The words of the tab."""
    found: dict[str, Any] = yaml.safe_load(template("pitfalls.yaml"))
    return found


def pitfalls_page(pitfalls: Sequence[Pitfall], library: Library, digests: Mapping[str, Document]) -> str:
    """All pitfalls: the choices, the list by theme, and the chart of who says what."""
    said = words()
    ranked = sorted(pitfalls, key=lambda one: list(Theme).index(one.theme))
    groups = "".join(
        _theme(theme, list(some), library, digests) for theme, some in groupby(ranked, key=lambda one: one.theme)
    )
    return (
        f'<div class="cg-pitfalls" data-browse><h2 tabindex="-1">{escape(said["title"])}</h2>'
        f'<p class="cg-lead">{escape(said["intro"].format(count=len(pitfalls)))}</p>'
        f'<div class="cg-choose">{_choice("stage", Stage)}{_choice("theme", Theme)}</div>'
        f'<p class="cg-count" role="status" data-count="{escape(said["counted"])}">'
        f"{len(pitfalls)} {escape(said['counted'])}</p>{groups}</div>"
        f"{matrix(pitfalls, library, digests)}"
    )


def _choice(name: str, values: Iterable[str]) -> str:
    """Radio buttons for one thing to choose by; the first shows all."""
    said = words()
    options = [("", said["all"]), *((value, said[f"{name}s"][value]) for value in map(str, values))]
    radios = "".join(
        f'<label class="cg-pick"><input type="radio" name="pitfall-{name}" data-filter="{name}" '
        f'value="{escape(value)}"{" checked" if not value else ""}> <span>{escape(label)}</span></label>'
        for value, label in options
    )
    return f'<fieldset class="cg-picks"><legend>{escape(said[name])}</legend>{radios}</fieldset>'


def _theme(theme: Theme, pitfalls: Sequence[Pitfall], library: Library, digests: Mapping[str, Document]) -> str:
    inside = "".join(pitfall_page(one, library, digests) for one in pitfalls)
    return f"<section data-group><h3>{escape(words()['themes'][theme.value])}</h3>{inside}</section>"


def pitfall_page(pitfall: Pitfall, library: Library, digests: Mapping[str, Document]) -> str:
    """One pitfall, to be opened; a line whose source is not known is left out."""
    said = words()
    names = dict.fromkeys(name for line in pitfall.lines for name in line.sources)
    found = places(names, library, digests)
    numbers = {name: number for number, name in enumerate(found, 1)}
    parts = "".join(_part(said["parts"][part], getattr(pitfall, part), pitfall.id, numbers) for part in _PARTS)
    stages = ", ".join(said["stages"][one.value].lower() for one in pitfall.stages)
    return (
        f'<details class="cg-pitfall" id="pitfall-{escape(pitfall.id)}" data-item data-theme="{pitfall.theme.value}" '
        f'data-stage="{" ".join(one.value for one in pitfall.stages)}"><summary><h4>{escape(pitfall.name)}</h4>'
        f'<span class="cg-wondered">{escape(pitfall.question)}</span></summary><div class="cg-opened">'
        f'<p class="cg-quiet">{escape(said["bites"].format(stages=stages))}</p>{parts}'
        f"{_for_each(pitfall, numbers)}{_sources(pitfall.id, found)}"
        f'<p><button type="button" class="cg-button" data-ask="{escape(pitfall.question)}">'
        f"{escape(said['question'])}</button></p></div></details>"
    )


def _part(title: str, lines: Sequence[Line], id_: str, numbers: Mapping[str, int]) -> str:
    items = "".join(f"<li>{text}</li>" for line in lines if (text := _cited(line, id_, numbers)))
    return f"<h5>{escape(title)}</h5><ul>{items}</ul>" if items else ""


def _for_each(pitfall: Pitfall, numbers: Mapping[str, int]) -> str:
    said = words()
    items = "".join(
        f"<li><strong>{escape(label)}</strong> {text}</li>"
        for name, label in said["audiences"].items()
        if (text := _cited(getattr(pitfall.audiences, name), pitfall.id, numbers))
    )
    return f"<h5>{escape(said['parts']['audiences'])}</h5><ul>{items}</ul>" if items else ""


def _cited(line: Line, id_: str, numbers: Mapping[str, int]) -> str:
    """A line with the numbers of its sources; nothing where none of them is known."""
    cited = [numbers[name] for name in line.sources if name in numbers]
    marks = "".join(
        f'<a class="cg-mark" href="#pitfall-{escape(id_)}-source-{number}" aria-label="Source {number}">{number}</a>'
        for number in cited
    )
    return f"{escape(line.text)}{marks}" if marks else ""


def _sources(id_: str, found: Mapping[str, Place]) -> str:
    items = "".join(_source(id_, number, one) for number, one in enumerate(found.values(), 1))
    return f'<h5>{escape(words()["sources"])}</h5><ol class="cg-rests">{items}</ol>'


def _source(id_: str, number: int, place: Place) -> str:
    said = words()
    if place.is_held:
        label = escape(f"{said['read']}: {place.source.title}, {place.heading}")
        lead = f'<a href="{escape(place.link)}" aria-label="{label}">{escape(said["read"])}</a>'
    else:
        lead = f'<span class="cg-quiet">{escape(said["elsewhere"])}</span>'
    return (
        f'<li id="pitfall-{escape(id_)}-source-{number}" tabindex="-1"><span class="cg-number">{number}</span> '
        f"<cite>{escape(place.source.title)}</cite>, ‘{escape(place.heading)}’<br>"
        f"{about_source(place.source)}<br>{lead}</li>"
    )
