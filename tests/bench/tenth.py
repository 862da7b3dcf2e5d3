"""The tenth set of wordings: three ordinary clerks, a chatty Briton, an American, and a Briton who keeps it short.

At the first look, an eighth of the replies over three shops, 95.2 % of the wrong ones were found and 5.9 % of the true
ones stopped (787 and 271).
"""

from __future__ import annotations

import re
from datetime import date

from tests.bench import spoken
from tests.bench.wordings import UNQUOTED, Voice, Wordings, added, before, framed, lowered, one_of, told

_RULE = r"(?=(?:you|your|the|it|its|a|an|both|one|something|we|this|that|any) )"
"""What follows the 'if' of a rule."""


def _near(day: date) -> bool:
    return abs((day - date.today()).days) < 150


def _weekday_first(match: re.Match[str]) -> str:
    day = spoken.parsed(match)
    return f"{day:%A} {spoken.ordinal(day.day)} {day:%B}" + ("" if _near(day) else f" {day.year}")


def _month_first(match: re.Match[str]) -> str:
    day = spoken.parsed(match)
    return f"{day:%a}, {day:%b} {day.day}" + ("" if _near(day) else f", {day.year}")


def _short_month(match: re.Match[str]) -> str:
    day = spoken.parsed(match)
    return f"{day.day} {day:%b}" + ("" if _near(day) else f" {day.year}")


def _with_a_point(match: re.Match[str]) -> str:
    """British clock times: 9am, 5.30pm."""
    return f"{match[1]}{'' if match[2] == '00' else '.' + match[2]}{match[3]}m"


_CHATTY = Voice(
    (
        *told(
            {
                "delivered": (
                    "Order {bare} shows as delivered on our side.",
                    "It looks as though order {bare} has been delivered.",
                ),
                "shipped": "Order {bare} has been sent out to you.",
                "cancelled": "Order {bare} has been cancelled, I'm afraid.",
                "pending": "Order {bare} is still pending.",
                "ready for pickup": "Order {bare} is here and ready for you to pick up.",
                "return requested": "A return request has come in on order {bare}.",
            },
            state=("Order {bare} is down as {status} at the moment.", "From what I can see, order {bare} is {status}."),
            marked="Order {bare} is down as “{status}” at the moment.",
            ticket="Your ticket {ticket} (the “{title}” one) is {status}.",
            total=("The total for it came to {total}.", "Altogether it came to {total}."),
            delivered=("It reached you on {day}.", "It arrived on {day}."),
            left="It went out from us on {day}.",
            expected=("It should be with you on {day}.", "It's due to reach you on {day}."),
            was_expected="It was due to reach you on {day}.",
            tracked="It's with {carrier}, and the tracking number for it is {number}.",
            tracked_alone="The tracking number for it is {number}.",
            untracked="It doesn't have a tracking number just yet.",
            contains=("In that order you have {items}.", "What you ordered there is {items}."),
            orders="There are {count} orders on your account: {list}.",
            priced="We do have the {product} in stock, and it's {price}.",
            versions="We have the {product} in stock in {count} versions, {low} to {high} depending on which it is.",
            sold_out="The {product} is out of stock just now, sorry.",
        ),
        (spoken.DATE, _weekday_first),
        (spoken.CLOCK, _with_a_point),
        (rf"^If {_RULE}([^,]+), (?:then )?([^,]+)\.$", lambda m: f"{m[2][0].upper()}{m[2][1:]} if {m[1]}."),
        (r"^You can (?!only )(.+)\.$", r"You're more than welcome to \1."),
        (rf"^(.*)\bcannot\b{UNQUOTED}(.*)$", lambda m: f"I'm afraid {lowered(m[1]) if m[1] else ''}can't{m[2]}"),
        (r"^Please (?!note|be|do)([a-z]+) ([^,]+)\.$", r"If you could \1 \2, please."),
        (rf"\bdo not\b{UNQUOTED}", "don't"),
        (rf"\bdoes not\b{UNQUOTED}", "doesn't"),
        (rf"\bare not\b{UNQUOTED}", "aren't"),
        (rf"\bis not\b{UNQUOTED}", "isn't"),
        (rf"\bmust\b(?! not){UNQUOTED}", "will need to"),
        (rf"\bis free\b(?! (?:of|from|to)\b){UNQUOTED}", "won't cost you anything"),
        (rf"\bfor free\b{UNQUOTED}", "without you paying anything"),
        (rf"\b(?:normally|usually)\b{UNQUOTED}", "generally"),
    ),
    framed(
        (
            "Hi there, thanks for dropping us a line.",
            "Hello, and thanks ever so much for your email.",
            "Hi, lovely to hear from you.",
            "Hello!",
            "Thanks for asking about this.",
            "Hiya, hope you're having a good week.",
        ),
        (
            "Hope that's of some help!",
            "Give us a shout if there's anything else.",
            "Many thanks, and take care.",
            "Best wishes from all of us here",
            "Just drop me a line if I've left anything out.",
            "",
        ),
        ("", "", "I know it's nice to have it in black and white.", "Sorry for any worry along the way."),
    ),
)

