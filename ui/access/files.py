"""Files that an event names: only what was uploaded here. Gradio would fetch a web address in their place."""

import json
from collections.abc import Iterator
from pathlib import Path

from starlette.types import ASGIApp, Receive, Scope, Send

from ui.access.refusals import refusal
from ui.access.sizes import again, body_of

_NAMING = ("/gradio_api/queue/join", "/gradio_api/call/")


def of_own_files(app: ASGIApp, files: Path) -> ASGIApp:
    """Turn away an event that names a file anywhere else than in the folder of uploads."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "POST" and scope["path"].startswith(_NAMING):
            body = await body_of(receive)
            receive = again(body, receive)
            if not all(_is_inside(path, files) for path in _paths(body)):
                await refusal(400)(scope, receive, send)
                return
        await app(scope, receive, send)

    return serve


def _paths(body: bytes) -> Iterator[object]:
    """Whatever stands as a path, however deep."""
    try:
        left = [json.loads(body)]
    except (ValueError, RecursionError):  # what cannot be read here is not read further on
        return
    while left:
        one = left.pop()
        if isinstance(one, dict):
            left.extend(one.values())
            if "path" in one:
                yield one["path"]
        elif isinstance(one, list):
            left.extend(one)


def _is_inside(path: object, files: Path) -> bool:
    try:
        return isinstance(path, str) and Path(path).resolve().is_relative_to(files.resolve())
    except (OSError, ValueError, RuntimeError):
        return False
