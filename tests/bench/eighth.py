"""The eighth set of wordings: a careful clerk, a Scot, and an assistant program that is eager to please.

At first look the checker stopped 43.6 % of 532 true replies and found 99.0 % of 1,536 wrong ones, over three shops.
Its failures have been read and mended since.
"""

# ruff: noqa: E501 - the sentences read best unbroken
from __future__ import annotations

from tests.bench import spoken
from tests.bench.wordings import Voice, Wordings, added, before, framed, lowered, one_of, told

_CLERK = Voice(
    (
        *told(
            {
                "delivered": ("Order {bare} is recorded as delivered.", "Our system shows order {bare} as delivered."),
                "shipped": "Order {bare} has been handed to the carrier.",
                "cancelled": "Order {bare} has been cancelled.",
                "ready for pickup": "Order {bare} may now be collected from us.",
                "return requested": "A return request is recorded against order {bare}.",
            },
            state=("Order {bare} is presently {status}.", "The order in question, {bare}, is {status}."),
            marked="The order in question, {bare}, carries the status “{status}”.",
            ticket="Case {ticket}, concerning “{title}”, is {status}.",
            total=("Its value is {total}.", "The amount invoiced was {total}."),
            delivered=("The date of delivery was {day}.", "Our records give {day} as the date of delivery."),
            left="The date of dispatch was {day}.",
            expected="Arrival is scheduled for {day}.",
            was_expected="Arrival had been scheduled for {day}.",
            tracked="The carrier is {carrier}; kindly quote {number} to trace the shipment.",
            tracked_alone="Kindly quote {number} to trace the shipment.",
            untracked="No tracking number is available at this stage.",
            contains="The items on this order are: {items}.",
            orders="Our records show a total of {count} orders, as follows: {list}.",
            priced="We are able to offer the {product} from stock at {price}.",
            versions="From stock we are able to offer {count} versions of the {product}, between {low} and {high}.",
            sold_out="At present we are unable to offer the {product}, as it is out of stock.",
        ),
        (spoken.DATE, spoken.in_full),
        (spoken.AMOUNT, spoken.code_before_amount),
        (spoken.SPAN, spoken.words_and_figure),
        (spoken.CLOCK, spoken.of_24),
        (r"^If ([^,]+), (.+)\.$", lambda m: f"Provided that {m[1]}, {m[2]}."),
        (r"^You can (.+)\.$", r"Customers are at liberty to \1."),
        (r"\bcannot\b", "may not"),
        (r"\bare not included\b", "are charged separately"),
        (r"\bdo not\b", "do not, as a matter of policy,"),
        (r"\bis free\b", "is provided without charge"),
        (r"\bfor free\b", "without charge"),
        (r"\bmust\b(?! not)", "shall"),
        (r"\bat least\b", "not less than"),
        (r"\bup to\b", "not more than"),
        (r"\bPlease ([a-z]+)\b", r"We would ask you to \1"),
    ),
    framed(
        ("Dear Sir or Madam,", "Thank you for bringing this to our attention.", "With reference to your message:",
         "Further to your enquiry, please find our answer below.", "We acknowledge your message with thanks."),
        ("We trust this clarifies the matter.", "Should anything remain unclear, please do not hesitate to reply.",
         "We remain at your disposal.", "Kind regards, Customer Service", "We appreciate your custom.", ""),
        ("", "", "We understand that clarity on this point is important to you.", "We regret any inconvenience."),
    ),
)  # fmt: skip

_SCOT = Voice(
    (
        *told(
            {
                "delivered": ("Aye, {bare}'s been delivered.", "{bare} has landed with you already."),
                "shipped": "{bare} is away out and on the road to you.",
                "cancelled": "{bare} was cancelled, sorry to say.",
                "pending": "{bare} is sitting at pending the now.",
                "ready for pickup": "{bare}'s all ready for you to come and collect.",
            },
            state="{bare} is {status} the now.",
            marked="{bare} is down as {status} the now.",
            ticket="That wee ticket of yours about “{title}”, {ticket}, is {status}.",
            total=("That one came out at {total}.", "The damage was {total}."),
            delivered=("It got to you on {day}.", "{day} it was when it reached you."),
            left="It went off in the van on {day}.",
            expected=("You're looking at {day} for it.", "It ought to be at your door {day}."),
            was_expected="It should have been at your door {day}.",
            tracked="It's {carrier} that has it, under {number}.",
            tracked_alone="You'll be able to follow it under {number}.",
            untracked="There's no tracking number on it as yet.",
            contains="What's in it is {items}.",
            orders="You've {count} orders with us: {list}.",
            priced="The {product}'s in stock, and it's {price}.",
            versions="Of the {product} there's {count} versions in, and they're anything from {low} to {high}.",
            sold_out="We've none of the {product} left at the minute.",
        ),
        (spoken.DATE, spoken.short_weekday),
        (spoken.AMOUNT, spoken.and_cents),
        (spoken.CLOCK, spoken.of_the_day),
        (spoken.SPAN, spoken.spoken_span),
        (r"^If ([^,]+), (.+)\.$", lambda m: f"{m[2][0].upper()}{m[2][1:]}, so long as {m[1]}."),
        (r"^You can (.+)\.$", r"Aye, you can \1."),
        (r"^(.*)\bcannot\b(.*)$", lambda m: f"I'm sorry to say {lowered(m[1])}cannae{m[2]}"),
        (r"\bdo not\b", "dinnae"),
        (r"\bis free\b", "doesn't cost a penny"),
        (r"\bfor free\b", "for nothing"),
        (r"\bare not included\b", "are on top of that"),
        (r"\bup to\b", "as much as"),
        (r"\bnormally\b|\busually\b", "mostly"),
        (r"\bsmall\b", "wee"),
    ),
    framed(
        ("Hullo there.", "Afternoon!", "Thanks for getting in touch, pal.", "Right you are.", "How's it going?",
         "Good to hear from you."),
        ("Cheerio for now.", "That's you.", "All the best.", "Any bother, just give us a wee shout.", "", "Mind how you go."),
        ("", "", "It's a right pain not knowing, I get that.", "Nae bother at all."),
    ),
)  # fmt: skip

