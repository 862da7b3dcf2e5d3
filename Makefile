# Every target works from a fresh clone: packaging/bootstrap.py makes .venv when it is missing or out of date.
PYTHON ?= python3
BOOTSTRAP = $(PYTHON) packaging/bootstrap.py
BIN = .venv/bin

.PHONY: run test check bench scores docs translations wheelhouse clean

run:
	@$(BOOTSTRAP)
	@$(BIN)/cxdesk demo

test: check
	@$(BIN)/cxdesk models fetch smollm2-135m-instruct-q4_1 all-minilm-l6-v2
	@$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile

check:
	@$(BOOTSTRAP) --dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench:
	@$(BOOTSTRAP) --dev
	@$(BIN)/python -m tests.bench

wheelhouse:
	@$(BOOTSTRAP) --wheelhouse

scores:
	@$(BOOTSTRAP) --dev
	@$(BIN)/python -m tests.scores $(if $(CASES),--cases "$(CASES)")

clean:
	rm -rf .venv build dist wheelhouse

docs:
	@$(BOOTSTRAP) --dev
	@$(BIN)/python -m typer cxdesk.cli.app utils docs --name cxdesk --output docs/commands.md
	@$(BIN)/python -c "from cxdesk.cli.settings import page; print(page(), end='')" > docs/settings.md

translations:
	@$(BOOTSTRAP) --dev
	@$(BIN)/python packaging/translations.py
