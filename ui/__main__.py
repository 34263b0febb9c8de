"""`common-ground`: the commands, and `serve`."""

import argparse
import ipaddress
import socket
import sys
from collections.abc import Sequence

from assistant import cli
from assistant.errors import SettingsError
from assistant.settings import Settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit status."""
    return cli.main(arguments, (SERVE, *cli.COMMANDS))


def _arguments(one: argparse.ArgumentParser) -> None:
    one.add_argument("--host", default="127.0.0.1", help="the address to listen on; only this machine's own")
    one.add_argument("--port", type=int, default=7860, help="the port to listen on (7860)")


def _serve(given: argparse.Namespace, settings: Settings) -> int:
    _check(given.host, given.port)
    from assistant.answer.pipeline import Assistant
    from assistant.search import embed

    with cli.progress_bar("Preparing the library") as progress:
        assistant = Assistant(settings, progress, lambda text: print(text, file=sys.stderr))
        assistant.opened()
    embed.embeddings(settings).embed_query("ready")  # so that the first reader does not wait for it
    from ui.app import serve

    host = f"[{given.host}]" if ":" in given.host else given.host
    print(f"Common Ground is at http://{host}:{given.port}/ (stop it with Ctrl+C)", flush=True)
    serve(assistant, given.host, given.port, inbrowser=sys.stdout.isatty())
    return 0


def _check(host: str, port: int) -> None:
    """Refuse an address that others could reach, and a port that is taken, before the long start."""
    try:
        is_local = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        is_local = False
    if not is_local:
        raise SettingsError(
            f"Common Ground serves this machine only: it has no sign-in yet. Use --host 127.0.0.1, not {host}."
        )
    if not 0 < port < 65536:
        raise SettingsError(f"{port} is not a port. Use a number from 1024 to 65535.")
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        if probe.connect_ex((host, port)) == 0:
            raise SettingsError(
                f"Port {port} is in use. Stop what runs there, or use another: common-ground serve --port {port + 1}"
            )


SERVE = cli.Command("serve", "open the page in a browser", _arguments, _serve)

if __name__ == "__main__":
    sys.exit(main())
