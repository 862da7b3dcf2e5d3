from collections.abc import Iterator

import pytest

from cxdesk.store import Store


@pytest.fixture
def fresh_store() -> Iterator[Store]:
    with Store.open(None) as store:
        yield store
