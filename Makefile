# Every target installs what it needs into .venv, once; a second call starts at once.

VENV   := .venv
BIN    := $(VENV)/bin
PYTHON ?= python3
IN     ?= corpus
OUT    ?= out
SHARED ?= ../shared
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help run test test-long test-ray test-training lint docs bench bench-ocr eval clean

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/.installed  ## extract the reports of corpus/ into out/ (IN=folder OUT=folder for others)
	@$(BIN)/extractor run $(IN) --out $(OUT) --format table

test: lint  ## lint, types and all tests
	@$(BIN)/python -m pytest

test-long: $(VENV)/.installed-dev  ## fifty kills, all broken files, five thousand files (some 15 minutes)
	@$(BIN)/python -m pytest -m long -n 0 -s

test-ray: $(VENV)/.installed-dev  ## the cluster engine on a local cluster of two workers (installs Ray, 400 MB)
	@$(PIP) --editable '.[dev,ray]'
	@$(BIN)/python -m pytest tests/test_batch_ray.py -n 0

test-training: $(VENV)/.installed-dev  ## training of the line recogniser: fifty steps, export (installs PyTorch; training/README.md)
	@$(PIP) -r training/requirements.txt
	@$(BIN)/python -m pytest tests/test_training.py -n 0 -rs

lint: $(VENV)/.installed-dev  ## ruff, mypy --strict, the patterns' own examples
	@$(BIN)/ruff check --output-format concise extractor tests scripts training
	@$(BIN)/mypy
	@MYPYPATH=scripts $(BIN)/mypy --strict $(wildcard scripts/*.py)
	@$(BIN)/extractor patterns check --format table

docs: $(VENV)/.installed-dev  ## the docs site into site/ (strict: a broken link is an error); see it: python -m http.server -d site
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict && echo "docs: site/index.html"

bench: $(VENV)/.installed-dev  ## speed, memory, linearity; what is read otherwise than at the last bench
	@$(BIN)/python scripts/bench.py
	@echo && echo "readings of corpus/ against the last bench" && $(BIN)/python scripts/bench_readings.py

bench-ocr: $(VENV)/.installed-dev  ## recognition: accuracy on made scans, speed, memory (20 minutes)
	@$(BIN)/python scripts/bench_ocr.py

eval: $(VENV)/.installed  ## scores on gold/, and on the shared gold where it is there
	@echo "gold/"
	@$(BIN)/extractor eval gold --format table
	@if [ -d $(SHARED)/eval/gold ]; then echo && echo "$(SHARED)/eval/gold" && \
	  $(BIN)/extractor eval $(SHARED)/eval/gold --raw $(SHARED)/reports/text --format table; fi

clean:  ## remove what the other targets made, the virtual environment excepted
	rm -rf $(OUT) build dist site .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find extractor tests scripts training -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@scripts/make_venv $(VENV) $(PYTHON)

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	@echo "installing extractor into $(VENV)"
	@$(PIP) --editable '.[ocr,web]'
	@scripts/get_model $(VENV)
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/python
	@echo "installing extractor and its development tools into $(VENV)"
	@$(PIP) --editable '.[dev]'
	@scripts/get_model $(VENV)
	@scripts/get_axe $(VENV)
	@touch $(VENV)/.installed $@
