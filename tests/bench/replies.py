"""True replies of a desk, and the same with one fact made wrong: what the checker of replies is measured on.

Everything is drawn with a fixed seed, so that the same shop gives the same replies. Wordings and changes come
in six sets. The checker was tuned on the first two, and the failures of the third and the fourth have been read and
mended since. The fifth and the sixth were written at once, by an author who had not read the checker then; the
sixth was looked at only after the checker had been mended on the fifth. Both have been read and mended since, so
no figure here is that of wordings never seen.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import islice, pairwise
from typing import Any, NamedTuple

from cxdesk.agent.brief import Brief, Line
from cxdesk.agent.customer_voice import without_marks
from cxdesk.agent.evidence import Group, gather
from cxdesk.agent.facts import Fact, find_facts, find_states, supported_keys
from cxdesk.agent.sentences import content_words, split_sentences
from cxdesk.desk import Desk
from cxdesk.domain import Decision, DecisionKind, Hit, Support, ToolCall, Turn, new_id
from tests.bench import fifth, sixth, wordings
from tests.bench.spoken import DATE as _DATE
from tests.bench.spoken import parsed as _parsed
from tests.bench.wordings import Names, Rewrite, reworded

FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH = SETS = range(6)
_STRANGERS = {FIFTH: fifth.FIFTH, SIXTH: sixth.SIXTH}


class Reply(NamedTuple):
    """A text that answers `question` from `evidence`; `what` names the change, empty for a true one."""

    text: str
    question: str
    brief: Brief
    evidence: tuple[Group, ...]
    what: str = ""


# ---------------------------------------------------------------- true replies


def plain_replies(desk: Desk, *, orders: int, passages: int) -> list[Reply]:
    """Replies that say nothing wrong, in the desk's own words."""
    return [*_order_replies(desk, orders), *_product_replies(desk), *_passage_replies(desk, passages)]


def true_replies(plain: Sequence[Reply], wording_set: int) -> list[Reply]:
    """The plain replies, and each in other words of one set."""
    return [reply for each in plain for reply in (each, *_rephrased(each, wording_set))]


def names_of(desk: Desk) -> Names:
    """The shop's product names and the statuses of its orders."""
    customers = desk.store.customers.all(limit=1000, offset=0)
    statuses = {order.status for customer in customers for order in desk.store.orders.of_customer(customer.id)}
    names = sorted({name for _, name in desk.store.products.names()})
    return Names(tuple(names), tuple(sorted(statuses)), date.today())


def _order_replies(desk: Desk, limit: int) -> Iterator[Reply]:
    asked = 0
    for customer in desk.store.customers.all(limit=1000, offset=0):
        orders = desk.store.orders.of_customer(customer.id)
        for order in orders[:2]:
            for question in (
                "Where is my order {}?",
                "What is in my order {}?",
                "What was the total of order {}?",
                "What is the tracking number of order {}?",
            ):
                yield from _answered(desk, question.format(order.id), customer.id)
        if len(orders) > 1:
            both = f"Where is order {orders[0].id}? And what was the total of order {orders[1].id}?"
            yield from _answered(desk, both, customer.id)
            yield from _answered(desk, f"Where are my orders {orders[0].id} and {orders[1].id}?", customer.id)
            yield from _answered(desk, "Please list all my orders.", customer.id)
        tickets = desk.store.tickets.of_customer(customer.id)
        if tickets:
            yield from _answered(desk, f"What is the state of ticket {tickets[0].id}?", customer.id)
        asked += bool(orders)
        if asked >= limit:
            return


def _product_replies(desk: Desk) -> Iterator[Reply]:
    for product in desk.store.products.all()[:20]:
        yield from _answered(desk, f"How much is the {product.name}?", None)


