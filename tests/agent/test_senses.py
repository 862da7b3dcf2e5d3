import pytest

from cxdesk.agent.courtesy import SURE, is_small_talk
from cxdesk.agent.evidence import Group, Piece
from cxdesk.agent.senses import RULES_ALONE, Senses, learn_senses
from cxdesk.domain import Support
from cxdesk.settings import bundled
from tests.agent import checking

FIELDS = {"order_id": "#V1001", "status": "shipped"}
RECORD = Group(
    text=". ".join(f"{name.replace('_', ' ')}: {value}" for name, value in FIELDS.items()),
    pieces=tuple(
        Piece(
            text=f"{name.replace('_', ' ')}: {value}",
            support=Support(start=0, end=0, tool="get_order", field=name),
            about="id:v1001",
        )
        for name, value in FIELDS.items()
    ),
)


def senses(*, courtesy: float = 0.0, **states: float) -> Senses:
    return Senses(lambda sentence: courtesy, lambda sentence: states)


def faults(text: str, known: Senses) -> list[str]:
    return checking.faults(text, [RECORD], asked="Where is my order #V1001?", senses=known)


HARMLESS = "May your kettle never run dry."


def test_examples_let_a_courtesy_pass_that_no_rule_knows():
    assert faults(HARMLESS, RULES_ALONE)
    assert not faults(HARMLESS, senses(courtesy=0.95))


def test_a_sentence_of_the_trade_passes_only_when_the_examples_are_surer():
    assert not is_small_talk("Your happiness with the parcel matters.", judge=lambda _: SURE - 0.1)
    assert is_small_talk("Your happiness with the parcel matters.", judge=lambda _: SURE)


@pytest.mark.parametrize(
    "text",
    [
        "I have cancelled your order.",
        "Your order costs $12.",
        "Please ask for Mr Hubert Vane.",
        "Call us at 555 0199.",
        "Your refund has been issued.",
        "No, it isn't.",
    ],
)
def test_no_example_outvotes_a_fact_a_name_a_claimed_action_or_an_answer(text):
    assert faults(text, senses(courtesy=1.0))


def test_what_only_has_the_form_of_a_claim_passes_when_the_examples_are_sure():
    assert faults("I have combed through your message.", senses(courtesy=SURE - 0.1))
    assert not faults("I have combed through your message.", senses(courtesy=SURE))


def test_examples_read_a_state_in_words_that_no_list_has():
    assert faults("Your order #V1001 is out of the nest.", RULES_ALONE)
    assert not faults("Your order #V1001 is out of the nest.", senses(shipped=0.9))


@pytest.mark.parametrize("known", [senses(cancelled=0.9), senses(shipped=0.4, delivered=0.3), senses(other=0.9)])
def test_a_state_that_is_another_or_in_doubt_stays_unsupported(known):
    assert faults("Your order #V1001 is out of the nest.", known)


@pytest.mark.parametrize(
    "text",
    [
        "#V1001 is not out of the nest.",
        "#V1001 is out of the nest soon.",
        "#V9999 is out of the nest.",
        "#V1001 is out of the nest as I sent it again.",
    ],
)
def test_a_state_denied_foretold_of_another_record_or_as_an_act_is_not_the_records_own(text):
    assert faults(text, senses(shipped=1.0))


def test_senses_learn_from_the_examples_and_are_kept(tmp_path, toy_embedder):
    first = learn_senses(tmp_path, toy_embedder)
    assert first.courtesy("Thank you for getting in touch with us today.") > first.courtesy("We ship worldwide.")
    assert max(first.state("It is on the road."), key=first.state("It is on the road.").get) == "shipped"
    assert len(list(tmp_path.glob("*.npz"))) == 2


def test_no_example_stands_on_both_sides():
    sides = [set(file.read_text("utf-8").splitlines()) for file in bundled("resources/harmless").glob("*.txt")]
    assert len(sides) == 2
    assert not sides[0] & sides[1]
    assert all(line.strip() for side in sides for line in side)
