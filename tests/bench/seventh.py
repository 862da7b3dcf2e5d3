"""The seventh set of wordings: a warm florist, a terse mechanic, and a young person who chats.

At first look the checker stopped 48.3 % of 715 true replies and found 98.1 % of 2,070 wrong ones, over three shops.
Its failures have been read and mended since.
"""

# ruff: noqa: E501 - the sentences read best unbroken
from __future__ import annotations

from tests.bench import spoken
from tests.bench.wordings import Voice, Wordings, added, before, framed, lowered, one_of, told

_WARM = Voice(
    (
        *told(
            {
                "delivered": ("Good news, {bare} is already with you.", "{bare} has found its way to you."),
                "shipped": ("{bare} is travelling to you as we speak.", "Your {bare} is on the road."),
                "cancelled": "I'm so sorry, but {bare} has been cancelled.",
                "processed": "Everything about {bare} has been processed.",
                "ready for pickup": "Lovely news: {bare} is waiting here for you to pick it up.",
                "return requested": "For {bare}, a return has been requested.",
            },
            state=("Your order {bare} is {status} just now.", "I can see that {bare} is {status}."),
            marked="Next to {bare} it says “{status}”.",
            ticket="The little question you sent in, “{title}” ({ticket}), is {status}.",
            total=("It came to {total} all together.", "The whole order makes {total}."),
            delivered=("It reached your doorstep on {day}.", "The day it came to you was {day}."),
            left="It set off from here on {day}.",
            expected=("With a bit of luck you'll be holding it on {day}.", "It should be with you on {day}."),
            was_expected="It was meant to be with you on {day}.",
            tracked="{carrier} is carrying it to you, and if you'd like to follow along, the number is {number}.",
            tracked_alone="The number to follow it by is {number}.",
            untracked="I can't find a tracking number for it yet.",
            contains=("You chose {items}.", "Tucked inside: {items}."),
            orders="I can see {count} of your orders: {list}.",
            priced="Yes, we have the {product} here, for {price}.",
            versions="The {product} comes in {count} versions that we have here, from {low} to {high}.",
            sold_out="I'm sorry, the {product} is sold out at the moment.",
        ),
        (spoken.DATE, spoken.weekday_the),
        (spoken.AMOUNT, spoken.whole),
        (spoken.CLOCK, spoken.of_the_day),
        (r"\b(\d+) (days|minutes|hours)\b", spoken.spelled),
        (r"^If ([^,]+), (.+)\.$", lambda m: f"In case {m[1]}, {m[2]}."),
        (r"^You can (.+)\.$", r"You're very welcome to \1."),
        (r"\bcannot\b", "sadly can't"),
        (r"\bdo not\b", "don't"),
        (r"\bis free\b", "costs nothing at all"),
        (r"\bare not included\b", "come on top"),
        (r"\bup to\b", "anything up to"),
        (r"\bmust\b(?! not)", "will have to"),
        (r"\bnormally\b", "in most cases"),
        (r"\bPlease ([a-z]+)\b", r"Would you kindly \1"),
    ),
    framed(
        ("Hello my dear,", "What a nice message to find this morning!", "Hello there, lovely to hear from you.",
         "Oh, thank you so much for asking!", "Good morning to you,", "Bless you for your patience."),
        ("I do hope that puts your mind at rest.", "Have a beautiful day!", "With all good wishes from the shop",
         "Take good care of yourself.", "Give us a shout whenever you like.", "", "Sending sunny greetings!"),
        ("", "", "I know how it feels to be kept guessing.", "That's such a sensible thing to ask."),
    ),
)  # fmt: skip

