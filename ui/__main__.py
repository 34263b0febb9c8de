"""`common-ground`: the commands, and `serve`."""

import argparse
import signal
import socket
import sys
from collections.abc import Sequence
from functools import partial

from assistant import cli
from assistant.errors import SettingsError
from assistant.settings import Settings, overruled


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit status."""
    return cli.main(arguments, (_serve_command(overruled()), *cli.COMMANDS))


def _arguments(one: argparse.ArgumentParser) -> None:
    one.add_argument("--host", default="127.0.0.1", help="the address to listen on; others need to sign in")
    one.add_argument("--port", type=int, default=7860, help="the port to listen on (7860)")


def _serve(ignored: Sequence[str], given: argparse.Namespace, settings: Settings) -> int:
    from ui.access.door import door  # with all that is behind it, for this command alone

    way_in = door(settings, given.host, given.port)
    _check_port(given.host, given.port)
    if ignored:
        print(f"Set in the environment, and not heeded: {', '.join(ignored)}.", file=sys.stderr)
    from assistant.answer.pipeline import Assistant
    from assistant.search import embed

    with cli.progress_bar("Preparing the library") as progress:
        assistant = Assistant(settings, progress, lambda text: print(text, file=sys.stderr))
        assistant.opened()
    embed.embeddings(settings).embed_query("ready")  # so that the first reader does not wait for it
    from ui.app import serve

    running = serve(assistant, given.host, given.port, prevent_thread_lock=True, inbrowser=sys.stdout.isatty())
    print(f"Common Ground is at {way_in.address} (stop it with Ctrl+C)", flush=True)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that a stop by the system is a tidy one
    running.wait()
    return 0


def _check_port(host: str, port: int) -> None:
    """Refuse a port that is taken before the long start."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        if probe.connect_ex((host, port)) == 0:
            raise SettingsError(
                f"Port {port} is in use. Stop what runs there, or use another: common-ground serve --port {port + 1}"
            )


def _serve_command(ignored: Sequence[str]) -> cli.Command:
    return cli.Command("serve", "open the page in a browser", _arguments, partial(_serve, ignored))


if __name__ == "__main__":
    sys.exit(main())
