"""What is put is what is found, for any record whatsoever."""

from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from cxdesk.domain import (
    Address,
    Customer,
    Document,
    Fulfillment,
    Identity,
    Order,
    OrderItem,
    Payment,
    PaymentMethod,
    Product,
    Role,
    Ticket,
    Variant,
)
from cxdesk.store import Store

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
ids = texts.filter(str.strip)
amounts = st.decimals(min_value=0, max_value=10**10, places=4)
any_amounts = st.decimals(min_value=-(10**10), max_value=10**10, places=2)
moments = st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))
maybe_moments = st.none() | moments
options = st.dictionaries(texts, texts, max_size=3)
addresses = st.builds(Address, **dict.fromkeys(Address.model_fields, texts))

customers = st.builds(
    Customer,
    id=ids,
    name=texts,
    email=texts,
    phone=st.none() | texts,
    address=addresses,
    payment_methods=st.tuples(st.builds(PaymentMethod, id=ids, source=texts, balance=st.none() | any_amounts)),
    registered_at=maybe_moments,
)
items = st.lists(
    st.builds(
        OrderItem,
        line_no=st.integers(1, 99),
        item_id=ids,
        product_id=st.none() | ids,
        product_name=texts,
        options=options,
        price=amounts,
        quantity=st.integers(1, 99),
    ),
    max_size=3,
    unique_by=lambda item: item.line_no,
).map(lambda found: tuple(sorted(found, key=lambda item: item.line_no)))
orders = st.builds(
    Order,
    id=ids,
    customer_id=ids,
    status=texts,
    total=amounts,
    ship_to=addresses,
    payments=st.tuples(st.builds(Payment, kind=texts, amount=amounts)),
    fulfillments=st.tuples(st.builds(Fulfillment, tracking_ids=st.tuples(texts), item_ids=st.tuples(texts))),
    items=items,
    ordered_at=maybe_moments,
    shipped_at=maybe_moments,
    delivered_at=maybe_moments,
    expected_at=maybe_moments,
)
variants = st.lists(
    st.builds(Variant, item_id=ids, product_id=st.just("p"), options=options, available=st.booleans(), price=amounts),
    max_size=3,
    unique_by=lambda variant: variant.item_id,
).map(tuple)
products = st.builds(Product, id=st.just("p"), name=texts, description=texts, variants=variants)
tickets = st.builds(
    Ticket,
    id=ids,
    customer_id=ids,
    order_id=st.none() | texts,
    conversation_id=st.none() | texts,
    subject=texts,
    description=texts,
    created_at=maybe_moments,
    updated_at=maybe_moments,
)
documents = st.builds(Document, name=ids, title=texts, text=texts, content_hash=texts, source=texts, added_at=moments)
few = settings(max_examples=25, deadline=None)


@few
@given(customers)
def test_a_customer_round_trips(customer: Customer) -> None:
    with Store.open(None) as store:
        store.customers.put(customer)
        assert store.customers.find(customer.id) == customer
        assert store.customers.all() == [customer]
        assert store.customers.find_by_email(customer.email) in ([customer] if customer.email.strip() else [None])


@few
@given(orders)
def test_an_order_round_trips(order: Order) -> None:
    with Store.open(None) as store:
        store.orders.put(order)
        store.orders.put(order)
        assert store.orders.find(order.id, order.customer_id) == order
        assert store.orders.of_customer(order.customer_id) == [order]


@few
@given(products)
def test_a_product_round_trips(product: Product) -> None:
    with Store.open(None) as store:
        store.products.put(product)
        assert store.products.all() == [product]


@few
@given(tickets)
def test_a_ticket_round_trips(ticket: Ticket) -> None:
    with Store.open(None) as store:
        store.tickets.put(ticket)
        assert store.tickets.of_customer(ticket.customer_id or "") == [ticket]


@few
@given(documents)
def test_a_document_round_trips(document: Document) -> None:
    with Store.open(None) as store:
        store.documents.put(document)
        assert store.documents.find(document.name) == document


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)


@few
@given(st.dictionaries(texts, json_values, max_size=3), texts)
def test_a_turn_and_a_message_round_trip(turn: dict[str, object], text: str) -> None:
    with Store.open(None) as store:
        conversation = store.conversations.create(text, None, Identity())
        message = store.conversations.add_message(conversation.id, Role.customer, text)
        run = store.runs.start(conversation.id, message.id)
        store.runs.finish(run.id, turn)
        found = store.runs.find(run.id)
        assert found
        assert found.turn == turn
        assert store.conversations.messages(conversation.id) == [message]


@few
@given(st.lists(amounts, max_size=5))
def test_money_loses_no_digit(prices: list[Decimal]) -> None:
    lines = tuple(OrderItem(line_no=n, item_id="i", product_name="p", price=price) for n, price in enumerate(prices))
    order = Order(id="1", customer_id="c", status="new", total=sum(prices, Decimal(0)), items=lines)
    with Store.open(None) as store:
        store.orders.put(order)
        assert store.orders.find("1", "c") == order
