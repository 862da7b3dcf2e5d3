"""The fifth set of wordings: a chatty Briton, a curt American, a formal letter writer, and one who writes lists."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tests.bench import spoken
from tests.bench.wordings import Voice, Wordings, added, before, lowered, one_of

_ID = r"#?((?:[A-Z]+-?\d|\d)[\w-]*)"
_ORDER = rf"^Your order {_ID} is"


def _a_couple(match: re.Match[str]) -> str:
    many = {"1": "just the one order", "2": "a couple of orders", "6": "half a dozen orders"}
    return f"You've got {many.get(match[1], spoken.words(int(match[1])) + ' orders')} with us: {match[2]}."


_CHATTY = Voice(
    (
        (rf"{_ORDER} delivered\.$", r"Right, \1 has already been delivered."),
        (rf"{_ORDER} shipped\.$", r"\1 is on its way to you."),
        (rf"{_ORDER} cancelled\.$", r"I'm afraid \1 has been cancelled."),
        (rf"{_ORDER} pending\.$", r"\1 is still pending, I'm afraid."),
        (rf"{_ORDER} processed\.$", r"\1 has been processed."),
        (rf"{_ORDER} processing\.$", r"\1 is being processed at the moment."),
        (rf"{_ORDER} completed\.$", r"\1 is all complete."),
        (rf"{_ORDER} backordered\.$", r"Sorry, \1 is on back order."),
        (rf'^Your order {_ID} has the status "ready for pickup"\.$', r"\1 is ready to be picked up."),
        (rf'^Your order {_ID} has the status "(.+)"\.$', r"\1 is down as “\2”."),
        (r"^Your ticket (\S+) \((.+)\) is (\w+)\.$", r"Your ticket about “\2” (\1) is \3."),
        (r"^Its total is (.+)\.$", r"All in, it came to \1."),
        (r"^It was delivered on (.+)\.$", r"It turned up \1."),
        (r"^It left us on (.+)\.$", r"We popped it in the post \1."),
        (r"^It (?:is expected to arrive|was expected) on (.+)\.$", r"The date we've been given for it is \1."),
        (r"^Its tracking number is (\S+) with (.+)\.$", r"\2 have got it, and the tracking number's \1."),
        (r"^Its tracking number is (\S+)\.$", r"The tracking number's \1."),
        (r"^It has no tracking number yet\.$", "There isn't a tracking number for it just yet."),
        (r"^It contains: (.+)\.$", r"You went for the \1."),
        (r"^You have (\d+) orders?: (.+)\.$", _a_couple),
        (r"^The (.+) is in stock and costs (.+)\.$", r"We've got the \1 in, and it'll set you back \2."),
        (r"^The (.+) is in stock in (\d+) versions and costs between (\S+) and (\S+), depending on the version\.$",
         r"There are \2 versions of the \1 in stock, from \3 right up to \4."),
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
        (rf"{_ORDER} (delivered|shipped|pending|processing|completed|processed)\.$", r"Order \1: \2."),
        (rf"{_ORDER} cancelled\.$", r"Order \1 was canceled."),
        (rf"{_ORDER} backordered\.$", r"Order \1 is on backorder."),
        (rf'^Your order {_ID} has the status "ready for pickup"\.$', r"Order \1 is waiting to be picked up."),
        (rf'^Your order {_ID} has the status "return requested"\.$', r"A return has been requested for order \1."),
        (r"^Your ticket (\S+) \((.+)\) is (\w+)\.$", r"Ticket \1 (\2): \3."),
        (r"^Its total is (.+)\.$", r"Total: \1."),
        (r"^It was delivered on (.+)\.$", r"Arrived \1."),
        (r"^It left us on (.+)\.$", r"Shipped \1."),
        (r"^It is expected to arrive on (.+)\.$", r"ETA \1."),
        (r"^It was expected on (.+)\.$", r"Original ETA was \1."),
        (r"^Its tracking number is (\S+) with (.+)\.$", r"Track it with \2, no. \1."),
        (r"^Its tracking number is (\S+)\.$", r"Tracking no. \1."),
        (r"^It has no tracking number yet\.$", "No tracking number so far."),
        (r"^It contains: (.+)\.$", r"Items: \1."),
        (r"^You have (\d+) orders?: (.+)\.$", r"\1 on file: \2."),
        (r"^The (.+) is in stock and costs (.+)\.$", r"\1: \2, in stock."),
        (r"^The (.+) is in stock in (\d+) versions and costs between (\S+) and (\S+), depending on the version\.$",
         r"\1: \2 versions available, \3–\4."),
        (r"^The (.+) is out of stock at the moment\.$", r"\1: sold out right now."),
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
        (rf"{_ORDER} delivered\.$", r"Our records indicate that order number \1 has been delivered."),
        (rf"{_ORDER} shipped\.$", r"Our records indicate that order number \1 has been dispatched."),
        (rf"{_ORDER} cancelled\.$", r"We regret to inform you that order number \1 was cancelled."),
        (rf"{_ORDER} ([\w ]+)\.$", r"We can confirm that order number \1 is currently \2."),
        (rf'^Your order {_ID} has the status "(.+)"\.$', r"The status recorded for order number \1 is: \2."),
        (r"^Your ticket (\S+) \((.+)\) is (\w+)\.$", r"Your enquiry \1, entitled “\2”, remains \3."),
        (r"^Its total is (.+)\.$", r"The sum payable amounted to \1."),
        (r"^It was delivered on (.+)\.$", r"Delivery was effected on \1."),
        (r"^It left us on (.+)\.$", r"The consignment left our premises on \1."),
        (r"^It (?:is expected to arrive|was expected) on (.+)\.$", r"The anticipated delivery date is \1."),
        (r"^Its tracking number is (\S+) with (.+)\.$", r"The consignment may be followed with \2, reference \1."),
        (r"^Its tracking number is (\S+)\.$", r"The consignment may be followed under reference \1."),
        (r"^It has no tracking number yet\.$", "As yet, no tracking number has been assigned to it."),
        (r"^It contains: (.+)\.$", r"The order comprises the following: \1."),
        (r"^You have (\d+) orders?: (.+)\.$", r"The following \1 orders are held on your account: \2."),
        (r"^The (.+) is in stock and costs (.+)\.$", r"The \1 is presently available at a price of \2."),
        (r"^The (.+) is in stock in (\d+) versions and costs between (\S+) and (\S+), depending on the version\.$",
         r"The \1 is presently available in \2 versions, priced from \3 to \4."),
        (r"^The (.+) is out of stock at the moment\.$", r"Unfortunately, the \1 is unavailable at present."),
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
        (rf"{_ORDER} (.+)\.$", r"Order \1 – \2"),
        (rf'^Your order {_ID} has the status "(.+)"\.$', r"Order \1 – \2"),
        (r"^Its total is (.+)\.$", r"Total – \1"),
        (r"^It was delivered on (.+)\.$", r"Delivered – \1"),
        (r"^It left us on (.+)\.$", r"Sent – \1"),
        (r"^It (?:is expected to arrive|was expected) on (.+)\.$", r"Expected – \1"),
        (r"^Its tracking number is (\S+) with (.+)\.$", r"Tracking – \1 (\2)"),
        (r"^Its tracking number is (\S+)\.$", r"Tracking – \1"),
        (r"^It has no tracking number yet\.$", "Tracking – none yet"),
        (r"^It contains: (.+)\.$", r"Contents – \1"),
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
