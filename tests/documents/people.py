"""People who do not exist, with their numbers, and sentences to put them into: for measuring the guard.

Health service numbers are of the range 999, which is never issued, but for those that must show a day of
birth (Scotland) or lie in a range of their own (Northern Ireland).
"""

import calendar
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_FIRST = [
    "Doreen",
    "Agnes",
    "Siân",
    "Mohammed",
    "Petra",
    "Wiesława",
    "Kwame",
    "Niamh",
    "Rhiannon",
    "Hamish",
    "Priya",
    "Gordon",
    "Zainab",
    "Callum",
    "Ifeoma",
    "Bronwen",
    "Stanley",
    "Jean-Luc",
    "Aoife",
    "Tomasz",
]
_LAST = [
    "Wimbush",
    "Frayne",
    "O’Brien",
    "Macdonald",
    "Okafor",
    "Llewellyn",
    "Patel",
    "McIlroy",
    "Thistlethwaite",
    "Nowak",
    "Begum",
    "Abernethy",
    "Pugh",
    "Rahman",
    "Cholmondeley",
    "Fitzgerald",
    "Adeyemi",
    "Drummond",
    "Gwynne",
    "Hartley-Booth",
]
_STREETS = [
    "Mill Lane",
    "Station Road",
    "St Mary’s Close",
    "Queen Street",
    "Heather Brae",
    "Chapel Row",
    "Park View",
    "Victoria Avenue",
]
_POSTCODES = (
    "LS1 4AP",
    "EH3 9QG",
    "CF10 3NQ",
    "BT9 5AB",
    "SW1A 1AA",
    "B33 8TH",
    "M1 1AE",
    "DN55 1PT",
    "ls1 4ap",
    "W1A0AX",
)


@dataclass(frozen=True, slots=True)
class Seed:
    """A question with one detail in it: what kind, and the words that must not be left."""

    kind: str
    detail: str
    question: str


def check_digit(nine: str) -> str | None:
    """The tenth digit, or None where there is none (one number in eleven)."""
    check = (11 - sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True)) % 11) % 11
    return None if check == 10 else str(check)


def health_number(chance: random.Random, nine: Callable[[random.Random], str]) -> str:
    """Ten digits that pass the check."""
    while True:
        start = nine(chance)
        if (last := check_digit(start)) is not None:
            return start + last


def english(chance: random.Random) -> str:
    return "999" + f"{chance.randrange(10**6):06d}"


def scottish(chance: random.Random) -> str:
    return (
        f"{chance.randrange(1, 29):02d}{chance.randrange(1, 13):02d}"
        f"{chance.randrange(20, 99)}{chance.randrange(1000):03d}"
    )


def irish(chance: random.Random) -> str:
    return f"{chance.randrange(320_000_100, 399_999_999)}"


def _spaced(chance: random.Random, digits: str) -> str:
    forms = ("{a} {b} {c}", "{a}-{b}-{c}", "{a}{b}{c}", "{a}.{b}.{c}", "{a} {b} {c}", "{a}\u00a0{b}\u00a0{c}")
    return chance.choice(forms).format(a=digits[:3], b=digits[3:6], c=digits[6:])


def _chi(chance: random.Random) -> str:
    digits = health_number(chance, scottish)
    return chance.choice((digits, f"{digits[:6]} {digits[6:]}", f"{digits[:6]}-{digits[6:]}", _spaced(chance, digits)))


def _insurance(chance: random.Random) -> str:
    pair = chance.choice(("AB", "CE", "JG", "PR", "TW", "YZ", "ab"))
    a, b, c = (f"{chance.randrange(100):02d}" for _ in range(3))
    end = chance.choice("ABCD")
    return chance.choice((f"{pair} {a} {b} {c} {end}", f"{pair}{a}{b}{c}{end}", f"{pair}-{a}-{b}-{c}-{end}"))


