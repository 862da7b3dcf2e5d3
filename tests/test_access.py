"""What a person's role may not do at the desk is refused below any window."""

import re
from inspect import getsource, isfunction

import pytest

from cxdesk.access import MEANING, Access
from cxdesk.agent import Listener
from cxdesk.agent.permissions import default_permissions, load_permissions
from cxdesk.assist import Copilot
from cxdesk.assist.accounts import HASHER, Accounts
from cxdesk.assist.canned import SavedReplies
from cxdesk.assist.configuration import Configuration
from cxdesk.assist.handovers import Handovers
from cxdesk.assist.people import People
from cxdesk.desk import Desk
from cxdesk.domain import Account, CannedReply, Invalid, Refused, now
from cxdesk.knowledge import Knowledge
from cxdesk.llm.toy import ToyEmbedder
from cxdesk.memory import Memory, Scheduler
from cxdesk.settings import bundled
from cxdesk.signals.intent import IntentExamples


def person(role):
    return Account(name=role.title(), role=role, created_at=now())


@pytest.fixture
def as_role(demo_desk):
    """Put a person of a role at the desk."""

    def admit(role):
        demo_desk.access.admit(person(role))
        return demo_desk

    return admit


def a_draft(desk):
    talk = desk.start_conversation()
    desk.copilot.prepare(desk.copilot.receive(talk.id, "Hello!"), Listener())
    return desk.store.drafts.open_for(talk.id)


DAILY = {
    "ask": lambda desk, draft: desk.ask("Hello!"),
    "approve": lambda desk, draft: desk.copilot.approve(draft.id),
    "edit": lambda desk, draft: desk.copilot.edit(draft.id, "Hello Ann."),
    "reject": lambda desk, draft: desk.copilot.reject(draft.id),
    "send": lambda desk, draft: desk.copilot.send(draft.conversation_id, "Hello"),
    "approve a change": lambda desk, draft: desk.copilot.approve_action(draft.conversation_id),
    "decline a change": lambda desk, draft: desk.copilot.decline_action(draft.conversation_id),
    "accept": lambda desk, draft: desk.copilot.handovers.accept(draft.conversation_id),
    "give back": lambda desk, draft: desk.copilot.handovers.give_back(draft.conversation_id),
    "resolve": lambda desk, draft: desk.copilot.handovers.resolve(draft.conversation_id),
    "close": lambda desk, draft: desk.close_conversation(draft.conversation_id),
    "forget": lambda desk, draft: desk.memory.forget("f_1"),
    "add a document": lambda desk, draft: desk.knowledge.add([]),
    "remove a document": lambda desk, draft: desk.knowledge.remove("none.md"),
    "clear documents": lambda desk, draft: desk.knowledge.clear(),
    "reindex": lambda desk, draft: desk.knowledge.reindex(),
    "write a document": lambda desk, draft: desk.knowledge.save("new.md", "A text."),
    "put a document back": lambda desk, draft: desk.knowledge.put_back([]),
    "open again": lambda desk, draft: desk.copilot.reopen(draft.conversation_id),
    "open a ticket": lambda desk, draft: desk.tickets.create("Lamp flickers"),
    "undo a ticket's change": lambda desk, draft: desk.tickets.undo(desk.tickets.create("Lamp hums").id),
    "link a customer": lambda desk, draft: desk.customers.link(draft.conversation_id, "C-1001"),
    "merge customers": lambda desk, draft: desk.customers.merge("C-1001", "C-1002"),
    "undo a merge": lambda desk, draft: desk.customers.undo_merge("none"),
    "hand out a person's data": lambda desk, draft: desk.customers.export("C-1001"),
    "save a reply": lambda desk, draft: desk.replies.save(CannedReply(shortcut="x", title="X", text="X")),
    "remove a reply": lambda desk, draft: desk.replies.remove("hello"),
    "restore replies": lambda desk, draft: desk.replies.restore([]),
    "teach an intent": lambda desk, draft: desk.intent_examples.add("order_status", "Has it left yet"),
}
ADMINS = {
    "delete a person": lambda desk, draft: desk.customers.delete("C-1001"),
    "run a job": lambda desk, draft: desk.memory.scheduler.run("silence"),
    "settings": lambda desk, draft: desk.configuration.save({"tone": "playful"}),
    "put back settings": lambda desk, draft: desk.configuration.put_back(["tone"]),
    "rules": lambda desk, draft: desk.configuration.save_text("tones.toml", ""),
    "put back rules": lambda desk, draft: desk.configuration.put_back_text("action_rules.toml"),
    "permissions": lambda desk, draft: desk.configuration.save_text("permissions.toml", ""),
    "accounts": lambda desk, draft: desk.accounts.all(),
}


