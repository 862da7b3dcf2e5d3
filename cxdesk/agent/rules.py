"""The shop's own rules, read from `action_rules.toml`: what proves an identity, what may be told, what may be done."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import Field, StringConstraints, ValidationError, model_validator
from rapidfuzz import fuzz, process

from cxdesk.domain import IdentityLevel, Invalid, Record

Proof = Literal["email", "order_id", "name", "zip"]
Topic = Literal["documents", "products", "profile", "orders", "tickets"]
Action = Literal[
    "cancel_order",
    "flag_refund",
    "return_items",
    "exchange_items",
    "modify_order_items",
    "modify_order_payment",
    "modify_order_address",
    "update_customer_email",
    "update_customer_address",
    "create_ticket",
    "update_ticket",
    "escalate_to_human",
]
Plain = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]

# Whatever a shop writes, these are told to a proved customer only, and these may be done for anybody.
PERSONAL: frozenset[Topic] = frozenset({"profile", "orders", "tickets"})
FOR_ANYBODY: frozenset[Action] = frozenset({"escalate_to_human"})
WITHOUT_ASKING: frozenset[Action] = frozenset({"create_ticket", "update_ticket", "escalate_to_human"})
_LEVELS = tuple(IdentityLevel)


def at_least(level: IdentityLevel, needed: IdentityLevel) -> bool:
    """Whether a customer is known as surely as is needed."""
    return _LEVELS.index(level) >= _LEVELS.index(needed)


class ToldAt(Record):
    """How surely a customer must be known before each subject is spoken about."""

    documents: IdentityLevel = IdentityLevel.unknown
    products: IdentityLevel = IdentityLevel.unknown
    profile: IdentityLevel = IdentityLevel.verified
    orders: IdentityLevel = IdentityLevel.verified
    tickets: IdentityLevel = IdentityLevel.verified

    @model_validator(mode="after")
    def _personal_only_when_proved(self) -> ToldAt:
        loose = sorted(topic for topic in PERSONAL if getattr(self, topic) is not IdentityLevel.verified)
        if loose:
            raise ValueError(f"{loose[0]!r} can be told to a verified customer only")
        return self

    def allows(self, topic: Topic, level: IdentityLevel) -> bool:
        """Whether the topic may be spoken about with a customer who is known this surely."""
        needed: IdentityLevel = getattr(self, topic)
        return at_least(level, needed)


class IdentityRules(Record):
    proofs: tuple[Annotated[tuple[Proof, ...], Field(min_length=1)], ...] = Field(min_length=1)
    tries: int = Field(3, ge=1)
    told_at: ToldAt = ToldAt()


class ActionRule(Record):
    """What the shop allows of one action. A limit that isn't named isn't there; `quote` tells the rule in plain words.

    `consent`: whose word an action waits for. `late`: what becomes of a wish after its time, told by `late_quote`
    (without it, by `quote`). `becomes`: the status
    that an order gets. `proved_by`: with none of these proofs a person decides. `person_above`: so does a person
    about more money than this. `afterwards`: what the customer is told beside the proposal.
    """

    quote: Plain
    enabled: bool = True
    consent: Literal["none", "customer", "person"] = "customer"
    statuses: tuple[Plain, ...] = ()
    becomes: Plain | None = None
    reasons: dict[Plain, Plain] = Field(default_factory=dict)
    any_reason: bool = True
    within_days_of_order: int | None = Field(default=None, ge=0)
    within_days_of_delivery: int | None = Field(default=None, ge=0)
    late: Literal["refused", "person"] = "refused"
    late_quote: Plain | None = None
    once: bool = False
    repaid_to: tuple[Literal["original", "gift_card", "other"], ...] = ("original", "gift_card")
    same_country: bool = False
    proved_by: tuple[Literal["email", "order_id", "name", "zip", "signed_in"], ...] = ()
    person_above: Decimal | None = Field(default=None, ge=0)
    afterwards: Plain | None = None


class MoneyBack(Record):
    """When money is back, in words, by where it goes; nothing is promised where the shop doesn't say."""

    gift_card: Plain | None = None
    other: Plain | None = None


NOT_OFFERED = ActionRule(enabled=False, quote="this shop does not offer it here")


class ShopRules(Record):
    identity: IdentityRules
    money_back: MoneyBack = MoneyBack()
    actions: dict[Action, ActionRule] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _ask_before_changing(self) -> ShopRules:
        rash = [name for name, rule in self.actions.items() if rule.consent == "none" and name not in WITHOUT_ASKING]
        if rash:
            named = ", ".join(map(repr, rash))
            raise ValueError(f"{named} can't have the consent 'none': choose 'customer' or 'person'")
        return self

    def rule(self, action: str) -> ActionRule:
        """The rule of an action; one that the shop's file doesn't name is not offered."""
        return next((rule for name, rule in self.actions.items() if name == action), NOT_OFFERED)


def load_rules(file: Path) -> ShopRules:
    """The rules in `file`. Raises `Invalid` naming the file and every problem."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise _unusable(file, [str(error)]) from error
    if problems := rule_problems(text):
        raise _unusable(file, problems)
    return _parsed(text)


def rule_problems(text: str) -> list[str]:
    """Why a text can't be used as rules, in words; empty when it can."""
    try:
        _parsed(text)
    except ValidationError as error:
        return [*_problems(error)]
    except ValueError as error:
        return [str(error)]
    return []


def _unusable(file: Path, problems: list[str]) -> Invalid:
    return Invalid(f"The rules in {str(file)!r} can't be used: {'; '.join(problems)}. Mend the file, or remove it.")


def _parsed(text: str) -> ShopRules:
    return ShopRules(**tomllib.loads(text, parse_float=Decimal))


def near_miss(name: str, known: Iterable[str]) -> str:
    """' Did you mean ...?' for a name that is nearly a known one, else nothing."""
    near = process.extractOne(name, list(known), scorer=fuzz.ratio, score_cutoff=70)
    return f" (did you mean {near[0]!r}?)" if near else ""


def _problems(error: ValidationError) -> Iterator[str]:
    for each in error.errors():
        place = ".".join(str(part) for part in each["loc"] if part != "[key]")
        yield f"{place or 'the file'}: {_told(dict(each))}"


def _told(problem: dict[str, Any]) -> str:
    last = str(problem["loc"][-1]) if problem["loc"] else ""
    if problem["type"] == "extra_forbidden":
        known = [*ActionRule.model_fields, *IdentityRules.model_fields, *ShopRules.model_fields, *ToldAt.model_fields]
        return f"there is no such rule{near_miss(last, known)}"
    if last == "[key]":
        name = str(problem["loc"][-2])
        return f"there is no such action{near_miss(name, get_args(Action))}"
    if problem["type"] == "value_error":
        return str(problem["ctx"]["error"])
    return f"{problem['msg'][:1].lower()}{problem['msg'][1:]} (it is {problem['input']!r})"
