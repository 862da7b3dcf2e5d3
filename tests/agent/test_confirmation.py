from datetime import timedelta

import pytest

from cxdesk.agent.confirmation import AnswerWords, asks_back, knows_no_more, read_answer
from cxdesk.domain import PendingAction, now
from cxdesk.settings import bundled

PENDING = PendingAction(
    tool="return_items", args={"order_id": "#W1000001", "item_ids": ["5550001"], "payment_method_id": "paypal_77"}
)


@pytest.fixture(scope="module")
def words():
    return AnswerWords.load(bundled("resources/confirmation.toml"))


YES = """
yes
Yes.
YES!!!
yep
yep do it
yeah, go ahead
Yes please
yes, please do
y
sure
Sure, go ahead.
ok
Okay
ok, do it
fine
that's fine
That is correct.
correct
Yes, that's right
sounds good
Sounds good, thank you!
looks good to me
go ahead
Go ahead please
please go ahead
please proceed
proceed
do it
Please do it now
do that
just do it
confirm
confirmed
I confirm
Yes, I confirm.
I agree
I do
of course
absolutely
definitely
exactly
why not
no problem, go ahead
No objections.
you may proceed
works for me
go for it
Yes, thank you so much
thanks, yes
Great, yes please!
Hi, yes
Yes, I no longer need it
I'm fine with that
perfect, do it
alright
yes yes yes
Yes, return it
👍
si
Yes, as soon as possible please
okay, sounds great
yes, return order #W1000001
that works
"""

NO = """
no
No.
nope
no thanks
No, thank you.
nah
no wait
No, don't
don't do it
do not do that
please don't
stop
Stop, not yet
not now
wait
hold on
Hang on a second
never mind
nevermind
forget it
leave it
leave it as it is
I changed my mind
I've changed my mind, sorry
rather not
I'd rather not
yes... no wait
Yes - no, stop!
no, cancel that
yes no
no, leave the order alone
absolutely not
definitely not
👎
keep it
nvm
"""

CHANGED = """
yes but use my paypal
Yes, but refund it to my gift card
Yes, but only the lamp
yes but with the blue one
no, the blue one
No, use the other card
no, I want the larger size
Use my credit card instead
make it the black one
Can you use my gift card instead?
only the kettle please
Actually cancel the other one
Sure, but send it to my work address
yes, but not the kettle
Okay, but change the address first
yes if the refund goes to my card
No, I want to exchange it for a bigger one
yes, only if it is free
Please add the lamp as well as the kettle
yes and also add the kettle, but use my visa
not the red one, the blue one please
"""

ALSO = """
yes, and also cancel my other order
Yes. Also, where is my order #W1000002?
Yes please, and can you tell me when I get the money?
yes, what about the kettle?
ok do it. I also want to return the lamp
Yes! By the way, how long does the refund take?
sure, one more thing: where is my parcel
Yes and can you also cancel #W1000003
Go ahead, and then please cancel the lamp order
yes, how much will I get back?
"""

UNCLEAR = """
hmm
maybe
I guess
I'm not sure
what?
what does that mean?
Which order is that?
yes?
who are you
yes, cancel order #W9999999
I think so
perhaps later
let me think about it
That is all I know.
What was the price again?
thank you
hello
my name is Ann Lee
probably
ok maybe
12
"""


def _lines(text, kind):
    return [(line, kind) for line in text.strip().splitlines()]


ANSWERS = [
    *_lines(YES, "yes"),
    *_lines(NO, "no"),
    *_lines(CHANGED, "changed"),
    *_lines(ALSO, "also"),
    *_lines(UNCLEAR, "unclear"),
]


def test_there_are_enough_answers_to_judge_by():
    assert len({text for text, _ in ANSWERS}) >= 140


@pytest.mark.parametrize(("text", "kind"), ANSWERS)
def test_an_answer_is_read_as_a_careful_clerk_would(words, text, kind):
    assert read_answer(text, PENDING, words).kind == kind


def test_a_yes_to_another_order_is_asked_again(words):
    assert read_answer("Yes, return #W2000002", PENDING, words).kind == "unclear"
    assert read_answer("Yes, return #W1000001", PENDING, words).kind == "yes"


def test_a_yes_after_an_hour_is_asked_again(words):
    asked = now()
    pending = PENDING.model_copy(update={"asked_at": asked})
    assert read_answer("yes", pending, words, at=asked + timedelta(minutes=5)).kind == "yes"
    assert read_answer("yes", pending, words, at=asked + timedelta(hours=1)).kind == "unclear"
    assert read_answer("yes, and where is my lamp?", pending, words, at=asked + timedelta(hours=1)).kind == "unclear"


def test_a_no_after_an_hour_is_a_no(words):
    asked = now()
    pending = PENDING.model_copy(update={"asked_at": asked})
    assert read_answer("no", pending, words, at=asked + timedelta(hours=1)).kind == "no"


def test_what_goes_beyond_the_answer_is_handed_on(words):
    assert read_answer("yes, and also cancel my lamp order", PENDING, words).rest == "and also cancel my lamp order"
    assert "paypal" in read_answer("yes but use my paypal", PENDING, words).rest
    assert "blue" in read_answer("no, the blue one", PENDING, words).rest


def test_an_empty_answer_is_unclear(words):
    assert read_answer("  ...", PENDING, words).kind == "unclear"


def test_cancel_it_is_a_yes_only_to_a_cancellation(words):
    cancellation = PendingAction(tool="cancel_order", args={"order_id": "#W1", "reason": "no longer needed"})
    for text in ("Please cancel it", "Yes, cancel it", "cancel that"):
        assert read_answer(text, cancellation, words).kind == "yes"
        assert read_answer(text, PENDING, words).kind != "yes"


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("That is all I know.", True),
        ("that's everything I remember, sorry", True),
        ("I don't know", True),
        ("Sorry, I can't say.", True),
        ("No idea!", True),
        ("That's all, thanks.", False),
        ("Thank you", False),
        ("I don't know, the red one I think", False),
        ("I don't know why it was sent there, cancel it", False),
        ("The blue one", False),
        ("", False),
    ],
)
def test_a_customer_who_can_not_tell_is_told_from_one_who_has_finished(words, text, is_so):
    assert knows_no_more(text, words) is is_so


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("Do you need anything else from me?", True),
        ("OK. What do you need to know?", True),
        ("Which details do you need for that? Thanks", True),
        ("What should I send you?", True),
        ("Do you need a receipt for a return?", False),
        ("What do you need to run the router?", False),
        ("Do you need anything else from me? It is #V1156.", False),
    ],
)
def test_a_question_about_what_the_desk_wants_to_know_is_told_from_others(words, text, is_so):
    assert asks_back(text, words) is is_so
