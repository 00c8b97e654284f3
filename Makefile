# The words of this project.  Every word prepares what it needs; nothing is installed outside .venv.

PYTHON ?= python3.11
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
UV := uv==0.13.9
WORDS := locale/zh_Hans/LC_MESSAGES/django
WORKERS ?= 2

.PHONY: help setup run test races test-faults long check fix migrate seed bench messages lighthouse paint

help:
	@echo "make run       install, load the demonstration, serve it (PORT=8000)"
	@echo "make test      install, run the whole suite"
	@echo "make races     only the tests of simultaneous work (needs DATABASE_URL, REDIS_URL)"
	@echo "make test-faults  200 compiles under 60 kills, and a year's digest from every time zone, order,"
	@echo "                backup and database (all of it needs DATABASE_URL, REDIS_URL)"
	@echo "make long      ten thousand steps against a model, 200 histories of a year, much made-up input,"
	@echo "                a large year recounted, a stranger's walk through 196 agencies, and 10,000"
	@echo "                guesses at passwords"
	@echo "make check     lint, types, contracts, migrations, translations, deployment"
	@echo "make fix       let ruff and djlint mend what they can"
	@echo "make setup     install everything a developer needs"
	@echo "make migrate   prepare the database        make seed    load the demonstration"
	@echo "make lighthouse  measure the public pages with Lighthouse (needs npm and Chromium)"
	@echo "make paint     measure when every page first paints, with the demonstration (needs Chromium)"
	@echo "make bench     measure against the comparison programs"
	@echo "make messages  collect sentences and compile translations"

.venv/bin/uv:
	@echo "Making the virtual environment .venv …"
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is missing. Install Python 3.11, or name yours: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "The module venv is missing. On Debian: apt install python3.11-venv"; exit 1; }
	@$(BIN)/python -m pip install --disable-pip-version-check -q $(UV)

.venv/.runtime: requirements.txt | .venv/bin/uv
	@echo "Installing the packages of requirements.txt into .venv …"
	@$(BIN)/uv pip install --python $(BIN)/python -r requirements.txt
	@touch $@

.venv/.tests: tests/requirements.txt .venv/.runtime
	@echo "Installing the packages of tests/requirements.txt into .venv …"
	@$(BIN)/uv pip install --python $(BIN)/python -r requirements.txt -r tests/requirements.txt
	@touch $@

$(WORDS).mo: $(WORDS).po | .venv/.runtime
	@$(MANAGE) messages --compile

setup: .venv/.tests $(WORDS).mo

run: .venv/.runtime $(WORDS).mo
	@exec $(MANAGE) demo

test: .venv/.tests
	@echo "Running the suite on $(WORKERS) processes …"
	@$(BIN)/python -m pytest -q -n $(WORKERS) --dist worksteal

races: .venv/.tests
	@for turn in 1 2 3; do $(BIN)/python -m pytest -q -n0 tests/races || exit 1; done

test-faults: .venv/.tests
	@COMPILES=200 KILLS=60 FILINGS=17688 $(BIN)/python -m pytest -q -n0 tests/faults

long: .venv/.tests
	@LIVES=200 HISTORIES=200 FUZZ=200 SCALES=100000 AGENCIES=196 GUESSES=10000 $(BIN)/python -m pytest -q -n0 tests/filings/test_machine.py tests/config/test_fuzzed.py tests/oracle tests/walls/test_crawl.py tests/officers/web/test_guessing.py

check: .venv/.tests
	@PATH="$(CURDIR)/$(BIN):$$PATH" .ci/check

fix: .venv/.tests
	@$(BIN)/ruff check --fix . && $(BIN)/ruff format .

# Beside the suite: needs Node 20, npm and Chromium, and takes some minutes.
lighthouse: .venv/.tests $(WORDS).mo tests/lighthouse/node_modules
	@$(BIN)/python -m tests.lighthouse

# Beside the suite: a time measured on a busy machine proves nothing.  Needs Chromium.
paint: .venv/.tests $(WORDS).mo
	@$(BIN)/python -m tests.paint

tests/lighthouse/node_modules: tests/lighthouse/package-lock.json
	@command -v npm >/dev/null || { echo "npm is missing. On Debian: apt install npm"; exit 1; }
	@npm ci --prefix tests/lighthouse --ignore-scripts --no-audit --no-fund
	@touch $@

migrate: .venv/.runtime
	@$(MANAGE) migrate

seed: .venv/.runtime $(WORDS).mo
	@$(MANAGE) demo --no-serve

bench: .venv/.tests
	@$(BIN)/python -m benchmarks $(ARGS)

messages: .venv/.tests
	@$(MANAGE) messages
