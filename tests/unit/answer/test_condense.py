import pytest
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage
from unit.answer.made import answer, citation, holding, statement

from assistant.answer.condense import About, Standalone, condense
from assistant.answer.history import exchange
from assistant.answer.parts import Answer, Reply, Status
from assistant.library.catalogue import Nation

FIRST = "The council wants to leave the joint team."
ANSWER = "Agree on the fallback position."
# A history that was written elsewhere: words alone.
HISTORY: list[BaseMessage] = [HumanMessage(FIRST), AIMessage(ANSWER)]

OFFERED = ("Who carries the losses?", "How is a dispute settled?", "When should a partner leave?")
TEAMS = holding("joint-teams", {"exit": [f"do: {ANSWER}"], "money": ["point: Pooled money needs a rule."]})
EXIT, MONEY = citation(TEAMS, ANSWER), citation(TEAMS, "Pooled money needs a rule.", 2)
SECTIONS = ("joint-teams#exit", "joint-teams#money")


def answered(turn: str = FIRST, **fields: object) -> Answer:
    """Our answer to a turn, which cites two sections and offers three questions to go on with."""
    given = {"question": turn, "standalone_question": turn, "follow_ups": OFFERED} | fields
    return answer(statement(EXIT), statement(MONEY), statement(EXIT), **given)  # type: ignore[arg-type]


def after(*answers: Answer) -> list[BaseMessage]:
    return [message for one in answers for message in exchange(one)]


def asked(turn: str, *answers: Answer) -> Standalone:
    """What a turn asks after our answer to the first question, or after others."""
    return condense(turn, after(*(answers or (answered(),))))


# Turns that are joined, with or without what we know of our answer


@pytest.mark.parametrize(
    "turn", ["Who pays then?", "And what if they refuse to sign anything at all before the end of the year?", "Why?"]
)
def test_the_first_turn_of_a_conversation_stands_as_it_is(turn: str) -> None:
    assert condense(turn, []) == Standalone(turn)


FOLLOW_UPS = [
    "Who pays then?",
    "And the staff?",
    "What about the records that both of the teams have kept since the start of the whole thing?",
    "Our finance director says nobody here ever heard of such an arrangement, so is it something to write down?",
]


@pytest.mark.parametrize("turn", [*FOLLOW_UPS, "Why?", "shorten that", "Yes please", "Who said that?"])
def test_a_follow_up_of_words_alone_joins_the_readers_last_turn(turn: str) -> None:
    assert condense(turn, HISTORY) == Standalone(f"{FIRST} {turn}", turn)


@pytest.mark.parametrize("turn", FOLLOW_UPS)
def test_a_follow_up_of_our_own_answer_goes_on_from_the_sections_that_it_cited(turn: str) -> None:
    found = asked(turn)
    assert (found.question, found.turn, found.before) == (f"{FIRST} {turn}", turn, SECTIONS)
    assert found.about is None


def test_the_answer_is_no_part_of_the_question() -> None:
    assert ANSWER not in condense("Who pays then?", HISTORY).question
    assert ANSWER not in asked("Who pays then?").question


def test_a_follow_up_joins_the_last_turn_alone() -> None:
    earlier = [HumanMessage("Nobody shares records."), AIMessage("Say who may see what.")]
    assert condense("Who pays then?", [*earlier, *HISTORY]).question == f"{FIRST} Who pays then?"


def test_the_marks_of_what_was_taken_out_of_a_turn_are_not_joined() -> None:
    joined = condense("Who pays then?", [HumanMessage("The lady (NHS (removed)) waits for two teams.")]).question
    assert "two teams" in joined
    assert "removed" not in joined


NEW = (
    "Nurses from two hospitals and social workers from three councils type every visit into separate computers; "
    "how do other areas share records?"
)


def test_a_long_new_subject_joins_nothing() -> None:
    assert condense(NEW, HISTORY) == asked(NEW) == Standalone(NEW)


