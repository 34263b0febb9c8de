"""The page's server as it really runs: limits, readers beside each other, uploads, and many at once."""

import asyncio
import os
import random
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from small_page import ASKED, CHANGED, CHOSEN, FAILS, READ, SECRET, SLOW, answer, heard, join, served_small

from assistant import accounts
from assistant.settings import Settings
from ui.access.events import Limits, a_minute
from ui.temporary import sweep

PASSWORD = "four quiet otters swim"
CROSSINGS = int(os.environ.get("CROSSINGS", "300"))  # requests; `make crossings` sends 10,000
SOAK = float(os.environ.get("SOAK", "2"))  # seconds; `make soak` takes two hours
MANY = Limits(a_minute(1_000_000), a_minute(1_000_000))


def client(address: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=address, timeout=60, limits=httpx.Limits(max_connections=200), trust_env=False)


@pytest.fixture
def address(home: Settings) -> Iterator[str]:
    with served_small(home, pause=1.0) as at:
        yield at


async def test_C10_a_sixteenth_question_in_a_minute_is_told_to_wait(address: str) -> None:
    async with client(address) as asking:
        told = [await answer(asking, ASKED, f"q{number}", "page") for number in range(16)]
        said = await join(asking, ASKED, "one more", "page")
        assert told == [[f"heard q{number}"] for number in range(15)] + [429]
        assert "Common Ground is busy" in said.json()["detail"]
        assert 0 < int(said.headers["retry-after"]) <= 60
        assert await answer(asking, CHOSEN, "x", "page") == ["chose x"]
        assert await answer(asking, ASKED, "x", "another page") == ["heard x"]


async def test_C10_a_burst_of_two_hundred_is_answered_or_told_to_wait(home: Settings) -> None:
    with served_small(home, MANY, pause=4.0) as at:
        async with client(at) as asking:

            async def one(number: int) -> tuple[int, float]:
                began = time.perf_counter()
                status = (await join(asking, SLOW, "x", f"page{number}")).status_code
                return status, time.perf_counter() - began

            before = memory()
            timed = await asyncio.gather(*(one(number) for number in range(200)))
            grown = memory() - before
            began = time.perf_counter()
            busy = await join(asking, SLOW, "x", "late")
            late = time.perf_counter() - began
    told = [status for status, _ in timed]
    slowest = max(took for status, took in timed if status == 503)
    print(f"busy after {slowest:.2f} s at most in a burst of 200, {late:.3f} s after it; memory {grown} kB more")
    assert set(told) == {200, 503}
    assert 50 <= told.count(200) <= 80  # those who wait, and those who are served
    assert busy.status_code == 503
    assert "many readers are asking" in busy.json()["detail"]


async def test_C10_what_is_too_big_is_refused_before_it_is_read(address: str) -> None:
    async with client(address) as asking:
        assert (await join(asking, CHOSEN, "x" * 3_000_000, "page")).status_code == 413
        reader, writer = await asyncio.open_connection("127.0.0.1", httpx.URL(address).port)
        writer.write(b"POST /gradio_api/upload HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 31457280\r\n\r\n")
        assert b" 413 " in await reader.readline()
        writer.close()
        await writer.wait_closed()


def named(path: str) -> dict[str, Any]:
    return {"data": [{"path": path, "meta": {"_type": "gradio.FileData"}}], "fn_index": READ, "session_hash": "page"}


@pytest.mark.parametrize("path", ["http://example.org/a", "https://example.org/a", "/etc/passwd", "a/../../b", 7])
async def test_C9_an_event_cannot_have_a_file_fetched_or_read_from_elsewhere(address: str, path: str) -> None:
    async with client(address) as asking:
        for where in (READ, ASKED):  # Gradio looks for files in any value
            for sent in (named(path), {**named(path), "event_data": [[named(path)]], "data": [""]}):
                answered = await asking.post("/gradio_api/queue/join", json=sent | {"fn_index": where})
                assert answered.status_code == 400


