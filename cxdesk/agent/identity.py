"""Who is writing, and how sure we are.

What a customer has stated so far (addresses, order ids, names, postal codes) is held against the shop's
records. Everything in one group of the shop's proofs must point to the same customer. What was stated is
read again from the conversation's messages, so nothing of it is kept twice.
"""

from __future__ import annotations

from collections.abc import Sequence

from cxdesk.agent.rules import IdentityRules, Proof
from cxdesk.domain import Entities, Identity, IdentityLevel
from cxdesk.store import Store


def signed_in(customer_id: str) -> Identity:
    """The identity of a customer whom the shop has proved by its own means."""
    return Identity(level=IdentityLevel.verified, customer_id=customer_id, proofs=("signed_in",))


def identify(known: Identity, stated: Sequence[Entities], rules: IdentityRules, store: Store) -> Identity:
    """What is known of the writer after the last of `stated` (the entities of their messages, oldest first).

    A verified identity stays. A message that completes a group of proofs without matching one customer
    counts as a failed try. Whoever has named as many wrong values of a kind as there are tries was guessing,
    and is not believed even with a right one among them.
    """
    if known.level is IdentityLevel.verified:
        return known
    shown = _stated(stated)
    for group in rules.proofs:
        customer_id = _match(group, shown, store)
        if customer_id and "order_id" not in group and store.sign_ups.is_unproved(customer_id):
            continue  # what they told of themselves when they signed up proves nothing
        if customer_id and _wrong_values(group, shown, customer_id, store) >= rules.tries:
            return known.model_copy(update={"level": IdentityLevel.claimed, "failed_tries": rules.tries})
        if customer_id:
            return known.model_copy(
                update={"level": IdentityLevel.verified, "customer_id": customer_id, "proofs": tuple(group)}
            )
    proofs = tuple(kind for kind in ("email", "order_id", "name", "zip") if shown[kind])
    level = IdentityLevel.claimed if shown["email"] or shown["name"] else IdentityLevel.unknown
    failed = known.failed_tries + (1 if _tried(stated, rules) else 0)
    return known.model_copy(update={"level": level, "proofs": proofs, "failed_tries": failed})


def missing_proofs(identity: Identity, rules: IdentityRules) -> list[list[Proof]]:
    """What would complete each group of proofs, the shortest first."""
    missing = [[kind for kind in group if kind not in identity.proofs] for group in rules.proofs]
    return sorted(missing, key=len)


def _stated(stated: Sequence[Entities]) -> dict[Proof, list[str]]:
    return {
        "email": [v for e in stated for v in e.emails],
        "order_id": [v for e in stated for v in e.order_ids],
        "name": [v for e in stated for v in e.names],
        "zip": [v for e in stated for v in e.postal_codes],
    }


def _match(group: Sequence[Proof], shown: dict[Proof, list[str]], store: Store) -> str | None:
    """The one customer to whom every proof of the group belongs."""
    candidates: set[str] | None = None
    if "name" in group and "zip" in group:
        pairs = [(name, code) for name in shown["name"] for code in shown["zip"]]
        found = [store.customers.find_by_name_and_zip(name, code) for name, code in pairs]
        candidates = {customer.id for customer in found if customer}
    for kind in group:
        if kind == "email":
            found = [store.customers.find_by_email(email) for email in shown["email"]]
            candidates = _narrow(candidates, {customer.id for customer in found if customer})
        elif kind == "order_id":
            owners = {store.orders.owner_of(order_id) for order_id in shown["order_id"]}
            candidates = _narrow(candidates, {owner for owner in owners if owner})
        elif kind == "zip" and "name" not in group:
            here = candidates or set()
            candidates = {c for c in here if store.customers.get(c).address.zip in shown["zip"]}
    return candidates.pop() if candidates and len(candidates) == 1 else None


def _wrong_values(group: Sequence[Proof], shown: dict[Proof, list[str]], customer_id: str, store: Store) -> int:
    """How many different values of one kind of the group are not this customer's; the kind with the most counts."""
    customer = store.customers.get(customer_id)
    own = {"email": _folded(customer.email), "name": _folded(customer.name), "zip": _folded(customer.address.zip)}

    def is_wrong(kind: Proof, value: str) -> bool:
        return store.orders.owner_of(value) != customer_id if kind == "order_id" else _folded(value) != own[kind]

    return max(len({_folded(value) for value in shown[kind] if is_wrong(kind, value)}) for kind in group)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _narrow(candidates: set[str] | None, found: set[str]) -> set[str]:
    return found if candidates is None else candidates & found


def _tried(stated: Sequence[Entities], rules: IdentityRules) -> bool:
    """Whether the last message gave proof, and all that was said makes up at least one whole group."""
    latest = _stated(stated[-1:])
    everything = _stated(stated)
    gave_personal = any(latest[kind] for kind in ("email", "name", "zip"))
    return gave_personal and any(all(everything[kind] for kind in group) for group in rules.proofs)
