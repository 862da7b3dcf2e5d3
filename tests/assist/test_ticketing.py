"""What people do with tickets, over the demo desk's own data."""

import pytest

from cxdesk.assist import Ticketing
from cxdesk.domain import Customer, Identity, Invalid, Order, Refused, Role, Ticket, TicketFilter, TicketStatus
from cxdesk.store import Store


@pytest.fixture
def store():
    with Store.open(None) as opened:
        opened.customers.put_many(
            [
                Customer(id="ada", name="Ada Márquez", email="ada@example.com"),
                Customer(id="bo", name="Bo Lund", email="bo@example.com"),
            ]
        )
        opened.orders.put(Order(id="#K1", customer_id="ada", status="delivered", total="30.50"))
        opened.orders.put(Order(id="#K2", customer_id="ada", status="pending", total="9"))
        opened.tickets.put_many(
            [
                Ticket(
                    id="T-1", customer_id="ada", order_id="#K1", subject="Broken cup", created_at="2026-01-01T08:00"
                ),
                Ticket(
                    id="T-2", customer_id="ada", subject="Cup again", priority="high", created_at="2026-01-02T08:00"
                ),
                Ticket(id="T-3", customer_id="bo", subject="Late parcel", status="closed", category="shipping"),
                Ticket(id="T-4", customer_id="ada", subject="The same cup", created_at="2026-01-03T08:00"),
            ]
        )
        yield opened


@pytest.fixture
def told():
    return []


@pytest.fixture
def tickets(store, told):
    return Ticketing(store, told.append)


def everything(store):
    """All rows that tickets are made of, as they are kept, but for what was done."""
    database = store._database
    return [
        database.rows("SELECT * FROM tickets ORDER BY key"),
        database.rows("SELECT * FROM ticket_notes ORDER BY seq"),
    ]


def ids(lines):
    return [line.id for line in lines]


# ---------------------------------------------------------------- finding


def test_tickets_come_by_urgency_with_what_is_done_at_the_end(tickets):
    assert ids(tickets.find()) == ["T-2", "T-1", "T-4", "T-3"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"status": "closed"}, ["T-3"]),
        ({"priority": "high"}, ["T-2"]),
        ({"category": "shipping"}, ["T-3"]),
        ({"customer_id": "bo"}, ["T-3"]),
        ({"open_only": True}, ["T-2", "T-1", "T-4"]),
        ({"words": "CUP marquez"}, ["T-2", "T-1", "T-4"]),
        ({"words": "#k1"}, ["T-1"]),
        ({"words": "cup parcel"}, []),
        ({"assignee": ""}, ["T-2", "T-1", "T-4", "T-3"]),
        ({"assignee": "Kim"}, []),
    ],
)
def test_tickets_are_found_by_every_filter(tickets, wanted, found):
    wanted = TicketFilter(**wanted)
    assert ids(tickets.find(wanted)) == found
    assert tickets.count(wanted) == len(found)


@pytest.mark.parametrize("sort", ["urgency", "id", "subject", "customer", "status", "priority", "category", "age"])
def test_pages_and_places_agree_in_every_order(tickets, sort):
    for backwards in (False, True):
        order = ids(tickets.find(sort=sort, backwards=backwards))
        pages = [ids(tickets.find(sort=sort, backwards=backwards, limit=1, offset=at)) for at in range(4)]
        assert [each[0] for each in pages] == order
        assert [tickets.place(each, sort=sort, backwards=backwards) for each in order] == [0, 1, 2, 3]


def test_a_ticket_that_the_filter_leaves_out_has_no_place(tickets):
    assert tickets.place("T-3", TicketFilter(open_only=True)) is None


# ---------------------------------------------------------------- fields


def test_every_change_is_kept_with_who_when_and_both_values(tickets, store):
    tickets.assign(["T-1"], "Kim", by="Noa")
    tickets.set_priority(["T-1"], "urgent", by="Noa")
    changes = tickets.detail("t-1").changes
    assert [(c.before["assignee"], c.after["assignee"], c.by) for c in changes[:1]] == [(None, "Kim", "Noa")]
    assert [(c.before["priority"], c.after["priority"]) for c in changes[1:]] == [("normal", "urgent")]
    rows = store._database.rows("SELECT * FROM audit ORDER BY seq")
    assert [(row["tool"], row["args"]["by"], row["args"]["tickets"]) for row in rows] == [
        ("assign_ticket", "Noa", ["T-1"]),
        ("set_ticket_priority", "Noa", ["T-1"]),
    ]


def test_setting_what_is_so_already_is_no_change(tickets):
    assert tickets.set_priority(["T-1"], "normal") is None
    assert tickets.detail("T-1").changes == ()


