import json
from decimal import Decimal

import pytest

from cxdesk.agent.actions import ActionContext, action_key, judge_action, perform_action
from cxdesk.agent.confirmation import AnswerWords, read_answer
from cxdesk.agent.customer_records import CustomerRecords
from cxdesk.agent.identity import identify
from cxdesk.agent.rules import load_rules
from cxdesk.agent.wishes import Denial, Lexicon, Progress, Proposal, Question, next_move, read_shop
from cxdesk.domain import (
    Address,
    AuditRow,
    Customer,
    Decision,
    DecisionKind,
    Entities,
    Identity,
    IntentScore,
    Order,
    OrderItem,
    Payment,
    PaymentMethod,
    PendingAction,
    Product,
    Request,
    Sentiment,
    Signals,
    Turn,
    Variant,
    new_id,
    now,
)
from cxdesk.evals.tasks import (
    ALL_I_KNOW,
    ScriptedCustomer,
    comparable,
    first_person,
    gold_writes,
    introduction,
    run_tasks,
)
from cxdesk.settings import bundled


class WishLoop:
    """Proposes, confirms and performs the wishes of a conversation, without reply writing."""

    def __init__(self, desk, rules):
        self.desk, self.rules = desk, rules
        self.lexicon = Lexicon.load(bundled("resources/wishes.toml"))
        self.words = AnswerWords.load(bundled("resources/confirmation.toml"))
        self.talks = {}

    def ask(self, text, conversation):
        store = self.desk.store
        if conversation is None:
            conversation = store.conversations.create("Guest", None, Identity()).id
            self.talks[conversation] = {
                "said": [],
                "identity": Identity(),
                "progress": Progress(),
                "pending": None,
                "parts": (),
            }
        talk = self.talks[conversation]
        self._take(text, conversation, talk)
        talk["said"].append(text)
        stated = [self.desk.signal_reader().entities(each) for each in talk["said"]]
        talk["identity"] = identify(talk["identity"], stated, self.rules.identity, store)
        if talk["identity"].level != "verified":
            return self._turn(conversation, talk, DecisionKind.ask, "What is your e-mail address?")
        self._read(conversation)
        return self._next(conversation, talk)

    def _take(self, text, conversation, talk):
        pending, talk["pending"] = talk["pending"], None
        if pending is None:
            return
        if read_answer(text, pending, self.words).kind in ("yes", "also"):
            perform_action(
                pending.tool, pending.args, self._context(talk, conversation), key=action_key(conversation, pending)
            )
        talk["progress"] = Progress(closed=(*talk["progress"].closed, *talk["parts"]), asked=talk["progress"].asked)

    def _context(self, talk, conversation):
        return ActionContext(self.desk.store, talk["identity"], self.rules, conversation_id=conversation)

    def _next(self, conversation, talk):
        store, context = self.desk.store, self._context(talk, conversation)
        shop = read_shop(CustomerRecords(store, talk["identity"].customer_id), self.rules, self.lexicon)
        denied = []
        for _ in range(10):
            progress = talk["progress"]
            move = next_move(
                talk["said"], shop, progress, lambda tool, args: judge_action(tool, args, context), self.lexicon
            )
            if isinstance(move, Proposal):
                talk["pending"] = PendingAction(tool=move.tool, args=move.args, asked_at=now())
                talk["parts"] = move.parts
                return self._turn(conversation, talk, DecisionKind.confirm, f"Shall I {move.tool}?", talk["pending"])
            if isinstance(move, Question):
                talk["progress"] = progress.model_copy(update={"asked": (*progress.asked, move.topic)})
                return self._turn(conversation, talk, DecisionKind.ask, move.text)
            if not isinstance(move, Denial):
                break
            denied.append(move.text)
            talk["progress"] = progress.model_copy(update={"closed": (*progress.closed, *move.parts)})
        return self._turn(conversation, talk, DecisionKind.reply, " ".join([*denied, "Anything else?"]))

    def _read(self, conversation):
        for tool in ("lookup_customer", "get_orders", "search_products"):
            row = AuditRow(
                id=new_id("t"),
                run_id=None,
                conversation_id=conversation,
                role="customer_ai",
                tool=tool,
                args={},
                ok=True,
                ms=0,
                at=now(),
            )
            self.desk.store.audit.add(row)

    def _turn(self, conversation, talk, kind, reply, pending=None):
        return turn(kind, reply, pending, conversation, talk["identity"])


