# Needs Python 3.11 or later, and make. Everything else goes into .venv.

PYTHON ?= python3
UV ?= uv

BIN := .venv/bin
# Written last by `install`, so that a broken-off one is done again.
INSTALLED := .venv/.installed

# Universal: one file serves every system and every Python from 3.11 on. It names no package index.
LOCK := --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header

OPERATIONS ?= 5000
SEED ?= random

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help install demo test fuzz audit clients schemathesis benchmarks lint sdl requirements wheel clean

help: ## Show these commands.
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' $(MAKEFILE_LIST) | expand -t 22

install: $(INSTALLED) ## Make .venv with the locked packages (PYTHON=python3.13 picks another Python).

demo: install ## Start the API with sample data.
	$(BIN)/coaching demo

# On all cores, here and not in pyproject.toml: a single file by hand is done before workers start.
# By file: its snapshots are written by one process. In order: the reviews and marks, few tests and
# long ones, would come last if files with many tests came first.
test: install ## Run the tests.
	$(BIN)/pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

fuzz: install ## Compare many random operations with and without groups (OPERATIONS=, SEED= to repeat).
	FUZZ_OPERATIONS=$(OPERATIONS) FUZZ_SEED=$(SEED) $(BIN)/pytest --capture=no tests/test_interference.py

# With a Node and packages of its own, which nothing else needs.
audit: install ## Audit GraphQL over HTTP with the package graphql-http (needs Node 18 or later).
	npm install --prefix tests/http --no-package-lock --no-audit --no-fund --silent
	$(BIN)/python -m tests.http.demo_server qa node tests/http/audits.mjs

# The same; what relay-compiler makes is not kept.
clients: install ## Try the clients that front ends use (needs Node 20 or later).
	npm install --prefix tests/clients --no-package-lock --no-audit --no-fund --silent
	cd tests/clients && npx --no-install relay-compiler relay.config.json
	$(BIN)/python -m tests.http.demo_server qa node tests/clients/clients.mjs

# In an environment of its own, from which nothing else imports.
schemathesis: install ## Send generated documents, right and wrong ones, to a running server.
	$(PYTHON) -m venv tests/http/.venv
	tests/http/.venv/bin/pip install --quiet schemathesis==4.32.5
	$(BIN)/python -m tests.http.demo_server agent sh tests/http/schemathesis.sh agent
	$(BIN)/python -m tests.http.demo_server qa sh tests/http/schemathesis.sh qa

# With a Node, packages and databases of its own; what it makes is kept for the next time.
benchmarks: install ## Measure against other servers (BENCHMARK= for options, see docs/benchmarks.md).
	$(BIN)/python -m benchmarks $(BENCHMARK)

lint: install ## Check style, types and layers.
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

sdl: install ## Write the schema files in graphql/.
	$(BIN)/coaching sdl --write graphql

requirements: ## Lock the newest allowed packages (the only command that needs uv).
	$(UV) pip compile pyproject.toml $(LOCK) --output-file requirements.txt
	$(UV) pip compile pyproject.toml --group dev --constraints requirements.txt $(LOCK) --output-file requirements-dev.txt

wheel: install ## Build the wheel into dist/.
	$(BIN)/python -m build --wheel --no-isolation

clean: ## Remove all that the other commands have made.
	rm -rf .venv dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache tests/http/.venv tests/http/node_modules tests/clients/node_modules tests/clients/relay/__generated__ benchmarks/peers/node_modules benchmarks/.data benchmarks/results.json
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --clear: the environment holds what the lock file says, and nothing that an older one said.
# The project itself comes last: its build backend is one of the locked packages.
$(INSTALLED): requirements.txt requirements-dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; name one with PYTHON=")'
	$(PYTHON) -m venv --clear .venv
	$(BIN)/pip install --quiet --require-hashes --requirement requirements-dev.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@