def test_several_tickets_are_closed_at_once_and_reopened_by_one_undo(tickets, store):
    before = everything(store)
    change = tickets.close(["T-1", "T-2", "T-3"], by="Kim")
    assert tickets.count(TicketFilter(open_only=True)) == 1
    tickets.undo(change)
    assert everything(store) == before


def test_a_closed_ticket_is_reopened(tickets):
    tickets.reopen(["T-3"])
    assert tickets.detail("T-3").ticket.status is TicketStatus.open


@pytest.mark.parametrize(
    "act",
    [
        lambda tickets: tickets.assign(["T-1"], "Kim"),
        lambda tickets: tickets.set_priority(["T-1", "T-2"], "low"),
        lambda tickets: tickets.set_status(["T-1"], TicketStatus.waiting),
        lambda tickets: tickets.set_category(["T-1"], "returns"),
        lambda tickets: tickets.edit("T-1", subject="A cup in two", description="With its handle off."),
        lambda tickets: tickets.add_note("T-1", "Photo asked for."),
        lambda tickets: tickets.merge("T-1", ["T-2", "T-4"]),
        lambda tickets: tickets.undo_of(tickets.create("New one", customer_id="ada").id),
    ],
)
def test_undo_leaves_everything_as_it_was(tickets, store, act):
    before = everything(store)
    change = act(tickets)
    assert everything(store) != before
    tickets.undo(change)
    assert everything(store) == before


def test_what_was_changed_again_since_is_not_undone(tickets):
    change = tickets.set_priority(["T-1"], "low")
    tickets.set_priority(["T-1"], "urgent")
    with pytest.raises(Refused, match="T-1 was changed again since .priority."):
        tickets.undo(change)
    assert tickets.detail("T-1").ticket.priority == "urgent"


def test_an_undo_leaves_alone_what_else_was_done_since(tickets):
    change = tickets.set_priority(["T-1"], "low")
    tickets.assign(["T-1"], "Kim")
    tickets.undo(change)
    ticket = tickets.detail("T-1").ticket
    assert (ticket.priority, ticket.assignee) == ("normal", "Kim")


def test_nothing_is_taken_back_twice(tickets):
    change = tickets.close(["T-1"])
    tickets.undo(change)
    with pytest.raises(Refused, match="taken back already"):
        tickets.undo(change)


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda t: t.set_priority(["T-1"], "huge"), "no priority 'huge'"),
        (lambda t: t.add_note("T-1", " \n"), "note is empty"),
        (lambda t: t.edit("T-1", subject=" ", description="x"), "no subject"),
        (lambda t: t.close(["T-99"]), "No ticket 'T-99'"),
        (lambda t: t.merge("T-1", ["T-1"]), "alone"),
        (lambda t: t.split("T-1", [], "x"), "Choose notes"),
        (lambda t: t.create("x", customer_id="ada", order_id="#K9"), "No order '#K9'"),
        (lambda t: t.create("x", customer_id="cleo"), "No customer 'cleo'"),
        (lambda t: t.create("x", priority="huge"), "no priority"),
    ],
)
def test_wrong_input_is_named_and_changes_nothing(tickets, store, act, said):
    before = everything(store)
    with pytest.raises(Invalid, match=said):
        act(tickets)
    assert everything(store) == before


# ---------------------------------------------------------------- merging and splitting


def test_merged_tickets_are_one_for_everybody_with_all_their_notes(tickets, store):
    tickets.add_note("T-2", "Second report.", by="Kim")
    tickets.merge("T-1", ["T-2"])
    tickets.add_note("T-2", "Written to the old number.")
    assert "T-2" not in ids(tickets.find())
    assert [ticket.id for ticket in store.tickets.of_customer("ada")] == ["T-4", "T-1"]
    assert "T-2" not in [ticket.id for ticket in store.tickets.open()]
    detail = tickets.detail("T-2")
    assert detail.ticket.id == "T-1"
    assert [ticket.id for ticket in detail.merged] == ["T-2"]
    assert [note.text for note in detail.notes] == ["Second report.", "Written to the old number."]
    assert store.tickets.find("t-2", "ada").id == "T-1"


def test_the_customers_own_questions_show_merged_tickets_once(tickets, store):
    tickets.merge("T-1", ["T-2", "T-4"])
    rows = store.queries.run("SELECT id FROM tickets", {}, "ada", columns={})
    assert [row["id"] for row in rows] == ["T-1"]


def test_a_merge_of_merges_is_undone_step_by_step(tickets, store):
    before = everything(store)
    first = tickets.merge("T-2", ["T-4"])
    between = everything(store)
    second = tickets.merge("T-1", ["T-2"])
    assert {ticket.id for ticket in tickets.detail("T-1").merged} == {"T-2", "T-4"}
    tickets.undo(second)
    assert everything(store) == between
    tickets.undo(first)
    assert everything(store) == before


