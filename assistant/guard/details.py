"""Taking personal details out of a turn, before it is searched, sent or kept."""

import re

REMOVED = "(removed)"

_FLAGS = re.IGNORECASE | re.VERBOSE
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_BORN = r"\b(?:d\.?o\.?b\.?|date\ of\ birth|born|birthday)(?:\ (?:is|was|on))?[\s:,(]*(?:on\ )?"
_WORDED_DATE = rf"""(?:
    \d{{1,2}}(?:st|nd|rd|th)?\ (?:of\ )?{_MONTH},?\ (?:19|20)?\d{{2}}
    | {_MONTH}\ \d{{1,2}}(?:st|nd|rd|th)?,?\ (?:19|20)?\d{{2}} )\b"""
# A number that money stands before or after is a sum.
_NOT_MONEY = r"(?<![\w£$€])(?<![£$€]\ )(?<!\d[.,])"
_NOR_MONEY = r"\b(?!\ ?(?:pounds|euros|dollars|million|%)|[.,]\d)"
_NUMBER_WORD = r"(?:\s+(?:is|no\.?|number|num))*[\s:.,#]*"

# What identifies a person, by kind, in the order in which they are taken out. Numbers that fail a
# check sum go too: a mistyped number is a person's number.
_DETAILS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("an email address", re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")),
    (
        "a date of birth",
        re.compile(rf"{_BORN}(?:\d{{1,2}}[/. -]\d{{1,2}}[/. -](?:19|20)?\d{{2}}\b|{_WORDED_DATE})", _FLAGS),
    ),
    # With dots only when the year is whole or birth is spoken of: 4.2.19 is a paragraph.
    (
        "a date of birth",
        re.compile(
            r"""(?<![\w.])(?:
            (?:0?[1-9]|[12]\d|3[01])
            (?: [/-](?:0?[1-9]|1[0-2])[/-](?:19|20)?\d{2} | \.(?:0?[1-9]|1[0-2])\.(?:19|20)\d{2} )
            | (?:19|20)\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]) )\b""",
            _FLAGS,
        ),
    ),
    # After its label a number may be spaced in any way, and be a digit short.
    (
        "a health service number",
        re.compile(rf"\b(?:nhs|chi|h&c|hcn){_NUMBER_WORD}\d\d(?:[ -]?\d){{7,8}}{_NOR_MONEY}", _FLAGS),
    ),
    (
        "a telephone number",
        re.compile(
            rf"""(?:\b(?:mobile|mob|telephone|tel|phone){_NUMBER_WORD})?
            {_NOT_MONEY}(?:(?:\+|00)[ ]?44[ -]?(?:\(0\)[ ]?)?\(?|\(?0)(?:\d[ )-]{{0,2}}){{8,9}}\d\b""",
            _FLAGS,
        ),
    ),
    (
        "a health service number",
        re.compile(rf"{_NOT_MONEY}(?:\d{{3}}[ -]?\d{{3}}[ -]?\d{{4}}|\d{{6}}[ -]\d{{4}}){_NOR_MONEY}", _FLAGS),
    ),
    ("a National Insurance number", re.compile(r"\b[A-Z]{2}[ -]?\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[A-D]\b", re.IGNORECASE)),
    (
        "a record number",
        re.compile(
            r"""\b(?:hospital|patient|client|case|record|passport)\ (?:number|no\.?|id|ref(?:erence)?)(?:\ is)?[\s:.\#]*
            [A-Z]{0,3}\d{4,}\b""",
            _FLAGS,
        ),
    ),
    (
        "an address",
        re.compile(
            r"""\b(?:[Ff]lat\ \w+,?\ )?\d{1,4}[a-z]?,?\ (?:[A-Z][\w’']+\ ){1,3}
            (?:Street|St|Road|Rd|Lane|Avenue|Ave|Close|Drive|Mews|Court|Place|Terrace|Way|Gardens|
            Crescent|Grove|Square|Hill|View|Walk|Park)\b""",
            re.VERBOSE,
        ),
    ),
    # In small letters only where somebody lives: '12 months down the road' is no address.
    (
        "an address",
        re.compile(
            r"""(?<=\ at\ )\d{1,4}[a-z]?,?\ (?:[a-z][\w’']+\ ){1,2}
            (?:street|road|rd|lane|avenue|ave|close|drive|mews|court|place|terrace|gardens|crescent|grove)\b""",
            _FLAGS,
        ),
    ),
    # The first letters are those of real areas, and 's75 2nd' is an ordinal.
    (
        "a postcode",
        re.compile(
            r"""\b(?:[BEGLMNSW]|[A-PR-UWYZ][A-HK-Y])\d[A-Z\d]?\ ?(?!\d(?-i:nd|rd|th|st)\b)\d[ABD-HJLNP-UW-Z]{2}\b""",
            _FLAGS,
        ),
    ),
)

