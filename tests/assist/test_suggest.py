"""What is suggested, from values alone."""

import pytest

from cxdesk.agent.evidence import Group
from cxdesk.assist.situations import Situations
from cxdesk.assist.suggest import Case, DraftView, suggest, unsupported
from cxdesk.domain import CannedReply, Invalid, Sentiment, now
from cxdesk.llm.toy import ToyEmbedder
from cxdesk.settings import bundled
from cxdesk.store.drafts import Tally
from cxdesk.store.wordings import NearWording, Wording

SITUATIONS = Situations.load(bundled("resources/suggestions.toml"))
TONE = {"very_sorry": "I am so sorry.", "sorry": "I am sorry.", "glad": "Thank you!"}
SHIPPED = DraftView(text="Your order #K1 is shipped.", decision="reply", supported=2)
EVIDENCE = (Group(text="order #K1 status shipped", pieces=()),)


def case(text="Where is my parcel?", label="neutral", frustration=0.0, **more):
    defaults = {
        "texts": (text,),
        "intent": "order_status",
        "intent_confidence": 0.9,
        "sentiment": Sentiment(label=label, frustration=frustration),
        "situation": SITUATIONS.judge([text], []),
        "draft": SHIPPED,
        "evidence": EVIDENCE,
        "tone_texts": TONE,
    }
    return Case(**{**defaults, **more})


def wording(text, likeness=0.9):
    kept = Wording(id="w_1", intent="order_status", question="?", text=text, uses=3, learned_at=now())
    return NearWording(wording=kept, likeness=likeness)


def kinds(suggestions):
    return [suggestion.kind.value for suggestion in suggestions]


def test_three_distinct_suggestions_are_ranked_with_the_draft_among_them():
    suggestions = suggest(case())
    assert kinds(suggestions) == ["draft", "next_step", "clarify"]
    assert [s.confidence for s in suggestions] == sorted((s.confidence for s in suggestions), reverse=True)
    assert len({s.text for s in suggestions}) == 3
    assert all(s.rationale and 0 < s.confidence < 1 for s in suggestions)


def test_without_a_draft_there_are_three_still():
    assert len(suggest(case(draft=None))) == 3


def test_a_handoff_draft_comes_last():
    handed = DraftView(text="I am passing you on to a colleague.", decision="handoff")
    assert kinds(suggest(case(draft=handed)))[-1] == "draft"


@pytest.mark.parametrize(("frustration", "opening"), [(0.7, "so sorry"), (0.1, "sorry")])
def test_an_unhappy_customer_meets_an_apology_and_a_next_step(frustration, opening):
    suggestions = suggest(case("My parcel is late again", "negative", frustration))
    own = [s for s in suggestions if s.kind != "draft"]
    assert all(opening in s.text for s in own)
    assert "next_step" in kinds(own)


def test_praise_is_met_with_thanks_and_no_apology():
    text = "The lamp is wonderful!"
    situation = SITUATIONS.judge([text], [], mood="pleased")
    suggestions = suggest(case(text, "positive", draft=None, situation=situation))
    assert all(any(word in s.text.lower() for word in ("thank", "glad", "welcome")) for s in suggestions)
    assert not any("sorry" in s.text for s in suggestions)


def test_an_approved_wording_ranks_above_a_freely_written_draft():
    free = SHIPPED.model_copy(update={"by_model": True})
    text = "Good news: your order {order_id} is {order_status}."
    suggestions = suggest(
        case(draft=free, wordings=(wording(text),), values={"order_id": "#K1", "order_status": "shipped"})
    )
    assert kinds(suggestions)[:2] == ["approved", "draft"]
    assert suggestions[0].text == "Good news: your order #K1 is shipped."


def test_a_wording_that_says_less_than_the_draft_does_not_rank_above_it():
    free = SHIPPED.model_copy(update={"by_model": True})
    suggestions = suggest(case(draft=free, wordings=(wording("We are on it and will tell you.", 0.65),)))
    assert kinds(suggestions)[0] == "draft"


@pytest.mark.parametrize(
    "text",
    [
        "Your order {order_id} is shipped, ticket {ticket_id}.",
        "Your order #K1 arrives within 3 days.",
        "Your order #K2 is shipped.",
        "I have cancelled your order.",
    ],
)
def test_a_wording_with_a_gap_or_without_evidence_is_not_suggested(text):
    assert "approved" not in kinds(suggest(case(wordings=(wording(text),), values={"order_id": "#K1"})))


def test_a_fitting_saved_reply_is_suggested_and_one_with_a_gap_is_not():
    fits = CannedReply(shortcut="where", title="Where is my parcel", text="The parcel is on the road.")
    gap = CannedReply(shortcut="gap", title="Where is my parcel", text="Where is my parcel {ticket_id}")
    suggestions = suggest(case(canned=(gap, fits), evidence=(Group(text="road", pieces=()), *EVIDENCE)), ToyEmbedder())
    assert [s.key for s in suggestions if s.kind == "canned"] == ["where"]


def test_confidence_follows_how_often_such_were_used():
    used = suggest(case(tallies={"next_step": Tally(offered=40, used=40)}))
    unused = suggest(case(tallies={"draft": Tally(offered=40, used=0)}))
    assert kinds(used)[0] == "next_step"
    assert kinds(unused)[-1] == "draft"


def test_what_may_not_leave_is_not_suggested():
    suggestions = suggest(case(), may_leave=lambda text: ["no"] if "#K1" in text else [])
    assert "draft" not in kinds(suggestions)


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("Your order #K1 is shipped.", 0),
        ("Your order #K1 is delivered.", 1),
        ("It costs $5.", 1),
        ("I have refunded it.", 1),
        ("I will look into it.", 0),
    ],
)
def test_what_no_source_says_is_found(text, faults):
    assert bool(unsupported(text, EVIDENCE)) == bool(faults)


def test_the_product_is_named_as_the_customer_bought_it():
    text = "The kettle arrived with a broken lid"
    suggestions = suggest(case(text, products=("Electric Kettle", "Desk Lamp")))
    assert any("your Electric Kettle" in s.text for s in suggestions)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("My card was charged two times", "double_charge"),
        ("You've sent the red one though I ordered green", "wrong_item"),
        ("The vase is cracked", "damaged"),
        ("Box came without screws", "missing_part"),
        ("Forgot my password", "password"),
        ("My voucher isn't accepted", "discount_code"),
        ("Still waiting for my money back", "refund_waiting"),
        ("The lamp won’t switch on", "not_working"),
        ("Can you deliver to a different address?", "change_address"),
        ("My laptop charger is sparking, sparks everywhere", "danger"),
    ],
)
def test_situations_are_told_apart(text, name):
    assert SITUATIONS.judge([text], []).name == name


def test_advice_that_did_not_help_is_told_from_the_conversation():
    texts = ["My router keeps disconnecting", "Did that, no change."]
    assert SITUATIONS.judge(texts, [], desk_spoke=True).name == "advice_failed"
    assert SITUATIONS.judge(texts, [], desk_spoke=False).name == "not_working"


def test_a_text_that_states_something_is_refused_from_the_file(tmp_path):
    file = tmp_path / "suggestions.toml"
    table = '[[situation]]\nname = "x"\nthing = "it"\nstep = "{}"\nask = "Well?"\noffer = "Hm."\n'
    for text in ("It takes 5 days.", "Your order is shipped.", "I have refunded it.", "Hi {name}"):
        file.write_text(table.replace("{}", text), encoding="utf-8")
        with pytest.raises(Invalid, match=r"suggestions\.toml"):
            Situations.load(file)
