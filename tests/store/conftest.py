from collections.abc import Iterator
from pathlib import Path

import pytest

from cxdesk.store import Store

SHOP = {
    "customers.csv": (
        "id,name,email,phone,address1,city,zip,payment_methods,registered_at\n"
        'ada,Ada Marsh,ada@example.com,+44 20 5550 0101,1 Mill Lane,Leeds,00123,"[{""id"": ""gift_1"", ""source"": '
        '""gift_card"", ""balance"": 17.5}]",2025-01-31\n'
        "bo,Bo Lund,bo@example.com,,,,,,\n"
    ),
    "orders.csv": (
        "id,customer_id,status,total,ship_city,ship_zip,payment_history,fulfillments,ordered_at\n"
        '#K1,ada,delivered,30.50,Leeds,00123,"[{""transaction_type"": ""payment"", ""amount"": 30.5, '
        '""payment_method_id"": ""gift_1""}]","[{""tracking_id"": [""T9""], ""item_ids"": [""cup-red""], '
        '""carrier"": ""Swift""}]",2026-02-03T10:00:00+02:00\n'
        "#K2,bo,pending,12,,,,,\n"
    ),
    "order_items.csv": (
        "order_id,line_no,item_id,product_id,product_name,options,price,quantity\n"
        '#K1,1,cup-red,cup,Cup,"{""color"": ""red""}",12.25,2\n'
        "#K1,2,jar-1,jar,Jar,,6.00,\n"
        "#K2,1,cup-blue,cup,Cup,,12,1\n"
    ),
    "products.csv": "id,name,description\ncup,Cup,\njar,Jar,Holds a litre.\n",
    "product_items.csv": (
        "item_id,product_id,product_name,options,available,price\n"
        'cup-red,cup,Cup,"{""color"": ""red""}",true,12.25\n'
        "cup-blue,cup,Cup,,false,12\n"
        "jar-1,jar,Jar,,true,6\n"
    ),
}


@pytest.fixture
def fresh_store() -> Iterator[Store]:
    with Store.open(None) as store:
        yield store


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A shop of 2 customers, 2 orders, 3 items, 2 products and 3 variants, as CSV files."""
    folder = tmp_path / "shop"
    folder.mkdir()
    for name, text in SHOP.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