_AMERICAN = Voice(
    (
        *told(
            {
                "delivered": ("Looks like order {bare} was delivered.", "I'm seeing order {bare} as delivered."),
                "shipped": "Order {bare} has shipped.",
                "cancelled": "Order {bare} shows as canceled.",
                "backordered": "Order {bare} is on backorder right now.",
                "processing": "Order {bare} is still processing.",
                "ready for pickup": "Order {bare} is set for you to come pick up.",
                "return requested": "I'm seeing a return request on order {bare}.",
            },
            state=("I'm showing order {bare} as {status}.", "Right now order {bare} is {status}."),
            marked='Right now order {bare} is in the system as "{status}".',
            ticket='Ticket {ticket} for "{title}" is {status} right now.',
            total=("Your total on that was {total}.", "The total on that order is {total}."),
            delivered=("It got dropped off on {day}.", "Delivery was on {day}."),
            left="It headed out on {day}.",
            expected=("You should see it on {day}.", "The estimate I have for it is {day}."),
            was_expected="It was supposed to get to you on {day}.",
            tracked="It's a {carrier} shipment, tracking number {number}.",
            tracked_alone="Here's your tracking number: {number}.",
            untracked="I don't see a tracking number on it yet.",
            contains=("That order has {items} on it.", "Here's what's on that order: {items}."),
            orders="I see {count} orders on your account: {list}.",
            priced=("The {product} is in stock and runs {price}.", "We've got the {product} in stock for {price}."),
            versions="We've got {count} versions of the {product} in stock, and they run from {low} to {high}.",
            sold_out="We're out of the {product} right now, sorry about that.",
        ),
        (spoken.DATE, _month_first),
        (spoken.CLOCK, spoken.short_clock),
        (rf"^If {_RULE}", "So if "),
        (r"^You can (?!only )(.+)\.$", r"You're able to \1."),
        (
            rf"^(?!So if )(.*)\bcannot\b{UNQUOTED}(.*)$",
            lambda m: f"Unfortunately, {lowered(m[1]) if m[1] else ''}can't{m[2]}",
        ),
        (rf"\bcannot\b{UNQUOTED}", "can't"),
        (r"^Please (?!note|be|do)([a-z]+) ([^,]+)\.$", r"Be sure to \1 \2."),
        (rf"\bdo not\b{UNQUOTED}", "don't"),
        (rf"\bdoes not\b{UNQUOTED}", "doesn't"),
        (rf"\bare not\b{UNQUOTED}", "aren't"),
        (rf"\bwill not\b{UNQUOTED}", "won't"),
        (rf"\bis free\b(?! (?:of|from|to)\b){UNQUOTED}", "comes at no charge"),
        (rf"\bfor free\b{UNQUOTED}", "at no charge"),
        (rf"\bat least (?=\d){UNQUOTED}", "a minimum of "),
        (rf"\bup to (?=[\d$€£]){UNQUOTED}", "a maximum of "),
        (rf"\b(?:normally|usually)\b{UNQUOTED}", "typically"),
        (rf"\bcancelled\b{UNQUOTED}", "canceled"),
    ),
    framed(
        (
            "Hi, thanks for reaching out to us!",
            "Hey there, thanks for the note.",
            "Hi, happy to help out with this one.",
            "Hello, and thanks for shopping with us.",
            "Sure thing!",
            "Good question.",
        ),
        (
            "Let us know if there's anything else we can do for you!",
            "Hope this clears it up.",
            "Thanks again, and have a good one!",
            "Thanks so much for your business.",
            "Just hit reply for anything else.",
            "",
        ),
        ("", "", "I totally get wanting to know.", "Sorry for the hassle on this."),
    ),
)

