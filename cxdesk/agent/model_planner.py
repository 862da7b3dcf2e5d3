"""Plans a turn's look-ups by a language model that asks for tools: the other planner beside `planner.plan`.

The model decides what is looked up, nothing else. Only reads are offered, of these only what the role may use
and the customer's identity allows; arguments are checked before anything is run; another customer's data is out
of reach whatever is asked, since tools act on the conversation's customer. Changes are never planned here:
they go through a proposal and its confirmation.

What the rules would look up is looked up as well: the brief is written from it, and it costs milliseconds. So the
model can only add to what is found, and where it can't be asked the rules' plan is left.

It is for models with tool calls of their own. A local one of 1.5 billion parameters that writes the calls as JSON
under a grammar planned 11 of 40 questions right where the rules planned 24, and took 1.4 s for it: with a way
out, it mostly took it and looked nothing up. So local models plan by the rules.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Self

from pydantic import ValidationError

from cxdesk.agent.tools import READ_TOOLS, Tool, ToolContext, argument_problems, run_steps
from cxdesk.domain import Hit, Record, Request, Step, ToolCall
from cxdesk.ports import ChatMessage, Prompt, ToolCaller, ToolRequest, ToolRound

MOST_ROUNDS = 5
MOST_CALLS_A_ROUND = 6
MOST_MALFORMED = 2
CALL_TOKENS = 200
# What a model is shown of a result: enough to see what is still missing.
RESULT_CHARACTERS = 1500
_WHY = "the model asked for it"
_WHY_LAST = "the model asked for it in the last round (max_rounds)"


class PlannerPrompt(Record):
    """The texts of `planner.toml`."""

    version: str
    system: str
    user: str

    @property
    def internal_texts(self) -> tuple[str, ...]:
        """What only models are told."""
        return self.system, self.user

    @classmethod
    def load(cls, path: Path) -> Self:
        return cls(**tomllib.loads(path.read_text(encoding="utf-8")))


class Planned(Record):
    """Steps and their calls, one for one. `gave_up` says why planning ended before the model had enough."""

    steps: tuple[Step, ...] = ()
    calls: tuple[ToolCall, ...] = ()
    gave_up: Literal["max_rounds", "malformed"] | None = None

    @property
    def rounds(self) -> int:
        """Rounds that were used up without the model having enough."""
        return MOST_ROUNDS if self.gave_up == "max_rounds" else 0


@dataclass
class _Work:
    """What one turn's planning has come to so far."""

    context: ToolContext
    tools: Mapping[str, Tool]
    steps: list[Step] = field(default_factory=list)
    calls: list[ToolCall] = field(default_factory=list)
    rounds_left: int = MOST_ROUNDS
    malformed: int = 0

    def run(self, step: Step) -> tuple[ToolCall, bool]:
        """The call of a step and whether it is new; an equal one of this turn is not made again."""
        made = next((call for call in self.calls if (call.name, call.args) == (step.tool, step.args)), None)
        again = made is not None and made.request == step.request
        call = made.model_copy(update={"request": step.request}) if made else run_steps([step], self.context)[0]
        if not again:
            self.steps.append(step)
            self.calls.append(call)
        return call, not again


def offered(context: ToolContext) -> dict[str, Tool]:
    """The reads that the role may use and the customer's identity allows, by name."""
    return {
        tool.name: tool
        for tool in (*READ_TOOLS.values(), *context.shop_tools.values())
        if tool.run is not None
        and tool.may_be_used(context.role, context.permissions)
        and context.told_at.allows(tool.topic, context.identity.level)
    }


def plan_and_run(
    requests: Sequence[Request],
    context: ToolContext,
    caller: ToolCaller,
    prompt: PlannerPrompt,
    *,
    focus_order: str | None = None,
    needs_look_up: Callable[[Request], bool] = lambda _: True,
) -> Planned:
    """Plan and make the calls for the requests that need any, in at most `MOST_ROUNDS` rounds together.

    No call is made twice. Arguments that do not fit cost one retry; the second time planning ends with what is there.
    Raises `Unavailable` when the model can't be asked; the calls made until then stand in the audit.
    """
    work = _Work(context, offered(context))
    for number, request in enumerate(requests):
        if not needs_look_up(request):
            continue
        asked = _prompt(request, context, prompt, focus_order)
        ids = (*request.entities.order_ids, *request.entities.ticket_ids, *([focus_order] if focus_order else []))
        if gave_up := _plan_one(number, asked, ids, caller, work):
            return Planned(steps=tuple(work.steps), calls=tuple(work.calls), gave_up=gave_up)
    return Planned(steps=tuple(work.steps), calls=tuple(work.calls))


