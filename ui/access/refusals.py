"""What is said when a request is turned away or fails: our own words and a code, never a path or a stack."""

import logging
import secrets
from functools import cache

import yaml
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.templates import template

logger = logging.getLogger(__name__)


def refusal(status: int, wait: int = 0, *, why: str = "") -> Response:
    """An answer to a request that is turned away, with a code that also stands in the log.

    `why` names words for a reason of its own; else they go by the status.
    """
    number = code()
    logger.info("Turned away with %s (code %s)", status, number)
    headers = {"Retry-After": str(wait)} if wait else {}
    return JSONResponse({"detail": said(why or status, number, wait), "code": number}, status, headers)


def code() -> str:
    """A new code, for what a reader sees and for the log."""
    return secrets.token_hex(4)


def said(reason: int | str, code: str, wait: int = 0) -> str:
    """The words for a reason."""
    words = _words()
    return words.get(reason, words[500]).format(code=code, wait=wait)


def in_our_words(app: ASGIApp) -> ASGIApp:
    """Replace whatever the page's own server says about an error."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        begun = replaced = False

        async def checked(message: Message) -> None:
            nonlocal begun, replaced
            if message["type"] == "http.response.start":
                begun, replaced = True, message["status"] >= 400
                if replaced:
                    await refusal(message["status"])(scope, receive, send)
            if not replaced:
                await send(message)

        try:
            await app(scope, receive, checked)
        except Exception as error:
            if isinstance(error, ExceptionGroup):
                error = error.exceptions[0]
            logger.error("A request failed: %s", type(error).__name__)
            if not begun:
                await refusal(500)(scope, receive, send)

    return serve


@cache
def _words() -> dict[int | str, str]:
    found: dict[int | str, str] = yaml.safe_load(template("refusals.yaml"))
    return found
