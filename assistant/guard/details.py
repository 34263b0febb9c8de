"""Taking personal details out of a turn, before it is searched, sent or kept."""

import re
from collections.abc import Mapping

REMOVED = "(removed)"

# What identifies a person, by kind.
_DETAILS: Mapping[str, re.Pattern[str]] = {
    "an email address": re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b"),
    "a date of birth": re.compile(
        r"""(?:\b(?:d\.?o\.?b\.?|date\ of\ birth|born)\b[\s:,(on]*)?
        \b(?:0?[1-9]|[12]\d|3[01])[/.-](?:0?[1-9]|1[0-2])[/.-](?:19|20)?\d{2}\b""",
        re.IGNORECASE | re.VERBOSE,
    ),
    "a health service number": re.compile(
        r"""(?:\b(?:nhs|chi|h&c|hcn)(?:\s+(?:no\.?|number))?[\s:.#]*)?
        \b\d{3}[ -]?\d{3}[ -]?\d{4}\b""",
        re.IGNORECASE | re.VERBOSE,
    ),
    "a National Insurance number": re.compile(r"\b[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b", re.IGNORECASE),
    "a telephone number": re.compile(r"(?<!\w)(?:\+44 ?\(?0?\)?|0)(?:\d[ -]?){8,9}\d\b"),
    "an address": re.compile(
        r"""\b\d{1,4}[a-z]?,?\ (?:[A-Z][\w’']+\ ){1,3}
        (?:Street|St|Road|Rd|Lane|Avenue|Ave|Close|Drive|Mews|Court|Place|Terrace|Way|Gardens|
        Crescent|Grove|Square|Hill|View|Walk|Park)\b""",
        re.VERBOSE,
    ),
    "a postcode": re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}\b"),
}
# A name is taken out only beside a word that says it is a person in somebody's care, or where
# there are other details: the authors of the library have names too.
_NAME = r"[A-Z][a-z’']+(?:[ -][A-Z][a-z’']+){0,2}"
_CARED_FOR = re.compile(
    rf"""\b(?P<who>
        (?i:patient|client|service\ user|resident|gentleman|lady|gent|neighbour|tenant)
        (?:\ (?:is|called|named|name|name\ is))?[,:]?
        |[Nn]ame:|[Rr]e:)
    \ (?P<name>{_NAME.replace(" ", chr(92) + " ")})""",
    re.VERBOSE,
)
_TITLED = re.compile(rf"\b(?:Mr|Mrs|Miss|Ms)\.? {_NAME}")


def without_details(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with a mark in the place of each detail, and the kinds of details that were there."""
    removed = []
    for kind, pattern in _DETAILS.items():
        text, count = pattern.subn(REMOVED, text)
        if count:
            removed.append(kind)
    text, names = _CARED_FOR.subn(lambda found: f"{found['who']} {REMOVED}", text)
    if removed or names:
        text, titled = _TITLED.subn(REMOVED, text)
        names += titled
    if names:
        removed.append("a name")
    return text, tuple(removed)


def without_marks(text: str) -> str:
    """The text without the marks that stand for what was taken out, for searching."""
    return re.sub(r"\s*[,(]*\s*\(removed\)[),]*", "", text).strip(" ,.")
