from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cxdesk.domain import (
    ConversationState,
    HandoffReason,
    MoodHistory,
    Order,
    Payment,
    Period,
    Profile,
    TicketFilter,
    now,
)
from cxdesk.memory.generate import add_history
from cxdesk.memory.profiles import mood_history, roll_up, roll_up_customers, roll_up_stale
from cxdesk.memory.sessions import close_session
from cxdesk.settings import Settings, bundled
from cxdesk.store import Store
from tests.memory.talks import ADA, BO, ask, put_customers, talk_of

SETTINGS = Settings()


@pytest.fixture
def store():
    with Store.open(None) as opened:
        put_customers(opened)
        yield opened


def session(store, *, days_ago=0, customer=ADA, **exchange):
    talk = talk_of(store, customer)
    ask(store, talk, **exchange)
    return close_session(store, talk.id, now() - timedelta(days=days_ago))


def ada(store) -> Profile:
    roll_up_customers(store, now(), SETTINGS, [ADA])
    return store.profiles.find(ADA)


def buy(store, number, total, *, status="delivered", currency="USD", payments=()):
    store.orders.put(
        Order(
            id=f"#W{number}", customer_id=ADA, status=status, total=Decimal(total), currency=currency, payments=payments
        )
    )


def test_newer_sessions_weigh_more_and_unknown_moods_are_left_out_and_counted(store):
    session(store, days_ago=30, score=0.8)
    session(store, days_ago=20, score=None)
    session(store, days_ago=10, score=-0.4)
    profile = ada(store)
    assert profile.weighted_sentiment == pytest.approx((-0.4 + 0.7 * 0.8) / 1.7, abs=1e-6)
    assert (profile.sessions, profile.moods_known, profile.moods_unknown) == (3, 2, 1)


def test_a_customer_of_whom_no_mood_is_known_has_no_mood(store):
    session(store, score=None)
    profile = ada(store)
    assert (profile.weighted_sentiment, profile.average_drift, profile.health_parts.mood) == (None, None, None)
    assert profile.health == 100


def test_topics_count_the_sessions_in_which_they_came_up(store):
    session(store, intent="refund")
    session(store, intent="refund")
    session(store, intent="question")
    assert ada(store).topics == {"refund": 2, "question": 1}


@pytest.mark.parametrize(
    ("total", "tier"),
    [("99.99", "standard"), ("100", "silver"), ("499.99", "silver"), ("500", "gold"), ("2000", "platinum")],
)
def test_the_tier_follows_what_was_spent(store, total, tier):
    buy(store, 1, total)
    profile = ada(store)
    assert (profile.tier, profile.total_spend, profile.sessions) == (tier, Decimal(total), 0)


def test_tiers_can_be_moved(store):
    buy(store, 1, "60")
    roll_up(store, now(), Settings(tier_silver=Decimal(50)))
    assert store.profiles.find(ADA).tier == "silver"


def test_refunds_cancelled_orders_and_other_currencies_are_not_spent(store):
    buy(
        store,
        1,
        "100",
        payments=(Payment(kind="payment", amount=Decimal(100)), Payment(kind="refund", amount=Decimal(30))),
    )
    buy(store, 2, "50", status="cancelled")
    buy(store, 3, "70", currency="EUR")
    assert ada(store).total_spend == Decimal(70)


def test_a_calm_customer_is_not_at_risk(store):
    session(store, score=0.2)
    profile = ada(store)
    assert (profile.at_risk, profile.risk_reasons) == (False, ())


def test_escalations_over_forty_percent_are_a_risk(store):
    for _ in range(3):
        session(store)
    for _ in range(2):
        session(store, decision="handoff", handoff=HandoffReason.data_gap)
    assert ada(store).risk_reasons == ()
    session(store, decision="handoff", handoff=HandoffReason.data_gap)
    profile = ada(store)
    assert (profile.escalations, profile.risk_reasons) == (3, ("escalation rate over 40 %",))


def test_a_bad_mood_and_a_mood_that_got_worse_are_risks(store):
    talk = talk_of(store)
    ask(store, talk, score=-0.3)
    ask(store, talk, score=-0.9)
    close_session(store, talk.id, now())
    assert ada(store).risk_reasons == ("weighted sentiment under -0.3", "negative drift")


def test_three_unresolved_in_a_row_are_a_risk_until_one_is_resolved(store):
    for day in (3, 2, 1):
        session(store, days_ago=day, decision="ask")
    assert ada(store).risk_reasons == ("three unresolved in a row",)
    session(store)
    assert ada(store).risk_reasons == ()


def test_the_preferred_tone_is_that_of_resolved_sessions(store):
    session(store, tone="playful", decision="ask")
    session(store, tone="playful", decision="ask")
    session(store, tone="professional")
    assert ada(store).preferred_tone == "professional"


def test_health_is_the_sum_of_its_parts(store):
    talk = talk_of(store)
    ask(store, talk, score=0.0)
    ask(store, talk, score=0.5)
    close_session(store, talk.id, now())
    session(store, decision="ask", score=0.25)
    profile, parts = ada(store), ada(store).health_parts
    assert (parts.resolution, parts.independence, parts.drift) == (15, 20, 6.25)
    assert profile.health == pytest.approx(parts.mood + 41.25, abs=0.06)


