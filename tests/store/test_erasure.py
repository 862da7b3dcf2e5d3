"""What a person's data is: found by the names of columns, so that no table is forgotten."""

from cxdesk.store import Store
from cxdesk.store.erasure import NOT_PERSONAL, _pattern


def test_every_table_is_emptied_of_a_person_or_said_to_hold_none(fresh_store: Store):
    tables = {row["table_name"] for row in fresh_store._database.rows("SELECT table_name FROM duckdb_tables()")}
    reached = {table for table, _ in fresh_store.personal._places()}
    assert tables - reached == NOT_PERSONAL
    assert not reached & NOT_PERSONAL


def test_a_table_that_is_added_later_is_emptied_too(fresh_store: Store):
    from cxdesk.domain import Customer

    fresh_store._database.write("CREATE TABLE later (conversation_id VARCHAR, customer_id VARCHAR)")
    fresh_store._database.write("INSERT INTO later VALUES ('c', 'ada'), ('c', 'bo')")
    fresh_store.customers.put(Customer(id="ada", name="Ada Marsh", email="ada@example.com"))
    assert fresh_store.personal.delete("ada").rows == {"customers": 1, "later": 1}
    assert fresh_store._database.rows("SELECT customer_id FROM later") == [{"customer_id": "bo"}]


def test_a_name_is_found_as_a_whole_word_in_any_case(fresh_store: Store):
    pattern = _pattern(["Ann Lee", "a.b+c@example.com", "#W12", "+44 20 5550", "1001"])
    for text, found in (
        ("ANN LEE wrote", True),
        ("Joann Lee wrote", False),
        ("to a.b+c@example.com.", True),
        ("to aXb+c@example.com", False),
        ("order W12 and", True),
        ("order W123", False),
        ("call +44 20 5550 now", True),
        ("it was 1001 euros", False),
        ("order #1001", True),
    ):
        (row,) = fresh_store._database.rows("SELECT regexp_matches(?, ?) AS found", text, pattern)
        assert row["found"] is found, text
