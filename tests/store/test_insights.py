from cxdesk.domain import ConversationState, Identity, Role, now


def test_an_unknown_conversation_has_no_insight(fresh_store):
    assert fresh_store.insights.derive("c_none", now(), "person") is None
    assert fresh_store.insights.find("c_none") is None


def test_one_and_all_are_derived_alike(fresh_store):
    talk = fresh_store.conversations.create("Guest", None, Identity())
    fresh_store.conversations.add_message(talk.id, Role.customer, "Hello")
    fresh_store.conversations.add_message(talk.id, Role.desk, "Good day")
    closed = {"state": ConversationState.closed}
    fresh_store.conversations.save(fresh_store.conversations.get(talk.id).model_copy(update=closed))
    assert (fresh_store.insights.derive_missing(), fresh_store.insights.derive_missing()) == (1, 0)
    of_all = fresh_store.insights.find(talk.id)
    assert fresh_store.insights.derive(talk.id, of_all.closed_at, None) == of_all


def test_system_messages_are_not_counted(fresh_store):
    talk = fresh_store.conversations.create("Guest", None, Identity())
    fresh_store.conversations.add_message(talk.id, Role.system, "Opened by mail")
    assert fresh_store.insights.derive(talk.id, now(), "person").messages == 0
