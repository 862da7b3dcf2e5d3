"""A small shop with two customers, and the rules of two shops."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from cxdesk.domain import (
    Address,
    Customer,
    Order,
    OrderItem,
    Payment,
    PaymentMethod,
    Product,
    Ticket,
    Variant,
)
from cxdesk.store import Store

HOME = Address(address1="1 Mill Lane", city="Leeds", country="UK", zip="00123")


def fill(store: Store) -> Store:
    """Ada has orders in every status; Bo has one of each that Ada must never touch."""
    store.products.put_many(
        [
            Product(
                id="cup",
                name="Cup",
                variants=tuple(
                    Variant(
                        item_id=f"cup-{color}",
                        product_id="cup",
                        options={"color": color},
                        available=color != "gold",
                        price=Decimal(price),
                    )
                    for color, price in (("red", "12.25"), ("blue", "10.00"), ("black", "15.00"), ("gold", "99.00"))
                ),
            ),
            Product(
                id="jar",
                name="Jar",
                variants=(
                    Variant(item_id="jar-1", product_id="jar", options={}, available=True, price=Decimal("6.00")),
                ),
            ),
        ]
    )
    store.customers.put_many(
        [
            Customer(
                id="ada",
                name="Ada Marsh",
                email="ada@example.com",
                address=HOME,
                payment_methods=(
                    PaymentMethod(id="paypal_1", source="paypal"),
                    PaymentMethod(id="card_1", source="credit_card", brand="visa", last_four="9761"),
                    PaymentMethod(id="gift_1", source="gift_card", balance=Decimal("17.50")),
                ),
            ),
            Customer(
                id="bo",
                name="Bo Lund",
                email="bo@example.com",
                address=HOME.model_copy(update={"zip": "00999"}),
                payment_methods=(PaymentMethod(id="gift_2", source="gift_card", balance=Decimal(500)),),
            ),
        ]
    )
    store.orders.put_many(
        [
            an_order("#K1", "pending"),
            an_order("#K2", "delivered"),
            an_order("#K3", "shipped"),
            an_order("#K4", "pending", paid_with="gift_1"),
            an_order("#K5", "pending", customer="bo", paid_with="gift_2"),
            an_order("#K6", "delivered", customer="bo", paid_with="gift_2"),
        ]
    )
    store.tickets.put_many(
        [
            Ticket(id="T-7", customer_id="ada", subject="Chipped cup"),
            Ticket(id="T-9", customer_id="bo", subject="Late parcel"),
        ]
    )
    return store


def an_order(order_id: str, status: str, customer: str = "ada", paid_with: str = "paypal_1") -> Order:
    """Two red cups and a jar, paid at once."""
    return Order(
        id=order_id,
        customer_id=customer,
        status=status,
        total=Decimal("30.50"),
        ship_to=HOME,
        payments=(Payment(kind="payment", amount=Decimal("30.50"), payment_method_id=paid_with),),
        items=(
            OrderItem(
                line_no=1,
                item_id="cup-red",
                product_id="cup",
                product_name="Cup",
                options={"color": "red"},
                price=Decimal("12.25"),
                quantity=2,
            ),
            OrderItem(line_no=2, item_id="jar-1", product_id="jar", product_name="Jar", price=Decimal("6.00")),
        ),
    )


@pytest.fixture
def small_shop() -> Iterator[Store]:
    with Store.open(None) as store:
        yield fill(store)


@pytest.fixture(scope="session")
def retail_rules_file() -> Path:
    return Path(__file__).parent.parent / "retail_rules.toml"