def with_rules(planned: Planned, steps: Sequence[Step], context: ToolContext) -> Planned:
    """The plan with the rules' `steps` for the same requests; of these only what was not called yet is called.

    What the model looked up in vain is left out beside them, for it says nothing of what the customer asked: that
    it was tried stands in the audit.
    """
    made = {(call.name, repr(call.args)): call for call in planned.calls}
    found = [(step, call) for step, call in zip(planned.steps, planned.calls, strict=True) if call.ok]
    for step in steps:
        known = made.get((step.tool, repr(step.args))) or run_steps([step], context)[0]
        call = known.model_copy(update={"request": step.request})
        made[step.tool, repr(step.args)] = call
        if not any((step.tool, step.args, step.request) == (s.tool, s.args, s.request) for s, _ in found):
            found.append((step, call))
    steps_found, calls_found = [step for step, _ in found], [call for _, call in found]
    return planned.model_copy(update={"steps": tuple(steps_found), "calls": tuple(calls_found)})


def _plan_one(
    number: int, asked: Prompt, ids: Sequence[str], caller: ToolCaller, work: _Work
) -> Literal["max_rounds", "malformed"] | None:
    rounds: list[ToolRound] = []
    schemas = [tool.schema() for tool in work.tools.values()]
    while work.rounds_left:
        work.rounds_left -= 1
        wished = caller.call_tools(asked, rounds, schemas, max_tokens=CALL_TOKENS)[:MOST_CALLS_A_ROUND]
        if not wished:
            return None
        outcomes = [_outcome(each, number, ids, work) for each in wished]
        if work.malformed >= MOST_MALFORMED:
            return "malformed"
        if not any(new for _, new in outcomes):
            return None
        rounds.append(ToolRound(requests=wished, results=tuple(text for text, _ in outcomes)))
    return "max_rounds"


def _outcome(request: ToolRequest, number: int, ids: Sequence[str], work: _Work) -> tuple[str, bool]:
    """What the model is told of its wish, and whether there is anything new in it."""
    try:
        step = _step(request, number, ids, work.tools)
        if not work.rounds_left:
            step = step.model_copy(update={"why": _WHY_LAST})
    except ValueError as problem:
        work.malformed += 1
        return str(problem), True
    call, new = work.run(step)
    return (_told(call) if new else "You have this already."), new


def _step(request: ToolRequest, number: int, ids: Sequence[str], tools: Mapping[str, Tool]) -> Step:
    """The step that was wished, with `ids` as the shop spells them. Raises `ValueError` in words for the model."""
    tool = tools.get(request.name)
    if tool is None:
        raise ValueError(f"There is no such tool. There are: {', '.join(tools)}.")
    try:
        args = json.loads(request.arguments or "{}")
        read = tool.arguments.model_validate(args)
    except ValidationError as error:
        raise ValueError(f"The arguments do not fit: {argument_problems(error)}.") from None
    except ValueError:
        raise ValueError("The arguments are no JSON object.") from None
    spelt = {_bare(id_): id_ for id_ in ids}
    args = {
        name: spelt.get(_bare(value), value) if name.endswith("_id") and isinstance(value, str) else value
        for name, value in read.model_dump(mode="json", exclude_none=True).items()
    }
    return Step(tool=tool.name, args=args, request=number, why=_WHY)


def _bare(id_: str) -> str:
    """Models drop the sign of an id."""
    return id_.strip().lstrip("#").casefold()


def _told(call: ToolCall) -> str:
    if not call.ok:
        return call.error or "Nothing was found."
    found = call.result
    if isinstance(found, list) and found and isinstance(found[0], Hit):
        found = [{"heading": hit.passage.heading, "text": hit.passage.text[:200]} for hit in found]
    return json.dumps(found, ensure_ascii=False, default=str)[:RESULT_CHARACTERS]


def _prompt(request: Request, context: ToolContext, prompt: PlannerPrompt, focus_order: str | None) -> Prompt:
    known = ["who the customer is" if context.identity.level == "verified" else "not who the customer is"]
    if focus_order:
        known.append(f"they spoke of order {focus_order} before")
    message = f"{request.story} {request.text}".strip()
    return Prompt(
        messages=(
            ChatMessage(role="system", content=prompt.system.strip()),
            ChatMessage(role="user", content=prompt.user.format(known="; ".join(known), message=message).strip()),
        ),
        slot=context.conversation_id or "",
    )
