"""Grounding: no sentence leaves the desk that states what its evidence does not.

Small models can't cite, so they are never asked to: code ties each sentence to the span that supports it.
A sentence fails when a fact or a state in it stands in no source, or stands there in another relation (of
another order, as another date, beside other words); when it claims or promises an action, asks a question
(questions are added by code), turns a yes into a no, drops a condition, or speaks of something else.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from typing import NamedTuple

from cxdesk.agent.claims import claims, likely_claims
from cxdesk.agent.courtesy import SURE, is_known_word, is_small_talk
from cxdesk.agent.evidence import Group, Piece, last_id
from cxdesk.agent.facts import Fact, find_facts, find_names, find_states, on_day, rounds_to, supported_keys
from cxdesk.agent.mentions import Mention, mentions, plain_words
from cxdesk.agent.polarity import dropped_condition, turned_around
from cxdesk.agent.senses import RULES_ALONE, Senses
from cxdesk.agent.sentences import Sentence, content_words, coverage, stem
from cxdesk.domain import Record, Support

# Share of a sentence's words that its source must have: below, the sentence is about something else.
WORDS_FROM = 0.5
# The same where its facts are supported, in their relation: they tell what it is about.
WORDS_FROM_WITH_FACTS = 0.3
# The same of one sentence of a source, for what the customer may do.
WORDS_OF_PERMISSION = 0.6
# The same of a statement of which so many words are the customer's own.
WORDS_OF_AN_ECHO, MOSTLY_ASKED = 0.75, 0.6
# A value of the same kind that stands so much nearer to the sentence's words is the one that belongs there.
NEARER_BY = 0.1
# How sure the senses must be of a state that is told in unheard words.
STATE_FROM = 0.7
_CLAUSE, _SENTENCE, _RECORD, _ROLE, _BESIDE = 0.5, 0.3, 0.2, 0.2, 0.08

_IS = re.compile(
    r"(?:[,:]? (?:it|this|which))?\s*"
    r"(?:(?:is|['’]s|was|got|stands|has (?:already |now )?been)(?: (?:listed|marked|down|recorded) as|:)?"
    r"|(?:currently )?(?:has|shows|is in)(?: \w+){0,3} the (?:status|state)|shows (?:up )?as"
    r"|listed as|marked as|[:–—-](?=\s)|\()\s*"
    r"(?:(?:currently|now|already|still|all|duly|sitting (?:at|on)|showing(?: up)? as|down as) )*"
    r"[\"“]?([a-z][a-z ]{2,30}?)[\"”]?"
    r"(?=[.,;)!]|$| :| and\b| as\b| in\b| on\b| right\b| at\b)"
)
# What calls a record before its id.
_CALLED = re.compile(
    r"(?:\b(?:the|your|this|our) )?(?:\b(?:order|ticket|parcel|package|purchase)\b ?)?"
    r"(?:\b(?:no\.?|nr\.?|number|with (?:the )?id) ?)?#?$",
    re.IGNORECASE,
)
_NO_TRACKING = re.compile(r"\bno tracking number\b", re.IGNORECASE)
# The states that a 'not' or a 'soon' would turn into their contrary.
_AFFIRMED = frozenset({"shipped", "delivered", "ready for pickup", "completed", "processed"})
_NEGATED = re.compile(r"\b(?:not|no|never|cannot|hardly|nearly|almost)\b|n['’]t\b|\byet to\b", re.IGNORECASE)
_SUPPOSED = re.compile(
    r"\b(?:if|once|when|until|unless|soon|shortly|tomorrow|will|should|would|might|could|about to|going to|expected)\b"
    r"|['’]ll\b",
    re.IGNORECASE,
)
_MAY = re.compile(r"\b(?:can|may|could|cannot)\b", re.IGNORECASE)
_OF_RECORD = re.compile(
    r"\W*(?:[\w'’]+[,!]? ){0,3}?(?:it\b|(?:your|this|that|the) (?:order|parcel|package|purchase)\b)|.*\btrack",
    re.IGNORECASE,
)
_CLAIMS_ACT = re.compile(
    r"\bI\b|\bwe(?:['’](?:ve|re|ll)| have| had)? (?:\w+ly |just |already |now )?cancel", re.IGNORECASE
)
_CURRENCY_FIELD = re.compile(r"\bcurrency: ([A-Z]{3})\b")
# The place of an entry in a list of results.
_ENTRY = re.compile(r"^\d+\.")
_YES = r"yes|yeah|yep|yup|aye|absolutely|definitely(?! not)|certainly(?! not)|indeed"
_NO = (
    r"no(?!\.?:? ?[\w#-]*\d)(?!\. [a-z])(?=\s*(?:[,:;.!–—-]|$))|nope|na[hw]"
    r"|(?:unfortunately|sadly|regrettably) (?:not|no)"
    r"|afraid (?:not|no)"
    r"|(?:certainly|definitely|absolutely|of course) not|not at all|no way"
)
# Some words may come first: 'That's right, yes: ...', 'I'm afraid not: ...'.
_YES_NO = re.compile(
    rf"^\W*(?:(?P<no>{_NO})|(?P<yes>{_YES})|(?:[\w'’]+,? ){{1,3}}?(?:(?P<no_>{_NO})|(?P<yes_>{_YES}))(?=\s*[,:;.!–—-]))"
    r"(?!\w)[,:;.!]*\s*",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"\b(?:i|we|my|our|us|me)\b", re.IGNORECASE)
_PERMITS = re.compile(r"\byou (?:can|may|could|are (?:allowed|able|free|welcome) to)\b|\bis possible\b", re.IGNORECASE)
_OPENER = re.compile(rf"^\W*(?:{_NO}|{_YES}|of course|sure)\b\s*[,:;.!—–-]+\s*(?=\w)", re.IGNORECASE)


_ASKS = re.compile(
    r"\b(?:you|your|yours|i|we|it|that|this|is|are|was|do|does|did|have|has|can|could|may|shall|should|will|would|want"
    r"|need|like|what|when|where|which|who|whom|why|how|ok|okay|right|yes|no|or|please|any|another|more)\b",
    re.IGNORECASE,
)
_OFFERS = re.compile(
    r"\b(?:any|some)thing (?:else|more|further)\b|^how(?:['’]s| is| are) (?:it|you|ya|things)\b|^how (?:ya|you) ",
    re.IGNORECASE,
)
# Willing to help: no answer where nothing was asked that has a yes or a no.
_WILLING = re.compile(r"^\W*(?:certainly|of course|sure(?: thing)?|gladly|by all means|no problem)\W*$", re.IGNORECASE)
# Agreement, which may open a courtesy too; a plain yes or no is an answer, or it misleads.
_AGREES = re.compile(r"^\W*(?:absolutely|definitely|certainly|indeed)\b(?! not)", re.IGNORECASE)
# A time by which something has to be done, whoever is told so.
_DEADLINE = re.compile(
    r"\b(?:by|before|until|till|no later than) (?:the )?(?:end of )?(?:the |this |next )?"
    r"(?:today|tonight|tomorrow|noon|midnight|day|week(?:end)?|month|year|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)
# What an instruction is for may be told in the customer's words: 'To hook it up, hold Fn and 2.'
_PURPOSE = re.compile(r"^\W*(?:to|if|when|for|as for|regarding|in case|about)\b[^,]*,\s*", re.IGNORECASE)
_YES_NO_ASKED = re.compile(
    r"(?:^|[.!?;,]|\b(?:and|or|but|so|please|hi|hello|hey))\s*"
    r"(?:is|are|am|was|were|do|does|did|have|has|can|could|may|shall|should|will|would)(?:n['’]t)? [^.?!]*\?",
    re.IGNORECASE,
)
# Where people who write as they chat end a sentence, and where a month was cut short at its end.
_LOOSE_END = re.compile(
    r"(?<=[!?])\s+(?=[a-z])|(?<=[a-z]\.)\s+(?=[a-z])|\s*[:;]-?[()DP](?=[\s.!]|$)\s*"
    r"|(?<=\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\.)\s+(?=[A-Z$€#])"
)
_SHORT = re.compile(
    r"\b(?:e\.g|i\.e|etc|vs|approx|incl|excl|no|nr|mr|mrs|ms|dr|st|p\.m|a\.m|max|min|tel|ext|\w)\.$", re.I
)
_SUBJECT_OF = re.compile(
    r"(?: \([^()]*(?:\([^()]*\))?[^()]*\))?(?:['’]s| (?:is|was|has|had|got|made|looks|came))\b", re.IGNORECASE
)
_BRINGER = re.compile(r"^([A-Z][a-z]+)(?:['’]s|, (?=[A-Z]*\d)| (?:is|has|have|are|got|brings|carries|delivers)\b)")
_ADDRESS = re.compile(r"^([^,.!?;:]{1,40}[,:])\s+(?=[A-Z0-9#])")


class Check(Record):
    """What is wrong with a sentence, in words for the model's second try, and where it is supported."""

    faults: tuple[str, ...] = ()
    supports: tuple[Support, ...] = ()
    facts: int = 0


