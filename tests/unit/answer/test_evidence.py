from collections import Counter
from itertools import pairwise

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from unit.answer.made import holding, library, passages, plain, quote

from assistant.answer.evidence import evidence, heading
from assistant.answer.parts import Audience, Draft, Quote
from assistant.answer.verify import verify
from assistant.library import split
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
        (found,) = one.quotes
        assert one.text == found.text == WHOLE.headed.text[found.place.start : found.place.end]


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


def anchors(drafts: tuple[Draft, ...]) -> list[str]:
    return [one.quotes[0].place.anchor for one in drafts]


# Three sections that are strong in different roles, and share no word.
THREE = holding(
    "three-sections",
    {
        "budgets": [
            "do: Agree thresholds beforehand, jointly, signed.",
            "do: Publish forecasts monthly.",
            "do: Ringfence contingency savings.",
            "point: Overspends destroy goodwill.",
        ],
        "records": ["do: Harmonise identifiers across systems.", "ask: Whose consent covers sharing?"],
        "leaders": ["do: Shadow each other quarterly.", "sign: Meetings lapse silently."],
    },
)
RANKED = {"budgets": 1.9, "records": 1.8, "leaders": 1.7}


@pytest.mark.parametrize("audience", Audience)
def test_each_of_the_three_best_sections_gets_a_sentence(audience: Audience) -> None:
    near = {"Agree": 0.9, "Publish": 0.89, "Ringfence": 0.88, "Overspends": 0.87}
    drafts = evidence(HOW, passages(THREE, relevance=RANKED, near=near), audience)
    assert set(anchors(drafts)) == {"budgets", "records", "leaders"}


def test_the_third_section_has_its_place_before_the_others_have_a_second() -> None:
    """'In short' holds two sentences, and the third section has something for no other heading."""
    one = holding(
        "three-sections",
        {
            "budgets": ["point: Overspends destroy goodwill.", "do: Publish forecasts monthly."],
            "records": ["point: Identifiers clash everywhere.", "do: Harmonise consent beforehand."],
            "leaders": ["point: Chiefs depart suddenly."],
        },
    )
    drafts = evidence(HOW, passages(one, relevance=RANKED, near={"Harmonise": 0.9}), Audience.FRONTLINE)
    assert [(draft.part, draft.text.split()[0]) for draft in drafts] == [
        ("In short", "Overspends"),
        ("In short", "Chiefs"),
        ("What to do now", "Publish"),
        ("What to do now", "Harmonise"),
    ]


@pytest.mark.parametrize("audience", Audience)
def test_each_of_the_three_best_sources_gets_a_sentence_however_many_the_best_has(audience: Audience) -> None:
    rich = many()
    poor = [
        holding("poor-kettle", {"kettle": ["do: Boil water together."]}),
        holding("poor-harbour", {"harbour": ["do: Moor boats alongside."]}),
    ]
    relevance = {"budgets": 2.0, "kettle": 1.9, "harbour": 1.8, **dict.fromkeys(SUBJECTS[1:], 1.0)}
    drafts = evidence(HOW, passages(rich, *poor, relevance=relevance, near={"Budgets": 0.9}), audience)
    assert {"budgets", "kettle", "harbour"} == set(anchors(drafts))


@pytest.mark.parametrize("audience", Audience)
def test_the_best_section_speaks_under_the_first_heading_where_it_can(audience: Audience) -> None:
    """However near the question its other sentences are, and though other sections could fill that heading."""
    first = PARTS[audience][0]
    role, other = ("point", "do") if "point" in first["roles"] else ("do", "point")
    one = holding(
        "three-sections",
        {
            "budgets": [f"{role}: Overspends destroy goodwill.", f"{other}: Publish forecasts monthly."],
            "records": [f"{role}: Identifiers clash everywhere."],
            "leaders": [f"{role}: Chiefs depart suddenly."],
        },
    )
    drafts = evidence(HOW, passages(one, relevance=RANKED, near={"Overspends": 0.2, "Publish": 0.9}), audience)
    assert (drafts[0].part, drafts[0].text) == (first["heading"], "Overspends destroy goodwill.")


