"""How many of our own questions about what two shops allow are answered rightly, by guests and without a model.

python -m tests.bench.policy_bench

A question is answered rightly when the desk replies and an accepted answer stands in the reply; one without an
accepted answer is answered wrongly by any sentence that rests on a document or a rule.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from cxdesk.demo import open_demo
from cxdesk.desk import Desk
from cxdesk.domain import Turn
from cxdesk.offline import silence
from tests.bench import second_shop

QUESTIONS = Path(__file__).parent.parent / "agent" / "policy_questions.jsonl"

Case = dict[str, Any]


def measure() -> dict[str, Any]:
    cases = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as scratch:
        with open_demo(Path(scratch) / "demo", "none") as desk:
            told = list(_asked(desk, [case for case in cases if case["shop"] == "demo"]))
        with second_shop.fill(Path(scratch) / "workshop", None) as desk:
            told += _asked(desk, [case for case in cases if case["shop"] == "workshop"])
    right = [case for case, turn in told if case["answers"] and _is_right(case, turn)]
    wrong = [(case, turn) for case, turn in told if _states(turn) and not _is_right(case, turn)]
    missed = [(case, turn) for case, turn in told if case["answers"] and not _is_right(case, turn)]
    return {
        "answerable": sum(bool(case["answers"]) for case in cases),
        "unanswerable": sum(not case["answers"] for case in cases),
        "answered_rightly": len(right),
        "answered_wrongly": len(wrong),
        "missed": [f"{case['question']} -> {turn.decision.kind}: {turn.reply[:160]}" for case, turn in missed],
        "wrong": [f"{case['question']} -> {turn.reply[:160]}" for case, turn in wrong],
    }


def _asked(desk: Desk, cases: list[Case]) -> list[tuple[Case, Turn]]:
    return [(case, desk.ask(case["question"])) for case in cases]


def _is_right(case: Case, turn: Turn) -> bool:
    reply = turn.reply.casefold()
    return turn.decision.kind == "reply" and any(answer.casefold() in reply for answer in case["answers"])


def _states(turn: Turn) -> bool:
    return turn.decision.kind == "reply" and bool(turn.grounding.sentences)


if __name__ == "__main__":
    silence()
    print(json.dumps(measure(), indent=2, ensure_ascii=False))
