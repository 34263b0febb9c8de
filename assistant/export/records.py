"""Answers, notes and sources as the JSON objects that other programs read. Keys are only ever added."""

import json
from typing import Any

from assistant import __version__
from assistant.answer.notes import speaker
from assistant.answer.parts import Answer, Citation, Note, Statement
from assistant.library.holdings import Holding


def answer_record(answer: Answer) -> dict[str, Any]:
    """The contract of `ask --json`."""
    return {
        "version": __version__,
        "question": answer.question,
        "standalone_question": answer.standalone_question,
        "audience": answer.audience.value,
        "nation": answer.nation,
        "status": answer.status.value,
        "complete": answer.complete,
        "reply": {"name": answer.reply.name, "text": answer.reply.text} if answer.reply else None,
        "statements": [statement_record(one) for one in answer.statements],
        "notes": [note_record(one) for one in answer.notes],
        "follow_ups": list(answer.follow_ups),
        "nearest": [
            {
                "source": one.source,
                "anchor": one.anchor,
                "title": one.title,
                "score": one.score,
                "heading": one.heading,
            }
            for one in answer.nearest
        ],
        "pitfalls": list(answer.pitfalls),
        "engine": answer.engine.value,
        "timings_ms": dict(answer.timings_ms),
    }


def note_record(note: Note) -> dict[str, Any]:
    """A note as it stands in answers and reports."""
    return {"kind": note.kind.value, "text": note.text, "sources": list(note.sources)}


def statement_record(statement: Statement) -> dict[str, Any]:
    """A statement with its citations, as it stands in answers and reports."""
    return {
        "text": statement.text,
        "part": statement.part,
        "citations": [_citation(one) for one in statement.citations],
    }


def _citation(citation: Citation) -> dict[str, Any]:
    source = citation.source
    return {
        "number": citation.number,
        "source": source.id,
        "anchor": citation.anchor,
        "heading": citation.heading,
        "locator": citation.locator,
        "title": source.title,
        "publisher": source.publisher,
        "published": source.published,
        "url": source.url,
        "kind": source.kind.value,
        "speaker": speaker(source),
        "nations": [nation.value for nation in source.nations],
        "origin": citation.origin.value,
        "text_kind": source.text.value,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "page": citation.page,
    }


def source_record(holding: Holding) -> dict[str, Any]:
    """A catalogue record as JSON, with where the source came from."""
    return holding.source.model_dump(mode="json") | {"origin": holding.origin.value}


def holding_record(holding: Holding) -> dict[str, Any]:
    """A source with its stored text, which citations point into by `start` and `end`."""
    return {
        "record": source_record(holding),
        "text": holding.headed.text,
        "sections": [
            {
                "anchor": section.anchor,
                "heading": section.heading,
                "start": section.start,
                "end": section.end,
                "pitfalls": list(section.pitfalls),
                "blocks": [
                    {
                        "start": block.start,
                        "end": block.end,
                        "role": block.role.value if block.role else None,
                        "locator": block.locator,
                        "page": block.page,
                    }
                    for block in section.blocks
                ],
            }
            for section in holding.headed.sections
        ],
    }


def to_json(record: object, *, indent: int | None = 2) -> str:
    """JSON text; letters stay as they are."""
    return json.dumps(record, ensure_ascii=False, indent=indent)