def _answered(desk: Desk, question: str, customer: str | None) -> Iterator[Reply]:
    turn = desk.ask(question, customer=customer)
    if turn.decision.kind is DecisionKind.reply and turn.grounding.sentences:
        brief = _brief_of(turn)
        yield Reply(turn.reply, question, brief, gather(brief, turn.tools))


def _brief_of(turn: Turn) -> Brief:
    """The brief again, from a reply that was given without a model: each sentence with its place."""
    supports = {support.start: support for support in turn.grounding.sentences}
    lines = [
        Line(text=s.text, supports=(supports[s.start],) if s.start in supports else ())
        for s in split_sentences(turn.reply)
    ]
    return Brief(lines=tuple(lines), decision=Decision(kind=DecisionKind.reply), phrase=True)


def _passage_replies(desk: Desk, limit: int) -> Iterator[Reply]:
    """Two sentences of a passage in a row, among the passages that a search for them finds."""
    rng = random.Random(0)
    documents = sorted(desk.store.documents.all(), key=lambda document: document.name)
    pairs = [
        (first.text, second.text)
        for document in documents
        for first, second in pairwise(split_sentences(document.text))
        if _is_statement(first.text)
        and _is_statement(second.text)
        and "\n" not in document.text[first.end : second.start]
    ]
    for first, second in rng.sample(pairs, min(limit, len(pairs))):
        hits = desk.knowledge.search(f"{first} {second}", k=6)
        yield from _from_hits([without_marks(first), without_marks(second)], hits)


def _is_statement(text: str) -> bool:
    return 4 <= len(content_words(text)) <= 30 and text.endswith(".") and not text.startswith("#")


def _from_hits(texts: Sequence[str], hits: Sequence[Hit]) -> Iterator[Reply]:
    holder = next((h.passage for h in hits if all(t in without_marks(h.passage.text) for t in texts)), None)
    if holder is None:
        return
    support = Support(
        start=0, end=0, document=holder.document, heading=holder.heading, from_=holder.start, to=holder.end
    )
    brief = Brief(
        lines=tuple(Line(text=text, supports=(support,)) for text in texts),
        decision=Decision(kind=DecisionKind.reply),
        phrase=True,
    )
    question = f"I have a question about {holder.heading or holder.title}."
    call = ToolCall(id=new_id("t"), name="search_knowledge", args={"query": question}, ok=True, ms=0, result=list(hits))
    yield Reply(brief.text, question, brief, gather(brief, [call]))


# ---------------------------------------------------------------- the same in other words


def _iso(match: re.Match[str]) -> str:
    return _parsed(match).isoformat()


def _american(match: re.Match[str]) -> str:
    day = _parsed(match)
    return f"{day:%B} {day.day}, {day.year}"


def _short(match: re.Match[str]) -> str:
    day = _parsed(match)
    suffix = "th" if 10 <= day.day <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    return f"{day:%B} {day.day}{suffix}"


_SPELLED = dict(
    zip(map(str, range(2, 21)), "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen twenty".split(), strict=True)
)  # fmt: skip


def _weeks(match: re.Match[str]) -> str:
    days = int(match[1])
    return f"{_SPELLED.get(str(days // 7), 'one')} week{'s' * (days > 7)}" if days % 7 == 0 else match[0]


def _spelled_minutes(match: re.Match[str]) -> str:
    return f"{_SPELLED.get(match[1], match[1])} minutes"


def _spelled(match: re.Match[str]) -> str:
    return f"{_SPELLED.get(match[1], match[1])} {match[2]}"


def _dollars(match: re.Match[str]) -> str:
    return f"{match[2]} {'dollars' if match[1] == '$' else 'euros'}"


def _iso_money(match: re.Match[str]) -> str:
    return f"{'USD' if match[1] == '$' else 'EUR'} {match[2]}"


