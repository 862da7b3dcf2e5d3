"""Who is at the desk, and what they may do there.

Every verb that changes something asks, with one line, before it begins: `self._access.need("tickets")`; one that writes
down who did it takes the name from there: `by = self._access.need("tickets") or by`. What a role may do is data
(`permissions.toml`); a window that hides what is refused only spares its user the refusal. What customers do, and what
the desk does by itself, asks nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Literal

from cxdesk.domain import Account, Refused

Right = Literal[
    "send",
    "act",
    "tickets",
    "customers",
    "documents",
    "replies",
    "erase",
    "rules",
    "permissions",
    "settings",
    "accounts",
    "jobs",
    "models",
]

MEANING: dict[Right, str] = {
    "send": "answer customers",
    "act": "approve or decline changes",
    "tickets": "change tickets",
    "customers": "change what is known of customers",
    "documents": "change the documents",
    "replies": "change saved replies",
    "erase": "delete a person's data",
    "rules": "change the shop's rules",
    "permissions": "change permissions",
    "settings": "change settings",
    "accounts": "manage accounts",
    "jobs": "run jobs",
    "models": "change the models",
}
"""Each right in words that go on after 'may'."""

EVERY = "*"


class Access:
    """The person at the desk. Nobody having signed in, it is the owner, who may do everything, until it is locked.

    `rights` gives those of a role; it is asked each time, so that changed permissions hold at once.
    """

    def __init__(self, rights: Callable[[str], Collection[str]] = lambda _: ()) -> None:
        self._rights = rights
        # Both in one value: read apart, another thread could meet the owner between a lock and a sign-in.
        self._state: tuple[Account | None, bool] = (None, False)

    @property
    def person(self) -> Account | None:
        """Whoever is signed in."""
        return self._state[0]

    @property
    def is_locked(self) -> bool:
        return self._state[1]

    @property
    def name(self) -> str | None:
        person = self.person
        return person.name if person else None

    @property
    def role(self) -> str:
        """The role of whoever is there; empty while the desk is locked."""
        person, locked = self._state
        if person:
            return person.role
        return "" if locked else "admin"

    def admit(self, person: Account) -> None:
        """From now on this person is at the desk."""
        self._state = person, False

    def lock(self) -> None:
        """From now on nobody is, and nothing may be done, until somebody is admitted."""
        self._state = None, True

    def may(self, right: Right) -> bool:
        """Whether the person at the desk may do this kind of thing."""
        return self._allows(*self._state, right)

    def need(self, right: Right) -> str | None:
        """Raise `Refused` unless the person at the desk may do this kind of thing.

        Returns the name to write down beside what is done; None for the owner, who has none.
        """
        person, locked = self._state
        if self._allows(person, locked, right):
            return person.name if person else None
        if person is None:
            raise Refused(f"Nobody is signed in, so nobody may {MEANING[right]}. Sign in first.")
        raise Refused(f"The role {person.role!r} may not {MEANING[right]}. Ask an admin of this desk.")

    def _allows(self, person: Account | None, locked: bool, right: Right) -> bool:
        if person is None:
            return not locked
        return bool({right, EVERY} & {*self._rights(person.role)})
