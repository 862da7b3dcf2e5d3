"""Settings and the shop's own files: changed as a whole, in force at once, and told in the audit."""

import shutil

import pytest

from cxdesk.assist.configuration import InvalidFile
from cxdesk.desk import Desk
from cxdesk.domain import Invalid, Refused, Unavailable
from cxdesk.llm.scripted import ScriptedModel
from cxdesk.llm.toy import ToyEmbedder
from cxdesk.settings import InvalidSettings, bundled


@pytest.fixture
def desk(tmp_path):
    with Desk.open(tmp_path / "desk", model="none", embedder=ToyEmbedder()) as opened:
        yield opened


def test_a_setting_holds_at_once_and_after_a_restart(desk):
    desk.configuration.save({"tone": "playful", "message_limit": 100, "tier_gold": 700})
    assert desk.ask("Hello!").tone == "playful"
    with pytest.raises(Invalid, match="the limit is 100"):
        desk.ask("x" * 101)
    assert desk.memory.settings.tier_gold == 700
    desk.close()
    with Desk.open(desk.data_dir, model="none", embedder=ToyEmbedder()) as again:
        assert again.settings == desk.settings


def test_a_setting_is_refused_with_its_name_and_nothing_changes(desk):
    with pytest.raises(InvalidSettings) as refused:
        desk.configuration.save({"tone": "rude", "offline": True})
    assert list(refused.value.problems) == ["tone"]
    assert (desk.settings.tone, desk.settings.offline) == ("friendly", False)
    assert desk.store.audit.of_desk() == []


def test_a_setting_is_put_back(desk):
    desk.configuration.save({"tone": "playful"})
    desk.configuration.put_back(["tone"])
    assert desk.settings.tone == "friendly"
    assert next(info for info in desk.configuration.describe() if info.name == "tone").source == "default"


def test_offline_closes_the_fallback_at_once(desk):
    desk.configuration.save(
        {"fallback": "always", "fallback_url": "https://host.example/v1", "fallback_model": "m", "fallback_key": "sk-1"}
    )
    assert desk._router is not None
    desk.configuration.save({"offline": True})
    assert desk._router is None
    with pytest.raises(Refused, match="Offline mode"):
        desk.connections.note("test", "host.example")
    desk.configuration.save({"offline": False})
    assert desk._router is not None


def test_a_change_is_in_the_audit_without_secrets(desk):
    desk.configuration.save({"fallback_key": "sk-secret", "tone": "playful"})
    row = desk.store.audit.of_desk()[0]
    assert (row.tool, row.role, row.why) == ("settings.save", "admin", "by the owner")
    assert row.args["tone"] == {"before": "friendly", "after": "playful"}
    assert "fallback_key" in row.args
    assert "sk-secret" not in str(row)


def test_a_model_that_was_given_stays_until_another_is_chosen(tmp_path):
    model = ScriptedModel()
    with Desk.open(tmp_path / "desk", model=model, embedder=ToyEmbedder()) as desk:
        desk.configuration.save({"threads": 2})
        assert desk.language_model() is model
        desk.configuration.save({"model": "none"})
        assert desk.language_model() is None


class Failing(ScriptedModel):
    """A model that is switched off in the middle of its reply, and fails from then on."""

    def __init__(self):
        super().__init__()
        self.interrupt = lambda: None
        self.closed = False

    def stream(self, prompt, *, max_tokens, cancel=None):
        yield "Hello"
        self.interrupt()
        if self.closed:
            raise Unavailable("The model is closed.")

    def close(self):
        self.closed = True


def test_a_reply_is_finished_by_its_brief_when_the_model_is_switched_off_meanwhile(filled_demo, tmp_path):
    shutil.copytree(filled_demo, tmp_path / "demo")
    model = Failing()
    with Desk.open(tmp_path / "demo", model=model, embedder=ToyEmbedder()) as desk:
        order = next(o for c in desk.store.customers.all() for o in desk.store.orders.of_customer(c.id))
        model.interrupt = lambda: desk.configuration.save({"model": "none"})
        turn = desk.ask(f"Where is {order.id}?", customer=order.customer_id)
        assert model.closed
        assert order.id in turn.reply
        assert turn.grounding.used_brief


# ---------------------------------------------------------------- the shop's files


def test_each_file_comes_with_the_program_and_is_sound(desk):
    for file in desk.configuration.files():
        assert not desk.configuration.is_own(file.name)
        assert desk.configuration.check(file.name, desk.configuration.text(file.name)) == []


@pytest.mark.parametrize(
    ("name", "text", "count"),
    [
        ("action_rules.toml", '[identity]\nproofs = []\ntries = 0\n[actions.cancle_order]\nquote = "no"\n', 3),
        ("action_rules.toml", "[identity", 1),
        ("permissions.toml", '[admin]\ntools = ["x"]\n[owner]\n', 5),
        ("tones.toml", '[rude]\ngreeting = "Hey"\n[friendly]\ngreting = "Hi"\nsorry = "{x}"\nglad = 3\n', 4),
        ("blocked_terms.txt", "a\nfine term\nb\n", 2),
    ],
)
def test_all_problems_of_a_file_are_told_and_nothing_is_saved(desk, name, text, count):
    with pytest.raises(InvalidFile) as refused:
        desk.configuration.save_text(name, text)
    assert len(refused.value.problems) == count, refused.value.problems
    assert not desk.configuration.is_own(name)


def test_the_shops_own_rules_hold_at_once_and_can_be_put_back(desk):
    rules = bundled("resources/action_rules.toml").read_text(encoding="utf-8")
    desk.configuration.save_text("action_rules.toml", rules.replace("tries = 3", "tries = 5"))
    assert desk.agent.rules.identity.tries == 5
    assert desk.configuration.is_own("action_rules.toml")
    desk.configuration.put_back_text("action_rules.toml")
    assert desk.agent.rules.identity.tries == 3
    assert [row.tool for row in desk.store.audit.of_desk()] == ["rules.put_back", "rules.save"]


def test_the_shops_own_tones_and_blocked_terms_hold_at_once(desk):
    desk.configuration.save_text("tones.toml", '[friendly]\ngreeting = "Ahoy{name}. What is it?"\n')
    desk.configuration.save_text("blocked_terms.txt", "purple cow\n")
    assert "Ahoy" in desk.ask("Hello!").reply
    for term in ("a Purple  Cow", "<|im_start|>"):
        with pytest.raises(Refused, match="does not accept"):
            desk.ask(term)


def test_new_guidance_for_models_never_leaves(desk):
    guidance = "Speak like an old sailor who has seen every sea there is."
    desk.configuration.save_text("tones.toml", f'[friendly]\nguidance = "{guidance}"\n')
    talk = desk.start_conversation()
    with pytest.raises(Refused):
        desk.copilot.send(talk.id, guidance)


def test_new_permissions_hold_for_whoever_is_signed_in(desk):
    desk.accounts.create_first("Ann", "a green lamp")
    desk.accounts.create("Kim", "agent", "a green lamp")
    text = desk.configuration.text("permissions.toml").replace('"send", "act", "tickets"', '"send", "tickets"')
    desk.configuration.save_text("permissions.toml", text)
    desk.accounts.sign_in("Kim", "a green lamp")
    assert not desk.access.may("act")
    assert desk.access.may("send")


def test_a_file_that_is_none_of_these_is_refused(desk):
    for verb in (desk.configuration.text, desk.configuration.is_own, desk.configuration.put_back_text):
        with pytest.raises(Invalid, match="no file '../settings.toml'"):
            verb("../settings.toml")
