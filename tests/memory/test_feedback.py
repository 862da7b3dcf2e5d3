"""Stars for replies and conversations."""

import pytest

from cxdesk.domain import Invalid, Role
from cxdesk.memory.feedback import rate
from tests.memory.history import Past


@pytest.fixture
def past(fresh_store):
    return Past(fresh_store)


def test_a_reply_and_its_conversation_are_rated_apart(past):
    talk = past.conversation()
    reply = past.say(talk, "Here you are.", Role.desk)
    rate(past.store, talk, 5, "quick")
    rate(past.store, talk, 2, message_id=reply.id)
    assert [(r.message_id, r.stars) for r in past.store.ratings.of_conversation(talk)] == [(None, 5), (reply.id, 2)]


def test_a_second_rating_by_the_same_side_replaces_the_first(past):
    talk = past.conversation()
    rate(past.store, talk, 1)
    rate(past.store, talk, 4)
    rate(past.store, talk, 3, by="staff")
    assert [(r.by, r.stars) for r in past.store.ratings.of_conversation(talk)] == [("customer", 4), ("staff", 3)]


def test_a_card_number_in_a_comment_is_never_kept(past):
    talk = past.conversation()
    kept = rate(past.store, talk, 3, "you charged 4111 1111 1111 1111 twice")
    assert "4111" not in kept.comment


@pytest.mark.parametrize("stars", [0, 6, -1])
def test_other_than_one_to_five_stars_is_refused(past, stars):
    talk = past.conversation()
    with pytest.raises(Invalid, match="1 to 5 stars"):
        rate(past.store, talk, stars)


def test_only_a_reply_of_the_conversation_can_be_rated(past):
    talk = past.conversation()
    question = past.say(talk, "Hello?")
    with pytest.raises(Invalid, match="No reply"):
        rate(past.store, talk, 5, message_id=question.id)
    with pytest.raises(Invalid, match="No conversation"):
        rate(past.store, "c_nowhere", 5)
