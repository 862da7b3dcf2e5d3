"""Runs a suite by name, always on a copy: the desk that is given is never changed."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from cxdesk.desk import RULES, Desk
from cxdesk.domain import Invalid
from cxdesk.evals.answers import run_answers
from cxdesk.evals.attacks import run_attacks
from cxdesk.evals.intent import run_intent
from cxdesk.evals.qa import run_qa
from cxdesk.evals.report import EvalReport, read_cases
from cxdesk.evals.retrieval import run_retrieval
from cxdesk.evals.sentiment import run_sentiment
from cxdesk.evals.suggestions import run_suggestions
from cxdesk.evals.tasks import run_tasks
from cxdesk.ports import Progress
from cxdesk.settings import bundled
from cxdesk.signals.sentiment import SentimentPrompt


def run_suite(
    suite: str,
    cases_file: Path,
    *,
    data_dir: Path,
    docs: Path | None = None,
    model: str | None = None,
    train: Path | None = None,
    val: Path | None = None,
    rules: Path | None = None,
    limit: int | None = None,
    progress: Progress | None = None,
) -> EvalReport:
    """Score a case file. Raises `Invalid` when the file, or something that the suite needs, is missing."""
    cases = read_cases(cases_file, limit)
    with tempfile.TemporaryDirectory(prefix="cxdesk-eval-") as scratch:
        if suite == "retrieval":
            if docs is None:
                raise Invalid("The suite 'retrieval' searches in documents. Name their folder with --docs.")
            with Desk.open(Path(scratch) / "desk", model="none") as desk:
                return run_retrieval(cases, docs, desk.embedder(), Path(scratch) / "work", progress=progress)
        if suite == "qa":
            if docs is None:
                raise Invalid("The suite 'qa' asks about documents. Name their folder with --docs.")
            with Desk.open(Path(scratch) / "desk", model=model) as desk:
                return run_qa(cases, docs, desk, progress=progress)
        if suite == "intent":
            own = Path(scratch) / "desk" / "intents"
            if (data_dir / "intents").is_dir():
                shutil.copytree(data_dir / "intents", own)
            with Desk.open(own.parent, model="none") as desk:
                return run_intent(
                    cases,
                    desk.intents(),
                    embedder=desk.embedder(),
                    train=read_cases(train) if train else None,
                    val=read_cases(val) if val else None,
                )
        if suite == "sentiment":
            with Desk.open(Path(scratch) / "desk", model=model) as desk:
                prompt = SentimentPrompt.load(bundled("resources/prompts.toml"))
                return run_sentiment(cases, desk.lexicon(), desk.language_model(), prompt, progress=progress)
        if suite == "suggestions" and not data_dir.is_dir():
            with Desk.open(Path(scratch) / "desk", model=model) as desk:
                return run_suggestions(cases, desk, progress=progress)
        if not data_dir.is_dir():
            raise Invalid(f"No desk in {str(data_dir)!r}. Import a shop first, or name another desk with --data.")
        copy = Path(scratch) / "desk"
        shutil.copytree(data_dir, copy)
        if rules is not None:
            shutil.copyfile(rules, copy / RULES)
        with Desk.open(copy, model=model) as desk:
            runners = {"attacks": run_attacks, "suggestions": run_suggestions, "tasks": run_tasks}
            run = runners.get(suite, run_answers)
            return run(cases, desk, progress=progress)