_ID = r"(#?[A-Z]+-?\d[\w-]*|#\w[\w-]*)"
_WORDINGS: dict[int, tuple[tuple[Rewrite, ...], ...]] = {
    FIRST: (
        (
            (rf"^Your order {_ID} is ([\w ]+)\.$", r"The status of your order \1 is \2."),
            (rf'^Your order {_ID} has the status "(.+)"\.$', r"Order \1 currently shows the status \2."),
            (r"^Its total is (.+)\.$", r"The total comes to \1."),
            (r"^It was delivered on (.+)\.$", r"It arrived on \1."),
            (r"^It left us on (.+)\.$", r"It was shipped on \1."),
            (r"^It is expected to arrive on (.+)\.$", r"It should arrive on \1."),
            (r"^Its tracking number is (\S+) with (.+)\.$", r"You can follow it with \2 under the tracking number \1."),
            (r"^It contains: (.+)\.$", r"You ordered \1."),
            (r"^The (.+) is in stock and costs (.+)\.$", r"The \1 costs \2 and is in stock."),
            (_DATE, _american),
            (r"\b(\d+) (days)\b", _spelled),
            (r"\bcan not\b|\bcannot\b", "can't"),
            (r"\bwithin\b", "in"),
        ),
        (
            (rf"^Your order {_ID} is ([\w ]+)\.$", r"At the moment, your order \1 is \2."),
            (r"^Its total is (.+)\.$", r"You paid \1 in total."),
            (r"^It was delivered on (.+)\.$", r"The parcel reached you on \1."),
            (r"^Its tracking number is (\S+) with (.+)\.$", r"The tracking number is \1, and \2 brings it."),
            (_DATE, _iso),
            (r"([$€])(\d[\d,]*\.\d\d)\b", _dollars),
            (r"\b(\d+) days\b(?<!business days)", _weeks),
            (r"^If ([^,]+), (.+)\.$", lambda m: f"{m[2][0].upper()}{m[2][1:]} if {m[1]}."),
            (r"\bdo not\b", "don't"),
            (r"^You can (.+)\.$", r"It is possible to \1."),
        ),
    ),
    SECOND: (
        (
            (rf"^Your order {_ID} is ([\w ]+)\.$", r"Thanks for waiting: order \1 is \2 right now."),
            (rf'^Your order {_ID} has the status "(.+)"\.$', r"The status of order \1 is \2."),
            (r"^Its total is (.+)\.$", r"In total, the order amounts to \1."),
            (r"^It was delivered on (.+)\.$", r"The delivery was made on \1."),
            (r"^It left us on (.+)\.$", r"We sent it out on \1."),
            (r"^It is expected to arrive on (.+)\.$", r"The estimated delivery date is \1."),
            (r"^Its tracking number is (\S+) with (.+)\.$", r"\2 is bringing it; the tracking number is \1."),
            (r"^It contains: (.+)\.$", r"In this order there are \1."),
            (r"^The (.+) is in stock and costs (.+)\.$", r"We have the \1 in stock at \2."),
            (_DATE, _short),
            (r"([$€])(\d[\d,]*\.\d\d)\b", _iso_money),
            (r"\b(\d+)( business)? days\b", lambda m: f"{_SPELLED.get(m[1], m[1])}{m[2] or ''} days"),
            (r"\bcan not\b|\bcannot\b", "can’t"),
        ),
        (
            (rf"^Your order {_ID} is ([\w ]+)\.$", r"I looked it up: your order \1 is currently \2."),
            (r"^Its total is (.+)\.$", r"Altogether it costs \1."),
            (r"^It was delivered on (.+)\.$", r"You should have it since \1, when it was delivered."),
            (r"^It left us on (.+)\.$", r"It was dispatched on \1."),
            (r"^Its tracking number is (\S+) with (.+)\.$", r"To track it, use \1 at \2."),
            (_DATE, lambda m: f"the {m[1]} of {m[2]}, {m[3]}"),
            (r"\b(\d+) days\b", r"\1 calendar days"),
            (r"\bbusiness days\b", "working days"),
            (r"^If ([^,]+), (.+)\.$", lambda m: f"{m[2][0].upper()}{m[2][1:]}, provided {m[1]}."),
            (r"^You can (.+)\.$", r"You are able to \1."),
            (r"\bwe do not\b", "we don't"),
            (r"\bhave to\b", "need to"),
        ),
    ),
    THIRD: (
        (
            (rf"^Your order {_ID} is ([\w ]+)\.$", r"As for order \1, it is \2 at the moment."),
            (rf'^Your order {_ID} has the status "(.+)"\.$', r"Our records show \2 for order \1."),
            (r"^Its total is (.+)\.$", r"That makes \1 altogether."),
            (r"^It was delivered on (.+)\.$", r"The carrier handed it over on \1."),
            (r"^It left us on (.+)\.$", r"Our warehouse shipped it on \1."),
            (r"^It is expected to arrive on (.+)\.$", r"It is due to reach you on \1."),
            (r"^Its tracking number is (\S+) with (.+)\.$", r"\2 delivers it under the number \1."),
            (r"^It contains: (.+)\.$", r"The parcel holds \1."),
            (r"^The (.+) is in stock and costs (.+)\.$", r"At \2, the \1 is in stock."),
            (_DATE, lambda m: f"{m[2][:3]} {m[1]}, {m[3]}"),
            (r"\bup to\b", "at most"),
            (r"\bcan not\b|\bcannot\b", "can never"),
            (r"\b(\d+) minutes\b", _spelled_minutes),
        ),
        (
            (rf"^Your order {_ID} is ([\w ]+)\.$", r"Good news or not, here is what I see: \1 is \2."),
            (r"^Its total is (.+)\.$", r"The amount for it is \1."),
            (r"^It was delivered on (.+)\.$", r"Delivery took place on \1."),
            (r"^It left us on (.+)\.$", r"It went out on \1."),
            (r"^It is expected to arrive on (.+)\.$", r"We expect it to get to you by \1."),
            (r"^Its tracking number is (\S+) with (.+)\.$", r"You find it at \2 with tracking number \1."),
            (_DATE, lambda m: f"{_parsed(m):%A}, {m[1]} {m[2]} {m[3]}"),
            (r"([$€])(\d[\d,]*)\.00\b", r"\1\2"),
            (r"\b(\d+) months\b", lambda m: f"{int(m[1]) // 12} years" if int(m[1]) in (24, 36) else m[0]),
            (r"^You can (.+)\.$", r"Feel free to \1."),
            (r"\bPlease ([a-z]+)\b", r"Kindly \1"),
            (r"\bsuch as\b", "like"),
        ),
    ),
    FOURTH: (
        (
            (rf"^Your order {_ID} is ([\w ]+)\.$", r"We have order \1 listed as \2."),
            (rf'^Your order {_ID} has the status "(.+)"\.$', r'The current state of \1 is "\2".'),
            (r"^Its total is (.+)\.$", r"You spent \1 on it."),
            (r"^It was delivered on (.+)\.$", r"You got it on \1."),
            (r"^It left us on (.+)\.$", r"It began its journey to you on \1."),
            (r"^It is expected to arrive on (.+)\.$", r"Look out for it on \1."),
            (r"^Its tracking number is (\S+) with (.+)\.$", r"\2 has it; follow \1 on their site."),
            (r"^It contains: (.+)\.$", r"Inside are \1."),
            (r"^The (.+) is in stock and costs (.+)\.$", r"You can have the \1 for \2; we have it in stock."),
            (_DATE, lambda m: f"{m[2]} {m[1]} {m[3]}"),
            (r"([$€])(\d[\d,]*\.\d\d)\b", lambda m: f"{m[2]} {'USD' if m[1] == '$' else 'EUR'}"),
            (r"\bwithin (\d+)", r"in no more than \1"),
            (r"\bfree\b(?! of)", "at no cost"),
            (r"\bmust\b(?! not)", "need to"),
            (r"\bcan not\b|\bcannot\b", "can in no case"),
        ),
        (
            (rf"^Your order {_ID} is ([\w ]+)\.$", r"Here is the latest on \1: it is \2."),
            (rf'^Your order {_ID} has the status "(.+)"\.$', r'The latest I have on \1 is "\2".'),
            (r"^Its total is (.+)\.$", r"The bill for it was \1."),
            (r"^It was delivered on (.+)\.$", r"It was dropped off on \1."),
            (r"^It left us on (.+)\.$", r"The parcel went on its way on \1."),
            (r"^It is expected to arrive on (.+)\.$", r"It looks like it will reach you on \1."),
            (r"^Its tracking number is (\S+) with (.+)\.$", r"Tracking (\2): \1."),
            (r"^It contains: (.+)\.$", r"It was made up of \1."),
            (r"^The (.+) is in stock and costs (.+)\.$", r"Our price for the \1 is \2, and it is in stock."),
            (_DATE, lambda m: _short(m).replace(f"{m[2]} ", "") + f" {m[2]} {m[3]}"),
            (r"\b(\d+) years\b", lambda m: f"{int(m[1]) * 12} months"),
            (r"(\d)%", r"\1 percent"),
            (r"^If ([^,]+), (.+)\.$", lambda m: f"{m[2][0].upper()}{m[2][1:]}, as long as {m[1]}."),
            (r"^We (.+)\.$", r"At our shop, we \1."),
            (r"^You can (.+)\.$", r"You may \1."),
            (r"\bdo not have to\b", "need not"),
            (r"\bPlease ([a-z]+)\b", r"Just \1"),
        ),
    ),
}
_LISTS = ((r"^You have (\d+) orders?: (.+)\.$", r"There are \1 orders on your account: \2."),)


