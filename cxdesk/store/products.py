"""What the shop sells: products, and the variants that can be bought."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from cxdesk.domain import Product, Variant
from cxdesk.store.database import Database, Row, amount, as_json

_SELECT = "SELECT * EXCLUDE (seq) FROM products"


class Products:
    def __init__(self, database: Database) -> None:
        self._db = database

    def find(self, product_id: str) -> Product | None:
        found = self._products(_SELECT + " WHERE id = ?", product_id)
        return found[0] if found else None

    def find_many(self, product_ids: Iterable[str]) -> dict[str, Product]:
        """Those of the products that exist, by id."""
        found = self._products(_SELECT + " WHERE id IN (SELECT unnest(?))", list(product_ids))
        return {product.id: product for product in found}

    def find_variants(self, item_ids: Iterable[str]) -> dict[str, Variant]:
        """Those of the variants that exist, by item id."""
        rows = self._db.rows("SELECT * EXCLUDE (seq) FROM variants WHERE item_id IN (SELECT unnest(?))", list(item_ids))
        return {row["item_id"]: Variant.model_validate(row) for row in rows}

    def all(self) -> list[Product]:
        """All products with their variants, in the order in which the shop listed them."""
        return self._products(_SELECT + " ORDER BY products.seq")

    def names(self) -> list[tuple[str, str]]:
        """(id, name) of all products."""
        return [(row["id"], row["name"]) for row in self._db.rows("SELECT id, name FROM products ORDER BY seq")]

    def put(self, product: Product) -> None:
        """Add the product with its variants, or replace the one with the same id."""
        self.put_many([product])

    def put_many(self, products: Sequence[Product]) -> None:
        """`put` for many at once: all, or none."""
        heads = [{"id": each.id, "name": each.name, "description": each.description} for each in products]
        with self._db.transaction():
            self._db.insert("products", heads, replace_by="id")
            self._db.write(
                "DELETE FROM variants WHERE product_id IN (SELECT unnest(?))", [each.id for each in products]
            )
            variants = [_variant_row(variant) for each in products for variant in each.variants]
            self._db.insert("variants", variants, replace_by="item_id")

    def _products(self, sql: str, *values: object) -> list[Product]:
        with self._db.snapshot():
            rows = self._db.rows(sql, *values)
            variants = self._variants([row["id"] for row in rows])
        return [Product.model_validate({**row, "variants": variants[row["id"]]}) for row in rows]

    def _variants(self, product_ids: list[str]) -> dict[str, list[Row]]:
        variants: dict[str, list[Row]] = defaultdict(list)
        for row in self._db.rows(
            "SELECT * EXCLUDE (seq) FROM variants WHERE product_id IN (SELECT unnest(?)) ORDER BY variants.seq",
            product_ids,
        ):
            variants[row["product_id"]].append(row)
        return variants


def _variant_row(variant: Variant) -> Row:
    return {**dict(variant), "options": as_json(variant.options), "price": amount(variant.price)}
