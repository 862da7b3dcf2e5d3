"""Tool calls of a model that has none of its own: it writes them as JSON under a grammar.

What the benchmark of planners puts beside the rules; the desk has local models plan by the rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, Literal, cast

from pydantic import BaseModel, Field, create_model

from cxdesk.domain import Invalid
from cxdesk.ports import ChatMessage, LanguageModel, Prompt, ToolRequest, ToolRound

MOST_JSON_CALLS = 3
JSON_CALLS = """
Tools:
{tools}

Write JSON: {{"calls": [{{"tool": "name", "args": {{}}}}]}}. No look-up needed or enough is known: {{"calls": []}}."""
JSON_ROUND = """
You called {call} and got: {result}"""


@dataclass(frozen=True)
class GrammarCaller:
    """A `ToolCaller` made of any language model: the calls are JSON under a grammar, so they are always well-formed.

    Its prompts have a slot of their own, so that the tools' descriptions are read once.
    """

    model: LanguageModel

    @property
    def name(self) -> str:
        return self.model.name

    def call_tools(
        self, prompt: Prompt, rounds: Sequence[ToolRound], tools: Sequence[Mapping[str, Any]], *, max_tokens: int
    ) -> tuple[ToolRequest, ...]:
        functions = [tool["function"] for tool in tools]
        system, asked = prompt.messages[0], prompt.messages[-1]
        listed = "\n".join(_described(function) for function in functions)
        messages = (
            ChatMessage(role="system", content=system.content + JSON_CALLS.format(tools=listed)),
            ChatMessage(role="user", content=asked.content + "".join(self._rounds(rounds))),
        )
        asked_here = Prompt(messages=messages, slot="planner")
        try:
            answer = self.model.complete_json(asked_here, _calls_schema(functions), max_tokens=max_tokens)
        except Invalid:  # cut short, or too long for the context: what was looked up until now has to do
            return ()
        calls = cast(Any, answer).calls
        return tuple(
            ToolRequest(id=f"{len(rounds)}_{n}", name=call.tool, arguments=call.args.model_dump_json(exclude_none=True))
            for n, call in enumerate(calls)
        )

    def _rounds(self, rounds: Sequence[ToolRound]) -> Iterator[str]:
        for done in rounds:
            for request, result in zip(done.requests, done.results, strict=True):
                yield JSON_ROUND.format(call=f"{request.name} {request.arguments}", result=result)


def _described(function: Mapping[str, Any]) -> str:
    arguments = ", ".join(function["parameters"].get("properties", {}))
    return f"{function['name']}({arguments}): {function['description']}"


_TYPES = {"integer": int, "number": float, "boolean": bool}


def _calls_schema(functions: Sequence[Mapping[str, Any]]) -> type[BaseModel]:
    one_of: Any = reduce(or_, map(_call_schema, functions))
    fields: dict[str, Any] = {"calls": (list[one_of], Field(max_length=MOST_JSON_CALLS))}
    return create_model("Calls", **fields)


def _call_schema(function: Mapping[str, Any]) -> type[BaseModel]:
    fields: dict[str, Any] = {"tool": (Literal[function["name"]], ...), "args": (_arguments_schema(function), ...)}
    return create_model(f"Call_{function['name']}", **fields)


def _arguments_schema(function: Mapping[str, Any]) -> type[BaseModel]:
    """The arguments as short plain values: a model without tool calls is not asked for more."""
    parameters = function["parameters"]
    required = parameters.get("required", ())
    fields: dict[str, Any] = {}
    for name, schema in parameters.get("properties", {}).items():
        kind = _TYPES.get(schema.get("type", "string"))
        short: Any = (kind, ...) if kind else (str, Field(max_length=120))
        fields[name] = short if name in required else (short[0] | None, None)
    return create_model(f"Arguments_{function['name']}", **fields)
