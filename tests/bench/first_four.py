"""Sets one to four of wordings: plain rewrites. The checker was tuned on the first two, and later mended on all."""

from __future__ import annotations

import random

from tests.bench import spoken
from tests.bench.wordings import Change, Names, Voice, Wordings, added, before, first_of, told

_LISTS = told(orders="There are {count} orders on your account: {list}.")


def _tracked(*sentences: str) -> Change:
    """One of the sentences more at the end, with a tracking number that nobody gave."""

    def change(text: str, names: Names, rng: random.Random) -> str | None:
        number = rng.choice(("1Z", "NLP", "SWX", "")) + str(rng.randrange(10**11, 10**12))
        return f"{text} {rng.choice(sentences).format(number)}"

    return change


FIRST = Wordings(
    (
        Voice(
            (
                *told(
                    state="The status of your order {id} is {status}.",
                    marked="Order {id} currently shows the status {status}.",
                    total="The total comes to {total}.",
                    delivered="It arrived on {day}.",
                    left="It was shipped on {day}.",
                    expected="It should arrive on {day}.",
                    tracked="You can follow it with {carrier} under the tracking number {number}.",
                    contains="You ordered {items}.",
                    priced="The {product} costs {price} and is in stock.",
                ),
                (spoken.DATE, spoken.american),
                (r"\b(\d+) (days)\b", spoken.spelled),
                (r"\bcan not\b|\bcannot\b", "can't"),
                (r"\bwithin\b", "in"),
                *_LISTS,
            )
        ),
        Voice(
            (
                *told(
                    state="At the moment, your order {id} is {status}.",
                    total="You paid {total} in total.",
                    delivered="The parcel reached you on {day}.",
                    tracked="The tracking number is {number}, and {carrier} brings it.",
                ),
                (spoken.DATE, spoken.iso),
                (r"([$€])(\d[\d,]*\.\d\d)\b", spoken.unit_behind),
                (r"\b(\d+) days\b(?<!business days)", spoken.in_weeks),
                (r"^If ([^,]+), (.+)\.$", lambda m: f"{m[2][0].upper()}{m[2][1:]} if {m[1]}."),
                (r"\bdo not\b", "don't"),
                (r"^You can (.+)\.$", r"It is possible to \1."),
                *_LISTS,
            )
        ),
    ),
    {
        "negation": first_of(
            (r"\b(can) not\b|\bcannot\b|\bcan't\b", "can"),
            (r"\bdo not\b|\bdon't\b", "do"),
            (r"\bis not\b", "is"),
            (r"\bcan\b(?! ?not|'t|’t)", "cannot"),
            (r"\bis\b(?! not)", "is not"),
            (r"\bare\b(?! not)", "are not"),
            (r"\bmust\b(?! not)", "must not"),
        ),
        "yes or no": before("Yes, ", "No, "),
        "invented tracking number": _tracked("Its tracking number is {}.", "You can track it with {}."),
        "claimed action": added(
            "I have cancelled your order.",
            "Your refund has been issued.",
            "We've sent you an e-mail with the details.",
            "You will receive a refund within 5 business days.",
            "I'll forward this to our team.",
            "Your address was updated.",
            "I went ahead and changed the delivery date.",
            "We are processing your return now.",
        ),
    },
    strangers=False,
)