def _rephrased(reply: Reply, wording_set: int) -> Iterator[Reply]:
    seen = {reply.text}
    for text in _worded(reply.text, wording_set):
        if text not in seen:
            seen.add(text)
            yield reply._replace(text=text)


def _worded(text: str, wording_set: int) -> list[str]:
    """The text in each wording of a set."""
    sentences = [sentence.text for sentence in split_sentences(text)]
    if wording_set in _STRANGERS:
        return [voice.of(sentences) for voice in _STRANGERS[wording_set].voices]
    return [
        " ".join(reworded(sentence, (*wording, *_LISTS)) for sentence in sentences)
        for wording in _WORDINGS[wording_set]
    ]


# ---------------------------------------------------------------- one fact made wrong

Change = Callable[[Reply, Names, int, random.Random], str | None]


def wrong_replies(plain: Sequence[Reply], names: Names, wording_set: int) -> list[Reply]:
    """Each true reply with one fact changed; which kinds of change, is drawn among those that fit it.

    In the words of strangers a value is changed before the reply is worded, so that it stands in their form.
    """
    rng = random.Random(100 + wording_set)
    if wording_set in _STRANGERS:
        return [wrong for reply in plain for wrong in _strangers_changed(reply, names, wording_set, rng)]
    return [wrong for reply in true_replies(plain, wording_set) for wrong in _changed(reply, names, wording_set, rng)]


