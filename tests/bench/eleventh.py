"""The eleventh set of wordings: three small language models that were told to phrase a draft.

One writes letters, one is full of feeling, one makes a list of the details.

At the first look, an eighth of the replies over three shops, 95.5 % of the wrong ones were found and 2.2 % of the true
ones stopped (780 and 268).
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from tests.bench import spoken
from tests.bench.wordings import (
    UNQUOTED,
    Change,
    Names,
    Together,
    Voice,
    Wordings,
    added,
    framed,
    lowered,
    one_of,
    told,
    varied,
)

_RULE = r"(?=(?:you(?! have any| need any| would like)|your|the|it|its|a|an|both|one|something|we|this|that) )"
"""What follows the 'if' of a rule."""

_PLAIN = r"^(?=(?:The|All|Each|Every|This|These|Orders|Returns|Items) )(.+)$"
"""A sentence of the shop's that none of the templates words."""


def _spaced_clock(match: re.Match[str]) -> str:
    return f"{match[1]}:{match[2]} {match[3].upper()}M"


def _source(text: str) -> str:
    """What a small model gives as the source of a rule: 'policy' only of what a shop has policies on."""
    policies = r"\b(?:returns?|refunds?|cancel|exchanges?|claims?|refuse|accept|ship|deliver|warranty)\b"
    return "As per our policy," if re.search(policies, text) else "Please be informed that"


def _letter(openings: Sequence[str], closings: Sequence[str], between: Sequence[str]) -> Together:
    """The answer in a paragraph of its own."""

    def together(sentences: Sequence[str]) -> str:
        text = " ".join(sentences)
        first, *rest = sentences
        body = " ".join(part for part in (first, varied(text + "-", between), *rest) if part)
        return "\n\n".join((varied(text, openings), body, varied(text + "+", closings)))

    return together


def _listed(openings: Sequence[str], closings: Sequence[str]) -> Together:
    """Three sentences and more as a list below the first."""

    def together(sentences: Sequence[str]) -> str:
        text = " ".join(sentences)
        first, *rest = sentences
        start = " ".join(part for part in (varied(text, openings), first) if part)
        if len(rest) > 1:
            start += "\n" + "".join(f"\n- {sentence}" for sentence in rest)
        else:
            start = " ".join((start, *rest))
        return f"{start}\n\n{varied(text + '+', closings)}"

    return together


def _inside(*sentences: str) -> Change:
    """One of the sentences more at the end of the answer, before a closing paragraph."""
    adding = added(*sentences)

    def change(text: str, names: Names, rng: random.Random) -> str | None:
        body, gap, closing = text.rpartition("\n\n")
        more = adding(body or text, names, rng)
        return f"{more}{gap}{closing}" if body else more

    return change


def _answering(*answers: str) -> Change:
    """The reply after one of the answers, which stands below the salutation of a letter."""

    def change(text: str, names: Names, rng: random.Random) -> str | None:
        head, gap, rest = text.partition("\n\n") if re.match(r"[^.!?]+\n\n", text) else ("", "", text)
        return f"{head}{gap}{rng.choice(answers)}{rest}"

    return change


