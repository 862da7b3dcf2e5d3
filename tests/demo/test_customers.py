from cxdesk.agent import Listener
from cxdesk.demo.customers import WritingCustomers, play
from cxdesk.demo.shop import Script, load_scripts


def test_every_script_is_answered_in_the_terminal(demo_desk):
    for script in load_scripts():
        heard = []
        play(script, demo_desk, lambda line, turn, heard=heard: heard.append((line, turn)))
        assert [line for line, _ in heard] == list(script.lines)
        assert all(turn.reply and not turn.grounding.unsupported for _, turn in heard)


def test_a_customer_waits_for_the_answer_before_the_next_line(demo_desk):
    script = Script(id="two", customer=None, mood="calm", lines=("Hello!", "How long does shipping take?"))
    customers = WritingCustomers(demo_desk, [script], pause_s=0)
    assert customers.write_next()
    assert not customers.write_next()
    (run,) = demo_desk.copilot.unfinished()
    demo_desk.copilot.prepare(run, Listener())
    assert not customers.write_next()
    demo_desk.copilot.approve(demo_desk.store.drafts.open_for(run.conversation_id).id)
    assert customers.write_next()


def test_stopped_customers_write_nothing_more(demo_desk):
    script = Script(id="one", customer=None, mood="calm", lines=("Hello!",))
    customers = WritingCustomers(demo_desk, [script], pause_s=3600)
    customers.start()
    customers.stop()
    assert not customers.is_alive()
    assert demo_desk.copilot.unfinished() == []
