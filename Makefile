# Two commands: `make run` serves Small Places, `make test` tests it. Nothing but Python 3.11+, make and PyPI is needed.
PYTHON ?= python3
PORT ?= 8000
CORPUS ?=
BIN := .venv/bin

.PHONY: run test install lint format types contracts messages clean help

run: .venv/.run  ## Install, build the store, import CORPUS=folder if given, serve on 127.0.0.1:PORT
	@$(BIN)/smallplaces init $(if $(CORPUS),,--example)
	@$(if $(CORPUS),$(BIN)/smallplaces import "$(CORPUS)" || test $$? -eq 1)
	@PORT=$(PORT) exec $(BIN)/smallplaces serve

test: .venv/.dev lint types contracts  ## Install what tests need and run them all
	$(if $(SMALLPLACES_TEST_POSTGRES),DATABASE_URL=$(SMALLPLACES_TEST_POSTGRES) $(BIN)/pytest tests/site -n 2 --dist loadfile)
	$(BIN)/pytest -n 2 --dist loadfile

install: .venv/.dev  ## Install everything a developer needs

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: .venv/.dev  ## Format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: .venv/.dev
	$(BIN)/mypy

contracts: .venv/.dev
	$(BIN)/lint-imports

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Small Places needs Python 3.11 or newer; try: make PYTHON=python3.11")'
	$(PYTHON) -m venv .venv

.venv/.run: .venv/bin/python requirements.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: .venv/bin/python requirements-dev.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@ .venv/.run

help:  ## Say what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'
