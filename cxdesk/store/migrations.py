"""The schema, as numbered steps. A step that has been released is never changed: the next one mends it.

There are no foreign keys: DuckDB refuses to update an indexed column of a row that one points to, such as a
customer's e-mail address. The repositories keep what belongs together, each inside one transaction. Every
key never changes for the same reason.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from cxdesk import __version__
from cxdesk.domain import Unavailable, now

if TYPE_CHECKING:
    from cxdesk.store.database import Database

Migration = Callable[["Database"], None]


def migrate(database: Database) -> None:
    """Bring the schema up to date, each step in a transaction with its own record.

    Raises `Unavailable` for a database of a newer program, and for one that isn't ours; both stay as they are.
    """
    done, program = _state(database)
    if done > len(MIGRATIONS):
        found, known = f"cxdesk {program} (schema {done})", f"cxdesk {__version__} (schema {len(MIGRATIONS)})"
        raise Unavailable(
            f"The database {str(database.path)!r} belongs to {found}, newer than this {known}."
            " Install the newer version, or choose another data directory with --data."
        )
    for number, migration in enumerate(MIGRATIONS[done:], start=done + 1):
        with database.transaction():
            migration(database)
            database.write("INSERT INTO migrations VALUES (?, ?, ?, ?)", number, migration.__name__, __version__, now())


def _state(database: Database) -> tuple[int, str]:
    """How many steps are done, and the version of the program that did the last one."""
    tables = {row["table_name"] for row in database.rows("SELECT table_name FROM duckdb_tables()")}
    if not tables:
        return 0, __version__
    if "migrations" not in tables:
        raise Unavailable(
            f"The file {str(database.path)!r} belongs to another program. Choose another data directory with --data."
        )
    last = database.row("SELECT number, program FROM migrations ORDER BY number DESC LIMIT 1")
    return (last["number"], last["program"]) if last else (0, __version__)


def first_schema(database: Database) -> None:
    for statement in _FIRST_SCHEMA.split(";"):
        if statement.strip():
            database.write(statement)


def order_changes(database: Database) -> None:
    for statement in _ORDER_CHANGES.split(";"):
        database.write(statement)


_FIRST_SCHEMA = """
CREATE TABLE migrations (
    number INTEGER PRIMARY KEY,
    name VARCHAR NOT NULL,
    program VARCHAR NOT NULL,
    applied_at TIMESTAMP NOT NULL
);

-- `seq` columns keep the order in which rows came, where times are missing or equal.
CREATE SEQUENCE arrival;

CREATE TABLE customers (
    id VARCHAR PRIMARY KEY,
    name VARCHAR NOT NULL,
    email VARCHAR NOT NULL,
    phone VARCHAR,
    address JSON NOT NULL,
    payment_methods JSON NOT NULL,
    registered_at TIMESTAMP,
    name_key VARCHAR NOT NULL,
    email_key VARCHAR NOT NULL
);

CREATE TABLE orders (
    key VARCHAR PRIMARY KEY,
    id VARCHAR NOT NULL,
    customer_id VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    total DECIMAL(18, 4) NOT NULL,
    currency VARCHAR NOT NULL,
    ship_to JSON NOT NULL,
    payments JSON NOT NULL,
    fulfillments JSON NOT NULL,
    ordered_at TIMESTAMP,
    shipped_at TIMESTAMP,
    delivered_at TIMESTAMP,
    expected_at TIMESTAMP,
    seq BIGINT NOT NULL DEFAULT nextval('arrival')
);

CREATE TABLE order_items (
    order_key VARCHAR NOT NULL,
    line_no INTEGER NOT NULL,
    item_id VARCHAR NOT NULL,
    product_id VARCHAR,
    product_name VARCHAR NOT NULL,
    options JSON NOT NULL,
    price DECIMAL(18, 4) NOT NULL,
    quantity INTEGER NOT NULL,
    PRIMARY KEY (order_key, line_no)
);

CREATE TABLE products (
    id VARCHAR PRIMARY KEY,
    name VARCHAR NOT NULL,
    description VARCHAR NOT NULL,
    seq BIGINT NOT NULL DEFAULT nextval('arrival')
);

CREATE TABLE variants (
    item_id VARCHAR PRIMARY KEY,
    product_id VARCHAR NOT NULL,
    options JSON NOT NULL,
    available BOOLEAN NOT NULL,
    price DECIMAL(18, 4) NOT NULL,
    currency VARCHAR NOT NULL,
    seq BIGINT NOT NULL DEFAULT nextval('arrival')
);

CREATE TABLE tickets (
    key VARCHAR PRIMARY KEY,
    id VARCHAR NOT NULL,
    customer_id VARCHAR,
    order_id VARCHAR,
    conversation_id VARCHAR,
    subject VARCHAR NOT NULL,
    description VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    priority VARCHAR NOT NULL,
    category VARCHAR NOT NULL,
    created_at TIMESTAMP,
    updated_at TIMESTAMP,
    seq BIGINT NOT NULL DEFAULT nextval('arrival')
);

