"""People's rows: who answers to the address and the id of a customer who was merged into another."""

import pytest

from cxdesk.domain import Customer
from cxdesk.store import Store
from cxdesk.store.importers import find_customer_ids

ADA, BO, CY = "ada", "bo", "cy"


@pytest.fixture
def merged(fresh_store: Store) -> Store:
    """Bo was merged into Ada, and Ada into Cy."""
    people = [Customer(id=each, name=each.title(), email=f"{each}@example.com") for each in (ADA, BO, CY)]
    fresh_store.customers.put_many(people)
    fresh_store.people.merge(ADA, BO)
    fresh_store.people.merge(CY, ADA)
    return fresh_store


@pytest.mark.parametrize("name", ["bo", "BO@example.com", "ada", "ada@example.com", "cy", "cy@example.com"])
def test_every_name_of_a_merged_person_finds_the_one_who_was_kept_in_the_end(merged: Store, name: str):
    found = merged.customers.find_by_email_or_id(name)
    assert found is not None
    assert found.id == CY


def test_an_address_that_somebody_else_has_by_now_is_theirs(merged: Store):
    merged.customers.put(Customer(id="new", name="New", email="bo@example.com"))
    found = merged.customers.find_by_email("bo@example.com")
    assert found is not None
    assert found.id == "new"


@pytest.mark.parametrize("name", ["nobody", "nobody@example.com", "", " ", "@"])
def test_what_nobody_ever_had_finds_nobody(merged: Store, name: str):
    assert merged.customers.find_by_email_or_id(name) is None


def test_rows_that_name_a_customer_by_a_merged_address_go_to_the_one_who_was_kept(merged: Store):
    named = ["Bo@Example.com", "ada", "cy@example.com", "nobody@example.com"]
    assert find_customer_ids(merged, named) == {"Bo@Example.com": CY, "ada": CY, "cy@example.com": CY}


def test_an_undone_merge_gives_the_address_back(merged: Store):
    later, first = merged.people.merges()
    for merge in (later, first):
        merged.people.undo_merge(merge.id)
    found = merged.customers.find_by_email("bo@example.com")
    assert found is not None
    assert found.id == BO
