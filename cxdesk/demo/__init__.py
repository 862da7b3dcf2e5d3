"""The demo: a shop of our own invention, and simulated customers who write to it."""

from cxdesk.demo.customers import WritingCustomers, play
from cxdesk.demo.setup import fill_with_demo, open_demo
from cxdesk.demo.shop import load_scripts

__all__ = ["WritingCustomers", "fill_with_demo", "load_scripts", "open_demo", "play"]
