"""The rows of a shop's files, typed and checked: what each column may hold, and the record that a row stands for.

Every reason for refusing a row names the column and says what is wrong, without repeating what a customer wrote.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, ClassVar, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

from cxdesk.domain import (
    Address,
    Customer,
    Fulfillment,
    Invalid,
    Moment,
    Order,
    OrderItem,
    Payment,
    PaymentMethod,
    Ticket,
    TicketStatus,
    Variant,
)
from cxdesk.store.database import amount, id_key, money

# ---------------------------------------------------------------- what a cell may hold

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# Signs that nobody sees, or that turn the letters after them round: a name with them looks like another one.
_UNSEEN = re.compile(
    "[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\U000e0000-\U000e007f]"
)
_FORMULA = ("=", "+", "@")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


def _clean(text: str) -> str:
    if _CONTROL.search(text):
        raise ValueError("holds a control character")
    return text


def _one_line(text: str) -> str:
    return " ".join(_UNSEEN.sub("", text).split())


def _no_formula(text: str) -> str:
    if text.startswith(_FORMULA):
        raise ValueError(f"begins with {text[0]!r} like a spreadsheet's formula")
    return text


def _email(text: str) -> str:
    if not _EMAIL.fullmatch(text):
        raise ValueError("is not an e-mail address")
    return text


def _number(cell: Any) -> Decimal:
    try:
        number = Decimal(str(cell).strip())
    except InvalidOperation as error:
        raise ValueError(f"is not a number: {str(cell)!r}") from error
    if not number.is_finite():
        raise ValueError(f"is not a number: {str(cell)!r}")
    try:
        return money(amount(number))
    except Invalid as error:
        raise ValueError("has more than 14 digits or 4 decimals") from error


def _moment(cell: Any) -> datetime:
    """ISO dates and times only: a bare number, or 03/04/2026, could mean several days."""
    if isinstance(cell, str):
        try:
            return datetime.fromisoformat(cell.strip())
        except ValueError as error:
            raise ValueError(f"is not a date such as 2026-03-14: {cell!r}") from error
    if isinstance(cell, datetime):
        return cell
    if isinstance(cell, date):
        return datetime.combine(cell, time())
    raise ValueError(f"is not a date such as 2026-03-14: {cell!r}")


def from_json(cell: Any) -> Any:
    if not isinstance(cell, str):
        return cell
    try:
        return json.loads(cell, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise ValueError("is not sound JSON") from error


def _as_list(cell: Any) -> Any:
    return cell if isinstance(cell, list | tuple) else [cell]


Text = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_clean)]
Line = Annotated[Text, AfterValidator(_one_line)]
"""A text that stands in a line with others, as a title does."""
Name = Annotated[Line, AfterValidator(_no_formula)]
"""A text that names something: a person, a street, an id. Nobody's name is a formula."""
Email = Annotated[Name, AfterValidator(_email)]
Number = Annotated[Decimal, BeforeValidator(_number)]
Price = Annotated[Number, Field(ge=0)]
When = Annotated[Moment, BeforeValidator(_moment)]
Names = Annotated[list[Name], BeforeValidator(_as_list)]
Options = Annotated[dict[Text, Text], BeforeValidator(from_json)]


class Cells(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)


# ---------------------------------------------------------------- the rows


class Row(Cells):
    """A row of a file. `columns` must stand in the header; an empty cell means that the shop doesn't know."""

    columns: ClassVar[tuple[str, ...]]
    spare: ClassVar[tuple[str, ...]] = ()
    """Columns that shops export and that say nothing new."""

    @property
    def key(self) -> str:
        """What names the row within its file."""
        raise NotImplementedError


class _Method(Cells):
    id: Name
    source: Name
    brand: Name | None = None
    last_four: Name | None = None
    balance: Number | None = None


class CustomerRow(Row):
    columns: ClassVar = ("id", "name", "email")
    spare: ClassVar = ("first_name", "last_name")

    id: Name
    name: Name
    email: Email | None = None
    phone: Text | None = None
    address1: Name = ""
    address2: Name = ""
    city: Name = ""
    state: Name = ""
    country: Name = ""
    zip: Name = ""
    payment_methods: Annotated[list[_Method], BeforeValidator(from_json)] = []
    registered_at: When | None = None

    @property
    def key(self) -> str:
        return self.id

    def record(self) -> Customer:
        return Customer(
            id=self.id,
            name=self.name,
            email=self.email or "",
            phone=self.phone,
            address=Address(**{field: getattr(self, field) for field in Address.model_fields}),
            payment_methods=tuple(PaymentMethod(**dict(method)) for method in self.payment_methods),
            registered_at=self.registered_at,
        )


class _Payment(Cells):
    transaction_type: Name
    amount: Number
    payment_method_id: Name | None = None


