"""C2 and C5: every route of the page, walked; C7: no file; D12: no path."""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

import gradio as gr
import pytest
from gradio.routes import App
from hypothesis import given, settings
from hypothesis import strategies as st
from small_page import ASKED, CHANGED, small_page
from starlette.testclient import TestClient

from access.conftest import HERE, Client, sign_in
from assistant.settings import Settings
from ui.access.door import Door
from ui.access.failures import hide_failures

DOOR = Door("127.0.0.1", 7860)
WANTED = {"x-content-type-options": "nosniff", "referrer-policy": "no-referrer", "x-frame-options": "DENY"}
DIRECTIVES = (
    "default-src 'self'",
    "img-src 'self' data:",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "connect-src 'self'",
)
STREAMS = ("heartbeat", "queue/data")  # they do not end; a real server is asked for them in the journeys
OPEN = {"/health", "/sign-in", "/favicon.ico"}


def routes() -> Iterator[tuple[str, str]]:
    """Every method and path that our server and Gradio's know."""

    async def made() -> App:
        return App.create_app(small_page())

    found = asyncio.run(made()).routes
    inner = [one for route in found for one in getattr(getattr(route, "original_router", None), "routes", ())]
    for one in (*found, *inner):
        for method in sorted(getattr(one, "methods", None) or ["GET"]):
            yield method, re.sub(r"\{[^}]*\}", "x", getattr(one, "path", "/"))
    for path in ("/health", "/sign-in", "/own/page.css", "/own/"):
        yield "GET", path
    yield "POST", "/sign-in"
    yield "POST", "/sign-out"


def walked(client: TestClient) -> Iterator[Any]:
    known = {(method, path) for method, path in routes()}
    assert len(known) > 60, "the route table was not found"
    for method, path in sorted(known):
        if not any(one in path for one in STREAMS):
            yield client.request(method, path, **({"json": {}} if method == "POST" else {}))


def test_C2_every_route_is_closed_to_who_is_not_signed_in(client: Client, guarded: Settings) -> None:
    asked = client(door=replace(DOOR, has_login=True), settings=guarded)
    answers = list(walked(asked))
    let_in = {one.request.url.path for one in answers if one.status_code == 200}
    assert let_in == OPEN
    assert {one.status_code for one in answers} <= {200, 303, 401, 405}


def test_C2_gradios_own_streams_are_closed_too(client: Client, guarded: Settings) -> None:
    asked = client(door=replace(DOOR, has_login=True), settings=guarded)
    for path in ("heartbeat/x", "queue/data?session_hash=x", "queue/status", "upload_progress?upload_id=x"):
        assert asked.get(f"/gradio_api/{path}").status_code == 401


def test_C2_the_page_leads_who_is_not_signed_in_to_where_they_can(client: Client, guarded: Settings) -> None:
    asked = client(door=replace(DOOR, has_login=True), settings=guarded).get("/")
    assert (asked.status_code, asked.headers["location"]) == (303, "/sign-in")


def assert_headed(answer: Any) -> None:
    headers = answer.headers
    assert {name: headers.get(name) for name in WANTED} == WANTED, answer.request.url
    policy = headers["content-security-policy"]
    assert [one for one in DIRECTIVES if one not in policy] == []
    assert not re.search(r"https?:|\*", policy)
    assert "permissions-policy" in headers
    assert [name for name in headers if name.startswith("access-control-") or name == "server"] == []


def test_C5_every_response_has_the_headers(visitor: TestClient) -> None:
    for answer in walked(visitor):
        assert_headed(answer)


def test_C5_so_has_every_response_to_who_is_not_signed_in(client: Client, guarded: Settings) -> None:
    for answer in walked(client(door=replace(DOOR, has_login=True), settings=guarded)):
        assert_headed(answer)


@pytest.mark.parametrize(
    "options",
    [
        {"url": "/", "headers": {"host": "evil.example"}},
        {"url": "/gradio_api/queue/join", "method": "POST", "headers": {"origin": "https://evil.example"}},
        {"url": "/", "method": "TRACE"},
        {"url": "/", "method": "OPTIONS", "headers": {"origin": HERE, "access-control-request-method": "POST"}},
        {"url": "/nowhere"},
        {"url": "/gradio_api/queue/join", "method": "POST", "content": b"{"},
    ],
)
def test_C5_so_has_every_refusal(visitor: TestClient, options: dict[str, Any]) -> None:
    answer = visitor.request(**({"method": "GET"} | options))
    assert answer.status_code >= 400
    assert_headed(answer)


def test_C5_inline_script_runs_with_the_nonce_of_its_own_response_alone(visitor: TestClient) -> None:
    pages = [visitor.get("/") for _ in range(2)]
    nonces = [re.search(r"'nonce-([^']+)'", one.headers["content-security-policy"]) for one in pages]
    assert nonces[0] is not None
    assert nonces[1] is not None
    assert nonces[0][1] != nonces[1][1]
    assert "<script>" not in pages[0].text
    assert f'<script nonce="{nonces[0][1]}"' in pages[0].text
    assert "script-src 'self' 'unsafe-inline'" not in pages[0].headers["content-security-policy"]


def test_C5_the_page_names_no_other_host_for_a_browser_to_ask(visitor: TestClient) -> None:
    page = visitor.get("/").text
    assert re.findall(r"<(?:script|link|img|iframe|meta)[^>]+(?:src|href|content)=[\"']https?://[^\"']+", page) == []


