"""The shop's own rules, read from `action_rules.toml`: what proves an identity, and how often one may try."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from cxdesk.domain import Invalid, Record

Proof = Literal["email", "order_id", "name", "zip"]


class IdentityRules(Record):
    proofs: tuple[tuple[Proof, ...], ...]
    tries: int = 3


class ShopRules(Record):
    identity: IdentityRules


def load_rules(file: Path) -> ShopRules:
    """The rules in `file`. Raises `Invalid` naming the file and every problem."""
    try:
        return ShopRules(**tomllib.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        detail = "; ".join(e["msg"] for e in error.errors()) if isinstance(error, ValidationError) else str(error)
        raise Invalid(f"The rules in {str(file)!r} can't be used: {detail}. Mend the file, or remove it.") from error
