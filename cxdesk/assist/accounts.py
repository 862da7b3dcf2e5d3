"""Local accounts: who may sign in at this desk, with a password and a role.

A try to sign in is counted as wrong before the password is looked at, and forgiven when it was right: so tries at the
same time, or a program that was killed in between, save nobody a wait. Names without an account are counted, and take
as long, as those with one. The owner, whoever may start the program without a name, can always set a new password.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from cxdesk.access import Access
from cxdesk.domain import AUTOPILOT, Account, AccountRole, Invalid, Refused, SignInTries, now
from cxdesk.store import Store

HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)
"""About 0.1 s and 64 MiB a try, after RFC 9106's choice for where memory is scarce. A password that was hashed
otherwise is hashed anew when its owner signs in."""

SHORTEST, LONGEST = 8, 256
LONGEST_NAME = 60
# The third wrong try waits 5 s, each further one twice as long; after the tenth an admin must help.
FREE_TRIES, LOCKED_AFTER = 2, 10
FIRST_WAIT_S = 5


class SignInRefused(Refused):
    """Why somebody can't sign in, in words that tell nothing of which names there are.

    `until` is when the next try may be made; None: at once, or, if `locked`, only after an admin's help. `why` says
    nothing of that time, for whoever counts it down.
    """

    def __init__(self, why: str, wait: str = "", *, until: datetime | None = None, locked: bool = False) -> None:
        super().__init__(f"{why} {wait}".rstrip())
        self.why = why
        self.until = until
        self.locked = locked


class Accounts:
    """The accounts of this desk. While there are none, the desk is the owner's, and asks nobody to sign in."""

    def __init__(
        self, store: Store, access: Access, *, hasher: PasswordHasher = HASHER, clock: Callable[[], datetime] = now
    ) -> None:
        self._store = store
        self._access = access
        self._hasher = hasher
        self._clock = clock

    def is_empty(self) -> bool:
        """Whether there is no account yet: then the first one is to be made."""
        return not self._store.accounts.all()

    def all(self) -> list[Account]:
        """All accounts, by name. Raises `Refused` for whoever may not manage them."""
        self._access.need("accounts")
        return self._store.accounts.all()

    # ------------------------------------------------------------ who is at the desk

    def sign_in(self, name: str, password: str) -> Account:
        """Let a person take the desk. Raises `SignInRefused`, and leaves whoever is there."""
        self._prove(name, password)
        account = self._get(name)
        self._access.admit(account)
        self._note("sign_in", account)
        return account

    def sign_out(self) -> None:
        """Lock the desk until somebody signs in. Raises `Invalid` while there is no account: nobody could."""
        if self.is_empty():
            raise Invalid("This desk has no accounts, so it can't be locked. Create the first account.")
        self._access.lock()

    def change_password(self, old: str, new: str) -> None:
        """Give the person who is signed in another password. Raises `SignInRefused` if the old one is wrong."""
        name = self._access.name
        if name is None:
            raise Invalid("Nobody is signed in, so there is no password of yours to change. Sign in first.")
        hashed = self._hashed(name, new)
        self._prove(name, old)
        self._store.accounts.save_password(name, hashed)
        self._note("change_password", self._get(name))

    # ------------------------------------------------------------ managing them

    def create_first(self, name: str, password: str) -> Account:
        """Make the first account, an admin's, and sign it in. Raises `Refused` when there is an account already."""
        account, hashed = self._new(name, "admin", password)
        with self._store.transaction():
            if not self.is_empty():
                raise Refused("This desk has accounts already. Sign in, or ask an admin for an account.")
            self._store.accounts.add(account, hashed)
            self._note("create", account)
        self._access.admit(account)
        return account

    def create(self, name: str, role: AccountRole, password: str) -> Account:
        """Make an account. Raises `Invalid` for a name that is taken, and a password that is too weak."""
        self._access.need("accounts")
        if self.is_empty() and role != "admin":
            raise Invalid("The first account is an admin's. Create that one first.")
        account, hashed = self._new(name, role, password)
        with self._store.transaction():
            self._store.accounts.add(account, hashed)
            self._note("create", account)
        return account

    def change_role(self, name: str, role: AccountRole) -> Account:
        """Give an account another role. Raises `Refused` for the last admin."""
        return self._change("change_role", name, role=role)

    def deactivate(self, name: str) -> Account:
        """Let a person sign in no more; the account stays, for what was done with it. Raises `Refused` as above."""
        return self._change("deactivate", name, active=False)

    def activate(self, name: str) -> Account:
        """Let a person sign in again."""
        return self._change("activate", name, active=True)

    def set_password(self, name: str, password: str) -> None:
        """Give an account a new password and forgive its wrong tries: an admin's help for a person who forgot it."""
        self._access.need("accounts")
        account, hashed = self._get(name), self._hashed(name, password)
        with self._store.transaction():
            self._store.accounts.save_password(account.name, hashed)
            self._store.accounts.forget_tries(account.name)
            self._note("set_password", account)

    # ------------------------------------------------------------ inside

    def _change(self, what: str, name: str, *, role: AccountRole | None = None, active: bool | None = None) -> Account:
        self._access.need("accounts")
        with self._store.transaction():
            before = self._get(name)
            account = before.model_copy(
                update={"role": role or before.role, "active": before.active if active is None else active}
            )
            self._keep_an_admin(account)
            self._store.accounts.save(account)
            self._note(what, account)
        self._follow(account)
        return account

    def _keep_an_admin(self, changed: Account) -> None:
        others = [each for each in self._store.accounts.all() if each.name != changed.name]
        if not any(each.role == "admin" and each.active for each in [*others, changed]):
            raise Refused(f"{changed.name!r} is the last admin of this desk. Make somebody else an admin first.")

    def _follow(self, account: Account) -> None:
        """Whoever is signed in gets their own new role at once, or loses the desk."""
        if account.name == self._access.name:
            self._access.admit(account) if account.active else self._access.lock()

    def _prove(self, name: str, password: str) -> None:
        """Raise `SignInRefused`, and let the next try wait, unless this is the password of an active account."""
        tries = self._begin_try(name)
        hashed = self._store.accounts.password_hash(name)
        account = self._store.accounts.find(name)
        right = self._is_right(hashed, password)
        if not (right and account and account.active):
            raise _refusal(tries, self._clock())
        self._store.accounts.forget_tries(name)
        if hashed and self._hasher.check_needs_rehash(hashed):
            self._store.accounts.save_password(name, self._hasher.hash(_normal(password)))

    def _begin_try(self, name: str) -> SignInTries:
        """Count a try as a wrong one, unless none may be made now."""
        moment = self._clock()
        with self._store.transaction():
            before = self._store.accounts.tries(name)
            if before.wrong >= LOCKED_AFTER or (before.wait_until and moment < before.wait_until):
                raise _refusal(before, moment)
            tries = SignInTries(wrong=before.wrong + 1, wait_until=_wait_until(before.wrong + 1, moment))
            self._store.accounts.save_tries(name, tries, moment)
            if tries.wrong == LOCKED_AFTER and (account := self._store.accounts.find(name)):
                self._note("locked", account)
        return tries

    def _is_right(self, hashed: str | None, password: str) -> bool:
        typed = _normal(password[:LONGEST])
        if hashed is None or len(password) > LONGEST:
            self._hasher.hash(typed)  # takes as long as a comparison
            return False
        try:
            return self._hasher.verify(hashed, typed)
        except (Argon2Error, InvalidHashError):
            return False

    def _new(self, name: str, role: AccountRole, password: str) -> tuple[Account, str]:
        name = " ".join(name.split())
        if not name or len(name) > LONGEST_NAME or not name.isprintable() or name.casefold() == AUTOPILOT:
            raise Invalid(f"The name {name!r} can't be used. Give another one, of up to {LONGEST_NAME} letters.")
        return Account(name=name, role=role, created_at=self._clock()), self._hashed(name, password)

    def _hashed(self, name: str, password: str) -> str:
        if not SHORTEST <= len(password) <= LONGEST:
            raise Invalid(
                f"A password has {SHORTEST} to {LONGEST} characters. Choose a longer one, such as a sentence."
            )
        if password.casefold() == name.casefold():
            raise Invalid("The password is the name. Choose one that nobody guesses.")
        return self._hasher.hash(_normal(password))

    def _get(self, name: str) -> Account:
        account = self._store.accounts.find(name)
        if account is None:
            raise Invalid(f"There is no account {name!r}. Choose one from the list of accounts.")
        return account

    def _note(self, what: str, account: Account) -> None:
        told = account.model_dump(mode="json", include={"name", "role", "active"})
        self._store.audit.note(f"accounts.{what}", told, role=self._access.role, by=self._access.name)


def _wait_until(wrong: int, moment: datetime) -> datetime | None:
    if wrong <= FREE_TRIES:
        return None
    return moment + timedelta(seconds=FIRST_WAIT_S * 2 ** (wrong - FREE_TRIES - 1))


def _refusal(tries: SignInTries, moment: datetime) -> SignInRefused:
    if tries.wrong >= LOCKED_AFTER:
        told = "Too many wrong tries: this name is locked until an admin of this desk sets a new password."
        return SignInRefused(told, locked=True)
    told = "This name and password can't sign in here. Check both, or ask an admin of this desk."
    if tries.wait_until and moment < tries.wait_until:
        wait_s = math.ceil((tries.wait_until - moment).total_seconds())
        return SignInRefused(told, f"The next try may be made in {wait_s} seconds.", until=tries.wait_until)
    return SignInRefused(told)


def _normal(password: str) -> bytes:
    """A password as it is compared, however the keyboard composed its accents. Half characters are kept as they are."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
