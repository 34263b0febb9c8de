"""How much one request may bring."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.access.refusals import refusal

FILE = 20 * 1024 * 1024
_FORM = 64 * 1024  # what a browser writes around a file
_EVENT = 2 * 1024 * 1024  # a draft that was pasted
UPLOAD = "/gradio_api/upload"


def of_bounded_size(app: ASGIApp) -> ASGIApp:
    """Turn away a request that brings too much, or does not say how much, before any of it is read."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "POST":
            length = Headers(scope=scope).get("content-length", "")
            most = FILE + _FORM if scope["path"] == UPLOAD else _EVENT
            if not length.isascii() or not length.isdigit() or int(length) > most:
                await refusal(413)(scope, receive, send)
                return
        await app(scope, receive, send)

    return serve


async def body_of(receive: Receive) -> bytes:
    """The whole body of a request whose size was checked."""
    body = bytearray()
    while True:
        message = await receive()
        body.extend(message.get("body", b""))
        if message["type"] == "http.disconnect" or not message.get("more_body"):
            return bytes(body)


def again(body: bytes, receive: Receive) -> Receive:
    """A body that was read already, to be read once more; then what comes after it."""
    is_read = False

    async def replay() -> dict[str, object]:
        nonlocal is_read
        if is_read:
            return dict(await receive())
        is_read = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
