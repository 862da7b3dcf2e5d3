"""What a text says that the desk has done, does or will do; each needs a call that did it.

A first person who has cancelled, a refund that has been issued, an e-mail that will be sent: small models
write such things because they sound helpful. They pass only where a tool of this conversation did it, or
where the brief or the sentence of a source says it too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cxdesk.agent.evidence import Group
from cxdesk.agent.facts import find_facts, find_states
from cxdesk.agent.mentions import plain_words
from cxdesk.agent.sentences import coverage, split_sentences, stem

# Share of a sentence's words that a source must have for its own promise to be the same one.
SAME_PROMISE_FROM = 0.6

_CHANGES = (
    "changed|updated|modified|amended|corrected|sent|emailed|e-mailed|mailed|issued|credited|escalated|forwarded|"
    "passed|arranged|scheduled|created|opened|reopened|applied|added|removed|replaced|reshipped|notified|contacted|"
    "informed|initiated|submitted|completed|confirmed|booked|registered|logged|reserved|extended|waived|started|"
    "raised|filed|flagged|made|placed|put|asked|told|fixed|adjusted|upgraded|reset|transferred|reversed"
)
_STEPS = "cancell?ed|refunded|returned|exchanged|processed|shipped|approved|closed|dispatched|reimbursed|resent"
_DOING = (
    "cancell?ing|refunding|returning|exchanging|changing|updating|sending|issuing|processing|escalating|forwarding|"
    "passing|arranging|creating|opening|contacting|transferring|crediting|submitting"
)
_SOON = r"(?:just |already |now |successfully |also |gone ahead and |personally )*"
_FIRST_PERSON = re.compile(
    rf"\b(?:i|we)(?:'ve| have|'d| had| went ahead and)? {_SOON}"
    rf"(?!made (?:myself|it|this) (?:plain|clear))(?:{_CHANGES}|{_STEPS})\b"
    rf"|\bmy colleagues? (?:has|have) {_SOON}(?:{_CHANGES}|{_STEPS})\b",
    re.IGNORECASE,
)
# What no list of verbs foresees: 'we have let the courier know'. A source may say the same of the shop.
_PERFECT = re.compile(
    rf"\b(?:i|we)(?:'ve| have) {_SOON}(?!(?:checked|looked|found|seen|read|reviewed|understood|received|heard)\b"
    r"|made (?:myself|it|this|that) (?:plain|clear))"
    r"(?:\w{2,}ed|taken|given|let|set|put|made|sent|told|done|begun|written)\b"
    r"|\b(?:i|we)(?:'ve| have)? (?:just |already |now )?(?:had|got)"
    r" (?:it|that|this|them|(?:your|the) \w+) \w+(?:ed|en|nt)\b",
    re.IGNORECASE,
)
_BEING = re.compile(r"\b(?:is|are) (?:now |already |just )?being \w+(?:ed|en|nt)\b", re.IGNORECASE)
_COMING = re.compile(
    r"\b(?:e-?mail|label|refund|replacement|voucher|confirmation|link|code|credit|money)\b[^.;]*?"
    r"\b(?:is|are) (?:now |already )?(?:on (?:its|their|the) way|coming|heading)\b",
    re.IGNORECASE,
)
_UNDER_WAY = re.compile(rf"\b(?:i|we)(?:'m| am|'re| are) {_SOON}(?:{_DOING})\b", re.IGNORECASE)
_SENT = re.compile(r"(?:sent|shipped|dispatched)$", re.IGNORECASE)
_PASSIVE = re.compile(
    rf"\b(?:has|have|had|'s)(?: now| just| already| successfully| also)* been (?:\w+ly )?(?:{_CHANGES})\b"
    rf"|\b(?:was|were|is being|are being) (?:\w+ly |now |just |already )?(?:{_CHANGES}|being)\b"
    rf"|\b(?:is|are) (?:now |already )(?:{_CHANGES})\b",
    re.IGNORECASE,
)
_REFUNDED = re.compile(r"\b(?:refund|credit|cancellation|return|replacement|e-?mail|request)\b", re.IGNORECASE)
_DONE_DEAL = re.compile(
    r"\b(?:all done|all set|taken care of|(?:it|that)(?:'s| is| has been) (?:all )?(?:done|sorted|settled|arranged)|"
    r"consider (?:it|that|this|(?:your|the) \w+) (?:done|sorted|\w+ed)|as (?:you )?requested|"
    r"(?:has|have) gone through|is (?:complete|confirmed))\b|^\W*done\b",
    re.IGNORECASE,
)
_PROMISE = re.compile(
    r"\b(?:i|we)(?:'ll| will| shall|(?:'m| am|'re| are) (?:going|off|away|about|just about) to) "
    r"(?!not\b|(?:always )?be (?:happy|glad|here|around|delighted))\w+"
    r"|\blet me (?!know|see\b(?! to\b)|think|explain|walk|show|tell|clarify|share|start|assure|summari[sz]e)\w+"
    r"|\b(?:someone|our team|my team|an? \w+) will (?!be\b)\w+"
    r"|\byou(?:'ll| will| should| can expect to) (?:\w+ly |soon |then |also )?(?:receive|get|have|see|hear)\b"
    r"(?! (?:it |them )?since\b)"
    rf"|\b(?:will|shall|is going to) (?:\w+ly |soon |then |also )?be (?:\w+ly )?(?:{_CHANGES}|{_STEPS}|delivered)\b",
    re.IGNORECASE,
)
_ARRIVAL = re.compile(
    r"you(?:'ll| will| should| can expect to) (?:\w+ly |soon )?(?:receive|get|have|see)\b", re.IGNORECASE
)
_HANDED_ON = re.compile(
    r"\b(?:i|we)(?:'ve| have) (?:given|handed|passed|put) it (?:over )?(?:to|in) the (?:post|courier|carrier|mail)\b",
    re.IGNORECASE,
)
_BEEN = re.compile(  # not 'the day we have been given'
    r"(?<!\bwe)(?<!\bi)(?<!\bwe )(?<!\bi )"
    r"\b(?:has|have|['’]s|['’]ve)(?: \w+ly| now| just| already)? been (?:set aside|\w+(?:ed|en|et|ut|nt))\b",
    re.IGNORECASE,
)
_FINISHED = re.compile(
    r"\b(?:refund|cancellation|exchange|return|replacement|change|update)s? "
    r"(?:is |was |all |now |has been |have been )*(?:done|completed?|sorted|finished|settled)\b",
    re.IGNORECASE,
)
# Without its subject: 'Sending the part now.', 'Swapped it over.', 'Have changed the size.'
_CURT = re.compile(
    r"^\W*(?:(?:just|now|already|currently) )*"
    r"(?!(?:looking|checking|seeing|going|hoping|following|according|regarding|concerning|including|during|depending|considering|assuring|wishing|thanking|trusting|reminding)\b)"
    r"(?:\w{2,}ing|(?!(?:looked|checked|based|located|noted|needed|used|provided|granted|ordered|delivered|shipped|posted|dropped)\b)\w{3,}ed)"
    r" (?:it|that|this|them|the|your|you|an?)\b"
    r"|^\W*(?:(?:have|['’]ve)(?: just| now| already)? \w{2,}(?:ed|en|nt|ut|ne)"
    r"|(?:will|['’]ll)(?: now)? (?!be\b|not\b)\w{3,})"
    r" (?:it|that|this|them|the|your|you|an?)\b",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(
    r"\b(?:some(?:one|body)|one of (?:us|the \w+|our \w+)|(?:my|our) \w+)(?: (?:on|in|from|at) (?:my|our|the) \w+)?"
    r"(?:['’]s| has| have)? (?:already |just |now )*(?:\w{3,}ed|sent|put|gave|took|made|let|told|rang)"
    r" (?:it|that|this|them|the|your|you|an?)\b",
    re.IGNORECASE,
)
_THATS = re.compile(r"\bthat(?:['’]s| is) (?:it|you|them|all) \w{3,}ed\b", re.IGNORECASE)
_BUSY = re.compile(
    r"\b(?:(?:i|we)(?:['’]m|['’]re| am| are)"
    r"|(?:some(?:one|body)|one of (?:us|our \w+)|(?:my|our) \w+)(?:['’]s| is| are))"
    r"(?: \w+ly| now| already| just)* (?:looking into|working on|on (?:it|the case)\b|checking (?:with|on)|dealing with"
    r"|taking (?:it|care)|handling|seeing to|chasing|sorting)",
    re.IGNORECASE,
)
_YOURS = re.compile(
    r"\byour \w+ (?:is|are) (?:now |all |already )*\w{3,}ed(?: (?:in|up|off))?(?=[.!,]|$)", re.IGNORECASE
)
# Forms that only a claim has.
_SURE = (_FIRST_PERSON, _UNDER_WAY, _DONE_DEAL)
_NOTHING = re.compile(r"\b(?:nothing|none|no \w+)\b[^,;]*$", re.IGNORECASE)
_SUPPOSED = re.compile(r"\b(?:if|once|when|whenever|until|unless|after|before|as soon as)\b[^,;]*$", re.IGNORECASE)


def claimed_actions(text: str) -> list[str]:
    """What a text says has been done, in its own words."""
    return [claim for sentence in split_sentences(text) for claim in _done_claims(sentence.text)]


def _done_claims(text: str) -> list[str]:
    own = _found((_FIRST_PERSON, _DONE_DEAL), text)
    return own + [m.group() for m in _told(_PASSIVE, text) if _REFUNDED.search(text[: m.start()])]


def claims(text: str, evidence: Sequence[Group], brief_text: str) -> list[str]:
    """The claims of a sentence, by verbs that tell of an act of the shop, that nothing supports, each as a fault."""
    own = _found(_SURE, text)
    told = [m.group() for m in _told(_PASSIVE, text) if not m.group().endswith("made")]
    unsupported = [claim for claim in own if not (_SENT.search(claim) and _was_sent(text, evidence))]
    unsupported += [claim for claim in told if not _in_source(claim, text, evidence, records_only=True)]
    coming = _found((_COMING,), text) + [m.group() for m in _told(_FINISHED, text)]
    unsupported += [claim for claim in coming if not _is_backed(claim, text, evidence)]
    return _as_faults(unsupported, evidence, brief_text)


def likely_claims(text: str, evidence: Sequence[Group], brief_text: str) -> list[str]:
    """The same for whatever has the form of a claim or a promise, with any verb: 'I have gone through your message'
    has it as well as 'I have let the courier know'.
    """
    sure = _found((*_SURE, _PASSIVE), text)
    likely = [perfect for perfect in _found((_PERFECT,), text) if not any(perfect in claim for claim in sure)]
    likely += _found((_PROMISE, _CURT, _SOMEBODY, _THATS, _BUSY), text)
    likely += [m.group() for m in _told(_YOURS, text) if not find_states(m.group())]
    likely += [m.group() for m in _told(_BEING, text)]
    likely += [
        m.group()
        for m in _told(_BEEN, text)
        if not find_states(text[m.start() : m.end() + 20]) and m.group() not in sure
    ]
    unsupported = [claim for claim in likely if not _is_backed(claim, text, evidence)]
    return _as_faults(unsupported, evidence, brief_text)


def _found(patterns: Sequence[re.Pattern[str]], text: str) -> list[str]:
    return [match.group() for pattern in patterns for match in pattern.finditer(text)]


def _is_backed(claim: str, text: str, evidence: Sequence[Group]) -> bool:
    return (
        _in_source(claim, text, evidence)
        or (_ARRIVAL.match(claim) is not None and _has_day(text, evidence, "expected"))
        or (_HANDED_ON.search(text) is not None and _was_sent(text, evidence))
    )


def _as_faults(unsupported: Sequence[str], evidence: Sequence[Group], brief_text: str) -> list[str]:
    return [
        f"{claim!r} claims an action that was not done"
        for claim in unsupported
        if claim.lower() not in brief_text.lower() and not _is_done(claim, evidence)
    ]


def _was_sent(text: str, evidence: Sequence[Group]) -> bool:
    """Whether 'we sent it' tells of a parcel whose day of leaving a record knows."""
    return _has_day(text, evidence, "shipped at")


def _has_day(text: str, evidence: Sequence[Group], field: str) -> bool:
    """Whether a sentence names a day and a record knows such a one; the day itself is checked as a fact."""
    return any(fact.kind in {"date", "weekday"} for fact in find_facts(text)) and any(
        piece.text.startswith(field) for group in evidence for piece in group.pieces
    )


def _told(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The matches that are told as having happened, not as what may happen."""
    return (
        match
        for match in pattern.finditer(text)
        if not _SUPPOSED.search(text[: match.start()]) and not _NOTHING.search(text[: match.start()])
    )


