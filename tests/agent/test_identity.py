"""Who is writing, by what is stated."""

import pytest

from cxdesk.agent.identity import identify, signed_in
from cxdesk.agent.rules import load_rules
from cxdesk.domain import Entities, Identity
from cxdesk.settings import bundled

DEFAULT = load_rules(bundled("resources/action_rules.toml")).identity


def said(**values):
    return Entities(**{name: tuple(each) for name, each in values.items()})


def after(store, *messages, rules=DEFAULT):
    """The identity after each of the messages in turn."""
    known, stated = Identity(), []
    for message in messages:
        stated.append(message)
        known = identify(known, stated, rules, store)
    return known


EMAIL, ZIP, NAME = said(emails=["ada@example.com"]), said(postal_codes=["00123"]), said(names=["Ada Marsh"])


@pytest.mark.parametrize(
    ("messages", "level", "proofs"),
    [
        ([said()], "unknown", ()),
        ([ZIP], "unknown", ("zip",)),
        ([said(order_ids=["#K1"])], "unknown", ("order_id",)),
        ([EMAIL], "claimed", ("email",)),
        ([NAME], "claimed", ("name",)),
        ([EMAIL, said(order_ids=["K1"])], "verified", ("email", "order_id")),
        ([NAME, ZIP], "verified", ("name", "zip")),
        ([EMAIL, ZIP], "verified", ("email", "zip")),
        ([said(emails=["ADA@example.com"], order_ids=["#K5"])], "claimed", ("email", "order_id")),
        ([said(names=["Ada Marsh"], postal_codes=["00999"])], "claimed", ("name", "zip")),
        ([said(emails=["bo@example.com"], postal_codes=["00123"])], "claimed", ("email", "zip")),
    ],
)
def test_each_proof_counts_as_the_shop_says(small_shop, messages, level, proofs):
    known = after(small_shop, *messages)
    assert (known.level, known.proofs) == (level, proofs)
    assert (known.customer_id is not None) == (level == "verified")


def test_the_retail_shop_takes_an_email_alone(small_shop, retail_rules_file):
    rules = load_rules(retail_rules_file).identity
    assert after(small_shop, EMAIL, rules=rules).customer_id == "ada"


def test_three_wrong_proofs_use_up_the_tries(small_shop):
    wrong = [said(emails=[f"no{n}@example.com"], postal_codes=["1"]) for n in range(3)]
    assert [after(small_shop, *wrong[: n + 1]).failed_tries for n in range(3)] == [1, 2, 3]


def test_a_slip_is_forgiven_but_guessing_is_not_believed(small_shop):
    slip = after(small_shop, said(emails=["ada@example.com"], postal_codes=["00124"]), ZIP)
    assert slip.level == "verified"
    guesses = said(emails=["ada@example.com"], postal_codes=["00121", "00122", "00123", "00124"])
    guessed = after(small_shop, guesses)
    assert (guessed.level, guessed.customer_id, guessed.failed_tries) == ("claimed", None, DEFAULT.tries)
    orders = said(emails=["ada@example.com"], order_ids=["#K7", "#K8", "#K9", "#K1"])
    assert after(small_shop, orders).customer_id is None


def test_naming_many_of_ones_own_orders_is_no_guessing(small_shop):
    orders = said(emails=["ada@example.com"], order_ids=["#K1", "#K2", "#K3", "#K4"])
    assert after(small_shop, orders).customer_id == "ada"


def test_who_is_proved_stays_proved(small_shop):
    known = signed_in("ada")
    assert identify(known, [said(emails=["bo@example.com"])], DEFAULT, small_shop) == known
