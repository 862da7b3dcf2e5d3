"""From what a customer said to the next action to propose: rules over the shop's real data, no language model.

The way of a message, one module for each step:

1. `clauses` cuts it at its sentences and conditions, `verbs` finds the verbs that wish for something, `reading` puts
   both together as `Wish` records: what is wanted, on which terms, what instead, and what was remarked about it.
2. `goals` holds each wish against the customer's data (`case`, read by `shop`) and tries those that may stand in for
   it. By kind of wish: `cancelling`, `returning`, `swapping`, `addressing`, `paying`.
3. These ask `which_items` and `which_orders` what is meant (`things` knows the names), `variants` which variant is
   wanted, `prices` whether it may cost that, `addresses` and `payments` which of the customer's own is pointed at.
4. `leftovers` asks about what was said and led to nothing.
5. `moves` makes of all this (`outcomes`) one `Move`: a proposal, a question, or a denial.

One rule stands above all: a question is cheaper than a wrong change. Whatever was said of an order and can't be
placed holds back the actions on that order until it is asked about. The words are in `resources/wishes.toml`.
`hearing` tells whether a message wishes for anything at all.
"""

from cxdesk.agent.wishes.hearing import heard_intent
from cxdesk.agent.wishes.lexicon import Lexicon
from cxdesk.agent.wishes.moves import next_move, products_named
from cxdesk.agent.wishes.outcomes import Judge
from cxdesk.agent.wishes.payments import named_methods
from cxdesk.agent.wishes.reading import Names, read_wishes
from cxdesk.agent.wishes.records import Denial, Move, Progress, Proposal, Question, Shop, Wish
from cxdesk.agent.wishes.shop import read_shop
from cxdesk.agent.wishes.verbs import has_verb

__all__ = [
    "Denial",
    "Judge",
    "Lexicon",
    "Move",
    "Names",
    "Progress",
    "Proposal",
    "Question",
    "Shop",
    "Wish",
    "has_verb",
    "heard_intent",
    "named_methods",
    "next_move",
    "products_named",
    "read_shop",
    "read_wishes",
]
