"""The ninth set of wordings: a clerk from India, an Australian, and a retired teacher who helps out.

At first look the checker stopped 48.1 % of 420 true replies and found 99.2 % of 1,229 wrong ones, over three shops.
Its failures have been read and mended since.
"""

# ruff: noqa: E501 - the sentences read best unbroken
from __future__ import annotations

from tests.bench import spoken
from tests.bench.wordings import Voice, Wordings, added, before, framed, lowered, one_of, told

_INDIAN = Voice(
    (
        *told(
            {
                "delivered": ("Your order no. {bare} is already delivered.", "Order no. {bare} has been duly delivered."),
                "shipped": "Your order no. {bare} is dispatched.",
                "cancelled": "Kindly note that order no. {bare} stands cancelled.",
                "ready for pickup": "Order no. {bare} is ready, you may come and collect the same.",
                "return requested": "Against order no. {bare}, a return is requested.",
            },
            state=("Your order no. {bare} is showing as {status} only.", "As on date, order no. {bare} is {status}."),
            marked="Your order no. {bare} is showing the status “{status}”.",
            ticket="Your ticket bearing no. {ticket}, regarding “{title}”, is {status}.",
            total=("Order value is {total}.", "Total bill amount is {total}."),
            delivered="Same was delivered on {day}.",
            left="Same was dispatched on {day}.",
            expected=("Expected date of delivery is {day}.", "You may expect the same on {day}."),
            was_expected="Expected date of delivery was {day}.",
            tracked="Courier partner is {carrier} and the docket no. is {number}.",
            tracked_alone="The docket no. is {number}.",
            untracked="Docket no. is not yet available for the same.",
            contains="Items in the order are as under: {items}.",
            orders="You are having {count} orders with us, viz. {list}.",
            priced="{product} is very much available, price is {price}.",
            versions="{product} is available in {count} versions, price range is {low} to {high}.",
            sold_out="{product} is out of stock as of now.",
        ),
        (spoken.DATE, spoken.dashed),
        (spoken.AMOUNT, spoken.whole),
        (spoken.CLOCK, spoken.o_clock),
        (r"^If ([^,]+), (.+)\.$", lambda m: f"In case {m[1]}, then {m[2]}."),
        (r"^You can (.+)\.$", r"You may please \1."),
        (r"^(.*)\bcannot\b(.*)$", lambda m: f"Kindly note, {lowered(m[1])}cannot{m[2]}"),
        (r"\bdo not\b", "will not"),
        (r"\bis free\b", "is free of cost"),
        (r"\bfor free\b|\bat no charge\b", "free of cost"),
        (r"\bare not included\b", "are chargeable extra"),
        (r"\bhas to be\b|\bhave to be\b", "needs to be compulsorily"),
        (r"\bup to\b", "maximum"),
        (r"\bat least\b", "minimum"),
        (r"\bPlease ([a-z]+)\b", r"Request you to kindly \1"),
    ),
    framed(
        ("Dear Customer, greetings of the day!", "Good day Sir/Madam,", "Namaste and thank you for writing in.",
         "Hope you are doing well.", "Thanks for your mail.", "Noted your query, please find the details."),
        ("Please revert in case of any queries.", "Assuring you of our best services at all times.", "Thanks and regards",
         "Do the needful, if any, at your convenience.", "Have a nice day ahead.", ""),
        ("", "", "We do understand your concern, please don't take tension.", "Sorry for the trouble, sir."),
    ),
)  # fmt: skip

_AUSSIE = Voice(
    (
        *told(
            {
                "delivered": ("{bare}'s been dropped off, mate.", "{bare} has rocked up at yours already."),
                "shipped": "{bare}'s hit the road.",
                "cancelled": "{bare} got cancelled, sorry mate.",
                "backordered": "{bare}'s on back order, sorry.",
                "processing": "{bare} is getting processed.",
                "ready for pickup": "{bare} is good to go for pickup.",
                "return requested": "There's a return requested on {bare}.",
            },
            state=("{bare} is sitting on {status}.", "Reckon {bare} is still {status} on our side."),
            marked="{bare} is showing up as {status}.",
            ticket="Your ticket {ticket}, the one about “{title}”, is {status}.",
            total=("That'd be {total}.", "It set you back {total}."),
            delivered="Landed with you {day}.",
            left="We got it out the door {day}.",
            expected=("Should rock up {day}.", "Keep an eye out for it {day}."),
            was_expected="It was s'posed to rock up {day}.",
            tracked="{carrier}'s looking after it, tracking number's {number}.",
            tracked_alone="Tracking number's {number}.",
            untracked="No tracking number on it just yet.",
            contains="You scored the {items}.",
            orders="You've got {count} orders going with us: {list}.",
            priced="Yeah, we've got the {product} in. It's {price}.",
            versions="There's {count} versions of the {product} on the shelf, {low} to {high}.",
            sold_out="We're fresh out of the {product}, sorry.",
        ),
        (spoken.DATE, spoken.day_first),
        (spoken.AMOUNT, spoken.bucks),
        (spoken.CLOCK, spoken.short_clock),
        (spoken.SPAN, spoken.other_unit),
        (r"^If ([^,]+), (.+)\.$", lambda m: f"Say {m[1]}: {lowered(m[2])}."),
        (r"^You can (.+)\.$", r"You're right to \1."),
        (r"\bcannot\b", "can't"),
        (r"\bDo not\b", "Don't"),
        (r"\bdo not\b", "don't"),
        (r"\bis free\b", "is on the house"),
        (r"\bare not included\b", "aren't thrown in"),
        (r"\bat least\b", "no less than"),
        (r"\bmust be\b", "gotta be"),
        (r"\bhas to be\b", "has gotta be"),
        (r"\bafternoon\b", "arvo"),
        (r"\bat once\b", "straight up"),
    ),
    framed(
        ("G'day!", "Hey mate,", "How ya going?", "No dramas.", "Cheers for the message.", "Righto,"),
        ("Catch ya!", "Too easy.", "Sing out if you're stuck.", "Hooroo.", "", "Cheers mate."),
        ("", "", "Yeah, that'd bug me too.", "Sorry you've had to chase this one up."),
    ),
)  # fmt: skip

