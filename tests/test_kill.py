"""The program is killed in the middle of a reply: the customer's message is there, and its draft is made again."""

import signal
import subprocess
import sys

from cxdesk.agent import Listener
from cxdesk.desk import Desk
from cxdesk.llm.toy import ToyEmbedder

DIES_IN_THE_MIDDLE = """
import os, signal, sys
from cxdesk.agent import Listener
from cxdesk.desk import Desk
from cxdesk.llm.scripted import ScriptedModel
from cxdesk.llm.toy import ToyEmbedder

def die(token):
    os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    desk = Desk.open(sys.argv[1], model=ScriptedModel(replies=["Your order is here."]), embedder=ToyEmbedder())
    talk = desk.start_conversation(sys.argv[2])
    run = desk.copilot.receive(talk.id, sys.argv[3])
    print(talk.id, run.id, flush=True)
    desk.copilot.prepare(run, Listener(on_token=die))
"""


def test_a_kill_in_the_middle_of_a_reply_loses_nothing(filled_demo, tmp_path):
    import shutil

    folder = tmp_path / "demo"
    shutil.copytree(filled_demo, folder)
    with Desk.open(folder, model="none", embedder=ToyEmbedder()) as desk:
        customer = next(c for c in desk.store.customers.all(limit=50, offset=0) if desk.store.orders.of_customer(c.id))
        order = desk.store.orders.of_customer(customer.id)[0]
    script = tmp_path / "dies.py"
    script.write_text(DIES_IN_THE_MIDDLE, encoding="utf-8")
    question = f"Where is my order {order.id}?"
    done = subprocess.run([sys.executable, script, folder, customer.id, question], capture_output=True, text=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    conversation, run_id = done.stdout.split()

    with Desk.open(folder, model="none", embedder=ToyEmbedder()) as desk:
        (message,) = desk.store.conversations.messages(conversation)
        assert message.text == question
        (run,) = desk.copilot.unfinished()
        assert run.id == run_id
        turn = desk.copilot.prepare(run, Listener())
        assert order.status in turn.reply
        assert desk.copilot.unfinished() == []
        assert desk.store.drafts.open_for(conversation).text == turn.reply