class Place(NamedTuple):
    """Where a fact stands in the evidence; `keys` are all that it supports there."""

    keys: frozenset[str]
    mention: Mention
    piece: Piece


class Sources:
    """What replies are checked against, read once for all their sentences; `senses` are asked when in doubt."""

    def __init__(self, evidence: Sequence[Group], senses: Callable[[], Senses] = lambda: RULES_ALONE) -> None:
        self.evidence = evidence
        self._senses = senses

    def judge(self, text: str) -> float:
        """How likely a sentence states nothing."""
        return self._senses().courtesy(text)

    def states_told(self, text: str) -> Mapping[str, float]:
        """How likely a sentence about 'it' tells each state."""
        return self._senses().state(text)

    def is_surely_harmless(self, text: str) -> bool:
        return self.judge(text) >= SURE

    @cached_property
    def pieces(self) -> list[Piece]:
        return [piece for group in self.evidence for piece in group.pieces]

    @cached_property
    def subjects(self) -> frozenset[str]:
        """The stems of all words of the evidence."""
        return frozenset().union(*(content_words(group.text) for group in self.evidence))

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset().union(*(plain_words(group.text) for group in self.evidence))

    @cached_property
    def piece_words(self) -> list[frozenset[str]]:
        """The words of each sentence of the sources, with those around it that tell what it belongs to."""
        return [plain_words(f"{piece.text} {piece.context}") for piece in self.pieces]

    @cached_property
    def known(self) -> frozenset[str]:
        """The keys of the records that can be meant."""
        return frozenset(piece.about for piece in self.pieces if piece.about)

    @cached_property
    def states(self) -> frozenset[str]:
        return frozenset(_own_states(self.pieces))

    @cached_property
    def places(self) -> list[Place]:
        return list(_places(self.evidence, self.known, self.states))

    @cached_property
    def told_states(self) -> dict[str, dict[str, Support]]:
        """By record, its states and where they stand."""
        told: dict[str, dict[str, Support]] = {}
        for piece in self.pieces:
            record = last_id(piece.text, self.known) or piece.about
            states = {key.removeprefix("state:") for key in _state_keys(piece.text, self.states)}
            if _NO_TRACKING.search(piece.text):
                states = {"no tracking"}
            if record and (_tells_state(piece) or states == {"no tracking"}):
                told.setdefault(record, {}).update(dict.fromkeys(states, piece.support))
        return told

    @cached_property
    def weights(self) -> dict[str, float]:
        return _rarity(self.places)


