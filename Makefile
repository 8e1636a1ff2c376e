# make demo    set up, extract the sample articles, build the graph, look at it
# make test    set up and run all tests, the browser's included
# make check   style, types, import directions, ontology, dependencies
# make bench   speed, memory and size beside others (PARTS="taggers pages" for some)
# make scaling extraction with more texts, processes and workers, and when one is killed; on an idle machine
# make fuzz    100,000 hostile inputs for whatever reads from outside
# make faults  kill, fill the disk, turn the clock, write twice at once
# make calibrate fit confidence to gold, after rules have changed
# make figures how good the extraction is, for the README
# make measured the same by class, relation and rule, for the codebook
# make readme  write the README's figures and outputs anew
# make picture the README's picture of the explorer

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := demo
MAKEFLAGS += --no-builtin-rules

PYTHON ?= $(firstword $(shell command -v python3.11 python3.12 python3.13 python3))
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
GOVKG := $(BIN)/govkg

EXTRACTOR := $(shell find extract -type f -not -name '*.pyc')
GRAPH := $(shell find kg -type f -not -name '*.pyc') ontology.ttl
ARTICLES := $(shell find data/articles -type f)
TEXTS ?= 2000

.PHONY: demo test check bench scaling fuzz faults calibrate figures measured readme picture browser clean

demo: exports/explorer.html exports/governance.gexf exports/governance.ttl
	@echo
	@echo "Which offices does 徐志强 hold, and which sentences say so?"
	@echo '  $$ govkg query offices-of -p official=徐志强 --store exports/demo.kg'
	@echo
	@$(GOVKG) query offices-of -p official=徐志强 --store exports/demo.kg
	@echo
	@$(GOVKG) info --brief --store exports/demo.kg
	@echo
	@echo "Written, and what to do with it:"
	@echo "  exports/explorer.html     open it in a browser"
	@echo "  exports/governance.gexf   open it in Gephi"
	@echo "  exports/governance.ttl    load it into any RDF store"
	@echo "Next:"
	@echo "  source $(BIN)/activate"
	@echo "  govkg query --list"
	@echo "  govkg query practises -p practice=主动创稳 --store exports/demo.kg"
	@echo "  govkg build my-articles/ --store my.kg && govkg explore --store my.kg -o graph.html"

exports/demo.jsonl: $(VENV)/.installed $(EXTRACTOR) $(ARTICLES)
	@echo "Extracting facts from the sample articles ..."
	@$(GOVKG) extract data/articles -o $@

exports/demo.kg/store.json: exports/demo.jsonl $(GRAPH)
	@echo "Building the graph ..."
	@rm -rf exports/demo.kg
	@$(GOVKG) build exports/demo.jsonl --store exports/demo.kg
	@touch $@

exports/explorer.html: exports/demo.kg/store.json
	@$(GOVKG) explore --store exports/demo.kg --title 地方治理知识图谱 -o $@

exports/governance.gexf: exports/demo.kg/store.json
	@$(GOVKG) export gexf --store exports/demo.kg -o $@

exports/governance.ttl: exports/demo.kg/store.json
	@$(GOVKG) export turtle --store exports/demo.kg -o $@

test: $(VENV)/.installed-test browser
	$(BIN)/python -m pytest $(PYTEST)

check: $(VENV)/.installed-test $(VENV)/.installed-check
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/mypy .ci/audit.py
	$(BIN)/lint-imports
	$(BIN)/python -m kg.ontology --check
	$(BIN)/python .ci/audit.py
	$(BIN)/python -m compileall -q kg extract benchmarks tests

bench: $(VENV)/.installed-test
	@$(PIP) install --quiet --editable '.[bench]'
	$(BIN)/python -m benchmarks.parts --texts $(TEXTS) $(PARTS)

scaling: $(VENV)/.installed-test
	$(BIN)/python -m benchmarks.scaling
	$(BIN)/python -m benchmarks.changed_rules

fuzz: $(VENV)/.installed-test
	@$(PIP) install --quiet --editable '.[fuzz]'
	$(BIN)/python -m benchmarks.fuzzing.run

faults: exports/demo.jsonl $(VENV)/.installed-test
	$(BIN)/python -m benchmarks.faults.run $(or $(FACTS),exports/demo.jsonl)

calibrate: $(VENV)/.installed
	$(BIN)/python -m benchmarks.calibrate

figures: $(VENV)/.installed
	$(BIN)/python -m benchmarks.figures

measured: $(VENV)/.installed
	$(BIN)/python -m benchmarks.measured

readme: $(VENV)/.installed
	$(BIN)/python -m benchmarks.readme

picture: exports/explorer.html $(VENV)/.installed-test browser
	$(BIN)/python -m benchmarks.picture exports/explorer.html docs/explorer.png

browser:
	@.ci/browser

clean:
	rm -rf $(filter-out exports/.gitkeep,$(wildcard exports/*)) build dist

# Setting up. A stamp in the virtual environment tells what is installed; pyproject.toml makes it stale.

$(VENV)/.installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; if it has another name: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@echo "Setting up $(VENV) and installing the packages; this takes a minute or two ..."
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "No virtual environment; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@$(PIP) install --editable .
	@touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	@$(PIP) install --quiet --editable '.[test]'
	@touch $@

$(VENV)/.installed-check: $(VENV)/.installed
	@$(PIP) install --quiet --editable '.[check]'
	@touch $@