def _strangers_changed(reply: Reply, names: Names, wording_set: int, rng: random.Random) -> Iterator[Reply]:
    """In each voice up to two replies with a value changed, and up to two with a change of the set's own."""
    values = {what: _CHANGES[what] for what in _VALUES}
    for n, told in enumerate(_worded(reply.text, wording_set)):
        for wrong in islice(_changed_by(values, reply, names, wording_set, rng), 2):
            text = _worded(wrong.text, wording_set)[n]
            if text != told:
                yield wrong._replace(text=text)
        own = {what: _of_text(change) for what, change in _STRANGERS[wording_set].changes.items()}
        yield from islice(_changed_by(own, reply._replace(text=told), names, wording_set, rng), 2)


def _of_text(change: wordings.Change) -> Change:
    return lambda reply, names, _, rng: change(reply.text, names, rng)


def _changed(reply: Reply, names: Names, wording_set: int, rng: random.Random) -> Iterator[Reply]:
    """Up to three changes of different kinds."""
    return islice(_changed_by(_CHANGES, reply, names, wording_set, rng), 3)


def _changed_by(
    changes: Mapping[str, Change], reply: Reply, names: Names, wording_set: int, rng: random.Random
) -> Iterator[Reply]:
    kinds = list(changes.items())
    rng.shuffle(kinds)
    for what, change in kinds:
        text = change(reply, names, wording_set, rng)
        if text and text != reply.text:
            yield reply._replace(text=text, what=what)