def test_sessions_in_which_the_customer_wrote_nothing_do_not_count(store):
    close_session(store, talk_of(store).id, now())
    profile = ada(store)
    assert (profile.sessions, profile.resolution_rate, profile.health) == (0, None, None)


def test_a_customer_who_is_gone_has_no_profile_after_a_rollup(store):
    session(store)
    roll_up(store, now(), SETTINGS)
    assert roll_up_customers(store, now(), SETTINGS, ["nobody"]) == 0
    assert store.profiles.find("nobody") is None


def test_conversations_closed_without_an_insight_get_one_with_the_full_rollup(store):
    talk = talk_of(store)
    ask(store, talk)
    state = {"state": ConversationState.closed}
    store.conversations.save(store.conversations.get(talk.id).model_copy(update=state))
    roll_up(store, now(), SETTINGS)
    roll_up(store, now(), SETTINGS)
    assert store.profiles.find(ADA).sessions == 1
    assert store.insights.find(talk.id).closed_by is None


def test_the_tone_is_chosen_by_what_the_profile_knows(store):
    session(store, score=-0.5, tone="professional")
    history = mood_history(ada(store))
    assert history == MoodHistory(messages=1, mean_score=-0.5, mean_frustration=0.1, preferred="professional")


def test_stale_are_those_of_whom_something_happened_since(store):
    session(store)
    session(store, customer=BO)
    assert store.profiles.stale() == [ADA, BO]
    roll_up_customers(store, now(), SETTINGS, [ADA])
    assert store.profiles.stale() == [BO]
    ask(store, talk_of(store))
    assert store.profiles.stale() == [ADA, BO]


exchanges = st.fixed_dictionaries(
    {
        "intent": st.sampled_from(["order_status", "refund", "thanks"]),
        "score": st.none() | st.sampled_from([-0.9, -0.35, -0.1, 0.0, 0.1, 0.7]),
        "decision": st.sampled_from(["reply", "reply", "ask", "confirm"]),
        "order": st.sampled_from([None, "#W1", "#W2"]),
        "tone": st.sampled_from(["friendly", "professional"]),
        "answered": st.booleans(),
        "handoff": st.sampled_from([None, None, None, HandoffReason.data_gap]),
    }
)
steps = st.lists(
    st.tuples(st.sampled_from([ADA, BO, None]), st.integers(0, 2), exchanges, st.booleans(), st.booleans()), max_size=14
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=steps)
def test_step_by_step_and_all_at_once_give_the_same_profiles(steps):
    with Store.open(None) as store:
        put_customers(store)
        talks = {(customer, nth): talk_of(store, customer) for customer in (ADA, BO, None) for nth in range(3)}
        for customer, nth, exchange, closes, rolls_up in steps:
            talk = talks[customer, nth]
            ask(store, talk, **exchange)
            kept = store.conversations.get(talk.id)
            store.conversations.save(kept.model_copy(update={"state": ConversationState.open}))
            if closes:
                close_session(store, talk.id, now())
            if rolls_up:
                roll_up_stale(store, now(), SETTINGS)
        roll_up_stale(store, now(), SETTINGS)
        by_steps = {each.customer_id: figures(each) for each in store.profiles.all()}
        moment = now()
        roll_up(store, moment, SETTINGS)
        at_once = store.profiles.all()
        assert by_steps == {each.customer_id: figures(each) for each in at_once}
        roll_up_customers(store, moment, SETTINGS, [ADA, BO])
        assert store.profiles.all() == at_once


def figures(profile: Profile) -> dict[str, object]:
    return profile.model_dump(exclude={"rolled_up_at"})


def test_one_customer_and_all_agree_over_a_generated_history(store):
    add_history(store, 3000, now(), bundled("resources/past_conversations.toml"))
    moment = now()
    roll_up(store, moment, SETTINGS)
    at_once = store.profiles.all()
    roll_up_customers(store, moment, SETTINGS, [each.customer_id for each in at_once])
    assert store.profiles.all() == at_once
    assert len(at_once) == store.customers.count()


def test_a_generated_history_leaves_no_handoff_open_in_a_closed_conversation(store):
    add_history(store, 6000, now(), bundled("resources/past_conversations.toml"))
    waiting = store.handoffs.open()
    assert waiting
    assert {store.conversations.get(handoff.conversation_id).state for handoff in waiting} == {
        ConversationState.handed_over
    }


def test_a_generated_history_has_ratings_tickets_and_decided_drafts_to_draw(store):
    add_history(store, 3000, now(), bundled("resources/past_conversations.toml"))
    ever = Period(start=now() - timedelta(days=800), end=now())
    drawn = store.figures.sums({"csat": "mean", "drafts": "count"}, ever)
    assert all(figure.now.n > 0 for figure in drawn.values())
    assert store.tickets.count(TicketFilter()) > 0