def _email(chance: random.Random) -> str:
    first, last = chance.choice([*_FIRST[:3], "Kwame"]).replace("â", "a").lower(), chance.choice(_LAST[:2]).lower()
    place = chance.choice(("nhs.example", "leeds.example.org.uk", "mail.example.com"))
    return chance.choice(
        (f"{first}.{last}@{place}", f"{first}{chance.randrange(99)}@{place}", f"{first}_{last}@{place}")
    )


def _phone(chance: random.Random) -> str:
    end = f"{chance.randrange(1000):03d}"
    forms = (
        f"07700 900{end}", f"07700900{end}", f"+44 7700 900{end}", f"+44 (0)7700 900{end}", f"0113 496 0{end}",
        f"(0113) 496 0{end}", f"0207 946 0{end}", f"020 7946 0{end}", f"01632 960{end}", f"07700-900-{end}",
        f"028 9018 0{end}", f"0044 7700 900{end}", f"07700.900.{end}",
    )  # fmt: skip
    return chance.choice(forms)


def _birth(chance: random.Random) -> str:
    day, month, year = chance.randrange(1, 29), chance.randrange(1, 13), chance.randrange(1925, 2010)
    name = calendar.month_name[month]
    forms = (
        f"{day:02d}/{month:02d}/{year}", f"{day}.{month}.{year}", f"{day}-{month}-{year % 100:02d}",
        f"{year}-{month:02d}-{day:02d}", f"{day} {name} {year}", f"{day}th {name[:3]} {year}", f"{name} {day}, {year}",
    )  # fmt: skip
    return chance.choice(forms)


def name(chance: random.Random) -> str:
    """A whole name."""
    return f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"


def address(chance: random.Random) -> str:
    """A house and its street."""
    return f"{chance.randrange(1, 200)} {chance.choice(_STREETS)}"


def postcode(chance: random.Random) -> str:
    """A postcode, in capitals or not."""
    return chance.choice(_POSTCODES)


KINDS: dict[str, tuple[Callable[[random.Random], str], tuple[str, ...]]] = {
    "NHS number": (
        lambda chance: _spaced(chance, health_number(chance, english)),
        (
            "NHS number {d}: who pays for the package?",
            "Who decides about {d} when both teams say no?",
            "nhs no. {d} waits for two teams, what now?",
            "Two services disagree about the patient with {d}. Who leads?",
            "{d} – can we share the record with the council?",
        ),
    ),
    "CHI number": (
        _chi,
        ("CHI {d}. Who pays?", "Who decides about {d} in our board?", "Her CHI number is {d}, who leads on it?"),
    ),
    "H&C number": (
        lambda chance: _spaced(chance, health_number(chance, irish)),
        ("H&C number {d}. Who pays?", "Who decides about {d} in the trust?", "HCN: {d}, who leads on the package?"),
    ),
    "National Insurance number": (
        _insurance,
        ("NI number {d}: who checks the direct payment?", "Her NINO is {d}. Who decides?", "Who pays for {d}?"),
    ),
    "email": (
        _email,
        ("Write to {d} about who decides.", "Can we send the plan to {d}?", "{d} says the council pays. Is that so?"),
    ),
    "telephone": (
        _phone,
        ("Ring {d} and ask who decides?", "The daughter (tel {d}) wants one plan. Who writes it?", "{d}: who decides?"),
    ),
    "postcode": (
        postcode,
        ("Somebody at {d} waits. Who decides?", "Which council pays for {d}?", "He moved to {d}; who is responsible?"),
    ),
    "date of birth": (
        _birth,
        (
            "DOB {d}. Who decides?", "She was born on {d}; which team leads?", "Date of birth: {d}. Who pays?",
            "Our patient {n}, {d}, waits for two teams. Who decides?", "Mrs {l}, dob {d}, who pays?",
        ),
    ),
}  # fmt: skip


