"""A real, small language model, where `make live` asks for it; else these tests are left out."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

_SERVER = Path(__file__).with_name("server.py")


@pytest.fixture(scope="session")
def model_url() -> Iterator[str]:
    """The address of a server that runs SmolLM2-135M, started for the tests and ended after them."""
    if not os.environ.get("LIVE"):
        pytest.skip("no language model is running: see make live")
    for package in ("xllamacpp", "langchain_openai"):
        pytest.importorskip(package)
    with subprocess.Popen([sys.executable, str(_SERVER)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
        assert server.stdout is not None
        address = server.stdout.readline().decode().strip()
        assert address, "the server did not start"
        yield f"{address}/v1"
        server.terminate()