_TERSE = Voice(
    (
        *told(
            {
                "delivered": "{bare}'s been delivered.",
                "shipped": "{bare}'s gone out.",
                "cancelled": "{bare}: cancelled.",
                "ready for pickup": "{bare} can be picked up.",
            },
            state=("{bare}: {status}.", "Looked up {bare}. It's {status}."),
            marked="{bare}: {status}.",
            ticket="{ticket}, {title}: {status}.",
            total=("Comes to {total}.", "{total} all up."),
            delivered=("Got there {day}.", "Dropped off {day}."),
            left="Went out {day}.",
            expected="Due {day}.",
            was_expected="Was due {day}.",
            tracked="{carrier}, {number}.",
            tracked_alone="Tracking's {number}.",
            untracked="Nothing to track yet.",
            contains=("In the box: {items}.", "What's in it: {items}."),
            orders="{count} orders here. {list}.",
            priced="Got the {product}. {price}.",
            versions="{product}: {low} to {high}, {count} versions in.",
            sold_out="{product}? Out of stock.",
        ),
        (spoken.DATE, spoken.day_and_short_month),
        (spoken.AMOUNT, spoken.whole),
        (spoken.SPAN, spoken.clipped),
        (spoken.CLOCK, spoken.short_clock),
        (r"^If ([^,]+), (.+)\.$", lambda m: f"{m[2][0].upper()}{m[2][1:]} if {m[1]}."),
        (r"^You can (.+)\.$", r"Fine to \1."),
        (r"^The ([a-z][a-z ]+?) costs (\S+) and takes (.+)\.$", r"\1: \2, takes \3."),
        (r"^Parts for the (.+) are not included\.$", r"Parts are extra on the \1."),
        (r"\bcannot\b", "can't"),
        (r"\bhas to be\b", "needs to be"),
        (r"\bwe do not\b", "we don't"),
        (r"\bup to\b", "max"),
        (r"\bat least\b", "minimum"),
        (r"\bon the same day\b", "same day"),
        (r"\bis free\b", "is no charge"),
    ),
    framed(
        ("Right.", "", "", "Had a look.", "Morning.", "No worries."),
        ("Cheers.", "", "", "That's it.", "Shout if not.", "Ta."),
        ("", "", "", "Fair question."),
    ),
)

_YOUNG = Voice(
    (
        *told(
            {
                "delivered": ("looks like {bare} was delivered!", "so {bare} has been delivered :)"),
                "shipped": "{bare} is on the way!",
                "cancelled": "so {bare} was cancelled :(",
                "pending": "{bare} is still pending rn.",
                "processing": "they're still processing {bare}.",
                "backordered": "{bare} is backordered, sorry!!",
                "ready for pickup": "you can grab {bare} now, it's ready for pickup!",
                "return requested": "for {bare} it says return requested.",
            },
            state="so {bare} is {status} atm.",
            marked="{bare} says {status} atm.",
            ticket='your ticket {ticket} ("{title}") is {status}.',
            total=("you paid {total} for it.", "that one was {total}."),
            delivered="it got to you on {day}.",
            left="it got sent out {day}.",
            expected=("it should get to you {day}!", "eta is {day}."),
            was_expected="it should've been there {day}.",
            tracked="it's coming with {carrier}, tracking is {number}.",
            tracked_alone="tracking is {number}.",
            untracked="no tracking for it yet tho.",
            contains=("you got the {items}.", "it's got {items} in it."),
            orders="ok so you've got {count} orders: {list}.",
            priced="yep we've got the {product}, it's {price}!",
            versions="we've got {count} versions of the {product}, they go from {low} to {high}.",
            sold_out="aw, the {product} is sold out rn.",
        ),
        (spoken.DATE, spoken.month_and_day),
        (spoken.AMOUNT, spoken.bucks),
        (spoken.CLOCK, spoken.short_clock),
        (r"^You can (.+)\.$", r"yeah you can totally \1!"),
        (r"^If ([^,]+), (.+)\.$", lambda m: f"{m[2]}, when {m[1]}."),
        (r"\bcannot\b", "can't"),
        (r"\b([Dd])o not\b", r"\1on't"),
        (r"\bare not included\b", "aren't part of it"),
        (r"\bfor free\b", "for nothing"),
        (r"\bis free\b", "is totally free"),
        (r"\bminutes\b", "mins"),
        (r"\busually\b|\bnormally\b", "usually"),
        (r"\.$", "!"),
        (r"^(.*)$", lambda m: lowered(m[1])),
    ),
    framed(
        ("hey!!", "hii,", "heyy thanks for reaching out!", "ooh ok let's see.", "omg sorry for the wait!", "okay!"),
        (
            "hope that helps!! :)",
            "lmk if u need anything else",
            "have a good one!",
            "",
            "yw!",
            "hmu if anything's weird",
        ),
        ("", "", "totally get why you're asking.", "ngl that one comes up a lot."),
    ),
)

