# make run: install, index corpus/ and serve it on http://127.0.0.1:8000, whatever file cannot be read
# make test: install and run the tests
# make lowest: run the tests with the lowest version of each package that setup.cfg allows
# make audit: look for known weaknesses in what is installed; make sbom: list it in sbom.json
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test lowest lint audit sbom clean

run: .venv/installed
	-$(BIN)/pilcrow sync
	$(BIN)/pilcrow serve

test: .venv/installed-dev
	$(BIN)/python -m pytest $(TESTS)

lowest: .venv-lowest/installed
	.venv-lowest/bin/python -m pytest $(TESTS)

lint: .venv/installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

audit: .venv/installed-release
	$(BIN)/pip-audit --progress-spinner off

sbom: .venv/installed-release
	$(BIN)/cyclonedx-py environment --output-file sbom.json $(BIN)/python

.venv/installed: setup.cfg pyproject.toml
	$(PYTHON) -m venv .venv
	@# A pip older than 23.3 does not find lxml's extra "html_clean" under its new spelling, and warns.
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=23.3'
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

.venv/installed-dev: .venv/installed
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@

.venv-lowest/installed: .venv/installed-dev .ci/lowest.py
	$(PYTHON) -m venv .venv-lowest
	$(BIN)/python .ci/lowest.py setup.cfg > .venv-lowest/constraints.txt
	.venv-lowest/bin/python -m pip install --quiet --upgrade 'pip>=23.3'
	.venv-lowest/bin/python -m pip install --quiet -c .venv-lowest/constraints.txt --editable '.[test]'
	touch $@

.venv/installed-release: .venv/installed
	$(BIN)/python -m pip install --quiet --editable '.[release]'
	touch $@

clean:
	rm -rf .venv .venv-lowest .pilcrow build *.egg-info
