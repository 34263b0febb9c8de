"""Downloading the original of a shipped source to the reader's own data folder.

Only the addresses in shipped records are fetched, only from public hosts, only where the site's
robots.txt allows it, and only so much and for so long.
"""

import ipaddress
import socket
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import httpx

from assistant import __version__
from assistant.errors import ReadError
from assistant.library.holdings import Holding, Library, add_original
from assistant.settings import Settings

AGENT = f"CommonGround/{__version__}"
LARGEST = 10 * 1024 * 1024  # bytes
LONGEST = 30.0  # seconds for one page, all in all
_REDIRECTS = 5
_KINDS = {"text/html": ".html", "application/xhtml+xml": ".html", "application/pdf": ".pdf", "text/plain": ".txt"}


def fetch(settings: Settings, library: Library, id_: str, is_allowed: Callable[[str], bool] | None = None) -> Holding:
    """Download the original of a source from the address in its record, and keep it in its digest's place.

    `is_allowed` says whether a host may be asked; by default a public one may. Raises ReadError that
    says why it cannot be had: no address, refused by robots.txt, not found, behind a sign-in, too
    large, too slow, or not the text that the digest is of.
    """
    source = library[id_].source
    if not source.url:
        raise ReadError(
            f"{id_}: its record has no web address. If you have the original, add it: common-ground add FILE"
        )
    deadline = time.monotonic() + LONGEST
    with httpx.Client(headers={"User-Agent": AGENT}, timeout=LONGEST / 3, follow_redirects=False) as client:
        data, kind = _page(client, source.url, id_, deadline, is_allowed or is_public)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{id_}{kind}"
        path.write_bytes(data)
        return add_original(settings, path, id_)


def is_public(host: str) -> bool:
    """Whether every address of a host is a public one, so that nothing inside a network is asked."""
    try:
        found = socket.getaddrinfo(host, None)
    except OSError:
        return False
    return bool(found) and all(ipaddress.ip_address(str(one[4][0]).split("%")[0]).is_global for one in found)


def _page(
    client: httpx.Client, url: str, id_: str, deadline: float, is_allowed: Callable[[str], bool]
) -> tuple[bytes, str]:
    """The content of the page and the ending that fits it, after any redirects."""
    for _ in range(_REDIRECTS + 1):
        host = urlsplit(url).hostname or ""
        if urlsplit(url).scheme not in {"http", "https"} or not is_allowed(host):
            raise ReadError(f"{id_}: {host or url} cannot be reached, or is not a public address. Try again later.")
        if not _robots_allow(client, url):
            raise ReadError(
                f"{id_}: {host} asks programs not to fetch this page. Open it in a browser, save it, and add it."
            )
        try:
            with client.stream("GET", url) as response:
                if response.is_redirect:
                    url = urljoin(url, response.headers.get("location", ""))
                    continue
                return _content(response, id_, deadline)
        except httpx.HTTPError as error:
            raise ReadError(f"{id_}: {host} did not answer ({type(error).__name__}). Try again later.") from error
    raise ReadError(f"{id_}: the address leads in a circle. Look for the page in a browser, save it, and add it.")


def _robots_allow(client: httpx.Client, url: str) -> bool:
    """Whether robots.txt allows the page; a site without one allows everything (RFC 9309)."""
    parts = urlsplit(url)
    try:
        response = client.get(f"{parts.scheme}://{parts.netloc}/robots.txt")
    except httpx.HTTPError:
        return True  # the page itself will tell that the site does not answer
    if response.status_code in {401, 403}:
        return False
    rules = RobotFileParser()
    rules.parse(response.text.splitlines() if response.is_success else [])
    return rules.can_fetch(AGENT, url)


def _content(response: httpx.Response, id_: str, deadline: float) -> tuple[bytes, str]:
    if response.status_code in {401, 402, 403}:
        raise ReadError(f"{id_}: the page is behind a sign-in or a paywall. If you may read it, save it and add it.")
    if not response.is_success:
        raise ReadError(
            f"{id_}: the site says {response.status_code}. The page may have moved; look for it in a browser."
        )
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in _KINDS:
        raise ReadError(f"{id_}: the address gives {kind or 'something unknown'}, not a page or a PDF.")
    pieces, size = [], 0
    for piece in response.iter_bytes():
        pieces.append(piece)
        size += len(piece)
        if size > LARGEST:
            raise ReadError(f"{id_}: the page has more than {LARGEST // 2**20} MB, and was not kept.")
        if time.monotonic() > deadline:
            raise ReadError(f"{id_}: the page took more than {LONGEST:.0f} seconds. Try again later.")
    return b"".join(pieces), _KINDS[kind]