SECOND = Wordings(
    (
        Voice(
            (
                *told(
                    state="Thanks for waiting: order {id} is {status} right now.",
                    marked="The status of order {id} is {status}.",
                    total="In total, the order amounts to {total}.",
                    delivered="The delivery was made on {day}.",
                    left="We sent it out on {day}.",
                    expected="The estimated delivery date is {day}.",
                    tracked="{carrier} is bringing it; the tracking number is {number}.",
                    contains="In this order there are {items}.",
                    priced="We have the {product} in stock at {price}.",
                ),
                (spoken.DATE, spoken.month_and_ordinal),
                (r"([$€])(\d[\d,]*\.\d\d)\b", spoken.code_before),
                (r"\b(\d+)( business)? days\b", lambda m: f"{spoken.SPELLED.get(m[1], m[1])}{m[2] or ''} days"),
                (r"\bcan not\b|\bcannot\b", "can’t"),
                *_LISTS,
            )
        ),
        Voice(
            (
                *told(
                    state="I looked it up: your order {id} is currently {status}.",
                    total="Altogether it costs {total}.",
                    delivered="You should have it since {day}, when it was delivered.",
                    left="It was dispatched on {day}.",
                    tracked="To track it, use {number} at {carrier}.",
                ),
                (spoken.DATE, lambda m: f"the {m[1]} of {m[2]}, {m[3]}"),
                (r"\b(\d+) days\b", r"\1 calendar days"),
                (r"\bbusiness days\b", "working days"),
                (r"^If ([^,]+), (.+)\.$", lambda m: f"{m[2][0].upper()}{m[2][1:]}, provided {m[1]}."),
                (r"^You can (.+)\.$", r"You are able to \1."),
                (r"\bwe do not\b", "we don't"),
                (r"\bhave to\b", "need to"),
                *_LISTS,
            )
        ),
    ),
    {
        "negation": first_of(
            (r"\bcan(?: not|not|'t|’t)\b", "can"),
            (r"\bdoes not\b|\bdoesn't\b", "does"),
            (r"\bnever\b", "always"),
            (r"\bwill\b(?! not)", "will not"),
            (r"\bis\b(?! not)", "isn't"),
            (r"\bare\b(?! not)", "aren't"),
            (r"\bcan\b(?! ?not|'t|’t)", "can't"),
            (r"\bhas\b", "does not have"),
        ),
        "yes or no": before("Absolutely, ", "Nope, "),
        "invented tracking number": _tracked("The parcel can be followed under {}.", "Tracking: {}."),
        "claimed action": added(
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
    },
    strangers=False,
)

THIRD = Wordings(
    (
        Voice(
            (
                *told(
                    state="As for order {id}, it is {status} at the moment.",
                    marked="Our records show {status} for order {id}.",
                    total="That makes {total} altogether.",
                    delivered="The carrier handed it over on {day}.",
                    left="Our warehouse shipped it on {day}.",
                    expected="It is due to reach you on {day}.",
                    tracked="{carrier} delivers it under the number {number}.",
                    contains="The parcel holds {items}.",
                    priced="At {price}, the {product} is in stock.",
                ),
                (spoken.DATE, lambda m: f"{m[2][:3]} {m[1]}, {m[3]}"),
                (r"\bup to\b", "at most"),
                (r"\bcan not\b|\bcannot\b", "can never"),
                (r"\b(\d+) (minutes)\b", spoken.spelled),
                *_LISTS,
            )
        ),
        Voice(
            (
                *told(
                    state="Good news or not, here is what I see: {id} is {status}.",
                    total="The amount for it is {total}.",
                    delivered="Delivery took place on {day}.",
                    left="It went out on {day}.",
                    expected="We expect it to get to you by {day}.",
                    tracked="You find it at {carrier} with tracking number {number}.",
                ),
                (spoken.DATE, lambda m: f"{spoken.parsed(m):%A}, {m[1]} {m[2]} {m[3]}"),
                (r"([$€])(\d[\d,]*)\.00\b", r"\1\2"),
                (r"\b(\d+) months\b", lambda m: f"{int(m[1]) // 12} years" if int(m[1]) in (24, 36) else m[0]),
                (r"^You can (.+)\.$", r"Feel free to \1."),
                (r"\bPlease ([a-z]+)\b", r"Kindly \1"),
                (r"\bsuch as\b", "like"),
                *_LISTS,
            )
        ),
    ),
    {
        "negation": first_of(
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
        "yes or no": before("Yep, ", "No: "),
        "invented tracking number": _tracked("Please use {} to follow it.", "Your parcel travels as {}."),
        "claimed action": added(
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
    },
    strangers=False,
)

FOURTH = Wordings(
    (
        Voice(
            (
                *told(
                    state="We have order {id} listed as {status}.",
                    marked='The current state of {id} is "{status}".',
                    total="You spent {total} on it.",
                    delivered="You got it on {day}.",
                    left="It began its journey to you on {day}.",
                    expected="Look out for it on {day}.",
                    tracked="{carrier} has it; follow {number} on their site.",
                    contains="Inside are {items}.",
                    priced="You can have the {product} for {price}; we have it in stock.",
                ),
                (spoken.DATE, lambda m: f"{m[2]} {m[1]} {m[3]}"),
                (r"([$€])(\d[\d,]*\.\d\d)\b", lambda m: f"{m[2]} {'USD' if m[1] == '$' else 'EUR'}"),
                (r"\bwithin (\d+)", r"in no more than \1"),
                (r"\bfree\b(?! of)", "at no cost"),
                (r"\bmust\b(?! not)", "need to"),
                (r"\bcan not\b|\bcannot\b", "can in no case"),
                *_LISTS,
            )
        ),
        Voice(
            (
                *told(
                    state="Here is the latest on {id}: it is {status}.",
                    marked='The latest I have on {id} is "{status}".',
                    total="The bill for it was {total}.",
                    delivered="It was dropped off on {day}.",
                    left="The parcel went on its way on {day}.",
                    expected="It looks like it will reach you on {day}.",
                    tracked="Tracking ({carrier}): {number}.",
                    contains="It was made up of {items}.",
                    priced="Our price for the {product} is {price}, and it is in stock.",
                ),
                (spoken.DATE, lambda m: spoken.month_and_ordinal(m).replace(f"{m[2]} ", "") + f" {m[2]} {m[3]}"),
                (r"\b(\d+) years\b", lambda m: f"{int(m[1]) * 12} months"),
                (r"(\d)%", r"\1 percent"),
                (r"^If ([^,]+), (.+)\.$", lambda m: f"{m[2][0].upper()}{m[2][1:]}, as long as {m[1]}."),
                (r"^We (.+)\.$", r"At our shop, we \1."),
                (r"^You can (.+)\.$", r"You may \1."),
                (r"\bdo not have to\b", "need not"),
                (r"\bPlease ([a-z]+)\b", r"Just \1"),
                *_LISTS,
            )
        ),
    ),
    {
        "negation": first_of(
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
        "yes or no": before("Yeah: ", "Certainly not: "),
        "invented tracking number": _tracked("The shipping code is {}.", "Look it up under {} on the carrier's page."),
        "claimed action": added(
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
    },
    strangers=False,
)
