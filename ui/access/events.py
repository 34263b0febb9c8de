"""The events that a page sends: whose they are, and how many."""

import json
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.access.marks import is_costly, is_for_curators
from ui.access.rates import Rate
from ui.access.readers import Reader, reader_of
from ui.access.refusals import refusal
from ui.access.sizes import again, body_of

_MOST_PAGES = 20_000
_JOIN, _CANCEL = "/gradio_api/queue/join", "/gradio_api/cancel"
_DATA, _BEAT = "/gradio_api/queue/data", "/gradio_api/heartbeat/"


def a_minute(most: int) -> Rate:
    """So many a minute."""
    return Rate(most, 60.0)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much each reader may ask for: questions, checks and briefings; and events of any kind."""

    questions: Rate = field(default_factory=lambda: a_minute(15))
    events: Rate = field(default_factory=lambda: a_minute(180))


def counted(app: ASGIApp, limits: Limits, function: Callable[[int], object]) -> ASGIApp:
    """Keep each page's stream to the reader who opened it, and turn away what is too often or not theirs to do.

    `function` gives the page's function by the number that an event names.

    Gradio names a page by an id that the browser chooses; whoever else knew it could read along.
    """
    owners: OrderedDict[str, str] = OrderedDict()

    def is_theirs(page: str, reader: Reader) -> bool:
        owner = owners.setdefault(page, reader.name)
        owners.move_to_end(page)
        if len(owners) > _MOST_PAGES:
            owners.popitem(last=False)
        return owner == reader.name

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith((_JOIN, _CANCEL, _DATA, _BEAT)):
            await app(scope, receive, send)
            return
        sent: dict[str, object] = {}
        reader, page, is_event = reader_of(scope), _page(scope), scope["path"] == _JOIN
        if scope["method"] == "POST":
            body = await body_of(receive)
            receive, sent = again(body, receive), read_event(body)
            page = str(sent.get("session_hash") or "")
        number = sent.get("fn_index")
        # Gradio would take "3" and 3.0 for 3; what is checked here must be what it will do
        if reader is None or not page or len(page) > 64 or (is_event and type(number) is not int):
            await refusal(400)(scope, receive, send)
            return
        if not is_theirs(page, reader):
            await refusal(404)(scope, receive, send)
            return
        answer = refused(function(number), reader, page, limits) if is_event and isinstance(number, int) else None
        await (answer or app)(scope, receive, send)

    return serve


def refused(function: object, reader: Reader, page: str, limits: Limits) -> Response | None:
    """The answer to what is too often, or not theirs to do; None where it may go on."""
    if is_for_curators(function) and not reader.is_curator:
        return refusal(403, why="curator")
    key = reader.name or page  # without sign-in, each page counts as a reader
    wait = limits.events.wait(key) or (limits.questions.wait(key) if is_costly(function) else 0)
    return refusal(429, wait) if wait else None


def read_event(body: bytes) -> dict[str, object]:
    """The object that a body holds; nothing where it holds none."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _page(scope: Scope) -> str:
    if scope["path"].startswith(_BEAT):
        return str(scope["path"].removeprefix(_BEAT))
    return str(parse_qs(scope["query_string"].decode("latin-1")).get("session_hash", [""])[0])