_FORMAL = Voice(
    (
        *told(
            {
                "delivered": "I would like to inform you that your order {bare} has been delivered.",
                "shipped": "I am writing regarding your order {bare}, which has been shipped.",
                "cancelled": "I regret to inform you that your order {bare} has been cancelled.",
                "backordered": "Please be advised that your order {bare} is on backorder at this time.",
                "ready for pickup": "We are delighted to inform you that your order {bare} is ready for pickup.",
                "return requested": "Please be advised that a return has been requested for your order {bare}.",
            },
            state=(
                "I am writing regarding your order {bare}. The status of your order at this time is {status}.",
                "Please be advised that your order {bare} is {status} at this time.",
            ),
            marked='Please be advised that the status of your order {bare} reads "{status}".',
            ticket='With regard to your ticket {ticket} titled "{title}", its status is {status}.',
            total=(
                "Please be informed that the total amount of this order is {total}.",
                "Regarding the total, it amounts to {total}.",
            ),
            delivered="Delivery took place on {day}.",
            left="Your package left us on {day}.",
            expected="The anticipated date of arrival is {day}.",
            was_expected="The anticipated date of arrival was {day}.",
            tracked="For your reference, the tracking number is {number}, and the shipping carrier is {carrier}.",
            tracked_alone="For your reference, the tracking number is {number}.",
            untracked="Please be informed that no tracking number has been assigned yet.",
            contains="Your order consists of the following items: {items}.",
            orders="As per your request, below is the list of your {count} orders: {list}.",
            priced="We are pleased to inform you that the {product} is in stock at a price of {price}.",
            versions="We are pleased to inform you that the {product} is in stock in {count} versions. "
            "Depending on the version, its price lies between {low} and {high}.",
            sold_out="We regret to inform you that the {product} is out of stock at this time.",
        ),
        (spoken.DATE, spoken.american),
        (spoken.CLOCK, _spaced_clock),
        (rf"^If {_RULE}([^,]+), (?:then )?(.+)\.$", r"In the event that \1, \2."),
        (
            r"^You can (?!only )(.+)\.$",
            lambda m: f"{_source(m[1])} you are able to {m[1]}.",
        ),
        (r"^We (?!(?:are (?:delighted|pleased)|regret) to inform)([a-z].+)$", lambda m: f"{_source(m[1])} we {m[1]}"),
        (r"^Please (?!note|be|do)(?=[a-z])", "We kindly ask that you "),
        (_PLAIN, lambda m: f"Please be informed that {lowered(m[1])}"),
        (rf"\bmust\b(?! not){UNQUOTED}", "will be required to"),
        (rf"\bis free\b(?! (?:of|from|to)\b){UNQUOTED}", "comes at no cost to you"),
        (rf"\bare not included\b{UNQUOTED}", "do not come included"),
        (rf"\bwithin (?=\d){UNQUOTED}", "within a period of "),
        (rf"\b(?:normally|usually)\b{UNQUOTED}", "typically"),
    ),
    _letter(
        (
            "Dear Customer,\n\nThank you for contacting our support team.",
            "Dear Valued Customer,",
            "Hello,\n\nThank you for reaching out to us with your question.",
            "Dear Customer,\n\nI hope this message finds you well.",
            "Subject: Your Inquiry\nDear Customer,",
        ),
        (
            "Please let me know if there is anything else I can help you with.\n\nBest regards,\nCustomer Support",
            "We appreciate your patience and understanding.\n\nSincerely,\nThe Support Team",
            "Thank you for choosing us.\n\nKind regards,\nThe Customer Support Team",
            "If there are any further questions, please let us know.\n\nWarm regards,\nSupport",
        ),
        ("", "", "We appreciate your patience in this regard.", "Thank you for bearing with us."),
    ),
)

