# Everything a person types. `make` alone lists it.
# Needs python3 (3.11 or newer) and make; the first command fills .venv from the locked list with hashes.

.DEFAULT_GOAL := help
PYTHON ?= python3
PORT ?= 8000
# BIN=/somewhere/bin uses an environment that is already filled instead of .venv.
BIN ?= .venv/bin
ifeq ($(BIN),.venv/bin)
RUNTIME := .venv/requirements.lock
DEVELOPMENT := .venv/requirements-dev.lock
endif
PYTEST_WORKERS ?= 2
# Where `make test-postgres` looks; every test run makes and drops a database of its own there.
TEST_POSTGRES_URL ?= postgres://postgres@127.0.0.1:5432/postgres
TEST_REDIS_URL ?= redis://127.0.0.1:6379/0

.PHONY: help
help: ## Show this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# --- Look at it ---------------------------------------------------------------------------------

.PHONY: demo
demo: $(RUNTIME) ## Run the demo district at http://127.0.0.1:8000 (PORT=9000 moves it); Ctrl-C stops it
	@MODE=demo PORT=$(PORT) $(BIN)/python -m leaderdev.demo

.PHONY: demo-reset
demo-reset: $(RUNTIME) ## Throw away what was typed into the demo and load it afresh
	@MODE=demo PORT=$(PORT) $(BIN)/python -m leaderdev.demo --reset

# --- Run it -------------------------------------------------------------------------------------

.PHONY: run
run: $(RUNTIME) ## Web server with the settings of .env; without a Redis the worker runs inside it
	@MODE=$${MODE:-development} PORT=$(PORT) $(BIN)/gunicorn -c python:leaderdev.serving

.PHONY: worker
worker: $(RUNTIME) ## Background worker (needs Redis)
	@MODE=$${MODE:-development} $(BIN)/celery -A leaderdev worker --loglevel INFO

.PHONY: beat
beat: $(RUNTIME) ## The clock of the background work (needs Redis); run exactly one
	@MODE=$${MODE:-development} $(BIN)/celery -A leaderdev beat --loglevel INFO --schedule var/beat-schedule

.PHONY: migrate
migrate: $(RUNTIME) ## Bring the database of .env up to date
	@MODE=$${MODE:-development} $(BIN)/python manage.py migrate

# --- Keep it good -------------------------------------------------------------------------------

.PHONY: test
test: $(DEVELOPMENT) ## The whole suite: on SQLite, then on PostgreSQL with Redis where they answer
	@WORKERS=$(PYTEST_WORKERS) TEST_POSTGRES_URL=$(TEST_POSTGRES_URL) \
	  TEST_REDIS_URL=$(TEST_REDIS_URL) $(BIN)/python -m tests.suite sqlite postgres

.PHONY: test-sqlite
test-sqlite: $(DEVELOPMENT) ## The suite on SQLite, with coverage and its gate
	@WORKERS=$(PYTEST_WORKERS) TEST_REDIS_URL=$(TEST_REDIS_URL) $(BIN)/python -m tests.suite sqlite

.PHONY: test-postgres
test-postgres: $(DEVELOPMENT) ## The suite on PostgreSQL and Redis
	@WORKERS=$(PYTEST_WORKERS) TEST_POSTGRES_URL=$(TEST_POSTGRES_URL) \
	  TEST_REDIS_URL=$(TEST_REDIS_URL) $(BIN)/python -m tests.suite postgres

.PHONY: lint
lint: $(DEVELOPMENT) ## Style, templates, types, layering, pending migrations, locks
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint templates --lint --quiet
	MODE=test $(BIN)/mypy
	MODE=test $(BIN)/lint-imports
	MODE=test $(BIN)/python manage.py makemigrations --check --dry-run
	MODE=test $(BIN)/python manage.py check
	$(BIN)/python -m tests.locks

.PHONY: format
format: $(DEVELOPMENT) ## Rewrite the Python files in the agreed form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: bench
bench: $(DEVELOPMENT) ## Speed, as multiples of the least a signed-in page costs (var/bench.json)
	@TEST_POSTGRES_URL=$(TEST_POSTGRES_URL) $(BIN)/python -m tests.benchmarks

.PHONY: screenshots
screenshots: $(DEVELOPMENT) ## Take the pictures of the README and the guides again (needs Chromium)
	@$(BIN)/python -m tests.browser.screenshots

# --- The locked lists ---------------------------------------------------------------------------

.PHONY: lock
lock: ## Renew requirements.lock and requirements-dev.lock from pyproject.toml (UPGRADE=1 takes newer ones)
	$(BIN)/python -m tests.locks --write $(if $(UPGRADE),--upgrade)

.venv/bin/python:
	@command -v $(PYTHON) >/dev/null || { \
	  echo "Python 3.11 or newer is needed, and there is no '$(PYTHON)' here. Install it, or name one: make demo PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed; '$(PYTHON)' is $$($(PYTHON) -V). Name a newer one: make demo PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; \
	  echo "Python's venv part is missing. On Debian and Ubuntu: sudo apt install python3-venv"; exit 1; }

# Each list is copied into .venv once it is installed, so that it is installed again only when it changed.
.venv/requirements.lock .venv/requirements-dev.lock: .venv/%: % | .venv/bin/python
	@cmp -s $< $@ || { echo "Installing what $< lists into .venv (once; takes about a minute) …"; \
	  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<; }
	@cp $< $@
