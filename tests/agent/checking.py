"""Checks replies that no model wrote."""

from collections.abc import Sequence

from cxdesk.agent.brief_parts import Brief, Line
from cxdesk.agent.compose import Checker
from cxdesk.agent.evidence import Group
from cxdesk.agent.ground import Check
from cxdesk.agent.senses import RULES_ALONE, Senses
from cxdesk.agent.sentences import Sentence
from cxdesk.domain import Decision, DecisionKind, Support

SOURCE = Support(start=0, end=0, document="d.md", from_=0, to=1)


def check(
    reply: str, evidence: Sequence[Group], *, asked: str = "", brief: str = "", senses: Senses = RULES_ALONE
) -> list[tuple[Sentence, Check]]:
    """Every sentence of a reply with its check; all that the brief says has a source."""
    said = Brief(lines=(Line(text=brief, supports=(SOURCE,)),), decision=Decision(kind=DecisionKind.reply))
    return Checker(asked, said, evidence, lambda: senses).check_reply(reply)


def faults(
    reply: str, evidence: Sequence[Group], *, asked: str = "", brief: str = "", senses: Senses = RULES_ALONE
) -> list[str]:
    checks = check(reply, evidence, asked=asked, brief=brief, senses=senses)
    return [fault for _, sentence in checks for fault in sentence.faults]
