"""What leaves the assistant: answers, conversations, checks and briefings as files that keep their sources.

from datetime import date
from pathlib import Path

from assistant import Assistant, check
from assistant.export import save_answers, save_check
from assistant.library.holdings import open_library
from assistant.settings import settings

library = open_library(settings())
report = check(Path("draft.docx"), settings())
save_check(report, library, Path("report.docx"), made=date.today())  # or .md, .html, .json; .csv: the risk register
answer = Assistant(settings()).ask("Who decides what in our partnership?")
save_answers([answer], library, Path("answer.html"))  # several answers are the turns of one conversation

In two steps: `answer_document`, `conversation_document`, `check_document` and `register_document` give a
Document (assistant.export.document), and `to_docx` (bytes), `to_html` and `to_markdown` (text) write one;
`save` writes it to a file, in the form that the ending of its name says. `bibliography` numbers statements
and places for a document of another kind, `about` says what made it, and `refuse` raises ReadError for a
file that cannot be written. `register_csv` gives the risk register as text, and the records what
`--json` prints, which `to_json` makes text.
"""

from typing import TYPE_CHECKING

__all__ = [
    "Bibliography",
    "Document",
    "about",
    "answer_document",
    "answer_record",
    "bibliography",
    "check_document",
    "conversation_document",
    "conversation_record",
    "holding_record",
    "note_record",
    "refuse",
    "register_csv",
    "register_document",
    "save",
    "save_answers",
    "save_check",
    "source_record",
    "statement_record",
    "to_docx",
    "to_html",
    "to_json",
    "to_markdown",
]

if TYPE_CHECKING:
    from assistant.export.answers import answer_document, conversation_document
    from assistant.export.checks import check_document, register_document
    from assistant.export.document import Document
    from assistant.export.docx import to_docx
    from assistant.export.files import conversation_record, refuse, save, save_answers, save_check
    from assistant.export.html import to_html
    from assistant.export.markdown import to_markdown
    from assistant.export.records import (
        answer_record,
        holding_record,
        note_record,
        source_record,
        statement_record,
        to_json,
    )
    from assistant.export.references import Bibliography, about, bibliography
    from assistant.export.register import register_csv

_MODULES = {
    "answers": ("answer_document", "conversation_document"),
    "checks": ("check_document", "register_document"),
    "document": ("Document",),
    "docx": ("to_docx",),
    "files": ("conversation_record", "refuse", "save", "save_answers", "save_check"),
    "html": ("to_html",),
    "markdown": ("to_markdown",),
    "records": ("answer_record", "holding_record", "note_record", "source_record", "statement_record", "to_json"),
    "references": ("Bibliography", "about", "bibliography"),
    "register": ("register_csv",),
}


def __getattr__(name: str) -> object:
    """Load a public name when it is first used: the records need none of the writers."""
    for module, names in _MODULES.items():
        if name in names:
            from importlib import import_module

            return getattr(import_module(f"assistant.export.{module}"), name)
    raise AttributeError(f"module 'assistant.export' has no attribute '{name}'")
