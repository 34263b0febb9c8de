import pytest
from unit.answer.made import answer, citation, holding, library, passages, statement

from assistant.answer.again import again
from assistant.answer.condense import About
from assistant.answer.evidence import heading
from assistant.answer.history import Said, exchange, last_answer
from assistant.answer.parts import Audience, Draft
from assistant.answer.verify import verify
from assistant.library.text import Role

QUESTION = "How do we share the money?"
# Two sources with lines that share no word; what was said before is a part of them.
MONEY = holding(
    "pooled-money",
    {
        "rules": [
            "point: Pooled budgets blur ownership.",
            "why: Overspends destroy goodwill quickly.",
            "do: Agree thresholds beforehand, jointly, signed.",
            "ask: Which treasurer carries residual liabilities?",
            "fact: Twelve boards merged during reorganisation.",
        ],
        "audit": ["duty: Councils must publish annual accounts."],
    },
)
TRUST = holding(
    "on-trust", {"leaders": ["point: Friendship between chiefs fades.", "why: Successors inherit nothing."]}
)
BLUR, AGREE, AUDIT = (
    citation(MONEY, words)
    for words in (
        "Pooled budgets blur ownership.",
        "Agree thresholds beforehand, jointly, signed.",
        "Councils must publish annual accounts.",
    )
)
FADES = citation(TRUST, "Friendship between chiefs fades.")
BEFORE = answer(
    *(statement(one, part=part) for one, part in ((BLUR, "In short"), (FADES, "In short"), (AGREE, "What to do now"))),
    statement(AUDIT, part="What to do now"),
    statement(citation(MONEY, "Which treasurer carries residual liabilities?"), part="What to raise"),
    standalone_question=QUESTION,
)
FOUND = passages(MONEY, TRUST)
REPEATED = (About.SHORTEN, About.SPEAKER, About.DOUBT)


def said() -> Said:
    found = last_answer(exchange(BEFORE))
    assert found is not None
    return found


def drafts(about: About, audience: Audience = Audience.FRONTLINE) -> tuple[Draft, ...]:
    return again(about, said(), FOUND, audience)


def texts(about: About) -> list[str]:
    return [one.text for one in drafts(about)]


def role_of(text: str) -> Role | None:
    for one in (MONEY, TRUST):
        for section in one.headed.sections:
            for block in section.blocks:
                if one.headed.text[block.start : block.end] == text:
                    return block.role
    return None


@pytest.mark.parametrize("about", About)
def test_all_that_is_said_of_an_answer_passes_the_check(about: About) -> None:
    found = drafts(about)
    assert len(verify(found, FOUND, library(MONEY, TRUST))) == len(found) > 0
    assert all(one.text == quote.text for one in found for quote in one.quotes)


@pytest.mark.parametrize("about", REPEATED)
def test_what_is_shortened_traced_or_doubted_is_said_again_and_nothing_new(about: About) -> None:
    assert set(texts(about)) <= {one.text for one in BEFORE.statements}


@pytest.mark.parametrize("about", REPEATED)
@pytest.mark.parametrize("audience", Audience)
def test_what_is_said_again_stands_under_a_heading_that_says_so_whoever_asks(about: About, audience: Audience) -> None:
    assert {one.part for one in drafts(about, audience)} == {heading(about)}


def test_the_five_headings_differ() -> None:
    assert len({heading(about) for about in About}) == len(About)


def test_a_shorter_answer_is_the_first_two_sentences() -> None:
    assert texts(About.SHORTEN) == [BLUR.quote, FADES.quote]


def test_an_answer_of_one_sentence_is_as_short_as_it_can_be() -> None:
    one = last_answer(exchange(answer(statement(BLUR), standalone_question=QUESTION)))
    assert one is not None
    assert [draft.text for draft in again(About.SHORTEN, one, FOUND, Audience.LEADER)] == [BLUR.quote]


def test_who_said_it_is_told_by_the_first_sentence_of_each_source_in_reading_order() -> None:
    assert texts(About.SPEAKER) == [BLUR.quote, FADES.quote]


def test_a_doubt_is_met_with_what_the_sources_said_first() -> None:
    assert texts(About.DOUBT) == [BLUR.quote, FADES.quote, AGREE.quote, AUDIT.quote]


def test_what_is_said_again_needs_nothing_that_was_found_anew() -> None:
    assert [one.text for one in again(About.DOUBT, said(), [], Audience.LEADER)] == texts(About.DOUBT)


@pytest.mark.parametrize("about", [About.WHY, About.MORE])
def test_why_and_more_say_nothing_a_second_time(about: About) -> None:
    assert texts(about)
    assert not set(texts(about)) & {one.text for one in BEFORE.statements}


def test_why_is_answered_by_reasons_and_facts_and_no_advice() -> None:
    found = texts(About.WHY)
    assert {"Overspends destroy goodwill quickly.", "Successors inherit nothing."} <= set(found)
    assert {role_of(text) for text in found} <= {Role.WHY, Role.POINT, Role.FACT, Role.FIGURE, Role.SIGN}


def test_where_everything_was_told_there_is_no_more() -> None:
    everything = [
        statement(citation(one, one.headed.text[block.start : block.end]))
        for one in (MONEY, TRUST)
        for section in one.headed.sections
        for block in section.blocks
    ]
    told = last_answer(exchange(answer(*everything, standalone_question=QUESTION)))
    assert told is not None
    assert again(About.MORE, told, FOUND, Audience.FRONTLINE) == ()


def test_an_answer_that_said_nothing_has_nothing_to_say_again() -> None:
    assert [again(about, Said(QUESTION), FOUND, Audience.LEADER) for about in REPEATED] == [(), (), ()]
