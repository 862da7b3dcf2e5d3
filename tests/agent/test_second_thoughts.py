"""What becomes of a proposal or a question when the customer thinks again. Nothing is done that was not described."""

import pytest

from cxdesk.domain import HandoffReason

THEO = "theo.papadakis@example.com"  # got a hub, two cameras, and a keyboard with a mouse in one order
ARJUN = "arjun.mehta@example.net"  # waits for a charger


@pytest.fixture
def talk(demo_desk):
    class Talk:
        conversation = None
        turn = None

        def say(self, text, customer=THEO):
            self.turn = demo_desk.ask(text, self.conversation, None if self.conversation else customer)
            self.conversation = self.turn.conversation
            return self.turn

        @property
        def items(self):
            pending = self.turn.decision.pending
            return pending and sorted(pending.args["item_ids"])

        @property
        def writes(self):
            rows = demo_desk.store.audit.of_conversation(self.conversation)
            return [
                (row.tool, sorted(row.args.get("item_ids", ())))
                for row in rows
                if row.ok and row.tool in ("return_items", "cancel_order")
            ]

    return Talk()


def test_another_thing_named_in_a_no_is_proposed_instead(talk):
    talk.say("return the hub")
    talk.say("no, I meant the mouse")
    assert talk.items == ["PLOV-MOS"]
    talk.say("yes")
    assert talk.writes == [("return_items", ["PLOV-MOS"])]


def test_a_further_thing_joins_the_proposal_of_its_order(talk):
    talk.say("I want to return the mouse")
    talk.say("and the keyboard too")
    assert talk.items == ["PLOV-MOS", "TERN-T-BR"]


def test_a_further_thing_beside_a_yes_joins_the_change_that_is_made_but_once(talk):
    talk.say("I want to return the mouse")
    talk.say("yes, and also return the keyboard")
    assert talk.items == ["PLOV-MOS", "TERN-T-BR"]
    assert talk.writes == []


def test_only_one_of_what_was_proposed_is_proposed_alone(talk):
    talk.say("return the mouse and the keyboard of #V1136")
    talk.say("just the mouse actually")
    assert talk.items == ["PLOV-MOS"]


def test_what_is_taken_out_of_a_yes_is_left_out(talk):
    talk.say("return the mouse and the keyboard of #V1136")
    talk.say("yes to the keyboard, no to the mouse")
    assert talk.items == ["TERN-T-BR"]


def test_a_correction_that_is_not_understood_never_ends_in_what_was_corrected(talk):
    talk.say("return the hub")
    turn = talk.say("no, make that the wobbly one")
    assert (turn.decision.kind, turn.decision.pending) == ("ask", None)
    talk.say("yes")
    assert talk.writes == []


def test_a_reason_that_is_not_given_is_told_in_the_proposal_and_confirmed_by_a_yes(talk):
    assert talk.say("cancel #V1188", ARJUN).decision.kind == "ask"
    turn = talk.say("just cancel it")
    assert turn.decision.pending.args == {"order_id": "#V1188", "reason": "no longer needed"}
    assert "because it is no longer needed" in turn.reply
    assert talk.writes == []


def test_a_wish_given_up_while_it_is_asked_about_stays_given_up(talk):
    talk.say("cancel #V1188", ARJUN)
    turn = talk.say("oh wait, never mind, I still want it")
    assert (turn.decision.kind, turn.decision.pending) == ("reply", None)
    assert talk.say("thanks").decision.pending is None


@pytest.mark.parametrize("next_message", ["what are your opening hours?", "never mind", "no, thanks"])
def test_after_a_wish_was_given_up_the_next_message_is_answered_as_if_none_had_been_open(demo_desk, talk, next_message):
    talk.say("cancel #V1188", ARJUN)
    talk.say("never mind")
    turn, fresh = talk.say(next_message), demo_desk.ask(next_message, None, ARJUN)
    assert (turn.reply, turn.decision) == (fresh.reply, fresh.decision)


def test_an_order_named_after_its_wish_was_given_up_is_told_of(talk):
    talk.say("cancel #V1188", ARJUN)
    talk.say("never mind")
    turn = talk.say("#V1188")
    assert turn.decision.kind == "reply"
    assert [request.intent.name for request in turn.signals.requests] == ["order_status"]