@pytest.mark.parametrize(
    "turn",
    [
        "Something else: who decides?",
        "New question. Who pays for it?",
        "OK, thanks. Now for something different, who pays?",
        "Changing the subject, who owns the records?",
        "Forget that. Who owns the records?",
        "Right, another question: is it the law?",
        "Moving on, what about staff?",
    ],
)
def test_a_change_of_subject_leaves_what_was_said_behind(turn: str) -> None:
    assert condense(turn, HISTORY) == asked(turn) == Standalone(turn)


def test_a_history_without_a_turn_of_the_reader_adds_nothing() -> None:
    assert condense("Who pays then?", [AIMessage(ANSWER)]) == Standalone("Who pays then?")


# About the answer before


ABOUT = {
    About.SHORTEN: [
        "shorten that",
        "Shorter please",
        "Can you make that shorter?",
        "too long!",
        "in one sentence please",
        "Could you say that in fewer words?",
        "tl;dr",
        "ok, just the gist",
        "Sum it up",
        "That was much too long.",
    ],
    About.SPEAKER: [
        "who said that?",
        "Who says so?",
        "says who?",
        "And who wrote this?",
        "According to who?",
        "Whose opinion is that?",
        "Where does that come from?",
        "What are your sources?",
        "sources?",
        "Is that the law?",
        "Is that just opinion?",
        "When was that written?",
    ],
    About.DOUBT: [
        "are you sure?",
        "Are you sure? I think trust is enough",
        "You're wrong",
        "I don't think so.",
        "I disagree",
        "That can't be right",
        "No, that is not true",
        "really?",
    ],
    About.WHY: ["why?", "Why is that?", "But why?", "how come?", "What's the reason for that?", "why not"],
    About.MORE: [
        "tell me more",
        "More detail please",
        "anything else?",
        "Go on",
        "can you expand on that?",
        "what else",
    ],
}


@pytest.mark.parametrize(("about", "turn"), [(about, turn) for about, turns in ABOUT.items() for turn in turns])
def test_a_turn_about_the_answer_before_asks_its_question_again(about: About, turn: str) -> None:
    found = asked(turn, answered(follow_ups=()))
    assert found.about is about
    assert (found.question, found.turn, found.before) == (FIRST, "", SECTIONS)
    assert found.said is not None
    assert [quote.text for _, quote in found.said.quotes] == [EXIT.quote, MONEY.quote, EXIT.quote]


@pytest.mark.parametrize(
    "turn",
    [
        "What is a section 75 agreement, in one sentence?",
        "Who said that trust is enough?",
        "Why do partners leave?",
        "Tell me more about pooled budgets",
        "Which law is this?",
        "Why is that a matter for the board and not for the two chief executives?",
        "Are you sure that the rule for overspends binds the council as well as us?",
    ],
)
def test_a_turn_that_asks_something_of_its_own_is_not_about_the_answer_before(turn: str) -> None:
    found = asked(turn)
    assert found.about is None
    assert turn in found.question


def test_after_two_turns_about_an_answer_its_question_is_still_the_first() -> None:
    shortened = answered("shorten that", standalone_question=FIRST)
    assert asked("why?", answered(), shortened).question == FIRST


@pytest.mark.parametrize(
    ("turn", "question"), [("shorten that", FIRST), ("what about Scotland?", FIRST), ("yes please", OFFERED[0])]
)
def test_a_follow_up_joins_the_question_that_was_answered_where_the_last_turn_has_none(
    turn: str, question: str
) -> None:
    last = answered(turn, standalone_question=question)
    assert asked("Who pays then?", answered(), last).question == f"{question} Who pays then?"


@pytest.mark.parametrize("turn", ["why?", "shorten that", "who said that?", "are you sure?"])
@pytest.mark.parametrize("status", [Status.NOT_FOUND, Status.REPLIED])
def test_where_nothing_was_said_there_is_nothing_to_say_again(turn: str, status: Status) -> None:
    nothing = answer(status=status, question=FIRST, standalone_question=FIRST, reply=Reply("greeting", "Hello."))
    found = condense(turn, exchange(nothing))
    assert (found.question, found.turn, found.before, found.about) == (f"{FIRST} {turn}", turn, (), None)


# What was offered