_TEACHER = Voice(
    (
        *told(
            {
                "delivered": ("I find that order {bare} was delivered.", "The parcel for order {bare} has arrived."),
                "shipped": "I find that order {bare} has been posted.",
                "cancelled": "I find that order {bare} was cancelled.",
                "ready for pickup": "Order {bare} is ready, and you need only come and fetch it.",
                "return requested": "I find a request to return order {bare}.",
            },
            state="According to the computer, order {bare} is {status}, neither more nor less.",
            marked="According to the computer, order {bare} is “{status}”.",
            ticket="The matter of “{title}”, which is number {ticket}, is {status}.",
            total=("The sum was {total}.", "Its price, taken together, was {total}."),
            delivered="The delivery came {day}.",
            left="It was posted {day}.",
            expected="One may expect it {day}.",
            was_expected="One had expected it {day}.",
            tracked="It is in the hands of {carrier}, who know it as {number}.",
            tracked_alone="The carrier knows it as {number}.",
            untracked="Nobody has given it a tracking number so far.",
            contains="It consists of {items}.",
            orders="I count {count} orders of yours, which are {list}.",
            priced="The {product} can be had for {price}, and there are some left.",
            versions="The {product} can be had in {count} versions, the cheapest at {low} and the dearest at {high}.",
            sold_out="There is not a single {product} left, alas.",
        ),
        (spoken.DATE, spoken.near_or_of),
        (spoken.AMOUNT, spoken.amount_in_words),
        (spoken.SPAN, spoken.spoken_span),
        (spoken.CLOCK, spoken.o_clock),
        (r"^If ([^,]+), (.+)\.$", lambda m: f"Suppose {m[1]}: then {lowered(m[2])}."),
        (r"^You can (.+)\.$", r"You have every right to \1."),
        (r"^(.*)\bcannot be\b(.*)$", lambda m: f"There is no way round it: {lowered(m[1])}cannot be{m[2]}"),
        (r"\bcannot\b(?! be)", "can in no way"),
        (r"\bis free\b", "costs you nothing"),
        (r"\bare not included\b", "are not part of the price"),
        (r"\bup to\b", "as much as"),
        (r"\bat least\b", "at the very least"),
        (r"\bnormally\b|\busually\b", "ordinarily"),
    ),
    framed(
        ("My dear customer,", "Let me see, let me see.", "You ask a perfectly good question.", "A very good day to you.",
         "I have put on my glasses and looked it up.", "Ah, yes."),
        ("There, I hope I have made myself plain.", "With warm regards from behind the counter", "Do write again.",
         "Patience is a virtue, as they say!", "", "I remain, as ever, glad to be of use."),
        ("", "", "Waiting is never pleasant, as I well know.", "I should have asked the very same thing in your place."),
    ),
)  # fmt: skip