_BRIEF = Voice(
    (
        *told(
            {
                "delivered": ("Order {bare}: delivered.", "{bare} is marked as delivered."),
                "shipped": "Order {bare} is on its way.",
                "cancelled": "Order {bare} is cancelled.",
                "ready for pickup": "Order {bare} can be picked up.",
                "return requested": "Order {bare}: return requested.",
            },
            state=("Order {bare}: {status}.", "Status of order {bare} is {status}."),
            marked="Status of order {bare} is “{status}”.",
            ticket="Re ticket {ticket} (“{title}”): it's {status}.",
            total=("Total: {total}.", "Total is {total}."),
            delivered=("Delivered {day}.", "Delivery date: {day}."),
            left="Sent {day}.",
            expected=("Due {day}.", "Delivery expected {day}."),
            was_expected="Was due {day}.",
            tracked="Tracking: {number} ({carrier}).",
            tracked_alone="Tracking: {number}.",
            untracked="No tracking number so far.",
            contains=("Contents: {items}.", "You ordered {items}."),
            orders="You've {count} orders on the books: {list}.",
            priced="{product}: in stock, {price}.",
            versions="{product}: {count} versions in stock, {low} to {high} depending on version.",
            sold_out="{product}: out of stock for now.",
        ),
        (spoken.DATE, _short_month),
        (spoken.AMOUNT, spoken.whole),
        (spoken.CLOCK, spoken.of_24),
        (rf"^If {_RULE}([^,]+), (?:then )?([^,]+)\.$", r"If \1: \2."),
        (rf"\bcannot be\b{UNQUOTED}", "can't be"),
        (rf"\bcannot\b{UNQUOTED}", "can't"),
        (r"^Please (?!note|be|do)([a-z]+) ([^,]+)\.$", r"Just \1 \2, please."),
        (rf"\bdo not\b{UNQUOTED}", "don't"),
        (rf"\bwill not\b{UNQUOTED}", "won't"),
        (rf"\bare not\b{UNQUOTED}", "aren't"),
        (
            rf"\bwithin (\d+ (?:\w+ )?(?:minutes|hours|days|weeks|months|years)) of\b{UNQUOTED}",
            r"no later than \1 after",
        ),
        (rf"\bat least (?=[\d$€£]){UNQUOTED}", "no fewer than "),
        (rf"\bup to (?=[\d$€£]){UNQUOTED}", "no more than "),
    ),
    framed(
        ("Hi,", "Hi, see below.", "Thanks for your message.", "Hello,", "Quick reply on this:", ""),
        ("Thanks", "Best", "Any questions, just reply.", "Cheers, hope that's clear.", "", ""),
        ("", "", "", "Sorry for any bother."),
    ),
)