@pytest.mark.parametrize(
    "turn", ["yes please", "Yes", "yes, go on", "OK", "Sure, please", "go ahead", "please do", "aye"]
)
def test_a_yes_takes_up_the_first_question_that_was_offered(turn: str) -> None:
    found = asked(turn)
    assert (found.question, found.turn, found.before, found.about) == (OFFERED[0], "", SECTIONS, None)


@pytest.mark.parametrize(
    ("turn", "place"),
    [
        ("the first one", 0),
        ("1", 0),
        ("The second one, please", 1),
        ("the 2nd", 1),
        ("the middle one", 1),
        ("third question", 2),
        ("the last one please", 2),
        ("yes, number 3", 2),
    ],
)
def test_a_question_that_was_offered_is_taken_up_by_its_place(turn: str, place: int) -> None:
    assert asked(turn).question == OFFERED[place]


@pytest.mark.parametrize("offered", OFFERED)
def test_a_question_that_was_offered_is_taken_up_by_its_words(offered: str) -> None:
    found = asked(offered)
    assert (found.question, found.turn, found.before) == (offered, "", SECTIONS)


@pytest.mark.parametrize(("turn", "question"), [("the third one", OFFERED[1]), ("the last one", OFFERED[1])])
def test_of_fewer_than_three_that_were_offered_the_last_is_the_last(turn: str, question: str) -> None:
    assert asked(turn, answered(follow_ups=OFFERED[:2])).question == question


@pytest.mark.parametrize(
    "turn",
    [
        "Who goes first when both partners want to leave?",
        "Yes, but who pays for the staff?",
        "no thanks, who pays?",
        "Who signs first?",
        "Is the first one legal?",
        "What happens in year 3?",
        "2 partners left",
        "...",
    ],
)
def test_a_question_of_the_readers_own_takes_up_nothing(turn: str) -> None:
    found = asked(turn)
    assert found.question not in OFFERED
    assert turn in found.question


def test_where_nothing_was_offered_a_yes_joins_the_last_turn() -> None:
    found = asked("yes please", answered(follow_ups=()))
    assert (found.question, found.turn) == (f"{FIRST} yes please", "yes please")


# Nations


@pytest.mark.parametrize(
    "turn",
    [
        "what about Scotland?",
        "And in Scotland?",
        "Is it the same in Scotland?",
        "We're in Scotland",
        "sorry, i meant Scotland",
        "Does that apply in Scotland too?",
        "Glasgow",
        "how about scotland instead",
    ],
)
def test_a_nation_alone_asks_the_same_question_of_another_nation(turn: str) -> None:
    found = asked(turn)
    # The sections cited before were those of the other nation.
    assert (found.question, found.turn, found.before, found.about) == (FIRST, "", (), None)
    assert found.nation is Nation.SCOTLAND


def test_a_nation_with_a_question_of_its_own_is_a_follow_up() -> None:
    turn = "Who appoints the chair in Scotland?"
    found = asked(turn)
    assert (found.question, found.turn, found.nation) == (f"{FIRST} {turn}", turn, Nation.SCOTLAND)


@pytest.mark.parametrize("turn", ["Who pays then?", "shorten that", "yes please", NEW, "New question. Who decides?"])
def test_a_nation_that_was_named_stays_for_the_conversation(turn: str) -> None:
    in_scotland = answered("what about Scotland?", standalone_question=FIRST)
    assert asked(turn, answered(), in_scotland, answered("Who pays?")).nation is Nation.SCOTLAND
    assert condense(turn, [HumanMessage("We are in Wales."), *HISTORY]).nation is Nation.WALES


def test_the_nation_that_was_named_last_holds() -> None:
    earlier = [HumanMessage("We are in Wales."), AIMessage(ANSWER), HumanMessage("And in Scotland?"), AIMessage(ANSWER)]
    assert condense("Who pays then?", earlier).nation is Nation.SCOTLAND
    assert condense("And in England?", earlier).nation is Nation.ENGLAND


def test_a_nation_that_only_an_answer_names_is_not_the_readers() -> None:
    assert condense("Who pays then?", [HumanMessage(FIRST), AIMessage("Boards in Scotland decide.")]).nation is None


def test_a_first_turn_tells_its_nation() -> None:
    assert condense("Who decides in Northern Ireland?", []).nation is Nation.NORTHERN_IRELAND