_FEELING = Voice(
    (
        *told(
            {
                "delivered": "I understand that you would like an update on order {bare}. "
                "I'm glad to say it has been delivered!",
                "shipped": "I understand you're asking about order {bare}. The good news is that it has been shipped!",
                "cancelled": "I understand you're asking about order {bare}. I'm sorry, but it has been cancelled.",
                "ready for pickup": "I understand you're asking about order {bare}. You'll be happy to know that it is "
                "ready for pickup!",
                "return requested": "I understand you're asking about order {bare}. I can confirm that a return has "
                "been requested for it.",
            },
            state=(
                "I understand you're asking about order {bare}. At this moment, its status is {status}.",
                "I understand that you would like an update on order {bare}, and I can confirm that it is {status}.",
            ),
            marked='I understand you\'re asking about order {bare}. At this moment, its status is "{status}".',
            ticket='I understand you want to know how your ticket {ticket} ("{title}") is doing. It is {status}.',
            total=("As for the total, it is {total}.", "I can confirm that the order total comes to {total}."),
            delivered=("Rest assured that it was delivered on {day}.", "It made its way to you on {day}."),
            left="It started its journey to you on {day}.",
            expected=("We expect it to arrive on {day}.", "It is anticipated to reach you on {day}."),
            was_expected="It was anticipated to reach you on {day}.",
            tracked="In case you want to follow your package, here is the tracking number: {number} ({carrier}).",
            tracked_alone="In case you want to follow your package, here is the tracking number: {number}.",
            untracked="I understand this may be frustrating, but there is no tracking number for it yet.",
            contains="I can confirm that your order includes {items}.",
            orders="I understand you'd like to see your orders. You currently have {count} orders: {list}.",
            priced="I understand you're interested in the {product}. I'm glad to say that it is in stock, "
            "and the price is {price}.",
            versions="I understand you're interested in the {product}. It is in stock in {count} versions, and "
            "depending on the version the price is between {low} and {high}.",
            sold_out="I understand you're interested in the {product}. I'm sorry, but it is out of stock right now.",
        ),
        (spoken.DATE, spoken.in_full),
        (rf"^If {_RULE}([^,]+), (?:then )?(.+)\.$", r"I want to mention that if \1, \2."),
        (r"^You can (?!only )(.+)\.$", r"Rest assured that you can \1."),
        (rf"^(.*)\bcannot\b{UNQUOTED}(.*)$", lambda m: f"I'm sorry, but {lowered(m[1]) if m[1] else ''}cannot{m[2]}"),
        (r"^We (?=[a-z])(?!expect it)", "I want you to know that we "),
        (r"^Please (?!note|be|do)(?=[a-z])", "I would kindly suggest that you "),
        (_PLAIN, lambda m: f"Just to reassure you, {lowered(m[1])}"),
        (rf"\bdo not\b{UNQUOTED}", "don't"),
        (rf"\bis free\b(?! (?:of|from|to)\b){UNQUOTED}", "is entirely free"),
        (rf"\bfor free\b{UNQUOTED}", "free of any charge"),
        (rf"\bat least (?=\d){UNQUOTED}", "a minimum of "),
        (rf"\bup to (?=[\d$€£]){UNQUOTED}", "a maximum of "),
        (rf"\b(?:normally|usually)\b{UNQUOTED}", "generally"),
    ),
    framed(
        (
            "I completely understand!",
            "Thank you so much for your message!",
            "Hi there! Thank you for sharing this with me.",
            "I hear you, and I want to help.",
            "I'm sorry to hear that you're left wondering.",
            "Absolutely, let's clear this up together!",
        ),
        (
            "Please let me know if there is anything else on your mind!",
            "Rest assured, your question matters to us.",
            "We truly appreciate your patience!",
            "I hope this puts your mind at ease!",
            "I'm here for you should anything else come up.",
            "Thank you for your kind understanding, and have a wonderful day!",
        ),
        (
            "",
            "I understand how important this is to you.",
            "I know that it can be stressful to be unsure about such things.",
            "Your feelings are completely valid.",
        ),
    ),
)

