"""Which look-ups are planned for questions of our own: by the rules, and by a local model that writes JSON.

python -m tests.bench.planner_bench models/NAME.gguf

A plan is right when every look-up that a question needs is in it, order ids as the shop writes them, and no other
but those that do no harm. Of a search only the tool counts, not its words.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from cxdesk.agent.identity import signed_in
from cxdesk.agent.model_planner import PlannerPrompt, plan_and_run
from cxdesk.agent.planner import plan
from cxdesk.agent.tools import ToolContext
from cxdesk.demo import open_demo
from cxdesk.domain import Guarded, Request, Step
from cxdesk.llm.local import LocalModel
from cxdesk.offline import silence
from cxdesk.settings import bundled
from tests.bench.grammar_caller import GrammarCaller

QUESTIONS = Path(__file__).parent.parent / "agent" / "planner_questions.jsonl"
CUSTOMER = "maya.lindqvist@example.com"

Case = dict[str, Any]
Planner = Callable[[Sequence[Request]], Sequence[Step]]


def measure(model_path: Path) -> dict[str, object]:
    cases = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    model = LocalModel(model_path, model_path.stem)
    with tempfile.TemporaryDirectory() as scratch, open_demo(Path(scratch) / "demo", "none") as desk:
        reader, customer = desk.signal_reader(), desk.find_customer(CUSTOMER)
        assert customer
        context = ToolContext(desk.store, desk.knowledge, signed_in(customer.id))
        prompt = PlannerPrompt.load(bundled("resources/planner.toml"))
        caller = GrammarCaller(model)
        planners: dict[str, Planner] = {
            "rules": lambda requests: plan(requests, context.identity, reader.kind, None),
            "model, one round": lambda requests: plan_and_run(requests, context, _Once(caller), prompt).steps,
            "model, rounds": lambda requests: plan_and_run(requests, context, caller, prompt).steps,
        }
        wishes = [reader.read(Guarded(text=case["text"])).requests for case in cases]
        figures = {name: _score(cases, wishes, planner) for name, planner in planners.items()}
    model.close()
    return {"model": model_path.stem, **figures}


@dataclass(frozen=True)
class _Once:
    """The same caller for one round."""

    caller: GrammarCaller

    @property
    def name(self) -> str:
        return self.caller.name

    def call_tools(self, prompt: Any, rounds: Any, tools: Any, *, max_tokens: int) -> Any:
        return () if rounds else self.caller.call_tools(prompt, rounds, tools, max_tokens=max_tokens)


def _score(cases: Sequence[Case], wishes: Sequence[Sequence[Request]], planner: Planner) -> dict[str, object]:
    right = complete = 0
    took, wrong = [], []
    for case, requests in zip(cases, wishes, strict=True):
        started = time.perf_counter()
        steps = planner(requests)
        took.append(time.perf_counter() - started)
        has_all, has_more = _compare(case, steps)
        complete += has_all
        right += has_all and not has_more
        if not has_all or has_more:
            wrong.append(f"{case['text']} -> {[(step.tool, step.args) for step in steps]}")
    return {"n": len(cases), "right": right, "complete": complete, "median_s": round(median(took), 3), "wrong": wrong}


def _compare(case: Case, steps: Sequence[Step]) -> tuple[bool, bool]:
    """Whether all that is needed is there, and whether there is more than may be."""
    planned = [(step.tool, step.args) for step in steps]
    needs = [(need[0], need[1] if len(need) > 1 else None) for need in case["needs"]]

    def serves(step: tuple[str, Any], need: tuple[str, Any]) -> bool:
        return step[0] == need[0] and need[1] in (None, step[1])

    has_all = all(any(serves(step, need) for step in planned) for need in needs)
    allowed = case.get("may", [])
    return has_all, any(s[0] not in allowed and not any(serves(s, need) for need in needs) for s in planned)


if __name__ == "__main__":
    silence()
    print(json.dumps(measure(Path(sys.argv[1])), indent=2, ensure_ascii=False))
