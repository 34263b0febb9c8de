"""Where a request comes from: through the door, by our own name, and from our own page."""

import ipaddress

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.access.door import Door, is_loopback
from ui.access.refusals import refusal

HEALTH = "/health"
_SAFE = ("GET", "HEAD")
_FORWARDED = (
    "forwarded",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-forwarded-prefix",
    "x-real-ip",
)
_NAMES = ("localhost", "127.0.0.1", "::1")


def from_the_page(app: ASGIApp, door: Door) -> ASGIApp:
    """Turn away what goes round the proxy, is meant for another host, or was sent by another site.

    A page elsewhere whose name is made to lead here would come with that name as Host (rebinding).
    """

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await app(scope, receive, send)
            return
        if scope["type"] != "http":  # the page needs no web sockets
            return
        status = _behind(scope, door) or _misdirected(scope, door) or _foreign(scope)
        await (refusal(status) if status else app)(scope, receive, send)

    return serve


def _behind(scope: Scope, door: Door) -> int:
    """Take what the proxy says for the truth, and from nobody else."""
    headers = MutableHeaders(scope=scope)
    peer = (scope.get("client") or ("", 0))[0]
    if door.public and scope["path"] != HEALTH:
        if peer not in door.proxies:
            return 403
        scope["client"] = (_forwarded(headers.get("x-forwarded-for", ""), peer), 0)
        scope["scheme"], _, headers["host"] = door.public.partition("://")
    for name in _FORWARDED:
        del headers[name]
    return 0


def _forwarded(given: str, peer: str) -> str:
    """The address that the proxy itself saw, which stands last; those before it are anybody's word."""
    last = given.rsplit(",", 1)[-1].strip()
    try:
        return str(ipaddress.ip_address(last))
    except ValueError:
        return peer


def _misdirected(scope: Scope, door: Door) -> int:
    """Behind a proxy Host was set above; with a certificate the browser has compared the name with it."""
    if door.public or door.tls or scope["path"] == HEALTH:
        return 0
    host = _host(Headers(scope=scope).get("host", ""))
    return 0 if host in (*_NAMES, door.host) and (is_loopback(host) or not is_loopback(door.host)) else 421


def _foreign(scope: Scope) -> int:
    headers = Headers(scope=scope)
    method, site, origin = scope["method"], headers.get("sec-fetch-site"), headers.get("origin")
    if method not in (*_SAFE, "POST"):
        return 405
    own = f"{scope['scheme']}://{headers.get('host', '')}"
    # A form on a page without referrers comes with the origin 'null'; the browser's own word then tells.
    if origin is not None and origin != own and not (origin == "null" and site == "same-origin"):
        return 403
    is_visit = method in _SAFE and headers.get("sec-fetch-mode") == "navigate"
    return 403 if site in ("cross-site", "same-site") and not is_visit else 0


def _host(given: str) -> str:
    """The name in a Host header, without the port."""
    if given.startswith("["):
        return given[1:].partition("]")[0]
    return given.partition(":")[0].lower()