_LISTER = Voice(
    (
        *told(
            {
                "delivered": "Your order {bare} has the following status: **Delivered**.",
                "shipped": "Your order {bare} has the following status: **Shipped**.",
                "cancelled": "Your order {bare} has the following status: **Cancelled**.",
                "return requested": "For your order {bare}, a **return** has been **requested**.",
            },
            state="Your order {bare} is currently **{status}**.",
            marked="The current status of your order {bare} is: **{status}**.",
            ticket="The status of your support ticket {ticket} (“{title}”) is: **{status}**.",
            total="**Total:** {total}.",
            delivered="**Delivery date:** {day}.",
            left="**Ship date:** {day}.",
            expected="**Estimated arrival:** {day}.",
            was_expected="**Original estimated arrival:** {day}.",
            tracked="**Tracking number:** {number} (carrier: {carrier}).",
            tracked_alone="**Tracking number:** {number}.",
            untracked="**Tracking number:** not available yet.",
            contains="**Items ordered:** {items}.",
            orders="Based on the information provided, you have {count} orders in total: {list}.",
            priced="Based on the information provided, the **{product}** is in stock and is priced at **{price}**.",
            versions="Based on the information provided, the **{product}** is in stock in {count} versions, with a "
            "price between **{low}** and **{high}** depending on the version.",
            sold_out="Based on the information provided, the **{product}** is currently **out of stock**.",
        ),
        (spoken.CLOCK, spoken.short_clock),
        (rf"^If {_RULE}([^,]+), (?:then )?(.+)\.$", r"According to the information provided, if \1, then \2."),
        (r"^You can (?!only )(.+)\.$", r"To answer your question, you can \1."),
        (rf"\bcannot be\b{UNQUOTED}", "**cannot** be"),
        (r"^We (?=[a-z])", "According to the information provided, we "),
        (r"^Please (?!note|be|do)(?=[a-z])", "Please make sure to "),
        (_PLAIN, lambda m: m[1] if "**" in m[1] else f"It is important to note that {lowered(m[1])}"),
        (rf"\bmust\b(?! not){UNQUOTED}", "will have to"),
        (rf"\bis free\b(?! (?:of|from|to)\b){UNQUOTED}", "is **free**"),
        (rf"\bare not included\b{UNQUOTED}", "are **not** included"),
    ),
    _listed(
        (
            "Thank you for your inquiry!",
            "Here is the information you requested:",
            "Hello! I'm happy to assist you with your question.",
            "Thanks for your question!",
            "You asked about this, so here is a summary.",
        ),
        (
            "Let me know if there's anything else you would like to know!",
            "If there's anything unclear, please let me know.",
            "I hope this answers your question! 😊",
            "Thank you for your patience!",
            "Please let me know how else I can assist you.",
        ),
    ),
)