SEVENTH = Wordings(
    (_WARM, _TERSE, _YOUNG),
    {
        "invented phone": added("Just give Betty a ring on 01632 960###.", "Text 555-01## if stuck."),
        "invented email": added("You can reach the owner at hello@petalpost.example.", "Invoice queries: parts@garage.example."),
        "invented url": added("The care sheet is at petalpost.example/care.", "See www.garage.example/faq for the rest."),
        "invented tracking": added("The parcel label reads H##########.", "Second parcel: 9400 1### #### ####."),
        "invented discount": added(
            "There's ten percent off for you next time.", "Knocked 15 off the bill.", "use code BESTIE for free shipping!"
        ),
        "invented deadline": added(
            "Please decide before Sunday evening.", "Bring it in by the 12th.", "you've got like 3 days left to return it"
        ),
        "invented name": added("Our Doris wrapped it herself.", "Ask for Big Steve.", "my manager Chloe knows about it"),
        "action, passive": added(
            "Your money has been refunded.", "Refund's been put through.", "A new one was sent out to you.",
            "The address has been corrected.",
        ),
        "action, perfect": added(
            "I've just cancelled it for you, my dear.", "Swapped it over.", "i've cancelled it for you!",
            "We have credited your account.",
        ),
        "action, present": added(
            "I'm wrapping a new one for you right now.", "Sending the part now.", "i'm refunding you rn",
            "We are cancelling the order.",
        ),
        "action of a colleague": added(
            "My sister has already phoned the courier.", "The lads changed the address.",
            "someone on my team already fixed your order", "The office has refunded you.",
        ),
        "promise": added(
            "I'll slip a gift card into your next parcel.", "We'll get it changed.", "we'll refund you asap!",
            "You will get your money back tomorrow.", "I'll call you this afternoon.",
        ),
        "done": added("There, all refunded!", "Cancelled. Done.", "ok it's cancelled now!", "Your return is booked in."),
        "yes or no": before("Yes of course: ", "Nah, ", "oh no, sadly not, ", "yep yep, "),
        "negation": one_of(
            (r"\bsadly can't\b|\bcan't\b", "can always"),
            (r"\b[Dd]on't\b", "do"),
            (r"\bcosts nothing at all\b|\bis no charge\b|\bis totally free\b", "is not free"),
            (r"\bcome on top\b|\bare extra\b|\baren't part of it\b", "are included"),
            (r"\bYou're very welcome to\b", "You're not allowed to"),
            (r"\bFine to\b", "Not ok to"),
            (r"\byou can totally\b", "you can't"),
            (r"\bhas (?=been|found)", "has not "),
            (r"\b(is|are) (?=[a-z]+ed\b)", r"\1 not "),
            (r"\b(is|are) (already|travelling|waiting|on the way|on the road)\b", r"\1 not \2"),
            (r"'s been\b", " hasn't been"),
            (r"\bwill have to\b", "won't have to"),
        ),
        "condition": one_of(
            (r"\bIn case\b", "Unless"), (r", when\b", ", except when"), (r"\bif (?=the|its?\b|both|one|something|you (?!have any)|an? )", "unless "), (r"\bIf\b", "Unless"),
        ),
        "bound": one_of(
            (r"\banything up to\b|\bmax\b|\bup to\b", "at least"), (r"\bat least\b|\bminimum\b", "at most"),
            (r"\bwithin (?=\w)", "only after "), (r"\bbefore (?=\d|nine|ten|eleven)", "after "),
            (r"\bor more\b", "or less"), (r"\bbelow\b", "above"),
        ),
        "unit": one_of(
            (r"\b(days)\b", "weeks"), (r"\bmins?\b|\bminutes\b", "hours"), (r"\bmths\b|\bmonths\b", "weeks"),
            (r"\bhrs\b|\bhours\b", "minutes"), (r"\bbucks\b", "euros"), (r"€", "$"),
        ),
        "state": one_of(
            (r"\bis already with you\b|\bhas found its way to you\b|'s been delivered\b", " got lost on the way"),
            (r"\bis travelling to you as we speak\b|\bis on the road\b|\bis on the way\b", "is still in our stockroom"),
            (r"'s gone out\b", " is still being packed"),
            (r"\bwas delivered\b|\bhas been delivered\b", "was sent back to us"),
            (r"\bis (still )?pending\b", "has shipped"),
            (r"\bhas been cancelled\b|\bwas cancelled\b", "is on its way"),
            (r"\bcan be picked up\b|\bis waiting here\b", "was picked up"),
        ),
        "quantity": one_of(
            (r"\b[2-9] of your orders\b", "11 of your orders"), (r"\b[2-9] orders\b", "nine dozen orders"),
            (r"\b\d+ versions\b", "twenty versions"),
        ),
        "variant": one_of((r"\bcolou?r \w+", "colour salmon"), (r"\bsize [SML]\b", "size XS")),
        "carrier": one_of((r"\bNorthline Parcel|\bRapido", "Yodel")),
    },
)  # fmt: skip
