"""From the content of a file to headed text, whatever its format; in the process that asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.errors import ReadError
from assistant.library.catalogue import (
    Kind,
    Nation,
    Source,
    TextKind,
    front_matter,
    record,
    slug,
)
from assistant.library.digest import read_digest
from assistant.library.read.docx import read_docx
from assistant.library.read.hidden import Reading, hidden_in_markdown, invisible_in
from assistant.library.read.html import read_html
from assistant.library.read.markdown import read_markdown
from assistant.library.read.pdf import read_pdf
from assistant.library.read.plain import MARKS, decoded, read_plain, tidy
from assistant.library.text import Element, HeadedText, Shape, compose

READABLE = frozenset({".pdf", ".docx", ".html", ".htm", ".md", ".markdown", ".txt"})
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # begins old Office files, and new ones that a password locks
_MARKDOWN = frozenset({".md", ".markdown"})
MOST_CHARACTERS = 3_000_000  # of what is kept of a document; 500 full pages have 1,500,000
MOST_PIECES = 50_000  # paragraphs, items and rows
MOST_UNPARSED = 10_000_000  # characters of a text or a web page before anything is taken out
LONGEST_LINE = 2_000_000  # characters; web pages are often one line
LARGEST = 20 * 1024 * 1024  # bytes; an office document of more is pictures, not text


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read: its record, its text, the pieces that the text was made of.

    `hidden` says how often which kind of text was left out because nobody sees it.
    """

    source: Source
    headed: HeadedText
    elements: tuple[Element, ...]
    hidden: Mapping[str, int] = field(default_factory=dict)


def parse(path: Path) -> Document:
    """Read a PDF, DOCX, HTML, Markdown or plain text file, in this process.

    The kind is told by the content first and the name second. Raises ReadError with what to do
    for a file that is too large, encrypted, damaged, too long or of another kind, and RecordError for
    front matter of ours that is not right.
    """
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST or not data.strip():
        raise ReadError(f"{path.name} has changed while it was read. Add it again.")
    front, body = _front(path, data)
    if front is not None:
        source = record(front, path)
        if source.text is TextKind.DIGEST:
            source, headed = read_digest(path)
            return Document(source, headed, ())
        reading = Reading(tuple(read_markdown(body)), hidden_in_markdown(body))
    else:
        reading = _reading(path, data)
        source = _own_record(path, reading.elements)
    _check_length(reading, path.name)
    headed = compose(reading.elements, source.title)
    if not headed.sections:
        raise ReadError(f"{path.name} holds no text to search. Check that it is the right file.")
    return Document(source, headed, reading.elements, dict(reading.hidden))


def _check_length(reading: Reading, name: str) -> None:
    length = sum(len(one.text) for one in reading.elements)
    if length > MOST_CHARACTERS or len(reading.elements) > MOST_PIECES:
        raise ReadError(
            f"{name} holds {length:,} characters in {len(reading.elements):,} paragraphs and rows; the most is "
            f"{MOST_CHARACTERS:,} in {MOST_PIECES:,}. Save the part you need as a file of its own."
        )


def _front(path: Path, data: bytes) -> tuple[str | None, str]:
    """Front matter of ours: a Markdown file whose fields include an id and a kind of text."""
    if path.suffix.lower() not in _MARKDOWN or _is_pdf(data) or _is_zip(data):
        return None, ""
    front, body = front_matter(decoded(data, path.name))
    ours = front is not None and "\nid:" in f"\n{front}" and "\ntext:" in f"\n{front}"
    return (front, body) if ours else (None, body)


def _reading(path: Path, data: bytes) -> Reading:
    name = path.name
    if _is_pdf(data):
        return read_pdf(data, name)
    if _is_zip(data):
        return read_docx(data, name)
    suffix = path.suffix.lower()
    if refusal := _refusal(data, suffix):
        raise ReadError(f"{name} {refusal}")
    text = decoded(data, name)
    _check_lines(text, name)
    start = text.lstrip()[:200].lower()
    if suffix in {".html", ".htm", ".xhtml"} or start.startswith(("<!doctype html", "<html", "<?xml")):
        return read_html(text)
    if suffix in _MARKDOWN:
        return Reading(tuple(read_markdown(text)), hidden_in_markdown(text))
    return Reading(tuple(read_plain(text)), invisible_in(text))


def _is_pdf(data: bytes) -> bool:
    return b"%PDF-" in data[:1024]


def _is_zip(data: bytes) -> bool:
    return data.startswith(b"PK\x03\x04")


def _check_lines(text: str, name: str) -> None:
    """A line of a megabyte is data, and takes the readers of text minutes."""
    longest = max(map(len, text.splitlines()), default=0)
    if len(text) > MOST_UNPARSED or longest > LONGEST_LINE:
        raise ReadError(
            f"{name} has {len(text):,} characters, {longest:,} in one line; the most is {MOST_UNPARSED:,} and "
            f"{LONGEST_LINE:,}. Save the part you need as a file of its own."
        )


def _refusal(data: bytes, suffix: str) -> str:
    """Why a file that is neither PDF nor Word cannot be read; empty where it may be text."""
    if suffix != ".doc" and data.startswith(_OLE):
        return "is locked by a password, or old. Open it and save it as .docx, without a password."
    if data.startswith(b"{\\rtf"):
        return "is in Rich Text Format. Save it as Word (.docx), PDF or plain text."
    if b"\0" in data[:4096] and not data.startswith(tuple(MARKS)) and suffix not in _REFUSALS:
        return "is not a document that can be read. Save it as PDF, Word (.docx), HTML, Markdown or plain text."
    return _REFUSALS.get(suffix, "")


_REFUSALS: Mapping[str, str] = {
    ".pdf": "is called a PDF and is not one. Open it in the program it came from and save it as PDF.",
    ".docx": "is called a Word document and is not one. Open it in Word and save it as .docx again.",
    ".doc": "is in the old Word format. Open it in Word and save it as .docx.",
    ".csv": "is a table of data. Put what it says into a document and add that.",
}


def _own_record(path: Path, elements: Sequence[Element]) -> Source:
    """The record of a reader's own file, which says only what the file itself shows."""
    id_ = slug(path.stem, "document")
    first = next((one.text for one in elements if one.shape is Shape.HEADING and one.text), "")
    return Source(
        id=id_,
        title=first or tidy(path.stem.replace("-", " ").replace("_", " ")) or id_,
        kind=Kind.ARTICLE,
        nations=(Nation.UK,),
        text=TextKind.ORIGINAL,
        nations_note="Not known: the file is a reader's own.",
        licence="Not known: the file is a reader's own.",
    )