def test_where_the_best_section_has_nothing_for_the_first_heading_it_speaks_under_another() -> None:
    one = holding("two-sections", {"budgets": ["do: Publish forecasts monthly."], "records": ["why: Consents lapse."]})
    drafts = evidence(HOW, passages(one, relevance={"budgets": 1.9, "records": 1.8}), Audience.FRONTLINE)
    assert [(draft.part, anchor) for draft, anchor in zip(drafts, anchors(drafts), strict=True)] == [
        ("In short", "records"),
        ("What to do now", "budgets"),
    ]


def test_a_question_to_ask_is_no_answer_of_a_section() -> None:
    one = holding(
        "three-sections",
        {
            "budgets": ["point: Overspends destroy goodwill."],
            "records": ["ask: Which treasurer carries liabilities?", "point: Identifiers clash everywhere."],
            "leaders": ["point: Chiefs depart suddenly."],
        },
    )
    drafts = evidence(HOW, passages(one, relevance=RANKED, near={"Which": 0.9}), Audience.FRONTLINE)
    assert [draft.text.split()[0] for draft in drafts] == ["Overspends", "Identifiers", "Which"]


# Another layout, and what was told before


@pytest.mark.parametrize("layout", ["why", "more", "shorten", "speaker", "doubt"])
@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("question", [HOW, "Who decides on the budget?"])
def test_a_layout_that_is_named_holds_whoever_asks_what(layout: str, audience: Audience, question: str) -> None:
    drafts = evidence(question, passages(WHOLE), audience, layout=layout)
    admitted = {part["heading"]: part for part in PARTS[layout]}
    found = Counter(one.part for one in drafts)
    assert found
    assert all(role_of(one.text) in admitted[one.part]["roles"] for one in drafts)
    assert all(number <= admitted[part]["most"] for part, number in found.items())


@pytest.mark.parametrize("layout", list(PARTS))
def test_the_heading_of_a_layout_is_its_first(layout: str) -> None:
    assert heading(layout) == PARTS[layout][0]["heading"]


@pytest.mark.parametrize("audience", Audience)
def test_what_was_told_before_is_not_said_again(audience: Audience) -> None:
    first = evidence(HOW, passages(WHOLE), audience)
    told = [quote for one in first for quote in one.quotes]
    second = evidence(HOW, passages(WHOLE), audience, layout="more", told=told)
    assert second
    assert not set(texts(first)) & set(texts(second))


def test_the_words_of_one_source_that_were_told_may_be_said_by_another() -> None:
    other = holding("other-source", {"rules": ["do: Agree thresholds beforehand, jointly, signed."]})
    told = [quote(WHOLE, "Agree thresholds beforehand, jointly, signed.")]
    found = evidence(HOW, passages(other), Audience.PROPOSAL, told=told)
    assert texts(found) == ["Agree thresholds beforehand, jointly, signed."]


def test_a_section_that_told_everything_makes_room_for_the_next() -> None:
    relevance = {subject: 2.0 - place / 100 for place, subject in enumerate(SUBJECTS)}
    found = passages(many(), relevance=relevance)
    told = [
        Quote(one.sentence.text, one.sentence.place)
        for passage in found
        for one in split.evidence(passage)
        if one.sentence.place.anchor == "budgets"
    ]
    assert set(anchors(evidence(HOW, found, Audience.PROPOSAL))) == set(SUBJECTS[:3])
    assert set(anchors(evidence(HOW, found, Audience.PROPOSAL, told=told))) == set(SUBJECTS[1:4])


def test_where_everything_was_told_nothing_is_left() -> None:
    told = [Quote(one.sentence.text, one.sentence.place) for one in split.evidence(passages(WHOLE)[0])]
    assert evidence(HOW, passages(WHOLE), Audience.LEADER, layout="more", told=told) == ()


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