CREATE TABLE conversations (
    id VARCHAR PRIMARY KEY,
    customer_id VARCHAR,
    writer VARCHAR NOT NULL,
    identity JSON NOT NULL,
    state VARCHAR NOT NULL,
    pending JSON,
    opened_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);

CREATE TABLE messages (
    seq BIGINT PRIMARY KEY DEFAULT nextval('arrival'),
    id VARCHAR NOT NULL,
    conversation_id VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    "at" TIMESTAMP NOT NULL,
    run_id VARCHAR
);
CREATE INDEX messages_of_conversation ON messages (conversation_id);

CREATE TABLE runs (
    id VARCHAR PRIMARY KEY,
    conversation_id VARCHAR NOT NULL,
    message_id VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    turn JSON,
    reason VARCHAR,
    started_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP,
    seq BIGINT NOT NULL DEFAULT nextval('arrival')
);

CREATE TABLE drafts (
    id VARCHAR PRIMARY KEY,
    conversation_id VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    sent_text VARCHAR,
    reason VARCHAR,
    created_at TIMESTAMP NOT NULL,
    decided_at TIMESTAMP,
    seq BIGINT NOT NULL DEFAULT nextval('arrival')
);

CREATE TABLE audit (
    seq BIGINT PRIMARY KEY DEFAULT nextval('arrival'),
    id VARCHAR NOT NULL,
    run_id VARCHAR,
    conversation_id VARCHAR,
    role VARCHAR NOT NULL,
    tool VARCHAR NOT NULL,
    args JSON NOT NULL,
    ok BOOLEAN NOT NULL,
    result JSON,
    why VARCHAR NOT NULL,
    ms DOUBLE NOT NULL,
    "at" TIMESTAMP NOT NULL
);

CREATE TABLE handoffs (
    id VARCHAR PRIMARY KEY,
    conversation_id VARCHAR NOT NULL,
    run_id VARCHAR,
    reason VARCHAR NOT NULL,
    summary VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    "at" TIMESTAMP NOT NULL,
    seq BIGINT NOT NULL DEFAULT nextval('arrival')
);

CREATE TABLE documents (
    name VARCHAR PRIMARY KEY,
    title VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    category VARCHAR NOT NULL,
    audience VARCHAR NOT NULL,
    content_hash VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    added_at TIMESTAMP NOT NULL
);

CREATE TABLE canned (
    shortcut VARCHAR PRIMARY KEY,
    title VARCHAR NOT NULL,
    category VARCHAR NOT NULL,
    text VARCHAR NOT NULL
)
"""


def message_flags(database: Database) -> None:
    """What the guard saw in a message: it is told at receipt, from the text as it came."""
    database.write("ALTER TABLE messages ADD COLUMN flags JSON DEFAULT '[]'")


_ORDER_CHANGES = """
CREATE TABLE order_changes (
    seq BIGINT PRIMARY KEY DEFAULT nextval('arrival'),
    id VARCHAR NOT NULL,
    order_key VARCHAR NOT NULL,
    customer_id VARCHAR NOT NULL,
    tool VARCHAR NOT NULL,
    args JSON NOT NULL,
    amount DECIMAL(18, 4) NOT NULL,
    run_id VARCHAR,
    "at" TIMESTAMP NOT NULL
);

CREATE TABLE ticket_notes (
    seq BIGINT PRIMARY KEY DEFAULT nextval('arrival'),
    ticket_key VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    author VARCHAR NOT NULL,
    "at" TIMESTAMP NOT NULL
);

-- A confirmed action is done once: its key points to the audit row of the call that did it.
CREATE TABLE performed_actions (
    key VARCHAR PRIMARY KEY,
    audit_id VARCHAR NOT NULL
)
"""


# ---------------------------------------------------------------- what people at the desk decide


def decisions_of_people(database: Database) -> None:
    for statement in _DECISIONS_OF_PEOPLE.split(";"):
        database.write(statement)


_DECISIONS_OF_PEOPLE = """
ALTER TABLE canned ADD COLUMN uses INTEGER DEFAULT 0;
ALTER TABLE drafts ADD COLUMN kept DOUBLE;
ALTER TABLE drafts ADD COLUMN decided_by VARCHAR;

CREATE TABLE wordings (
    id VARCHAR PRIMARY KEY,
    intent VARCHAR NOT NULL,
    question VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    uses INTEGER NOT NULL,
    kept DOUBLE NOT NULL,
    learned_by VARCHAR,
    learned_at TIMESTAMP NOT NULL,
    embedder VARCHAR NOT NULL,
    vector FLOAT[] NOT NULL
);

CREATE TABLE offers (
    kind VARCHAR NOT NULL,
    intent VARCHAR NOT NULL,
    offered INTEGER NOT NULL,
    used DOUBLE NOT NULL,
    PRIMARY KEY (kind, intent)
);

CREATE TABLE handoff_events (
    seq BIGINT PRIMARY KEY DEFAULT nextval('arrival'),
    handoff_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    "by" VARCHAR,
    note VARCHAR NOT NULL,
    "at" TIMESTAMP NOT NULL
)
"""

MIGRATIONS: tuple[Migration, ...] = (first_schema, message_flags, order_changes, decisions_of_people)
