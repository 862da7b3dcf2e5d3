"""Customers as people: found, linked, merged with a way back, handed out and deleted for good."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from cxdesk.agent import Listener
from cxdesk.desk import Desk
from cxdesk.domain import (
    Customer,
    DraftState,
    Identity,
    IdentityLevel,
    Invalid,
    Order,
    OrderItem,
    Refused,
    Role,
    Ticket,
)
from cxdesk.llm.toy import ToyEmbedder
from cxdesk.store import Store

ADA, BO = "ada", "bo"


@pytest.fixture
def desk(data_dir):
    with Desk.open(data_dir, model="none", embedder=ToyEmbedder()) as opened:
        put_person(opened.store, ADA, "Ada Marsh", "ada@example.com", "#K1001")
        put_person(opened.store, BO, "Bo Lund", "bo@example.com", "#K2002")
        yield opened


def put_person(store: Store, customer_id: str, name: str, email: str, order_id: str) -> None:
    store.customers.put(Customer(id=customer_id, name=name, email=email, phone="+44 20 5550 0101"))
    item = OrderItem(line_no=1, item_id="cup", product_name="Cup", price=Decimal("150"))
    order = Order(id=order_id, customer_id=customer_id, status="shipped", total=Decimal("150.00"), items=(item,))
    store.orders.put_many([order])


def written(desk: Desk, customer: str | None, text: str) -> str:
    """A closed conversation with one message; its id."""
    turn = desk.ask(text, customer=customer)
    desk.close_conversation(turn.conversation)
    return turn.conversation


def dump(store: Store) -> dict[str, list[str]]:
    """Every row of every table, but for the moment at which profiles were made."""
    tables = [row["table_name"] for row in store._database.rows("SELECT table_name FROM duckdb_tables()")]
    found = {table: store._database.rows(f"SELECT COLUMNS(*)::VARCHAR FROM {table}") for table in tables}
    return {t: sorted(json.dumps({**row, "rolled_up_at": ""}) for row in rows) for t, rows in found.items()}


# ---------------------------------------------------------------- finding


def test_a_person_is_found_by_name_email_id_or_order_number(desk):
    for text in ("marsh", "ADA@example", "ada", "K1001", "#k1001"):
        assert [row.customer.id for row in desk.customers.search(text)] == [ADA], text
    assert [row.customer.id for row in desk.customers.search()] == [ADA, BO]
    assert desk.customers.search("nobody of this name") == []


def test_the_list_shows_tier_spend_and_open_tickets(desk):
    desk.store.tickets.put(Ticket(id="T-1", customer_id=ADA, subject="Broken cup"))
    written(desk, ADA, "Where is my order?")
    row = desk.customers.search("ada")[0]
    assert (row.tier, row.total_spend, row.open_tickets, row.sessions) == ("silver", Decimal("150.00"), 1, 1)
    assert [row.customer.id for row in desk.customers.search(tier="silver")] == [ADA]
    assert desk.customers.search(at_risk=True) == []


def test_a_customer_without_a_profile_has_no_tier_rather_than_the_lowest(desk):
    assert desk.customers.search("bo")[0].tier is None
    assert desk.customers.search(tier="standard") == []
    desk.memory.scheduler.run("rollup")
    assert {row.customer.id: row.tier for row in desk.customers.search()} == {ADA: "silver", BO: "silver"}


def test_the_page_has_the_course_of_the_mood_and_all_that_is_the_persons(desk):
    talk = written(desk, ADA, "Where is my order #K1001? This is terrible service.")
    person = desk.customers.page(ADA)
    assert [order.id for order in person.orders] == ["#K1001"]
    assert [each.id for each in person.conversations] == [talk]
    assert person.conversations[0].mood_start == person.conversations[0].mood_end < 0
    assert person.profile.sessions == 1
    with pytest.raises(Invalid, match="'nobody'"):
        desk.customers.page("nobody")


# ---------------------------------------------------------------- linking


def test_a_linked_conversation_counts_for_the_customer_and_can_be_taken_back(desk):
    talk = written(desk, None, "Do you ship to Norway?")
    undo = desk.customers.link(talk, ADA)
    assert desk.customers.page(ADA).profile.sessions == 1
    undo()
    assert desk.customers.page(ADA).profile.sessions == 0
    assert desk.store.conversations.get(talk).customer_id is None


def test_linking_proves_nothing_of_the_writer(desk):
    guest, other = written(desk, None, "Hello"), written(desk, BO, "Hello")
    for talk in (guest, other):
        desk.customers.link(talk, ADA)
        assert desk.store.conversations.get(talk).identity == Identity()


def test_a_conversation_is_linked_to_nobody_who_does_not_exist(desk):
    with pytest.raises(Invalid, match="'nobody'"):
        desk.customers.link(written(desk, None, "Hello"), "nobody")
    with pytest.raises(Invalid, match="'c_none'"):
        desk.customers.link("c_none", ADA)


# ---------------------------------------------------------------- merging


def history_of(desk: Desk, customer: str) -> None:
    talk = written(desk, customer, "I prefer e-mail. Where is my order?")
    desk.memory.learn(talk)
    desk.store.tickets.put(Ticket(id=f"T-{customer}", customer_id=customer, subject="Broken", conversation_id=talk))
    desk.memory.profile(customer)


def test_all_of_a_merged_person_goes_to_the_one_who_is_kept(desk):
    history_of(desk, ADA)
    history_of(desk, BO)
    desk.customers.merge(ADA, BO)
    person = desk.customers.page(ADA)
    assert {order.id for order in person.orders} == {"#K1001", "#K2002"}
    assert {ticket.id for ticket in person.tickets} == {"T-ada", "T-bo"}
    assert (len(person.conversations), person.profile.sessions) == (2, 2)
    assert [fact.text for fact in person.facts] == ["prefers e-mail"]  # which both had told
    assert [row.customer.id for row in desk.customers.search()] == [ADA]
    assert desk.store.profiles.find(BO) is None
    moved = [desk.store.conversations.get(talk.id).identity for talk in person.conversations]
    assert moved == [Identity(level=IdentityLevel.verified, customer_id=ADA, proofs=("signed_in",))] * 2


def test_a_writer_proves_who_they_are_by_the_address_that_was_merged_away(desk):
    desk.customers.merge(ADA, BO)
    turn = desk.ask("Where is my order #K1001? My e-mail address is bo@example.com.")
    assert (turn.identity.level, turn.identity.customer_id) == (IdentityLevel.verified, ADA)
    assert desk.find_customer(BO).id == desk.find_customer("Bo@example.com").id == ADA
    assert [row.customer.id for row in desk.customers.search("bo@example.com")] == [ADA]


def test_the_merged_away_address_of_one_customer_does_not_leave_to_another(desk):
    put_person(desk.store, "cy", "Cy Dorn", "cy@example.com", "#K3003")
    desk.customers.merge(ADA, BO)
    told = "You can reach us, or write to bo@example.com."
    assert desk.agent.outbound.check_for("cy", [])(told)
    assert not desk.agent.outbound.check_for(ADA, [])(told)


def test_two_names_of_a_merged_person_are_shown_as_one_and_come_back_with_the_merge(desk):
    for customer, name in ((ADA, "Sam"), (BO, "Alex")):
        written(desk, customer, f"Please call me {name}.")
    undo = desk.customers.merge(ADA, BO)
    assert [fact.text for fact in desk.customers.page(ADA).facts] == ["wants to be called Alex"]
    assert "wants to be called Sam" not in desk.memory.for_prompt(ADA)
    undo()
    assert [fact.text for fact in desk.memory.facts(ADA)] == ["wants to be called Sam"]
    assert [fact.text for fact in desk.memory.facts(BO)] == ["wants to be called Alex"]


def test_undoing_a_merge_puts_every_row_back_exactly_even_after_a_restart(desk):
    for customer in (ADA, BO):
        history_of(desk, customer)
    before = dump(desk.store)
    desk.customers.merge(ADA, BO)()
    assert dump(desk.store) == before
    desk.customers.merge(BO, ADA)
    desk.close()
    with Desk.open(desk.data_dir, model="none", embedder=ToyEmbedder()) as again:
        (merge,) = again.customers.merges(BO)
        again.customers.undo_merge(merge.id)
        assert dump(again.store) == before


def test_what_came_after_a_merge_stays_with_the_person_who_was_kept(desk):
    undo = desk.customers.merge(ADA, BO)
    later = written(desk, ADA, "Hello again")
    undo()
    assert [talk.id for talk in desk.customers.page(ADA).conversations] == [later]
    assert desk.customers.page(BO).conversations == ()


def test_merges_are_undone_in_the_reverse_order(desk):
    put_person(desk.store, "cy", "Cy Dorn", "cy@example.com", "#K3003")
    first, second = desk.customers.merge(ADA, BO), desk.customers.merge("cy", ADA)
    with pytest.raises(Refused, match="Undo 'g_"):
        first()
    second()
    first()
    assert {row.customer.id for row in desk.customers.search()} == {ADA, BO, "cy"}


def test_a_merge_is_not_undone_when_the_email_has_become_somebody_elses(desk):
    undo = desk.customers.merge(ADA, BO)
    put_person(desk.store, "new", "Bo Again", "BO@example.com", "#K9")
    with pytest.raises(Refused, match="'new'"):
        undo()


def test_nobody_is_merged_with_themselves_or_with_nobody(desk):
    for other in (ADA, "nobody"):
        with pytest.raises(Invalid, match=other):
            desk.customers.merge(ADA, other)
    assert desk.customers.merges(ADA) == []


# ---------------------------------------------------------------- handing out and deleting


def test_wordings_that_were_learned_from_a_person_go_with_them(demo_desk):
    desk, store = demo_desk, demo_desk.store
    person, order = next((p, own[0]) for p in store.customers.all() if (own := store.orders.of_customer(p.id)))
    talk = desk.start_conversation(person.id)
    desk.copilot.prepare(desk.copilot.receive(talk.id, f"Where is my order {order.id}?"), Listener())
    draft = store.drafts.open_for(talk.id)
    desk.copilot.edit(draft.id, f"Let us see: your order {order.id} is {order.status}, as of today.")
    assert len(store.canned.wordings.all()) == 1
    desk.customers.delete(person.id)
    assert store.canned.wordings.all() == []


NAME, EMAIL, ORDER = "Quendrith Valmorsey", "quendrith@valmorsey.example", "#ZX-77812"
WORDS = ("flibbertigib", "whimsicalloway", "gorbledunk", "snickersnacking", "marblequartz", "tuppencehat")


@pytest.fixture
def known(demo_desk):
    """A desk on which a person has left traces everywhere: messages, runs, drafts, wordings, facts, tickets, merges."""
    desk, store = demo_desk, demo_desk.store
    put_person(store, "quen_7", NAME, EMAIL, ORDER)
    store.customers.put(Customer(id="quen_old", name="Quen Valmorsey", email="old@valmorsey.example"))
    old = written(desk, "quen_old", f"My old parcel {WORDS[5]} never came")
    desk.customers.merge("quen_7", "quen_old")
    turn = desk.ask(f"I prefer e-mail, and my daughter is allergic to {WORDS[0]}. Where is {ORDER}?", customer="quen_7")
    desk.memory.learn(turn.conversation)
    made = store.drafts.create(turn.conversation, turn.run, f"The curtain of {WORDS[1]} is there.")
    store.drafts.decide(made.id, DraftState.edited, f"The {WORDS[2]} will be there.")
    store.canned.wordings.learn(
        "order_status",
        f"Where is the {WORDS[1]}?",
        f"The {WORDS[2]} comes.",
        vector=[1.0, 0.0],
        embedder="toy",
        conversation_id=turn.conversation,
    )
    handed = desk.ask(f"Let me talk to a human about the {WORDS[3]}!", turn.conversation)
    store.tickets.put(Ticket(id="T-90210", customer_id="quen_7", subject=f"About {WORDS[4]}", conversation_id=old))
    desk.intent_examples.add("refund", f"I want my money back for the {WORDS[4]}")
    desk.ask(f"I want my money back for the {WORDS[4]}", turn.conversation)
    desk.history.learn()
    guest = desk.ask(f"{NAME} told me that {ORDER} came late, where is mine?")
    desk.close_conversation(turn.conversation)
    desk.overview.recent_turns()
    assert handed.decision.kind == "handoff"
    return desk, guest.conversation


def test_what_is_handed_out_names_every_kind_of_row(known):
    desk, _ = known
    kept = json.loads(json.dumps(desk.customers.export("quen_7")))
    expected = {"customers", "orders", "order_items", "tickets", "conversations", "messages", "runs", "drafts", "audit"}
    assert expected | {"handoffs", "wordings", "facts", "insights", "profiles", "merges"} <= kept.keys()
    told = json.dumps(kept)
    assert all(word in told for word in (NAME, EMAIL, ORDER, *WORDS))
    assert {row["customer_id"] for row in kept["conversations"]} == {"quen_7"}


def test_a_deleted_person_is_in_no_file_of_the_desk(known):
    desk, guest = known
    rest = desk.store.customers.count()
    deleted = desk.customers.delete("quen_7")
    assert deleted.rows["customers"] == 1
    assert deleted.rows["messages"] > 4
    assert desk.store.customers.count() == rest - 1
    (kept, *_) = desk.store.conversations.messages(guest)
    assert kept.text == "[deleted] told me that [deleted] came late, where is mine?"
    desk.close()
    sought = [NAME, EMAIL, ORDER.lstrip("#"), "quen_7", "quen_old", "old@valmorsey.example", "T-90210", *WORDS]
    assert found_in_files(desk.data_dir, sought) == []


def test_the_search_through_the_files_would_find_a_person_who_was_not_deleted(known):
    desk, _ = known
    desk.close()
    found = {word for _, word in found_in_files(desk.data_dir, [NAME, EMAIL, ORDER.lstrip("#"), *WORDS])}
    assert {NAME, EMAIL, ORDER.lstrip("#")} <= found
    assert len(found) > 6  # DuckDB compresses some texts


def test_a_desk_that_was_killed_after_a_deletion_wipes_the_file_when_it_opens(known):
    desk, _ = known
    desk.customers.delete("quen_7")
    desk.store._database.close()  # as a kill leaves it: not wiped
    assert found_in_files(desk.data_dir, [EMAIL])
    with Store.open(desk.data_dir / "desk.duckdb") as store:
        assert not store.personal.waits_for_wipe()
        store.conversations.add_message(store.conversations.recent()[0].id, Role.customer, "Still working")
    assert found_in_files(desk.data_dir, [EMAIL]) == []


def test_other_people_keep_all_that_is_theirs_when_one_is_deleted(desk):
    history_of(desk, ADA)
    before = {table: rows for table, rows in dump(desk.store).items() if table != "migrations"}
    history_of(desk, BO)
    desk.customers.delete(BO)
    put_person(desk.store, BO, "Bo Lund", "bo@example.com", "#K2002")
    after = dump(desk.store)
    desk.store._database.rows("SELECT 1")
    for table in ("messages", "runs", "facts", "insights", "profiles", "tickets", "audit", "message_terms"):
        assert after[table] == before[table], table


def test_what_was_deleted_is_written_down_without_the_person(known):
    desk, _ = known
    desk.customers.delete("quen_7")
    (erasure,) = desk.store.personal.erasures()
    told = erasure.model_dump_json()
    assert erasure.rows["orders"] == 1
    assert not any(word in told for word in (NAME, EMAIL, "quen_7"))


def test_a_short_number_of_an_order_does_not_strike_amounts_out(desk):
    put_person(desk.store, "cy", "Cy Dorn", "cy@example.com", "1500")
    talk = written(desk, BO, "I paid 1500 dollars in 2025, is order #1500 mine?")
    desk.customers.delete("cy")
    said = desk.store.conversations.messages(talk)[0].text
    assert said == "I paid 1500 dollars in 2025, is order [deleted] mine?"


def found_in_files(folder: Path, words: list[str]) -> list[tuple[str, str]]:
    """Every file with every word that stands in it, in whatever case."""
    contents = {file: file.read_bytes().lower() for file in folder.rglob("*") if file.is_file()}
    return [(file.name, word) for file, text in contents.items() for word in words if word.lower().encode() in text]
