"""The customer's side: what a guest and a proved customer may see and do."""

import pytest

from cxdesk.domain import Audience, IdentityLevel, Invalid, Refused, Ticket


@pytest.fixture
def side(demo_desk):
    return demo_desk.customer_side()


@pytest.fixture
def ordering(demo_desk):
    """A customer with an order, and the order."""
    store = demo_desk.store
    return next((c, o) for c in store.customers.all() for o in store.orders.of_customer(c.id))


def proved(side, ordering):
    customer, order = ordering
    side.send(f"My e-mail is {customer.email} and my order is {order.id}. Where is it?")
    assert side.customer == customer
    return customer


def test_nothing_is_kept_before_a_guest_has_said_something(demo_desk, side):
    before = len(demo_desk.store.conversations.recent())
    assert side.messages() == ()
    assert side.identity.level is IdentityLevel.unknown
    with pytest.raises(Invalid):
        side.send("   ")
    with pytest.raises(Invalid, match="nothing to rate"):
        side.rate(5)
    assert len(demo_desk.store.conversations.recent()) == before


def test_a_guest_is_answered_sentence_by_sentence(side):
    heard = []
    reply = side.send("Hello!", heard.append)
    assert reply.role == "desk"
    assert "".join(heard).replace(" ", "") == reply.text.replace(" ", "")
    assert [message.role for message in side.messages()] == ["customer", "desk"]


def test_a_conversation_goes_on_under_its_id(demo_desk, side):
    side.send("Hello!")
    again = demo_desk.customer_side(side.conversation)
    again.send("Thanks!")
    assert len(side.messages()) == 4
    with pytest.raises(Invalid, match="No conversation"):
        demo_desk.customer_side("c_none")


def test_once_a_person_has_taken_over_the_desk_leaves_the_answer_to_them(demo_desk, side):
    side.send("I want to talk to a person, please.")
    handovers = demo_desk.copilot.handovers
    assert handovers.current(side.conversation).state == "open"
    assert side.send("Are you still there?").role == "desk"
    handovers.accept(side.conversation, by="Kim")
    assert side.send("It is about my speaker.") is None
    assert side.messages()[-1].text == "It is about my speaker."
    assert [run.conversation_id for run in demo_desk.copilot.unfinished()] == [side.conversation]
    handovers.give_back(side.conversation, by="Kim")
    assert side.send("Thank you!").role == "desk"


def test_a_customer_who_is_done_closes_the_conversation_and_may_write_again(demo_desk, side):
    side.close()  # before anything was said
    side.send("Hello!")
    side.close()
    assert demo_desk.store.insights.find(side.conversation).closed_by == "customer"
    side.send("One more thing!")
    assert demo_desk.store.conversations.get(side.conversation).state == "open"


def test_a_customer_who_is_done_takes_nothing_from_a_person_of_the_desk(demo_desk, side):
    side.send("I want to talk to a human!")
    side.close()
    assert demo_desk.store.conversations.get(side.conversation).state == "handed_over"


def test_a_guest_sees_nothing_of_any_customer(side):
    side.send("Hello!")
    assert side.customer is None
    for own in (side.tickets, side.history):
        with pytest.raises(Refused, match="doesn't know yet"):
            own()


def test_a_customer_sees_their_own_tickets_and_no_others(demo_desk, side, ordering):
    customer, _ = ordering
    other = next(c for c in demo_desk.store.customers.all() if c.id != customer.id)
    demo_desk.store.tickets.add(Ticket(id="T-9001", customer_id=customer.id, subject="Mine", description="for staff"))
    demo_desk.store.tickets.add(Ticket(id="T-9002", customer_id=other.id, subject="Theirs"))
    proved(side, ordering)
    tickets = side.tickets()
    assert "T-9001" in {ticket.id for ticket in tickets}
    assert "T-9002" not in {ticket.id for ticket in tickets}
    assert "for staff" not in str(tickets)


