"""Conversations that were had, for tests: what was said, and what the desk made of each message."""

from collections.abc import Sequence

from cxdesk.domain import Conversation, Customer, HandoffReason, Identity, IdentityLevel, Role
from cxdesk.store import Store

ADA, BO = "ada", "bo"


def put_customers(store: Store) -> None:
    store.customers.put_many([Customer(id=each, name=each.title(), email=f"{each}@example.com") for each in (ADA, BO)])


def verified(customer_id: str) -> Identity:
    return Identity(level=IdentityLevel.verified, customer_id=customer_id)


def talk_of(store: Store, customer_id: str | None = ADA) -> Conversation:
    identity = verified(customer_id) if customer_id else Identity()
    return store.conversations.create("Somebody", customer_id, identity)


def ask(
    store: Store,
    talk: Conversation,
    text: str = "Where is it?",
    *,
    intent: str = "order_status",
    score: float | None = 0.0,
    decision: str = "reply",
    order: str | None = None,
    tools: Sequence[str] = (),
    tone: str = "friendly",
    notes: Sequence[str] = (),
    answered: bool = True,
    handoff: HandoffReason | None = None,
) -> str:
    """One exchange. A score of None is a mood that is not known. Returns the run's id."""
    message = store.conversations.add_message(talk.id, Role.customer, text)
    run = store.runs.start(talk.id, message.id)
    called = [*tools, *(["get_order"] if order else [])]
    turn = {
        "decision": decision,
        "intent": {"name": intent, "confidence": 0.9},
        "sentiment": {"label": "unknown" if score is None else "neutral", "score": score or 0.0, "frustration": 0.1},
        "tools": [
            {"name": name, "args": {"order_id": order} if order else {}, "ok": True, "ms": 1.0} for name in called
        ],
        "tone": tone,
        "notes": list(notes),
        "customer_id": talk.customer_id,
    }
    store.runs.finish(run.id, turn)
    if handoff:
        store.handoffs.create(talk.id, run.id, handoff, "Please take over.")
    if answered:
        store.conversations.add_message(talk.id, Role.desk, "An answer.", run.id)
    return run.id