def without_answer(sentence: Sentence, brief_text: str) -> Sentence:
    """The sentence without the yes or no that it opens with, unless the brief opens with one as well."""
    opener = _OPENER.match(sentence.text)
    if opener is None or _YES_NO.match(brief_text):
        return sentence
    rest = sentence.text[opener.end() :]
    return sentence._replace(text=rest[0].upper() + rest[1:], start=sentence.start + opener.end())


def check_sentence(
    sentence: Sentence,
    sources: Sources,
    *,
    brief_text: str,
    customer_text: str,
    said: str = "",
) -> Check:
    """Check one sentence of a reply that follows after `said`.

    The spans of the supports are places in the whole.
    """
    checks = [
        _check_statement(sentence._replace(text=text), sources, brief_text, customer_text, said + sentence.text[:at])
        for at, text in _statements(sentence.text, sources)
    ]
    faults = tuple(dict.fromkeys(fault for check in checks for fault in check.faults))
    supports = () if faults else tuple(dict.fromkeys(support for check in checks for support in check.supports))
    return Check(faults=faults, supports=supports, facts=sum(check.facts for check in checks))


def _statements(text: str, sources: Sources) -> list[tuple[int, str]]:
    """What a sentence is made of where its writer left out large letters or points, each with its place.

    A greeting that goes before stands alone as well.
    """
    ends = [*(match.span() for match in _LOOSE_END.finditer(text) if not _SHORT.search(text[: match.start()]))]
    opening = _ADDRESS.match(text)
    if opening and _is_address(opening[1], sources):
        ends = sorted([*ends, (opening.end(1), opening.end())])
    borders = [0, *(place for span in ends for place in span), len(text)]
    pieces = [(a, text[a:b].strip()) for a, b in zip(borders[::2], borders[1::2], strict=True)]
    return [(at, piece) for at, piece in pieces if any(c.isalnum() for c in piece)] or [(0, text)]