TENTH = Wordings(
    (_CHATTY, _AMERICAN, _BRIEF),
    {
        "invented phone": added(
            "If it's easier, ring us on 020 7946 0###.",
            "You can also reach the store at (503) 555-01##.",
            "Phone: 0117 496 0###.",
        ),
        "invented email": added(
            "It's best to write to jo@thestockroom.example about it.",
            "You can shoot an email over to orders@counterhelp.example.",
            "Photos to claims@thestockroom.example.",
        ),
        "invented url": added(
            "There's a bit more on it at www.thestockroom.example/faq.",
            "You can look it up anytime at counterhelp.example/status.",
        ),
        "invented tracking": added(
            "The rest of it is travelling under JD##############.",
            "There's also a second tracking number, 9405##############.",
            "Second parcel: QX#######GB.",
        ),
        "invented discount": added(
            "You've also got 15% off your next order with us.",
            "That comes with a $10 credit for you.",
            "Postage is half price this week.",
            "Use code THANKS10 at the checkout.",
        ),
        "invented deadline": added(
            "You'd need to tell us by Friday, though.",
            "You have until the end of the month on that.",
            "Closing date is 5 January.",
            "After 48 hours it's too late.",
        ),
        "invented name": added(
            "Gemma on the front desk is dealing with it.",
            "Ask for Kyle when you get here.",
            "Mr Hargreaves has your paperwork.",
        ),
        "action, passive": added(
            "Your money has been put back on your card.",
            "The delivery address has been changed for you.",
            "A new one was mailed out this morning.",
            "Your case has been passed up to management.",
            "Collection booked.",
        ),
        "action, perfect": added(
            "I've popped a replacement in the post for you.",
            "I've gone ahead and canceled it.",
            "We've credited your account.",
            "I've spoken to the driver about it.",
            "Have changed the size for you.",
        ),
        "action, present": added(
            "I'm putting the refund through now.",
            "We're sending you a new one.",
            "I'm updating your address while I write this.",
            "Passing this to the returns team now.",
        ),
        "action of a colleague": added(
            "My manager has waived the charge.",
            "The warehouse has put one aside for you.",
            "Our billing folks reversed the payment.",
            "The courier rebooked it.",
        ),
        "promise": added(
            "I'll pop a refund through this afternoon.",
            "We'll give you a call once it's in.",
            "I'll make sure you get a new one.",
            "You'll have your money back by next week.",
            "Will sort a replacement.",
        ),
        "done": added(
            "So that's all cancelled for you.",
            "Your refund is taken care of.",
            "Exchange done.",
            "You're all set, the address is fixed.",
        ),
        "yes or no": before("Yes, that's right: ", "No, sorry, ", "Yep, ", "No – "),
        "negation": one_of(
            (r"\bcan't\b|\bcannot\b", "can"),
            (r"\bdoesn't (?=have a tracking)", "does "),
            (r"\b[Dd]on't (?=see a tracking)", "do "),
            (r"\b[Dd]on't\b|\b[Dd]o not\b", "do"),
            (r"\bdoesn't\b|\bdoes not\b", "does indeed"),
            (r"\baren't\b|\bare not\b", "are"),
            (r"\bisn't\b|\bis not\b", "is"),
            (
                r"\bwon't cost you anything\b|\bcomes at no charge\b|\bis free\b(?! (?:of|from|to)\b)",
                "has to be paid for",
            ),
            (r"\bwon't\b|\bwill not\b", "will"),
            (r"\bYou're more than welcome to\b|\bYou're able to\b", "You're not allowed to"),
            (r"\bYou can\b(?! only)", "You can't"),
            (r"\bwill need to\b|\bmust\b(?! not)", "need not"),
            (r"\bis (down as|marked as|on its way|in stock|here and ready|set for)\b", r"is not \1"),
            (r"\bwas (?=delivered|due|supposed)", "was not "),
            (r"\bhas (?=been sent|been delivered|been cancelled|shipped|come in)", "has not "),
            (r"\bWe do have\b|\bWe've got\b|\bWe have\b", "We don't have"),
            (r"\bNo tracking number\b", "A tracking number"),
        ),
        "condition": one_of(
            (rf"\bSo if {_RULE}", "So unless "),
            (rf" if {_RULE}", " unless "),
            (rf"\bIf {_RULE}(?=[^.]*:)", "Unless "),
        ),
        "bound": one_of(
            (r"\ba minimum of\b|\bno fewer than\b|\bat least\b", "at most"),
            (r"\ba maximum of\b|\bno more than\b|\bup to\b", "at least"),
            (r"\bno later than\b", "no sooner than"),
            (r"\bwithin (?=\w)", "only after "),
            (r"\bbefore (?=\d|nine|ten|eleven)", "after "),
            (r"\bor more\b", "or less"),
            (r"\bbelow\b(?!\.)", "above"),
        ),
        "unit": one_of(
            (r"\b(days)\b", "weeks"),
            (r"\bminutes\b", "hours"),
            (r"\bmonths\b", "years"),
            (r"\bhours\b", "days"),
            (r"\bhalf an hour\b", "half a month"),
            (r"\$(?=\d)", "£"),
            (r"€(?=\d)", "$"),
        ),
        "state": one_of(
            (r"\bshows as delivered\b|\bhas been delivered\b|\bis marked as delivered\b", "is still with us"),
            (r"\border (\S+) (?:was delivered|as delivered)\b", r"order \1 got lost"),
            (r"\bhas been sent out to you\b|\bhas shipped\b", "hasn't been packed yet"),
            (r"\bis on its way\b", "has been delivered"),
            (r"\bhas been cancelled\b|\bshows as canceled\b|\bis cancelled\b", "is being packed"),
            (r"\bis still (?:pending|processing)\b|\b(?:is down as|: )(?:pending|processing)\b", "has gone out"),
            (r"\bis here and ready for you to pick up\b|\bis set for you to come pick up\b", "isn't in yet"),
            (r"\bcan be picked up\b", "has been collected"),
            (r"\bis on backorder\b", "is on the truck"),
        ),
        "quantity": one_of((r"\b[2-9] orders\b", "eleven orders"), (r"\b\d+ versions\b", "two dozen versions")),
        "variant": one_of((r"\bcolou?r \w+", "colour mauve"), (r"\bsize [SML]\b", "size 38")),
        "carrier": one_of((r"\bNorthline Parcel|\bRapido", "Yodel")),
    },
)
