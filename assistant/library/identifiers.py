"""Numbers that stand for one person: whether one that looks like it can be it, by its own rules.

The health service numbers of England and Wales (NHS number), Scotland (CHI) and Northern Ireland (H&C)
have ten digits, of which the last is a check on the others (NHS Data Dictionary, 'NHS NUMBER'). One in
eleven of other numbers with ten digits passes too.
"""

import re
from datetime import date

_FIRST_IRISH, _LAST_IRISH = 3_200_000_010, 3_999_999_999
# Letters and pairs that HM Revenue and Customs does not issue (National Insurance Manual, NIM39110).
_NATIONAL_INSURANCE = re.compile(
    r"(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]", re.IGNORECASE
)


def digits_of(text: str) -> str:
    """The digits of a number, without what sets them apart."""
    return re.sub(r"\D", "", text)


def is_health_number(number: str) -> bool:
    """Whether ten digits are a health service number of any of the four nations, by the check digit."""
    digits = digits_of(number)
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    return (11 - total % 11) % 11 == int(digits[9])


def is_chi_number(number: str) -> bool:
    """Whether ten digits are a Scottish CHI number: they begin with a day of birth, and the check digit is right."""
    digits = digits_of(number)
    return is_health_number(digits) and _is_day(digits[:6])


def is_irish_number(number: str) -> bool:
    """Whether ten digits are a Health and Care number of Northern Ireland."""
    digits = digits_of(number)
    return is_health_number(digits) and _FIRST_IRISH <= int(digits) <= _LAST_IRISH


def is_national_insurance_number(number: str) -> bool:
    """Whether letters and digits are a National Insurance number that could have been issued."""
    return bool(_NATIONAL_INSURANCE.fullmatch(re.sub(r"[\s.-]", "", number)))


def _is_day(digits: str) -> bool:
    """Whether six digits are a day, month and year of either century."""
    try:
        date(2000 + int(digits[4:]), int(digits[2:4]), int(digits[:2]))
    except ValueError:
        return False
    return True
