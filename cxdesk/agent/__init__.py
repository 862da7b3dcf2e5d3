"""One turn: identify, plan, tools, brief, compose, ground, decide. Start reading at `turn.py`."""

from cxdesk.agent.compose import Listener
from cxdesk.agent.identity import signed_in
from cxdesk.agent.outbound import Outbound
from cxdesk.agent.rules import load_rules
from cxdesk.agent.turn import Agent, Phrasing

__all__ = ["Agent", "Listener", "Outbound", "Phrasing", "load_rules", "signed_in"]