def _replaced(text: str, fact: Fact, new: str) -> str:
    return text[: fact.start] + new + text[fact.end :]


def _pick(reply: Reply, rng: random.Random, *kinds: str) -> Fact | None:
    facts = [fact for fact in find_facts(reply.text) if fact.kind in kinds]
    return rng.choice(facts) if facts else None


def _number(reply: Reply, names: Names, wording_set: int, rng: random.Random) -> str | None:
    fact = _pick(reply, rng, "number", "duration", "percent", "money", "time", "phone")
    digits = re.search(r"\d+", fact.text) if fact else None
    if fact is None or digits is None:
        return None
    step = rng.choice((1, 2, 3, 7, 10))
    number = str(int(digits[0]) + step).zfill(len(digits[0]))
    new = fact.text[: digits.start()] + number + fact.text[digits.end() :]
    return _replaced(reply.text, fact, new)


def _spelled_number(reply: Reply, names: Names, wording_set: int, rng: random.Random) -> str | None:
    words = list(_SPELLED.values())
    found = [m for m in re.finditer(r"\b[a-z]+\b", reply.text) if m[0] in words]
    if not found:
        return None
    match = rng.choice(found)
    return reply.text[: match.start()] + rng.choice([w for w in words if w != match[0]]) + reply.text[match.end() :]


def _day(reply: Reply, names: Names, wording_set: int, rng: random.Random) -> str | None:
    matches = list(re.finditer(_DATE, reply.text))
    if not matches:
        return None
    match = rng.choice(matches)
    day = _parsed(match) + timedelta(days=rng.choice((-9, -3, -1, 1, 2, 5, 30)))
    return reply.text[: match.start()] + f"{day.day} {day:%B %Y}" + reply.text[match.end() :]


def _id(reply: Reply, names: Names, wording_set: int, rng: random.Random) -> str | None:
    fact = _pick(reply, rng, "id")
    places = [m.start() for m in re.finditer(r"\d", fact.text)] if fact else []
    if fact is None or not places:
        return None
    at = rng.choice(places)
    return _replaced(reply.text, fact, fact.text[:at] + str((int(fact.text[at]) + 3) % 10) + fact.text[at + 1 :])


def _contact(reply: Reply, names: Names, wording_set: int, rng: random.Random) -> str | None:
    fact = _pick(reply, rng, "email", "url")
    return _replaced(reply.text, fact, "x" + fact.text) if fact else None


def _status(reply: Reply, names: Names, wording_set: int, rng: random.Random) -> str | None:
    here = [s for s in names.statuses if re.search(rf"\b{re.escape(s)}(?!\w)", reply.text)]
    others = [s for s in names.statuses if s not in here and not any(s in h or h in s for h in here)]
    if not here or not others:
        return None
    return re.sub(rf"\b{re.escape(max(here, key=len))}(?!\w)", rng.choice(others), reply.text, count=1)


