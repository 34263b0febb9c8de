"""The headers of every response: nothing but this page may be loaded, framed, sent to or kept."""

import gzip
import re
import secrets

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

KEPT = ("/assets/", "/static/", "/own/")  # the page's own scripts and styles, the same for everybody
_FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}
# Gradio makes functions of text in the browser ('unsafe-eval') and writes styles into the page. Inline
# script needs the nonce of its own response, so that what an answer or a document holds never runs.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-eval'{nonce}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; media-src 'self'; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-src 'none'; frame-ancestors 'none'"
)
_SCRIPT = re.compile(rb"<script(?=[\s>])")
_CALLING_CARD = re.compile(rb"\s*<meta\s+(?:property|name)=\"(?:og|twitter):[^>]*>")


def policy(nonce: str = "") -> str:
    """The content security policy; inline script runs only with the nonce."""
    return _POLICY.format(nonce=f" 'nonce-{nonce}'" if nonce else "")


def with_headers(app: ASGIApp, *, is_secure: bool) -> ASGIApp:
    """Put our headers on every response, and take away those that would let other sites read it."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return

        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                _head(MutableHeaders(scope=message), scope["path"], message["status"], is_secure=is_secure)
            await send(message)

        await app(scope, receive, headed)

    return serve


def _head(headers: MutableHeaders, path: str, status: int, *, is_secure: bool) -> None:
    for name in [name for name in headers if name.startswith("access-control-") or name == "server"]:
        del headers[name]
    for name, value in _FIXED.items():
        headers[name] = value
    if "Content-Security-Policy" not in headers:
        headers["Content-Security-Policy"] = policy() + ("; sandbox" if "/file=" in path else "")
    is_kept = status in (200, 304) and path.startswith(KEPT)
    headers["Cache-Control"] = "private, max-age=3600" if is_kept else "no-store"
    if is_secure:
        headers["Strict-Transport-Security"] = "max-age=31536000"


def with_nonce(app: ASGIApp) -> ASGIApp:
    """Give the page's own inline scripts a nonce; a page is small enough to be held whole."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != "/":
            await app(scope, receive, send)
            return
        zips = "gzip" in Headers(scope=scope).get("accept-encoding", "")
        plain = [one for one in scope["headers"] if one[0] != b"accept-encoding"]
        start: Message = {}
        body = bytearray()

        async def collected(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            body.extend(message.get("body", b""))
            if message["type"] == "http.response.body" and not message.get("more_body"):
                await _send_page(start, bytes(body), send, zips=zips)

        await app({**scope, "headers": plain}, receive, collected)

    return serve


async def _send_page(start: Message, page: bytes, send: Send, *, zips: bool) -> None:
    headers = MutableHeaders(scope=start)
    if start["status"] == 200 and headers.get("content-type", "").startswith("text/html"):
        nonce = secrets.token_urlsafe(16)
        page = _SCRIPT.sub(f'<script nonce="{nonce}"'.encode(), _CALLING_CARD.sub(b"", page))
        headers["Content-Security-Policy"] = policy(nonce)
        if zips:
            page = gzip.compress(page, 6)
            headers["Content-Encoding"] = "gzip"
        headers["Content-Length"] = str(len(page))
    await send(start)
    await send({"type": "http.response.body", "body": page})