def _is_address(opening: str, sources: Sources) -> bool:
    return not find_facts(opening) and (is_small_talk(opening.rstrip(",:")) or sources.is_surely_harmless(opening))


def _check_statement(
    sentence: Sentence,
    sources: Sources,
    brief_text: str,
    customer_text: str,
    said: str,
) -> Check:
    text = sentence.text
    evidence, known = sources.evidence, sources.known
    about = last_id(said, known) or (next(iter(known)) if len(known) == 1 else "")
    today = date.today()
    told = [
        mention._replace(fact=on_day(mention.fact, today))
        for mention in mentions(text, about=about, known=known, states=sources.states)
    ]
    faults = [*claims(text, evidence, brief_text), *_answers(text, brief_text, customer_text, sources)]
    faults += _echoes(text, told, customer_text)
    likely = [*_questions(text), *likely_claims(text, evidence, brief_text)]
    if not told and not faults and _is_harmless(text, sources, customer_text, bool(likely)):
        return Check()
    faults += likely
    if not faults and (support := _state_in_other_words(text, told, about, sources)):
        return Check(supports=(support.model_copy(update={"start": sentence.start, "end": sentence.end}),), facts=1)
    for mention in told:
        faults += _unsupported(mention, sources.places, sources.weights)
    faults += _unknown_names(text, told, evidence, brief_text)
    faults += _unknown_state(text, sources)
    faults += _unknown_carrier(text, told, sources.subjects)
    faults += _unknown_options(text, sources.pieces, brief_text)
    enough = _words_needed(told, sources.places) if not faults else WORDS_FROM
    fitting = _fitting(text, evidence, enough)
    if not fitting or _only_asked(text, told, sources, customer_text):
        faults.append(f"nothing in the sources says {text!r}")
    statements = [piece.text for piece in sources.pieces]
    if turned_around(text, statements):
        faults.append(f"yes and no are turned around in {text!r}")
    elif condition := dropped_condition(text, said, statements):
        faults.append(f"{text!r} leaves out {condition!r}")
    supports = _supports(sentence, told, fitting) if not faults else ()
    return Check(faults=tuple(dict.fromkeys(faults)), supports=supports, facts=len(told))


