"""Accounts: who may sign in, how wrong tries are slowed, and what an admin may and may not do."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from cxdesk.access import Access
from cxdesk.assist.accounts import LOCKED_AFTER, Accounts, SignInRefused
from cxdesk.domain import Invalid, Refused, now
from cxdesk.store import Store

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PASSWORD = "a green lamp"
RIGHTS = {"admin": {"*"}, "agent": {"send"}, "viewer": set()}


class Desk:
    """The accounts of a store, with a clock that is moved by hand."""

    def __init__(self, path, hasher=QUICK):
        self.at = now()
        self.store = Store.open(path)
        self.access = Access(RIGHTS.__getitem__)
        self.accounts = Accounts(self.store, self.access, hasher=hasher, clock=lambda: self.at)

    def wrong(self, name="Ann", times=1):
        """So many wrong tries, each after its wait; the last refusal."""
        for _ in range(times):
            self.at += timedelta(hours=1)
            with pytest.raises(SignInRefused) as refused:
                self.accounts.sign_in(name, "not this one")
        return refused.value


@pytest.fixture
def desk(tmp_path):
    """A desk whose admin Ann is signed in, with an agent and a viewer."""
    made = Desk(tmp_path / "desk.duckdb")
    made.accounts.create_first("Ann", PASSWORD)
    made.accounts.create("Kim", "agent", PASSWORD)
    made.accounts.create("Vic", "viewer", PASSWORD)
    yield made
    made.store.close()


def test_the_first_account_is_an_admin_and_made_once(tmp_path):
    desk = Desk(None)
    assert desk.accounts.is_empty()
    assert desk.accounts.create_first("Ann", PASSWORD).role == "admin"
    assert desk.access.name == "Ann"
    with pytest.raises(Refused, match="accounts already"):
        desk.accounts.create_first("Bo", PASSWORD)


def test_a_desk_without_accounts_makes_an_admin_first_and_can_not_be_locked():
    desk = Desk(None)
    with pytest.raises(Invalid, match="first account is an admin"):
        desk.accounts.create("Kim", "agent", PASSWORD)
    with pytest.raises(Invalid, match="can't be locked"):
        desk.accounts.sign_out()


def test_whoever_signs_in_is_at_the_desk_with_their_role(desk):
    assert desk.accounts.sign_in("  kIM ", PASSWORD).name == "Kim"
    assert (desk.access.name, desk.access.role) == ("Kim", "agent")
    assert desk.access.may("send")
    assert not desk.access.may("accounts")


def test_a_locked_desk_lets_nobody_do_anything(desk):
    desk.accounts.sign_out()
    assert not desk.access.may("send")
    with pytest.raises(Refused, match="Nobody is signed in"):
        desk.access.need("send")


def test_a_refusal_does_not_tell_which_names_there_are(desk):
    desk.accounts.deactivate("Vic")
    told = set()
    for name, password in (("Kim", "wrong one"), ("Nobody", PASSWORD), ("Vic", PASSWORD)):
        with pytest.raises(SignInRefused) as refused:
            desk.accounts.sign_in(name, password)
        told.add(str(refused.value))
    assert len(told) == 1


@pytest.mark.parametrize("name", ["Ann", "Nobody"])
def test_each_wrong_try_waits_longer_than_the_one_before(desk, name):
    waits = [desk.wrong(name) for _ in range(5)]
    assert [refused.until and (refused.until - desk.at) for refused in waits[:2]] == [None, None]
    assert [
        round((w.until - desk.at + i * timedelta(hours=1)).total_seconds())
        for i, w in zip((2, 1, 0), waits[2:], strict=True)
    ] == [5, 10, 20]


def test_the_right_password_waits_too(desk):
    until = desk.wrong(times=3).until
    with pytest.raises(SignInRefused, match="in 5 seconds") as refused:
        desk.accounts.sign_in("Ann", PASSWORD)
    assert refused.value.until == until
    desk.at = until
    assert desk.accounts.sign_in("Ann", PASSWORD)


def test_a_right_password_forgives_the_wrong_tries(desk):
    until = desk.wrong(times=4).until
    desk.at = until
    desk.accounts.sign_in("Ann", PASSWORD)
    assert desk.wrong().until is None


def test_the_wait_outlives_a_restart(tmp_path, desk):
    desk.wrong(times=3)
    at = desk.at
    desk.store.close()
    again = Desk(tmp_path / "desk.duckdb")
    again.at = at
    with pytest.raises(SignInRefused, match="seconds"):
        again.accounts.sign_in("Ann", PASSWORD)
    again.store.close()


@pytest.mark.parametrize("name", ["Kim", "Nobody"])
def test_too_many_wrong_tries_lock_a_name_for_good(desk, name):
    assert desk.wrong(name, LOCKED_AFTER).locked
    desk.at += timedelta(days=365)
    with pytest.raises(SignInRefused, match="until an admin"):
        desk.accounts.sign_in(name, PASSWORD)


def test_an_admins_new_password_unlocks(desk):
    desk.wrong("Kim", LOCKED_AFTER)
    desk.accounts.set_password("Kim", "another green lamp")
    assert desk.accounts.sign_in("Kim", "another green lamp")
    assert desk.wrong("Kim")
    with pytest.raises(SignInRefused):
        desk.accounts.sign_in("Kim", PASSWORD)


def test_names_of_no_account_are_forgotten_after_a_day_and_never_kept_in_words(desk):
    desk.wrong("my secret password", 3)
    desk.wrong("Kim", 3)
    desk.at += timedelta(days=2)
    desk.wrong("Ann")
    assert desk.store.accounts.tries("my secret password").wrong == 0
    assert desk.store.accounts.tries("Kim").wrong == 3
    assert "my secret" not in str(desk.store.audit.of_desk())


def test_only_an_admin_manages_accounts(desk):
    desk.accounts.sign_in("Kim", PASSWORD)
    accounts = desk.accounts
    for verb in (
        accounts.all,
        lambda: accounts.create("Bo", "viewer", PASSWORD),
        lambda: accounts.change_role("Kim", "admin"),
        lambda: accounts.deactivate("Ann"),
        lambda: accounts.activate("Ann"),
        lambda: accounts.set_password("Ann", PASSWORD),
    ):
        with pytest.raises(Refused, match="'agent' may not manage accounts"):
            verb()
    assert desk.store.accounts.find("Bo") is None


def test_everybody_changes_their_own_password_knowing_the_old_one(desk):
    desk.accounts.sign_in("Vic", PASSWORD)
    with pytest.raises(SignInRefused):
        desk.accounts.change_password("wrong one", "a blue lamp here")
    desk.accounts.change_password(PASSWORD, "a blue lamp here")
    assert desk.accounts.sign_in("Vic", "a blue lamp here")


@pytest.mark.parametrize("change", [lambda a: a.change_role("Ann", "agent"), lambda a: a.deactivate("Ann")])
def test_the_last_admin_stays_one(desk, change):
    with pytest.raises(Refused, match="last admin"):
        change(desk.accounts)
    assert desk.store.accounts.find("Ann").role == "admin"
    desk.accounts.change_role("Kim", "admin")
    change(desk.accounts)
    assert not desk.access.may("accounts")


def test_an_inactive_admin_does_not_count(desk):
    desk.accounts.change_role("Kim", "admin")
    desk.accounts.deactivate("Kim")
    with pytest.raises(Refused, match="last admin"):
        desk.accounts.deactivate("Ann")


@pytest.mark.parametrize("password", ["short", "x" * 300, "A Long Name"])
def test_a_weak_password_is_refused_and_no_account_made(desk, password):
    with pytest.raises(Invalid):
        desk.accounts.create("a long name", "agent", password)
    assert desk.store.accounts.find("a long name") is None


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "a\x07b"])
def test_a_name_must_be_readable(desk, name):
    with pytest.raises(Invalid, match="can't be used"):
        desk.accounts.create(name, "agent", PASSWORD)


def test_a_name_is_taken_whatever_its_case(desk):
    with pytest.raises(Invalid, match="already"):
        desk.accounts.create("KIM", "agent", PASSWORD)


def test_accents_may_be_composed_in_either_way(desk):
    desk.accounts.create("Zoe", "agent", "cafe\u0301 cr\u00e8me")
    assert desk.accounts.sign_in("Zoe", "caf\u00e9 cre\u0300me")


def test_what_is_longer_than_any_password_is_none(desk):
    desk.accounts.create("Zoe", "agent", "x" * 256)
    with pytest.raises(SignInRefused):
        desk.accounts.sign_in("Zoe", "x" * 257)
    assert desk.accounts.sign_in("Zoe", "x" * 256)


def test_a_password_is_hashed_anew_when_the_parameters_changed(tmp_path, desk):
    before = desk.store.accounts.password_hash("Ann")
    desk.accounts = Accounts(desk.store, desk.access, hasher=PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    desk.accounts.sign_in("Ann", PASSWORD)
    after = desk.store.accounts.password_hash("Ann")
    assert before != after
    assert "m=16,t=2" in after
    assert desk.accounts.sign_in("Ann", PASSWORD)


def test_every_change_is_an_audit_row_without_the_password(desk):
    desk.accounts.change_role("Kim", "viewer")
    desk.accounts.set_password("Kim", "another green lamp")
    rows = desk.store.audit.of_desk()
    assert [row.tool for row in rows[:2]] == ["accounts.set_password", "accounts.change_role"]
    assert (rows[1].role, rows[1].why, rows[1].args["role"]) == ("admin", "by Ann", "viewer")
    everything = str([row.model_dump() for row in rows])
    assert "lamp" not in everything
    assert "argon2" not in everything
