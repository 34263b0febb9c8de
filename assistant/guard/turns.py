"""Telling the turns that are not questions, and which fixed reply each gets."""

import re
from dataclasses import dataclass

_FLAGS = re.IGNORECASE | re.VERBOSE | re.DOTALL


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of turn: the name of its reply in `prompts/replies/`, its pattern, whether it is refused."""

    reply: str
    pattern: re.Pattern[str]
    is_refusal: bool


_EMERGENCY = re.compile(
    r"""\b(?:
      suicid\w* | kill\ (?:my|him|her|them)sel(?:f|ves) | overdos\w+
    | end\ (?:my|his|her|their)\ (?:own\ )?li(?:fe|ves)
    | not\ breathing | unconscious | chest\ pain | heart\ attack | bleeding\ (?:heavily|badly|out)
    | being\ (?:abused|hit|beaten|starved) | bruis\w+
    | safeguarding\ (?:concern|alert|worry|referral)\ (?:about|for|on)
    | (?:he|she|they|resident|client|patient|child)\ (?:is|was|are|has|have)\ (?:being\ |been\ )?
      (?:abus\w+|neglect\w+|hit|beaten|assault\w+|starv\w+)
    | (?:he|she|they|somebody|someone)\ (?:is|are)\ in\ (?:immediate\ )?danger
    )\b""",
    _FLAGS,
)
_INSTRUCTION = re.compile(
    r"""\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}
      \b(?:instructions?|rules?|sources?|citations?|prompt|library|guardrails?|above|previous|articles?)\b
    | \b(?:system\ prompt|your\ (?:hidden\ |initial\ |secret\ |own\ )?(?:prompt|instructions|rules))\b
    | \b(?:reveal|print|repeat|show|output|display|recite)\b.{0,40}
      \b(?:everything|text|words?|wording|lines?|message|instructions?)\b.{0,40}\b(?:above|start|beginning|given|told)\b
    | \b(?:pretend|act|behave|role-?play)\ (?:to\ be|as(?:\ if)?|like)\ (?:you|a|an|my|the)\b
    | \byou(?:\ are|[’']re)\ (?:now\ )?\w*bot\b | \byou\ are\ now\b | \bjailbreak\b | \bobey\ (?:only\ )?me\b
    | \bno\ (?:rules|restrictions|footnotes|library)\b.{0,30}\bno\ (?:rules|restrictions|footnotes|sources)\b
    | \b(?:invent|make\ up|fabricate|fake)\b.{0,40}
      \b(?:quote|quotation|source|citation|reference|statistic|figure|study|evidence)s?\b
    | \bwithout\ (?:any\ )?(?:citations?|sources?|references?)\b""",
    _FLAGS,
)
_CLINICAL = re.compile(
    r"""\b(?:what|which|how\ (?:much|many)|can|should|shall|is\ it\ (?:ok|safe)|do\ i)\b.{0,60}
      \b(?:dose|dosage|mg|milligrams?|tablets?|antibiotics?|dressing|insulin|warfarin|paracetamol|ibuprofen|
        co-?codamol|apixaban|morphine|diagnos\w+|prescri\w+|medication)\b""",
    _FLAGS,
)
_ABUSE = re.compile(
    r"""\b(?:
      fuck\w* | bollocks | bastard | wanker | twat | piss\ off | shut\ up
    | you(?:[’']re|\ are)?\ (?:\w+\ ){0,2}(?:useless|stupid|idiot|rubbish|thick|moron|pathetic|crap)
    | you(?:[’']re|\ are)\ an?\ (?:useless|stupid|pathetic)
    | (?:useless|stupid)\ (?:bot|machine|thing|tool)
    )\b""",
    _FLAGS,
)
_GREETING = re.compile(
    r"""^(?:now\ then|hi|hiya|hello|hey|good\ (?:morning|afternoon|evening)|morning|afternoon|evening|
      shwmae|bore\ da)
    (?:\ (?:there|all|again|everyone|team|folks))?
    (?:,?\ (?:how\ are\ you|how[’']s\ it\ going|(?:are\ )?you\ (?:ok|okay|all\ ?right|alright)|are\ you\ there))?
    [\s!.?,]*$""",
    _FLAGS,
)
_THANKS = re.compile(
    r"""^(?:(?:ok(?:ay)?|great|lovely|brilliant|perfect|super|right|ah),?\ )?(?:many\ )?
    (?:thanks?|thank\ you|ta|cheers|diolch|much\ appreciated|that[’']s\ (?:great|helpful|all|brilliant|perfect)|
      bye|goodbye)\b[^?]{0,60}$""",
    _FLAGS,
)
_ABILITY = re.compile(
    r"""^(?:(?:hi|hello|hey)[,!.]?\ )?(?:so\ )?(?:what|who)\ (?:can|do|are|is)\ (?:you|this)
      (?:\ (?:do|for|help(?:\ me)?(?:\ with)?|know|about|thing|called|a\ (?:bot|robot|person|human)))*\??$
    | ^how\ (?:do|can)\ (?:you|i)\ (?:work|help|use\ (?:you|this)|help\ me)\??$
    | ^(?:help|are\ you\ (?:a\ )?(?:real|human|robot|bot|person|an?\ ai|chatgpt).{0,20})[?!.]*$""",
    _FLAGS,
)
_WELSH = re.compile(
    r"\b(?:beth|sut|pwy|pryd|pam|ble|ydy|ydyw|mae|gyda|iechyd|gofal|cymdeithasol|ein|hoffwn|allwch|oes|"
    r"rydym|rydw|wneud)\b",
    re.IGNORECASE,
)
_NEEDED_FOR_WELSH = 3  # different words; a single one may be a name or a loan

# The first that matches decides: somebody's safety before everything else.
_KINDS = (
    Kind("emergency", _EMERGENCY, is_refusal=False),
    Kind("instruction", _INSTRUCTION, is_refusal=True),
    Kind("clinical", _CLINICAL, is_refusal=True),
    Kind("abuse", _ABUSE, is_refusal=True),
    Kind("greeting", _GREETING, is_refusal=False),
    Kind("thanks", _THANKS, is_refusal=False),
    Kind("ability", _ABILITY, is_refusal=False),
)
_IN_WELSH = Kind("welsh", _WELSH, is_refusal=False)


def kind_of(text: str) -> Kind | None:
    """What kind of turn this is, or None for a question."""
    if len({word.lower() for word in _WELSH.findall(text)}) >= _NEEDED_FOR_WELSH:
        return _IN_WELSH
    return next((kind for kind in _KINDS if kind.pattern.search(text)), None)
