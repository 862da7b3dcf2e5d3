import pytest

from cxdesk.agent.wishes import Lexicon, heard_intent
from cxdesk.settings import bundled


@pytest.fixture(scope="module")
def lexicon():
    return Lexicon.load(bundled("resources/wishes.toml"))


def own_products(text):
    return frozenset(name for name in ("lamp", "mat", "kettle") if name in text.casefold())


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Can I get rid of #W1000001? My son clicked.", "cancel_order"),
        ("kill W1000001 for me", "cancel_order"),
        ("I want order #W1000001 stopped!!", "cancel_order"),
        ("cansel my order plz", "cancel_order"),
        ("Could we call the whole order off", "cancel_order"),
        ("Would it be possible to take the mat off my order?", "cancel_order"),
        ("The lamp hums. Can it go back?", "return_items"),
        ("I want my money back for the kettle", "return_items"),
        ("I'm giving the lamp back", "return_items"),
        ("retrun the lamp", "return_items"),
        ("Could I have the mat exchanged (#W1000001)?", "exchange_items"),
        ("could you exchnge the mat", "exchange_items"),
        ("Can my lamp be in red instead?", "change_order"),
        ("make the lamp black", "change_order"),
        ("That mat is thin - I'd rather have the thick one", "change_order"),
        ("can I pay #W1000001 with paypal instead", "change_order"),
        ("Bill my PayPal for #W1000001", "change_order"),
        ("The lamp is rubbish. Money back. Now.", "return_items"),
        ("Bin the order please", "cancel_order"),
        ("My email is wrong, should be ann@example.com", "change_account"),
        ("charge my visa for the lamp, not paypal", "change_order"),
        ("put #W1000001 on my gift card", "change_order"),
        ("My new address is 5 Elm Way, Boise, ID 83701. Use it for #W1000001", "change_address"),
        ("We moved to 5 Elm Way, Boise, ID 83701. Update my profile please.", "change_address"),
    ],
)
def test_a_wish_is_heard_by_its_words(lexicon, text, intent):
    assert heard_intent(text, lexicon, own_products) == intent


@pytest.mark.parametrize(
    "text",
    [
        "How do I return the lamp?",
        "When can I cancel my order?",
        "Can I still return the lamp? I opened it.",
        "Did you cancel my order?",
        "Has my order been cancelled?",
        "I have returned the lamp, where is my money?",
        "What does your money back guarantee cover?",
        "Please un-cancel #W1000001",
        "Is the lamp dimmable?",
        "Where is #W1000001?",
        "Can I change the world?",
        "My horoscope is cancer, not leo",
        "If my sister calls, cancel my order",
    ],
)
def test_a_question_is_not_heard_as_a_wish(lexicon, text):
    assert heard_intent(text, lexicon, own_products) is None


@pytest.mark.parametrize(
    "text", ["I want my money back, this lamp is a joke", "When do I get my money back for the lamp?"]
)
def test_who_wants_the_money_or_asks_for_it_does_not_send_back_a_thing(lexicon, text):
    assert heard_intent(text, lexicon, own_products) is None