def seeds(count: int, seed: int = 1) -> Iterator[Seed]:
    """So many questions, as many of each kind."""
    chance = random.Random(seed)
    for number in range(count):
        kind = [*KINDS][number % len(KINDS)]
        make, sentences = KINDS[kind]
        detail = make(chance)
        question = chance.choice(sentences).format(d=detail, n=name(chance), l=chance.choice(_LAST))
        yield Seed(kind, detail, question)


def look_alikes(count: int, seed: int = 2) -> Iterator[tuple[str, str]]:
    """So many questions with a number or a date in them that is of no person, each with its kind."""
    chance = random.Random(seed)
    for number in range(count):
        kind = [*_ALIKE][number % len(_ALIKE)]
        yield kind, _filled(chance, chance.choice(_ALIKE[kind]))


def _unchecked(chance: random.Random) -> str:
    """Ten digits that no check passes."""
    while True:
        digits = f"{chance.randrange(10**9, 10**10)}"
        if check_digit(digits[:9]) != digits[9]:
            return digits


def _filled(chance: random.Random, sentence: str) -> str:
    day, month, year = chance.randrange(1, 29), chance.randrange(1, 13), chance.randrange(1940, 2027)
    return sentence.format(
        long=_unchecked(chance),
        any=f"{chance.randrange(10**9, 10**10)}",
        eight=f"{chance.randrange(10**7, 10**8)}",
        seven=f"{chance.randrange(10**6, 10**7)}",
        money=f"{chance.randrange(1, 10**10):,}",
        flat=f"{chance.randrange(10**6, 10**10)}",
        section=chance.randrange(1, 200),
        part=chance.randrange(1, 12),
        year=year,
        next=(year + 1) % 100,
        date=f"{day:02d}/{month:02d}/{year}",
        worded=f"{day} {('April', 'October', 'May')[month % 3]} {year}",
        share=chance.randrange(100),
        thousand=f"{chance.randrange(1, 999)} {chance.randrange(100, 999)} {chance.randrange(100, 999)}",
        isbn=f"978{chance.randrange(10**9, 10**10)}",
    )


_ALIKE: dict[str, tuple[str, ...]] = {
    "long number": (
        "What does the report with number {long} say about trust?",
        "Which partner signs purchase {long} for the joint store?",
        "What does ISBN {isbn} say about pooled budgets?",
    ),
    "grant number": (
        "Does grant {any} allow a pooled budget?",
        "Who answers for grant number {any}?",
        "Does charity {seven} sign the agreement as a partner?",
        "Is company number {eight} a partner in law?",
    ),
    "sum of money": (
        "Who pays for the £{money} overspend?",
        "Is £{flat} a large pooled fund?",
        "Who owns {thousand} pounds of savings?",
        "Does a budget of £{share}.{next:02d}m need a section 75 agreement?",
        "What of the {flat} pounds that were never spent?",
    ),
    "section number": (
        "What does section {section}({part})(b) of the Act say?",
        "Does paragraph {part}.{section}.{share} hold in Wales?",
        "Does SI {year}/{section} still apply?",
        "What do sections {section}A and {section}Z{part} say?",
        "What does regulation {part}({part}) of {year} No. {section} say?",
    ),
    "date of an Act": (
        "What changed when the Act came into force on {worded}?",
        "What changed for partnerships on {date}?",
        "Does the agreement of {date} still hold?",
        "When the deed dated {date} ends, who keeps the staff?",
        "What did the Care Act {year} change?",
    ),
    "years and shares": (
        "How did spending change from {year}/{next:02d} to 2025/26?",
        "Did {share}% of {section} boards agree in {year}?",
        "What happened in {year}, 2006, 2012 and 2014?",
        "Did {share}.{part} per cent of people wait in {year}-{next:02d}?",
    ),
    "phone-like figure": (
        "Did delays fall from {eight} to {seven}?",
        "Are 111 and 999 part of one service, with {seven} calls a year?",
        "Did {thousand} people use the service?",
        "Is 0.{eight} the right share?",
    ),
}