# ---------------------------------------------------------------- facts in their relation


def _own_states(pieces: Sequence[Piece]) -> Iterator[str]:
    """The shop's own words for how far an order or a ticket is."""
    for piece in pieces:
        if (piece.support.field or "").endswith("status") and piece.text.startswith("status: "):
            yield piece.text.removeprefix("status: ").lower()


def _places(evidence: Sequence[Group], known: frozenset[str], states: frozenset[str]) -> Iterator[Place]:
    currencies = frozenset().union(*(_currencies(group.text) for group in evidence))
    for group in evidence:
        paid_in = frozenset(_CURRENCY_FIELD.findall(group.text)) or currencies
        for piece in group.pieces:
            for mention in mentions(piece.text, about=piece.about, context=piece.context, known=known, states=states):
                if mention.fact.kind == "state" or mention.fact.start >= _value_at(piece):
                    yield Place(_in_currency(supported_keys(mention.fact), paid_in), mention, piece)


@lru_cache(maxsize=256)
def _currencies(text: str) -> frozenset[str]:
    """The currencies of a text's amounts."""
    return frozenset(fact.key.rpartition(" ")[2] for fact in find_facts(text) if fact.kind == "money")


def _value_at(piece: Piece) -> int:
    """Where the value of a tool's result begins: the 0 of 'variants.0.price: 19.50' is no fact."""
    field = _ENTRY.sub("", piece.support.field or "").replace("_", " ")
    return len(field) if piece.support.tool and field and piece.text.startswith(f"{field}: ") else 0


def _in_currency(keys: frozenset[str], currencies: Collection[str]) -> frozenset[str]:
    """Without the amounts of other currencies: a bare 19.50 is one of the currency that its record names."""
    if not currencies:
        return keys
    return frozenset(key for key in keys if not key.startswith("money:") or key.rpartition(" ")[2] in currencies)


def _unsupported(said: Mention, places: Sequence[Place], weights: dict[str, float]) -> list[str]:
    """Why a fact is not supported: it stands nowhere, or only in another relation; empty when it is."""
    fact = said.fact
    holders = [place for place in places if _holds(place, fact)]
    if not holders:
        return [f"{fact.kind} {fact.text!r} is in no source"]
    related = [place for place in holders if _same_relation(said, place)]
    if not related:
        return [f"no source says {fact.text!r} in this relation"]
    rivals = [
        place
        for place in places
        if place.mention.fact.kind == fact.kind and not _holds(place, fact) and _same_relation(said, place)
        if fact.key != said.of or place.mention.of in place.keys
    ]
    best = max(_nearness(said, place, weights) for place in related)
    rival = max(rivals, key=lambda place: _nearness(said, place, weights), default=None)
    if rival and _nearness(said, rival, weights) - best > NEARER_BY:
        return [f"the source says {rival.mention.fact.text!r}, not {fact.text!r}"]
    return []


def _holds(place: Place, fact: Fact) -> bool:
    return not place.keys.isdisjoint({fact.key, *fact.also}) or (
        fact.about and any(rounds_to(fact, key) for key in place.keys)
    )


def _same_relation(said: Mention, place: Place) -> bool:
    """Whether both may speak of the same thing: no other record, no other role, no rule where a case is told."""
    there = place.mention
    if said.of and there.of and said.of != there.of:
        return False
    if said.role and there.role and said.role != there.role:
        return False
    if said.bound and there.bound and said.bound != there.bound:
        return False
    if said.fact.kind == "id" and said.fact.key != said.of and said.role == "tracking" and there.role != "tracking":
        return False
    if not said.asserted:
        return True
    if there.event and not said.event:
        return False
    return bool(place.piece.support.tool) or there.asserted


