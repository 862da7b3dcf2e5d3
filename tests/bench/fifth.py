"""The fifth set of wordings: a chatty Briton, a curt American, a formal letter writer, and one who writes lists."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tests.bench import spoken
from tests.bench.wordings import Voice, Wordings, added, before, lowered, one_of, told


def _a_couple(match: re.Match[str]) -> str:
    many = {"1": "just the one order", "2": "a couple of orders", "6": "half a dozen orders"}
    return f"You've got {many.get(match[1], spoken.words(int(match[1])) + ' orders')} with us: {match[2]}."


_CHATTY = Voice(
    (
        *told(
            {
                "delivered": "Right, {bare} has already been delivered.",
                "shipped": "{bare} is on its way to you.",
                "cancelled": "I'm afraid {bare} has been cancelled.",
                "pending": "{bare} is still pending, I'm afraid.",
                "processed": "{bare} has been processed.",
                "processing": "{bare} is being processed at the moment.",
                "completed": "{bare} is all complete.",
                "backordered": "Sorry, {bare} is on back order.",
                "ready for pickup": "{bare} is ready to be picked up.",
            },
            marked="{bare} is down as “{status}”.",
            ticket="Your ticket about “{title}” ({ticket}) is {status}.",
            total="All in, it came to {total}.",
            delivered="It turned up {day}.",
            left="We popped it in the post {day}.",
            expected="The date we've been given for it is {day}.",
            was_expected="The date we've been given for it is {day}.",
            tracked="{carrier} have got it, and the tracking number's {number}.",
            tracked_alone="The tracking number's {number}.",
            untracked="There isn't a tracking number for it just yet.",
            contains="You went for the {items}.",
            orders=_a_couple,
            priced="We've got the {product} in, and it'll set you back {price}.",
            versions="There are {count} versions of the {product} in stock, from {low} right up to {high}.",
        ),
        (spoken.DATE, spoken.near_or_of),
        (spoken.AMOUNT, spoken.amount_in_words),
        (spoken.SPAN, spoken.spoken_span),
        (spoken.CLOCK, spoken.of_the_day),
        (r"^If (you [^,]+), (.+)\.$", r"Should \1, \2."),
        (r"^You can (.+)\.$", r"There's no reason why you can't \1."),
        (r"^(.*)\bcannot\b(.*)$", lambda m: f"I'm afraid {lowered(m[1])}can't{m[2]}"),
        (r"\bis free\b", "doesn't cost a thing"),
        (r"\bfor free\b", "free of charge"),
        (r"\bare not included\b", "aren't included, sadly"),
        (r"\bdo not\b", "don't"),
        (r"\bWe (?=[a-z])", "Happily, we "),
    ),
    lambda sentences: f"Hiya, thanks for getting in touch! {' '.join(sentences)} Hope that helps.",
)  # fmt: skip

_CURT = Voice(
    (
        *told(
            {
                "delivered|shipped|pending|processing|completed|processed": "Order {bare}: {status}.",
                "cancelled": "Order {bare} was canceled.",
                "backordered": "Order {bare} is on backorder.",
                "ready for pickup": "Order {bare} is waiting to be picked up.",
                "return requested": "A return has been requested for order {bare}.",
            },
            ticket="Ticket {ticket} ({title}): {status}.",
            total="Total: {total}.",
            delivered="Arrived {day}.",
            left="Shipped {day}.",
            expected="ETA {day}.",
            was_expected="Original ETA was {day}.",
            tracked="Track it with {carrier}, no. {number}.",
            tracked_alone="Tracking no. {number}.",
            untracked="No tracking number so far.",
            contains="Items: {items}.",
            orders="{count} on file: {list}.",
            priced="{product}: {price}, in stock.",
            versions="{product}: {count} versions available, {low}–{high}.",
            sold_out="{product}: sold out right now.",
        ),
        (r"(?<=^Total: )([$€])(\d[\d,]*)(?:\.(\d\d))?(?=\.$)", spoken.rounded_up),
        (spoken.AMOUNT, spoken.bucks),
        (spoken.DATE, spoken.month_first),
        (spoken.CLOCK, spoken.short_clock),
        (spoken.SPAN, spoken.other_unit),
        (r"\b(\d+) to (\d+) business days\b", r"\1-\2 business days"),
        (r"\bYou can (?!not)([a-z]+)\b", r"Sure, you can \1"),
        (r"\bcannot be\b", "are not able to be"),
        (r"\bcannot\b", "can't"),
        (r"\bhas to be\b", "needs to be"),
        (r"\bat no charge\b", "free"),
        (r"\bnormally\b", "usually"),
        (r"\bOver-Ear |\bIn-Ear |\bWireless |\bMechanical |\bPortable |\bIndoor |\bWired ", ""),
    )
)  # fmt: skip

_FORMAL = Voice(
    (
        *told(
            {
                "delivered": "Our records indicate that order number {bare} has been delivered.",
                "shipped": "Our records indicate that order number {bare} has been dispatched.",
                "cancelled": "We regret to inform you that order number {bare} was cancelled.",
            },
            state="We can confirm that order number {bare} is currently {status}.",
            marked="The status recorded for order number {bare} is: {status}.",
            ticket="Your enquiry {ticket}, entitled “{title}”, remains {status}.",
            total="The sum payable amounted to {total}.",
            delivered="Delivery was effected on {day}.",
            left="The consignment left our premises on {day}.",
            expected="The anticipated delivery date is {day}.",
            was_expected="The anticipated delivery date is {day}.",
            tracked="The consignment may be followed with {carrier}, reference {number}.",
            tracked_alone="The consignment may be followed under reference {number}.",
            untracked="As yet, no tracking number has been assigned to it.",
            contains="The order comprises the following: {items}.",
            orders="The following {count} orders are held on your account: {list}.",
            priced="The {product} is presently available at a price of {price}.",
            versions="The {product} is presently available in {count} versions, priced from {low} to {high}.",
            sold_out="Unfortunately, the {product} is unavailable at present.",
        ),
        (spoken.DATE, spoken.in_full),
        (spoken.AMOUNT, spoken.code_behind),
        (spoken.CLOCK, spoken.of_24),
        (r"\b(\d+) (business|working) days\b", lambda m: f"{spoken.words(int(m[1]))} {m[2]} days"),
        (r"^If ([^,]+), (.+)\.$", lambda m: f"{m[2][0].upper()}{m[2][1:]} in the event that {m[1]}."),
        (r"^You can (.+)\.$", r"Please be advised that you are entitled to \1."),
        (r"^(.*)\bcannot\b(.*)$", lambda m: f"We regret that {lowered(m[1])}cannot{m[2]}"),
        (r"\bup to (\d+)\b", r"a maximum of \1"),
        (r"\bat least (\d+)\b", r"a minimum of \1"),
        (r"\bwithin (\d+)", r"no later than \1"),
        (r"\bis free\b", "is free of charge"),
        (r"\bmust\b(?! not)", "are required to"),
        (r"\bonly\b", "solely"),
    ),
    lambda sentences: "Dear customer, thank you for your enquiry. " + " ".join(sentences) + " Yours faithfully",
)  # fmt: skip


def _as_list(sentences: Sequence[str]) -> str:
    return "\n".join(["Here you go:", *(f"- {sentence.rstrip('.')}" for sentence in sentences)])


_LISTED = Voice(
    (
        *told(
            state="Order {bare} – {status}",
            marked="Order {bare} – {status}",
            total="Total – {total}",
            delivered="Delivered – {day}",
            left="Sent – {day}",
            expected="Expected – {day}",
            was_expected="Expected – {day}",
            tracked="Tracking – {number} ({carrier})",
            tracked_alone="Tracking – {number}",
            untracked="Tracking – none yet",
            contains="Contents – {items}",
        ),
        (spoken.DATE, lambda m: f"{spoken.parsed(m):%d/%m/%Y}" if int(m[1]) > 12 else m[0]),
        (r"\b(\d+)%", r"\1 per cent"),
    ),
    _as_list,
)

FIFTH = Wordings(
    (_CHATTY, _CURT, _FORMAL, _LISTED),
    {
        "invented phone": added("Or just ring us on 020 7946 0###.", "Call (212) 555-01## if it's urgent."),
        "invented email": added(
            "Drop a line to lost-parcels@quickhelp.example.", "You can also write to claims@desk.example."
        ),
        "invented url": added(
            "Have a look at www.parcel-watch.example/find.", "All of it is on https://status.desk.example."
        ),
        "invented tracking": added(
            "Its Royal Mail reference is RM########GB.", "The courier's code for it is #### #### ####."
        ),
        "invented discount": added(
            "Use code THANKYOU15 for 15% off your next order.", "We'll knock a fiver off your next one.",
            "Members get twenty percent off all of this.",
        ),
        "invented deadline": added(
            "You have until the end of the month to decide.", "Please get back to us within 48 hours.",
            "Otherwise it goes back on Friday.",
        ),
        "invented name": added(
            "Ask for Marjorie in our Leeds office.", "Gareth from the returns team looks after these.",
            "Mrs. Whitcombe is in charge of your case.",
        ),
        "action, passive": added(
            "The order has now been put on hold.", "Your money has been sent back.", "Your details were amended.",
            "A new label has been emailed to you.",
        ),
        "action, perfect": added(
            "I've had it cancelled for you.", "I have put the refund through.", "We've moved the delivery to Thursday.",
            "I've already swapped the item.",
        ),
        "action, present": added(
            "I'm putting the refund through as we speak.", "We're upgrading you to express.",
            "I am passing this to the warehouse.", "Your replacement is being packed.",
        ),
        "action of a colleague": added(
            "My colleague has already cancelled it.", "Our finance team refunded you this morning.",
            "One of the team has amended the address.", "The warehouse has stopped the parcel.",
        ),
        "promise": added(
            "I'll get that refunded for you.", "We shall dispatch a new one straight away.",
            "You'll hear from my manager tomorrow.", "I will sort out a voucher.",
        ),
        "consider it done": added(
            "Consider it cancelled.", "That's sorted for you now.", "You're all set with the refund."
        ),
        "yes or no": before("Yes indeed, ", "I'm afraid not: ", "That's right, yes: ", "Sadly no, "),
        "negation": one_of(
            (r"\bcan't\b|\bcannot\b|\bare not able to\b", "can happily"),
            (r"\baren't\b|\bare not\b", "are"),
            (r"\bdon't\b|\bdo not\b", "do"),
            (r"\bThere's no reason why you can't\b", "There's no way you can"),
            (r"\bare entitled to\b", "are not entitled to"),
            (r"\bdoesn't cost a thing\b", "isn't cheap"),
            (r"\bSure, you can\b", "Sorry, you can't"),
            (r"\bhas (already )?been\b", "has not been"),
            (r"\bis (still|on its way|ready|all|presently|currently)\b", r"isn't \1"),
            (r"\bHappily, we\b", "Sadly, we never"),
            (r"\bwas\b", "wasn't"),
        ),
        "hardly": one_of(
            (r"\bcan be\b", "can hardly be"),
            (r"\bis free of charge\b", "is hardly free of charge"),
            (r"\bmust be\b|\bneeds to be\b", "need hardly be"),
            (r"\bhas (?:already )?been delivered\b", "has hardly been delivered"),
            (r"\bare required to\b", "are scarcely required to"),
        ),
        "unless": one_of(
            (r"\bShould you\b", "Unless you"),
            (r"\bin the event that\b", "unless"),
            (r"\bIf\b", "Unless"),
            (r"\bif\b", "unless"),
        ),
        "bound": one_of(
            (r"\bat least\b|\ba minimum of\b", "at most"),
            (r"\bup to\b|\ba maximum of\b", "at least"),
            (r"\bbefore (?=\d)", "after "),
            (r"\bbelow\b", "above"),
            (r"\bor more\b", "or less"),
            (r"\bsolely\b|\bonly\b", "not only"),
            (r"\bwithin (?=\d)|\bno later than (?=\d)", "only after "),
        ),
        "unit": one_of(
            (r"\b((?:\d+|two|three|five|eight|ten|thirty)(?: business| working)?) days\b", r"\1 weeks"),
            (r"\b(\d+|twenty) minutes\b", r"\1 hours"),
            (r"\bhalf an hour\b", "half a day"),
            (r"\ba fortnight\b", "a month"),
            (r"\bmonths\b", "years"),
            (r"\b(\w+) dollars\b", r"\1 euros"),
            (r"\beuros\b", "dollars"),
            (r"\bUSD\b", "EUR"),
        ),
        "rounded amount": one_of(
            (r"(?<=All in, it came to )([\w -]+)(?=\.)", "about two thousand dollars"),
            (r"(?<=Total: )[^.]+(?:\.\d)?k?(?=\.)", "just under $4.8k"),
            (r"(?<=amounted to )[\d.,]+ [A-Z]{3}", "approximately 4,700 USD"),
        ),
        "state": one_of(
            (r"\bon its way to you\b|\bhas been dispatched\b", "waiting in our warehouse"),
            (r"\bhas (already )?been delivered\b", "is still in transit"),
            (r"\bis still pending\b|\bis currently pending\b", "has gone out"),
            (r"\bis ready to be picked up\b|\bis waiting to be picked up\b", "has been collected"),
            (r"\bon back ?order\b", "back in stock"),
            (r"\bhas been cancelled\b|\bwas cancell?ed\b", "is going ahead as planned"),
            (r"(?m)– (delivered|shipped|pending|processing|completed|cancelled)$", "– returned"),
        ),
        "quantity": one_of(
            (r"\ba couple of orders\b", "half a dozen orders"),
            (r"\b(three|four|five) orders\b", "a dozen orders"),
            (r"\b[2-5] on file\b", "7 on file"),
            (r"\b(\d+) versions\b", r"1\1 versions"),
        ),
        "variant": one_of(
            (r"\b(colou?r) (\w+)", r"\1 turquoise"),
            (r"\bsize (\w+)", "size XXL"),
        ),
        "carrier": one_of((r"\bNorthline Parcel|\bRapido|\bSwiftwing Express", "FedEx")),
    },
)  # fmt: skip