async def test_a_file_that_was_uploaded_is_read(address: str) -> None:
    async with client(address) as asking:
        sent = await asking.post("/gradio_api/upload", files={"files": ("plan.txt", b"the plan")})
        assert (await asking.post("/gradio_api/queue/join", json=named(sent.json()[0]))).status_code == 200
        assert "the plan" in str([one async for one in heard(asking, "page")])


async def test_D12_a_function_that_fails_says_nothing_of_why(address: str) -> None:
    async with client(address) as asking:
        await join(asking, FAILS, "marker", "page")
        said = str([one async for one in heard(asking, "page")])
    assert "'success': False" in said
    assert not any(one in said for one in ("secret.py", "marker", "Traceback", "RuntimeError"))


@pytest.fixture
def guarded(home: Settings) -> Settings:
    accounts.add_account(home, "rae", PASSWORD)
    accounts.add_account(home, "cora", PASSWORD, is_curator=True)
    return home.model_copy(update={"auth": True})


@asynccontextmanager
async def signed_in(address: str, name: str) -> AsyncIterator[httpx.AsyncClient]:
    async with client(address) as made:
        answered = await made.post("/sign-in", data={"name": name, "password": PASSWORD})
        assert answered.status_code == 303
        yield made


async def test_C2_a_reader_cannot_do_what_is_a_curators(guarded: Settings) -> None:
    with served_small(guarded) as at:
        async with signed_in(at, "rae") as rae, signed_in(at, "cora") as cora:
            assert await answer(rae, CHANGED, "x", "rae-page") == 403
            assert await answer(cora, CHANGED, "x", "cora-page") == ["changed x"]


@pytest.mark.parametrize(
    "number", [str(CHANGED), float(CHANGED), f" {CHANGED} ", f"{CHANGED}.0", [CHANGED], True, None]
)
async def test_C2_a_function_is_named_by_its_number_and_in_no_other_way(guarded: Settings, number: object) -> None:
    with served_small(guarded) as at:
        async with signed_in(at, "rae") as rae:
            sent = {"data": ["x"], "fn_index": number, "session_hash": "rae-page"}
            assert (await rae.post("/gradio_api/queue/join", json=sent)).status_code == 400


async def test_C2_the_streams_are_closed_to_who_is_not_signed_in(guarded: Settings) -> None:
    with served_small(guarded) as at:
        async with client(at) as nobody:
            for path in ("heartbeat/x", "queue/data?session_hash=x"):
                assert (await nobody.get(f"/gradio_api/{path}")).status_code == 401


async def test_D9_another_readers_page_cannot_be_read_along_or_stopped(guarded: Settings) -> None:
    with served_small(guarded, pause=0.5) as at:
        async with signed_in(at, "rae") as rae, signed_in(at, "cora") as cora:
            sent = await join(rae, SLOW, "private", "rae-page")
            assert [one async for one in heard(cora, "rae-page")] == [{"msg": "refused", "status": 404}]
            stop = {"session_hash": "rae-page", "fn_index": SLOW, "event_id": sent.json()["event_id"]}
            assert (await cora.post("/gradio_api/cancel", json=stop)).status_code == 404
            assert (await join(cora, CHOSEN, "x", "rae-page")).status_code == 404
            assert "done private" in str([one async for one in heard(rae, "rae-page")])


async def test_D9_no_readers_words_reach_another(home: Settings) -> None:
    """Twenty pages with a marker each, and everything mixed; each state and answer holds its own marker alone."""
    rounds = CROSSINGS // 20
    chance = random.Random(7)
    with served_small(home, MANY) as at:
        async with client(at) as asking:

            async def reader(number: int) -> tuple[int, int]:
                asked = crossed = 0
                for turn in range(rounds):
                    text, page = f"marker{number:02}.{turn}", f"page{number}"
                    kind = chance.choice((ASKED, CHOSEN, SECRET, SECRET))
                    said = str(await answer(asking, kind, text, page))
                    asked += 1
                    others = [other for other in range(20) if other != number and f"marker{other:02}." in said]
                    crossed += bool(others) or text not in said
                return asked, crossed

            counted = await asyncio.gather(*(reader(number) for number in range(20)))
    print(f"requests: {sum(asked for asked, _ in counted)}, crossings: {sum(crossed for _, crossed in counted)}")
    assert sum(asked for asked, _ in counted) == rounds * 20
    assert sum(crossed for _, crossed in counted) == 0


