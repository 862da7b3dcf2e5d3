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


# ---------------------------------------------------------------- what is remembered of many turns


def memory_of_sessions(database: Database) -> None:
    for statement in _MEMORY_OF_SESSIONS.split(";"):
        database.write(statement)


# Rows of the first two are made anew from others, many at a time, so that no key slows that down.
_MEMORY_OF_SESSIONS = """
CREATE TABLE insights (
    conversation_id VARCHAR NOT NULL,
    customer_id VARCHAR,
    opened_at TIMESTAMP NOT NULL,
    closed_at TIMESTAMP NOT NULL,
    closed_by VARCHAR,
    intent VARCHAR,
    topics VARCHAR[] NOT NULL,
    subjects VARCHAR[] NOT NULL,
    sentiment DOUBLE,
    sentiment_start DOUBLE,
    sentiment_end DOUBLE,
    drift DOUBLE,
    frustration DOUBLE,
    moods_known INTEGER NOT NULL,
    moods_unknown INTEGER NOT NULL,
    resolution VARCHAR NOT NULL,
    reopened_at TIMESTAMP,
    tools VARCHAR[] NOT NULL,
    tone VARCHAR,
    handoffs INTEGER NOT NULL,
    handoff_reason VARCHAR,
    messages INTEGER NOT NULL,
    asked INTEGER NOT NULL,
    first_reply_s DOUBLE,
    resolution_s DOUBLE,
    duration_s DOUBLE,
    last_seq BIGINT NOT NULL
);

CREATE TABLE profiles (
    customer_id VARCHAR NOT NULL,
    sessions INTEGER NOT NULL,
    messages BIGINT NOT NULL,
    escalations INTEGER NOT NULL,
    escalation_rate DOUBLE,
    resolution_rate DOUBLE,
    weighted_sentiment DOUBLE,
    frustration DOUBLE,
    average_drift DOUBLE,
    moods_known INTEGER NOT NULL,
    moods_unknown INTEGER NOT NULL,
    topics JSON NOT NULL,
    total_spend DECIMAL(18, 4) NOT NULL,
    tier VARCHAR NOT NULL,
    at_risk BOOLEAN NOT NULL,
    risk_reasons VARCHAR[] NOT NULL,
    preferred_tone VARCHAR,
    health DOUBLE,
    health_parts JSON NOT NULL,
    first_contact_at TIMESTAMP,
    last_contact_at TIMESTAMP,
    rolled_up_at TIMESTAMP NOT NULL
);

-- A fact that a person deleted leaves its key without a text, so that the same message doesn't bring it back.
CREATE TABLE facts (
    id VARCHAR PRIMARY KEY,
    customer_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    text VARCHAR,
    message_id VARCHAR NOT NULL,
    conversation_id VARCHAR NOT NULL,
    "at" TIMESTAMP NOT NULL
);

CREATE TABLE job_runs (
    seq BIGINT PRIMARY KEY DEFAULT nextval('arrival'),
    name VARCHAR NOT NULL,
    started_at TIMESTAMP NOT NULL,
    duration_s DOUBLE NOT NULL,
    ok BOOLEAN NOT NULL,
    result VARCHAR NOT NULL
)
"""


# ---------------------------------------------------------------- figures, search, traces


def figures_and_search(database: Database) -> None:
    for statement in _FIGURES_AND_SEARCH.split(";"):
        database.write(statement)


