"""A page that other programs may ask, as long as a test runs."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import gradio as gr

from assistant.answer.pipeline import Assistant
from assistant.settings import Settings, keep_uploads_in
from ui.access.door import door
from ui.access.events import Limits
from ui.api.endpoints import open_endpoints
from ui.server import Running, run
from ui.uploads import emptied


def bare(assistant: Assistant) -> gr.Blocks:
    """A page of the endpoints alone, which is made more quickly."""
    with gr.Blocks(analytics_enabled=False) as blocks:
        open_endpoints(assistant)
    return blocks.queue(max_size=50, default_concurrency_limit=10, api_open=False)


@contextmanager
def served(
    settings: Settings, limits: Limits | None = None, *, made_of: Callable[[Assistant], gr.Blocks] = bare
) -> Iterator[str]:
    """A page over the small library on a free port; gives its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    files = emptied(settings.home / "uploads")
    keep_uploads_in(files)

    async def made() -> Running:  # in a loop, or Gradio would leave one of its own open
        return run(made_of(Assistant(settings)), settings, door(settings, "127.0.0.1", port), files, limits=limits)

    with ThreadPoolExecutor(1) as beside:
        running = beside.submit(lambda: asyncio.run(made())).result()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        running.close()
