# Needs make and python3 (3.11 or later, with venv), and nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/python -m uv
UV_VERSION := 0.13.9
READY := $(VENV)/.ready
STUDY ?= data
COVERAGE := data/coverage
RESULTS ?= results
ifneq ($(words $(RESULTS)),1)
$(error RESULTS is one folder, without spaces in its path)
endif
# Written last: a folder without it holds no tables, or not all of them.
TABLES := $(RESULTS)/run.json

# uv installs no bytecode. If Python may not keep what it compiles, every process compiles the libraries again, which
# takes seconds.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := report
.PHONY: report test coverage lab docs lock figures lint clean

# If RESULTS is given, the report and the figures go into that folder. The folders figures/ and report/ are for the
# bundled study, and one of its figures is tracked.
ifeq ($(origin RESULTS),file)
FIGURES := figures
REPORT := report
# results/ belongs to this rule, so results of another version of the code are replaced.
DRAW = $(BIN)/framing run $(STUDY)/articles --study $(STUDY) --out $(RESULTS) --resume --overwrite \
    --figures $(FIGURES) --report $(REPORT)
# Real coverage was measured elsewhere; its articles are not in this repository.
DRAW_COVERAGE = $(BIN)/framing figures $(COVERAGE) --out $(FIGURES)/coverage && \
    $(BIN)/framing report $(COVERAGE) --out $(REPORT)/coverage
SAY_COVERAGE = @echo "Real coverage: $(REPORT)/coverage/index.html, and the notebook 10_findings"
else
FIGURES := $(RESULTS)/figures
REPORT := $(RESULTS)/report
DRAW = $(BIN)/framing figures $(RESULTS) --out $(FIGURES) && $(BIN)/framing report $(RESULTS) --out $(REPORT)
report: $(TABLES)
endif

report: $(READY)  ## measure the bundled study (or use RESULTS=...), draw it and real coverage, run the notebooks, write pages
	$(DRAW)
	$(DRAW_COVERAGE)
	$(BIN)/framing notebooks $(RESULTS)
	@echo "Done: open $(REPORT)/index.html; make lab opens the notebooks, which are in $(RESULTS)/notebooks"
	$(SAY_COVERAGE)

test: lint  ## what CI runs: style, types, tests (the notebooks are executed by the tests)
	$(BIN)/pytest -n 2 --dist loadfile

coverage: $(READY)  ## run the tests and show line coverage; fails below the minimum in pyproject.toml
	$(BIN)/pytest -n 2 --dist loadfile --cov --cov-report=term:skip-covered

lab: $(READY) $(TABLES)  ## JupyterLab on copies of the notebooks, in results/notebooks
	$(BIN)/framing lab $(RESULTS)

docs: $(READY)  ## the documentation, to be opened from disk: docs/_build/html/index.html
	$(BIN)/sphinx-build -W --keep-going -q docs docs/_build/html
	@echo "Done: open docs/_build/html/index.html"

lock: $(READY)  ## resolve pyproject.toml anew into requirements.lock
	$(UV) pip compile --quiet --universal --generate-hashes --all-extras --python-version 3.11 \
	    --no-emit-index-url --upgrade --output-file requirements.lock pyproject.toml

figures: $(READY) $(TABLES)  ## draw the figures again from the tables in results/
	$(BIN)/framing figures $(RESULTS) --out $(FIGURES)

# Only the default folder is filled with the bundled study. If the name of another folder were misspelt, the numbers of
# the bundled study could be mistaken for those of other articles.
ifeq ($(origin RESULTS),file)
$(TABLES): | $(READY)
	@echo "No tables in $(RESULTS) yet: measuring the bundled study, $(STUDY)."
	$(BIN)/framing annotate $(STUDY)/articles --study $(STUDY) --out $(RESULTS)
else
$(TABLES):
	@echo "No tables in $(RESULTS). To measure your own articles: $(BIN)/framing annotate ARTICLES --study $(STUDY) --out $(RESULTS)" >&2
	@exit 1
endif

lint: $(READY)  ## style and types alone
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

clean:  ## remove everything that make has made, except the tracked figure of the README
	rm -rf $(VENV) results report docs/_build docs/_generated
	find figures -type f ! -name README.md ! -path figures/coverage/who_is_quoted.png -delete

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "$(PYTHON) is older than 3.11; run: make PYTHON=python3.11"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
	    { rm -rf $(VENV); echo "python3 has no venv module; on Debian or Ubuntu: sudo apt-get install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	$(UV) pip sync --quiet --require-hashes --python $(BIN)/python requirements.lock
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $(READY)
