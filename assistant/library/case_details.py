"""What of a document belongs in one person's case file, and not in a library that others read.

Published guidance gives the addresses of offices, so an email address, a telephone number or a postcode
is told and no more. What stands for one person (a health service number, a date of birth) is a reason
not to keep the document unless the reader says so.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.library.identifiers import is_health_number, is_national_insurance_number

_FLAGS = re.IGNORECASE | re.VERBOSE
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DATE = rf"""(?:\d{{1,2}}[/. -]\d{{1,2}}[/. -](?:19|20)?\d{{2}} | (?:19|20)\d{{2}}-\d{{2}}-\d{{2}}
    | \d{{1,2}}(?:st|nd|rd|th)?\ (?:of\ )?{_MONTH},?\ (?:19|20)?\d{{2}}
    | {_MONTH}\ \d{{1,2}}(?:st|nd|rd|th)?,?\ \d{{4}})\b"""
_TEN = r"(?<![\w£$€.,-])\d{3}[ .-]?\d{3}[ .-]?\d{4}(?![\w-]|[.,]\d)|(?<![\w£$€.,-])\d{6}[ -]?\d{4}(?![\w-]|[.,]\d)"
_LABELLED = re.compile(rf"\b(?:nhs|chi|h&c|hcn)(?:\s+(?:is|no\.?|number|num))*[\s:|.,#]*({_TEN})", _FLAGS)
_SET_APART = re.compile(r"(?<![\w£$€.,-])(?:\d{3}[ -]\d{3}[ -]\d{4}|\d{6}[ -]\d{4})(?![\w-]|[.,]\d)")
_BARE = re.compile(r"(?<![\w£$€.,-])\d{10}(?![\w-]|[.,]\d)")
_IN_CARE = re.compile(r"\b(?:patient|client|resident|service user|mr|mrs|miss|ms|he|she|his|her)\b", re.IGNORECASE)
_INSURANCE = re.compile(r"\b[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b")
_BORN = re.compile(
    rf"\b(?:d\.?o\.?b\.?|date\ of\ birth|born(?:\ on)?|birthday)(?:\ (?:is|was|on))?[\s:|,(]*{_DATE}", _FLAGS
)
_RECORD = re.compile(
    r"\b(?:hospital|patient|client|case)\ (?:number|no\.?|id)(?:\ is)?[\s:|.\#]*[A-Z]{0,3}\d{4,}\b", _FLAGS
)
_POSTCODE = re.compile(
    r"\b(?:[BEGLMNSW]|[A-PR-UWYZ][A-HK-Y])\d[A-Z\d]?\ (?!\d(?:ND|RD|TH|ST)\b)\d[ABD-HJLNP-UW-Z]{2}\b"
)
_SOMEBODY = re.compile(r"\b(?:(?:Mr|Mrs|Miss|Ms|Mx)\.?|[Pp]atient:?|[Cc]lient:?|[Rr]esident:?|[Nn]ame:) [A-Z][\w’'-]+")
_EMAIL = re.compile(r"(?<![\w.+'’-])[\w.+'’-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}\b")
_TELEPHONE = re.compile(
    r"(?<![\w£.,])(?:(?:\+|00) ?44[ -]?(?:\(0\) ?)?|\(?0)(?=[1-35789])(?:\d[ )-]{0,2}){8,9}\d(?!\d)"
)
_NEAR = 120  # characters between a name and a postcode that belong together
_LIST = 3  # people with their postcodes from which a document is a list of people


@dataclass(frozen=True, slots=True)
class CaseDetails:
    """How often each kind was found: what stands for one person, and what may be an office's."""

    of_people: Mapping[str, int]
    contacts: Mapping[str, int]


def case_details(text: str) -> CaseDetails:
    """The details in a document's text, by kind in words, each with how many different ones there are."""
    text = re.sub(r"[^\S\n]", " ", text)
    people = Counter(kind for kind, _ in sorted({*_of_people(text)}))
    contacts = {
        "email address": len({*_EMAIL.findall(text)}),
        "telephone number": len({*_TELEPHONE.findall(text)}),
        "postcode": len({*_POSTCODE.findall(text)}),
    }
    return CaseDetails(dict(people), {kind: count for kind, count in contacts.items() if count})


def _of_people(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        yield from (("health service number", re.sub(r"\D", "", one)) for one in _health_numbers(line))
    yield from (
        ("National Insurance number", one) for one in _INSURANCE.findall(text) if is_national_insurance_number(one)
    )
    yield from (("date of birth", " ".join(one[0].split())) for one in _BORN.finditer(text))
    yield from (("record number", one[0]) for one in _RECORD.finditer(text))
    homes = set(_homes(text))
    if len(homes) >= _LIST:
        yield from (("name with a postcode", one) for one in homes)


def _health_numbers(line: str) -> Iterator[str]:
    """Numbers with their label, whatever their check digit: forms are mistyped; others only where it is right."""
    yield from _LABELLED.findall(line)
    yield from filter(is_health_number, _SET_APART.findall(line))
    if _IN_CARE.search(line):
        yield from filter(is_health_number, _BARE.findall(line))


def _homes(text: str) -> Iterator[str]:
    """Names of people that a postcode follows."""
    for found in _SOMEBODY.finditer(text):
        if _POSTCODE.search(text, found.end(), found.end() + _NEAR):
            yield found[0]


def listed(counts: Mapping[str, int]) -> str:
    """'2 health service numbers and 1 date of birth'."""
    words = [f"{count:,} {kind if count == 1 else _many(kind)}" for kind, count in counts.items()]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _many(kind: str) -> str:
    first, _, rest = kind.partition(" of " if " of " in kind else " that ")
    if kind == "name with a postcode":
        return "names with postcodes"
    if rest:
        return f"{first}s{kind.removeprefix(first)}"
    return f"{kind}es" if kind.endswith("s") else f"{kind}s"
