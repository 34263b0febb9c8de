"""Read any document into headed text, whatever its format."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
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
from assistant.library.read.html import read_html
from assistant.library.read.markdown import read_markdown
from assistant.library.read.pdf import read_pdf
from assistant.library.read.plain import MARKS, decoded, read_plain, tidy
from assistant.library.text import Element, HeadedText, Shape, compose

READABLE = frozenset({".pdf", ".docx", ".html", ".htm", ".md", ".markdown", ".txt"})
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # begins old Office files, and new ones that a password locks
LARGEST = 20 * 1024 * 1024  # bytes; an office document of more is pictures, not text


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read: its record, its text, and the pieces that the text was made of."""

    source: Source
    headed: HeadedText
    elements: tuple[Element, ...]


def read(path: Path) -> Document:
    """Read a PDF, DOCX, HTML, Markdown or plain text file.

    The kind is told by the content first and the name second. Raises ReadError with what to do
    for a file that is missing, too large, empty, encrypted, damaged or of another kind, and
    RecordError for front matter of ours that is not right.
    """
    data = _bytes(path)
    front, body = _front(path, data)
    if front is not None:
        source = record(front, path)
        if source.text is TextKind.DIGEST:
            source, headed = read_digest(path)
            return Document(source, headed, ())
        elements = tuple(read_markdown(body))
    else:
        elements = tuple(_elements(path, data))
        source = _own_record(path, elements)
    headed = compose(elements, source.title)
    if not headed.sections:
        raise ReadError(f"{path.name} holds no text to search. Check that it is the right file.")
    return Document(source, headed, elements)


def _bytes(path: Path) -> bytes:
    if not path.exists():
        raise ReadError(f"There is no file {path}. Check the name and the folder.")
    if not path.is_file():
        raise ReadError(f"{path} holds no file that can be read ({', '.join(sorted(READABLE))}).")
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise ReadError(
                f"{path.name} has {size // 2**20} MB; the most is {LARGEST // 2**20} MB. "
                "Save a smaller copy, without pictures, and add that."
            )
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(f"{path} cannot be opened ({error.strerror}). Check who may read it.") from error
    if not data.strip():
        raise ReadError(f"{path.name} is empty. Check that it is the right file.")
    return data


def _front(path: Path, data: bytes) -> tuple[str | None, str]:
    """Front matter of ours: a Markdown file whose fields include an id and a kind of text."""
    if path.suffix.lower() not in {".md", ".markdown"}:
        return None, ""
    front, body = front_matter(decoded(data, path.name))
    ours = front is not None and "\nid:" in f"\n{front}" and "\ntext:" in f"\n{front}"
    return (front, body) if ours else (None, body)


def _elements(path: Path, data: bytes) -> list[Element]:
    name = path.name
    if data.startswith(b"%PDF-") or b"%PDF-" in data[:1024]:
        return list(read_pdf(data, name))
    if data.startswith(b"PK\x03\x04"):
        return list(read_docx(data, name))
    suffix = path.suffix.lower()
    if refusal := _refusal(data, suffix):
        raise ReadError(f"{name} {refusal}")
    text = decoded(data, name)
    start = text.lstrip()[:200].lower()
    if suffix in {".html", ".htm", ".xhtml"} or start.startswith(("<!doctype html", "<html")):
        return list(read_html(text))
    reader = _TEXT_READERS.get(suffix, read_plain)
    return list(reader(text))


def _refusal(data: bytes, suffix: str) -> str:
    """Why a file that is neither PDF nor Word cannot be read; empty where it may be text."""
    if suffix != ".doc" and data.startswith(_OLE):
        return "is locked by a password, or old. Open it and save it as .docx, without a password."
    if data.startswith(b"{\\rtf"):
        return "is in Rich Text Format. Save it as Word (.docx), PDF or plain text."
    if b"\0" in data[:4096] and not data.startswith(tuple(MARKS)) and suffix not in _REFUSALS:
        return "is not a document that can be read. Save it as PDF, Word (.docx), HTML, Markdown or plain text."
    return _REFUSALS.get(suffix, "")


_TEXT_READERS: Mapping[str, Callable[[str], list[Element]]] = {
    ".md": read_markdown,
    ".markdown": read_markdown,
}
_REFUSALS: Mapping[str, str] = {
    ".pdf": "is called a PDF and is not one. Open it in the program it came from and save it as PDF.",
    ".docx": "is called a Word document and is not one. Open it in Word and save it as .docx again.",
    ".doc": "is in the old Word format. Open it in Word and save it as .docx.",
    ".csv": "is a table of data. Put what it says into a document and add that.",
}


def _own_record(path: Path, elements: tuple[Element, ...]) -> Source:
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
