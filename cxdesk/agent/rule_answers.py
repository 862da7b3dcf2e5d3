"""Answers to questions about what the shop allows, from the rules that it acts by.

"What is your cancellation policy?" needs no document: the rule that judges a cancellation says when there is one. Only
a question about nothing else is answered so: with any other word in it ("can I cancel after the parcel was lost?")
the rule alone may not be the answer.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from cxdesk.agent.rules import ActionRule, ShopRules
from cxdesk.agent.sentences import content_words
from cxdesk.agent.wording import sentence
from cxdesk.domain import Record
from cxdesk.settings import bundled

Scope = Literal["condition", "policy", "general"]


class RuleQuote(Record):
    """The rule of an action as a sentence, and the action whose rule it is."""

    text: str
    action: str


class RuleAnswer(Record):
    """`scope`: a condition (a status, how often) is the rules' own to tell, a policy theirs and the documents', and
    anything general the documents' first.
    """

    quotes: tuple[RuleQuote, ...]
    scope: Scope


@dataclass(frozen=True)
class RuleWords:
    """The words of `resources/answers.toml` by which a question about a rule is known."""

    asks: re.Pattern[str]
    conditions: re.Pattern[str]
    policy: re.Pattern[str]
    own: re.Pattern[str]
    how: re.Pattern[str]
    pointing: re.Pattern[str]
    actions: dict[str, re.Pattern[str]]
    about: dict[str, re.Pattern[str]]
    words: frozenset[str]


def answer_by_rules(question: str, rules: ShopRules, products: Sequence[str] = ()) -> RuleAnswer | None:
    """The rules that answer a question about what may be done with an order; None for any other question.

    `products` are those that the question names: a rule holds for all of them.
    """
    words = bundled_rule_words()
    plain = _without(question, products)
    if not words.asks.search(plain) or not content_words(plain) or not content_words(plain) <= words.words:
        return None
    named = [action for action, verb in words.actions.items() if verb.search(plain)]
    meant = [action for action in named if _is_about(action, plain, words)]
    told = [(action, rules.rule(action)) for action in meant if rules.rule(action).enabled]
    if not told:
        return None
    quotes = [quote for action, rule in told for quote in _quotes(action, rule, rules)]
    is_condition = words.conditions.search(plain) or products
    scope: Scope = "condition" if is_condition else "policy" if words.policy.search(plain) else "general"
    return RuleAnswer(quotes=tuple(dict.fromkeys(quotes)), scope=scope)


def speaks_of(answer: RuleAnswer, text: str) -> bool:
    """Whether a text is about an action that the rules were told of."""
    verbs = bundled_rule_words().actions
    return any(verbs[quote.action].search(text) for quote in answer.quotes)


def asks_how(question: str) -> bool:
    """Whether it asks how or when something goes, and not only whether it may."""
    return bundled_rule_words().how.search(question) is not None


def is_general(question: str) -> bool:
    """Whether it asks how something goes, not for it to be done to an order of one's own."""
    words = bundled_rule_words()
    return not words.own.search(question) or (asks_how(question) and not words.pointing.search(question))


def _without(question: str, products: Sequence[str]) -> str:
    for product in products:
        for part in (product, product.split()[-1]):
            question = re.sub(rf"\b{re.escape(part)}s?\b", " ", question, flags=re.IGNORECASE)
    return question


def _is_about(action: str, question: str, words: RuleWords) -> bool:
    """Whether the question is about this of several changes: their objects tell; without any all are meant."""
    objects = [name for name, pattern in words.about.items() if pattern.search(question)]
    return action not in words.about or not objects or action in objects


def _quotes(action: str, rule: ActionRule, rules: ShopRules) -> list[RuleQuote]:
    texts = [rule.quote]
    if action == "cancel_order":
        back = [f"to a gift card {rules.money_back.gift_card}"] if rules.money_back.gift_card else []
        back += [f"to any other payment method {rules.money_back.other}"] if rules.money_back.other else []
        texts += [f"the money goes back {' and '.join(back)}"] if back else []
    if rule.late_quote:
        texts.append(rule.late_quote)
    return [RuleQuote(text=sentence(text), action=action) for text in texts]


@cache
def bundled_rule_words() -> RuleWords:
    """The words that come with the program."""
    table = tomllib.loads(bundled("resources/answers.toml").read_text(encoding="utf-8"))["rules"]

    def compiled(pattern: str) -> re.Pattern[str]:
        return re.compile(pattern, re.IGNORECASE)

    return RuleWords(
        asks=compiled(table["asks"]),
        conditions=compiled(table["conditions"]),
        policy=compiled(table["policy"]),
        own=compiled(table["own"]),
        how=compiled(table["how"]),
        pointing=compiled(table["pointing"]),
        actions={name: compiled(pattern) for name, pattern in table["actions"].items()},
        about={name: compiled(pattern) for name, pattern in table["about"].items()},
        words=content_words(table["words"]),
    )