# All but `ratings` is derived: it can be emptied, and is filled again from runs, messages and documents.
_FIGURES_AND_SEARCH = """
CREATE TABLE ratings (
    seq BIGINT PRIMARY KEY DEFAULT nextval('arrival'),
    id VARCHAR NOT NULL,
    conversation_id VARCHAR NOT NULL,
    message_id VARCHAR,
    stars INTEGER NOT NULL,
    comment VARCHAR NOT NULL,
    "by" VARCHAR NOT NULL,
    "at" TIMESTAMP NOT NULL
);

CREATE TABLE turns (
    run_id VARCHAR NOT NULL,
    conversation_id VARCHAR NOT NULL,
    message_id VARCHAR NOT NULL,
    ok BOOLEAN NOT NULL,
    intent VARCHAR,
    mood VARCHAR,
    score DOUBLE,
    decision VARCHAR,
    handoff_reason VARCHAR,
    gap VARCHAR,
    model VARCHAR,
    "at" TIMESTAMP NOT NULL
);

CREATE TABLE spans (
    run_id VARCHAR NOT NULL,
    conversation_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    room VARCHAR NOT NULL,
    parent VARCHAR,
    place INTEGER NOT NULL,
    ms DOUBLE NOT NULL,
    ok BOOLEAN NOT NULL,
    outcome VARCHAR NOT NULL,
    "at" TIMESTAMP NOT NULL
);

CREATE TABLE message_terms (
    term VARCHAR NOT NULL,
    message_seq BIGINT NOT NULL,
    n UTINYINT NOT NULL
);

CREATE TABLE message_vectors (
    message_seq BIGINT NOT NULL,
    embedder VARCHAR NOT NULL,
    s0 UBIGINT NOT NULL,
    s1 UBIGINT NOT NULL,
    s2 UBIGINT NOT NULL,
    s3 UBIGINT NOT NULL,
    s4 UBIGINT NOT NULL,
    s5 UBIGINT NOT NULL,
    vector BLOB NOT NULL
);

CREATE TABLE rests_on (
    kind VARCHAR NOT NULL,
    key VARCHAR NOT NULL,
    document VARCHAR NOT NULL,
    passage VARCHAR NOT NULL,
    reply_hash VARCHAR NOT NULL
)
"""


# ---------------------------------------------------------------- what people do with tickets


def work_on_tickets(database: Database) -> None:
    for statement in _WORK_ON_TICKETS.split(";"):
        database.write(statement)


# What was done at once, to one ticket or several, has one id, by which it is undone.
_WORK_ON_TICKETS = """
ALTER TABLE tickets ADD COLUMN assignee VARCHAR;
ALTER TABLE tickets ADD COLUMN merged_into VARCHAR;
ALTER TABLE ticket_notes ADD COLUMN "by" VARCHAR;

CREATE TABLE ticket_changes (
    seq BIGINT PRIMARY KEY DEFAULT nextval('arrival'),
    id VARCHAR NOT NULL,
    ticket_key VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    before JSON NOT NULL,
    after JSON NOT NULL,
    author VARCHAR NOT NULL,
    "by" VARCHAR,
    "at" TIMESTAMP NOT NULL,
    undone_at TIMESTAMP
)
"""


def last_use_of_saved_replies(database: Database) -> None:
    database.write("ALTER TABLE canned ADD COLUMN last_used_at TIMESTAMP")


# ---------------------------------------------------------------- people


def people(database: Database) -> None:
    for statement in _PEOPLE.split(";"):
        database.write(statement)


# Of an erasure that has no `wiped_at` the file still holds old blocks.
_PEOPLE = """
CREATE TABLE merges (
    id VARCHAR PRIMARY KEY,
    keep_id VARCHAR NOT NULL,
    other_id VARCHAR NOT NULL,
    other JSON NOT NULL,
    "at" TIMESTAMP NOT NULL,
    seq BIGINT NOT NULL DEFAULT nextval('arrival')
);

CREATE TABLE merge_rows (
    merge_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    key VARCHAR NOT NULL
);

CREATE TABLE erasures (
    id VARCHAR PRIMARY KEY,
    rows JSON NOT NULL,
    "at" TIMESTAMP NOT NULL,
    wiped_at TIMESTAMP
);

ALTER TABLE wordings ADD COLUMN conversation_id VARCHAR
"""

# ---------------------------------------------------------------- accounts and sign-ups


def accounts_and_sign_ups(database: Database) -> None:
    for statement in _ACCOUNTS_AND_SIGN_UPS.split(";"):
        database.write(statement)


_ACCOUNTS_AND_SIGN_UPS = """
CREATE TABLE accounts (
    key VARCHAR PRIMARY KEY,
    name VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    active BOOLEAN NOT NULL,
    password_hash VARCHAR NOT NULL,
    created_at TIMESTAMP NOT NULL
);

CREATE TABLE sign_in_tries (
    key VARCHAR NOT NULL,
    wrong INTEGER NOT NULL,
    wait_until TIMESTAMP,
    tried_at TIMESTAMP NOT NULL
);

CREATE TABLE sign_ups (
    customer_id VARCHAR PRIMARY KEY,
    conversation_id VARCHAR NOT NULL,
    "at" TIMESTAMP NOT NULL
)
"""

MIGRATIONS: tuple[Migration, ...] = (
    first_schema,
    message_flags,
    order_changes,
    decisions_of_people,
    memory_of_sessions,
    figures_and_search,
    work_on_tickets,
    last_use_of_saved_replies,
    people,
    accounts_and_sign_ups,
)