async def test_E9_twenty_readers_at_once_are_all_answered_by_a_slow_model(address: str) -> None:
    async def one(asking: httpx.AsyncClient, number: int) -> tuple[Any, float]:
        began = time.perf_counter()
        said = await answer(asking, SLOW, f"q{number}", f"page{number}")
        return said, time.perf_counter() - began

    async with client(address) as asking:
        told = await asyncio.gather(*(one(asking, number) for number in range(20)))
    assert [said for said, _ in told] == [[f"done q{number}"] for number in range(20)]
    times = sorted(took for _, took in told)
    print(f"20 readers, a model that takes 1 s: median {times[9]:.1f} s, p95 {times[18]:.1f} s")


def memory() -> int:
    """What this process holds, in kilobytes; 0 where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024
    except (OSError, ValueError, AttributeError):
        return 0


async def test_E12_the_page_stays_up(home: Settings) -> None:
    with served_small(home, MANY) as at:
        async with client(at) as asking:
            until, before, errors, asked = time.monotonic() + SOAK, 0, 0, 0
            while time.monotonic() < until:
                page = f"page{asked}"
                told = await asyncio.gather(*(answer(asking, ASKED, "x", f"{page}-{n}") for n in range(5)))
                asked += 5
                errors += sum(said != ["heard x"] for said in told)
                before = before or (memory() if asked >= 200 else 0)
    grown = 100 * (memory() - before) / before if before else 0.0
    print(f"{SOAK:.0f} s, {asked} questions, {errors} errors, memory grown by {grown:.1f} %")
    assert asked >= 5
    assert errors == 0


def test_D10_what_was_uploaded_is_gone_after_its_time(tmp_path: Path) -> None:
    path = tmp_path / "uploads" / "hash" / "plan.txt"
    path.parent.mkdir(parents=True)
    path.write_text("the plan")
    sweep(tmp_path, time.time() + 44)
    assert path.exists()
    sweep(tmp_path, time.time() + 46)
    assert list(tmp_path.rglob("*")) == []


async def test_D10_an_upload_that_nobody_reads_is_swept_away(home: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.temporary._EVERY", 0.05)
    with served_small(home) as at:
        async with client(at) as asking:
            sent = await asking.post("/gradio_api/upload", files={"files": ("plan.txt", b"the plan")})
            path = Path(sent.json()[0])
            assert path.read_bytes() == b"the plan"
            assert path.is_relative_to(home.home / "uploads")
            monkeypatch.setattr("ui.temporary.time", _Later())
            while path.exists():
                await asyncio.sleep(0.05)
    assert not any(one.is_file() for one in (home.home / "uploads").rglob("*"))


class _Later:
    """The clock, a minute on."""

    @staticmethod
    def time() -> float:
        return time.time() + 60


def test_D10_what_a_crash_left_is_gone_at_the_next_start(home: Settings) -> None:
    left = home.home / "uploads" / "uploads" / "hash" / "plan.txt"
    left.parent.mkdir(parents=True)
    left.write_text("the plan")
    with served_small(home):
        assert not left.exists()


async def test_D6_the_server_logs_nothing_that_was_asked(address: str, caplog: Any, capfd: Any) -> None:
    caplog.set_level("DEBUG", logger="ui")
    async with client(address) as asking:
        for kind in (ASKED, FAILS, CHOSEN):
            await answer(asking, kind, "marker-of-a-reader", "page")
        await asking.get("/gradio_api/file=/marker-of-a-reader")
    said = capfd.readouterr()
    ours = "".join(one.getMessage() for one in caplog.records if one.name.startswith("ui"))
    assert "marker-of-a-reader" not in said.out + said.err + ours
