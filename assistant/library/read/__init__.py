"""Reading documents of a reader's own: one module a format, one function for all of them."""

from assistant.library.read.document import Document, read

__all__ = ["Document", "read"]