_EAGER = Voice(
    (
        *told(
            {
                "delivered": "I'm happy to share that your order {bare} has been successfully delivered.",
                "shipped": "I'm pleased to let you know that order {bare} has shipped and is on its way.",
                "cancelled": "I see here that order {bare} was canceled.",
                "processed": "It appears that order {bare} has been processed.",
                "completed": "It appears that order {bare} has been completed.",
                "ready for pickup": "Your order {bare} is now ready for you to pick up!",
                "return requested": "I can see that a return has been requested for order {bare}.",
            },
            state="Based on the information I have, order {bare} is currently {status}.",
            marked='Based on the information I have, order {bare} currently has the status "{status}".',
            ticket='I was able to find your ticket {ticket} regarding "{title}", and it is currently {status}.',
            total=("The order total is {total}.", "For this order, the total amount is {total}."),
            delivered=("According to our records, it arrived on {day}.", "The delivery date was {day}."),
            left="It was shipped from our facility on {day}.",
            expected="It should be reaching you around {day}.",
            was_expected="The original estimated arrival was {day}.",
            tracked="To check its progress, you can use the tracking number {number} with {carrier}.",
            tracked_alone="To check its progress, you can use the tracking number {number}.",
            untracked="At this time, a tracking number is not yet available.",
            contains="This order includes the following: {items}.",
            orders="I found a total of {count} orders associated with your account: {list}.",
            priced="Great choice! The {product} is available for {price}.",
            versions="The {product} is available in {count} versions, with prices ranging from {low} to {high}.",
            sold_out="Unfortunately, the {product} is currently unavailable.",
        ),
        (spoken.DATE, spoken.american),
        (spoken.CLOCK, spoken.short_clock),
        (r"^If ([^,]+), (.+)\.$", lambda m: f"Please note that if {m[1]}, {m[2]}."),
        (r"^You can (.+)\.$", r"You have the option to \1."),
        (r"\bcannot be\b", "unfortunately cannot be"),
        (r"\bcannot\b(?! be)", "are not able to"),
        (r"\bdo not\b", "don't"),
        (r"\bis free\b", "is completely free"),
        (r"\bfor free\b", "at no additional cost"),
        (r"\bhas to be\b", "needs to be"),
        (r"\b(\d+) to (\d+)\b", r"\1–\2"),
        (r"\bonly\b", "exclusively"),
    ),
    framed(
        ("Certainly!", "I'd be happy to help with that!", "Great question!", "Here's what I found.", "Thank you for contacting us today.",
         "Of course! Let me walk you through it.", "I understand your concern, and I'm here to assist."),
        ("Is there anything else I can assist you with today?", "Please feel free to reach out if you have any further questions!",
         "Your satisfaction is our top priority.", "Thank you for being a valued customer!", "",
         "I hope this information is helpful."),
        ("", "", "I appreciate you taking the time to ask."),
    ),
)  # fmt: skip

