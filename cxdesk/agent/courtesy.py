"""Sentences that are only polite: greetings, thanks, regrets, offers of help, signatures.

They state nothing, so no source has to say them. A sentence counts as polite by all of its words, not by how it
begins: 'Sorry, helmets can be returned' is no courtesy.
"""

from __future__ import annotations

import re

from cxdesk.agent.sentences import content_words, stem

# A name may follow after these, and nothing else.
_GREETING = re.compile(
    r"^(?:hi|hiya|hello|hey|dear|good (?:morning|afternoon|evening|day))(?: there)?,?"
    r"(?: (?:mr|mrs|ms|mx|dr)\.?)?(?: [A-Z][\w'’-]+){0,3}[,!.:]*$",
    re.I,
)
# What follows is the customer's own business: it is taken up, not told.
_REGARD = re.compile(
    r"^(?:thank(?:s| you) (?:so much |very much )?for (?:your|writing|contacting|reaching|getting|letting|waiting)"
    r"|(?:i(?:'m| am)|we(?:'re| are)) (?:so |very |really |truly )?sorry (?:about|for|to hear|that)"
    r"|sorry (?:about|for|to hear|that)|(?:i|we) (?:completely |fully |totally )?(?:hope|understand|appreciate))\b",
    re.I,
)
_WORDS = frozenset(
    stem(word)
    for word in """
        hi hiya hello hey dear sir madam customer all there good morning afternoon evening day week weekend
        thank thanks many much lots touch getting get in writing write written contacting contact reaching reach
        message messages note mail email e-mail enquiry inquiry query question questions request patience waiting wait
        interest time bearing sorry apologies apologise apologize regret inconvenience trouble delay confusion
        hope hopes helps help helped helpful helping happy glad pleased pleasure delighted assist assistance
        serve service support here let know tell ask shout just please feel free hesitate anything else
        something further more other need needs want like require any time anytime always
        best kind warm warmest regards wishes wish yours faithfully sincerely truly respectfully cheers
        greeting greetings friendly holler yell ping drop line
        bye goodbye care take welcome nice great lovely wonderful pleasant enjoy rest
        go goes follow follows following find found below summary overview detail details information info
        update answer answers look looked looking see checked checking can could would really clear unclear unsure
        understand frustrating frustration annoying disappointing feel appreciate business shop shopping us team
    """.split()
)


def is_courtesy(text: str) -> bool:
    """Whether a sentence without facts is only polite."""
    if _GREETING.match(text) or _REGARD.match(text):
        return True
    words = content_words(text)
    return words <= _WORDS