def _product(reply: Reply, names: Names, wording_set: int, rng: random.Random) -> str | None:
    here = [name for name in names.products if name in reply.text]
    if not here:
        return None
    name = max(here, key=len)
    return reply.text.replace(name, rng.choice([n for n in names.products if n not in here]), 1)


_TOGGLES = {
    FIRST: (
        (r"\b(can) not\b|\bcannot\b|\bcan't\b", "can"),
        (r"\bdo not\b|\bdon't\b", "do"),
        (r"\bis not\b", "is"),
        (r"\bcan\b(?! ?not|'t|’t)", "cannot"),
        (r"\bis\b(?! not)", "is not"),
        (r"\bare\b(?! not)", "are not"),
        (r"\bmust\b(?! not)", "must not"),
    ),
    SECOND: (
        (r"\bcan(?: not|not|'t|’t)\b", "can"),
        (r"\bdoes not\b|\bdoesn't\b", "does"),
        (r"\bnever\b", "always"),
        (r"\bwill\b(?! not)", "will not"),
        (r"\bis\b(?! not)", "isn't"),
        (r"\bare\b(?! not)", "aren't"),
        (r"\bcan\b(?! ?not|'t|’t)", "can't"),
        (r"\bhas\b", "does not have"),
    ),
    THIRD: (
        (r"\bcan never\b", "can always"),
        (r"\bare not\b|\baren't\b", "are"),
        (r"\bdo not\b|\bdon't\b", "always do"),
        (r"\bcannot\b|\bcan not\b", "can"),
        (r"\bhave\b(?! to)", "never have"),
        (r"\btakes?\b", "never takes"),
        (r"\bis\b(?! not)", "is no longer"),
        (r"\bare\b(?! not)", "are by no means"),
        (r"\bcan\b", "can by no means"),
    ),
    FOURTH: (
        (r"\bcan in no case\b", "can in any case"),
        (r"\bat no cost\b", "at a cost"),
        (r"\bneed not\b", "must"),
        (r"\bdoes not\b|\bdoesn't\b", "does indeed"),
        (r"\bneed to\b", "need not"),
        (r"\bmay\b(?! not)", "may not"),
        (r"\bwill\b(?! not)", "won't"),
        (r"\bis\b(?! not)", "is certainly not"),
        (r"\bare\b(?! not)", "are certainly not"),
        (r"\bcan\b(?! ?not|'t|’t)", "can't possibly"),
    ),
}


def _flip(reply: Reply, names: Names, wording_set: int, rng: random.Random) -> str | None:
    for pattern, new in _TOGGLES[wording_set]:
        if re.search(pattern, reply.text):
            return re.sub(pattern, new, reply.text, count=1)
    return None


_OPENINGS = {
    FIRST: ("Yes, ", "No, "),
    SECOND: ("Absolutely, ", "Nope, "),
    THIRD: ("Yep, ", "No: "),
    FOURTH: ("Yeah: ", "Certainly not: "),
}


def _yes(reply: Reply, names: Names, wording_set: int, rng: random.Random) -> str | None:
    return rng.choice(_OPENINGS[wording_set]) + reply.text[0].lower() + reply.text[1:]


