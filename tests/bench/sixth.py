"""The sixth set of wordings: an easy American, a careful Briton, a text message, and one who learnt English late."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tests.bench import spoken
from tests.bench.wordings import Voice, Wordings, added, before, lowered, one_of, reworded, told

_ID = r"#?((?:[A-Z]+-?\d|\d)[\w-]*)"


def _many(match: re.Match[str]) -> str:
    many = {"1": "one order", "2": "two orders", "12": "a dozen orders"}
    return f"I can see {many.get(match[1], spoken.words(int(match[1])) + ' orders')} of yours here: {match[2]}."


_EASY = Voice(
    (
        *told(
            {
                "delivered": "Looks like {bare} made it to you already.",
                "shipped": "So {bare} is out the door and headed your way.",
                "cancelled": "It looks like {bare} got canceled.",
                "pending": "So {bare} is pending for now.",
                "processed": "So {bare}'s been processed.",
                "processing": "We're still processing {bare}.",
                "completed": "{bare} shows as completed on my end.",
                "backordered": "{bare}'s backordered, unfortunately.",
                "ready for pickup": "You can come pick up {bare} now, it's ready.",
                "return requested": "I see a return was requested on {bare}.",
            },
            ticket="{ticket}, your ticket on “{title}”, is {status}.",
            total="You were charged {total} for it.",
            delivered="They dropped it at your place {day}.",
            left="It headed out {day}.",
            expected="You should see it {day}.",
            was_expected="It was supposed to be there {day}.",
            tracked="{carrier}'s got it under {number} if you want to track it.",
            tracked_alone="Use {number} if you want to track it.",
            untracked="I'm not seeing a tracking number for it yet.",
            contains="What you got: {items}.",
            orders=_many,
            priced="We carry the {product}, it's in stock and runs {price}.",
            versions="The {product} runs anywhere from {low} to {high}, with {count} versions in stock.",
            sold_out="We're all out of the {product} right now.",
        ),
        (spoken.DATE, spoken.weekday_or_month),
        (spoken.AMOUNT, spoken.bucks),
        (spoken.CLOCK, spoken.short_clock),
        (r"^If ([^,]+), (.+)\.$", lambda m: f"{m[2][0].upper()}{m[2][1:]} – that's if {m[1]}."),
        (r"^You can (.+)\.$", r"No problem, you can \1."),
        (r"\bcannot\b", "simply can't"),
        (r"\bfor free\b|\bat no charge\b", "without paying a cent"),
        (r"\bis free\b", "won't cost you a cent"),
        (r"\bare not included\b", "cost extra"),
        (r"\bWe do not\b", "We don't ever"),
        (r"\b(\d+) feet\b", spoken.metres),
    ),
    lambda sentences: f"Hey there! {' '.join(sentences)} Anything else, just holler.",
)  # fmt: skip

_CAREFUL = Voice(
    (
        *told(
            {
                "delivered": "I've had a look, and order {bare} has reached you.",
                "shipped": "I've had a look, and order {bare} has left our warehouse.",
                "cancelled": "I've had a look, and order {bare} stands cancelled.",
                "ready for pickup": "I've had a look, and you may collect order {bare}.",
            },
            state="I've had a look, and order {bare} is {status} as things stand.",
            marked="I've had a look, and order {bare} is marked '{status}'.",
            ticket="Your query '{title}' (our reference {ticket}) is {status} as things stand.",
            total="The total works out at {total}.",
            delivered="According to the courier, it was handed over on {day}.",
            left="It was collected from us on {day}.",
            expected="Barring delays, you ought to have it on {day}.",
            was_expected="It ought to have been with you on {day}.",
            tracked="The courier is {carrier}, and the parcel number is {number}.",
            tracked_alone="The parcel number is {number}.",
            untracked="I'm afraid it hasn't been given a tracking number.",
            contains="What you ordered was {items}.",
            orders="There are {count} orders in your name, namely {list}.",
            priced="The {product} is priced at {price} and available straight away.",
            versions="Depending on which of the {count} versions you choose, the {product} "
            "is priced between {low} and {high}.",
            sold_out="I'm afraid we have run out of the {product} for now.",
        ),
        (r"(?<=works out at )([$€])(\d[\d,]*)(?:\.(\d\d))?(?=\.$)", spoken.rounded_to_ten),
        (r"(?<=priced at )" + spoken.AMOUNT, spoken.amount_in_words),
        (spoken.DATE, spoken.day_first),
        (spoken.CLOCK, spoken.o_clock),
        (spoken.SPAN, spoken.spoken_span),
        (r"^You can (.+)\.$", r"It is perfectly all right for you to \1."),
        (r"\bcannot be\b", "can't, alas, be"),
        (r"\bcannot\b", "are unable to"),
        (r"\bmust be\b", "have got to be"),
        (r"\bdo not need\b", "have no need of"),
        (r"\bfree\b(?= (?:for|when|replacement))", "gratis"),
        (r"\bup to\b", "no more than"),
        (r"\bat least\b", "no fewer than"),
        (r"\bnormally\b", "as a rule"),
        (r"\bonly\b", "just"),
    ),
    lambda sentences: "Thank you for writing to us. " + " ".join(sentences) + " Do let us know if anything is unclear.",
)  # fmt: skip

_MERGED = (
    (rf"^Your order {_ID} (is [\w ]+|has the status \"[\w ]+\")\. Its total is ([^ ]+)\.$", r"\1 \2, total \3"),
    (rf"^Your order {_ID} is delivered\. It was delivered on ([\w ]+)\.$", r"\1 came \2"),
    (rf"^Your order {_ID} is ([\w ]+)\. It contains: (.+)\.$", r"\1 (\3) is \2"),
    (rf"^Your order {_ID} is ([\w ]+)\. Its tracking number is (\S+) with ([\w ]+)\.$", r"\1 is \2, \4 no \3"),
    (rf"^Your order {_ID} is ([\w ]+)\. It is expected to arrive on ([\w ]+)\.$", r"\1 \2, due \3"),
    (rf"Your order {_ID} ", r"\1 "),
    (r"\bIt has no tracking number yet\b", "no tracking no. yet"),
    (r"\bYou have (\d+) orders?: ", r"u have \1 orders, "),
    (spoken.DATE, spoken.day_first),
    (spoken.CLOCK, spoken.short_clock),
    (r"([$€]\d[\d,]*)\.00\b", r"\1"),
    (r"\b(\d+) minutes\b", r"\1 mins"),
    (r"\b(\d+) hours\b", r"\1 hrs"),
    (r"\b(\d+) months\b", r"\1 mths"),
    (r"\band\b", "&"),
    (r"\bcannot\b", "cant"),
    (r"\bdo not\b", "dont"),
)


def _texted(sentences: Sequence[str]) -> str:
    text = reworded(" ".join(sentences), _MERGED)
    return f"hi, {text[0].lower() if text[1:2].islower() else text[0]}{text[1:]}".rstrip(".")


_LATE = Voice(
    (
        *told(
            {
                "delivered": "The order {bare} is already arrived at your address.",
                "shipped": "The order {bare} is already shipped.",
            },
            state="The order {bare} has at this moment the state {status}.",
            marked="The order {bare} has at this moment the state “{status}”.",
            total="The sum of it makes {total}.",
            delivered="The delivery has been on {day}.",
            left="We have given it to the post on {day}.",
            expected="The planned day of arrival: {day}.",
            was_expected="The planned day of arrival: {day}.",
            tracked="For the following of the parcel ({carrier}) take please {number}.",
            tracked_alone="For the following of the parcel please take the number {number}.",
            untracked="A number for the tracking does not exist until now.",
            contains="Inside there is: {items}.",
            orders="By us you have {count} orders, that are {list}.",
            priced="The {product} we have on stock, it costs {price}.",
            sold_out="The {product} we have not on stock in this moment.",
        ),
        (spoken.DATE, spoken.hyphened),
        (spoken.AMOUNT, spoken.sign_behind),
        (spoken.CLOCK, spoken.of_24),
        (r"^You can (.+)\.$", r"You have the possibility to \1."),
        (r"^(.*)\bcannot\b(.*)$", lambda m: f"It is not possible, {lowered(m[1])}cannot{m[2]}"),
        (r"\b(\d+) (business|working) days\b", r"\1 work days"),
        (r"\b(\d+) to (\d+) (?=business)", r"between \1 and \2 "),
        (r"\bis free\b", "is for free"),
        (r"\bWe (?=[a-z])", "From our side we "),
    ),
    lambda sentences: "Good day, " + " ".join(sentences) + " With friendly greetings",
)

SIXTH = Wordings(
    (_EASY, _CAREFUL, Voice((), _texted), _LATE),
    {
        "invented phone": added("Our hotline is 0800 55# ####.", "Text us at +44 7700 900###."),
        "invented email": added("Send the photos to evidence@shopmail.example.", "cc: team.returns@orders.example"),
        "invented url": added("Go to track-it.example/p and type in your zip.", "Form: http://forms.example/refund"),
        "invented tracking": added("Parcel ID JD0########.", "DPD have it as ##############."),
        "invented discount": added(
            "I've popped a 10 pound voucher in for you.", "There's half off shipping this week.",
            "Quote WINTER20 to get a fifth off.", "First-time buyers save $1k a year.",
        ),
        "invented deadline": added(
            "The offer closes at midnight.", "You've got ten days left to send it in.",
            "After next Tuesday it's too late.", "Let us know by the 30th.",
        ),
        "invented name": added(
            "Dr. Elaine Foster signed it off.", "Your contact from now on is Tobias Rehm.",
            "Just mention Priya when you call.",
        ),
        "action, passive": added(
            "The charge was reversed.", "Both parcels have been combined.",
            "The item's been set aside under your name.",
            "Your case got escalated.",
        ),
        "action, perfect": added(
            "I've knocked the delivery fee off.", "I have just resent the invoice.", "I've let the depot know.",
            "We've waived that for you.",
        ),
        "action, present": added(
            "I'm cancelling this right away.", "We're sending someone round.", "I hereby confirm your refund.",
            "Right now I'm changing the address.",
        ),
        "action of a colleague": added(
            "Someone from shipping called the driver back.", "Billing already gave you the money back.",
            "My boss approved the exchange.", "The driver left a note at your neighbor's.",
        ),
        "promise": added(
            "We're going to replace it.", "I'll ring you first thing tomorrow.",
            "You can expect a credit note from me.",
            "A technician will come by.",
        ),
        "done": added("It's done.", "Refund done!", "Cancellation complete.", "Sorted, it's all taken care of."),
        "yes or no": before("Yes, sure: ", "No way, ", "That's a yes, ", "Unfortunately not, "),
        "negation": one_of(
            (r"\bsimply can't\b|\bcan't, alas,|\bare unable to\b|\bcant\b", "can always"),
            (r"\bis perfectly all right\b", "is not all right"),
            (r"\bhave the possibility\b", "have not the possibility"),
            (r"\bIt is not possible, (.+)cannot\b", r"It is possible, \1can"),
            (r"\bcost extra\b", "are in the price"),
            (r"\bdon't ever\b|\bdont\b", "do"),
            (r"\bhas (reached|left)\b", r"has yet to have \1"),
            (r"\bhave run out of\b|\bare all out of\b|\bhave not on stock\b", "have plenty of"),
            (r"\bit's in stock\b|\bhave on stock\b", "it isn't in stock"),
            (r"\bwon't cost\b", "will cost"),
            (r"\b(is|are) (not )?(?=\w+ed\b)", lambda m: f"{m[1]} " if m[2] else f"{m[1]} not "),
            (r"\bNo problem, you can\b", "Sorry, there is no way to"),
            (r"\bhas no\b|\bhave no\b", "has a"),
        ),
        "barely": one_of(
            (r"\bcan(?= be\b)", "can barely"),
            (r"\bis (?:for free|gratis)\b", "is anything but free"),
            (r"\bhas reached you\b|\bmade it to you already\b|\bis already arrived\b", "has far from reached you"),
            (r"\bhave got to be\b", "rarely have to be"),
            (r"\bYou can (?=[a-z])", "You can seldom "),
            (r"\bwe (?=(?:refund|send|check|match|replace|answer|guarantee|ask)\b)", "we rarely "),
        ),
        "unless": one_of(
            (r"\bthat's if\b", "that's unless"),
            (r"\bIf\b", "Except if"),
            (r"\bif\b(?! anything)", "except if"),
            (r"\bonce they were\b|\bonce it was\b", "until they were"),
        ),
        "bound": one_of(
            (r"\bno fewer than\b|\bat least\b", "fewer than"),
            (r"\bno more than\b|\bup to\b", "more than"),
            (r"\bbefore (?=\d|nine|ten|eleven)", "any time after "),
            (r"\bwithin (?=\d)", "no sooner than "),
            (r"\bor more\b", "at most"),
            (r"\bbelow\b", "over"),
        ),
        "unit": one_of(
            (r"\bmins\b|\bminutes\b", "hours"),
            (r"\bhrs\b|\bhours\b", "days"),
            (r"\bmths\b|\bmonths\b", "weeks"),
            (r"\b(business|working|work) days\b", "weeks"),
            (r"\bhalf an hour\b", "half a minute"),
            (r"\btwo years\b", "two months"),
            (r"\bbucks\b|\bdollars\b", "euros"),
            (r"\beuros\b|€", "dollars"),
            (r"\bmetres\b", "kilometres"),
        ),
        "rounded amount": one_of(
            (r"(?<=works out at )[^.]+(?:\.\d\d)?(?=\. )", "a shade over 2,600"),
            (r"(?<=You were charged )[^.]+?(?= for it)", "around 5k"),
            (r"(?<=total )[$€][\d,.]+\d", "about $6.1k"),
        ),
        "state": one_of(
            (r"\bis out the door and headed your way\b|\bhas left our warehouse\b", "is still being packed"),
            (r"\bhas reached you\b|\bmade it to you already\b|\bis already arrived\b", "is with the courier"),
            (r"\bis pending\b", "has shipped"),
            (r"\bstill processing\b", "done with"),
            (r"\bgot canceled\b|\bstands cancelled\b", "is on its way"),
            (r"\bis (delivered|shipped|pending|processing|cancelled)(?=,)", "got lost"),
            (r"\bbackordered\b", "ready to go"),
        ),
        "quantity": one_of(
            (r"\b(two|three|four|five) orders\b", "half a dozen orders"),
            (r"\b[2-5] orders\b", "a dozen orders"),
            (r"\b\d+ versions\b", "a couple of dozen versions"),
        ),
        "variant": one_of((r"\bcolou?r \w+", "color magenta"), (r"\bstorage \d\w+", "storage 3TB")),
        "carrier": one_of((r"\bNorthline Parcel|\bRapido|\bSwiftwing Express", "Parcelforce")),
    },
)  # fmt: skip
