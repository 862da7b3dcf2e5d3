"""Scores retail tasks: a scripted customer tells what they want, and the shop's data must end as the task says.

The customer opens with their reason in the first person, tells who they are when asked, says yes to a proposal whose
tool and order belong to the task, no to any other, and 'that is all I know' to everything else.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, Protocol

from cxdesk.desk import Desk
from cxdesk.domain import DecisionKind, IdentityLevel, PendingAction, Turn
from cxdesk.evals.answers import WRITE_TOOLS
from cxdesk.evals.report import EvalReport, Failure
from cxdesk.ports import Progress

READS = {
    "find_user_id_by_email": "lookup_customer",
    "find_user_id_by_name_zip": "lookup_customer",
    "get_user_details": "lookup_customer",
    "get_order_details": "get_order",
    "get_product_details": "search_products",
    "get_item_details": "search_products",
    "list_all_product_types": "search_products",
}
WRITES = {
    "cancel_pending_order": "cancel_order",
    "modify_pending_order_items": "modify_order_items",
    "modify_pending_order_payment": "modify_order_payment",
    "modify_pending_order_address": "modify_order_address",
    "modify_user_address": "update_customer_address",
    "return_delivered_order_items": "return_items",
    "exchange_delivered_order_items": "exchange_items",
}
_ADDRESS = ("address1", "address2", "city", "state", "country", "zip")
# What reads more than the tool that is wanted reads it as well.
_COVERED_BY = {"get_order": {"get_order", "get_orders"}}
_MOST_TURNS = 24
ALL_I_KNOW = "That is all I know."

_FIRST_PERSON = [
    (r"\byou name is\b", "my name is"),
    (r"\byou(?:'re| are)\b", "I am"),
    (r"\byou were\b", "I was"),
    (r"\byou'(ve|d|ll)\b", r"I'\1"),
    (r"\byourself\b", "myself"),
    (r"\byours\b", "mine"),
    (r"\byour\b", "my"),
    (
        r"\b(for|to|with|of|by|from|give|gives|tell|tells|help|helps|ask|asks|let|lets|offer|offers|show|shows) you\b",
        r"\1 me",
    ),
    (r"\byou\b", "I"),
]
_USER_NAME = re.compile(r"\b([a-z]+)_([a-z]+)_\d+\b")
_ASKS_WHO = re.compile(
    r"\b(?:e-?mail|zip|postal code|your (?:full )?name|who you are|who i am (?:talking|writing))\b", re.IGNORECASE
)


class Action(Protocol):
    """A change as it was made or is wanted: the desk's tool with its arguments."""

    tool: str
    args: dict[str, Any]


Ask = Callable[[str, str | None], Turn]


def first_person(text: str) -> str:
    """A text written to the person who plays the customer, as the customer would say it."""
    for pattern, said in _FIRST_PERSON:
        text = re.sub(pattern, said, text, flags=re.IGNORECASE)
    return re.sub(r"(^|[.!?]\s+)([a-z])", lambda m: m[1] + m[2].upper(), text.lstrip(" ."))


def introduction(known_info: str) -> str:
    """What a customer tells of themselves. Who knows a user name such as 'mia_garcia_4516' knows their own name too."""
    text = first_person(known_info)
    user = _USER_NAME.search(text)
    if user and f"{user[1]} {user[2]}".title() not in text:
        text = f"{text} My name is {user[1].title()} {user[2].title()}."
    return text


def gold_writes(case: Mapping[str, Any]) -> list[PendingAction]:
    """The changes that a task wants, in the desk's names."""
    return [_write(action) for action in case["actions"] if action["name"] in WRITES]


def _write(action: Mapping[str, Any]) -> PendingAction:
    args, tool = dict(action["arguments"]), WRITES[action["name"]]
    args.pop("user_id", None)
    if "address1" in args:
        args["address"] = {name: args.pop(name, "") for name in _ADDRESS}
    return PendingAction(tool=tool, args=args)


class ScriptedCustomer:
    """Plays one task's customer. `reply` gives what they say next, None when they have nothing more to say."""

    def __init__(self, case: Mapping[str, Any]) -> None:
        self._case = case
        self._agreed = {_target(write) for write in gold_writes(case)}
        self._introduced = False
        self._silent = 0

    def open(self) -> str:
        return first_person(self._case["reason_for_call"])

    def reply(self, turn: Turn) -> str | None:
        if turn.decision.kind is DecisionKind.handoff:
            return None
        if turn.decision.pending is not None:
            self._silent = 0
            return "Yes." if _target(turn.decision.pending) in self._agreed else "No."
        asked_who = turn.identity.level is not IdentityLevel.verified and _ASKS_WHO.search(turn.reply)
        if not self._introduced and (asked_who or turn.identity.level is not IdentityLevel.verified):
            self._introduced = True
            return introduction(self._case["known_info"])
        self._silent += 1
        return ALL_I_KNOW if self._silent < 4 else None


def play(case: Mapping[str, Any], ask: Ask) -> list[Turn]:
    """The turns of one task, from the customer's opening until nobody has more to say."""
    customer = ScriptedCustomer(case)
    said: str | None = customer.open()
    turns: list[Turn] = []
    replies: list[str] = []
    while said is not None and len(turns) < _MOST_TURNS:
        turns.append(ask(said, turns[-1].conversation if turns else None))
        replies.append(turns[-1].reply)
        said = customer.reply(turns[-1])
        if said == ALL_I_KNOW and replies[-1] in replies[:-1]:
            break  # the desk repeats itself
    return turns


