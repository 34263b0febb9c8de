import pytest
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage

from assistant.answer.condense import condense

FIRST = "The council wants to leave the joint team."
ANSWER = "Agree on the fallback position."
HISTORY: list[BaseMessage] = [HumanMessage(FIRST), AIMessage(ANSWER)]


@pytest.mark.parametrize(
    "turn", ["Who pays then?", "And what if they refuse to sign anything at all before the end of the year?"]
)
def test_the_first_turn_of_a_conversation_stands_as_it_is(turn: str) -> None:
    assert condense(turn, []) == turn


@pytest.mark.parametrize(
    "turn",
    [
        "Who pays then?",
        "Why?",
        "And the staff?",
        "What about the records that both of the teams have kept since the start of the whole thing?",
        "Our finance director says nobody here ever heard of such an arrangement, so is it something to write down?",
    ],
)
def test_a_follow_up_joins_the_readers_last_turn(turn: str) -> None:
    joined = condense(turn, HISTORY)
    assert FIRST in joined
    assert turn in joined


def test_the_answer_is_no_part_of_the_question() -> None:
    assert ANSWER not in condense("Who pays then?", HISTORY)


def test_a_follow_up_joins_the_last_turn_alone() -> None:
    history = [HumanMessage("Nobody shares records."), AIMessage(ANSWER), *HISTORY]
    joined = condense("Who pays then?", history)
    assert "records" not in joined
    assert FIRST in joined


def test_a_long_new_subject_does_not_join() -> None:
    turn = (
        "Nurses from two hospitals and social workers from three councils type every visit into separate computers; "
        "how do other areas share records?"
    )
    assert condense(turn, HISTORY) == turn


def test_a_history_without_a_turn_of_the_reader_adds_nothing() -> None:
    assert condense("Who pays then?", [AIMessage(ANSWER)]) == "Who pays then?"