def test_D7_nothing_that_holds_content_may_be_kept(visitor: TestClient) -> None:
    for path in ("/", "/config", "/sign-in", "/gradio_api/queue/status", "/nowhere"):
        assert visitor.get(path).headers["cache-control"] == "no-store"


def test_a_secure_page_asks_to_be_asked_by_https_alone(client: Client) -> None:
    answer = client(door=replace(DOOR, public=HERE.replace("http", "https"), proxies=("testclient",))).get("/health")
    assert "max-age=31536000" in answer.headers["strict-transport-security"]


# C7

KNOWN = [
    "../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/etc/passwd",
    "....//....//etc/passwd",
    "..\\..\\windows\\win.ini",
    "/etc/passwd",
    "//etc/passwd",
    "file:///etc/passwd",
    "http://127.0.0.1:22/",
    "https://evil.example/x",
    "C:\\Windows\\win.ini",
    "\\\\evil.example\\share",
    "/proc/self/environ",
    "/proc/self/cmdline",
    "/etc/passwd%00.png",
    "%252e%252e%252fetc%252fpasswd",
    "..;/..;/etc/passwd",
    "..%c0%af..%c0%afetc/passwd",
    "/dev/stdin",
    "~/.ssh/id_rsa",
]
FRONTS = [
    "/gradio_api/file=",
    "/gradio_api/file/",
    "/file=",
    "/static/",
    "/assets/",
    "/own/",
    "/gradio_api/proxy=",
    "/gradio_api/custom_component/x/client/component/",
    "/svelte/",
    "/",
]
MARKS = ("root:x:", "root:*:", "[fonts]", "PRIVATE KEY", "HOME=")
_PIECES = st.lists(
    st.sampled_from(["..", ".", "%2e%2e", "etc", "passwd", "proc", "self", "environ", "%00", "\\", "..%5c", "//", "~"]),
    min_size=1,
    max_size=8,
)


def assert_nothing(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code != 200 or path.startswith("/?"), path
    assert not any(mark in answer.text for mark in MARKS)


@pytest.mark.parametrize("front", FRONTS)
def test_C7_no_known_way_leads_to_a_file(visitor: TestClient, front: str) -> None:
    for one in KNOWN:
        assert_nothing(visitor, front + one)


def asked_raw(app: Any, path: str) -> tuple[int, bytes]:
    """A request whose path no client has tidied; gives the status and the body."""
    sent: list[Any] = []
    scope = {
        "type": "http",
        "method": "GET",
        "path": unquote(path),
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(b"host", b"127.0.0.1:7860")],
        "scheme": "http",
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 7860),
    }

    async def receive() -> dict[str, str]:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    return sent[0]["status"], b"".join(one.get("body", b"") for one in sent)


def test_C7_nor_does_any_of_500_strings(visitor: TestClient) -> None:
    app, tried = visitor.app, set()

    @settings(max_examples=600)
    @given(st.sampled_from(FRONTS), _PIECES, st.sampled_from(["/", "%2f", "//"]))
    def try_one(front: str, pieces: list[str], between: str) -> None:
        path = front + between.join(["", *pieces])
        tried.add(path)
        status, body = asked_raw(app, path)
        assert status in (403, 404)
        assert not any(mark.encode() in body for mark in MARKS)

    try_one()
    assert len(tried) >= 500


def test_C7_our_own_data_folder_is_no_public_folder(client: Client, home: Settings) -> None:
    asked = client()
    secret = home.home / "accounts.json"
    secret.write_text("secret")
    for front in FRONTS:
        assert "secret" not in asked.get(f"{front}{secret}").text


def test_C7_what_a_reader_uploads_is_given_to_nobody(client: Client) -> None:
    asked = client()
    sent = asked.post("/gradio_api/upload", files={"files": ("plan.txt", b"the plan", "text/plain")})
    assert sent.status_code == 200
    path = sent.json()[0]
    assert asked.get(f"/gradio_api/file={path}").status_code == 404


def test_D12_no_error_shows_a_path_or_a_stack(client: Client) -> None:
    asked = client()
    for number in range(50):
        for answer in (
            asked.get(f"/gradio_api/file=/home/me/{number}"),
            asked.post("/gradio_api/queue/join", content=b"{" * number),
            asked.post("/gradio_api/queue/join", json={"fn_index": 10_000 + number, "data": [], "session_hash": "x"}),
            asked.post("/gradio_api/cancel", json={"session_hash": "x", "fn_index": number}),
            asked.post("/gradio_api/upload", content=b"x" * number, headers={"content-type": "multipart/form-data"}),
        ):
            assert answer.status_code >= 400
            assert re.fullmatch(r'\{"detail":"[^"/\\]*\(code [0-9a-f]{8}\)","code":"[0-9a-f]{8}"\}', answer.text)


def test_C2_a_function_of_curators_does_nothing_for_who_is_not_known(home: Settings) -> None:
    async def made() -> gr.Blocks:
        blocks = small_page()
        hide_failures(blocks)
        return blocks

    blocks = asyncio.run(made())
    with pytest.raises(gr.Error, match="Only a curator"):
        next(blocks.fns[CHANGED].fn("x"))
    assert blocks.fns[ASKED].fn("x") == "heard x"


def test_a_signed_in_reader_gets_the_page(signed: TestClient) -> None:
    assert signed.get("/").status_code == 200
    assert sign_in(signed).status_code == 303
