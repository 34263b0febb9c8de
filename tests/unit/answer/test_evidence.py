from collections import Counter
from itertools import pairwise

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from unit.answer.made import holding, library, passages, plain

from assistant.answer.evidence import evidence
from assistant.answer.parts import Audience, Draft
from assistant.answer.verify import verify
from assistant.library.holdings import Holding
from assistant.library.text import Role
from assistant.search.keyword import words
from assistant.templates import template

PARTS = yaml.safe_load(template("parts.yaml"))
HOW = "How do we share the money?"

# A section with a line of every role, no two of which share a word.
WHOLE = holding(
    "pooled-money",
    {
        "rules": [
            "point: Pooled budgets blur ownership.",
            "why: Overspends destroy goodwill quickly.",
            "sign: Invoices arrive twice every quarter.",
            "do: Agree thresholds beforehand, jointly, signed.",
            "ask: Which treasurer carries residual liabilities?",
            "duty: Councils must publish annual accounts.",
            "fact: Twelve boards merged during reorganisation.",
            "figure: Savings reached £4 million nationally.",
        ]
    },
)
SUBJECTS = ("budgets", "records", "leaders", "estates", "training", "transport")


def many(role: str = "do") -> Holding:
    """A source of six sections, each with three lines of a role that share no word."""
    return holding(
        "six-sections",
        {
            subject: [
                f"{role}: {subject.title()} {subject[:3]}{verb} {subject}{verb}." for verb in ("zig", "yom", "wep")
            ]
            for subject in SUBJECTS
        },
    )


def texts(drafts: tuple[Draft, ...]) -> list[str]:
    return [one.text for one in drafts]


def role_of(text: str, one: Holding = WHOLE) -> Role | None:
    blocks = one.headed.sections[0].blocks
    return next(block.role for block in blocks if one.headed.text[block.start : block.end] == text)


@pytest.mark.parametrize("audience", Audience)
def test_nothing_found_gives_no_drafts(audience: Audience) -> None:
    assert evidence(HOW, [], audience) == ()


def test_a_passage_without_a_sentence_to_quote_gives_no_drafts() -> None:
    assert evidence(HOW, passages(plain("short-notes", ["Too short."])), Audience.LEADER) == ()


@pytest.mark.parametrize("audience", Audience)
def test_the_text_of_a_draft_is_its_quote_word_for_word(audience: Audience) -> None:
    drafts = evidence(HOW, passages(WHOLE), audience)
    assert drafts
    for one in drafts:
        (quote,) = one.quotes
        assert one.text == quote.text == WHOLE.headed.text[quote.place.start : quote.place.end]


@pytest.mark.parametrize("audience", Audience)
def test_all_drafts_pass_the_check(audience: Audience) -> None:
    drafts = evidence(HOW, passages(WHOLE), audience)
    assert len(verify(drafts, passages(WHOLE), library(WHOLE))) == len(drafts) > 0


@pytest.mark.parametrize("audience", Audience)
def test_each_sentence_stands_under_a_heading_that_admits_its_role(audience: Audience) -> None:
    admitted = {one["heading"]: one["roles"] for one in PARTS[audience]}
    for one in evidence(HOW, passages(WHOLE), audience):
        assert role_of(one.text) in admitted[one.part]


@pytest.mark.parametrize("audience", Audience)
def test_the_headings_stand_in_the_order_of_the_audience(audience: Audience) -> None:
    order = [one["heading"] for one in PARTS[audience]]
    found = list(dict.fromkeys(one.part for one in evidence(HOW, passages(WHOLE), audience)))
    assert found == [heading for heading in order if heading in found]
    assert len(found) > 1


@pytest.mark.parametrize("audience", Audience)
def test_a_heading_is_not_left_and_taken_up_again(audience: Audience) -> None:
    parts = [one.part for one in evidence(HOW, passages(many(), many("point")), audience)]
    changes = sum(before != after for before, after in pairwise(parts))
    assert changes == len(set(parts)) - 1


def test_a_leader_is_told_what_goes_wrong_before_what_to_do() -> None:
    roles = [role_of(text) for text in texts(evidence(HOW, passages(WHOLE), Audience.LEADER))]
    assert roles.index(Role.POINT) < roles.index(Role.DO) < roles.index(Role.ASK)


def test_a_proposal_team_is_told_what_to_write_in_first() -> None:
    first = evidence(HOW, passages(WHOLE), Audience.PROPOSAL)[0]
    assert role_of(first.text) in {Role.DO, Role.DUTY}


@pytest.mark.parametrize("name", [*Audience, "direct"])
@pytest.mark.parametrize("role", ["point", "do", "ask"])
def test_no_part_has_more_sentences_than_it_may(name: str, role: str) -> None:
    question, audience = ("Who decides?", Audience.FRONTLINE) if name == "direct" else (HOW, Audience(name))
    found = Counter(one.part for one in evidence(question, passages(many(role)), audience))
    most = {one["heading"]: one["most"] for one in PARTS[name]}
    assert bool(found) is any(role in one["roles"] for one in PARTS[name])
    assert all(number <= most[part] for part, number in found.items())


