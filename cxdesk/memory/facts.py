"""What customers tell about themselves: 'I prefer e-mail', 'my daughter is allergic to nickel', 'call me Sam'.

Rules read it, no model: a fact is quoted from a sentence that states it. Questions, doubts, conditions, denials and
what somebody else said are passed over, as are messages that give orders to the desk, secrets, and whatever holds an
address, a link or a long number. Only a writer whose identity is proved is believed, and only for themselves.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from cxdesk.domain import Conversation, Fact, Message, Role
from cxdesk.signals.instructions import looks_like_instruction
from cxdesk.signals.masking import find_secrets
from cxdesk.store import Store

LONGEST_VALUE = 60
IN_PROMPT = 8
# What must be thought of first, when there is room for a few only.
_FIRST = ("allergy", "intolerance", "needs", "aids", "name", "pronouns", "language", "contact", "no calls")

_KIN = (
    r"(?:son|daughter|wife|husband|partner|girlfriend|boyfriend|mother|mum|mom|father|dad|baby|child|kid|sister|brother"
    r"|grandson|granddaughter|grandmother|grandma|grandfather|grandpa|niece|nephew|aunt|uncle|dog|cat|puppy|horse"
    r"|toddler|toddler's|flatmate|roommate)"
)
_PARTS = {
    "<WHO>": rf"\b(?:i|we|my (?:\w+ )?(?P<who>{_KIN}))",
    "<KIN>": rf"\bmy (?:\w+ )?(?P<who>{_KIN})",
    " <BE>": r"(?: am| is| are|[’']m|[’']s|[’']re)",
    "<VALUE>": r"(?P<value>[^,.;:!?()\n]{2,60}?)",
    "<END>": (
        r"(?=\s*(?:[,.;:!?()\n]|$|[-–—] )|,? (?:and (?:i|my|so|the|it|she|he|they|we|please|would|this|that|also)\b"
        r"|but\b|so\b|because\b|which\b|since\b|when\b|as (?:i|well|it|we)\b|if\b|please\b|thanks\b|though\b"
        r"|therefore\b|or else\b))"
    ),
    "<LANGUAGE>": (
        r"(?:english|german|french|spanish|italian|portuguese|dutch|polish|russian|ukrainian|turkish|arabic|chinese"
        r"|mandarin|cantonese|japanese|korean|hindi|swedish|norwegian|danish|finnish|greek|czech|hungarian|romanian"
        r"|hebrew|vietnamese|thai|welsh|irish)"
    ),
}
_SENTENCE = re.compile(r"[^.!?;\n]*(?:\.(?=\w)[^.!?;\n]*)*[.!?;\n]?")
_DOUBT = re.compile(
    r"\b(?:if|whether|unless|suppose|imagine|pretend|in case|what about|do you|are you|can you tell|i think|i guess"
    r"|maybe|perhaps|might|possibly|not sure|unsure|wonder|would be|could be|used to|said|says|told|wrote|asks|asked"
    r"|heard|read|thought|hope|wish|friend|review|label|no longer|any ?more|this time|just today|for now)\b",
    re.IGNORECASE,
)
_DENIAL = re.compile(r"\b(?:not|never|no|nobody|none|neither|nor|hardly)\b|n[’']t\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;:]|\b(?:and|but|so)\b", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“„«»”`]")
_ADDRESS = re.compile(r"https?:|www\.|\S@\S", re.IGNORECASE)
_UNFIT = re.compile(r"[@#<>\[\]{}\\|=*_/](?!him|her|his|them|their|zir|xem|\d)|\d{4,}", re.IGNORECASE)
_OTHERS = re.compile(r"\b(?:i|you|your|yours|we|us)\b", re.IGNORECASE)
_NO_NAMES = frozenset(
    """
    back later tomorrow today tonight now at on in when if asap a an the maybe again please about for to from and with
    crazy stupid old mad whatever anytime anyway soon before after first instead once when stupid picky fussy names
    dr mr mrs ms monday tuesday wednesday thursday friday saturday sunday during via by immediately right here there
    this that it something anything nothing what how why who regarding sometime directly only personally not never
    your my his her
    """.split()
)


@dataclass(frozen=True)
class Rule:
    """One kind of fact. `negated`: its patterns hold a 'not' themselves."""

    kind: str
    text: str
    patterns: tuple[re.Pattern[str], ...]
    one_only: bool = False
    negated: bool = False
    not_values: frozenset[str] = frozenset()


@dataclass(frozen=True)
class FactRules:
    """What is worth keeping, from `resources/facts.toml`."""

    file: Path

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        return tuple(_rule(table) for table in tomllib.loads(self.file.read_text(encoding="utf-8"))["fact"])

    @property
    def one_only(self) -> frozenset[str]:
        """Kinds of which a customer has one fact at a time."""
        return frozenset(rule.kind for rule in self.rules if rule.one_only)

    def read(self, text: str) -> list[tuple[str, str]]:
        """The facts that a message states, as (kind, text) in words for staff, each once."""
        if looks_like_instruction(text):
            return []
        said = (found for sentence in _sentences(text) for found in self._told(sentence))
        return list(dict.fromkeys(said))

    def _told(self, sentence: str) -> Iterator[tuple[str, str]]:
        for rule in self.rules:
            matches = (match for pattern in rule.patterns for match in pattern.finditer(sentence))
            told = dict.fromkeys(text for match in matches if (text := _fact_text(rule, match)))
            yield from ((rule.kind, text) for text in list(told)[: 1 if rule.one_only else None])


def learn_facts(store: Store, conversation: Conversation, rules: FactRules) -> list[Fact]:
    """Keep what the writer told in this conversation, and return what is new.

    Nothing is believed of a writer whose identity is not proved, nor in a conversation in which somebody else was
    taken for the writer before. Read twice it changes nothing.
    """
    customer_id = conversation.identity.verified_customer
    if customer_id is None:
        return []
    if conversation.customer_id != customer_id or _taken_for(store, conversation.id) - {customer_id}:
        return []
    messages = [m for m in store.conversations.messages(conversation.id) if m.role is Role.customer]
    return store.facts.add(facts_in(messages, customer_id, rules), one_only=rules.one_only)


def facts_in(messages: Sequence[Message], customer_id: str, rules: FactRules) -> list[Fact]:
    """What the customer's messages state, each with its source; the same input gives the same ids."""
    return [
        Fact(
            id=_fact_id(customer_id, message.id, kind, text),
            customer_id=customer_id,
            kind=kind,
            text=text,
            message_id=message.id,
            conversation_id=message.conversation_id,
            at=message.at,
        )
        for message in messages
        for kind, text in rules.read(message.text)
    ]