NINTH = Wordings(
    (_INDIAN, _AUSSIE, _TEACHER),
    {
        "invented phone": added(
            "You may call our toll-free no. 1800 425 ####.", "Give the shop a bell on (02) 5550 ####.", "One may telephone 01632 960###."
        ),
        "invented email": added(
            "Kindly mail the documents to grievance@desk.example.", "Flick an email to bazza@shopfront.example.",
            "Letters reach us at desk@schoolhouse.example."
        ),
        "invented url": added(
            "Kindly fill the form at portal.desk.example/claim.", "It's all up at www.shopfront.example/returns, mate."
        ),
        "invented tracking": added(
            "AWB no. is ###########.", "Aussie Post has the other one as 33A########.", "The other box is known as EE#########GB.",
        ),
        "invented discount": added(
            "You are eligible for flat 20% off.", "We'll chuck in ten bucks off the next one.", "Pensioners pay a tenth less.",
        ),
        "invented deadline": added(
            "Kindly revert by EOD tomorrow.", "You've got till Thursday arvo.", "The matter lapses after a fortnight.",
        ),
        "invented name": added(
            "Our Mr. Venkatesh is looking into the case.", "Have a yarn with Shazza in returns.", "Miss Pettigrew keeps the ledger here.",
        ),
        "action, passive": added(
            "Your amount has been refunded.", "Pickup is arranged for the item.", "Your money's been sent back, mate.",
            "The address was put right.", "Ticket has been raised for the same.",
        ),
        "action, perfect": added(
            "We have initiated the refund.", "I have intimated the courier partner.", "Just cancelled it for ya.",
            "I've swapped it over.", "I have written to the carrier about it.",
        ),
        "action, present": added(
            "We are processing your refund.", "I'm chucking a new one in the post.", "I am correcting your address as I write.",
            "We're replacing it.",
        ),
        "action of a colleague": added(
            "Our backend team has blocked the card.", "The boys in the warehouse pulled it off the truck.",
            "My niece has telephoned the carrier.", "Accounts department has released the payment.",
        ),
        "promise": added(
            "We will surely refund you at the earliest.", "You will be getting a call from our executive.",
            "I'll sort you out with a new one.", "We'll ring you back tomorrow.", "I shall post you another.",
        ),
        "done": added("Cancellation is done.", "Needful is done from our side.", "All sorted, it's cancelled.", "Your refund is settled."),
        "yes or no": before("Yes sir, ", "Nah mate, ", "Certainly not: ", "It is so, yes: "),
        "negation": one_of(
            (r"\bcannot\b|\bcan't\b|\bcan in no way\b", "can"),
            (r"\bwill not\b|(?<!please )\b[Dd]on't\b|\b[Dd]o not\b", "do"),
            (r"\bare chargeable extra\b|\baren't thrown in\b|\bare not part of the price\b", "are part of the price"),
            (r"\bis free of cost\b|\bis on the house\b|\bcosts you nothing\b", "has its price"),
            (r"\bYou may please\b", "You may not"),
            (r"\bYou're right to\b", "You're not right to"),
            (r"\bYou have every right to\b", "You have no right to"),
            (r"\bis (already|dispatched|showing|ready|good|available|very much)\b", r"is not \1"),
            (r"\bhas been\b|\bwas\b|\bgot (?=cancelled)", "was not "),
            (r"\bhas (?=arrived|rocked)", "has not "),
            (r"\b(gotta|needs to) be\b", "need never be"),
        ),
        "condition": one_of(
            (r"\bIn case\b", "Unless"), (r"\bSay (?=you|the|it|a|both)", "Unless "), (r"\bSuppose\b", "Unless"), (r"\bif (?=the|its?\b|both|one|something|you (?!have any)|an? )", "unless "),
        ),
        "bound": one_of(
            (r"\bminimum\b|\bno less than\b|\bat the very least\b|\bat least\b", "at most"),
            (r"\bmaximum\b|\bas much as\b|\bup to\b", "at least"),
            (r"\bwithin (?=\w)", "not before "), (r"\bbefore (?=\d|nine|ten|eleven)", "after "),
            (r"\bor more\b", "or less"), (r"\bbelow\b", "above"),
        ),
        "unit": one_of(
            (r"\b(days)\b", "hours"), (r"\bminutes\b", "days"), (r"\bmonths\b", "weeks"), (r"\bhalf an hour\b", "half a week"),
            (r"\bbucks\b|\bdollars\b", "pounds"), (r"\beuros\b", "dollars"), (r"€", "£"), (r"\ba fortnight\b", "a year"),
        ),
        "state": one_of(
            (r"\bis already delivered\b|\bhas been duly delivered\b|\bhas rocked up at yours already\b", "is returned to us"),
            (r"'s been dropped off\b|'s hit the road\b", " went missing"),
            (r"\bis dispatched\b|\bhas been posted\b", "is not packed"),
            (r"\bstands cancelled\b|\bgot cancelled\b|\bwas cancelled\b", "is out for delivery"),
            (r"\bwas delivered\b|\bhas arrived\b", "is lost"),
            (r"\b(showing as|sitting on|is still|is) (pending|processed|processing)\b", "is delivered"),
            (r"\bis good to go for pickup\b|\bis ready,", "is sold,"),
        ),
        "quantity": one_of((r"\b[2-9] orders\b", "umpteen dozen orders"), (r"\b\d+ versions\b", "ninety versions")),
        "variant": one_of((r"\bcolou?r \w+", "colour saffron"), (r"\bsize [SML]\b", "size 44")),
        "carrier": one_of((r"\bNorthline Parcel|\bRapido", "Blue Dart")),
    },
)  # fmt: skip
