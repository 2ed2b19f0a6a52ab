# One entry for everything: `make help` lists it. Needs Python 3.11, nothing else.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules --no-print-directory

PYTHON ?= python3.11
PORT ?= 8000
FRONTEND ?= frontend
FRONTEND_PORT ?= 8080
STAGE ?= dev
BIN := .venv/bin
READY := .venv/.ready

.PHONY: help
help: ## List the targets
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  %-20s %s\n", $$1, $$2} /^## / {print "\n" substr($$0, 4)}' $(MAKEFILE_LIST)

$(READY): $(wildcard requirements*.txt)
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 is needed and $(PYTHON) is not here; name it: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv .venv
	@echo "Installing the requirements: seconds with uv, minutes with pip where uv cannot."
	@{ $(BIN)/python -m pip install --quiet --disable-pip-version-check uv && \
	   UV_SYSTEM_CERTS=1 $(BIN)/uv pip install --quiet --python $(BIN)/python --compile-bytecode --require-hashes -r requirements-dev.txt; } || \
	   $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

## Running
.PHONY: run run-packaged services pages listen webhooks-node install
run: $(READY) ## Run everything on this machine [PORT=8000] [LEGACY=old.db]
	@exec $(BIN)/python -m tools.local run --port $(PORT) $(if $(LEGACY),--legacy "$(LEGACY)")

run-packaged: package ## Run the packaged functions on this machine, each from its own archive [STAGE=dev] [PORT=8000] [LEGACY=old.db]
	@exec $(BIN)/python -m tools.gateway --stage $(STAGE) --port $(PORT) $(if $(LEGACY),--legacy "$(LEGACY)")

services: $(READY) ## Keep PostgreSQL and the local cloud up, for plain `chalice local` [LEGACY=old.db]
	@exec $(BIN)/python -m tools.local services $(if $(LEGACY),--legacy "$(LEGACY)")

pages: $(READY) ## Serve a frontend and the running API on one origin [FRONTEND=folder] [FRONTEND_PORT=8080] [PORT=8000]
	@exec $(BIN)/python -m tools.frontend serve --folder "$(FRONTEND)" --api http://127.0.0.1:$(PORT) --port $(FRONTEND_PORT)

LISTEN_PORT ?= 9000
listen: $(READY) ## Receive webhooks on this machine: verify and print what arrives [SECRET=whsec_...] [LISTEN_PORT=9000]
	@exec $(BIN)/python -m tools.webhooks listen --port $(LISTEN_PORT) $(if $(SECRET),--secret "$(SECRET)")

webhooks-node: ## Install the npm package that the receiver in JavaScript needs, into build/
	@command -v npm >/dev/null || { echo "npm is not on this machine"; exit 1; }
	npm install --silent --no-audit --no-fund --prefix build/webhooks-node standardwebhooks@1.0.0

install: $(READY) ## Make the virtual environment, without running anything

## Checking
.PHONY: test test-packaged check format lint types imports dead migrations grants openapi-fresh events-fresh rules trace trace-check openapi events bench parser-speed simulate fuzz-reads import-time
test: $(READY) ## Run all tests [CVD_POSTGRES=16|18] [ARGS="-k words"]
	$(BIN)/python -m pytest $(ARGS)

test-packaged: package ## Run the journey and the pages against the packaged functions [STAGE=dev] [ARGS="-k words"]
	$(BIN)/python -m pytest --packaged $(STAGE) tests/journey tests/pages/test_pages.py $(ARGS)

check: lint types imports dead migrations grants openapi-fresh events-fresh ## Check format, lint, types, imports, dead code, migrations, grants, the API's description

format: $(READY) ## Put the code into its format
	$(BIN)/ruff check --quiet --fix-only .
	$(BIN)/ruff format --quiet .

lint: $(READY)
	$(BIN)/ruff format --check --quiet . || { echo "Some files are not formatted: make format"; exit 1; }
	$(BIN)/ruff check --quiet .

types: $(READY)
	$(BIN)/mypy --no-error-summary

imports: $(READY)
	$(BIN)/lint-imports --no-logo

dead: $(READY)
	$(BIN)/vulture

migrations: $(READY)
	$(BIN)/python -m tools.migrate lint

events-fresh: $(READY)
	$(BIN)/python -m tools.events --check

