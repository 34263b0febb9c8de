"""Fetching originals from a web server of our own, which has everything that can go wrong."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from assistant.errors import ReadError
from assistant.library import fetch as fetching
from assistant.library.catalogue import TextKind
from assistant.library.fetch import fetch, is_public
from assistant.library.holdings import Holding, Library, open_library
from assistant.settings import Settings

ID = "capita-four-lessons"


def original(holding: Holding) -> str:
    """A page with the sections of a digest, in words that are nobody's."""
    pieces = []
    for section in holding.headed.sections:
        if not section.opens:
            pieces.append(f"<h2>{section.heading}</h2>")
        start = section.opens or "This part"
        pieces.append(f"<p>{start} and then quite some more words of ours, so that it is a paragraph.</p>")
    return f"<html><body><article><h1>{holding.source.title}</h1>{''.join(pieces)}</article></body></html>"


class _Pages(BaseHTTPRequestHandler):
    article = ""
    robots = ""

    def do_GET(self) -> None:
        name = self.path.strip("/")
        if name == "robots.txt":
            self._give(200 if self.robots else 404, self.robots, "text/plain")
        elif name == "round":
            self._give(302, "", "text/html", {"Location": "/round"})
        elif name == "moved":
            self._give(301, "", "text/html", {"Location": "/article"})
        elif name == "away":
            self._give(302, "", "text/html", {"Location": "http://10.1.2.3/article"})
        elif name == "huge":
            self._give(200, "<p>words</p>" * 1_000_000, "text/html")
        elif name == "slow":
            self._give(200, self.article, "text/html", pause=1.5)
        elif name == "picture":
            self._give(200, "GIF89a", "image/gif")
        elif name == "paywall":
            self._give(
                200, "<html><body><p>Subscribe to read this article in full today.</p></body></html>", "text/html"
            )
        elif name == "members":
            self._give(403, "no", "text/html")
        elif name == "article":
            self._give(200, self.article, "text/html; charset=utf-8")
        else:
            self._give(404, "gone", "text/html")

    def _give(self, status: int, text: str, kind: str, headers: dict[str, str] | None = None, pause: float = 0) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        try:
            self.wfile.write(body[:10])
            time.sleep(pause)
            self.wfile.write(body[10:])
        except OSError:
            pass  # the reader has had enough

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[type[_Pages]]:
    class Pages(_Pages):
        address = ""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    Pages.address = f"http://127.0.0.1:{server.server_address[1]}"  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Pages
    server.shutdown()
    server.server_close()
    thread.join()


def library(home: Settings, site: type[_Pages], page: str) -> Library:
    """The shipped library, with the address of one source on our own server."""
    held = open_library(home)
    site.article = original(held[ID])
    source = held[ID].source.model_copy(update={"url": f"{site.address}/{page}"})  # type: ignore[attr-defined]
    return Library({**held.holdings, ID: Holding(source, held[ID].headed, held[ID].origin)})


def fetched(home: Settings, site: type[_Pages], page: str) -> Holding:
    return fetch(home, library(home, site, page), ID, is_allowed=lambda host: host == "127.0.0.1")


@pytest.mark.parametrize("page", ["article", "moved"])
def test_an_original_takes_the_place_of_its_digest(home: Settings, site: type[_Pages], page: str) -> None:
    holding = fetched(home, site, page)
    assert holding.source.id == ID
    held = open_library(home)[ID]
    assert held.source.text is TextKind.ORIGINAL
    assert "some more words of ours" in held.headed.text


@pytest.mark.parametrize(
    ("page", "says"),
    [
        ("nothing-here", "404"),
        ("round", "circle"),
        ("away", "not a public address"),
        ("huge", "MB"),
        ("picture", "image/gif"),
        ("paywall", "behind a sign-in"),
        ("members", "sign-in or a paywall"),
    ],
)
def test_what_cannot_be_had_is_said_and_changes_nothing(
    home: Settings, site: type[_Pages], page: str, says: str
) -> None:
    with pytest.raises(ReadError, match=says):
        fetched(home, site, page)
    assert open_library(home)[ID].source.text is TextKind.DIGEST


def test_a_site_that_asks_programs_to_stay_away_is_left_alone(home: Settings, site: type[_Pages]) -> None:
    site.robots = "User-agent: *\nDisallow: /"
    with pytest.raises(ReadError, match="asks programs not to"):
        fetched(home, site, "article")


def test_a_robots_file_about_other_pages_does_not_matter(home: Settings, site: type[_Pages]) -> None:
    site.robots = "User-agent: *\nDisallow: /private/"
    assert fetched(home, site, "article").source.id == ID


def test_a_page_that_takes_too_long_is_given_up(
    home: Settings, site: type[_Pages], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "LONGEST", 1.0)
    with pytest.raises(ReadError, match=r"did not answer|seconds"):
        fetched(home, site, "slow")


def test_a_source_without_an_address_is_not_looked_for(home: Settings) -> None:
    with pytest.raises(ReadError, match="no web address"):
        fetch(home, open_library(home), "bettal-seven-steps")


@pytest.mark.parametrize("host", ["127.0.0.1", "10.0.0.1", "192.168.1.1", "169.254.169.254", "::1", "localhost"])
def test_an_address_inside_a_network_is_not_public(host: str) -> None:
    assert not is_public(host)