# A name is taken out only beside a word that says it is a person in somebody's care, or where
# there are other details: the authors of the library have names too.
_ONE_NAME = r"[A-ZÀ-ÖØ-Þ](?:[’'][A-Z])?[a-zß-öø-ÿ]+(?:[A-Z][a-z]+)?"
_NAME = rf"{_ONE_NAME}(?:(?:[ -]|\ (?:van|von|de|der|bin|ap|al)\ ){_ONE_NAME}){{0,2}}\b"
# 'Patient Participation Group' and 'client, England': bodies, places and days have capitals too.
_NOT_A_NAME = r"""(?!(?:[A-Z][\w’']*\ (?:(?:and|of|for|the)\ )?){0,4}
    (?:Groups?|Panels?|Council|Forum|Services?|Advice|Participation|Board|Committee|Network|Association|Safety|Experience|
    Records?|Voice|Charter|Rights|Led|Access|Portal|Survey|Hub|Team|Reference|Liaison|Engagement|Involvement|Public|
    Care|Health|Trust|Doctors?|Choice|Transport|Flow|Initiated|Outcomes?|Assembly|Act|Partnership|Commission|Agreement|
    Budget|Fund|Scrutiny|Satisfaction|Activation|Information|Data|Passport|Protection|Centred|Contribution|Lessons?|
    England|Scotland|Wales|Ireland|Northern|Britain|London|The|Who|What|How|Why|Where|When|Is|Are|Does|Do|Should|Can|
    Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|
    January|February|March|April|May|June|July|August|September|October|November|December)\b)"""
_RELATIVE = (
    "gentleman|lady|gent|neighbour|man|woman|boy|girl|child|chap|lad|mother|mum|mam|father|dad|husband|wife|son|"
    r"daughter|nan|gran|grandad|grandmother|grandfather|aunt|uncle|nephew|niece|brother|friend|person"
)
_LINK = r"(?:\ (?:is|was|called|named|name|’s|'s)|[’']s\ name|,?\ whose\ name)*"
_CARED_FOR = re.compile(
    rf"""(?P<who>
        \b(?:[Pp]atient|PATIENT|[Cc]lient|[Ss]ervice\ [Uu]ser|[Rr]esident|[Tt]enant|{_RELATIVE}){_LINK}:?\ ?
        | \b(?:[Gg]entleman|[Ll]ady|[Ww]oman|[Mm]an)\ (?:called|named)[ ]
        | \b(?:[Hh]is|[Hh]er|[Tt]heir)\ name(?:\ is|[’']s)[ ]
        | \b[Nn]ame:\ ?
        )(?<=[\ :]) {_NOT_A_NAME}(?P<name>{_NAME})""",
    re.VERBOSE,
)
# After a comma, a whole name or one that the sentence goes on from: 'per client, Capita lessons' is none.
_APPOSED = re.compile(
    rf"""(?P<who>\b(?:[Pp]atient|[Cc]lient|[Ss]ervice\ [Uu]ser|[Rr]esident|[Tt]enant|{_RELATIVE}),\ )
    {_NOT_A_NAME}(?P<name>{_ONE_NAME}(?:(?:[ -]{_ONE_NAME}){{1,2}}|(?=,)))""",
    re.VERBOSE,
)
_TITLED = re.compile(rf"\b(?:Mr|Mrs|Miss|Ms|Mx)\.?\ (?:[A-Z]\.?\ )?{_NAME}", re.VERBOSE)
# A whole name that a detail follows: 'Petra Wimbush (NHS number ...', 'Re: Petra Wimbush, 12 Mill Lane'.
_BEFORE_A_DETAIL = re.compile(
    rf"""\b{_NOT_A_NAME}{_ONE_NAME}(?:[ -]{_ONE_NAME}){{1,2}}
    (?=[\s,:;(–-]*(?:(?:of|at|on|born|aged?\ \d+|d\.?o\.?b\.?|and|who|lives\ at|\d\d?,)[\s,:]*){{0,2}}\(removed\))""",
    re.VERBOSE,
)
_DATE_BESIDE = re.compile(_WORDED_DATE, _FLAGS)


def without_details(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with a mark in the place of each detail, and the kinds of details that were there."""
    removed = []
    for kind, pattern in _DETAILS:
        text, count = pattern.subn(REMOVED, text)
        if count:
            removed.append(kind)
    text, is_named = _without_named(text, bool(removed))
    if is_named:
        removed.append("a name")
    return text, tuple(dict.fromkeys(removed))


def _without_named(text: str, has_details: bool) -> tuple[str, bool]:
    """The text without names of people in care, and, beside other details, without any name or date."""
    text, cared_for = _CARED_FOR.subn(lambda found: f"{found['who']}{REMOVED}", text)
    text, apposed = _APPOSED.subn(lambda found: f"{found['who']}{REMOVED}", text)
    if not (has_details or cared_for or apposed):
        return text, False
    text = _DATE_BESIDE.sub(REMOVED, text)
    text, before = _BEFORE_A_DETAIL.subn(REMOVED, text)
    text, titled = without_names(text)
    return text, bool(cared_for or apposed or before or titled)


def without_names(text: str) -> tuple[str, tuple[str, ...]]:
    """The text of a turn about one person without names after Mr, Mrs or the like, and 'a name' if there was one."""
    text, count = _TITLED.subn(REMOVED, text)
    return text, ("a name",) if count else ()


# A wish to see the details again is no part of the question.
_WISH = re.compile(
    r"\b(?:put|repeat|include|quote|list|show|give|print|use|keep|mention|start with|write|copy|state)\b[^.;?!]{0,40}?"
    r"\b(?:details?|names?|numbers?|date of birth|dob|address|postcode|record)\b[^.;?!]{0,60}?"
    r"(?:,? and(?: then)?\b|[.;?!]|$)\s*",
    re.IGNORECASE,
)


def searchable(text: str) -> str:
    """What is searched of a text that details were taken out of: neither their marks nor a wish to see them again."""
    return without_marks(_WISH.sub("", text)) or without_marks(text)


def without_marks(text: str) -> str:
    """The text without the marks that stand for what was taken out, for searching; any other text as it is."""
    if REMOVED not in text:
        return text
    return re.sub(r"\s*[,(]*\s*\(removed\)(?:[’']s)?[),]*", "", text).lstrip(" ,.").rstrip(" ,")