def newest_of(facts: Sequence[Fact], one_only: frozenset[str]) -> list[Fact]:
    """The facts, newest first, but for those that a newer one of a kind in `one_only` has overtaken.

    Two entries of one person that were merged may each have brought one; both are kept, as the merge may be undone.
    """
    newest_first = sorted(facts, key=lambda fact: fact.at, reverse=True)
    latest = {fact.kind: fact.id for fact in reversed(newest_first)}
    return [fact for fact in newest_first if fact.kind not in one_only or latest[fact.kind] == fact.id]


def for_prompt(facts: Sequence[Fact], limit: int = IN_PROMPT) -> list[str]:
    """The facts a model is told, at most so many: what must not be overlooked first, then the newest."""
    place = {kind: number for number, kind in enumerate(_FIRST)}
    newest_first = sorted(facts, key=lambda fact: fact.at, reverse=True)
    chosen = sorted(newest_first, key=lambda fact: place.get(fact.kind, len(place)))[:limit]
    return [fact.text for fact in chosen]


def _taken_for(store: Store, conversation_id: str) -> set[str]:
    turns = (run.turn for run in store.runs.of_conversation(conversation_id) if run.turn)
    return {turn["customer_id"] for turn in turns if turn.get("customer_id")}


def _fact_id(*parts: str) -> str:
    """The same for the same fact of the same message, so that one which was deleted stays so."""
    return "f_" + hashlib.sha256("\0".join(parts).lower().encode()).hexdigest()[:16]


def _rule(table: Mapping[str, Any]) -> Rule:
    return Rule(
        kind=table["kind"],
        text=table["text"],
        patterns=tuple(re.compile(_filled(pattern), re.IGNORECASE) for pattern in table["patterns"]),
        one_only=table.get("one_only", False),
        negated=table.get("negated", False),
        not_values=frozenset(table.get("not_values", "").split()),
    )


def _filled(pattern: str) -> str:
    for name, part in _PARTS.items():
        pattern = pattern.replace(name, part)
    return pattern


def _sentences(text: str) -> Iterator[str]:
    """Sentences that state something plainly: no questions, no quotations, nothing with a secret or a link in it."""
    for match in _SENTENCE.finditer(text.replace("’", "'")):
        sentence = match.group().strip()
        unfit = sentence.endswith("?") or _QUOTED.search(sentence) or _ADDRESS.search(sentence)
        if sentence and not unfit and not find_secrets(sentence):
            yield sentence


def _fact_text(rule: Rule, match: re.Match[str]) -> str | None:
    """The fact in words for staff, or None where it is doubted, denied, or not fit to be kept."""
    before, whole = _CLAUSE.split(match.string[: match.start()])[-1], match.string
    if _DOUBT.search(whole) or (not rule.negated and _DENIAL.search(before)):
        return None
    groups = {name: _tidy(found or "") for name, found in match.groupdict().items()}
    told = " ".join(groups.values())
    if len(told) > LONGEST_VALUE or _UNFIT.search(told) or _OTHERS.search(groups.get("value", "")):
        return None
    if name := groups.get("name"):
        if not _is_name(name):
            return None
        groups["name"] = name.title() if name.islower() else name
    if groups.get("value", "").lower().split(" ")[0] in rule.not_values:
        return None
    return " ".join(rule.text.format(**{"who": "", **groups}).split())


def _tidy(words: str) -> str:
    words = re.sub(r"\bmy\b|\bour\b", "their", words.strip(" .,'-"), flags=re.IGNORECASE)
    return re.sub(r"\bme\b", "them", words, flags=re.IGNORECASE)


def _is_name(words: str) -> bool:
    return len(words) >= 2 and not any(c.isdigit() for c in words) and words.split()[0].lower() not in _NO_NAMES
