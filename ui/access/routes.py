"""Which of Gradio's many routes the page needs; the others are closed."""

from pathlib import Path

from starlette.types import ASGIApp, Receive, Scope, Send

from ui.access.refusals import refusal

_API = "/gradio_api/"
_READ = {"/", "/config", "/theme.css", f"{_API}queue/data", f"{_API}upload_progress"}
_READ_BELOW = ("/assets/", "/static/", "/own/", f"{_API}heartbeat/")
_SENT = {f"{_API}queue/join", f"{_API}upload", f"{_API}cancel", f"{_API}reset"}
_PROGRAMS = (f"{_API}info", f"{_API}openapi.json", f"{_API}call/")
_FILE = f"{_API}file="
UPLOADS = "uploads"


def only_open_routes(app: ASGIApp, files: Path, *, has_api: bool = False) -> ASGIApp:
    """Let through what the page asks for; of files, what it made for a reader to take away, in `files`."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not _is_open(scope["method"], scope["path"], files, has_api=has_api):
            await refusal(404)(scope, receive, send)
            return
        await app(scope, receive, send)

    return serve


def _is_open(method: str, path: str, files: Path, *, has_api: bool) -> bool:
    if "\\" in path or "\0" in path or {".", ".."} & set(path.split("/")):
        return False
    if has_api and path.startswith(_PROGRAMS):
        return True
    if method == "POST":
        return path in _SENT
    return path in _READ or path.startswith(_READ_BELOW) or (path.startswith(_FILE) and _is_ours(path, files))


def _is_ours(path: str, files: Path) -> bool:
    """Whether a file was made for a reader; what readers upload is given to nobody, not even to them."""
    asked = Path(path.removeprefix(_FILE))
    try:
        inside = asked.resolve().relative_to(files.resolve()) if asked.is_absolute() else None
    except (OSError, ValueError, RuntimeError):
        return False
    return inside is not None and len(inside.parts) > 1 and inside.parts[0] != UPLOADS