@pytest.mark.parametrize("verb", [*DAILY, *ADMINS])
def test_a_viewer_changes_nothing(as_role, verb):
    desk = as_role("viewer")
    draft = a_draft(desk)
    with pytest.raises(Refused, match="'viewer' may not"):
        (DAILY | ADMINS)[verb](desk, draft)
    assert desk.store.drafts.find(draft.id).state == "proposed"


@pytest.mark.parametrize("verb", ADMINS)
def test_an_agent_changes_nothing_that_is_an_admins(as_role, verb):
    desk = as_role("agent")
    with pytest.raises(Refused, match="'agent' may not"):
        ADMINS[verb](desk, None)


@pytest.mark.parametrize("verb", DAILY)
def test_an_agent_does_the_daily_work(as_role, verb):
    desk = as_role("agent")
    refusals = []
    try:
        DAILY[verb](desk, a_draft(desk))
    except (Refused, Invalid) as error:  # where nothing waits, another sentence says so
        refusals.append(str(error))
    assert not any("may not" in told for told in refusals)


def test_an_admin_may_do_everything_and_a_locked_desk_nothing(demo_desk):
    access = demo_desk.access
    access.admit(person("admin"))
    assert all(access.may(right) for right in MEANING)
    access.lock()
    assert not any(access.may(right) for right in MEANING)


def test_the_owner_may_do_everything_whatever_the_permissions_say():
    access = Access(lambda role: ())
    assert all(access.may(right) for right in MEANING)
    assert access.role == "admin"


def test_drafts_are_prepared_whoever_is_at_the_desk(as_role):
    desk = as_role("viewer")
    assert a_draft(desk).text
    desk.access.lock()
    assert a_draft(desk).text


def test_a_change_is_approved_with_the_role_of_the_person(as_role):
    desk = as_role("agent")
    store = desk.store
    order = next(o for c in store.customers.all() for o in store.orders.of_customer(c.id) if o.status == "pending")
    talk = desk.start_conversation(order.customer_id)
    desk.copilot.prepare(desk.copilot.receive(talk.id, f"Please cancel {order.id}, ordered by mistake"), Listener())
    desk.copilot.approve(store.drafts.open_for(talk.id).id)
    desk.copilot.prepare(desk.copilot.receive(talk.id, "yes"), Listener())
    desk.copilot.approve_action(talk.id, by="Kim")
    row = next(row for row in store.audit.of_conversation(talk.id) if row.tool == "cancel_order" and row.ok)
    assert row.role == "agent"


@pytest.fixture
def desk_of_kim(tmp_path):
    """The folder of a desk with an admin Ann, and Kim, an agent; Vic has left."""
    with Desk.open(tmp_path / "desk", model="none", embedder=ToyEmbedder()) as desk:
        for name, role in (("Ann", "admin"), ("Kim", "agent"), ("Vic", "viewer")):
            desk.store.accounts.add(Account(name=name, role=role, created_at=now()), "no hash")
        desk.accounts.deactivate("Vic")
    return tmp_path / "desk"


