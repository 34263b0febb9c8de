"""A document as bytes between the process that reads it and the one that asked: JSON, which can do nothing."""

from functools import cache

from pydantic import TypeAdapter

from assistant.library.read.parse import Document


@cache
def _form() -> TypeAdapter[Document]:
    return TypeAdapter(Document)


def written(document: Document) -> bytes:
    """The document as JSON."""
    return _form().dump_json(document)


def document(data: bytes) -> Document:
    """The document that was written. Raises ValueError for anything else."""
    return _form().validate_json(data)
