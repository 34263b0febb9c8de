"""D1 and C9: everything works where there is no network at all, and no socket is opened beyond this machine."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.settings import PREFIX

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
ROOT = Path(__file__).parent.parent.parent

# Runs everything in one process, and writes down every address that Python is asked to look up or reach.
JOURNEY = """
import socket, sys, threading, time
from pathlib import Path
reached = []

def heard(event, given):
    if event in ("socket.connect", "socket.sendto") and isinstance(given[1], tuple):
        reached.append((event, given[1][0]))
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        reached.append((event, given[0]))

sys.addaudithook(heard)
from ui.__main__ import main
folder = Path(sys.argv[1])
draft = folder / "draft.txt"
draft.write_text("Aims\\n\\nPartners will pool budgets and agree who decides. Case: https://example.org/a.png\\n" * 5)
note = folder / "rota-note.md"
note.write_text("# Rota note\\n\\n## Duty desk\\n\\nThe duty desk in Millbrook has two people each morning.\\n")
assert main(["add", str(note)]) == 0
assert main(["ask", "Who decides when partners disagree?", "And if they refuse?", "--out", str(folder / "a.docx")]) == 0
assert main(["check", str(draft), "--out", str(folder / "c.html")]) == 0
assert main(["brief", "--out", str(folder / "b.md")]) == 0
from assistant.answer.pipeline import Assistant
from assistant.settings import settings
from ui.app import serve
with socket.create_server(("127.0.0.1", 0)) as free:
    port = free.getsockname()[1]
running = serve(Assistant(settings()), "127.0.0.1", port, prevent_thread_lock=True)
import httpx
with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as asking:
    assert asking.get("/").status_code == 200
    assert asking.get("/config").status_code == 200
running.close()
own = {"127.0.0.1", "::1", "localhost", None, b"127.0.0.1", b"localhost", socket.gethostname()}
print("BEYOND", sorted({str(one) for one in reached if one[1] not in own}))
"""


def can_be_cut_off() -> bool:
    cut = shutil.which("unshare") and shutil.which("ip")
    return (
        bool(cut) and subprocess.run(["unshare", "-rn", "ip", "link", "set", "lo", "up"], check=False).returncode == 0
    )


def test_D1_C9_all_of_it_works_without_a_network_and_reaches_for_none(at_copy: Path, tmp_path: Path) -> None:
    if sys.platform != "linux" or not can_be_cut_off():
        pytest.skip("this kernel gives no network namespace of its own (unshare -rn)")
    script = tmp_path / "journey.py"
    script.write_text(JOURNEY, encoding="utf-8")
    command = 'ip link set lo up && exec "$0" "$1" "$2"'
    done = subprocess.run(
        ["unshare", "-rn", "sh", "-c", command, sys.executable, str(script), str(tmp_path)],
        env=os.environ | {f"{PREFIX}HOME": str(at_copy), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=800,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout.splitlines()[-1] == "BEYOND []"
