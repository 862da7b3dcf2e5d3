"""The arguments of each tool. The docstring of a write's arguments is what a model is told of the tool."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from cxdesk.domain import Address, TicketStatus

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_EMAIL = re.compile(r"[^@\s<>()\",;:]+@[^@\s<>()\",;:]+\.[^@\s<>()\",;:.]+")


def _clean(text: str) -> str:
    if _CONTROL.search(text):
        raise ValueError("holds a control character")
    return text


def _email(text: str) -> str:
    if not _EMAIL.fullmatch(text):
        raise ValueError("is not an e-mail address")
    return text


def _text(least: int, most: int) -> StringConstraints:
    return StringConstraints(strip_whitespace=True, min_length=least, max_length=most)


Id = Annotated[str, _text(1, 100), AfterValidator(_clean)]
Line = Annotated[str, _text(1, 200), AfterValidator(_clean)]
MaybeLine = Annotated[str, _text(0, 200), AfterValidator(_clean)]
Text = Annotated[str, _text(1, 4000), AfterValidator(_clean)]
Email = Annotated[Line, AfterValidator(_email)]
ItemIds = Annotated[list[Id], Field(min_length=1, max_length=100)]


class Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


# ---------------------------------------------------------------- reads


class NoArguments(Arguments):
    pass


class LookupCustomer(Arguments):
    email: str | None = None
    name: str | None = None
    zip: str | None = None
    order_id: str | None = None


class OneOrder(Arguments):
    order_id: str


class OneTicket(Arguments):
    ticket_id: str


class Query(Arguments):
    query: str


# ---------------------------------------------------------------- writes


class NewAddress(Arguments):
    address1: Line
    address2: MaybeLine = ""
    city: Line
    state: MaybeLine = ""
    country: MaybeLine = ""
    zip: Line

    def record(self) -> Address:
        return Address(**dict(self))


class CancelOrder(Arguments):
    """Cancel a whole order of the customer, who says why."""

    order_id: Id
    reason: MaybeLine = ""


class FlagRefund(Arguments):
    """Ask a person of the shop to decide on a refund for an order of the customer."""

    order_id: Id
    reason: Line


class ReturnItems(Arguments):
    """Send items of an order back. An item id that stands in the list twice means two pieces.

    The money goes to the payment method.
    """

    order_id: Id
    item_ids: ItemIds
    payment_method_id: Id


class ExchangeItems(Arguments):
    """Exchange received items for other options of the same products.

    Each item id goes with the new item id in the same place. The payment method bears the difference in price.
    """

    order_id: Id
    item_ids: ItemIds
    new_item_ids: ItemIds
    payment_method_id: Id

    @model_validator(mode="after")
    def _pairs(self) -> ExchangeItems:
        if len(self.item_ids) != len(self.new_item_ids):
            raise ValueError("needs one new item for each item")
        return self


class ModifyOrderItems(ExchangeItems):
    """Change items of an order that is not sent yet to other options of the same products.

    Each item id goes with the new item id in the same place. The payment method bears the difference in price.
    """


class ModifyOrderPayment(Arguments):
    """Pay an order that is not sent yet with another payment method of the customer."""

    order_id: Id
    payment_method_id: Id


class ModifyOrderAddress(Arguments):
    """Send an order that has not left yet to another address."""

    order_id: Id
    address: NewAddress


class UpdateCustomerEmail(Arguments):
    """Change the customer's e-mail address."""

    email: Email


class UpdateCustomerAddress(Arguments):
    """Change the customer's own address; orders on their way keep theirs."""

    address: NewAddress


class CreateTicket(Arguments):
    """Open a ticket about what the customer reports."""

    subject: Line
    description: Text
    priority: Literal["low", "normal", "high", "urgent"] = "normal"
    category: Line = "general"


class UpdateTicket(Arguments):
    """Change the status of the customer's ticket, add a note to it, or both."""

    ticket_id: Id
    status: TicketStatus | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _something(self) -> UpdateTicket:
        if self.status is None and self.note is None:
            raise ValueError("needs a status or a note")
        return self


class EscalateToHuman(Arguments):
    """Hand the conversation over to a person of the shop."""

    reason: Line
