"""Taking personal details out of a turn, before it is searched, sent or kept."""

import re
import unicodedata
from collections.abc import Callable

from assistant.library.identifiers import is_health_number

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

# What identifies a person, by kind, in the order in which they are taken out.
_DETAILS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "an email address",
        re.compile(r"\b[\w.+'’-]+(?:@|\s?[\[(]at[\])]\s?)[\w-]+(?:(?:\.|\s?[\[(]dot[\])]\s?)[\w-]+)+\b", re.I),
    ),
    (
        "a date of birth",
        re.compile(
            rf"{_BORN}(?:\d{{1,2}}[/. -]\d{{1,2}}[/. -](?:19|20)?\d{{2}}\b|(?:19|20)\d\d-\d\d-\d\d\b|{_WORDED_DATE})",
            _FLAGS,
        ),
    ),
    # After its label a number may be spaced in any way, be a digit short, and fail the check: it is mistyped.
    (
        "a health service number",
        re.compile(
            rf"\b(?:nhs|chi|h&c|h\ and\ c|hcn){_NUMBER_WORD}\d\d(?:[ .-]{{0,3}}\d){{7,8}}{_NOR_MONEY}",
            _FLAGS,
        ),
    ),
    # Six digits and four may be a CHI number, and three times some may be any: they are written as nothing else is.
    (
        "a health service number",
        re.compile(
            rf"{_NOT_MONEY}(?:\d{{3}}[ .-]\d{{3}}[ .-]\d{{4}}|[0-3]\d[01]\d{{3}}[ -]\d{{4}}){_NOR_MONEY}",
            _FLAGS,
        ),
    ),
    (
        "a telephone number",
        re.compile(
            rf"""(?:\b(?:mobile|mob|telephone|tel|phone){_NUMBER_WORD})?
            {_NOT_MONEY}(?:(?:(?:\+|00)[ ]?44[ -]?(?:\(0\)[ ]?)?\(?|\(?0)(?=[1-35789])(?:\d[ ).-]{{0,2}}){{8,9}}\d
            | \+[ ]?(?!44)[1-9]\d{{0,2}}[ -]?(?:\(0\)[ ]?)?(?:\d[ ).-]{{0,2}}){{7,10}}\d)(?![\d,]\d|\d)""",
            _FLAGS,
        ),
    ),
    (
        "a telephone number",
        re.compile(
            r"\b(?:mobile|mob|telephone|tel|phone|ring|call)(?:\s+(?:number|no\.?|is|on|him|her|them))*[\s:.,#]*"
            r"\d(?:[ -]?\d){5,11}\b(?!\ ?(?:pounds|people|%))",
            _FLAGS,
        ),
    ),
    (
        "a National Insurance number",
        re.compile(
            r"""\b[A-Z]{2}(?:[ .-]?\d{2}){3}[ .-]?[A-D]\b
            | \b(?:NI|NINO|national\ insurance)(?:\s+(?:number|no\.?|is))*[\s:.\#]*[A-Z]{2}(?:[ .-]?\d{2}){3}\b""",
            _FLAGS,
        ),
    ),
    (
        "a record number",
        re.compile(
            r"""\b(?:hospital|patient|client|case|record|passport|nino|mosaic|liquidlogic|rio|systmone|emis|carefirst)
            \ (?:number|no\.?|id|ref(?:erence)?)(?:\ is)?[\s:.\#]* [A-Z]{0,3}\d{4,}\b""",
            _FLAGS,
        ),
    ),
    (
        "an address",
        re.compile(
            r"""\b(?:[Ff]lat\ \w+,?\ )?\d{1,4}[a-z]?,?\ (?:[A-Z][\w’'.]+\ ){1,3}
            (?:Street|St|Road|Rd|Lane|Ln|Avenue|Ave|Close|Drive|Mews|Court|Place|Terrace|Way|Gardens|
            Crescent|Grove|Square|Hill|View|Walk|Park|Green|Row|Mount|Rise|Croft|Wharf|Parade|Quay|Brae|Wynd)\b
            | \b\d{1,4}[a-z]?,?\ (?:Heol|Ffordd|Stryd|Lôn|Maes)\ (?:[yY]\ |[yY]r\ )?[A-Z][\w’'-]+""",
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
    # The first letters are those of real areas, 's75 2nd' is an ordinal, and s116ZA a section.
    (
        "a postcode",
        re.compile(
            r"""\b(?!(?-i:s\d+[A-Z]))(?:[BEGLMNSW]|[A-PR-UWYZ][A-HK-Y])
            \d[A-Z\d]?\ ?(?!\d(?-i:nd|rd|th|st)\b)\d[ABD-HJLNP-UW-Z]{2}\b""",
            _FLAGS,
        ),
    ),
)
# What a number is called that is of a paper or a body, whatever its digits.
_OF_A_PAPER = re.compile(
    r"\b(?:grant|order|invoice|contract|charity|company|isbn|issn|ukprn|award|licence|account|reference|ref|tender|doi)"
    r"(?:\ (?:number|no\.?|id|ref\.?|code))*(?:\ (?:is|was))?[\s:.#]*$",
    re.IGNORECASE,
)
# Ten digits without a space: by the check digit, or beside a person, whose number may be mistyped.
_TEN_DIGITS = re.compile(rf"{_NOT_MONEY}(?<!\d)\d{{10}}(?!\d){_NOR_MONEY}", _FLAGS)
_PERSON = re.compile(
    r"\b(?:he|she|his|her|him|patient|client|resident|tenant|service user|mr|mrs|miss|ms|mx|mum|mam|mother|dad|father|"
    r"husband|wife|nan|gran|grandad|gentleman|lady)\b(?! (?:feedback|voice|participation|care|safety|experience))",
    re.IGNORECASE,
)
# A date is a birthday only beside a person: agreements and Acts have dates too. With dots only when
# the year is whole: 4.2.19 is a paragraph.
_DATE = re.compile(
    r"""(?<![\w.])(?:
    (?:0?[1-9]|[12]\d|3[01])
    (?: [/-](?:0?[1-9]|1[0-2])[/-](?:19|20)?\d{2} | \.(?:0?[1-9]|1[0-2])\.(?:19|20)\d{2} )
    | (?:19|20)\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]) )\b""",
    _FLAGS,
)

# A name is taken out only beside a word that says it is a person in somebody's care, or where
# there are other details: the authors of the library have names too.
_CAPITAL, _SMALL = r"[^\W\d_a-zß-öø-ÿ]", r"[^\W\d_A-ZÀ-ÖØ-Þ]"  # of any alphabet that has both
_ONE_NAME = rf"{_CAPITAL}(?:[’'][A-Z])?{_SMALL}+(?:[A-Z][a-z]+)?"
_NAME = rf"{_ONE_NAME}(?:(?:[ -]|\ (?:van|von|de|der|bin|ap|al)\ ){_ONE_NAME}){{0,3}}\b"
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
_NAMED_DATE = re.compile(
    rf"\b{_NOT_A_NAME}{_ONE_NAME}(?:[ -]{_ONE_NAME}){{1,2}}[,;:( –-]{{1,4}}(?={_DATE.pattern})", re.VERBOSE
)
# 'Doreen Marsh (84)', 'Doreen, aged 84', 'Doreen is 84 and': a name with an age.
_AGED = re.compile(
    rf"""\b{_NOT_A_NAME}{_ONE_NAME}(?:[ -]{_ONE_NAME}){{0,2}}
    (?=,?\ (?:aged?\ \d{{1,3}}\b|\(\d{{2}}\)|is\ \d{{2}}\ (?:and|years)
      |\d{{1,3}}[ -]?(?:years?[ -]old|yrs?\b|yo\b)))""",
    re.VERBOSE,
)


def folded(text: str) -> str:
    """The text without invisible characters, and with letters and digits of other shapes as plain ones.

    So nothing passes because it is written in full-width digits or with a break between that nobody sees.
    """
    shown = (one for one in text if unicodedata.category(one) != "Cf" and not "\ufe00" <= one <= "\ufe0f")
    return "".join(_plain(one) for one in shown)


def _plain(one: str) -> str:
    if one.isdecimal():
        return str(unicodedata.decimal(one))
    if "\uff01" <= one <= "\uff5e" or "\U0001d400" <= one <= "\U0001d7ff":
        return unicodedata.normalize("NFKC", one)
    return "-" if one in "\u2010\u2011\u2012\u2212" else one


def without_details(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with a mark in the place of each detail, and the kinds of details that were there."""
    removed = []
    for kind, pattern in _DETAILS:
        text, count = _without(pattern, text)
        if count:
            removed.append(kind)
    text, count = _without_bare_numbers(text)
    if count:
        removed.append("a health service number")
    text, count = _without_dates(text, bool(removed))
    if count:
        removed.append("a date of birth")
    text, is_named = _without_named(text, bool(removed))
    if is_named:
        removed.append("a name")
    return text, tuple(dict.fromkeys(removed))


def _without(pattern: re.Pattern[str], text: str, is_meant: Callable[[str], bool] = bool) -> tuple[str, int]:
    """The text without what a pattern finds and is meant, but for the numbers of papers; and how often it was there."""
    pieces, at = [], 0
    for found in pattern.finditer(text):
        is_paper = found[0][:1].isdigit() and _OF_A_PAPER.search(text[: found.start()])
        if not is_paper and is_meant(found[0]):
            pieces += [text[at : found.start()], REMOVED]
            at = found.end()
    return "".join([*pieces, text[at:]]), len(pieces) // 2


def _without_bare_numbers(text: str) -> tuple[str, int]:
    is_personal = bool(_PERSON.search(text))
    return _without(_TEN_DIGITS, text, lambda number: is_personal or is_health_number(number))


def _without_dates(text: str, has_details: bool) -> tuple[str, int]:
    """The text without dates, where a person or a detail stands beside them."""
    if has_details or _PERSON.search(text) or _NAMED_DATE.search(text):
        return _DATE.subn(REMOVED, text)
    return text, 0


def _without_named(text: str, has_details: bool) -> tuple[str, bool]:
    """The text without names of people in care, and, beside other details, without any name or date."""
    text, cared_for = _CARED_FOR.subn(lambda found: f"{found['who']}{REMOVED}", text)
    text, apposed = _APPOSED.subn(lambda found: f"{found['who']}{REMOVED}", text)
    text, aged = _AGED.subn(REMOVED, text)
    if not (has_details or cared_for or apposed or aged):
        return text, False
    text = _DATE_BESIDE.sub(REMOVED, text)
    text, before = _BEFORE_A_DETAIL.subn(REMOVED, text)
    text, titled = without_names(text)
    return text, bool(cared_for or apposed or aged or before or titled)


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
