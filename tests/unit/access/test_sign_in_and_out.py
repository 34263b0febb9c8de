"""C3 and C4: signing in, how often it may be tried, how long it lasts, and the cookie."""

from dataclasses import replace
from typing import Any

import pytest
from starlette.testclient import TestClient

from access.conftest import HERE, PASSWORD, Client, sign_in
from assistant import accounts
from assistant.accounts import Account
from assistant.settings import Settings
from ui.access import sign_in as entrance
from ui.access.door import Door
from ui.access.rates import Rate
from ui.access.sessions import IDLE, WHOLE, Sessions

DOOR = Door("127.0.0.1", 7860, has_login=True)
RAE = Account("rae", password="hash")


class Clock:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_C3_five_tries_in_five_minutes_and_no_sixth(clock: Clock) -> None:
    rate = Rate(entrance.TRIES, entrance.WITHIN, clock)
    assert [rate.wait("rae 10.0.0.1") for _ in range(6)] == [0, 0, 0, 0, 0, 300]
    clock.now += 299
    assert rate.wait("rae 10.0.0.1") == 1
    clock.now += 1
    assert rate.wait("rae 10.0.0.1") == 0


def test_C3_tries_for_another_name_or_from_another_address_are_their_own(clock: Clock) -> None:
    rate = Rate(1, 300.0, clock)
    assert [rate.wait("rae a"), rate.wait("rae b"), rate.wait("cora a"), rate.wait("rae a")] == [0, 0, 0, 300]