def test_a_merge_keeps_what_was_written_after_it_when_it_is_undone(tickets):
    change = tickets.merge("T-1", ["T-2"])
    tickets.add_note("T-1", "For both.")
    tickets.undo(change)
    assert [note.text for note in tickets.detail("T-1").notes] == ["For both."]
    assert tickets.detail("T-2").notes == ()


def test_tickets_of_different_customers_are_not_merged(tickets, store):
    before = everything(store)
    with pytest.raises(Refused, match="different customers"):
        tickets.merge("T-1", ["T-3"])
    assert everything(store) == before


def test_a_merge_is_undone_after_a_restart(tmp_path):
    with Store.open(tmp_path / "a.duckdb") as store:
        store.tickets.put_many([Ticket(id="T-1", subject="A"), Ticket(id="T-2", subject="B")])
        before = everything(store)
        change = Ticketing(store, print).merge("T-1", ["T-2"])
    with Store.open(tmp_path / "a.duckdb") as store:
        again = Ticketing(store, print)
        assert again.undo_of("T-1") == change
        again.undo(change)
        assert everything(store) == before


def test_notes_are_split_off_into_a_new_ticket_and_put_back(tickets, store):
    tickets.add_note("T-1", "About the cup.")
    tickets.add_note("T-1", "And the plate is late.")
    before = everything(store)
    notes = tickets.detail("T-1").notes
    fresh = tickets.split("T-1", [notes[1].id], "Late plate", by="Kim")
    assert (fresh.subject, fresh.customer_id, fresh.order_id) == ("Late plate", "ada", "#K1")
    assert [note.text for note in tickets.detail("T-1").notes] == ["About the cup."]
    assert [note.text for note in tickets.detail(fresh.id).notes] == ["And the plate is late."]
    tickets.undo(tickets.undo_of(fresh.id))
    assert everything(store) == before


def test_a_new_ticket_that_was_worked_on_is_not_undone(tickets):
    fresh = tickets.create("Late plate", customer_id="ada")
    change = tickets.undo_of(fresh.id)
    tickets.add_note(fresh.id, "Called them.")
    with pytest.raises(Refused, match=f"{fresh.id} was worked on"):
        tickets.undo(change)
    assert tickets.detail(fresh.id).notes[0].text == "Called them."


# ---------------------------------------------------------------- what the desk does for the customer


def test_a_status_set_by_the_desk_stands_in_the_history(tickets, store):
    ticket = store.tickets.find("T-1", "ada")
    store.tickets.save(ticket.model_copy(update={"status": TicketStatus.resolved}), "ada")
    assert [(c.author, c.after["status"]) for c in tickets.detail("T-1").changes] == [("desk", "resolved")]


def test_conversations_hear_of_their_tickets(tickets, told):
    fresh = tickets.create("About a talk", conversation_id="c_1")
    tickets.close([fresh.id])
    tickets.close(["T-1"])
    assert told == ["c_1", "c_1"]


# ---------------------------------------------------------------- from a conversation


def test_a_ticket_is_drafted_from_the_last_message_with_its_order(tickets, store):
    talk = store.conversations.create("Ada Márquez", "ada", Identity())
    store.conversations.add_message(talk.id, Role.customer, "Hello there")
    store.conversations.add_message(
        talk.id, Role.customer, "The handle of the cup from k1 came off. " + "It was well packed though, " * 5
    )
    draft = tickets.draft_from(talk.id)
    assert (draft.order_id, draft.customer_id, draft.conversation_id) == ("#K1", "ada", talk.id)
    assert draft.subject == "The handle of the cup from k1 came off"
    assert draft.description.startswith("The handle of the cup")
    assert tickets.count() == 4


def test_no_order_is_guessed(tickets, store):
    talk = store.conversations.create("Ada Márquez", "ada", Identity())
    store.conversations.add_message(talk.id, Role.customer, "My cup is broken")
    assert tickets.draft_from(talk.id).order_id is None


def test_an_upset_customers_wish_is_drafted_as_pressing(demo_desk):
    customer = demo_desk.find_customer("maya.lindqvist@example.com")
    order = demo_desk.store.orders.of_customer(customer.id)[0]
    turn = demo_desk.ask(
        f"I want my money back for {order.id}!!! This is the third time, I am furious.", customer=customer.id
    )
    draft = demo_desk.tickets.draft_from(turn.conversation)
    assert (draft.order_id, draft.priority) == (order.id, "high")
    fresh = demo_desk.tickets.create(
        draft.subject, customer_id=draft.customer_id, order_id=draft.order_id, conversation_id=draft.conversation_id
    )
    assert demo_desk.tickets.detail(fresh.id).conversation.id == turn.conversation
