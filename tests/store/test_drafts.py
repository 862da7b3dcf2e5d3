from cxdesk.domain import DraftState


def test_who_decided_and_how_much_was_kept_stands_beside_the_draft(fresh_store):
    drafts = fresh_store.drafts
    as_is, changed, thrown = (drafts.create("c_1", "r_1", "Your parcel is late.") for _ in range(3))
    drafts.decide(as_is.id, DraftState.approved, by="kim")
    drafts.decide(changed.id, DraftState.edited, "Your parcel is very late, sorry.", by="lou")
    drafts.decide(thrown.id, DraftState.rejected, reason="wrong order", by="kim")
    assert drafts.verdict(as_is.id).model_dump() == {"state": "approved", "kept": 1.0, "by": "kim", "reason": None}
    assert 0.5 < drafts.verdict(changed.id).kept < 1.0
    verdict = drafts.verdict(thrown.id)
    assert (verdict.kept, verdict.by, verdict.reason) == (None, "kim", "wrong order")


def test_a_waiting_or_unknown_draft_has_no_verdict(fresh_store):
    waiting = fresh_store.drafts.create("c_1", "r_1", "Hello")
    assert fresh_store.drafts.verdict(waiting.id) is None
    assert fresh_store.drafts.verdict("d_none") is None


def test_offers_are_counted_by_kind_and_intent(fresh_store):
    for used in (1.0, 0.5, 0.0):
        fresh_store.drafts.count_offer("draft", "refund", used)
    fresh_store.drafts.count_offer("canned", "refund", 1.0)
    fresh_store.drafts.count_offer("draft", "thanks", 1.0)
    tallies = fresh_store.drafts.tallies("refund")
    assert (tallies["draft"].offered, tallies["draft"].used) == (3, 1.5)
    assert tallies["canned"].offered == 1
    assert fresh_store.drafts.tallies("other") == {}
