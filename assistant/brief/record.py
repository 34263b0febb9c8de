"""A briefing as the JSON object that other programs read. Keys are only ever added."""

from typing import Any

from assistant import __version__
from assistant.answer.notes import speaker
from assistant.brief.parts import Briefing, Section
from assistant.export import note_record, statement_record
from assistant.library.catalogue import Source
from assistant.library.glossary import Term


def briefing_record(briefing: Briefing) -> dict[str, Any]:
    """The contract of `brief --json`."""
    wanted = briefing.wanted
    return {
        "version": __version__,
        "type": wanted.type.value if wanted.type else None,
        "stage": wanted.stage.value if wanted.stage else None,
        "nation": wanted.nation.value if wanted.nation else None,
        "worries": list(wanted.worries),
        "pitfalls": list(briefing.pitfalls),
        "title": briefing.title,
        "intro": briefing.intro,
        "sections": [_section(one) for one in briefing.sections],
        "notes": [note_record(one) for one in briefing.notes],
        "reading": [_reading(one) for one in briefing.reading],
        "glossary": [_term(one) for one in briefing.glossary],
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "heading": section.heading,
        "level": section.level,
        "text": section.text,
        "statements": [statement_record(one) for one in section.statements],
        "items": [{"text": one.text, "places": list(one.places)} for one in section.items],
    }


def _reading(source: Source) -> dict[str, Any]:
    return {
        "source": source.id,
        "title": source.title,
        "authors": list(source.authors),
        "publisher": source.publisher,
        "published": source.published,
        "speaker": speaker(source),
        "interest": source.interest,
        "nations": [one.value for one in source.nations],
        "kind": source.kind.value,
        "text_kind": source.text.value,
        "url": source.url,
    }


def _term(term: Term) -> dict[str, Any]:
    return {"term": term.term, "meaning": term.meaning, "sources": list(term.sources)}
