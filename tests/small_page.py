"""A small page for the tests of what stands around a page, and asking a server as a browser does."""

import asyncio
import json
import socket
import time
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import gradio as gr
import httpx

from assistant.settings import Settings, keep_uploads_in
from ui.access.door import door
from ui.access.events import Limits
from ui.access.marks import costly, curators_only
from ui.server import Running, run
from ui.uploads import emptied

ASKED, CHOSEN, FAILS, CHANGED, SLOW, SECRET, READ = range(7)


def small_page(pause: float = 0.0) -> gr.Blocks:
    """A page with functions of each kind, in the order of the numbers above; the slow one takes `pause` seconds."""

    @costly
    def asked(text: str) -> str:
        return f"heard {text}"

    def chosen(text: str) -> str:
        return f"chose {text}"

    def fails(text: str) -> str:
        raise RuntimeError(f"/home/somebody/secret.py: {text}")

    @curators_only
    def changed(text: str) -> Iterator[str]:  # as what changes the library tells how far it has come
        yield f"changed {text}"

    def slow(text: str) -> Iterator[str]:
        yield f"begun {text}"
        time.sleep(pause)
        yield f"done {text}"

    def keeps(text: str, before: list[str]) -> tuple[str, list[str]]:
        return " ".join([*before, text]), [*before, text]

    def read(path: str) -> str:
        return Path(path).read_text()

    with gr.Blocks(analytics_enabled=False) as blocks:
        box, out, held = gr.Textbox(), gr.Textbox(), gr.State([])
        for function in (asked, chosen, fails, changed, slow):
            gr.Button().click(function, box, out, api_visibility="private")
        gr.Button().click(keeps, [box, held], [out, held], api_visibility="private")
        gr.Button().click(read, gr.File(), out, api_visibility="private")
    return blocks.queue(max_size=50, default_concurrency_limit=10, api_open=False)


@contextmanager
def served_small(settings: Settings, limits: Limits | None = None, pause: float = 0.0) -> Iterator[str]:
    """The small page on a free port, as long as the block runs; gives its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    files = emptied(settings.home / "uploads")
    keep_uploads_in(files)

    async def made() -> Running:  # in a loop, or Gradio would leave one of its own open
        return run(small_page(pause), settings, door(settings, "127.0.0.1", port), files, limits=limits)

    with ThreadPoolExecutor(1) as beside:
        running = beside.submit(lambda: asyncio.run(made())).result()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        running.close()


async def join(client: httpx.AsyncClient, function: int, text: str, page: str) -> httpx.Response:
    """Send an event of a page."""
    data = [text, None] if function == SECRET else [text]
    sent = {"data": data, "fn_index": function, "session_hash": page}
    return await client.post("/gradio_api/queue/join", json=sent)


async def heard(client: httpx.AsyncClient, page: str) -> AsyncIterator[dict[str, Any]]:
    """What the server tells a page, until nothing is under way any more."""
    async with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": page}) as stream:
        if stream.status_code != 200:
            yield {"msg": "refused", "status": stream.status_code}
            return
        async for line in stream.aiter_lines():
            if line.startswith("data:"):
                message = json.loads(line.removeprefix("data:"))
                yield message
                if message["msg"] == "close_stream":
                    return


async def answer(client: httpx.AsyncClient, function: int, text: str, page: str) -> Any:
    """The outcome of one event: what the function gave, or the status of the refusal."""
    sent = await join(client, function, text, page)
    if sent.status_code != 200:
        return sent.status_code
    found = [one async for one in heard(client, page)]
    last = next(one for one in found if one["msg"] == "process_completed")
    return last["output"].get("data", last["output"])
