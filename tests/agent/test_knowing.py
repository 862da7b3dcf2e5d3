"""What customers want to know, asked in their own words: whole turns on the demo shop, without a language model."""

import pytest


def talk(desk, *lines, customer=None):
    """The turns of one conversation."""
    turns = []
    for line in lines:
        turns.append(desk.ask(line, turns[-1].conversation if turns else None, customer=customer))
    return turns


def test_a_late_order_is_called_late_with_the_ticket_about_it(demo_desk):
    (turn,) = talk(demo_desk, "my router should be here by now, has it shipped?", customer="dwhitaker71@example.net")
    assert "#V1133" in turn.reply
    assert "late" in turn.reply
    assert "sorry" in turn.reply
    assert "T-2064" in turn.reply


def test_an_order_that_is_not_due_yet_is_not_called_late(demo_desk):
    (turn,) = talk(demo_desk, "has my keyboard shipped?", customer="clara@whitcombe.example")
    assert "#V1191" in turn.reply
    assert "late" not in turn.reply
    assert "sorry" not in turn.reply


def test_asked_for_news_of_several_orders_those_under_way_are_told_with_what_is_in_them(demo_desk):
    (turn,) = talk(demo_desk, "any news on my parcels?", customer="hannah.okafor@example.com")
    assert turn.decision.kind == "reply"
    assert all(order in turn.reply for order in ("#V1159", "#V1160", "#V1177"))
    assert "Robin Bluetooth Speaker" in turn.reply
    assert "#V1021" not in turn.reply


def test_how_a_thing_was_paid_is_told_by_the_customers_own_way(demo_desk):
    turns = talk(demo_desk, "how did I pay for my keyboard?", "and the fitness band?", customer="zofia.k@example.org")
    assert "#V1156" in turns[0].reply
    assert "ending in 2647" in turns[0].reply
    assert "#V1089" in turns[1].reply
    assert all(turn.grounding.unsupported == () for turn in turns)


def test_the_version_that_was_bought_is_told_and_others_to_buy_after_it(demo_desk):
    lines = ("the ssd I ordered, which colour is it?", "do you have it in coral too?")
    first, second = talk(demo_desk, *lines, customer="kbrandt@example.net")
    assert "slate" in first.reply
    assert "coral" in second.reply
    assert "in stock" in second.reply


def test_money_that_went_back_is_told_from_the_payments(demo_desk):
    (back,) = talk(demo_desk, "was my charger refunded?", customer="kwame.boateng@example.com")
    assert "$29.00" in back.reply
    assert "PayPal" in back.reply
    (waits,) = talk(demo_desk, "where is the refund for my headphones?", customer="gabriel.souza@example.org")
    assert "#V1108" in waits.reply
    assert "no refund" in waits.reply


def test_what_is_left_on_a_gift_card_is_told_to_its_owner_alone(demo_desk):
    (owner,) = talk(demo_desk, "how much is left on my gift card?", customer="sam.novak@example.com")
    assert "75.00" in owner.reply
    (guest,) = talk(demo_desk, "how much is left on my gift card?")
    assert "75.00" not in guest.reply


def test_a_ticket_is_found_by_what_it_is_about(demo_desk):
    (turn,) = talk(demo_desk, "is anyone working on my lamp problem?", customer="priya.raman@example.org")
    assert "T-2074" in turn.reply


def test_which_colors_there_are_is_answered_with_the_colors(demo_desk):
    turn = talk(demo_desk, "What colours does the Heron come in?")[0]
    assert "black and white" in turn.reply
    assert "night blue is out of stock" in turn.reply
    assert "Headphones are in stock" in turn.reply


def test_a_figure_and_its_unit_name_a_version_however_they_are_written(demo_desk):
    turn = talk(demo_desk, "do you have the 100W charger?")[0]
    assert "100 W" in turn.reply
    assert "out of stock" in turn.reply
    assert "Curlew" not in turn.reply


def test_a_version_that_was_never_made_is_not_called_out_of_stock(demo_desk):
    turn = talk(demo_desk, "Do you have the Nuthatch Portable SSD with 2 TB in coral?")[0]
    assert "We don't have" in turn.reply
    assert "out of stock" not in turn.reply


@pytest.mark.parametrize("text", ["Are your headphones vegan?", "Does the Heron come from a union factory?"])
def test_what_neither_catalogue_nor_documents_tell_is_not_answered_with_a_price(demo_desk, text):
    turn = talk(demo_desk, text)[0]
    assert "in stock" not in turn.reply
    assert "$" not in turn.reply


def test_what_the_desk_is_going_to_do_about_it_is_a_persons_to_say(demo_desk):
    lines = ("my router should be here by now, has it shipped?", "so what are you going to do about it?")
    turn = talk(demo_desk, *lines, customer="dwhitaker71@example.net")[-1]
    assert turn.decision.kind == "handoff"
    assert "documents" not in turn.reply


def test_a_guest_is_told_of_nobodys_things(demo_desk):
    turn = talk(demo_desk, "has my keyboard shipped?")[0]
    assert turn.decision.kind == "ask"
    assert "#V" not in turn.reply


def test_an_order_that_goes_back_is_under_way_no_longer(demo_desk):
    (turn,) = talk(demo_desk, "where are my orders?", customer="owen.gallagher@example.com")
    assert "#V1174" in turn.reply
    assert "#V1138" not in turn.reply