@pytest.mark.parametrize("audience", Audience)
def test_an_answer_rests_on_three_sections_at_the_most(audience: Audience) -> None:
    sections = {one.quotes[0].place.section for one in evidence(HOW, passages(many()), audience)}
    assert 1 < len(sections) <= 3


def test_the_best_section_comes_first_in_each_part() -> None:
    relevance = {"transport": 1.9, "leaders": 1.8, "training": 1.7}
    drafts = evidence(HOW, passages(many(), relevance=relevance), Audience.PROPOSAL)
    anchors = [one.quotes[0].place.anchor for one in drafts]
    assert anchors == ["transport", "leaders", "training"]


def test_a_section_far_behind_the_best_is_left_out() -> None:
    relevance = {"transport": 2.0, **dict.fromkeys(SUBJECTS[:-1], 0.5)}
    drafts = evidence(HOW, passages(many(), relevance=relevance), Audience.FRONTLINE)
    assert {one.quotes[0].place.anchor for one in drafts} == {"transport"}


def test_the_sentence_nearest_the_question_leads() -> None:
    drafts = evidence(HOW, passages(many(), relevance={"budgets": 2.0}, near={"yom": 0.9}), Audience.PROPOSAL)
    assert "yom" in drafts[0].text


def test_a_sentence_that_leans_on_the_one_before_does_not_lead() -> None:
    one = holding(
        "a-source", {"rules": ["do: These should be signed by everybody.", "do: Agree thresholds beforehand."]}
    )
    assert evidence(HOW, passages(one), Audience.PROPOSAL)[0].text == "Agree thresholds beforehand."


@pytest.mark.parametrize("audience", Audience)
def test_no_two_sentences_say_the_same(audience: Audience) -> None:
    same = holding(
        "first-source",
        {"rules": ["do: Agree the overspend rule in writing.", "do: In writing, agree the overspend rules."]},
    )
    again = holding(
        "other-source", {"rules": ["do: Agree the overspend rule in writing.", "point: Trust is not enough."]}
    )
    found = texts(evidence(HOW, passages(same, again), audience))
    assert len([text for text in found if "overspend" in text]) == 1


def test_one_sentence_does_not_stand_under_two_headings() -> None:
    one = holding("a-source", {"rules": ["duty: Councils must publish annual accounts."]})
    assert texts(evidence(HOW, passages(one), Audience.FRONTLINE)) == ["Councils must publish annual accounts."]


DIRECT = [
    "Who decides on the budget?",
    "Which programme was on television?",
    "When was the fund renamed?",
    "How many boards are there in Scotland?",
    "What year did it begin?",
    "What is the name of the fund?",
    "List the seven steps.",
    "Sum up the article for me, please.",
    "We have argued for weeks. Who carries the loss?",
]
ADVICE = [
    "Nobody tells us anything. How do we change that?",
    "Why do partnerships fail?",
    "What should we write in about leaving?",
    "Our manager keeps moving the goalposts",
    "When the chief executive leaves, what should we do first?",
]


@pytest.mark.parametrize("question", DIRECT)
@pytest.mark.parametrize("audience", Audience)
def test_a_question_for_a_fact_is_answered_directly_whoever_asks(question: str, audience: Audience) -> None:
    drafts = evidence(question, passages(WHOLE), audience)
    assert {one.part for one in drafts} == {one["heading"] for one in PARTS["direct"]}
    assert Role.FACT in {
        role_of(one.text) for one in evidence(question, passages(WHOLE, near={"Twelve": 0.9}), audience)
    }


@pytest.mark.parametrize("question", ADVICE)
def test_a_question_for_advice_is_answered_for_its_audience(question: str) -> None:
    headings = {one.part for one in evidence(question, passages(WHOLE), Audience.PROPOSAL)}
    assert headings == {one["heading"] for one in PARTS["proposal"]}


def test_the_same_question_gets_the_same_answer() -> None:
    first, second = (evidence(HOW, passages(WHOLE, many()), Audience.LEADER) for _ in range(2))
    assert first == second


LINE = st.tuples(st.sampled_from(list(Role)), st.text("abcdefg £5", min_size=3, max_size=60).filter(str.strip))
BODY = st.dictionaries(
    st.text("abcdefghij", min_size=3, max_size=8), st.lists(LINE, min_size=1, max_size=5), min_size=1, max_size=6
)


@given(body=BODY, audience=st.sampled_from(list(Audience)), question=st.sampled_from([HOW, "Who decides?"]))
def test_whatever_was_found_an_answer_keeps_to_its_layout(
    body: dict[str, list[tuple[Role, str]]], audience: Audience, question: str
) -> None:
    one = holding(
        "any-source", {anchor: [f"{role}: {text}." for role, text in lines] for anchor, lines in body.items()}
    )
    drafts = evidence(question, passages(one), audience)
    most = {part["heading"]: part["most"] for part in PARTS[audience if question == HOW else "direct"]}
    places = [draft.quotes[0].place for draft in drafts]
    assert all(number <= most[part] for part, number in Counter(draft.part for draft in drafts).items())
    assert len(set(places)) == len(places)
    assert all(
        draft.text == one.headed.text[place.start : place.end] for draft, place in zip(drafts, places, strict=True)
    )
    stems = [frozenset(words(draft.text)) for draft in drafts if words(draft.text)]
    assert len(set(stems)) == len(stems)
