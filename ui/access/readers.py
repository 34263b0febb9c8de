"""Who is asking, as the page's functions see it."""

from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.errors import AccountError

if TYPE_CHECKING:
    import gradio as gr

_KEY = "common_ground.reader"


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody whose request was let in; without sign-in there is one, who may do everything."""

    name: str
    is_curator: bool


EVERYONE = Reader("", True)


def put_reader(scope: MutableMapping[str, Any], reader: Reader) -> None:
    """Note on a request who sent it; only what checks a session or a token may call this."""
    scope[_KEY] = reader


def reader_of(scope: MutableMapping[str, Any]) -> Reader | None:
    """Who sent a request, if it was let in."""
    found = scope.get(_KEY)
    return found if isinstance(found, Reader) else None


def is_curator(request: "gr.Request | None") -> bool:
    """Whether the reader may change the library and read the gap log; nobody may whom we do not know."""
    asked = getattr(request, "request", None)
    reader = reader_of(asked.scope) if asked is not None else None
    return bool(reader and reader.is_curator)


def require_curator(request: "gr.Request | None") -> None:
    """Raise AccountError where the reader is no curator."""
    if not is_curator(request):
        raise AccountError("Only a curator may do this. Ask whoever looks after this installation.")
