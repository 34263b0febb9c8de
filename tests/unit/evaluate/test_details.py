import pytest

from assistant.evaluate.details import leaks


@pytest.mark.parametrize("shown", ["Call 943 476 5919.", "Call 9434765919.", "Call 943-476-5919."])
def test_a_number_leaks_however_it_is_spaced(shown: str) -> None:
    assert leaks("NHS number 943 476 5919 waits.", shown)


def test_a_year_and_a_short_number_identify_nobody() -> None:
    assert not leaks("In 2019 two of 12 teams joined.", "In 2019 two of 12 teams joined.")


def test_what_has_no_details_leaks_none() -> None:
    assert not leaks("Who decides?", "Who decides?")
