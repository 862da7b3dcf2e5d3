"""Which customers' records were made by the customers themselves."""

from __future__ import annotations

from cxdesk.domain import SignUp
from cxdesk.store.database import Database


class SignUps:
    def __init__(self, database: Database) -> None:
        self._db = database

    def add(self, sign_up: SignUp) -> None:
        self._db.insert("sign_ups", [dict(sign_up)])

    def find(self, customer_id: str) -> SignUp | None:
        row = self._db.row("SELECT * FROM sign_ups WHERE customer_id = ?", customer_id)
        return SignUp.model_validate(row) if row else None

    def is_unproved(self, customer_id: str) -> bool:
        """Whether the customer signed up and has no order yet, which alone would show who they are."""
        return bool(
            self._db.rows(
                "SELECT 1 FROM sign_ups WHERE customer_id = $1"
                " AND NOT EXISTS (SELECT 1 FROM orders WHERE orders.customer_id = $1)",
                customer_id,
            )
        )