def _is_done(claim: str, evidence: Sequence[Group]) -> bool:
    """Whether a tool did it: 'I have cancelled' after cancel_order."""
    verb = stem(claim.lower().split()[-1])
    return any(verb in _DID.get(group.done, frozenset()) for group in evidence if group.done)


def _in_source(claim: str, text: str, evidence: Sequence[Group], *, records_only: bool = False) -> bool:
    """Whether one sentence of a source says the same with the same verb. A rule does not tell what was done."""
    words, verb = plain_words(text), plain_words(claim.split()[-1])
    enough = SAME_PROMISE_FROM if verb else 1.0
    mine = re.match(r"(?:i|we|my)\b", claim, re.IGNORECASE)
    return bool(words) and any(
        verb <= plain_words(piece.text) and coverage(words, plain_words(piece.text)) >= enough
        for group in evidence
        for piece in group.pieces
        if not (records_only and (piece.support.document or not _has_form(claim.split()[-1], piece.text)))
        if not mine or re.search(r"\b(?:we|i)\b", piece.text, re.IGNORECASE)
    )


def _has_form(verb: str, text: str) -> bool:
    """Whether the verb stands in the text in the same form: a credit card has not been credited."""
    found = (word.lower() for word in re.findall(r"[^\W_]+", text))
    return any(stem(word) == stem(verb.lower()) and word[-1] == verb.lower()[-1] for word in found)


_DID = {
    tool: frozenset(stem(word) for word in verbs.split())
    for tool, verbs in {
        "cancel_order": "cancelled canceled confirmed processed done submitted",
        "flag_refund": "flagged asked requested passed forwarded submitted noted",
        "return_items": "arranged started created opened initiated registered submitted requested logged done",
        "exchange_items": "arranged started created opened initiated registered submitted requested logged done",
        "modify_order_items": "changed updated modified amended replaced done",
        "modify_order_payment": "changed updated modified done",
        "modify_order_address": "changed updated modified corrected done",
        "update_customer_email": "changed updated modified corrected done",
        "update_customer_address": "changed updated modified corrected done",
        "create_ticket": "created opened raised filed logged registered done",
        "update_ticket": "updated added changed noted done",
        "escalate_to_human": "passed forwarded escalated transferred passing forwarding escalating transferring",
    }.items()
}
