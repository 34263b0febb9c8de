"""Writing what is taken away: the form is told by the ending of the file's name."""

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from assistant import __version__
from assistant.answer.parts import Answer
from assistant.errors import ReadError
from assistant.export.answers import conversation_document
from assistant.export.checks import check_document
from assistant.export.document import Document
from assistant.export.docx import to_docx
from assistant.export.html import to_html
from assistant.export.markdown import to_markdown
from assistant.export.records import answer_record, to_json
from assistant.export.references import library_date
from assistant.export.register import register_csv
from assistant.export.report import report_record
from assistant.export.words import words
from assistant.library.holdings import Library
from assistant.proposal.parts import Report

DOCUMENT_ENDINGS = (".docx", ".md", ".html")
ANSWER_ENDINGS = (*DOCUMENT_ENDINGS, ".json")
CHECK_ENDINGS = (*DOCUMENT_ENDINGS, ".csv", ".json")
_WRITERS: Mapping[str, Callable[[Document], str | bytes]] = {
    ".docx": to_docx,
    ".md": to_markdown,
    ".html": to_html,
}


def refuse(path: Path, endings: Sequence[str], read: Sequence[Path] = ()) -> None:
    """Refuse a file that cannot be written, or that is one of those to be `read`, before the work that it is for.

    Raises ReadError that says what is wrong with it and what to do.
    """
    said = words()["errors"]
    if path.suffix.lower() not in endings:
        listed = " or ".join([", ".join(endings[:-1]), endings[-1]] if len(endings) > 1 else endings)
        raise ReadError(said["ending"].format(path=path, endings=listed))
    try:
        if path.is_dir():
            raise ReadError(said["is-folder"].format(path=path))
        if not path.parent.is_dir():
            raise ReadError(said["folder"].format(path=path, folder=path.parent))
        if path.exists() and any(one.exists() and path.samefile(one) for one in read):
            raise ReadError(said["read"].format(path=path))
        if not os.access(path if path.exists() else path.parent, os.W_OK):
            raise ReadError(said["not-yours"].format(path=path))
    except OSError as error:  # a name that no file can have
        raise ReadError(said["failed"].format(path=path, reason=error.strerror)) from error


def save(document: Document, path: Path) -> None:
    """Write a document as .docx, .md or .html. Raises ReadError where it cannot be."""
    refuse(path, DOCUMENT_ENDINGS)
    _write(path, _WRITERS[path.suffix.lower()](document))


def save_answers(answers: Sequence[Answer], library: Library, path: Path, *, made: date | None = None) -> None:
    """Write an answer, or the turns of a conversation, as .docx, .md, .html or .json."""
    refuse(path, ANSWER_ENDINGS)
    if path.suffix.lower() == ".json":
        _write(path, f"{to_json(conversation_record(answers, library))}\n")
    else:
        save(conversation_document(answers, library, made=made), path)


def save_check(report: Report, library: Library, path: Path, *, made: date | None = None) -> None:
    """Write a report as .docx, .md, .html or .json; as .csv, its risk register."""
    refuse(path, CHECK_ENDINGS)
    _write(path, check_content(report, library, path.suffix.lower(), made=made))


def check_content(report: Report, library: Library, ending: str, *, made: date | None = None) -> bytes:
    """What a file with one of `CHECK_ENDINGS` holds of a report."""
    if ending == ".json":
        record = report_record(report) | {"library_date": library_date(library) or None}
        return f"{to_json(record)}\n".encode()
    if ending == ".csv":
        return register_csv(report, library).encode("utf-8-sig")
    return written(check_document(report, library, made=made), ending)


def written(document: Document, ending: str) -> bytes:
    """A document in the form that one of `DOCUMENT_ENDINGS` names."""
    content = _WRITERS[ending](document)
    return content.encode() if isinstance(content, str) else content


def conversation_record(answers: Sequence[Answer], library: Library) -> dict[str, object]:
    """The turns of a conversation as JSON; each as `ask --json` has it."""
    return {
        "version": __version__,
        "library_date": library_date(library) or None,
        "answers": [answer_record(one) for one in answers],
    }


def _write(path: Path, content: str | bytes) -> None:
    try:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    except OSError as error:
        raise ReadError(words()["errors"]["failed"].format(path=path, reason=error.strerror)) from error
