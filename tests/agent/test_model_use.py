"""What a reply cost the model is kept with its run."""

import shutil

from cxdesk.desk import Desk
from cxdesk.llm.scripted import ScriptedModel
from cxdesk.llm.toy import ToyEmbedder
from cxdesk.ports import ModelUse


class MeteredModel(ScriptedModel):
    def used(self, slot: str) -> ModelUse | None:
        return ModelUse(queue_ms=12.5, read_tokens=40, written_tokens=9, write_ms=300.0)


def test_a_reply_tells_what_it_cost_and_how_long_it_waited(filled_demo, data_dir):
    shutil.copytree(filled_demo, data_dir)
    with Desk.open(data_dir, model=MeteredModel(replies=["It is on its way."] * 2), embedder=ToyEmbedder()) as desk:
        orders = (order for person in desk.store.customers.all() for order in desk.store.orders.of_customer(person.id))
        order = next(orders)
        turn = desk.ask(f"Where is my order {order.id}?", customer=order.customer_id)
        kept = desk.store.runs.find(turn.run).turn
    assert turn.model == "scripted"
    assert kept["model_use"]["written_tokens"] == 9
    assert turn.timings_ms["queue"] == 12.5