def _nearness(said: Mention, place: Place, weights: dict[str, float]) -> float:
    """How much of the company of a fact stands around the place as well."""
    there = place.mention
    return (
        _CLAUSE * _share(said.clause, there.clause, weights)
        + _SENTENCE * _share(said.words, there.words, weights)
        + _RECORD * (bool(said.of) and said.of == there.of and (said.named or said.asserted))
        + _BESIDE * sum(a == b for a, b in zip(said.beside, there.beside, strict=True))
        + _ROLE * (bool(said.role) and said.role == there.role)
    )


def _share(part: frozenset[str], whole: frozenset[str], weights: dict[str, float]) -> float:
    total = sum(weights.get(word, 0.0) for word in part)
    return sum(weights.get(word, 0.0) for word in part & whole) / total if total else 0.0


def _rarity(places: Sequence[Place]) -> dict[str, float]:
    """How much a word tells one place from another; words of no place tell nothing."""
    counts = Counter(word for place in places for word in place.mention.words)
    return {word: math.log(1 + len(places) / count) for word, count in counts.items()}


def _unknown_state(text: str, sources: Sources) -> Iterator[str]:
    """What is said to be the state of a record that is none of it: 'is backordered', 'is "shipped"'."""
    known, states = sources.known, sources.states
    for fact in find_facts(text):
        if fact.kind == "id" and known and fact.key not in known and _SUBJECT_OF.match(text[fact.end :]):
            yield from (
                f"no source says {s.text!r} of {fact.text!r}" for s in find_states(text[fact.end :], states)[:1]
            )
        is_said = _IS.match(text[fact.end :]) if fact.kind == "id" else None
        if is_said is None:
            continue
        said = {state.key for state in find_states(is_said[1], states)}
        if fact.key not in known:
            if said and known:
                yield f"no source says {is_said[1]!r} of {fact.text!r}"
            continue
        about = [piece for piece in sources.pieces if fact.key in (piece.about, last_id(piece.text, known))]
        own = {key for piece in about if _tells_state(piece) for key in _state_keys(piece.text, states)}
        if said and own and not said <= own:
            yield f"the state {is_said[1]!r} of {fact.text!r} is in no source"
        elif not said and plain_words(is_said[1]) - plain_words(" ".join(piece.text for piece in about)):
            yield f"the state {is_said[1]!r} is in no source"


def _state_in_other_words(text: str, told: Sequence[Mention], about: str, sources: Sources) -> Support | None:
    """What supports the state that a sentence tells in words which no list has: 'It has flown the nest.'

    None where it tells anything else, or leaves a doubt. That it tells another state is never concluded: the senses
    take 'It can still be cancelled' for 'cancelled'.
    """
    facts = [mention.fact for mention in told]
    named = {fact.key for fact in facts}
    own = sources.told_states.get(next(iter(named), about), {})
    if not own or named - sources.known or len(named) > 1 or not (named or _OF_RECORD.match(text)):
        return None
    as_it = _as_it(text, facts)
    if _CLAIMS_ACT.search(text) or _YES_NO.match(text) or find_names(as_it):
        return None
    votes = sources.states_told(as_it)
    best = max(votes, key=lambda state: votes[state], default="")
    if votes.get(best, 0.0) < STATE_FROM or (_MAY.search(text) and best != "ready for pickup"):
        return None
    if best in _AFFIRMED and (_NEGATED.search(text) or _SUPPOSED.search(text)):
        return None
    return own.get(best)


def _as_it(text: str, facts: Sequence[Fact]) -> str:
    """The sentence with 'it' for the record that it names: 'Your order V1001 is off' -> 'It is off'."""
    for fact in reversed(facts):
        before = _CALLED.sub("", text[: fact.start])
        text = f"{before}{'it' if before.strip() else 'It'}{text[fact.end :]}"
    return text


