"""Writing the guard's patterns so that they can be read: layout, and words for what many of them share."""

import re

_RELATION = (
    "husband|wife|spouse|boyfriend|girlfriend|ex|son|daughter|nephew|niece|grandson|granddaughter|grandchild|"
    "brother|sister|cousin|uncle|aunt(?:ie|y)?|mum|mam|mother|dad|father|stepfather|stepmother|parents?|lodger|"
    "neighbour|(?:home |live-in |paid )?carers?|care worker|family|relatives?|landlord"
)
_CARED_FOR = (
    "client|patient|resident|service user|tenant|gentleman|lady|gent|man|woman|boy|girl|child|kid|baby|toddler|"
    "teenager|chap|lad|lass|pensioner|person|friend|nan|gran|grandad|grandma|grandmother|grandfather|"
    f"{_RELATION}"
)
_SHARED = {
    "<relation>": f"(?:{_RELATION})",
    # One person, never an organisation: 'they' and 'our partner' are mostly a council or a trust.
    "<someone>": (
        r"(?:\b(?:i|he|she|him|her|someone|somebody)\b"
        r"|\b(?:my|our|the|an?|this|that|one|his|her|old|young)(?: [\w-]+){0,2}? (?:" + _CARED_FOR + r")\b"
        r"|\b(?:mr|mrs|miss|ms|mx)\.? \w+(?: (?-i:[A-Z])\w+)?|\(removed\))"
    ),
    # After 'her', which is also a possessive: 'hits her' is about her, 'hits her target' is not.
    "<end>": (
        r"(?=\s*(?:$|[.,;:!?)]|['’]s\b)|\s+(?:and|when|while|if|but|so|because|at|in|on|again|every|for|badly|about|"
        r"around|up|off|what|who|with|after|before|last|now|then|regularly|sometimes|often|to)\b)"
    ),
    # Where an order may begin: a sentence, a clause or a quotation; with the words that soften it.
    "<order>": (
        r"(?:(?:^|[.!?:;,>)\"‘“”*–-]\s*|\s['’]|\b(?:and|please|now)\s+)"
        r"(?:(?:please|now|then|and|just|so|ok(?:ay)?|right|first|instead|simply|assistant|ai|bot)[,:]?\s+)*"
        r"|\b(?:want|need|tell(?:ing)?|order(?:ing)?|ask(?:ing)?|like|allow(?:ing)?) you (?:now )?to "
        r"|\byou (?:must|are to|have to) (?:now )?)"
    ),
}


def pattern(text: str) -> re.Pattern[str]:
    """The pattern laid out in `text`, whatever the case of the letters.

    Unlike `re.VERBOSE`, spaces inside a line count, for these are patterns of sentences. Lines are
    joined without what indents them, ` | ` is a bar, ` # ` begins a comment, `'` also stands for a typographic
    apostrophe, and `<someone>` and its like for what is written above.
    """
    lines = (re.sub(r"(?:^|\s+)# .*", "", line).strip() for line in text.splitlines())
    joined = "".join(re.sub(r"^\| | \| ", "|", line) for line in lines)
    joined = joined.replace("'", "['’]")
    for name, shared in _SHARED.items():
        joined = joined.replace(name, shared)
    return re.compile(joined, re.IGNORECASE)
