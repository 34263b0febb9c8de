"""Signing in and out: our own page, which works without script."""

import html
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.accounts import Account, accounts, by_password, by_token
from assistant.settings import Settings
from assistant.templates import template
from ui.access.door import Door
from ui.access.origin import HEALTH
from ui.access.rates import Rate
from ui.access.readers import EVERYONE, Reader, put_reader
from ui.access.refusals import refusal
from ui.access.sessions import WHOLE, Sessions

SIGN_IN, SIGN_OUT = "/sign-in", "/sign-out"
ICON = "/favicon.ico"  # shown on the sign-in page, too
_OPEN = (HEALTH, SIGN_IN, ICON)
TRIES, WITHIN = 5, 300.0
_TRIES_OF_ADDRESS = 50  # over all names, so that one address cannot try a list of them
_MOST_SENT = 8_192

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Desk:
    """What signing in needs: the accounts, who is signed in, and how often somebody has tried."""

    settings: Settings
    door: Door
    sessions: Sessions
    tries: Rate = field(default_factory=lambda: Rate(TRIES, WITHIN))
    tries_of_address: Rate = field(default_factory=lambda: Rate(_TRIES_OF_ADDRESS, WITHIN))

    @property
    def cookie(self) -> str:
        """The name of the cookie; with __Host- a browser takes it only from this host, by https."""
        return "__Host-common-ground" if self.door.is_secure else "common-ground"


def desk(settings: Settings, door: Door) -> Desk:
    """Where readers sign in, with nobody signed in."""

    def find(name: str) -> Account | None:
        return next((one for one in accounts(settings) if one.name == name), None)

    return Desk(settings, door, Sessions(find))


def for_readers(app: ASGIApp, desk: Desk) -> ASGIApp:
    """Let only those through who are signed in, or bring a token; without sign-in, everybody."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        reader = _reader(scope, desk) if desk.door.has_login else EVERYONE
        if reader:
            put_reader(scope, reader)
        if reader or scope["path"] in _OPEN:
            await app(scope, receive, send)
            return
        is_visit = scope["method"] == "GET" and scope["path"] == "/"
        answer = RedirectResponse(SIGN_IN, 303) if is_visit else refusal(401)
        await answer(scope, receive, send)

    return serve


def sign_in_route(desk: Desk) -> Callable[[Request], Any]:
    """The sign-in page, and what it sends."""

    async def respond(request: Request) -> Response:
        if request.method != "POST":
            return _form()
        sent = await _sent(request)
        name, password = sent.get("name", "").strip().lower(), sent.get("password", "")
        address = request.client.host if request.client else ""
        wait = desk.tries_of_address.wait(address) or desk.tries.wait(f"{name[:64]} {address}")
        if wait:
            logger.warning("Too many tries to sign in from one address")
            return _form("throttled", 429, minutes=-(-wait // 60))
        account = await run_in_threadpool(by_password, desk.settings, name, password)
        if account is None:
            return _form("wrong", 401)
        desk.tries.forget(f"{name[:64]} {address}")
        desk.sessions.end(request.cookies.get(desk.cookie, ""))
        answer = RedirectResponse("/", 303)
        _set(answer, desk, desk.sessions.begin(account), int(WHOLE))
        return answer

    return respond


def sign_out_route(desk: Desk) -> Callable[[Request], Any]:
    """Ends the session, and has the browser forget what it kept."""

    async def respond(request: Request) -> Response:
        desk.sessions.end(request.cookies.get(desk.cookie, ""))
        answer = RedirectResponse(SIGN_IN, 303, {"Clear-Site-Data": '"storage"'})
        _set(answer, desk, "", 0)
        return answer

    return respond


def _set(answer: Response, desk: Desk, id_: str, age: int) -> None:
    answer.set_cookie(desk.cookie, id_, age, path="/", secure=desk.door.is_secure, httponly=True, samesite="lax")


def _reader(scope: Scope, desk: Desk) -> Reader | None:
    request = Request(scope)
    kind, _, token = Headers(scope=scope).get("authorization", "").partition(" ")
    if kind.lower() == "bearer" and desk.settings.api:
        account = by_token(desk.settings, token.strip())
    else:
        account = desk.sessions.account(request.cookies.get(desk.cookie, ""))
    return Reader(account.name, account.is_curator) if account else None


async def _sent(request: Request) -> dict[str, str]:
    if int(request.headers.get("content-length", "0")) > _MOST_SENT:
        return {}
    body = (await request.body()).decode("utf-8", "replace")
    try:
        found = parse_qs(body, keep_blank_values=True, max_num_fields=10)
    except ValueError:
        return {}
    return {name: values[0] for name, values in found.items()}


def _form(problem: str = "", status: int = 200, minutes: int = 0) -> Response:
    said = template(f"sign-in/{problem}.txt").format(minutes=minutes) if problem else ""
    shown = template("sign-in/problem.html").replace("{problem}", html.escape(said)) if said else ""
    title = "Not signed in" if problem else "Sign in"
    page = template("sign-in/page.html").replace("{problem}", shown).replace("{title}", title)
    return HTMLResponse(page, status, {"Retry-After": str(minutes * 60)} if minutes else {})
