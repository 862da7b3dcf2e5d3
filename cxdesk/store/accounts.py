"""The accounts of the people at the desk, and the tries to sign in.

Tries are counted for every name that is typed, whether there is such an account or not, so that counting tells nobody
which names there are. A name is kept as its hash there: people type passwords into the wrong field.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from cxdesk.domain import Account, Invalid, SignInTries
from cxdesk.store.database import Database, fold

# Tries with names of no account are forgotten after this time.
STRANGERS_KEPT = timedelta(days=1)

_SELECT = "SELECT name, role, active, created_at FROM accounts"


class Accounts:
    """Names match without regard to case and surplus spaces."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def all(self) -> list[Account]:
        """All accounts, by name."""
        return [Account.model_validate(row) for row in self._db.rows(_SELECT + " ORDER BY key")]

    def find(self, name: str) -> Account | None:
        row = self._db.row(_SELECT + " WHERE key = ?", fold(name))
        return Account.model_validate(row) if row else None

    def password_hash(self, name: str) -> str | None:
        """What the password of an account is compared with; None if there is no such account."""
        row = self._db.row("SELECT password_hash FROM accounts WHERE key = ?", fold(name))
        return row["password_hash"] if row else None

    def add(self, account: Account, password_hash: str) -> None:
        """Keep a new account. Raises `Invalid` if the name is taken."""
        with self._db.transaction():
            if self.find(account.name):
                raise Invalid(f"There is an account {account.name!r} already. Choose another name.")
            self._db.insert("accounts", [{**dict(account), "key": fold(account.name), "password_hash": password_hash}])

    def save(self, account: Account) -> None:
        """Keep the role of an account, and whether it is active."""
        self._db.write(
            "UPDATE accounts SET role = ?, active = ? WHERE key = ?", account.role, account.active, fold(account.name)
        )

    def save_password(self, name: str, password_hash: str) -> None:
        self._db.write("UPDATE accounts SET password_hash = ? WHERE key = ?", password_hash, fold(name))

    # ------------------------------------------------------------ tries to sign in

    def tries(self, name: str) -> SignInTries:
        """The wrong tries with this name since it last went well."""
        row = self._db.row("SELECT wrong, wait_until FROM sign_in_tries WHERE key = sha256(?)", fold(name))
        return SignInTries.model_validate(row) if row else SignInTries()

    def save_tries(self, name: str, tries: SignInTries, at: datetime) -> None:
        with self._db.transaction():
            self.forget_tries(name)
            self._db.write(
                "DELETE FROM sign_in_tries WHERE tried_at < ? AND key NOT IN (SELECT sha256(key) FROM accounts)",
                at - STRANGERS_KEPT,
            )
            self._db.write(
                "INSERT INTO sign_in_tries VALUES (sha256(?), ?, ?, ?)", fold(name), tries.wrong, tries.wait_until, at
            )

    def forget_tries(self, name: str) -> None:
        """Begin to count anew."""
        self._db.write("DELETE FROM sign_in_tries WHERE key = sha256(?)", fold(name))