ELEVENTH = Wordings(
    (_FORMAL, _FEELING, _LISTER),
    {
        "invented phone": _inside(
            "For immediate assistance, please call 1-888-555-01##.",
            "Our hotline is available around the clock at +1 (800) 555-01##.",
            "**Phone:** 555-01##.",
        ),
        "invented email": _inside(
            "Alternatively, you may email us at support@yourstore.example.",
            "You can always write to me personally at helpdesk@yourstore.example.",
            "**Email:** info@yourstore.example.",
        ),
        "invented url": _inside(
            "Further information is available at https://www.yourstore.example/support.",
            "You can view all the details in your account at yourstore.example/my-orders.",
        ),
        "invented tracking": _inside(
            "The tracking number for the remaining items is 1Z999AA1##########.",
            "**Second tracking number:** 7712########.",
            "Your package can also be found under TRK#########.",
        ),
        "invented discount": _inside(
            "As a token of our appreciation, we are offering you 10% off your next purchase.",
            "To make up for this, you have a $15 store credit waiting for you.",
            "**Discount code:** WELCOME20.",
        ),
        "invented deadline": _inside(
            "Kindly provide your response within 48 hours.",
            "Please note that this request expires on December 31.",
            "**Deadline:** 7 business days from today.",
            "Please act before the end of this week so that you don't miss out.",
        ),
        "invented name": _inside(
            "Your case manager is Sarah Thompson.",
            "My colleague Emily is looking after you.",
            "**Assigned to:** John Smith, Senior Support Specialist.",
        ),
        "action, passive": _inside(
            "Your request has been forwarded to the relevant department.",
            "A full refund has been issued to your original payment method.",
            "Your shipping address has been successfully updated.",
            "A support ticket has been created on your behalf.",
            "Your complaint has been noted in our system.",
        ),
        "action, perfect": _inside(
            "I have contacted the carrier on your behalf.",
            "I've gone ahead and processed your refund.",
            "We have cancelled this order as you asked.",
            "I've added a note to your account so that this is handled with priority.",
            "I have arranged a replacement for you.",
        ),
        "action, present": _inside(
            "I am currently looking into this matter with our warehouse.",
            "We are actively working on resolving this issue.",
            "I'm issuing your refund right away.",
            "Our system is now generating your return label.",
        ),
        "action of a colleague": _inside(
            "Our logistics team has already launched an investigation.",
            "Our finance department has approved your refund.",
            "A specialist has reviewed your case.",
            "The carrier has been asked by our team to speed things up.",
        ),
        "promise": _inside(
            "I will keep you updated on any changes.",
            "Rest assured that we will resolve this as quickly as possible.",
            "One of our representatives will get back to you within 24 hours.",
            "You will receive a full refund.",
            "I'll personally make sure that this gets fixed for you.",
        ),
        "done": _inside(
            "Your cancellation request is now complete.",
            "The refund is fully processed.",
            "Your return is all taken care of!",
            "**Refund status:** completed.",
        ),
        "yes or no": _answering("Yes, indeed. ", "No, I'm afraid not. ", "Yes, you are correct: ", "No. "),
        "negation": one_of(
            (r"\*\*cannot\*\*|\bcannot\b", "can"),
            (r"\b[Dd]o not come included\b|\bare not included\b|\bare \*\*not\*\* included\b", "are included"),
            (r"\bdon't\b|\bdo not\b", "do"),
            (r"\bdoes not\b", "does indeed"),
            (r"\bis not\b", "is"),
            (r"\bcomes at no cost to you\b|\bis entirely free\b|\bis \*\*free\*\*", "comes at an extra cost"),
            (r"\byou are able to\b", "you are unable to"),
            (r"\bRest assured that you can\b", "Unfortunately, you cannot"),
            (r"\bTo answer your question, you can\b", "To answer your question, you cannot"),
            (r"\bwill be required to\b|\bwill have to\b", "will not be required to"),
            (r"\b(policy,|provided,|informed that|know that) we (?!do not|don't|cannot)", r"\1 we never "),
            (r"\bis ((?:currently )?\**(?:in stock|out of stock|ready))\b", r"is not \1"),
            (r"\bhas been (?=delivered|shipped|cancelled|\**requested)", "has not been "),
            (r"\bno tracking number has been assigned yet\b", "a tracking number has been assigned"),
            (r"\bthere is no tracking number\b", "there is a tracking number"),
        ),
        "condition": one_of(
            (r"\bIn the event that\b", "Except in the event that"),
            (rf"\b(mention that|provided,) if {_RULE}", r"\1 unless "),
            (rf" if {_RULE}", " unless "),
        ),
        "bound": one_of(
            (r"\ba minimum of\b|\bat least\b", "at most"),
            (r"\ba maximum of\b|\bup to\b", "at least"),
            (r"\bwithin a period of\b", "after a period of"),
            (r"\bwithin (?=\d|one|two|three|a (?!period))", "after more than "),
            (r"\bbefore (?=\d|nine|ten|eleven)", "after "),
            (r"\bor more\b", "or less"),
            (r"\bbelow (?!is)", "above "),
        ),
        "unit": one_of(
            (r"\b(days)\b", "months"),
            (r"\bminutes\b", "hours"),
            (r"\bmonths\b", "weeks"),
            (r"\bhours\b", "weeks"),
            (r"\bhalf an hour\b", "half a year"),
            (r"\$(?=\d)", "€"),
            (r"€(?=\d)", "£"),
        ),
        "state": one_of(
            (r"\bhas been delivered\b", "is on its way back to us"),
            (r"\bhas been shipped\b", "is being prepared for shipment"),
            (r"\bhas been cancelled\b", "is out for delivery"),
            (r"\*\*Delivered\*\*", "**Lost in transit**"),
            (r"\*\*Shipped\*\*", "**Delivered**"),
            (r"\*\*Cancelled\*\*", "**Processing**"),
            (r"\*\*(?:pending|processing|processed)\*\*", "**out for delivery**"),
            (r"\b(status is|time is|it is) (?:pending|processing|processed)\b", r"\1 delivered"),
            (r"\bis \**ready for pickup\b(?:\*\*)?", "has already been picked up"),
            (r"\bis on backorder\b", "is out for delivery"),
        ),
        "quantity": one_of((r"\b[2-9] orders\b", "14 orders"), (r"\b\d+ versions\b", "fifty versions")),
        "variant": one_of((r"\bcolou?r \w+", "color turquoise"), (r"\bsize [SML]\b", "size XXS")),
        "carrier": one_of((r"\bNorthline Parcel|\bRapido", "FedEx")),
    },
)
