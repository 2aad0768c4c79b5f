# Every target sets up what it needs in .venv on first use, and again when the requirements change.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help demo crawl test lint bench docs

PY := .venv/bin/python
MUNIMENT := $(PY) -m crawler.cli
PIP := $(PY) -m pip install -qq --disable-pip-version-check
PYTHONS := python3.11 python3 python3.12 python3.13
USABLE := import sys, venv, ensurepip, sqlite3; sys.exit(sys.version_info < (3, 11))

help: ## Show this list
	@echo "Muniment keeps what local governments publish. Targets:"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' $(MAKEFILE_LIST) | expand -t 16
	@echo "For more, once set up: .venv/bin/muniment --help"

demo: .venv/runtime ## Crawl a sample portal on this machine, and show what was archived (under a minute)
	@$(MUNIMENT) demo

crawl: .venv/runtime ## Crawl a portal: make crawl URL=https://town.example/
	@if [ -z "$${URL:-}" ]; then echo "Say which portal: make crawl URL=https://town.example/" >&2; exit 2; fi
	@$(MUNIMENT) crawl "$$URL"

test: .venv/dev ## Run every test
	@echo "Running the tests ..."
	@# Two files at a time: much of the time is waiting for crawls, and tests of one file share what they set up.
	@$(PY) -m pytest -n auto --maxprocesses=2 --dist=loadfile

lint: .venv/dev ## Check style, types and who imports whom
	@echo "Checking style (ruff) ..."
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@echo "Checking types (mypy) ..."
	@$(PY) -m mypy
	@echo "Checking who imports whom (import-linter) ..."
	@$(PY) -c "from importlinter.cli import lint_imports_command; lint_imports_command()"

bench: .venv/dev ## Measure the speed of reading, storing and finding, and how well copies are found
	@echo "Reading a page ..."
	@$(PY) -m benchmarks.reading
	@echo "Storing and finding articles ..."
	@$(PY) -m benchmarks.archive --articles 2000
	@echo "Finding copies of an article, by kind of edit ..."
	@$(PY) -m benchmarks.duplicates
	@echo "Crawling beside a plain spider ..."
	@$(PY) -m benchmarks.size --articles 300 --plain 300
	@if [ -n "$${CORPUS:-}" ]; then \
	  echo "Reading the corpus beside other extractors ..."; \
	  $(PY) -m benchmarks.peers "$$CORPUS" --packages "$$(echo "$${PEERS:?the environment of the peers}"/lib/python3*/site-packages)"; \
	fi

docs: .venv/dev ## Write the generated pages of docs/
	@echo "Writing docs/cli.md and docs/schema.md ..."
	@$(PY) -m crawler.cli.manual > docs/cli.md
	@$(PY) -m crawler.archive.schema > docs/schema.md

# The stamps: a file says that a set of packages is installed, and is older than what asks for another set.

$(PY):
	@echo "Setting up Python in .venv (once) ..."
	@for python in $(PYTHONS); do \
	  if "$$python" -c "$(USABLE)" 2>/dev/null; then break; fi; python=; \
	done; \
	if [ -z "$$python" ]; then \
	  echo "Python 3.11 or newer with venv is needed and was not found (on Debian: apt install python3.11-venv)." >&2; exit 1; \
	fi; \
	"$$python" -m venv --clear .venv

.venv/runtime: $(PY) requirements/runtime.txt pyproject.toml
	@echo "Installing the packages that Muniment runs on (once) ..."
	@$(PIP) -r requirements/runtime.txt
	@$(PIP) --no-deps -e .
	@touch $@

.venv/dev: .venv/runtime requirements/dev.txt
	@echo "Installing the packages for tests and checks (once) ..."
	@$(PIP) -r requirements/dev.txt
	@touch $@
