# Three commands: `make run` opens the portal, `make test` checks everything, `make bench` measures.
# A fresh machine needs Python 3.11 or later and make; the rest comes from requirements.lock.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
UNFINISHED := $(VENV)/demo-unfinished
WORKSPACE ?= workspace

# Half of a start is compiling: what was compiled once is kept, whatever the machine says of it.
export PYTHONDONTWRITEBYTECODE :=

SUITE := $(if $(filter 1,$(TIEOUT_BROWSER)),,-m "not browser and not thorough")

.PHONY: run test bench setup lock clean

run: $(READY)
	@if [ ! -e $(WORKSPACE) ] || [ -e $(UNFINISHED) ]; then \
	  touch $(UNFINISHED) && $(BIN)/finops --workspace $(WORKSPACE) demo && rm $(UNFINISHED); \
	fi
	$(BIN)/finops --workspace $(WORKSPACE) serve

test: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 2 --dist worksteal $(SUITE)

bench: $(READY)
	$(BIN)/finops --workspace $(WORKSPACE) bench

setup: $(READY)

# uv installs everything in seconds; where it cannot, pip does the same from the same lock.
$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	awk '/^uv==/ {on = 1} on {print} on && !/\\$$/ {exit}' requirements.lock > $(VENV)/uv.lock
	$(BIN)/pip install --quiet --require-hashes -r $(VENV)/uv.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock \
	  || $(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e . \
	  || $(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

# Pins with hashes, and no address in it: see README, "Keeping the lock".
lock:
	uv pip compile --no-config --universal --python-version 3.11 --all-extras \
	  --generate-hashes --no-annotate --no-header --quiet pyproject.toml -o requirements.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .import_linter_cache .hypothesis
