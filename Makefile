# Every task of this project. `make` alone lists them. Needed: git, make, Python 3.11 or newer with venv.
.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run serve test check format bench torture schema pictures translations backup pins clean
SHELL := /bin/sh
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
FLASK := $(BIN)/flask --app wsgi
# Of the tests. Three keep two cores busy: a third of their time they wait for browsers and servers.
WORKERS ?= 3
# pip runs again only when a list of pins has changed: its checksum is part of the stamp's name.
RUN_STAMP := .venv/run-$(shell cksum < requirements.txt | cut -d' ' -f1)
DEV_STAMP := .venv/dev-$(shell cat requirements.txt requirements-dev.txt | cksum | cut -d' ' -f1)
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all:
STATIC := $(shell find app/web/static -type f ! -name '*.br' ! -name '*.gz' 2>/dev/null)
ENGLISH := app/web/translations/en/LC_MESSAGES/messages

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' Makefile

run: setup ## the demonstration on this machine, at http://127.0.0.1:8000 (PORT=… for another port)
	@RAK_DEMO=1 $(FLASK) serve

serve: setup ## the same for a real office (first `.venv/bin/flask --app wsgi init`)
	@$(FLASK) serve

# The processes of a run (its workers, the commands and servers they start) compile the code once, even where the shell
# says otherwise; tests.ground.order says which files begin.
test torture: export PYTHONDONTWRITEBYTECODE :=
test: setup-dev ## every test, on both databases and in the browser
	@$(BIN)/python -m tests.ground.browser
	@$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder --durations 10

check: setup-dev ## formatting, lint, types, import ladder, translations
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python -m tests.ground.translations

format: setup-dev ## put the code into its form
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: setup-dev ## measure against a bare Flask view (takes a while)
	@$(BIN)/python -m benchmarks

torture: setup-dev ## load, kills and faults (goes on where it stopped), then long searches
	@$(BIN)/python -m tests.torture
	@$(BIN)/python -m pytest --numprocesses $(WORKERS) --hypothesis-profile torture --durations 10 -m "torture or not torture"

schema: setup ## write courses/course.schema.json for editors
	@$(FLASK) courses schema

pictures: setup-dev ## take the pictures of the README and docs/ anew
	@$(BIN)/python -m tests.pictures

translations: setup-dev ## bring the English catalogue's msgids up to date
	@$(BIN)/python -m tests.ground.translations update

backup: setup ## a consistent copy of database and uploads, while the server runs
	@$(FLASK) backup

pins: setup-dev ## choose the newest versions of all dependencies
	@$(PIP) uv
	@$(BIN)/uv pip compile --quiet --upgrade --universal --custom-compile-command "make pins" \
		--python-version 3.11 pyproject.toml --output-file requirements.txt
	@$(BIN)/uv pip compile --quiet --upgrade --universal --custom-compile-command "make pins" \
		--python-version 3.11 --group dev --constraint requirements.txt --output-file requirements-dev.txt

clean: ## remove what was installed and compiled; instance/ stays
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis $(ENGLISH).mo
	@find app/web/static -name '*.br' -o -name '*.gz' | xargs rm -f
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

setup: $(RUN_STAMP) $(ENGLISH).mo .venv/static ## install what running needs

setup-dev: $(DEV_STAMP) setup ## install what development needs too

.venv/bin/pip:
	@for each in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
		if $$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$each; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
		echo "Python 3.11 or newer is missing. Install it, or name it: make PYTHON=/path/to/python3 …"; exit 1; \
	fi; \
	if ! $$found -c 'import ensurepip, venv' 2>/dev/null; then \
		echo "Python's venv is missing. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; \
	fi; \
	rm -rf .venv; $$found -m venv .venv

$(RUN_STAMP): .venv/bin/pip
	@echo "Installing what Rak Belajar needs …"
	@$(PIP) -r requirements.txt
	@rm -f .venv/run-* && touch $@

$(DEV_STAMP): $(RUN_STAMP)
	@echo "Installing what its development needs …"
	@$(PIP) -r requirements.txt -r requirements-dev.txt
	@rm -f .venv/dev-* && touch $@

$(ENGLISH).mo: $(ENGLISH).po $(RUN_STAMP)
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@ --locale en

.venv/static: $(STATIC) $(RUN_STAMP)
	@$(BIN)/python -m whitenoise.compress --quiet app/web/static
	@touch $@