def _unknown_options(text: str, pieces: Sequence[Piece], brief_text: str) -> Iterator[str]:
    """Options of an item that no source has: 'color turquoise'."""
    pieces = [piece for piece in pieces if ".options." in (piece.support.field or "")]
    options = {
        (piece.support.field or "").rpartition(".")[2].replace("_", " ").replace("colour", "color") for piece in pieces
    }
    known = plain_words(" ".join([brief_text, *(piece.text for piece in pieces)]).replace("colour", "color"))
    for option in sorted(options):
        for match in re.finditer(rf"\b{re.escape(option)} ([a-z]+)\b", text.replace("colour", "color"), re.IGNORECASE):
            if plain_words(match[1]) - known and not find_facts(match[1]):
                yield f"the {match.group()!r} is in no source"


def _tells_state(piece: Piece) -> bool:
    """Whether a piece is the record's own state, or a sentence about it; the day of a step is no state."""
    field = piece.support.field or ""
    return field.endswith("status") or not piece.text.startswith(f"{field.rpartition('.')[2].replace('_', ' ')}: ")


def _state_keys(text: str, states: frozenset[str]) -> set[str]:
    return {state.key for state in find_states(text, states)}


# ---------------------------------------------------------------- names, yes and no, subject


def _unknown_names(text: str, told: Sequence[Mention], evidence: Sequence[Group], brief_text: str) -> list[str]:
    """Names that no source has, or none beside the facts that the sentence tells of them."""
    names = [name for name in find_names(text) if _spaced(name.text) not in _spaced(brief_text)]
    unknown = [name for name in names if not any(_named(name.text, group.text) for group in evidence)]
    if unknown:
        return [f"the name {name.text!r} is in no source" for name in unknown]
    keys = [{m.fact.key, *m.fact.also} for m in told if m.fact.kind != "state" and not m.fact.about]
    together = any(
        all(group.facts & each for each in keys) and all(_named(name.text, group.text) for name in names)
        for group in evidence
    )
    return [] if together or not names else [f"no source says this of {names[0].text!r}"]


def _unknown_carrier(text: str, told: Sequence[Mention], subjects: frozenset[str]) -> Iterator[str]:
    """Who is said to bring a parcel at the very beginning, where any word is written large."""
    bringer = _BRINGER.match(text)
    if bringer is None or not any(m.fact.kind in {"id", "phone", "number"} for m in told):
        return
    if not is_known_word(bringer[1]) and not content_words(bringer[1]) <= subjects:
        yield f"the name {bringer[1]!r} is in no source"


def _named(name: str, source: str) -> bool:
    """Whether a source has the name, or one that it shortens: 'Heron Headphones' for 'Heron Over-Ear Headphones'."""
    if _spaced(name) in _spaced(source):
        return True
    name = re.sub(r"['’]s\b", "", name)
    short = [stem(word) for word in _spaced(name).split()]
    return len(short) > 1 and any(_in_order(short, long) for long in _source_names(source))


def _in_order(short: Sequence[str], long: Sequence[str]) -> bool:
    rest = iter(long)
    return all(word in rest for word in short)


@lru_cache(maxsize=256)
def _source_names(source: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(stem(word) for word in _spaced(name.text).split()) for name in find_names(source))


def _spaced(text: str) -> str:
    """Letters and digits only, in small letters, between single spaces."""
    return " " + " ".join(re.findall(r"[^\W_]+", text.lower())) + " "


def _is_harmless(text: str, sources: Sources, customer_text: str, seems_to_claim: bool) -> bool:
    """Whether a sentence without facts states nothing; of what has the form of a claim the judge must be sure."""
    if _DEADLINE.search(text):
        return False
    if any(not all(map(is_known_word, name.text.split())) for name in find_names(text)):
        return False
    if seems_to_claim:
        return sources.is_surely_harmless(text)
    return is_small_talk(text, sources.subjects, content_words(customer_text), sources.judge)


