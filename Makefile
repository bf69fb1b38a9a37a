# Everything here needs Python 3.11 or later and make; each target makes what it lacks.
PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
STORE ?= data/store
VENV := .venv
BIN := $(VENV)/bin

.PHONY: serve build test check format bench clean help

help:  ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/'

$(VENV)/.installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed; name one: make PYTHON=python3.11 …" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[formats]'
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

build: $(VENV)/.installed  ## build the store from seeds/
	$(BIN)/kg build --store $(STORE)

serve: build  ## build the seeds and serve them on PORT (8000)
	$(BIN)/kg serve --store $(STORE) --host $(HOST) --port $(PORT)

test: $(VENV)/.installed-dev  ## run the tests
	$(BIN)/python -m pytest

check: $(VENV)/.installed-dev  ## lint, format, types and tests with coverage
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/python -m pytest --cov --cov-report=term --cov-fail-under=90

format: $(VENV)/.installed-dev  ## format the code
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: $(VENV)/.installed-dev  ## measure speed and memory beside a peer
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	$(BIN)/python -m benchmarks

clean:  ## remove the environment and everything built
	rm -rf $(VENV) data build dist
