"""What other programs send: only what is open to them, and no more often than readers may ask."""

import inspect
from collections.abc import Callable, Mapping
from typing import Any

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.access.events import Limits, read_event, refused
from ui.access.readers import Reader, reader_of
from ui.access.refusals import refusal
from ui.access.sizes import again, body_of

_CALL, _BY_NAME = "/gradio_api/call/", "v2/"
Acts = Mapping[str, Callable[..., Any]]


def of_endpoints(app: ASGIApp, limits: Limits, acts: Acts) -> ASGIApp:
    """Let through calls of the endpoints that are open, and none of the page's own functions."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(_CALL):
            await app(scope, receive, send)
            return
        act = acts.get(scope["path"].removeprefix(_CALL).removeprefix(_BY_NAME).partition("/")[0])
        reader, answer = reader_of(scope), None
        if act is None or reader is None:
            answer = refusal(404)
        elif scope["method"] == "POST":
            body = await body_of(receive)
            receive = again(body, receive)
            answer = _unfit(scope["path"], read_event(body), act)
            answer = answer or refused(act, reader, _key(scope, reader), limits)
        await (answer or app)(scope, receive, send)

    return serve


def of_tools(app: ASGIApp, limits: Limits, acts: Acts) -> ASGIApp:
    """Let through MCP messages, one a request; there is no stream to listen to between them."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        reader = reader_of(scope)
        if scope["method"] != "POST" or reader is None:
            await refusal(405)(scope, receive, send)
            return
        body = await body_of(receive)
        message = read_event(body)
        if not message:
            await refusal(400, why="program")(scope, receive, send)
            return
        answer = refused(_called(message, acts), reader, _key(scope, reader), limits)
        await (answer or app)(scope, again(body, receive), send)

    return serve


def _called(message: Mapping[str, Any], acts: Acts) -> object:
    params = message.get("params")
    name = params.get("name") if isinstance(params, dict) and message.get("method") == "tools/call" else None
    return acts.get(name) if isinstance(name, str) else None


def _unfit(path: str, sent: Mapping[str, Any], act: object) -> Response | None:
    """The answer to a call with parameters that are not there, or for a page, whose reader would get to see it."""
    has_names = path.startswith(_CALL + _BY_NAME)
    known = set(inspect.signature(act).parameters) if has_names and callable(act) else {"data"}
    return None if set(sent) <= known else refusal(400, why="program")


def _key(scope: Scope, reader: Reader) -> str:
    """Whose calls are counted together: an account's, or without sign-in an address's."""
    return reader.name or f"program {(scope.get('client') or ('', 0))[0]}"
