# One command each; the same ones run in CI. Recipes need nothing but Python 3.11, make and a shell.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py

# Some machines tell Python not to keep what it compiles; then each start would compile 600 modules again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run setup check test test-everything sabotage fault bench lighthouse format lock vendor clean

run: $(VENV)/.run-ready
	@$(MANAGE) serve

setup: $(VENV)/.dev-ready

check: $(VENV)/.dev-ready
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh tests/check.sh

test: $(VENV)/.dev-ready
	@sh tests/needs.sh
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh tests/all.sh

test-everything: $(VENV)/.dev-ready
	@sh tests/needs.sh
	@PATH="$(CURDIR)/$(BIN):$$PATH" EVERYTHING=1 sh tests/all.sh

sabotage: $(VENV)/.dev-ready
	@sh tests/needs.sh
	@$(BIN)/python -m tests.sabotage

fault: $(VENV)/.dev-ready
	@sh tests/needs.sh
	@$(BIN)/python -m tests.faults

bench: $(VENV)/.dev-ready
	@$(BIN)/python -m bench

lighthouse: $(VENV)/.dev-ready
	@sh tests/needs.sh
	@$(BIN)/python -m bench.lighthouse

format: $(VENV)/.dev-ready
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format --quiet .
	@find templates -name '*.html' | xargs $(BIN)/djade --target-version 5.2 || true

lock: $(VENV)/.dev-ready
	@$(BIN)/pip-compile --quiet --no-strip-extras --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
		--no-emit-trusted-host --allow-unsafe --output-file requirements.txt requirements.in
	@$(BIN)/pip-compile --quiet --no-strip-extras --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
		--no-emit-trusted-host --allow-unsafe --output-file requirements-s3.txt requirements-s3.in
	@$(BIN)/pip-compile --quiet --no-strip-extras --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
		--no-emit-trusted-host --allow-unsafe --output-file requirements-dev.txt requirements-dev.in

vendor: $(VENV)/.dev-ready
	@sh tests/needs.sh
	@$(BIN)/python -m frontend

clean:
	rm -rf $(VENV) node_modules bench/lighthouse/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .prepared-tests

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Forewarned needs Python 3.11 or newer; set PYTHON=."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv module is missing (on Debian: python3-venv)."; exit 1; }

$(VENV)/.run-ready: requirements.txt | $(VENV)/bin/python
	@echo "Installing ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.dev-ready: requirements-dev.txt $(VENV)/.run-ready
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@