def test_a_desk_is_opened_for_a_person(desk_of_kim):
    with Desk.open(desk_of_kim, model="none", embedder=ToyEmbedder(), user="kim") as desk:
        assert (desk.access.name, desk.access.role) == ("Kim", "agent")
        with pytest.raises(Refused, match="'agent' may not manage accounts"):
            desk.accounts.create("Bo", "admin", "a green lamp")


@pytest.mark.parametrize("name", ["Vic", "Nobody"])
def test_a_desk_is_not_opened_for_anybody_else_and_stays_usable(desk_of_kim, name):
    with pytest.raises(Refused, match="No account"):
        Desk.open(desk_of_kim, model="none", embedder=ToyEmbedder(), user=name)
    Desk.open(desk_of_kim, model="none", embedder=ToyEmbedder()).close()


# What changes nothing that a person decides: it looks, or a customer, the desk itself or its start does it.
OPEN = {
    Copilot: {"receive", "prepare", "unfinished", "suggest", "fill", "check", "answering_at_once"},
    Handovers: {"waiting", "current", "history", "answered", "settle_state"},
    Memory: {"profile", "mood_history", "stop", "facts", "for_prompt", "learn", "last_sessions"},
    Scheduler: {"start", "stop", "run_soon", "states"},
    Knowledge: {
        *("list", "get", "passages", "stats", "search", "candidates", "free_name", "catch_up", "index_state"),
    },
    IntentExamples: {"counts", "forget"},
    People: {"search", "page", "merges"},
    SavedReplies: set(),
    Accounts: {"is_empty", "sign_in", "sign_out", "change_password", "create_first"},
    Configuration: {"describe", "files", "is_own", "text", "check"},
}


@pytest.mark.parametrize("room", OPEN, ids=lambda room: room.__name__)
def test_every_verb_of_a_room_asks_or_is_known_to_be_open(room):
    verbs = {name: verb for name, verb in vars(room).items() if not name.startswith("_") and isfunction(verb)}

    def asks(verb):
        """Whether the verb asks, itself or through the private function that it calls."""
        code = getsource(verb)
        called = [vars(room)[name] for name in re.findall(r"self\.(_\w+)\(", code) if name in vars(room)]
        return any("_access.need(" in getsource(each) for each in [verb, *called])

    assert {name for name, verb in verbs.items() if not asks(verb)} == OPEN[room]


def test_what_is_written_down_bears_the_name_of_whoever_is_signed_in(as_role):
    desk = as_role("agent")
    draft = a_draft(desk)
    desk.copilot.approve(draft.id, by="Somebody Else")
    assert desk.store.drafts.verdict(draft.id).by == "Agent"


# ---------------------------------------------------------------- the file


def test_every_right_of_the_bundled_file_exists_and_roles_rise():
    permissions = default_permissions()
    assert permissions.rights("viewer") == frozenset()
    assert permissions.rights("agent") < {*MEANING}
    assert permissions.rights("admin") >= permissions.rights("agent")
    assert permissions.rights("nobody") == frozenset()


def test_a_file_from_before_there_were_viewers_keeps_working(tmp_path):
    lines = bundled("resources/permissions.toml").read_text(encoding="utf-8").splitlines()
    file = tmp_path / "permissions.toml"
    file.write_text("\n".join(line for line in lines if not line.startswith(("may =", "[viewer]"))), encoding="utf-8")
    permissions = load_permissions(file)
    assert permissions.rights("agent") == default_permissions().rights("agent")
    assert permissions.rights("viewer") == frozenset()


def test_faults_of_rights_are_named(tmp_path):
    text = bundled("resources/permissions.toml").read_text(encoding="utf-8")
    file = tmp_path / "permissions.toml"
    file.write_text(text.replace('"send", "act"', '"sent", "act"').replace('may = ["*"]', 'may = ["send"]'))
    with pytest.raises(Invalid, match=r"agent.may: .*did you mean 'send'.*admin may do everything"):
        load_permissions(file)


def test_passwords_are_hashed_with_argon2id_and_memory():
    assert HASHER.hash("a green lamp").startswith("$argon2id$v=19$m=65536,t=3,p=1$")
