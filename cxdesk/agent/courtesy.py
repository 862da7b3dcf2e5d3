"""Which sentences state nothing of the shop, so that no source has to say them: greetings, thanks, sympathy, asides.

New people bring new small talk, so a list of known courtesies is never long enough. What is looked for is rather
what could be false: a word of what is being talked about, a word of trade, somebody or something of which the
sentence tells, a permission, an act. A sentence without any of these is small talk where it is a mere interjection
or has enough of the words in which people speak of talking, knowing, feeling and wishing. Where these rules leave a
doubt, a judge that learned from examples decides, if there is one (`resources/harmless`): it knows what is polite by
its sense, and is asked for more certainty where a sentence speaks of the matter at hand.
Facts, names and claims are not looked for here: whoever asks has found none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from cxdesk.agent.senses import RULES_ALONE
from cxdesk.agent.sentences import content_words, stem

Judge = Callable[[str], float]
"""How likely a sentence states nothing of the shop, 0..1."""


# How sure a judge must be of a sentence that speaks of nothing in particular, and of any other one.
LIKELY, SURE = 0.5, 0.9
# Share of the words that must be known as polite, where some are not.
POLITE_FROM = 0.3
# Interjections are no longer than this, and have one unknown word at most.
INTERJECTION_WORDS = 4

# A name may follow after these, and nothing else.
_GREETING = re.compile(
    r"^(?:hi+|hiya|hey+|hello|hullo|dear|good (?:morning|afternoon|evening|day))(?: there)?,?"
    r"(?: (?:mr|mrs|ms|mx|dr)\.?)?(?: [A-Z][\w'’-]+){0,3}[,!.:]*$",
    re.I,
)
# What follows is the customer's own business: it is taken up, not told.
_REGARD = re.compile(
    r"^(?:thank(?:s| you) (?:so much |very much )?for (?:your|the|this|that|\w+ing)\b"
    r"|(?:i(?:'m| am)|we(?:'re| are)) (?:so |very |really |truly )?sorry (?:about|for|to hear|that)"
    r"|sorry (?:about|for|to hear|that)|(?:i|we) (?:completely |fully |totally )?(?:hope|understand|appreciate)"
    r"|(?:i['’]m |we['’]re )?(?:sending|with)(?: you)?(?: \w+){0,3} (?:greetings|wishes|regards|love|hugs|thoughts))\b",
    re.I,
)


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words.split())


# Greeting and thanking, speaking and asking, knowing and feeling, wishing, and the times of day.
_POLITE = _stems(
    """
    hi hiya hello hullo hey dear sir madam customer all there good morning afternoon evening day days week weekend
    thank thanks thankful many much lots touch getting get in writing write written contacting contact reaching reach
    message messages note noted mail email e-mail enquiry inquiry query question questions patience patient
    waiting wait interest time bearing sorry apologies apologise apologize regret inconvenience trouble bother hassle
    delay confusion hope hopes helps help helped helpful helping happy glad pleased pleasure delighted assist assistance
    serve service support here let know tell ask shout just please feel free hesitate anything else
    something further more other need needs want like require any time anytime always whenever
    best kind kindly warm warmest regards wishes wish yours faithfully sincerely truly respectfully cheers
    greeting greetings friendly holler yell ping drop line reply
    bye goodbye cheerio farewell care take welcome nice great lovely wonderful pleasant enjoy rest beautiful
    go goes going doing follow follows following find found below above summary overview detail details information info
    update answer answers look looked looking see checked checking can could would really clear unclear unsure
    understand understood understandable frustrating frustration annoying annoyed disappointing feel feels feeling felt
    appreciate appreciated business custom loyalty trust valued shop shopping us team
    knowing knew think thought thinking believe mean means meant guess reckon remember mind minds
    say said saying speak talk talking chat hear hearing heard asked asking told telling explain matter matters point
    concern concerns worry worries worried anxious stress stressful upset upsetting unpleasant hard tough difficult
    pain nuisance shame pity fault luck lucky fingers crossed wonder wondering curious fair sensible reasonable fun
    love loved loving bless smile joy peace comfort satisfaction disposal attention feedback opinion
    certainly course absolutely sure indeed okay ok alright right oh ah well yes
    hold bear stay keep safe well tuned give shout
    walk guide clarify clarifies assure acknowledge acknowledged remain imagine realise realize recognise recognize
    sympathise sympathize bring bringing attention top priority grateful gratitude happiness earliest convenience
    """
)
# Everyday words that are of no subject, though a document has them.
_LIGHT = _stems(
    """
    thing things lot lots bit way come comes came make makes made put puts kept keep day days one ones two first
    last next new old big small little long short quick soon late early today now then again back still also even
    very quite rather own same different kind sort part place people person anyone someone everyone nothing
    work works try use used useful used show shows give gives gave given done yet already never ever here there
    """
)
# What a shop does, has and rules: a sentence with one of these states something.
_TRADE = _stems(
    """
    order orders parcel package box shipment consignment item items product products article goods stock warehouse
    depot store branch counter courier carrier driver van truck post postage mailbox label tracking track trace
    deliver delivery delivered ship shipped shipping dispatch send sent sending arrive arrival arriving
    return returns returned refund refunds refunded exchange replace replacement replacing swap repair fix fixed cancel
    cancellation price prices cost costs pay paid payment pays charge charges fee fees free bill invoice receipt total
    amount money cash card cards bank credit debit paypal voucher coupon discount code promo sale offer gift deposit
    balance account accounts login password profile membership member subscription points
    warranty guarantee guaranteed cover covers covered insured insurance legal law tax duty customs
    policy policies rule rules terms allow allowed permit permitted forbidden accept accepted reject eligible entitled
    qualify include includes included exclude available unavailable deadline expire expires limit limits
    approve approved confirm confirmed confirmation process processed processing complete completed change changed
    changing update updated modify amend correct corrected open opened close closed closing book booked booking
    reserve reserved arrange arranged schedule scheduled appointment escalate forward pass passed transfer
    phone telephone ring call calls called callback hotline extension website site link page form app portal
    address name manager supervisor boss colleague staff office department technician engineer owner
    damage damaged broken faulty defect defective battery batteries charger cable charging plug water waterproof
    proof resistant washable compatible device install reset setting settings button size colour color model version
    label ticket case file complaint request review compensation reimburse reimbursed reimbursement
    collect collected collection pick pickup rent rental hire buy buying purchase bought sell sold selling
    """
)
# 'Totally' is of no total.
_ADVERB = re.compile(r"\b(?!reply|supply|apply|family)\w{3,}ly\b", re.I)
_SHORT_FORM = re.compile(r"['’](?:d|ll|re|ve|m|s)\b", re.I)
_PHRASE = re.compile(r"\bin (?:any )?case(?: of)?\b", re.I)
_CONDITION = re.compile(r",? ?\b(?:if|whenever|should|in case)\b[^,]*", re.I)
_ALIKE = 5  # letters that a word shares with one of the customer's: 'washable' after 'Can I wash it?'

_PRONOUNS = frozenset("i we you ya u that this it what who there how which".split())
_AUXILIARY = (
    r"(?:is|are|was|were|am|be|has|have|had|will|would|can|could|may|might|must|should|shall|do|does|did)(?:n['’]?t)?"
)
_SUBJECT = re.compile(rf"([\w'’-]+) {_AUXILIARY}\b", re.I)
# Of whom something is told that the shop or a thing does, may or is.
_OTHERS = re.compile(
    r"\b(?:he|she|they|them|these|those|somebody|someone)\b(?! say\b)"
    r"|\bit(?:['’]ll| (?:can|will|has|does|may|must|works)\b)",
    re.I,
)
_MAY = re.compile(r"\byou(?:['’]ll|['’]d)?\s+(?:can|may|could|must|should|need|have to|will|get|never|always)\b", re.I)
_MINE = re.compile(
    rf"\b(?:i|we)(?:['’](?:ve|m|re|ll|d))?((?: (?:{_AUXILIARY}|been|not|\w+ly|just|so|also|all|very|well|too|never))*) "
    r"(?:the )?(\w+)",
    re.I,
)
# What can be told in polite words alone: it is safe, you may, you are right, others know, all is done.
_ASSURES = re.compile(
    r"\b(?:(?<!stay )(?<!keep )safe|you(?:['’]re| are| were) (?:right|sure|good)"
    r"|(?:that|it)(?:['’]s| is) (?:right|true|fine|ok(?:ay)?|possible)\b"
    r"|(?:i|we) do (?:that|it|this)|you (?:can|may|could) (?:do|go|use|keep|take|try)|all is (?:well|good|set)"
    r"|(?:my|our|the) (?:team|staff|people|shop) (?:know|is|are|will|has|have|can|look|care)\w*"
    r"|we(?:['’]re| are) (?:always |still )?open|know it \w+s|what (?:i|we) can do)\b",
    re.I,
)
# A sentence about what the writer knows, feels or hopes is about the writer.
_OF_MINE = re.compile(
    r"^(?:(?:[\w'’]+,? ){0,2}?(?:i|we)(?:['’](?:m|re|ve|d))?"
    r"(?: (?:do|can|could|would|am|are|have|had|\w+ly|just|so|too|very)){0,3} (?:get|see|love|hate|mean|guess|bet"
    r"|believe"
    r"|think|suppose|remember|hear|wish|MIND)|(?:(?:\w+ly|so|do|can) )*(?:MIND|get (?:why|how|that|it)))\b".replace(
        "MIND",
        "know|understand|hope|trust|feel|felt|appreciate|regret|imagine|reali[sz]e|reckon|recogni[sz]e|acknowledge"
        "|sympathi[sz]e|sorry|afraid|glad|happy|pleased|thankful|grateful|delighted",
    ),
    re.I,
)
_ACT = re.compile(r"(?<!be )(?<!being )(?<!'m )(?<!am )(?<!feel )(?<!so )(?<!get )\b(\w{2,}ed)\b", re.I)
_OBJECT = re.compile(r"\b(?:it|them|this|that)\b[.!]*$", re.I)


def is_small_talk(
    text: str, subjects: Collection[str] = (), asked: Collection[str] = (), judge: Judge = RULES_ALONE.courtesy
) -> bool:
    """Whether a sentence without facts, names and claims states nothing.

    `subjects` are the stems of what the sources speak of, `asked` those of the customer's own message.
    """
    if _GREETING.match(text) or _REGARD.match(text):
        return True
    if _ASSURES.search(text):
        return False
    unknown = _words(text) - _POLITE
    if not unknown:
        return True
    loaded = _touches(unknown, subjects, asked) or _tells(text)
    if not loaded and _is_polite(text, unknown):
        return True
    return judge(text) >= (SURE if loaded else LIKELY)


def _is_polite(text: str, unknown: frozenset[str]) -> bool:
    """Whether a sentence that tells nothing is an interjection, is about its writer, or has polite words enough."""
    main = _CONDITION.sub("", text)
    if len(main.split()) <= INTERJECTION_WORDS and len(_words(main) - _POLITE) <= 1:
        return not _OBJECT.search(main)
    words = _words(text)
    polite = words - unknown
    return _OF_MINE.match(text) is not None or len(polite) >= POLITE_FROM * len(polite | words - _LIGHT)


def _words(text: str) -> frozenset[str]:
    """The stems that carry meaning, short forms of a verb and adverbs left out."""
    for pattern in (_SHORT_FORM, _ADVERB, _PHRASE):
        text = pattern.sub("", text)
    return content_words(text) - _PRONOUNS


def is_known_word(word: str) -> bool:
    """Whether a word is one of everyday speech or of trade, and so no name."""
    return content_words(word) <= _POLITE | _LIGHT | _TRADE


def _touches(words: frozenset[str], subjects: Collection[str], asked: Collection[str]) -> bool:
    """Whether one of the words is of the trade, or of what is being talked about."""
    if words & _TRADE:
        return True
    heavy = words - _LIGHT
    starts = {word[:_ALIKE] for word in asked}
    return any(word in subjects or word[:_ALIKE] in starts for word in heavy)


def _tells(text: str) -> bool:
    """Whether the sentence tells of somebody or something, or of an act."""
    return (
        any(pattern.search(text) is not None for pattern in (_OTHERS, _MAY))
        or any(not _speaks(match[1]) for match in _SUBJECT.finditer(text))
        or any(stem(match[2].lower()) not in _POLITE | _LIGHT for match in _MINE.finditer(text))
        or any(stem(match[1].lower()) not in _POLITE for match in _ACT.finditer(text))
    )


def _speaks(subject: str) -> bool:
    word = re.sub(r"['’].*", "", subject.lower())
    return word in _PRONOUNS or stem(word) in _POLITE or not content_words(word)