def test_a_second_never_mind_after_a_declined_proposal_is_a_courtesy(talk):
    talk.say("return the hub")
    assert talk.items
    talk.say("never mind")
    assert talk.say("never mind").decision.kind == "reply"


def test_the_reason_of_a_wish_that_was_given_up_is_asked_for_when_it_is_wished_again(talk):
    asked = talk.say("cancel #V1188", ARJUN)
    talk.say("never mind")
    turn = talk.say("oh well, cancel #V1188 after all")
    assert (turn.decision.kind, turn.decision.pending) == ("ask", None)
    assert asked.reply.rpartition("Why")[2] in turn.reply


def test_an_order_that_can_not_be_cancelled_is_refused_before_a_reason_is_asked_for(talk):
    turn = talk.say("please cancel order #V1136")
    assert turn.decision.kind == "reply"
    assert "#V1136 is delivered" in turn.reply


def test_the_same_words_as_the_proposal_are_a_yes(talk):
    talk.say("return the hub")
    talk.say("ok yes send it back")
    assert talk.writes == [("return_items", ["JAYH-8"])]


def test_a_question_beside_a_cancellation_does_not_cancel_what_it_asks_about(talk):
    turn = talk.say("Cancel V1188 and tell me where V1065 went", ARJUN)
    assert "#V1188" in turn.reply
    assert "cancel #V1188 and #V1065" not in turn.reply


def test_a_thing_goes_by_its_first_name(talk):
    talk.say("please return my Plover", THEO)
    assert talk.items == ["PLOV-MOS"]


def test_what_shall_be_kept_is_left_out_of_the_proposal(talk):
    talk.say("return the mouse and the keyboard of #V1136")
    talk.say("wait, keep the keyboard")
    assert talk.items == ["PLOV-MOS"]


def test_what_shall_be_left_is_no_part_of_an_exchange(talk):
    turn = talk.say("swap the mouse of #V1136 for a black one and leave the keyboard")
    assert talk.items == ["PLOV-MOS"]
    assert turn.decision.pending.args["new_item_ids"] == ["PLOV-BLK"]


@pytest.mark.parametrize(
    "second",
    [
        "hm, full size red then",
        "hm, I’d like full size red then",
        "hm (a pity), full size red then",
    ],
)
def test_a_second_choice_after_one_that_is_not_there_is_proposed(talk, second):
    assert talk.say("exchange the keyboard in #V1136 for a tenkeyless red one").decision.kind == "ask"
    assert talk.say(second).decision.pending.args["new_item_ids"] == ["TERN-F-RD"]


def test_a_way_of_paying_named_in_an_answer_makes_a_new_proposal(talk):
    talk.say("change the charger of #V1188 to the 65 W one", ARJUN)
    turn = talk.say("put it on my paypal")
    assert turn.decision.pending.args["payment_method_id"] == "paypal_8859616"


def test_a_changed_payment_is_not_asked_about_again(talk):
    talk.say("bill my PayPal for V1188 instead of the card", ARJUN)
    assert talk.say("yes please").decision.kind == "reply"


def test_an_account_named_beside_a_yes_gets_the_same_address(talk):
    talk.say("Please send #V1188 to 5 Elm Way, Boise, ID 83701 instead", ARJUN)
    turn = talk.say("yes and update my account too")
    assert turn.decision.pending.tool == "update_customer_address"


def test_what_was_broken_off_is_no_wish(talk):
    turn = talk.say("Change the charger to... no, you know what, cancel #V1188, I don't need it", ARJUN)
    assert turn.decision.pending.tool == "cancel_order"


def test_a_part_of_an_order_is_not_taken_for_the_whole(talk):
    turn = talk.say("Can you take the mouse off my order #V1136 and only keep the keyboard?")
    assert turn.decision.pending is None


def test_a_question_about_a_proposal_is_not_called_an_unclear_yes(talk):
    talk.say("return the hub")
    turn = talk.say("how much do I get back for it?")
    assert turn.decision.pending is not None
    assert "not sure whether that was a yes" not in turn.reply


def test_a_mere_no_to_a_proposal_is_no_reason_to_hand_over(talk, monkeypatch):
    talk.say("return the hub")
    monkeypatch.setattr("cxdesk.agent.turn.should_hand_over", lambda *_, **__: HandoffReason.frustration)
    assert talk.say("no stop").decision.kind == "reply"