def turn(kind, reply="", pending=None, conversation="c_1", identity=None):
    request = Request(text="x", intent=IntentScore(name="other", confidence=0))
    return Turn(
        conversation=conversation,
        run="r_1",
        message_id="m_1",
        reply=reply,
        decision=Decision(kind=kind, pending=pending),
        identity=identity or Identity(level="verified", customer_id="ann"),
        signals=Signals(sentiment=Sentiment(label="neutral"), requests=(request,), entities=Entities()),
    )


HOME = {"address1": "1 Oak Road", "address2": "", "city": "Denver", "state": "CO", "country": "USA", "zip": "80201"}
KNOWN = "You are Ann Lee in zip code 80201."


def case(id, reason, *actions, known=KNOWN):
    return {"id": id, "reason_for_call": reason, "known_info": known, "actions": list(actions)}


def gold(name, **arguments):
    return {"name": name, "arguments": arguments}


RETURN = gold("return_delivered_order_items", order_id="#W2000001", item_ids=["1001000"], payment_method_id="paypal_1")


@pytest.fixture
def shop_desk(demo_desk):
    store = demo_desk.store
    variants = tuple(
        Variant(item_id=f"100{n}000", product_id="P1", options={"color": color}, available=True, price=Decimal(10 + n))
        for n, color in enumerate(("red", "blue"), start=1)
    )
    store.products.put(Product(id="P1", name="Camping Kettle", variants=variants))
    method = PaymentMethod(id="paypal_1", source="paypal")
    store.customers.put(
        Customer(id="ann_lee_1", name="Ann Lee", email="ann@x.org", address=Address(**HOME), payment_methods=(method,))
    )
    for order_id, status in (("#W2000001", "delivered"), ("#W1000001", "pending")):
        item = OrderItem(
            line_no=1,
            item_id="1001000",
            product_id="P1",
            product_name="Camping Kettle",
            options={"color": "red"},
            price=Decimal(11),
        )
        payment = Payment(kind="payment", amount=Decimal(11), payment_method_id="paypal_1")
        store.orders.put(
            Order(
                id=order_id,
                customer_id="ann_lee_1",
                status=status,
                total=Decimal(11),
                ship_to=Address(**HOME),
                payments=(payment,),
                items=(item,),
            )
        )
    demo_desk.shop_changed()
    return demo_desk


@pytest.fixture
def loop(shop_desk):
    from pathlib import Path

    return WishLoop(shop_desk, load_rules(Path(__file__).parent.parent / "retail_rules.toml"))


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("You want to return your kettle.", "I want to return my kettle."),
        ("You are in a hurry; if the agent asks you, you say no.", "I am in a hurry; if the agent asks me, I say no."),
        ("You'd like it, and you've paid for it yourself.", "I'd like it, and I've paid for it myself."),
        ("You name is Ann.", "My name is Ann."),
    ],
)
def test_a_script_is_spoken_in_the_first_person(told, said):
    assert first_person(told) == said


def test_who_knows_their_user_name_tells_their_name():
    assert introduction("You are ann_lee_1 in 80201.").endswith("My name is Ann Lee.")
    assert "My name is Ann Lee" not in introduction("You are Ann Lee (ann_lee_1).")


def test_wanted_changes_get_the_desks_names():
    address = gold("modify_user_address", user_id="ann_lee_1", **HOME)
    assert [write.tool for write in gold_writes(case("1", "", RETURN, address))] == [
        "return_items",
        "update_customer_address",
    ]
    assert gold_writes(case("1", "", address))[0].args == {"address": HOME}


