"""One source, opened: its record, and its sections with the cited words marked."""

import re
from collections.abc import Iterator, Sequence
from html import escape

from assistant.answer.notes import speaker
from assistant.answer.parts import Citation
from assistant.export.words import day
from assistant.library.catalogue import Source, TextKind
from assistant.library.changes import Change
from assistant.library.holdings import Holding
from assistant.library.pitfalls import Pitfall
from assistant.library.text import Section
from ui.render.passage import marked
from ui.render.places import section_link, source_link
from ui.render.shelf import nation_label, standing_label, words

_DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])(-\d{2})?")


def source_page(
    holding: Holding, citations: Sequence[Citation], changes: Sequence[Change], pitfalls: Sequence[Pitfall]
) -> str:
    """A source with all its sections; of the citations those of this source are marked.

    `changes` are the bodies, laws and funds named in it that are no longer what they were.
    """
    said, source = words()["source"], holding.source
    cited = [one for one in citations if one.source.id == source.id]
    note = f'<p class="cg-cited">{escape(said["cited"])}</p>' if cited else ""
    contents = "".join(
        f'<li><a href="{escape(section_link(source.id, one.anchor))}">{escape(one.heading)}</a></li>'
        for one in holding.headed.sections
    )
    names = {one.id: one.name for one in pitfalls}
    sections = "".join(_section(holding, one, cited, names) for one in holding.headed.sections)
    return (
        f'<p><a class="cg-back" href="#library">← {escape(said["back"])}</a></p>'
        f'<article class="cg-source" id="{escape(source_link(source.id)[1:])}" tabindex="-1">'
        f"<h2>{escape(source.title)}</h2>{_record(source)}{_changes(changes)}{note}"
        f'<nav aria-label="{escape(said["sections"])}"><h3>{escape(said["sections"])}</h3>'
        f"<ol>{contents}</ol></nav>{sections}</article>"
    )


def _record(source: Source) -> str:
    said = words()["source"]
    facts = "".join(f"<dt>{escape(said['facts'][name])}</dt><dd>{text}</dd>" for name, text in _facts(source))
    return f'<dl class="cg-record">{facts}</dl>{_original(source)}'


def _original(source: Source) -> str:
    if not source.url:
        return ""
    return (
        f'<p><a class="cg-original" href="{escape(source.url)}" target="_blank" rel="noopener noreferrer">'
        f"{escape(words()['source']['original-link'])}</a></p>"
    )


def _facts(source: Source) -> Iterator[tuple[str, str]]:
    """What the record says, by name, as HTML; what it does not say is left out."""
    said = words()["source"]
    nations = ", ".join(nation_label(one) for one in source.nations)
    texts = {
        "speaker": _begun(speaker(source)),
        "authors": ", ".join(source.authors),
        "publisher": source.publisher,
        "published": _with_note(day(source.published) if source.published else "", source.published_note),
        "nations": _with_note(nations, source.nations_note),
        "status": _with_note(standing_label(source.status) if source.status else "", source.status_note),
        "interest": source.interest,
        "licence": source.licence,
        "text": said["digest"] if source.text is TextKind.DIGEST else said["original"],
        "checked": _dated(source.checked or ""),
    }
    for name, text in texts.items():
        if text:
            later = ""
            if name == "status" and source.superseded_by:
                later = f" {escape(said['superseded-by'])} {escape(source.superseded_by)}"
            yield name, escape(text) + later


def _begun(text: str) -> str:
    """A text with a capital, as at the start of a line."""
    return f"{text[:1].upper()}{text[1:]}"


def _dated(text: str) -> str:
    """A text whose date at the start, if it has one, is written as people do."""
    date, colon, rest = text.partition(":")
    return f"{day(date)}{colon}{rest}" if _DATE.fullmatch(date) else text


def _with_note(text: str, note: str | None) -> str:
    """A fact and what the record notes about it, as sentences."""
    if not note:
        return text
    sentence = f"{_begun(note.rstrip('.'))}."
    return f"{text}. {sentence}" if text else sentence


def _changes(changes: Sequence[Change]) -> str:
    if not changes:
        return ""
    items = "".join(f"<li>{escape(one.text)}</li>" for one in changes)
    title = escape(words()["source"]["changed"])
    return f'<section class="cg-changed"><h3>{title}</h3><ul>{items}</ul></section>'


def _section(holding: Holding, section: Section, cited: Sequence[Citation], names: dict[str, str]) -> str:
    here = [one for one in cited if one.anchor == section.anchor]
    links = ", ".join(
        f'<a href="#pitfall-{escape(id_)}">{escape(names[id_])}</a>' for id_ in section.pitfalls if id_ in names
    )
    about = f'<p class="cg-quiet">{escape(words()["source"]["pitfalls"])} {links}</p>' if links else ""
    id_ = escape(section_link(holding.source.id, section.anchor)[1:])
    return (
        f'<section class="cg-part-of-source" id="{id_}" tabindex="-1"><h3>{escape(section.heading)}</h3>{about}'
        f"{marked(holding.headed.text, section, here)}</section>"
    )