def test_a_customer_sees_the_conversations_in_which_they_were_proved(demo_desk, side, ordering):
    customer, _ = ordering
    earlier = demo_desk.ask("Hello!", customer=customer.id)
    linked = demo_desk.store.conversations.create("Guest", customer.id, side.identity)
    proved(side, ordering)
    history = side.history()
    assert earlier.conversation in {past.id for past in history}
    assert not {linked.id, side.conversation} & {past.id for past in history}
    assert all(m.role in {"customer", "desk", "agent"} for past in history for m in past.messages)


def test_a_customer_rates_a_reply_and_the_conversation(demo_desk, side):
    reply = side.send("Hello!")
    side.rate(4, message_id=reply.id)
    side.rate(5, "good")
    assert [r.stars for r in demo_desk.store.ratings.of_conversation(side.conversation)] == [4, 5]
    with pytest.raises(Invalid, match="1 to 5"):
        side.rate(6)


def test_only_documents_for_customers_are_shown_and_found(demo_desk, side, tmp_path):
    for audience, word in ((Audience.internal, "zebra"), (Audience.public, "okapi")):
        file = tmp_path / f"{word}.md"
        file.write_text(f"# The {word}\n\nThe {word} rule about striped parcels.\n")
        demo_desk.knowledge.add([file], audience=audience)
    names = {document.name for document in side.documents()}
    assert "okapi.md" in names
    assert "zebra.md" not in names
    assert side.document("okapi.md").title
    for name in ("zebra.md", "none.md"):
        with pytest.raises(Invalid, match="There is no document"):
            side.document(name)
    found = {hit.passage.document for hit in side.search("zebra rule about striped parcels", k=20)}
    assert "okapi.md" in found
    assert "zebra.md" not in found


def test_whoever_is_at_the_desk_the_customer_is_answered(demo_desk, side):
    demo_desk.access.lock()
    assert side.send("Hello!").text


# ---------------------------------------------------------------- sign-up


def test_a_new_customer_signs_up_and_has_proved_nothing(demo_desk, side):
    customer = side.sign_up("Noa Fenn", "noa@example.com", "90210")
    assert demo_desk.store.customers.find_by_email("noa@example.com") == customer
    assert side.customer is None
    assert demo_desk.store.conversations.get(side.conversation).writer == "Noa Fenn"
    for words in ("noa@example.com and my postal code is 90210", "My name is Noa Fenn, postal code 90210"):
        demo = demo_desk.customer_side()
        demo.send(f"Show me my tickets. I am {words}")
        assert demo.identity.level is not IdentityLevel.verified


def test_an_order_proves_who_signed_up(demo_desk, side, ordering):
    customer = side.sign_up("Noa Fenn", "noa@example.com", "90210")
    _, order = ordering
    own = order.model_copy(update={"id": "#W9999999", "customer_id": customer.id, "items": ()})
    demo_desk.store.orders.put(own)
    demo_desk.shop_changed()
    side.send("My e-mail is noa@example.com and my order is #W9999999. Where is it?")
    assert side.customer == customer


def test_signing_up_under_anothers_name_spoils_nobodys_proof(demo_desk, side, ordering):
    customer, _ = ordering
    side.sign_up(customer.name, "noa@example.com", customer.address.zip)
    assert demo_desk.store.customers.find_by_name_and_zip(customer.name, customer.address.zip) == customer


def test_an_address_that_somebody_has_can_not_be_signed_up_again(demo_desk, side, ordering):
    customer, _ = ordering
    before = demo_desk.store.customers.count()
    with pytest.raises(Refused, match="There is a customer"):
        side.sign_up("Somebody Else", customer.email.upper(), "12345")
    assert demo_desk.store.customers.count() == before
    assert side.conversation is None


@pytest.mark.parametrize(
    ("name", "email", "zip", "told"),
    [
        (" ", "", "1", ["'name'", "'email'"]),
        ("=cmd()", "no address", "1", ["'name'", "'email'"]),
        ("A\x07", "a@b.c", "1", ["control"]),
        ("x" * 300, "a@b.c", "1", ["too long"]),
    ],
)
def test_entries_that_can_not_be_taken_are_all_named(demo_desk, side, name, email, zip, told):
    before = demo_desk.store.customers.count()
    with pytest.raises(Invalid) as refused:
        side.sign_up(name, email, zip)
    assert all(word in str(refused.value) for word in told)
    assert demo_desk.store.customers.count() == before