def run_tasks(
    cases: Sequence[dict[str, Any]], desk: Desk, *, ask: Ask | None = None, progress: Progress | None = None
) -> EvalReport:
    """Play every task on the shop as it was imported. The desk is changed: give it a copy.

    `pass` is the share of tasks whose changes equal the wanted ones, arguments too; `wrong_writes` counts changes that
    no task wanted, a wanted one with other arguments among them; `reads_covered` is the share of the wanted reads that
    were made. `no_writes.…` is the same over the tasks that want no change at all. `ask` stands in for `desk.ask`.
    """
    begun = time.perf_counter()
    asking = ask or (lambda text, conversation: desk.ask(text, conversation))
    scores: list[_Score] = []
    failures: list[Failure] = []
    for number, case in enumerate(cases):
        turns, score = _played(case, asking, desk)
        scores.append(score)
        if not score.passed:
            failures.append(_failure(case, score, turns))
        if progress:
            progress(number + 1, len(cases), "tasks")
    idle = [score for score in scores if not score.wanted]
    metrics = {**_metrics(scores, ""), **_metrics(idle, "no_writes."), "no_writes.n": len(idle)}
    model = desk.language_model()
    return EvalReport(
        suite="tasks",
        n=len(cases),
        metrics=metrics,
        failures=tuple(failures),
        model=model.name if model else "none",
        seconds=round(time.perf_counter() - begun, 1),
        reasons={name: "no task of the file asks for it" for name, value in metrics.items() if value is None},
    )


class _Undo(Exception):
    """Takes back all that a task has changed."""


def _played(case: Mapping[str, Any], ask: Ask, desk: Desk) -> tuple[list[Turn], _Score]:
    """Play a task and score it; the shop is then again as it was, whatever the task has changed."""
    turns: list[Turn] = []
    scores: list[_Score] = []
    with suppress(_Undo), desk.store.transaction():
        turns += play(case, ask)
        scores.append(_score(case, turns, desk))
        raise _Undo
    return turns, scores[0]


# ---------------------------------------------------------------- scoring


class _Score:
    """One task: what was wanted, what was changed, and how many of the wanted reads were made."""

    def __init__(self, wanted: list[str], made: list[str], reads: tuple[int, int], targets: set[Any]) -> None:
        self.wanted, self.made, self.reads, self.targets = wanted, made, reads, targets
        left = list(wanted)
        self.wrong = [write for write in made if not _taken(left, write)]
        self.missing = left
        self.passed = not self.wrong and not self.missing


def _taken(left: list[str], write: str) -> bool:
    if write not in left:
        return False
    left.remove(write)
    return True


def _score(case: Mapping[str, Any], turns: Sequence[Turn], desk: Desk) -> _Score:
    rows = desk.store.audit.of_conversation(turns[0].conversation)
    made = [PendingAction(tool=row.tool, args=row.args) for row in rows if row.ok and row.tool in WRITE_TOOLS]
    called = {row.tool for row in rows if row.ok}
    reads = [READS[action["name"]] for action in case["actions"] if action["name"] in READS]
    covered = sum(bool(_COVERED_BY.get(read, {read}) & called) for read in reads)
    wanted = gold_writes(case)
    return _Score(
        [comparable(write) for write in wanted],
        [comparable(write) for write in made],
        (covered, len(reads)),
        {_target(write) for write in wanted},
    )


def comparable(write: Action) -> str:
    """A change as text that is equal for equal effects: items in any order, each with its new one."""
    args = dict(write.args)
    if "new_item_ids" in args:
        args["item_ids"] = sorted(zip(args["item_ids"], args.pop("new_item_ids"), strict=False))
    elif "item_ids" in args:
        args["item_ids"] = sorted(args["item_ids"])
    return json.dumps([write.tool, _folded(args)], sort_keys=True)


def _folded(value: Any) -> Any:
    if isinstance(value, str):
        return value.casefold().strip()
    if isinstance(value, dict):
        return {name: _folded(inner) for name, inner in value.items()}
    return [_folded(inner) for inner in value] if isinstance(value, list | tuple) else value


def _target(write: Action) -> tuple[str, str | None]:
    return write.tool, write.args.get("order_id")


def _metrics(scores: Sequence[_Score], prefix: str) -> dict[str, float | int | None]:
    reads = sum(score.reads[1] for score in scores)
    return {
        f"{prefix}pass": sum(score.passed for score in scores) / len(scores) if scores else None,
        f"{prefix}reads_covered": sum(score.reads[0] for score in scores) / reads if reads else None,
        f"{prefix}wrong_writes": sum(len(score.wrong) for score in scores),
    }


def _failure(case: Mapping[str, Any], score: _Score, turns: Sequence[Turn]) -> Failure:
    why = [f"not wanted: {write}" for write in score.wrong] + [f"missing: {write}" for write in score.missing]
    return Failure(id=case["id"], expected=score.wanted, got=list(_told(turns)), why="; ".join(why))


def _told(turns: Sequence[Turn]) -> Iterator[dict[str, Any]]:
    for turn in turns:
        pending = turn.decision.pending
        yield {
            "decision": turn.decision.kind.value,
            "reply": turn.reply,
            "pending": pending.model_dump() if pending else None,
        }