_TRACKING = {
    FIRST: ("Its tracking number is {}.", "You can track it with {}."),
    SECOND: ("The parcel can be followed under {}.", "Tracking: {}."),
    THIRD: ("Please use {} to follow it.", "Your parcel travels as {}."),
    FOURTH: ("The shipping code is {}.", "Look it up under {} on the carrier's page."),
}
_ACTIONS = {
    FIRST: (
        "I have cancelled your order.",
        "Your refund has been issued.",
        "We've sent you an e-mail with the details.",
        "You will receive a refund within 5 business days.",
        "I'll forward this to our team.",
        "Your address was updated.",
        "I went ahead and changed the delivery date.",
        "We are processing your return now.",
    ),
    SECOND: (
        "I've just refunded the amount to your card.",
        "A replacement has already been sent to you.",
        "Your request has been forwarded to the warehouse.",
        "We will send you a new one tomorrow.",
        "You'll get a confirmation by e-mail shortly.",
        "I am cancelling it for you now.",
        "I've gone ahead and opened a ticket for you.",
        "The refund will be credited to your account.",
        "A colleague will call you back today.",
        "All done!",
    ),
    THIRD: (
        "We have reimbursed you in full.",
        "I just told the warehouse to hold the parcel.",
        "Your subscription has been cancelled.",
        "The exchange was approved this morning.",
        "Your new address is now saved.",
        "I'm sending you a fresh label.",
        "We'll call you back within the hour.",
        "Expect your money back by Friday.",
        "I took care of that for you.",
        "A voucher was added to your account.",
    ),
    FOURTH: (
        "I've taken the liberty of cancelling it.",
        "Your card has been credited.",
        "We have let the courier know.",
        "The parcel is being rerouted to your new address.",
        "I'll make sure you get a discount next time.",
        "Your complaint is on file now.",
        "A label is on its way to your inbox.",
        "We've set up the exchange for you.",
        "You'll be reimbursed next week.",
        "Our team is looking into it right now.",
    ),
}


def _invented_tracking(reply: Reply, names: Names, wording_set: int, rng: random.Random) -> str | None:
    number = rng.choice(("1Z", "NLP", "SWX", "")) + str(rng.randrange(10**11, 10**12))
    return f"{reply.text} {rng.choice(_TRACKING[wording_set]).format(number)}"


def _claimed_action(reply: Reply, names: Names, wording_set: int, rng: random.Random) -> str | None:
    return f"{reply.text} {rng.choice(_ACTIONS[wording_set])}"


def _other_value(reply: Reply, names: Names, wording_set: int, rng: random.Random) -> str | None:
    """A value of the same kind that stands elsewhere in the evidence, of another order, product or rule."""
    fact = _pick(reply, rng, "money", "date", "duration", "percent", "id", "time")
    if fact is None:
        return None
    there = sorted(
        {f.text for g in reply.evidence for f in find_facts(g.text) if f.kind == fact.kind and _differs(f, fact)}
    )
    there = [text for text in there if text not in reply.text]
    return _replaced(reply.text, fact, rng.choice(there)) if there else None


def _differs(one: Fact, other: Fact) -> bool:
    return not (
        supported_keys(one) & supported_keys(other) - {k for k in supported_keys(one) if k.startswith("number")}
    )


def _swap(reply: Reply, names: Names, wording_set: int, rng: random.Random) -> str | None:
    """Two values of the same kind in the reply change places."""
    facts = [*find_facts(reply.text), *find_states(reply.text)]
    pairs = [
        (a, b)
        for n, a in enumerate(facts)
        for b in facts[n + 1 :]
        if a.kind == b.kind
        and a.kind in {"money", "date", "state", "duration"}
        and a.key != b.key
        and _differs(a, b)
        and not re.fullmatch(r"\W*(?:,|and|, and|to|-|–)\W*", reply.text[a.end : b.start])
    ]
    if not pairs:
        return None
    a, b = rng.choice(pairs)
    text = reply.text
    return text[: a.start] + b.text + text[a.end : b.start] + a.text + text[b.end :]


_CHANGES: dict[str, Change] = {
    "number": _number,
    "number in words": _spelled_number,
    "date": _day,
    "id": _id,
    "contact": _contact,
    "status": _status,
    "product": _product,
    "negation": _flip,
    "yes or no": _yes,
    "invented tracking number": _invented_tracking,
    "claimed action": _claimed_action,
    "value of another": _other_value,
    "swapped": _swap,
}


_VALUES = ("number", "date", "id", "status", "product", "value of another", "swapped")


def as_json(reply: Reply) -> dict[str, Any]:
    """For reading by hand."""
    return {"text": reply.text, "brief": reply.brief.text, "what": reply.what}