grants: $(READY)
	@DATABASE_URL=none CVD_USER_POOL_ID=none CVD_USER_POOL_CLIENT_ID=none $(BIN)/python -m tools.package.check

openapi-fresh: $(READY)
	$(BIN)/python -m tools.openapi --check
	$(BIN)/python -m tools.promises --check
	$(BIN)/python -m tools.frontend build --check

trace: $(READY) ## Write docs/spec/trace.md anew: what the specification asks for, and the tests that prove it
	$(BIN)/python -m tools.trace

trace-check: $(READY) ## Tell whether docs/spec/trace.md is current
	$(BIN)/python -m tools.trace --check

rules: $(READY) ## List each rule of the specification with the tests that prove it
	@$(BIN)/python -m pytest --collect-only --quiet --rules

openapi: $(READY) ## Write docs/openapi.json and the browser client's made files anew from the declarations
	$(BIN)/python -m tools.openapi
	$(BIN)/python -m tools.promises
	$(BIN)/python -m tools.frontend build

events: $(READY) ## Write docs/events anew from the catalogue; a change that breaks receivers is refused
	$(BIN)/python -m tools.events

bench: $(READY) ## Measure the console's endpoints on filled databases [SIZE="small medium large"] [ONLY=words] [WRITE=1, into docs/performance.md]
	$(BIN)/python -m tools.bench $(SIZE) $(if $(ONLY),--only "$(ONLY)") $(if $(WRITE),--write)

parser-speed: $(READY) ## Measure the parser of DEX files on one core [FILES=...]
	$(BIN)/python -m tools.bench.parser $(FILES)

simulate: $(READY) ## Hold the interval engine to the truth of a simulated fleet [SEED=7] [MACHINES=500] [DAYS=60]
	$(BIN)/python -m tools.simulator check --seed $(or $(SEED),7) --machines $(or $(MACHINES),500) --days $(or $(DAYS),60)

fuzz-reads: $(READY) ## Feed the telemetry engine what no machine sends [SEED=1] [SECONDS=600]
	$(BIN)/python -m tools.simulator fuzz --seed $(or $(SEED),1) --seconds $(or $(SECONDS),600)

import-time: $(READY) ## Measure what a cold start imports
	$(BIN)/python -m tools.bench.import_time

coldstart: package ## Measure each function's cold start beside a floor and the whole app [STAGE=dev] [ARGS="--rounds 3 --only orders"]
	$(BIN)/python -m tools.bench.cold_start --stage $(STAGE) $(ARGS)

## The cloud
.PHONY: package
package: $(READY) ## Build everything that is deployed into build/STAGE/ [STAGE=dev|prod] [ARCHITECTURE=x86_64|arm64]
	$(BIN)/python -m tools.package --stage $(STAGE) $(if $(ARCHITECTURE),--architecture $(ARCHITECTURE))

## The database
.PHONY: migrate-status migrate-plan migrate-upgrade migrate-verify migrate-downgrade migrate-new migrate-snapshot
migrate-status migrate-plan migrate-upgrade migrate-verify: $(READY)
	$(BIN)/python -m tools.migrate $(@:migrate-%=%)
migrate-status: ## Tell which revision the database at MIGRATION_DATABASE_URL is at
migrate-plan: ## Tell what an upgrade would do
migrate-upgrade: ## Bring the database to the newest revision
migrate-verify: ## Compare the live schema with migrations/schema.sql
migrate-downgrade: $(READY) ## Go back to a revision [TO=0013]
	$(BIN)/python -m tools.migrate downgrade $(TO)
migrate-new: $(READY) ## Begin a revision from the template [NAME=what_it_does]
	$(BIN)/python -m tools.migrate new "$(NAME)"
migrate-snapshot: $(READY) ## Write migrations/schema.sql anew from the database at MIGRATION_DATABASE_URL
	$(BIN)/python -m tools.migrate snapshot

## Keeping house
.PHONY: requirements clean clean-data
requirements: $(READY) ## Compile the requirements with hashes [UPGRADE=1]
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	for name in requirements requirements-migrate requirements-docs requirements-runtime requirements-dev; do \
	  test ! -f $$name.in || $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    $(if $(UPGRADE),--upgrade) $$name.in --output-file $$name.txt; \
	done

clean: ## Remove the virtual environment and what tools have left; the local data stays
	rm -rf .venv build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -prune -exec rm -rf {} +

clean-data: ## Remove the local data: database, users, files
	rm -rf .local
