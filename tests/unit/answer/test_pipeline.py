from pathlib import Path

import pytest
from conftest import digest
from fakes import WordEmbeddings
from langchain_core.messages import BaseMessage

from assistant.answer.history import exchange
from assistant.answer.parts import Answer, NoteKind, Status
from assistant.answer.pipeline import Assistant
from assistant.library.catalogue import Nation
from assistant.settings import Settings

QUESTION = "Why does the pooled budget need a rule for overspends between partners?"
MONEY = """## Pooled money {#money}
- point: The pooled budget of partners needs a rule for overspends.
- why: Without a rule every overspend becomes a quarrel.
- do: Write down beforehand who pays for losses.
- fact: Two councils of five left over an unpaid bill.
- ask: Who may spend more than was agreed?

## Quarrels {#quarrels}
- point: The budget of the partners needs no more than one signature for overspends.
- why: Quarrels end sooner where one person decides.
- fact: Seven disputes went to court in one year.
"""
# More sections near the question than an answer rests on.
MORE = "".join(
    f"""## Rule {name} {{#{name}}}
- point: The pooled budget of the {name} partners needs a rule for overspends between partners.
- why: {name.title()} creditors wait for nobody.
"""
    for name in ("north", "south", "east", "west")
)


@pytest.fixture
def assistant(knowledge: Path, home: Settings, words: WordEmbeddings) -> Assistant:
    text = digest("on-money", "On money", MONEY, authors="[Ann Bee]", published="2014")
    (knowledge / "articles" / "on-money.md").write_text(text, encoding="utf-8")
    return Assistant(home)


def talk(assistant: Assistant, *turns: str) -> list[Answer]:
    history: list[BaseMessage] = []
    answers = []
    for turn in turns:
        answers.append(assistant.ask(turn, history))
        history += exchange(answers[-1])
    return answers


def texts(answer: Answer) -> list[str]:
    return [one.text for one in answer.statements]


@pytest.mark.parametrize("turn", ["shorten that", "who said that?", "are you sure?"])
def test_an_answer_is_shortened_traced_or_doubted_in_its_own_words(assistant: Assistant, turn: str) -> None:
    first, second = talk(assistant, QUESTION, turn)
    assert first.status is second.status is Status.ANSWERED
    assert set(texts(second)) <= set(texts(first))
    assert (second.question, second.standalone_question) == (turn, QUESTION)


@pytest.mark.parametrize("turn", ["why?", "tell me more"])
def test_why_and_more_go_on_in_the_sections_that_were_cited_before(
    assistant: Assistant, turn: str, knowledge: Path
) -> None:
    (knowledge / "articles" / "on-rules.md").write_text(digest("on-rules", "On rules", MORE), encoding="utf-8")
    first, second = talk(assistant, QUESTION, turn)
    assert second.status is Status.ANSWERED
    assert second.sections[0] == first.sections[0]
    assert not set(texts(second)) & set(texts(first))


def test_who_is_speaking_is_told_where_the_reader_asks_for_it_alone(assistant: Assistant) -> None:
    first, second = talk(assistant, QUESTION, "who said that?")
    assert not [one for one in first.notes if one.kind is NoteKind.WHO_IS_SPEAKING]
    told = [one.text for one in second.notes if one.kind is NoteKind.WHO_IS_SPEAKING]
    assert any("Ann Bee" in text and "2014" in text for text in told)


def test_a_nation_that_was_named_holds_for_the_turns_that_follow(assistant: Assistant) -> None:
    answers = talk(assistant, QUESTION, "what about Wales?", "why?")
    assert [one.nation for one in answers] == [None, Nation.WALES, Nation.WALES]


def test_where_the_last_answer_found_nothing_there_is_nothing_to_shorten(assistant: Assistant) -> None:
    first, second = talk(assistant, "zebra quagga okapi", "shorten that")
    assert first.status is second.status is Status.NOT_FOUND
