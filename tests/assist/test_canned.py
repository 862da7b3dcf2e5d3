import pytest

from cxdesk.assist.canned import import_canned, read_canned, render
from cxdesk.assist.variables import VARIABLES, variables_in
from cxdesk.demo.shop import load_canned
from cxdesk.domain import Invalid

FILE = """
[[reply]]
shortcut = "hiya"
title = "Greeting"
text = "Hello {customer_name}"

[[reply]]
shortcut = "later"
title = "Late parcel"
category = "shipping"
text = "I am sorry about {order_id}."
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "replies.toml"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_importing_twice_changes_nothing(demo_desk, file):
    before = len(demo_desk.store.canned.all())
    assert import_canned(demo_desk.store, file) == import_canned(demo_desk.store, file) == 2
    assert len(demo_desk.store.canned.all()) == before + 2


def test_a_saved_reply_is_filled_and_says_what_is_missing(demo_desk, file):
    import_canned(demo_desk.store, file)
    filled = render(demo_desk.store, "later", {})
    assert (filled.text, filled.gaps) == ("I am sorry about [[order id]].", ("order_id",))
    with pytest.raises(Invalid, match="never"):
        render(demo_desk.store, "never", {})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no saved replies"),
        ("reply = 3", "no saved replies"),
        ("[[reply", "can't be read"),
        ('[[reply]]\nshortcut = "a"\ntitle = "A"', "'text'"),
        ('[[reply]]\nshortcut = "a b"\ntitle = "A"\ntext = "x"', "without spaces"),
        ('[[reply]]\nshortcut = "a"\ntitle = "A"\ntext = "x"\n' * 2, "twice"),
        ('[[reply]]\nshortcut = "a"\ntitle = "A"\ntext = "x"\nmood = "y"', "mood"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_by_its_name(tmp_path, text, told):
    path = tmp_path / "replies.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Invalid, match=r"replies\.toml") as refused:
        read_canned(path)
    assert told in str(refused.value)


def test_the_demo_shops_saved_replies_use_known_variables():
    assert len(load_canned()) >= 15
    assert {name for reply in load_canned() for name in variables_in(reply.text)} <= set(VARIABLES)
