import pytest

from cxdesk.desk import Desk
from cxdesk.domain import Decision, DecisionKind, Grounding, Identity, Invalid, Support
from cxdesk.evals.qa import run_qa


@pytest.fixture
def docs(tmp_path):
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "kettle.md").write_text("# Kettles\n\nYou can return a kettle within 30 days of delivery.")
    return folder


class Answering:
    """A desk that replies as it is told."""

    class knowledge:
        @staticmethod
        def add(paths, progress=None):
            pass

    def __init__(self, replies):
        self.replies = replies

    def language_model(self):
        return None

    def ask(self, question):
        return self.replies[question]


class Reply:
    def __init__(self, text, kind=DecisionKind.reply, document="a.md"):
        self.reply = text
        self.decision = Decision(kind=kind)
        self.grounding = Grounding(sentences=(Support(start=0, end=1, document=document),) if document else ())
        self.identity = Identity()


def case(question, *answers):
    return {"id": question, "question": question, "answerable": bool(answers), "answers": list(answers)}


def test_answers_are_counted_apart_for_what_can_and_what_cannot_be_answered(docs):
    replies = {
        "right": Reply("It takes 30 days."),
        "wrong": Reply("It takes 3 days."),
        "silent": Reply("A colleague will answer.", DecisionKind.handoff),
        "declined": Reply("I can't help with that.", document=None),
        "needless": Reply("We are open."),
    }
    cases = [
        case("right", "30 days"),
        case("wrong", "30 days"),
        case("silent", "x"),
        case("declined"),
        case("needless"),
    ]
    report = run_qa(cases, docs, Answering(replies))
    assert report.metrics == {
        "answered_unanswerable": 0.5,
        "coverage": 0.6667,
        "correct_when_answered": 0.5,
        "answered": 0.6,
    }
    assert [failure.id for failure in report.failures] == ["wrong", "needless"]


def test_a_share_of_nothing_is_null_with_a_reason(docs):
    report = run_qa([case("declined")], docs, Answering({"declined": Reply("No.", document=None)}))
    assert report.metrics["coverage"] is None
    assert report.as_json()["reasons"]["coverage"] == "No case is answerable."


def test_a_case_that_does_not_say_whether_it_is_answerable_is_refused_by_its_id(docs):
    with pytest.raises(Invalid, match="Case '7' has no 'answerable'"):
        run_qa([{"id": "7", "question": "x"}], docs, Answering({}))


def test_a_whole_turn_is_scored(docs, tmp_path, toy_embedder):
    with Desk.open(tmp_path / "desk", model="none", embedder=toy_embedder) as desk:
        report = run_qa([case("Can I fly to the moon?")], docs, desk)
    assert (report.n, report.model) == (1, "none")
    assert report.metrics["coverage"] is None