def test_a_rate_forgets_the_longest_unused_key_and_no_more(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    monkeypatch.setattr("ui.access.rates._MOST_KEYS", 2)
    rate = Rate(1, 60.0, clock)
    for key in ("a", "b", "c"):
        rate.wait(key)
    assert [rate.wait("c"), rate.wait("b"), rate.wait("a")] == [60, 60, 0]


def test_C3_a_thousand_guesses_come_to_five(client: Client, guarded: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []

    def count(settings: Settings, name: str, password: str) -> None:
        tried.append(password)

    monkeypatch.setattr(entrance, "by_password", count)
    asked = client(door=DOOR, settings=guarded)
    answers = [sign_in(asked, password=f"guess {number}").status_code for number in range(1_000)]
    assert len(tried) == 5
    assert answers == [401] * 5 + [429] * 995


def test_C3_the_right_password_waits_too_where_there_were_too_many_tries(client: Client, guarded: Settings) -> None:
    asked = client(door=DOOR, settings=guarded)
    for _ in range(5):
        assert sign_in(asked, password="not this one at all").status_code == 401
    answer = sign_in(asked)
    assert answer.status_code == 429
    assert "Wait 5 minutes" in answer.text
    assert answer.headers["retry-after"] == "300"
    assert asked.get("/").status_code == 303


def test_C3_one_address_cannot_try_a_list_of_names(client: Client, guarded: Settings, monkeypatch: Any) -> None:
    monkeypatch.setattr(entrance, "by_password", lambda *given: None)
    asked = client(door=DOOR, settings=guarded)
    answers = [sign_in(asked, name=f"name{number}").status_code for number in range(60)]
    assert answers == [401] * 50 + [429] * 10


@pytest.fixture
def held() -> dict[str, Account]:
    return {"rae": RAE}


@pytest.fixture
def sessions(held: dict[str, Account], clock: Clock) -> Sessions:
    return Sessions(held.get, clock)


def test_C3_a_session_ends_when_it_was_idle_for_half_an_hour(sessions: Sessions, clock: Clock) -> None:
    id_ = sessions.begin(RAE)
    clock.now += IDLE - 1
    assert sessions.account(id_) == RAE
    clock.now += IDLE - 1
    assert sessions.account(id_) == RAE
    clock.now += IDLE
    assert sessions.account(id_) is None
    clock.now -= IDLE
    assert sessions.account(id_) is None


def test_C3_a_session_ends_after_twelve_hours_however_busy(sessions: Sessions, clock: Clock) -> None:
    id_ = sessions.begin(RAE)
    for _ in range(int(WHOLE // 600) - 1):
        clock.now += 600
        assert sessions.account(id_) == RAE
    clock.now += 600
    assert sessions.account(id_) is None


def test_half_an_hour_and_twelve_hours_are_what_they_are() -> None:
    assert (IDLE, WHOLE) == (1_800, 43_200)


@pytest.mark.parametrize("now", [None, Account("rae", password="new"), Account("rae", True, password="hash")])
def test_C3_who_is_removed_or_changed_is_signed_out(
    sessions: Sessions, held: dict[str, Account], now: Account | None
) -> None:
    id_ = sessions.begin(RAE)
    held.clear()
    if now:
        held["rae"] = now
    assert sessions.account(id_) is None


def test_C3_ids_are_long_random_and_not_kept_as_they_are(sessions: Sessions) -> None:
    ids = {sessions.begin(RAE) for _ in range(100)}
    assert len(ids) == 100
    assert min(map(len, ids)) >= 43
    assert not any(id_ in repr(vars(sessions)) for id_ in ids)


def test_C3_a_session_that_was_ended_is_no_more(sessions: Sessions) -> None:
    id_ = sessions.begin(RAE)
    sessions.end(id_)
    assert sessions.account(id_) is None


def test_signing_in_leads_to_the_page_and_out_of_it_again(signed: TestClient) -> None:
    assert signed.get("/").status_code == 200
    cookie = signed.cookies["common-ground"]
    out = signed.post("/sign-out")
    assert (out.status_code, out.headers["location"]) == (303, "/sign-in")
    assert '"storage"' in out.headers["clear-site-data"]
    assert signed.get("/", headers={"cookie": f"common-ground={cookie}"}).status_code == 303


def test_signing_in_anew_ends_the_session_before(signed: TestClient) -> None:
    before = signed.cookies["common-ground"]
    assert sign_in(signed).status_code == 303
    signed.cookies.clear()
    assert signed.get("/", headers={"cookie": f"common-ground={before}"}).status_code == 303


def test_a_session_id_from_elsewhere_is_not_taken_up(client: Client, guarded: Settings) -> None:
    asked = client(door=DOOR, settings=guarded)
    asked.cookies.set("common-ground", "chosen-by-an-attacker")
    sign_in(asked)
    asked.cookies.clear()
    assert asked.get("/", headers={"cookie": "common-ground=chosen-by-an-attacker"}).status_code == 303


def test_a_wrong_name_or_password_is_told_alike(client: Client, guarded: Settings) -> None:
    asked = client(door=DOOR, settings=guarded)
    given = [("rae", "wrong wrong wrong"), ("nobody", PASSWORD), ("", ""), ("rae", ""), ("cora", PASSWORD.upper())]
    answers = [sign_in(asked, name, password) for name, password in given]
    assert [one.status_code for one in answers] == [401] * len(given)
    assert len({one.text for one in answers}) == 1
    assert not any("set-cookie" in one.headers for one in answers)


def test_a_name_is_known_in_capitals_and_with_spaces_around(client: Client, guarded: Settings) -> None:
    assert sign_in(client(door=DOOR, settings=guarded), " RAE ").status_code == 303


def test_what_is_no_form_is_no_way_in(client: Client, guarded: Settings) -> None:
    asked = client(door=DOOR, settings=guarded)
    bodies = (b"", b"name=rae", b"\xff\xfe", b"a=1&" * 50, b"name=rae&password=" + b"x" * 9_000)
    assert [asked.post("/sign-in", content=body).status_code for body in bodies] == [401] * len(bodies)


def test_C4_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(client: Client, guarded: Settings) -> None:
    answer = sign_in(client(door=DOOR, settings=guarded))
    (cookie,) = answer.headers.get_list("set-cookie")
    assert cookie.startswith("common-ground=")
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}


def test_C4_with_https_the_cookie_is_for_https_and_this_host_alone(client: Client, guarded: Settings) -> None:
    behind = replace(DOOR, public="https://advice.example.org", proxies=("testclient",))
    asked = client(door=behind, settings=guarded)
    answer = sign_in(asked, headers={"origin": "https://advice.example.org"})
    (cookie,) = answer.headers.get_list("set-cookie")
    assert cookie.startswith("__Host-common-ground=")
    assert "Secure" in cookie
    assert "Domain" not in cookie


def test_C4_the_page_sets_no_other_cookie(signed: TestClient) -> None:
    for path in ("/", "/config", "/health", "/sign-in", "/gradio_api/queue/status"):
        assert "set-cookie" not in signed.get(path).headers


def test_a_form_of_our_own_page_comes_without_an_origin_and_is_heard(client: Client, guarded: Settings) -> None:
    headers = {"origin": "null", "sec-fetch-site": "same-origin", "sec-fetch-mode": "navigate"}
    assert sign_in(client(door=DOOR, settings=guarded), headers=headers).status_code == 303


CROSS = [
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {"origin": "null", "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"},
    {"origin": "http://127.0.0.1:7861"},
    {"origin": "http://localhost:7860"},
    {"origin": "https://127.0.0.1:7860"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"},
]


@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/gradio_api/queue/join", "/gradio_api/upload"])
def test_C4_what_another_site_posts_is_refused(signed: TestClient, path: str) -> None:
    assert [signed.post(path, json={}, headers=headers).status_code for headers in CROSS] == [403] * len(CROSS)
    assert signed.get("/").status_code == 200


def test_C4_no_other_method_is_heard(signed: TestClient) -> None:
    methods = ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE")
    assert [signed.request(method, "/").status_code for method in methods] == [405] * len(methods)


def test_C4_another_site_cannot_read_along(signed: TestClient) -> None:
    assert signed.get("/config", headers={"sec-fetch-site": "cross-site", "sec-fetch-mode": "cors"}).status_code == 403


def test_C4_a_link_on_another_site_leads_to_the_page(signed: TestClient) -> None:
    assert signed.get("/", headers={"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}).status_code == 200


def test_a_name_that_was_made_to_lead_here_is_refused(client: Client) -> None:
    hosts = ("evil.example", "127.0.0.1.evil.example", "evil.example:7860", "", "[::2]", "0.0.0.0")
    asked = client()
    assert [asked.get("/", headers={"host": host}).status_code for host in hosts] == [421] * len(hosts)


def test_our_own_names_are_known(client: Client) -> None:
    hosts = ("127.0.0.1:7860", "localhost:7860", "LOCALHOST", "[::1]:7860")
    asked = client()
    assert [asked.get("/", headers={"host": host}).status_code for host in hosts] == [200] * len(hosts)


BEHIND = Door("0.0.0.0", 7860, True, None, "https://advice.example.org", ("testclient",))


def test_who_goes_round_the_proxy_is_refused(client: Client, guarded: Settings) -> None:
    asked = client(door=replace(BEHIND, proxies=("10.0.0.5",)), settings=guarded)
    assert asked.get("/sign-in", headers={"x-forwarded-for": "10.0.0.5"}).status_code == 403


def test_tries_are_counted_by_the_address_that_the_proxy_saw(
    client: Client, guarded: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entrance, "by_password", lambda *given: None)
    asked = client(door=BEHIND, settings=guarded)
    for number in range(5):
        spoofed = {"x-forwarded-for": f"198.51.100.{number}, 192.0.2.1"}
        assert sign_in(asked, headers=spoofed).status_code == 401
    assert sign_in(asked, headers={"x-forwarded-for": "192.0.2.1"}).status_code == 429
    assert sign_in(asked, headers={"x-forwarded-for": "192.0.2.2"}).status_code == 401


def test_without_a_proxy_nobody_chooses_their_own_address(
    client: Client, guarded: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entrance, "by_password", lambda *given: None)
    asked = client(door=DOOR, settings=guarded)
    tries = [sign_in(asked, headers={"x-forwarded-for": f"192.0.2.{n}"}).status_code for n in range(6)]
    assert tries == [401] * 5 + [429]


def test_a_token_lets_a_program_in_where_the_interface_is_open(client: Client, guarded: Settings) -> None:
    token = accounts.add_token(guarded, "ward-app")
    asked = client(door=DOOR, settings=guarded.model_copy(update={"api": True}))
    headers = {"authorization": f"Bearer {token}"}
    assert asked.get("/config", headers=headers).status_code == 200
    assert asked.get("/gradio_api/info", headers=headers).status_code == 200
    for wrong in (f"Bearer {token}x", "Bearer ", f"Basic {token}", "Bearer " + "0" * 64):
        assert asked.get("/config", headers={"authorization": wrong}).status_code == 401


def test_a_token_is_no_use_while_the_interface_is_closed(client: Client, guarded: Settings) -> None:
    token = accounts.add_token(guarded, "ward-app")
    asked = client(door=DOOR, settings=guarded)
    assert asked.get("/config", headers={"authorization": f"Bearer {token}"}).status_code == 401


def test_a_token_is_no_password(client: Client, guarded: Settings) -> None:
    token = accounts.add_token(guarded, "ward-app")
    assert sign_in(client(door=DOOR, settings=guarded), "ward-app", token).status_code == 401


def test_the_interface_is_closed_unless_it_is_switched_on(client: Client) -> None:
    asked = client(headers={"origin": HERE})
    for path in ("info", "openapi.json", "call/x/y"):
        assert asked.get(f"/gradio_api/{path}").status_code == 404
    assert asked.post("/gradio_api/run/x", json={}).status_code == 404
