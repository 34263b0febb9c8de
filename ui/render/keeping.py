"""Looking after the library, as HTML: what became of files, the last change, and what it did not say."""

from collections.abc import Sequence
from html import escape

from assistant.export.words import day
from assistant.gaps import NOTHING_NEAR, Gap
from assistant.library.holdings import Library
from assistant.search.generation import Record
from ui.curate import Outcome, Progress
from ui.render.places import source_link
from ui.render.shelf import words

_SOURCE = "source:"


def outcomes(progress: Progress | None) -> str:
    """How far a change has come, and what became of each file; told to those who cannot see it."""
    inside = ""
    if progress:
        if progress.doing:
            share = f' value="{progress.done}" max="{progress.total}"' if progress.total else ""
            doing = escape(progress.doing)
            inside += f'<p class="cg-doing">{doing} <progress aria-label="{doing}"{share}></progress></p>'
        items = "".join(
            f'<li class="{"cg-well" if one.is_well else "cg-ill"}"><span aria-hidden="true">'
            f"{'✓' if one.is_well else '✗'}</span> {escape(one.text)}{_link(one)}</li>"
            for one in progress.outcomes
        )
        inside += f'<ul class="cg-outcomes">{items}</ul>' if items else ""
    return f'<div role="status" aria-live="polite">{inside}</div>'


def _link(outcome: Outcome) -> str:
    if not outcome.id:
        return ""
    return f' <a href="{escape(source_link(outcome.id))}">{escape(words()["outcomes"]["open"])}</a>'


def explained(part: str) -> str:
    """What a part of the tab is for, under its heading."""
    said = words()[part]
    return f'<h2>{escape(said["title"])}</h2><p class="cg-lead">{escape(said["intro"])}</p>'


def sure(title: str) -> str:
    """The question before a source is removed."""
    return f'<p class="cg-sure" role="alert">{escape(words()["remove"]["sure"].format(title=title))}</p>'


def last_change(record: Record, library: Library) -> str:
    """What changed when the index was last made."""
    said = words()["news"]
    title = f"<h2>{escape(said['title'])}</h2>"
    if not (record.added or record.changed or record.removed):
        return f"{title}{_made(record)}<p>{escape(said['nothing'])}</p>"
    everything = len(record.added) > 1 and len(record.added) >= len(library)
    added = f"<p>{escape(said['first'].format(count=len(record.added)))}</p>" if everything else ""
    lists = "" if everything else _sources(said["added"], record.added, library)
    removed = f"<p>{escape(said['removed'].format(count=record.removed))}</p>" if record.removed else ""
    return f"{title}{_made(record)}{added}{lists}{_sources(said['changed'], record.changed, library)}{removed}"


def _made(record: Record) -> str:
    made, _, time = record.made.partition("T")
    return f"<p>{escape(words()['news']['made'].format(day=day(made), time=time[:5]))}</p>"


def _sources(title: str, ids: Sequence[str], library: Library) -> str:
    held = [library[id_].source for id_ in ids if id_ in library.holdings]
    items = "".join(f'<li><a href="{escape(source_link(one.id))}">{escape(one.title)}</a></li>' for one in held)
    return f"<h3>{escape(title)}</h3><ul>{items}</ul>" if items else ""


def gap_table(gaps: Sequence[Gap]) -> str:
    """What the library did not say, as a table."""
    said = words()["gaps"]
    head = f'<h2>{escape(said["title"])}</h2><p class="cg-lead">{escape(said["intro"])}</p>'
    if not gaps:
        return f"{head}<p>{escape(said['none'])}</p>"
    columns = "".join(f'<th scope="col">{escape(one)}</th>' for one in said["columns"])
    rows = "".join(_gap(one) for one in gaps)
    return (
        f'{head}<table class="cg-rows"><caption>{escape(said["caption"])}</caption>'
        f"<thead><tr>{columns}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _gap(gap: Gap) -> str:
    name = escape(gap.name)
    if gap.topic.startswith(_SOURCE):
        name = f'<a href="{escape(source_link(gap.topic.removeprefix(_SOURCE)))}">{name}</a>'
    elif gap.topic != NOTHING_NEAR:
        name = f'<a href="#pitfall-{escape(gap.topic)}">{name}</a>'
    said = "".join(f"<li>{escape(one.text)}</li>" for one in gap.words)
    title = escape(words()["gaps"]["words"])
    kept = f"<details><summary>{title}</summary><ul>{said}</ul></details>" if said else ""
    days = "".join(f"<td>{escape(day(one.isoformat()))}</td>" for one in (gap.first, gap.last))
    return f'<tr><th scope="row">{name}{kept}</th><td>{gap.count}</td>{days}</tr>'