def _questions(text: str) -> list[str]:
    """A question to the customer that waits for an answer.

    'Anything else?' does not, nor one that only names the subject of what follows: 'The lamp?'
    """
    if _OFFERS.search(text) and is_small_talk(text):
        return []
    asks = text.endswith("?") and (_ASKS.search(text) is not None or not find_names(f"About {text}"))
    return [f"a question is not yours to ask: {text!r}"] if asks else []


def _answers(text: str, brief_text: str, customer_text: str, sources: Sources) -> list[str]:
    """A yes or no that the brief does not say; 'Absolutely, let us look!' is none where neither was asked for."""
    if not _YES_NO_ASKED.search(customer_text) and _is_willing(text, sources):
        return []
    said, briefed = _YES_NO.match(text), _YES_NO.match(brief_text)
    if said and not (briefed and _answer(briefed) == _answer(said)):
        return [f"the draft does not say {said[said.lastgroup or 0]!r}"]
    return []


def _is_willing(text: str, sources: Sources) -> bool:
    if _WILLING.match(text):
        return True
    return _AGREES.match(text) is not None and not find_facts(text) and sources.is_surely_harmless(text)


def _answer(match: re.Match[str]) -> str:
    return (match.lastgroup or "").rstrip("_")


def _echoes(text: str, told: Sequence[Mention], customer_text: str) -> list[str]:
    """What the customer said of themselves, said of the shop: 'We lost our gift card.'"""
    words = plain_words(text)
    told = [mention for mention in told if mention.fact.kind != "state"]
    if told or len(words) < 2 or not (_FIRST_PERSON.search(text) and _FIRST_PERSON.search(customer_text)):
        return []
    return [f"{text!r} says of us what the customer said"] if words <= plain_words(customer_text) else []


def _only_asked(text: str, told: Sequence[Mention], sources: Sources, customer_text: str) -> bool:
    """Whether a statement is the question said back: 'The headphones are vegan.' A source's sentence must give it."""
    if any(mention.fact.kind != "state" for mention in told):  # those are held against the sources themselves
        return False
    words = plain_words(_PURPOSE.sub("", text))
    asked = words & plain_words(customer_text)
    if asked - sources.words:
        return True
    needed = WORDS_OF_PERMISSION if _PERMITS.search(text) else 0.0
    if len(asked) >= MOSTLY_ASKED * len(words):
        needed = WORDS_OF_AN_ECHO
    return needed > 0.0 and not any(coverage(words, piece) >= needed for piece in sources.piece_words)


def _words_needed(told: Sequence[Mention], places: Sequence[Place]) -> float:
    """Facts that were supported tell what a sentence is about; those of a record so surely that words add nothing."""
    if any(place.piece.support.tool and _holds(place, m.fact) and m.of for m in told for place in places):
        return 0.0
    return WORDS_FROM_WITH_FACTS if told else WORDS_FROM


def _fitting(text: str, evidence: Sequence[Group], enough: float) -> list[Group]:
    """The groups that speak of what the sentence speaks of."""
    words = plain_words(text)
    return [group for group in evidence if coverage(words, plain_words(group.text)) >= enough]


def _supports(sentence: Sentence, told: Sequence[Mention], groups: Sequence[Group]) -> tuple[Support, ...]:
    """The piece that has most of the sentence's facts and words."""
    words = plain_words(sentence.text)
    keys = frozenset(mention.fact.key for mention in told)

    def shared(piece: Piece) -> float:
        held = {key for m in mentions(piece.text, about=piece.about) for key in supported_keys(m.fact)}
        return coverage(words, plain_words(piece.text)) + len(keys & held)

    best = max((piece for group in groups for piece in group.pieces), key=shared, default=None)
    return (best.support.model_copy(update={"start": sentence.start, "end": sentence.end}),) if best else ()
