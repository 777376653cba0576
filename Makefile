# The one entrance for people, hooks and CI. `make help` lists what there is.
# Only python3 (3.11 or newer) is needed; everything else is installed into .venv.

PYTHON ?= python3
BIN := .venv/bin
#: What a browser sees, on both databases; the rest of the story is told on one.
ON_BOTH := $(addprefix tests/story_web/test_,story.py first_form.py nothing_is_lost.py at_once.py sums_at_once.py)
SAMPLE := src/jixiao/sample/taole-2022.txt
export UV_PYTHON_DOWNLOADS := never
export PYTHONUTF8 := 1

.DEFAULT_GOAL := help
.PHONY: help setup run sample test check format types contracts docs accuracy bench fuzz accept rule lock clean

help: ## what there is
	@grep -hE '^[a-z-]+:.*## ' Makefile | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

setup: .venv/ready ## environment from the lock file

.venv/ready: uv.lock pyproject.toml requirements.lock.txt
	@$(PYTHON) tools/set_up.py
	@touch $@

run: setup ## the web system with the sample county: http://127.0.0.1:8000
	@$(BIN)/jixiao serve --demo

sample: setup ## read and audit the bundled sample; write the HTML report
	@$(PYTHON) tools/run_sample.py

test: setup ## cases, golden documents, properties, contracts
	@$(BIN)/python -m pytest -n 2 --dist loadgroup
	@$(BIN)/python tools/with_postgres.py $(BIN)/python -m pytest -n 2 --dist loadgroup tests/web $(ON_BOTH)
	@$(BIN)/lint-imports --no-cache

check: types contracts ## format, lint, types, contracts, freshness of docs
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/python -m tools.build_docs --check

types: setup ## mypy, strict
	@$(BIN)/mypy

contracts: setup ## which room may import which
	@$(BIN)/lint-imports --no-cache

format: setup ## format and mend what can be mended safely
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

docs: setup ## rule pages, layout pages, command reference, glossary
	@$(BIN)/python -m tools.build_docs

accuracy: setup ## precision and recall per rule on the labelled samples
	@$(BIN)/python -m tools.measure_accuracy

bench: setup ## every benchmark, ratios side by side
	@$(BIN)/python -m benchmarks

fuzz: setup ## bend valid documents at random; SECONDS=60
	@$(BIN)/python -m tests.fuzz $(or $(SECONDS),60)

accept: setup ## rewrite the golden expectations, then look at the diff
	@JIXIAO_ACCEPT=1 $(BIN)/python -m pytest tests/golden

rule: setup ## a new rule: make rule FAMILY=values NAME=doubled_comparator CODE=VAL002
	@$(BIN)/python tools/new_rule.py $(FAMILY) $(NAME) $(CODE)

lock: ## renew the lock file, its fallback and what production installs
	@$(BIN)/uv lock --upgrade
	@$(BIN)/uv export --quiet --all-groups --all-extras --no-emit-project --format requirements-txt -o requirements.lock.txt
	@$(PYTHON) tools/renew_deploy.py

clean: ## remove the environment and build products
	rm -rf .venv build dist .mypy_cache .ruff_cache
