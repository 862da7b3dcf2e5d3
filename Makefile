# Every target works from a fresh clone: packaging/bootstrap.py makes .venv when it is missing or out of date.
PYTHON ?= python3
BOOTSTRAP = $(PYTHON) packaging/bootstrap.py
BIN = .venv/bin

.PHONY: run test bench check clean

run:
	@$(BOOTSTRAP)
	@$(BIN)/cxdesk demo

test:
	@$(BOOTSTRAP) --dev
	@$(BIN)/cxdesk models fetch smollm2-135m-instruct-q4_1 all-minilm-l6-v2
	@$(BIN)/python -m packaging.check

bench:
	@$(BOOTSTRAP) --dev
	@$(BIN)/python -m tests.bench

clean:
	rm -rf .venv build dist
