"""A shop of another shape than the demo's, made from a seed: a bicycle workshop that counts in euros.

Other ids, other statuses, no expected dates, prices of services in its documents: what is only true of the
demo shop shows here.
"""

# ruff: noqa: E501 - the sheets and documents read best unbroken
from __future__ import annotations

import csv
import json
import random
from datetime import date, timedelta
from pathlib import Path

from cxdesk.desk import Desk
from cxdesk.domain import Audience
from cxdesk.ports import Embedder
from cxdesk.store.importers import import_shop

_FIRST = "Ada Bruno Celia Dario Elif Fabian Greta Hugo Ines Jonas Katja Luis".split()
_LAST = "Moreau Keller Santos Weber Lindt Rossi Novak Peeters".split()
_FRAMES = "Gravel City Touring Folding Cargo Mountain".split()
_THINGS = "Bike Saddle Pump Helmet Lock Basket".split()
_STATUSES = ("processing", "ready for pickup", "shipped", "completed", "backordered", "cancelled")
_SERVICES = (
    "tyre change", "brake service", "gear adjustment", "wheel truing", "chain replacement", "frame inspection",
    "winter storage", "battery check", "child seat fitting", "full overhaul",
)  # fmt: skip


def fill(folder: Path, embedder: Embedder | None) -> Desk:
    """The workshop's desk in an empty folder."""
    rng = random.Random(3)
    sheets = folder / "sheets"
    sheets.mkdir(parents=True)
    _write_products(sheets, rng)
    _write_customers(sheets, rng)
    documents = _write_documents(folder / "documents", rng)
    data = folder / "desk"
    data.mkdir()
    (data / "settings.toml").write_text('shop_name = "Kettenblatt"\ncurrency = "EUR"\n', encoding="utf-8")
    desk = Desk.open(data, model="none", embedder=embedder)
    import_shop(desk.store, sheets, strict=True, currency="EUR")
    desk.shop_changed()
    for path in documents:
        desk.knowledge.add([path], category="workshop", audience=Audience.public)
    return desk


def _names() -> list[str]:
    return [f"{frame} {thing}" for frame in _FRAMES for thing in _THINGS][::2]


def _write_products(folder: Path, rng: random.Random) -> None:
    rows = [
        {
            "item_id": f"{7000 + n}",
            "product_id": f"G{100 + n}",
            "product_name": name,
            "options": json.dumps({"size": rng.choice("SML"), "colour": rng.choice(("red", "grey", "olive"))}),
            "available": rng.random() < 0.8,
            "price": f"{rng.randrange(20, 900)}.{rng.choice(('00', '50', '95'))}",
        }
        for n, name in enumerate(_names())
    ]
    _write(folder / "product_items.csv", rows)
    _write(folder / "products.csv", [{"id": r["product_id"], "name": r["product_name"]} for r in rows])


def _write_customers(folder: Path, rng: random.Random) -> None:
    customers, orders, items = [], [], []
    for number in range(24):
        first, last = rng.choice(_FIRST), rng.choice(_LAST)
        customer = f"K{number:03d}"
        customers.append(
            {
                "id": customer,
                "name": f"{first} {last}",
                "email": f"{first}.{last}{number}@post.example".lower(),
                "zip": f"{10115 + number}",
            }
        )
        for _ in range(2):
            order = f"KB-{2400 + len(orders)}"
            ordered = date(2026, 3, 1) + timedelta(days=rng.randrange(150))
            status = rng.choice(_STATUSES)
            bought = rng.sample(_names(), rng.choice((1, 2)))
            prices = [f"{rng.randrange(15, 700)}.{rng.choice(('00', '90', '49'))}" for _ in bought]
            sent = status in {"shipped", "completed"}
            orders.append(
                {
                    "id": order,
                    "customer_id": customer,
                    "status": status,
                    "total": f"{sum(map(float, prices)):.2f}",
                    "currency": "EUR",
                    "ordered_at": ordered.isoformat(),
                    "shipped_at": (ordered + timedelta(days=3)).isoformat() if sent else "",
                    "delivered_at": (ordered + timedelta(days=8)).isoformat() if status == "completed" else "",
                    "fulfillments": json.dumps(
                        [{"tracking_id": [str(rng.randrange(10**11, 10**12))], "item_ids": [], "carrier": "Rapido"}]
                        if sent
                        else []
                    ),
                }
            )
            items += [
                {
                    "order_id": order,
                    "line_no": line,
                    "item_id": f"{line}{order}",
                    "product_name": name,
                    "price": price,
                    "quantity": 1,
                }
                for line, (name, price) in enumerate(zip(bought, prices, strict=True), 1)
            ]
    _write(folder / "customers.csv", customers)
    _write(folder / "orders.csv", orders)
    _write(folder / "order_items.csv", items)


def _write_documents(folder: Path, rng: random.Random) -> list[Path]:
    folder.mkdir()
    services = []
    for service in _SERVICES:
        price, minutes, months = rng.randrange(12, 180), rng.choice((20, 30, 45, 90)), rng.choice((3, 6, 12, 24))
        services.append(
            f"## {service.capitalize()}\n\nThe {service} costs €{price}.00 and takes {minutes} minutes. "
            f"Parts for the {service} are not included. If you bring the bike before {rng.choice((9, 10, 11))}:00 am, "
            f"the {service} is done on the same day. We guarantee the {service} for {months} months.\n"
        )
    rules = (
        "## Pickup\n\nAn order that is ready for pickup is kept for 10 days. After that we charge €2.50 a day. "
        "Bring your order number and a photo id.\n\n## Returns\n\nUnused parts can be returned within 30 days. "
        "Helmets cannot be returned once they were worn. Refunds arrive within 8 working days on the card you paid with.\n\n"
        "## Rental\n\nA city bike costs €18.00 a day, a cargo bike €35.00 a day. The deposit is €150.00 and is paid back "
        "when the bike comes back clean. Riders must be at least 16 years old. We do not rent bikes from November to February.\n\n"
        "## Delivery\n\nDelivery in town costs €9.00 and takes 2 working days. Outside of town it costs €24.00 and takes "
        "5 working days. Bikes are delivered assembled; parts are not.\n"
    )
    paths = [folder / "services.md", folder / "rules.md"]
    for path, text in zip(paths, ("# Services\n\n" + "\n".join(services), "# Rules\n\n" + rules), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def _write(path: Path, rows: list[dict[str, object]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
