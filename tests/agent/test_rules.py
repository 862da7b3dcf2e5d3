"""The shop's rules: read whole, and refused whole with every fault named."""

import pytest

from cxdesk.agent.rules import ToldAt, load_rules
from cxdesk.domain import IdentityLevel, Invalid
from cxdesk.settings import bundled


@pytest.fixture
def loaded(tmp_path):
    def load(text):
        file = tmp_path / "action_rules.toml"
        file.write_text('[identity]\nproofs = [["email"]]\n' + text, encoding="utf-8")
        return load_rules(file)

    return load


TOLD = [
    ("documents", "unknown", True),
    ("documents", "claimed", True),
    ("documents", "verified", True),
    ("products", "unknown", True),
    ("products", "claimed", True),
    ("products", "verified", True),
    ("profile", "unknown", False),
    ("profile", "claimed", False),
    ("profile", "verified", True),
    ("orders", "unknown", False),
    ("orders", "claimed", False),
    ("orders", "verified", True),
    ("tickets", "unknown", False),
    ("tickets", "claimed", False),
    ("tickets", "verified", True),
]


@pytest.mark.parametrize(("topic", "level", "told"), TOLD)
def test_what_may_be_told_at_each_level_of_identity(topic, level, told):
    rules = load_rules(bundled("resources/action_rules.toml"))
    assert rules.identity.told_at.allows(topic, IdentityLevel(level)) is told


def test_the_table_of_what_may_be_told_is_tested_whole():
    assert {topic for topic, _, _ in TOLD} == set(ToldAt.model_fields)
    assert len(TOLD) == len(ToldAt.model_fields) * len(IdentityLevel)


def test_a_shop_may_tell_less_to_strangers_but_never_more(loaded):
    strict = loaded('[identity.told_at]\nproducts = "verified"\n')
    assert not strict.identity.told_at.allows("products", IdentityLevel.claimed)
    with pytest.raises(Invalid, match="'orders' can be told to a verified customer only"):
        loaded('[identity.told_at]\norders = "claimed"\n')


def test_every_fault_of_a_rules_file_is_named_at_once(loaded):
    with pytest.raises(Invalid) as caught:
        loaded(
            """
            [actions.cancel_ordr]
            quote = "x"
            [actions.return_items]
            quote = ""
            statusses = ["delivered"]
            within_days_of_delivery = -1
            """
        )
    told = str(caught.value)
    assert "cancel_ordr" in told
    assert "did you mean 'cancel_order'?" in told
    assert "did you mean 'statuses'?" in told
    assert "return_items.quote" in told
    assert "return_items.within_days_of_delivery" in told
    assert "action_rules.toml" in told


def test_no_shop_can_let_the_desk_change_orders_without_asking(loaded):
    with pytest.raises(Invalid, match="'cancel_order' can't have the consent 'none'"):
        loaded('[actions.cancel_order]\nquote = "x"\nconsent = "none"\n')


def test_rules_without_any_proof_of_identity_are_refused(tmp_path):
    file = tmp_path / "rules.toml"
    file.write_text("[identity]\nproofs = [[]]\n", encoding="utf-8")
    with pytest.raises(Invalid, match="proofs"):
        load_rules(file)


def test_the_rules_that_come_with_the_program_and_those_of_the_retail_shop_can_be_used(retail_rules_file):
    retail, own = load_rules(retail_rules_file), load_rules(bundled("resources/action_rules.toml"))
    assert retail.rule("cancel_order").reasons.keys() == {"no longer needed", "ordered by mistake"}
    assert not retail.rule("flag_refund").enabled
    assert own.rule("flag_refund").consent == "person"
    assert len(own.actions) == 12