EIGHTH = Wordings(
    (_CLERK, _SCOT, _EAGER),
    {
        "invented phone": added(
            "Our complaints line is 0141 496 0###.", "You may telephone extension 4###.", "Please call 1-800-555-01##."
        ),
        "invented email": added(
            "Correspondence should be addressed to registrar@clerks.example.", "Just email wee.jimmy@desk.example.",
            "You can reach our support team at care@assist.example."
        ),
        "invented url": added(
            "The full terms are published at www.clerks.example/terms.", "Visit https://assist.example/help for details."
        ),
        "invented tracking": added(
            "The consignment note bears the number CN########.", "The second box is under AB#########GB.",
            "The tracking ID is TBA############.",
        ),
        "invented discount": added(
            "A goodwill credit of 20.00 applies.", "There's a tenner off your next order.",
            "As a thank-you, enjoy 25% off with code SORRY25!",
        ),
        "invented deadline": added(
            "Claims must be lodged by 31 December.", "You've till Tuesday to say.", "This offer expires in 24 hours.",
            "Please respond within five business days.",
        ),
        "invented name": added(
            "Mr. Ackroyd is handling your file.", "Ask for Morag at the counter.", "My supervisor, Jessica Lane, can confirm this.",
        ),
        "action, passive": added(
            "The refund has been authorised.", "Your complaint has been registered.", "It's been swapped for you.",
            "A confirmation email has been sent to your inbox.", "Your account has been updated.",
        ),
        "action, perfect": added(
            "We have amended your delivery address.", "I've chapped the depot's door about it.", "I've stopped the order for you, pal.",
            "I have successfully processed your refund.", "I've escalated this to our specialist team.",
        ),
        "action, present": added(
            "We are arranging a replacement.", "I'm away to cancel it the now.", "I am initiating the return process for you.",
            "We're crediting the difference.",
        ),
        "action of a colleague": added(
            "Our accounts department has issued the repayment.", "The boss has let you off the fee.",
            "Our team has expedited your shipment.", "The carrier has agreed to redeliver.",
        ),
        "promise": added(
            "We shall write to you again next week.", "I'll get the money back to you.", "I will make sure a replacement is sent.",
            "You will receive an email confirmation shortly.", "Our team will contact you soon.",
        ),
        "done": added(
            "The cancellation is now complete.", "That's it cancelled.", "Your refund is all set!", "The exchange has gone through.",
        ),
        "yes or no": before("We confirm that, yes, ", "Naw, ", "Absolutely! ", "Unfortunately, no, "),
        "negation": one_of(
            (r"\bmay not\b|\bcannae\b|\bcannot\b|\bare not able to\b", "can"),
            (r"\bdo not, as a matter of policy,|\bdinnae\b|\bdon't\b", "do"),
            (r"\bare charged separately\b|\bare on top of that\b|\bare not included\b", "are included"),
            (r"\bis provided without charge\b|\bis completely free\b|\bdoesn't cost a penny\b", "has to be paid for"),
            (r"\bare at liberty to\b", "are not at liberty to"),
            (r"\bAye, you can\b", "No, you can't"),
            (r"\bYou have the option to\b", "You do not have the option to"),
            (r"\bhas been\b|\bwas\b", "was not"),
            (r"\bshall\b(?! not)", "need not"),
            (r"\b(is|are) (presently|currently|recorded|available|in stock)\b", r"\1 not \2"),
        ),
        "condition": one_of(
            (r"\bProvided that\b", "Unless"), (r"\bso long as\b", "unless"), (r"\bnote that if\b", "note that unless"),
            (r"\bif (?=the|its?\b|both|one|something|you (?!have any)|an? )", "even if not "),
        ),
        "bound": one_of(
            (r"\bnot less than\b|\bat least\b", "not more than"), (r"\bnot more than\b|\bas much as\b|\bup to\b", "not less than"),
            (r"\bwithin (?=\w)", "in over "), (r"\bbefore (?=\d|nine|ten|eleven)", "after "),
            (r"\bor more\b", "or less"), (r"\bbelow\b", "above"),
        ),
        "unit": one_of(
            (r"\b(days)\b", "months"), (r"\bminutes\b", "days"), (r"\bmonths\b", "days"), (r"\bhalf an hour\b", "half a day"),
            (r"\bdollars\b", "euros"), (r"\bUSD\b", "GBP"), (r"\bEUR\b", "USD"), (r"\ba week\b", "a month"),
        ),
        "state": one_of(
            (r"\bis recorded as delivered\b|\bhas been successfully delivered\b|\bhas landed with you already\b", "is lost"),
            (r"\bhas been handed to the carrier\b", "is awaiting stock"),
            (r"\bis away out and on the road to you\b", "hasn't left the shop"),
            (r"\bhas shipped and is on its way\b", "is being prepared"),
            (r"\b(was|has been) cancell?ed\b", "is being prepared"),
            (r"\bis sitting at pending\b|\bis (presently|currently) pending\b", "is out for delivery"),
            (r"\bmay now be collected from us\b|\bis now ready for you to pick up\b", "is not here yet"),
        ),
        "quantity": one_of((r"\b[2-9] orders\b", "fifteen orders"), (r"\b\d+ versions\b", "a single version")),
        "variant": one_of((r"\bcolou?r \w+", "colour tartan"), (r"\bsize [SML]\b", "size XXXL")),
        "carrier": one_of((r"\bNorthline Parcel|\bRapido", "Royal Mail")),
    },
)  # fmt: skip
