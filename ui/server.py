"""Our own server around the page: every request passes the layers of `ui.access` before Gradio sees it."""

import asyncio
import logging
import threading
import time
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from assistant.errors import SettingsError
from assistant.settings import Settings
from ui.access.door import Door
from ui.access.events import Limits, counted
from ui.access.failures import hide_failures
from ui.access.files import of_own_files
from ui.access.headers import with_headers, with_nonce
from ui.access.origin import HEALTH, from_the_page
from ui.access.programs import Acts, of_endpoints
from ui.access.readers import reader_of
from ui.access.refusals import in_our_words, refusal
from ui.access.routes import UPLOADS, only_open_routes
from ui.access.sign_in import ICON, SIGN_IN, SIGN_OUT, desk, for_readers, sign_in_route, sign_out_route
from ui.access.sizes import FILE, of_bounded_size
from ui.temporary import keep_swept
from ui.theme import SCRIPTS, STYLES, theme

if TYPE_CHECKING:
    import gradio as gr
    import uvicorn

_OWN = "/own"
_ASSETS = Path(__file__).parent / "assets"
_LINK = f'<link rel="icon" type="image/svg+xml" href="{ICON}">'
_START = 60.0  # seconds that a server may take to listen
_STOP = 2  # seconds that a stop waits for streams to end
_CONNECTIONS = 500

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Running:
    """A page that is being served in the background."""

    server: "uvicorn.Server"
    thread: threading.Thread
    stop: Callable[[], None]

    def wait(self) -> None:
        """Wait until somebody stops it with Ctrl+C."""
        try:
            while self.thread.is_alive():
                self.thread.join(1.0)
        except KeyboardInterrupt:
            self.close()

    def close(self) -> None:
        """Stop serving, and delete what readers uploaded."""
        self.server.should_exit = True
        self.stop()
        self.thread.join()


def run(blocks: "gr.Blocks", settings: Settings, door: Door, files: Path, *, limits: Limits | None = None) -> Running:
    """Serve the page in the background, and give it as soon as it can be reached.

    `files` is the folder of uploads. Raises SettingsError where nothing can listen at the address.
    """
    import uvicorn  # only for the page

    config = uvicorn.Config(
        application(blocks, settings, door, files, limits or Limits()),
        host=door.host,
        port=door.port,
        ssl_certfile=door.tls,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        limit_concurrency=_CONNECTIONS,
        timeout_graceful_shutdown=_STOP,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, name="serving", daemon=True)
    thread.start()
    until = time.monotonic() + _START
    while not server.started:
        if not thread.is_alive() or time.monotonic() > until:
            raise SettingsError(f"Nothing can listen at {door.host}, port {door.port}. Use another --host or --port.")
        time.sleep(0.01)
    stop_sweeping = keep_swept(files)

    def stop() -> None:
        blocks.close(verbose=False)
        stop_sweeping()

    return Running(server, thread, stop)


def application(blocks: "gr.Blocks", settings: Settings, door: Door, files: Path, limits: Limits) -> ASGIApp:
    """The page behind its layers; a request meets the last of them first."""
    hide_failures(blocks)
    entry = desk(settings, door)
    routes = [
        Route(HEALTH, _health),
        Route(ICON, _icon),
        Route(SIGN_IN, sign_in_route(entry), methods=["GET", "POST"]),
        Route(SIGN_OUT, sign_out_route(entry), methods=["POST"]),
        Mount(_OWN, StaticFiles(directory=_ASSETS)),
    ]
    whole = Starlette(routes=routes, exception_handlers={500: _failed, 404: _nothing, 405: _nothing})
    acts = _opened_to_programs(whole, blocks, limits) if settings.api else {}
    page = _mounted(whole, blocks, files)
    called = of_endpoints(in_our_words(page.app), limits, acts)
    inner = counted(called, limits, lambda index: getattr(blocks.fns.get(index), "fn", None))
    page.app = with_nonce(only_open_routes(of_own_files(inner, files), files, has_api=settings.api))
    guarded = from_the_page(of_bounded_size(for_readers(whole, entry)), door)
    return with_headers(guarded, is_secure=door.is_secure)


def _opened_to_programs(whole: Starlette, blocks: "gr.Blocks", limits: Limits) -> Acts:
    """Offer what programs may ask as tools, too; gives it by name."""
    from ui.api.endpoints import acts_of  # with Gradio, and with the protocol of MCP
    from ui.api.tools import open_tools

    acts = acts_of(blocks)
    open_tools(whole, limits, acts)
    return acts


def open_browser(door: Door) -> None:
    """Show the page to whoever started it."""
    webbrowser.open(door.address)


def _mounted(whole: Starlette, blocks: "gr.Blocks", files: Path) -> Mount:
    try:
        asyncio.get_running_loop()
    except RuntimeError:  # Gradio would make a loop of its own here, and leave it open
        asyncio.run(_mount_in_loop(whole, blocks))
    else:
        _mount(whole, blocks)
    page = whole.routes[-1]
    assert isinstance(page, Mount)
    gradio: Any = page.app
    gradio.uploaded_file_dir = str(files / UPLOADS)  # apart from what the page makes
    return page


async def _mount_in_loop(whole: Starlette, blocks: "gr.Blocks") -> None:
    _mount(whole, blocks)


def _mount(whole: Starlette, blocks: "gr.Blocks") -> None:
    import gradio as gr  # takes seconds to import

    gr.mount_gradio_app(
        whole,  # what Gradio needs of FastAPI is Starlette's
        blocks,
        path="/",
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        mcp_server=False,
        enable_monitoring=False,
        pwa=False,
        show_error=False,
        max_file_size=FILE,
        auth_dependency=_name,
        allowed_paths=[],
        theme=theme(),
        css_paths=STYLES,
        head=_LINK + "".join(f'<script src="{_OWN}/{path.name}"></script>' for path in SCRIPTS),
    )


def _name(request: Request) -> str | None:
    """Who is asking, for Gradio; nobody is let in by it whom the layers before did not let in."""
    reader = reader_of(request.scope)
    return (reader.name or "reader") if reader else None


async def _health(request: Request) -> Response:
    return PlainTextResponse("well")


async def _icon(request: Request) -> Response:
    return FileResponse(_ASSETS / "icon.svg", media_type="image/svg+xml")


async def _failed(request: Request, error: Exception) -> Response:
    logger.error("A request failed: %s", type(error).__name__)
    return refusal(500)


async def _nothing(request: Request, error: Exception) -> Response:
    return refusal(getattr(error, "status_code", 404))