def test_items_are_compared_in_pairs_whatever_their_order():
    one = PendingAction(tool="exchange_items", args={"item_ids": ["1", "2"], "new_item_ids": ["3", "4"]})
    same = PendingAction(tool="exchange_items", args={"item_ids": ["2", "1"], "new_item_ids": ["4", "3"]})
    other = PendingAction(tool="exchange_items", args={"item_ids": ["2", "1"], "new_item_ids": ["3", "4"]})
    assert comparable(one) == comparable(same) != comparable(other)


def test_the_customer_says_yes_only_to_what_the_task_wants():
    customer = ScriptedCustomer(case("1", "You want to return it.", RETURN))
    for tool, order_id, said in (
        ("return_items", "#W2000001", "Yes."),
        ("return_items", "#W1000001", "No."),
        ("cancel_order", "#W2000001", "No."),
    ):
        pending = PendingAction(tool=tool, args={"order_id": order_id})
        assert customer.reply(turn(DecisionKind.confirm, pending=pending)) == said


def test_the_customer_tells_who_they_are_when_asked_and_knows_nothing_more():
    customer = ScriptedCustomer(case("1", "You want to return it.", RETURN))
    unknown = turn(DecisionKind.ask, "What is your e-mail address?", identity=Identity())
    assert customer.reply(unknown) == "I am Ann Lee in zip code 80201."
    assert customer.reply(turn(DecisionKind.ask, "Which one?")) == ALL_I_KNOW
    assert customer.reply(turn(DecisionKind.handoff)) is None


def test_tasks_are_scored_by_what_was_changed(shop_desk, loop):
    cases = [
        case("right", "You want to return your kettle.", RETURN),
        case("missing", "You want to say hello.", RETURN),
        case("idle", "You want to know nothing.", gold("get_order_details", order_id="#W1000001")),
    ]
    report = run_tasks(cases, shop_desk, ask=loop.ask).as_json()
    assert report["metrics"]["pass"] == pytest.approx(2 / 3)
    assert report["metrics"]["wrong_writes"] == 0
    assert (report["metrics"]["no_writes.pass"], report["metrics"]["no_writes.n"]) == (1, 1)
    assert report["metrics"]["reads_covered"] == 1
    assert [failure["id"] for failure in report["failures"]] == ["missing"]
    assert json.dumps(report)


def test_a_change_with_other_arguments_is_wrong(shop_desk, loop):
    other = gold("cancel_pending_order", order_id="#W1000001", reason="no longer needed")
    report = run_tasks(
        [case("1", "You want to cancel order #W1000001, you ordered it by mistake.", other)], shop_desk, ask=loop.ask
    )
    assert report.metrics["pass"] == 0
    assert report.metrics["wrong_writes"] == 1
    assert "not wanted" in report.failures[0].why


def test_each_task_begins_with_the_shop_as_it_was(shop_desk, loop):
    cases = [case(str(n), "You want to return your kettle.", RETURN) for n in range(2)]
    assert run_tasks(cases, shop_desk, ask=loop.ask).metrics["pass"] == 1
    assert shop_desk.store.orders.find("#W2000001", "ann_lee_1").status == "delivered"


def test_what_no_task_asks_for_is_null_with_a_reason(shop_desk, loop):
    report = run_tasks([case("1", "You want to return your kettle.", RETURN)], shop_desk, ask=loop.ask).as_json()
    assert report["metrics"]["no_writes.pass"] is None
    assert "no_writes.pass" in report["reasons"]


def test_another_exchange_after_a_no_is_left_alone(shop_desk, loop):
    report = run_tasks([case("1", "You want to exchange your kettle for a blue one.")], shop_desk, ask=loop.ask)
    assert report.metrics["pass"] == 1
    assert report.metrics["wrong_writes"] == 0