class _Fulfillment(Cells):
    tracking_id: Names = []
    item_ids: Names = []
    carrier: Name | None = None


class OrderRow(Row):
    columns: ClassVar = ("id", "customer_id", "status", "total")

    id: Name
    customer_id: Name
    status: Name
    total: Price
    currency: Name
    ship_address1: Name = ""
    ship_address2: Name = ""
    ship_city: Name = ""
    ship_state: Name = ""
    ship_country: Name = ""
    ship_zip: Name = ""
    payment_history: Annotated[list[_Payment], BeforeValidator(from_json)] = []
    fulfillments: Annotated[list[_Fulfillment], BeforeValidator(from_json)] = []
    ordered_at: When | None = None
    shipped_at: When | None = None
    delivered_at: When | None = None
    expected_at: When | None = None

    @property
    def key(self) -> str:
        return id_key(self.id)

    def record(self, items: tuple[OrderItem, ...] = ()) -> Order:
        return Order(
            id=self.id,
            customer_id=self.customer_id,
            status=self.status,
            total=self.total,
            currency=self.currency,
            ship_to=Address(**{field: getattr(self, f"ship_{field}") for field in Address.model_fields}),
            payments=tuple(
                Payment(kind=each.transaction_type, amount=abs(each.amount), payment_method_id=each.payment_method_id)
                for each in self.payment_history
            ),
            fulfillments=tuple(
                Fulfillment(tracking_ids=tuple(each.tracking_id), item_ids=tuple(each.item_ids), carrier=each.carrier)
                for each in self.fulfillments
            ),
            items=items,
            ordered_at=self.ordered_at,
            shipped_at=self.shipped_at,
            delivered_at=self.delivered_at,
            expected_at=self.expected_at,
        )


class ItemRow(Row):
    columns: ClassVar = ("order_id", "line_no", "item_id", "product_name", "price")

    order_id: Name
    line_no: int = Field(ge=0, le=1_000_000)
    item_id: Name
    product_id: Name | None = None
    product_name: Name
    options: Options = {}
    price: Price
    quantity: int = Field(1, ge=1, le=1_000_000)

    @property
    def key(self) -> str:
        return f"{id_key(self.order_id)} {self.line_no}"

    def record(self) -> OrderItem:
        return OrderItem(**{field: getattr(self, field) for field in OrderItem.model_fields})


class ProductRow(Row):
    columns: ClassVar = ("id", "name")
    spare: ClassVar = ("variants",)

    id: Name
    name: Name
    description: Text = ""

    @property
    def key(self) -> str:
        return self.id


class VariantRow(Row):
    columns: ClassVar = ("item_id", "product_id", "available", "price")

    item_id: Name
    product_id: Name
    product_name: Name | None = None
    options: Options = {}
    available: bool
    price: Price
    currency: Name

    @property
    def key(self) -> str:
        return self.item_id

    def record(self) -> Variant:
        return Variant(**{field: getattr(self, field) for field in Variant.model_fields})


class TicketRow(Row):
    """`customer` is the e-mail address or the id of a customer."""

    columns: ClassVar = ("id", "customer", "subject")

    id: Name
    customer: Name
    order_id: Name | None = None
    subject: Line
    description: Text = ""
    status: TicketStatus = TicketStatus.open
    priority: Literal["low", "normal", "high", "urgent"] = "normal"
    category: Name = "general"
    created_at: When | None = None
    updated_at: When | None = None

    @property
    def key(self) -> str:
        return id_key(self.id)

    def record(self, customer_id: str) -> Ticket:
        shared = {name: value for name, value in self if name != "customer"}
        return Ticket(**shared, customer_id=customer_id)


AnyRow = TypeVar("AnyRow", bound=Row)


def parse_row(model: type[AnyRow], cells: Mapping[str, Any], defaults: Mapping[str, Any]) -> AnyRow:
    """The typed row; an empty cell is a missing one, and takes the default of its column.

    Raises `Invalid` with every reason why the row can't be taken.
    """
    try:
        given = {name: cell for name, cell in cells.items() if cell is not None and cell != ""}
        return model.model_validate({**defaults, **given})
    except ValidationError as error:
        raise Invalid("; ".join(_reason(dict(each)) for each in error.errors())) from error


_WORDS = {
    "missing": "is missing",
    "string_unicode": "holds half a character",
    "bool_parsing": "is neither true nor false",
}


def _reason(error: dict[str, Any]) -> str:
    column, kind = ".".join(str(part) for part in error["loc"]), error["type"]
    if kind == "value_error":
        return f"{column!r} {error['ctx']['error']}"
    return f"{column!r} {_WORDS[kind]}" if kind in _WORDS else f"{column!r}: {_lower(error['msg'])}"


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
