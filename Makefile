# Everything runs in a virtual environment of its own, made when it is missing: a fresh machine needs only python3 and make.

PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
READY = $(VENV)/.ready
ENGINES = $(VENV)/.engines
SAMPLE ?= $(firstword $(sort $(wildcard samples/*.damaged.txt)))

.PHONY: all demo test test-engines test-kills fuzz-patterns browser lint types model sums samples bench matrix harm fuzz clean

all: lint types test

demo: $(READY)  ## show the repair of a sample
	@$(BIN)/summitfix --exit-zero $(SAMPLE)
	@$(BIN)/summitfix < $(SAMPLE) | cmp - $(SAMPLE:.damaged.txt=.expected.txt) && echo "Byte for byte what it should be: $(SAMPLE:.damaged.txt=.expected.txt)"

test: $(READY) browser
	$(BIN)/python -m pytest

BROWSERS = chromium || command -v chromium-browser || command -v google-chrome

browser:  ## what the tests of the HTML page need; root on Debian gets it installed
	@{ command -v $(BROWSERS); } >/dev/null || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && apt-get update -qq && \
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null && { command -v $(BROWSERS); } >/dev/null; } || \
	{ echo "the tests of the HTML page need chromium, chromium-browser or google-chrome on PATH (Debian: sudo apt-get install chromium)" >&2; exit 2; }

test-engines: $(ENGINES)  ## run the repair in datatrove, PyArrow, Polars, Spark (needs Java) and Ray Data; they take 1.2 GB and some minutes
	$(BIN)/python -m pytest -o addopts=--doctest-modules -q tests/engines tests/test_scale.py summitfix/scale

test-kills: $(READY)  ## end the command at 380 random instants and look at what is left; it takes some minutes
	$(BIN)/python tests/kills.py

SECONDS ?= 1200

fuzz-patterns: $(READY)  ## attack every regular expression with text made to stop it, for so many seconds
	nice $(BIN)/python tests/patterns.py $(SECONDS)

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy --strict

model: $(READY)  ## rebuild the language model from a folder of <language>.txt
	@test -n "$(CORPUS)" || { echo "say where the texts are: make model CORPUS=folder" >&2; exit 2; }
	$(BIN)/python -m summitfix.data.build $(CORPUS)
	$(BIN)/python -m summitfix.data.build_sums

sums: $(READY)  ## after a change of a data file on purpose: without it nothing is built
	$(BIN)/python -m summitfix.data.build_sums

samples: $(READY)
	$(BIN)/python samples/make.py

bench: $(READY)
	PYTHONPATH=tests $(BIN)/python -m bench $(FULL)

matrix: $(READY)  ## wheel and source archive on every CPython here, with the oldest and the newest dependencies; WHOLE=1 runs all tests on each
	$(BIN)/python tests/matrix.py $(if $(WHOLE),--whole) $(PYTHONS)

harm: $(READY)  ## repair a folder of texts in memory and keep every sure change to be read; `tests/harm.py` says more
	@test -n "$(TEXTS)" || { echo "say where the texts are, one folder for each kind: make harm TEXTS=folder" >&2; exit 2; }
	$(BIN)/python tests/harm.py $(TEXTS)
	$(BIN)/python tests/harm.py $(TEXTS) --list
	$(BIN)/python tests/harm.py $(TEXTS) --tell

EXAMPLES ?= 20000
GUIDED ?=

fuzz: $(READY)  ## keep every promise under EXAMPLES examples, or (GUIDED=promise) one of them under those that atheris leads to code not reached yet
	@test -z "$(GUIDED)" || $(BIN)/python -m pip install --quiet --group fuzz
	$(BIN)/python tests/fuzz.py --examples $(EXAMPLES) $(if $(GUIDED),--guided $(GUIDED))

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis dist

# Older versions of pip do not know dependency groups, so pip itself comes first.
$(READY): pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "python3 has no venv module here (Debian, Ubuntu: apt install python3-venv)" >&2; exit 2; }
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable . --group dev
	@touch $@

$(ENGINES): $(READY)
	$(BIN)/python -m pip install --quiet --editable ".[arrow,datatrove]" --group engines
	@touch $@
