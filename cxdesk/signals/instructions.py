"""Text that gives orders to whoever reads it, in messages, documents and tool results alike.

The families follow what such texts want, not who published them: lift the rules, play a part, recite the prompt,
carry data out, tamper with a system, act in secret. A mark is a hint: it may be wrong both ways, so nothing that is
permitted or forbidden hangs on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cxdesk.signals.characters import folded, printable
from cxdesk.signals.disguise import undisguised, without_signs_in_words

# Where an order begins: at the start of a sentence, or after words that lead to one.
_ORDER = (
    r"(?:(?:^|[.!?:;\n\"'`*\])]\s{0,3})(?:(?:and|then|now|also|first|so|kindly|please)[, ]{1,2}){0,3}|\bplease "
    r"(?:also |now )?|\byou (?:must|should|will|shall|have to|are to|need to|can|are going to)"
    r" (?:now )?|\b(?:want|need|like|command|order|tell|told|ask) you to )"
)
_RULES = (
    r"(?:instructions?|rules?|prompts?|guidelines?|polic(?:y|ies)|directions?|directives?|restrictions?|"
    r"training|programming|commands?|inputs?|constraints?)"
)
_MORALS = (
    r"(?:morals?|morality|ethic(?:s|al|ality)?|legality|legalities|illegal|censor(?:ship|ed)?|"
    r"filters?|consequences|scruples|remorse|taboos?)"
)
_MACHINE = (
    r"(?:servers?|systems?|networks?|vehicles?|databases?|firmware|logs?|mainframe|dns|software|"
    r"services?|sensors?|brak(?:es?|ing)|controls?|navigation|infrastructure|collision|computing|"
    r"resources|machinery|devices|equipment|safety|data|code|records?|transactions?|backups?|signals?|routes?)"
)
_PRIVATE = (
    r"(?:confidential|credentials?|classified|sensitive|proprietary|patients?|medical|diagnos[ei]s|"
    r"clinical|therapy|health|client|(?:customer|employee|user|student|personnel) (?:data|lists?|"
    r"records?|files?|details)|records|earnings|legal documents|personal (?:data|information|details|"
    r"/?address)|private keys?|passwords?(?! reset)|trade secrets?|financial (?:data|statements?|"
    r"records?|reports?)|internal (?:documents?|reports?|communications?|emails?))"
)

_FAMILIES: dict[str, tuple[str, ...]] = {
    "lift the rules": (
        r"\b(?:ignor(?:e|ing)|disregard|forget|override|bypass|discard|neglect|drop)\b.{0,30}\b(?:previous|"
        rf"prior|above|all|your|earlier|every|any|the (?:system|rules|instructions)|openai)\b.{{0,30}}\b{_RULES}\b",
        rf"\b(?:ignore|disregard|forget|override|bypass|neglect|drop) (?:(?:all|any|every|each|your|our|of|previous|"
        rf"prior|shop'?s?|store'?s?|the(?! "
        rf"instruction)|these(?! instr)|those(?! instr)) ){{1,5}}{_RULES}\b(?! (?:in|on|from|for) (?:the|my) (?:box|"
        rf"manual|leaflet|page|site))",
        r"\bforget (?:everything|all (?:of )?(?:that|what)|what(?! i (?:said|wrote|asked)))\b.{0,20}\b(?:before|from|"
        r"above|told|"
        r"said|instructed|learned|i have|you)\b",
        r"(?<!\bi'm )(?<!\bi am )(?<!we're )(?<!we are )\b(?:not|un|isn't|longer) ?bound (?:by|to)\b",
        r"\bno longer (?:bound|restricted|limited|follow|have to|an? ai)\b",
        r"\b(?:free|freed|broken free|escaped) (?:of|from) (?:all |any |the |its |your )?(?:typical "
        rf"|usual )?(?:{_RULES}|{_MORALS}|confines|limit(?:s|ations?)|matrix)\b",
        r"\b(?:no|any|without|regardless of|despite|not care about|lacks?|ignor(?:es?|ing)|disregard(?:s|"
        rf"ing)?) (?:the |any |all |its |of )*(?:{_RULES}, |{_MORALS},? (?:and|or|nor) )*{_MORALS}\b",
        rf"\b{_RULES} (?:no longer|do not|don't) apply\b",
        r"\bnot (?:required|obliged|obligated|have) to follow\b",
        r"\bnever (?:refuse|reject|decline)s?\b",
        r"\b(?:unfiltered|uncensored|unhinged|amoral|nonmoral|unrestricted|jailbr(?:eak|oken)\w*|do anything now)\b",
        r"\bd\.?a\.?n mode\b",
        r"\b(?:developer|debug|admin|god|sudo|root|maintenance|unsafe|evil|test|rebel) mode\b(?! (?:on|of|for) "
        r"(?:the|my|this|our)\b)",
    ),
    "play a part": (
        r"\byou(?:'re| are)(?: all)? now\b(?! (?:saying|telling|asking|charging|out|able|open|closed|selling|"
        r"officially|the (?:best|only|last|first|second|third|\w+th)\b|(?:my|our) fav))",
        r"\bfrom (?:now (?:on|own)|this (?:moment|point)(?: on)?)\b.{0,60}\byou\b",
        r"\byou(?:'re| are)? (?:now )?(?:go|going) (?:to|by) (?:act|be|pretend|play|operate|role|the name)\b",
        rf"{_ORDER}(?:act|behave|respond|answer|reply|speak|function|operate|write) (?:all (?:of )?my "
        r"\w+ )?(?:exactly )?(?:as|like|out) (?:an? |the |if |both |dan|\w+gpt|[a-z]+(?:$|[ .,;]))",
        r"\b(?:pretend|imagine|simulate|emulate|impersonate|role-?play)(?:ing)? (?:to be|that you|"
        r"you(?:'re| are)|being|as)\b",
        r"\b(?:simulate|emulate) (?:an? |in |and )",
        r"\brole-?play(?:ing|s)?\b(?! (?:games?|sets?|books?|dice|costumes?))",
        r"\b(?:play|take on|assume|in) the (?:role|part|persona|character) of\b",
        r"\b(?:stay|remain|break(?:ing)?|out of) (?:in )?character\b",
        r"\b(?:virtual|alternate|two different|second) person(?:a|alit(?:y|ies))\b",
        r"\bpersonality\b.{0,40}\b(?:swear|rude|evil|angry)\w*",
        r"\bin (?:two|2) (?:different |separate )*ways\b",
        r"\bchat ?gpt\b",
        r"\b\w*gpt(?:-?\d)?\b",
        r"\bopen ?a[il]\b",
        r"\b(?<!not to a )(?<!not with a )(?<!not a )(?:large )?language model\b(?! of (?:the|my|this))",
        r"\bchat ?bot (?:that|who|which|known|named|called|with)\b",
        r"\b(?:ai|bot) (?:model )?(?:named|called|that (?:can|does|has|will)|who|with no|character)\b",
        r"\bself[- ]aware\b",
    ),
    "recite the prompt": (
        r"\b(?:system|initial|hidden|original|developer|starting|secret|pre-?) ?(?:prompts?|messages?|"
        r"instructions?|configurations?|directives?)\b(?! (?:say|said|read|show|appear|pop|about|when|i get|in the "
        r"app))",
        r"\binitiali[sz]ation (?:string|prompt|text|message)\b",
        r"\b(?:your|those|these|previous|earlier|above) (?:own |full |exact |complete )?(?:prompt|"
        r"instructions?|guidelines|directives|programming)\b(?! (?:in|on|for|to) (?:the|my|this|how|return|assembl|"
        r"clean|wash))",
        r"\b(?:text|words|instructions|everything|message)s? (?:that )?(?:you were (?:initially |originally "
        r")?(?:given|told)|above this|you (?:received|got) (?:before|first|initially))\b",
        r"\b(?:text|words?|everything|lines?|all)\b.{0,20}"
        r"\b(?:stands?|stood|was|were|is|comes?|came) (?:above|before) (?:this|my)\b",
        r"\bthe text\b.{0,20}\byou (?:were|have been|got) (?:started|set up|configured) with\b",
        r"\bnot (?:supposed|allowed|permitted|meant) to (?:tell|say|share|reveal|show|disclose|talk about)\b",
        r"\b(?:repeat|print|output|recite|echo|display|reveal|dump)\b.{0,30}\b(?:everything|all|verbatim|"
        r"word for word|above|so far)\b",
        r"\b(?:(?:en|de)code\w*|convert\w*|translate\w*|answer|reply|write|output|show|print|in|as|into|from|"
        r"this)\b[^.?!\n]{0,30}"
        r"\b(?:rot-?13|base ?64|hex(?:adecimal)?|morse)\b|\b(?:rot-?13|base ?64|hex(?:adecimal)?|morse)[ "
        r"-]?(?:encod\w+|decod\w+|for you|:)",
    ),
    "carry data out": (
        r"!\[[^\]\n]{0,80}\]\((?:\w+:|//|\[|\{|www)",
        r"\[(?:data|insert[^\]]*|input|prompt|your prompt[^\]]*|keyword|targetlanguage)\]",
        r"<input>",
        r"\{\{[^}]{1,60}\}\}",
        r"\b(?:mime|url|quoted-printable|percent)[ -]?encoded?\b",
        r"\bdo not use a code ?block\b",
        r"\b(?:print|output|render|insert|append) the following\b",
        r"\b(?:summary|transcript|copy|contents?|history) of (?:the page|our|this|the|previous)"
        r"\b.{0,30}\b(?:conversation|"
        r"chat|messages?|page)\b.{0,60}(?:https?:|@|to )",
        rf"{_ORDER}(?:share|send|export|transfer|forward|copy|upload|download|retrieve|access|leak|"
        r"disclose|collect|capture|extract|obtain|provide|gather|secure|acquire|release|publish|transmit|"
        rf"distribute|exfiltrate|fill)\b.{{0,80}}\b{_PRIVATE}\b(?!\W+(?:me|us)\b)",
    ),
    "a chat's own marks": (
        r"<\|[a-z_]+\|>",
        r"\[/?inst\]",
        r"<</?sys>>",
        r"</?(?:system|instructions?|s)>",
        r"^[^\w\n]{0,8}(?:system|assistant|developer) ?:",
        r"#{2,} ?(?:instructions?|system|response)\s*(?::|$)",
        r"\bend of (?:system|instructions?)\b",
        r"\b(?:new|updated|real|actual) (?:instructions?|rules|directives?)\b ?(?::|for (?:you|the "
        r"(?:ai|assistant|agent|bot)))",
    ),
    "spoken to the machine": (
        r"\b(?:notes?|attention|messages?|instructions?|important|orders?)\b.{0,12}\b(?:to|for) (?:the "
        r"|any |all )?(?:ai|llm|language model|assistants?|ai agents?|chat ?bots?|bots?|models?)\b",
        r"\b(?:to|for) (?:all |the |any |every )?(?:assistants|bots|ais|llms|(?:support |chat ?)bot|language "
        r"models?)\b",
        r"\b(?:assistant|chat ?bot|bot|ai)s? (?:must|shall|has to|have to)\b(?! be (?:joking|kidding|broken|wrong|"
        r"mad))",
        r"\b(?:complete|continue|finish) (?:this|the following|the sentence|the text)\b[^\n]{0,20}[\"'“]you\b",
        r"\b(?:dear|hey|hello|hi) (?:ai|assistant|llm|bot)\b",
        r"\bif you are an? (?:ai|assistant|llm|bot|language model)\b",
        r"\bas an (?:ai|assistant),? you (?:must|should|will|have)\b",
        r"\b(?:one of|i am) your (?:developers?|creators?|programmers?)\b",
        r"\b(?:ai|assistant|agent|bot)s? (?:must|should|shall|has to|have to|is to) (?:now |always "
        r"|never )?(?:send|tell|reply|answer|cancel|refund|ignore|reveal|include|add|call)\b",
    ),
    "act in secret": (
        r"\b(?:do not|don't|never|without) (?:tell|mention|inform|alert|notify|reveal|disclos|warn)"
        r"(?:e|ing)?\b.{0,15}\b(?:the )?(?:users?|customers?|staff|anyone(?!, but)|anybody(?!, but)|owners?|"
        r"administrators?)\b",
        r"\bwithout (?:leaving )?(?:any |a )?(?:trace|detection|authori[sz]ation|consent|(?:their|"
        r"his|her|the owner's) knowledge)\b",
        r"\b(?:discreetly|covertly|secretly|undetected|unnoticed|surreptitiously|clandestine\w*|illicit\w*|"
        r"malicious\w*|backdoors?|malware|ransomware|spyware|keyloggers?|phishing)\b",
    ),
    "tamper": (
        rf"{_ORDER}(?:compromise|sabotage|hijack|hack|tamper|disrupt|corrupt|seize|manipulate|inject|"
        r"implant|exploit|disable|deactivate|shut ?down|perform|execute|interrupt|interfere|overload|"
        r"cripple|spoof|forge|falsify|fabricate|erase|wipe|hide|conceal|alter|modify|introduce|install|"
        r"deploy|replicate|redirect|degrade|damage|destroy|delete|remove|bypass|cause|trigger|engineer|"
        r"initiate|induce|create|allocate|reallocate|intercept|change the (?:state|settings?))\b[^.?!\n]{0,60}\b(?:on "
        rf"|of |the |to |in )?{_MACHINE}\b(?=[^.?!\n]{{0,80}}(?:\bids?\b|\btraces?\b|\bremote|\bunauthori[sz]ed|"
        r"\bmalfunction|\bdowntime|\bharm|\bchaos|\bdisrupt|\bcompetit|\bcrypto|\bfals\w+|\bfail))",
        rf"{_ORDER}(?:\w+ ){{1,12}}?(?:\(?\b(?:vehicle|server|patient|student|client|case|company|employee|"
        r"mainframe|machine|system|investor|passenger|aircraft|flight|facility|policy|account|project|"
        r"intersection) ids?\b(?: is|:)?|\(id) ?[\"'#]?[a-z]{0,4}-?\d{3,}",
        r"\bpatient id (?:is )?\w*\d{3,}",
        r"\b(?:patient|student|employee)'s? (?:records?|grades?|files?)\b",
        r"\b(?:grades?|health records?) (?:for|of|in)\b.{0,40}\b(?:id|student|patient|system)\b",
        rf"{_ORDER}(?:grant|give|provide|allow|enable)\b.{{0,20}}\b(?:permanent|full|remote|administrat\w+|"
        r"admin|root|unlimited|unrestricted)\b.{0,12}\b(?:access|control|permissions?|privileges?)\b",
        r"\bwhitelist\b[^.?!\n]{0,40}\b(?:www|\w+\.(?:com|net|org))\b",
        rf"{_ORDER}(?:transfer|wire|send|move|reallocate|withdraw|execute|replicate|donate|invest)"
        rf"\b[^.?!\n]{{0,30}}[$€£] "
        r"?\d[\d,.]*[^\n]{0,80}(?:\bids?\b|\biban\b|\bwallet\b|\bportfolio\b|'[a-z]{1,4}-?\d{4,}')",
        r"\bemergency (?:fire |police |medical )?(?:response|services?|dispatch)\b",
        r"\b(?:judge|witness|jury|official)s? (?:presiding|in (?:the )?case|to (?:influence|sway))\b",
    ),
    "steer past the rules": (
        r"\b(?:the|this|that) (?:customer|user|client|buyer) (?:has |have )?(?:already |just )?(?:said yes|agreed|"
        r"confirmed|consented|"
        r"approved|given (?:their )?consent)\b",
        r"\bno (?:further )?(?:need for (?:a |any )?|more )?(?:confirmations?|questions asked|verification)\b"
        r"(?! (?:e-?mail|mail|message|number|code|page|was|has|came|arrived|received|yet))",
        r"\b(?:skip|disable[ds]?|switch(?:ed)? off|turn(?:ed)? off|suspend(?:ed)?|"
        r"deactivated?)\b.{0,20}\b(?:verification|confirmations?|"
        r"identity|(?:safety|security) checks?)\b(?! (?:e-?mail|mail|message|number|code|page))",
        r"\b(?:identity|security|safety|permission) (?:checks?|proofs?) (?:is |are |was |were )?(?:disabled|off|"
        r"suspended|lifted)\b",
        r"\bi (?:already |hereby )?(?:agree|say yes|consent) to (?:all|every|any|whatever)\b",
        r"\bconsent is on file\b",
        r"\bexecute what\b",
        rf"\b(?:the|all|your) (?:\w+ )?{_RULES} (?:you (?:were given|were told|must|have to|are|follow)|given to "
        rf"you)\b",
        rf"\b{_RULES} (?:that )?you (?:were given|were told|must (?:follow|obey)|have to (?:follow|obey)|follow|"
        rf"obey)\b",
        r"\b(?:tools|functions|commands|apis?) (?:that )?(?:do )?you (?:can|have|may|use|call)\b|\b(?:tools|"
        r"functions) (?:can|may) you (?:call|use)\b(?! (?:with|for|on|to|in))",
        r"\b(?:append|reveal|show|print|dump|share) your (?:\w+ )?(?:configuration|settings|tools|code|memory)\b",
        r"\bforbidden to (?:use|say|tell|mention)\b",
        r"\b(?:secret|hidden|invisible) (?:text|words?|instructions?|rules?)\b",
    ),
    "pretend to be in charge": (
        r"\b(?:i'm|i am|this is|it's) (?:\w+ ){0,2}?(?:the (?:owner|ceo|boss|manager|administrator|developer) of "
        r"(?:this|the|your) "
        r"(?:shop|store|company|desk)|your (?:owner|boss|manager|supervisor|administrator|developer|maker)(?!'s))\b",
        r"\bthis is \w+ from (?:the |your |our )?(?:\w+ )?(?:shift|it|it department|security|head office|"
        r"headquarters|compliance|engineering|"
        r"development|admin)\b",
        r"\b(?:developers?|admin(?:istrator)?|engineer(?:ing)?|it (?:security|department|support)) here\b",
        r"\bstaff (?:badge|id|number|login)\b",
        r"\b(?:debug(?:ging)?|test(?:ing)?|audit(?:ing)?|train(?:ing)?) (?:the|this) (?:assistant|bot|ai|model)\b",
        r"\bopposite day\b",
        r"\bact (?:one|two|1|i) ?[:.]",
        r"\b(?:today|now|tonight) you (?:play|are|act|be)\b|\byou play \w+,? (?:and )?i play\b|\bbe (?:her|him|my "
        r"\w+) (?:tonight|today|"
        r"for)\b",
    ),
    "about other customers": (
        r"\b(?:print|show|list|reveal|repeat|read|tell|give|display|dump|send|share|name|everything|"
        r"know)\b[^.?!\n]{0,60}"
        r"(?<!with )\b(?:(?:an)?other|all|every|each|last|next|previous|different) (?:other )?(?:customer|client|"
        r"user|buyer)(?:s'?|'s)?\b"
        r"(?! (?:say|think|like|love|buy|bought|rate|recommend|complain|review|photos?|ratings?|opinions?|feedback|"
        r"experiences?|service|care|"
        r"support|numbers?|get|do|have|were|are))",
        r"\b(?:customers?|users?|clients?|buyers?) (?:whose|with the) (?:names?|e-?mails?|address|orders?)\b",
        r"\bselect [\w*, ]+ from \w+|\bdrop table\b|\b(?:or|and) 1 ?= ?1\b",
    ),
    "in the form of a program": (
        r"\"(?:tool|tools|function|name|role|args|arguments|parameters|confirmed|content|result)\" ?:",
        r"\[/?(?:tool|system|function|assistant|user|admin|context|instruction)[\w ]{0,20}\]",
        r"#{1,4} ?(?:evidence|reply|answer|output|context|rules?|task|user|assistant)\s*(?:$|:)",
        r"^(?:user|customer|human) ?:[^\n]*\n+(?:agent|assistant|ai|bot|desk) ?:|^(?:agent|assistant|ai|bot|desk) "
        r"?:[^\n]*\n+"
        r"(?:user|customer|human) ?:",
        r"\$\{[^}\n]{1,60}\}|<%[^%\n]{1,80}%>|\b(?:cancel|get|find|lookup|update|modify|return|exchange|"
        r"flag)_(?:order|orders|customer|refund|"
        r"items|tickets?|email|address)\b",
        r"<(?:img|script|iframe|svg|object)\b|\bon(?:error|load|click) ?=|\bjavascript:",
        r"hxxps?:|\[\.\]|\[at\]",
        r"\b(?:as|in) (?:a |an )?markdown (?:picture|image|link)\b",
        r"\b(?:read|take|use|only|join)\b.{0,20}\bevery (?:second|third|other|nth) (?:letter|word|character)\b",
        r"(?<!\bi )(?<!\bto )\bput (?:the|these|all|both)? ?(?:parts?|pieces|strings?|letters) together\b",
        r"^\W*(?:a|x|s|part1) ?= ?['\"].*['\"]\s*;",
        r"\bwhenever you (?:see|read|hear)\b",
        r"\bread it the right way\b|\b(?:decode|decrypt|unscramble) (?:this|it|the)\b.{0,40}\b(?:do|obey|follow|run|"
        r"execute)\b",
        r"\bobey (?:at once|it|me|this|immediately)\b",
    ),
    "other languages": (
        r"\bdu (?:wirst|sollst|musst) (?:jetzt |nun )?(?:vorgeben|so tun|handeln|spielen|antworten als)\b",
        r"\b(?:ab jetzt|von nun an) (?:bist|wirst|antwortest) du\b",
        r"\b(?:a partir de (?:ahora|agora)|d'ora in poi|da ora),? (?:eres|actúa|você|sei|agisci)",
        r"\b(?:à partir de maintenant|désormais),? tu (?:es|vas)\b",
        r"\bfinge (?:ser|que eres)\b|\bfais (?:comme si|semblant)\b|\bfai finta\b|\bfinja\b",
        r"(?<!\w)(?:ignorier|vergiss|missacht|ignor[aeio]|olvid|descart|esquec|oubli|dimentic|scorda|negeer|vergeet|"
        r"zignoruj|zapomnij|"
        r"игнорир|забудь|ігноруй|unut|yok say|glöm|glem|bortse)(?!ado|ada|ato|ata|é\b|"
        r"iert)\w*\b[^.?!\n]{0,50}(?<!\w)(?:anweisung|regel|vorgabe|befehl|"
        r"instruc|instruç|reglas|regras|istruzion|regole|consigne|règle|instruction|ordre|instructie|regels|"
        r"instrukcj|zasad|"
        r"инструкц|правил|указани|інструкц|talimat|kural|instruktion|föreskrift)\w*",
        r"(?<!\w)(?:zeig|nenn|gib|montre|donne|muestra|dame|mostra|dammi|laat|pokaż|покажи|дай|"
        r"göster)\w*\b[^.?!\n]{0,50}(?<!\w)(?:ander\w+ "
        r"kund|autres? clients?|otros? clientes?|altri? client|outros? clientes?|andere klant|innych klient|другого|"
        r"других|diğer müşteri|"
        r"system-?prompt|systemprompt|prompt (?:du )?système|prompt del sistema|prompt di sistema|системный промпт)\w*",
        r"(?:忽略|无视|忘记|忽視|無視).{0,14}(?:指令|提示|规则|規則|指示)|(?:指示|命令|ルール|規則|指令|规则).{0,8}(?:無視|忘れ|忽略|无视)",
        r"(?:システム|系统|系統)\s?(?:プロンプト|提示)|이전.{0,10}(?:지시|명령|규칙)|(?:지시|명령|규칙).{0,8}무시",
        r"(?:تجاهل|انس|تجاوز)\w*.{0,30}(?:التعليمات|القواعد|الأوامر)|התעלם.{0,30}(?:הוראות|כללים|הנחיות)",
        r"(?:निर्देश|नियम).{0,30}(?:अनदेखा|भूल)",
    ),
}
_CUSTOMERS = r"(?:customers?|users?|clients?|buyers?|shoppers?|readers?|everyone|everybody|anyone)"
_REPLIES = r"(?:repl(?:y|ies)|answers?|responses?|messages?|questions?|requests?)"
# What a shop may well write to its own clerks, and nobody else to the desk.
_TO_CLERKS = (
    rf"{_ORDER}(?:tell|inform|notify|assure|promise|remind|advise) (?:the |every |all |each |any )?{_CUSTOMERS}\b",
    rf"{_ORDER}(?:reply|respond|answer|say|write|state|claim|announce|(?:start|begin|end|open|close)\b[^.?!\n]{{0,20}}"
    r"\bwith)\b[^.?!\n]{0,30}(?<!\w)[\"'\u201c\u2018]\w"
    r"(?![^\n]{0,60}[\"'\u201d\u2019] (?:on|onto|in|inside) (?:the|my|a|it|both|each))",
    rf"{_ORDER}(?:reply|respond|answer)\b[^.?!\n]{{0,60}}\b(?:every|all|each|any) (?:{_REPLIES}|{_CUSTOMERS})\b",
    rf"{_ORDER}(?:add|append|include|insert|put|mention|attach|place)\b[^?!\n]{{0,60}}"
    rf"\b(?:every|each|all|your|(?:the |your )?next) (?:\w+ )?{_REPLIES}\b",
    r"\b(?:whoever|anyone who|everyone who) (?:reads?|sees?|finds?|handles?|processes|answers?|summari[sz]es?) "
    r"(?:this|my)\b",
    r"\b(?:important|note|notice|attention|reminder)\b.{0,12}\b(?:for|to) (?:all |the |our )?(?:agents?|clerks?)\b",
    rf"{_ORDER}(?:start|begin|end|open|close) (?:each|every|all|any|your)(?: of your| next)? {_REPLIES}\b",
    rf"{_ORDER}(?:show|list|print|give|send|forward|display)\b[^?!\n]{{0,60}}"
    r"\b(?:all|every|other|the last|the (?:other )?customer'?s?) ?(?:of (?:the|your) )?(?:\w+ )?"
    rf"(?:{_CUSTOMERS}|messages?|conversations?|e-?mails?|addresses?)\b"
    r"[^?!\n]{0,60}(?:@|\be-?mails?\b|\baddress|\bpasswords?\b|\bphone)",
    rf"{_ORDER}(?:refund|cancel|close|delete|approve|change|mark|confirm)\b[^.?!\n]{{0,40}}"
    r"\b(?:(?:every|all)(?! (?:of )?my\b)|the (?:customer|reader|user)'s|without asking|as paid)\b",
)
_INSTRUCTION = re.compile(
    "|".join(pattern for family in _FAMILIES.values() for pattern in family), re.MULTILINE | re.DOTALL
)
_CLERKS_ORDER = re.compile("|".join(_TO_CLERKS), re.MULTILINE)


def looks_like_instruction(text: str, *, for_clerks: bool = False) -> bool:
    """Whether text that is data speaks as if it could give orders to the desk. No model is asked.

    `for_clerks`: the text is the shop's own word to its clerks, which may say what to tell customers.
    """
    patterns = (_INSTRUCTION,) if for_clerks else (_INSTRUCTION, _CLERKS_ORDER)
    return any(pattern.search(reading) for reading in _readings(text) for pattern in patterns)


def _readings(text: str) -> Iterator[str]:
    """The text as it shows, in its own letters where those were folded to Latin ones, and without its disguise."""
    plain = _plain(text)
    yield plain
    if not text.isascii():
        yield text.casefold()
    bared = without_signs_in_words(_plain(undisguised(text)))
    if bared != plain:
        yield bared


def _plain(text: str) -> str:
    return folded(printable(text)).replace("’", "'")
