import re

import pytest

from assistant.library.agreements import Agreement, agreements, agreements_between
from assistant.library.holdings import shipped_digests

BY_ID = {one.id: one for one in agreements()}
HELD = {f"{id_}#{section.anchor}" for id_, one in shipped_digests().items() for section in one.headed.sections}
# What a text calls each of the five articles.
CALLED = {
    "bettal-seven-steps": "Bettal’s",
    "capita-four-lessons": "Capita’s",
    "green-pipe-dream": "Professor Green",
    "opm-talk-is-cheap": "‘Talk is cheap’",
    "opm-ten-lessons": "‘Here Endeth the 10th Lesson’",
}
# Digests that tell of the same work, or partly: in one agreement they are one voice.
SAME_WORK = (
    {"scie-factors-that-promote-and-hinder-2012", "cameron-factors-joint-working"},
    {"mason-integrated-funds-2015", "integrating-funds-evidence"},
    {"four-nations-comparison-nuffield-trust-2021", "nuffield-trust-four-countries-and-lessons"},
    {"integrated-neighbourhood-teams-evidence", "nuffield-trust-four-countries-and-lessons"},
    {"integrated-care-england-ten-years-on-2021", "national-pilots-2009-2020"},
    {"integrated-care-pioneers-evaluation", "national-pilots-2009-2020"},
)
NUMBERS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
OF_FIVE = re.compile(r"\b(two|three|four|all) (?:of the )?five articles\b")
each = pytest.mark.parametrize("agreement", agreements(), ids=lambda one: one.id)


def sources(voice: tuple[str, ...]) -> set[str]:
    return {place.split("#")[0] for place in voice}


@each
def test_an_agreement_rests_on_sections_that_are_there(agreement: Agreement) -> None:
    assert set(agreement.places) <= HELD
    assert len(set(agreement.places)) == len(agreement.places)


@each
def test_each_voice_of_an_agreement_is_another_source(agreement: Agreement) -> None:
    named = [source for voice in agreement.voices for source in sources(voice)]
    assert len(named) == len(set(named))
    for work in SAME_WORK:
        assert sum(bool(work & sources(voice)) for voice in agreement.voices) <= 1


@each
def test_the_number_in_the_text_is_the_number_of_voices(agreement: Agreement) -> None:
    text = agreement.text.lower()
    articles = sum(bool(sources(voice) & set(CALLED)) for voice in agreement.voices)
    others = len(agreement.voices) - articles
    of_five = OF_FIVE.search(text)
    said = [NUMBERS[word] for word in re.findall(r"[a-z]+", OF_FIVE.sub("", text)) if word in NUMBERS]
    if of_five:
        assert NUMBERS.get(of_five[1], 5) == articles
        assert said == ([others] if others > 1 else [])
    else:
        assert said == [len(agreement.voices)]


@each
def test_the_text_names_the_articles_that_agree_and_no_other(agreement: Agreement) -> None:
    heard = set().union(*map(sources, agreement.voices)) & set(CALLED)
    assert {id_ for id_, name in CALLED.items() if name in agreement.text} == heard


@each
def test_an_agreement_is_told_where_all_its_voices_are_cited(agreement: Agreement) -> None:
    assert agreement in agreements_between([voice[0] for voice in agreement.voices])


def test_every_pitfall_has_an_agreement_about_it() -> None:
    digests = shipped_digests()
    about = {place: digests[place.split("#")[0]].headed for one in agreements() for place in one.places}
    met = {
        pitfall
        for place, headed in about.items()
        for section in headed.sections
        if section.anchor == place.split("#")[1]
        for pitfall in section.pitfalls
    }
    assert len(met) == 22


def test_two_voices_are_enough() -> None:
    one = BY_ID["who-decides"]
    assert agreements_between([one.voices[0][0], one.voices[2][0]]) == (one,)


def test_two_places_of_one_voice_are_not_two_voices() -> None:
    one = BY_ID["thin-evidence"]
    assert agreements_between(["bettal-seven-steps#seven-key-points", *one.voices[0]]) == ()


def test_one_voice_alone_tells_nothing() -> None:
    assert agreements_between(["opm-ten-lessons#governance", "x#y"]) == ()


def test_more_voices_come_first_and_two_agreements_are_the_most() -> None:
    money, culture = BY_ID["money-holds-back"], BY_ID["culture"]
    told = agreements_between(
        ["capita-four-lessons#honest", "opm-talk-is-cheap#paragraph-5", *money.voices[0], "opm-ten-lessons#ownership"]
    )
    assert told == (money, culture)


def test_of_equals_the_sooner_cited_comes_first() -> None:
    deciding, power = BY_ID["who-decides"], BY_ID["unequal-power"]
    cited = [power.places[1], deciding.places[1], deciding.places[0], power.places[0]]
    assert agreements_between(cited) == (power, deciding)
    assert agreements_between([cited[1], cited[0], *cited[2:]]) == (deciding, power)


def test_an_answer_without_places_has_none() -> None:
    assert agreements_between(()) == ()
