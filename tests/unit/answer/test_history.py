import json

from hypothesis import given
from hypothesis import strategies as st
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage, messages_from_dict, messages_to_dict
from unit.answer.made import answer, citation, holding, statement

from assistant.answer.history import Said, exchange, last_answer, reader_turns
from assistant.answer.parts import Answer, Citation, Reply, Statement, Status
from assistant.library.split import Place

TEAMS = holding(
    "joint-teams",
    {
        "desks": ["point: One desk does not make one team.", "do: Agree one duty rota."],
        "money": ["do: Agree a rule for overspends."],
    },
)
DESK = citation(TEAMS, "One desk does not make one team.")
ROTA = citation(TEAMS, "Agree one duty rota.")
MONEY = citation(TEAMS, "Agree a rule for overspends.", 2)
WHOLE = answer(
    statement(MONEY, part="What to do now"),
    statement(DESK, ROTA, text="One desk is not one team."),
    question="And the money?",
    standalone_question="Who moves? And the money?",
    follow_ups=("Who pays?", "Who leaves?"),
)


def test_an_exchange_is_what_the_reader_typed_and_what_was_said() -> None:
    turn, reply = exchange(WHOLE)
    assert (turn.type, turn.text) == ("human", "And the money?")
    assert (reply.type, reply.text) == ("ai", "Agree a rule for overspends. One desk is not one team.")


def test_the_exchange_of_a_fixed_reply_has_its_words() -> None:
    assert exchange(answer(status=Status.REPLIED, reply=Reply("greeting", "Hello.")))[1].text == "Hello."


def test_an_answer_is_remembered_with_the_question_it_answered_and_what_it_offered() -> None:
    said = last_answer(exchange(WHOLE))
    assert said is not None
    assert (said.question, said.follow_ups) == ("Who moves? And the money?", ("Who pays?", "Who leaves?"))


def test_every_quote_is_remembered_with_its_heading_and_the_place_where_it_stands() -> None:
    said = last_answer(exchange(WHOLE))
    assert said is not None
    assert [(part, one.text) for part, one in said.quotes] == [
        ("What to do now", MONEY.quote),
        ("In short", DESK.quote),
        ("In short", ROTA.quote),
    ]
    for _, one in said.quotes:
        assert TEAMS.headed.text[one.place.start : one.place.end] == one.text


def test_the_sections_are_told_once_each_in_reading_order() -> None:
    said = last_answer(exchange(WHOLE))
    assert said is not None
    assert said.sections == ("joint-teams#money", "joint-teams#desks")


def test_an_answer_that_said_nothing_is_remembered_as_that() -> None:
    said = last_answer(exchange(answer(status=Status.NOT_FOUND, standalone_question="Who decides?")))
    assert said == Said("Who decides?")
    assert said.sections == ()


def test_the_last_answer_is_the_one_that_is_remembered() -> None:
    earlier = answer(statement(DESK), standalone_question="Who moves?")
    said = last_answer([*exchange(earlier), *exchange(WHOLE), HumanMessage("why?")])
    assert said is not None
    assert said.question == WHOLE.standalone_question


def test_of_a_conversation_written_elsewhere_nothing_but_its_words_is_known() -> None:
    assert last_answer([]) is None
    assert last_answer([HumanMessage("Who moves?")]) is None
    assert last_answer([HumanMessage("Who moves?"), AIMessage("Nobody.")]) is None


def test_an_answer_from_elsewhere_hides_our_own_before_it() -> None:
    assert last_answer([*exchange(WHOLE), HumanMessage("And?"), AIMessage("Nobody.")]) is None


def test_the_facts_of_other_programs_about_a_message_are_not_ours() -> None:
    assert last_answer([AIMessage("Nobody.", response_metadata={"model": "small", "question": "Who?"})]) is None


def test_what_the_reader_said_is_told_oldest_first() -> None:
    history = [SystemMessage("Be kind."), *exchange(answer(statement(DESK), question="Who moves?")), *exchange(WHOLE)]
    assert reader_turns(history) == ["Who moves?", "And the money?"]


TEXT = st.text(min_size=1, max_size=30).filter(str.strip)


def cited(text: str, start: int, locator: str, page: int | None) -> Citation:
    return Citation(
        1, TEAMS.source, TEAMS.origin, "desks", "Desks", text, start, start + len(text), locator=locator, page=page
    )


CITATIONS = st.builds(cited, TEXT, st.integers(0, 10**6), st.text(max_size=9), st.none() | st.integers(1, 900))
STATEMENTS = st.builds(Statement, TEXT, TEXT, st.lists(CITATIONS, min_size=1, max_size=3).map(tuple))
ANSWERS = st.builds(
    lambda statements, question, asked, offered: answer(
        *statements, question=question, standalone_question=asked, follow_ups=offered
    ),
    st.lists(STATEMENTS, max_size=4),
    TEXT,
    TEXT,
    st.lists(TEXT, max_size=3).map(tuple),
)


@given(ANSWERS)
def test_whatever_was_answered_is_remembered_even_where_the_history_was_written_out(given_: Answer) -> None:
    kept = json.loads(json.dumps(messages_to_dict(exchange(given_))))
    said = last_answer(messages_from_dict(kept))
    assert said is not None
    assert (said.question, said.follow_ups) == (given_.standalone_question, given_.follow_ups)
    assert [(part, one.text, one.place, one.locator, one.page) for part, one in said.quotes] == [
        (one.part, found.quote, Place("joint-teams", "desks", found.start, found.end), found.locator, found.page)
        for one in given_.statements
        for found in one.citations
    ]
