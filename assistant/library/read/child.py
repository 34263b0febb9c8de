"""The process that reads one document and ends: what limits it, and what it hands back.

A hostile document can make any parser take all memory, never end, or worse. Here it has a gigabyte,
less than a minute, no network, no other program and no file to write, and only the text leaves.
"""

import json
import logging
import sys
from pathlib import Path

MEMORY = 1024 * 1024 * 1024  # bytes of address space
SECONDS = 40  # of the processor
# What a process that only reads has no need of (PEP 578).
_REFUSED = (
    *("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname", "subprocess.Popen"),
    *("os.system", "os.exec", "os.spawn", "os.posix_spawn", "os.fork"),
)


def main(name: str) -> None:
    """Read the document of this name, and write a line that says how it went and what came of it."""
    _limit()
    sys.stdout.buffer.write(_reply(Path(name)))
    sys.stdout.buffer.flush()


def _reply(path: Path) -> bytes:
    from assistant.errors import ReadError, RecordError

    try:
        from assistant.library.read.parse import parse
        from assistant.library.read.reply import written

        sys.addaudithook(_audit)
        return b"document\n" + written(parse(path))
    except RecordError as error:
        return b"RecordError\n" + json.dumps(str(error)).encode()
    except ReadError as error:
        return b"ReadError\n" + json.dumps(str(error)).encode()
    except MemoryError:
        return b"memory\n"
    except Exception as error:  # noqa: BLE001  # whatever a hostile file makes a parser raise; said by its kind alone
        return b"failed\n" + json.dumps(type(error).__name__).encode()


def _limit() -> None:
    """Set the limits that this system has; where it has none, the process that waits still ends this one."""
    logging.disable()
    sys.setrecursionlimit(3_000)
    try:
        import resource  # not on Windows
    except ImportError:
        return
    for what, most in (("RLIMIT_AS", MEMORY), ("RLIMIT_CPU", SECONDS), ("RLIMIT_FSIZE", 0), ("RLIMIT_CORE", 0)):
        try:
            _, hard = resource.getrlimit(getattr(resource, what))
            least = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(getattr(resource, what), (least, least))
        except (AttributeError, ValueError, OSError):  # macOS knows RLIMIT_AS and does not keep to it
            continue


def _audit(event: str, arguments: tuple[object, ...]) -> None:
    if event.startswith(_REFUSED):
        raise PermissionError(f"a document may not cause {event}")
