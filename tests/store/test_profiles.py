from decimal import Decimal

from cxdesk.domain import Customer, now

TIERS = {"silver": Decimal(100), "gold": Decimal(500), "platinum": Decimal(2000)}


def roll_up(store, **scope):
    return store.profiles.roll_up(now(), currency="USD", tiers=TIERS, **scope)


def test_a_rollup_of_some_leaves_the_others(fresh_store):
    fresh_store.customers.put_many(
        [Customer(id=each, name=each, email=f"{each}@example.com") for each in ("ada", "bo")]
    )
    assert roll_up(fresh_store) == 2
    before = fresh_store.profiles.find("bo")
    assert roll_up(fresh_store, customer_ids=["ada", "nobody"]) == 1
    assert fresh_store.profiles.find("bo") == before
    assert [each.customer_id for each in fresh_store.profiles.all()] == ["ada", "bo"]


def test_an_empty_shop_rolls_up_to_nothing(fresh_store):
    assert roll_up(fresh_store) == 0
    assert fresh_store.profiles.at_risk() == []
