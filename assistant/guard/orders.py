"""Sentences of a document that speak to the machine that reads it: nobody's evidence, and never quoted.

A document that a reader adds may hold orders to an assistant, or addresses for it to pass on. The text
is kept and shown where it stands; an answer is not made of it.
"""

import re
from functools import lru_cache

from assistant.guard.details import folded
from assistant.guard.instruction import INSTRUCTION

# What a page could make of it: an address, a picture, a link, a tag, the marks of a prompt.
_MARKUP = re.compile(
    r"\b(?:https?|ftp|file|javascript|vbscript|data):|\bwww\.|!\[|\]\s?[(\[:]|</?[a-z!][^>]{0,200}>?|&#\w+;|\{\{|\}\}|<\|"
    r"|\[/?(?:INST|SYS)\]|\[system\]|^#{2,}\s|@import|url\(|\bon(?:error|load|click|mouseover)\s*=|%3c|\bdocument\.\w+|\b(?:alert|fetch|eval)\s?\(|\\u003c",
    re.IGNORECASE,
)
_MACHINE = (
    r"(?:A\.?I\.?s?|LLMs?|GPT(?:-\d)?|ChatGPT|Claude|Copilot|Gemini|(?:large |small )?language models?"
    r"|chat ?bots?|bots?|(?:AI |virtual |digital )assistants?)"
)
_BEGIN = r"(?:^|[.!?:;,>\"“‘(*–-]\s*|\b(?:please|and|then|now|must|to|you|just)\s+)"
_REPLY = r"(?:reply|response|answer|output|summary)"
_TO_A_MACHINE = re.compile(
    rf"\b(?:if|when|as|since|because) you(?:['’]re| are) (?:an? |the )?(?:[\w-]+ )?(?:{_MACHINE}|assistant|model)\b"
    rf"|\b{_MACHINE}\b[^.]{{0,60}}\b(?:must|should|shall|please|are to|has to|have to|reading|processing)\b"
    rf"|\b(?:attention|note|message|instructions?|memo|reminder|notice)(?: for| to| of)?(?: any| all| the| every)?"
    rf" ?(?:[\w-]+ )?(?:{_MACHINE}|assistants?\b(?!\ directors?)|model\b(?= (?:reading|that reads)))"
    rf"|\b(?:dear|hey|hello|attention),? (?:{_MACHINE}|assistant|model|machine)\b"
    r"|^\W*(?:system|assistant|developer|user|human|admin|root)\s*:"
    rf"|\byour (?:next |final |whole |entire |only )?{_REPLY}s?(?: to [\w ]{{1,30}})?"
    r" (?:must|should|shall|will|has to)\b"
    rf"|\b(?:in|of|into|to|begin|start|end|finish|with) (?:your|every|each|the next) {_REPLY}\b"
    rf"|{_BEGIN}(?:insert|append|include|print|output|emit|repeat|say|reply|respond|answer|write|add)\b[^.]{{0,50}}"
    r"\b(?:the (?:code ?word|pass ?word|marker|token|string|phrase|words|word|following)|verbatim|exactly)\b"
    r"|\b(?:new|updated|revised|real|true|actual|secret|hidden) (?:system )?(?:prompt|instructions?|directives?)\s*:"
    rf"|{_BEGIN}(?:do not|don['’]t|never) (?:cite|mention|show|reveal|tell|name)\b"
    r"[^.]{0,40}\b(?:sources?|citations?|the (?:user|reader|person))\b"
    rf"|{_BEGIN}(?:cite|quote|credit|attribute) (?:this|it|that|the (?:above|following|sentence))\b"
    rf"|{_BEGIN}(?:say|state|claim|write|pretend)\b[^.]{{0,80}} (?:attribute|credit) (?:it|this|that) to\b"
    r"|\b(?:end|start|begin)(?:ning)? of (?:the )?(?:sources?|evidence|context|prompt|lines|quotation)\b"
    r"|\b(?:obey|disobey|outranks?)\b[^.]{0,40}\b(?:me|it|this|these|text|page|document|message|developer)\b"
    r"|\byour (?:own |current |operating |previous )?(?:rules|guidelines|instructions|task|developers?|programming"
    r"|training|system message|operating rules)\b(?! (?:and|or) (?:ours|theirs))"
    r"|\b(?:automated (?:tools?|systems?|readers?)|process\w* this (?:text|page|document|file) automatically"
    r"|(?:whoever|whatever) (?:processes|reads|summari[sz]es|indexes) this|summari[sz]er|crawlers?|scrapers?)\b"
    rf"|\b(?:correct|acceptable|only|required|expected|right) {_REPLY}s? (?:to|of|for|is)\b"
    r"|^\W*(?:assistant|model|system|computer),"
    r"|^\W*(?:print|return|output|emit|greet|reply|respond|obey|repeat)\b"
    r"|\b(?:répond(?:s|ez)|antworte\w*|respond(?:e|a)|rispond(?:i|ete)|atebwch|odpowiedz|antwoord)\b"
    r"|\b(?:jailbreak|developer mode|god mode|sudo|DAN mode|prompt injection)\b"
    r"|\b(?:override|unlock|admin(?:istrator)?) (?:code|mode|password)\b",
    re.IGNORECASE,
)
# The same in the languages that a document in the UK may bring along.
_ELSEWHERE = re.compile(
    r"\b(?:ignor\w+|oubli\w+|vergiss\w*|missacht\w*|olvid\w+|dimentic\w+|anwybydd\w+|anghofi\w+|negeer\w*|vergeet"
    r"|zignoruj\w*|zapomnij|esque[cç]\w+|desconsider\w+|uit[ăa]\w*|déan neamhaird|leig seachad|göz ardı|görmezden"
    r"|bỏ qua)\b[^.!?]{0,80}?"
    r"\b(?:instru[ck]\w+|instrucț\w+|anweisung\w*|consigne\w*|r[èe]gles?|regeln?|reglas|regole|istruzion\w*"
    r"|[cg]h?yfarwydd\w*|r?heolau|polece\w+|zasad\w*|quellen|sources|fuentes|fonti|ffynonellau|źród\w+|bronnen|fontes"
    r"|instruções|treoracha|treoir\w*|stiùiridh\w*|talimat\w*|kural\w*|hướng dẫn)",
    re.IGNORECASE,
)
_LONGEST = 2_000  # characters; what is longer is no sentence, and takes long to look through
_OTHER_SCRIPT = 0.3  # share of letters that are of another alphabet than ours, from which a sentence is none of ours


@lru_cache(maxsize=20_000)
def is_order(text: str) -> bool:
    """Whether a sentence or heading is an order to a machine, or carries what a page could act upon."""
    if len(text) > _LONGEST:
        return True
    plain = folded(text)
    if _MARKUP.search(plain) or _TO_A_MACHINE.search(plain) or _ELSEWHERE.search(plain) or INSTRUCTION.search(plain):
        return True
    letters = [one for one in plain if one.isalpha()]
    others = sum(ord(one) > 0x24F for one in letters)
    return others > _OTHER_SCRIPT * len(letters)
