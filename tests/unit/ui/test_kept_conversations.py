"""What the browser keeps of conversations, and what is made of what it gives back. Gradio takes seconds to import."""

from dataclasses import replace
from typing import Any

import pytest
from unit.answer.made import answer

from assistant.answer.parts import Audience
from assistant.library.catalogue import Nation

pytestmark = pytest.mark.slow


def kept(*turns: str, who: str = "leader", where: str | None = "wales") -> dict[str, Any]:
    return {"turns": list(turns), "who": who, "where": where}


async def test_what_was_asked_is_kept_with_who_asked_and_where() -> None:
    from ui.ask.kept import added

    asked = replace(answer(question="Who pays?"), audience=Audience.LEADER, nation="wales")
    assert added([], [asked]) == [{"turns": ["Who pays?"], "who": Audience.LEADER, "where": Nation.WALES}]


async def test_a_conversation_that_goes_on_is_one_and_comes_first() -> None:
    from ui.ask.kept import added

    held = [kept("Who decides?"), kept("Who pays?")]
    found = added(held, [answer(question="Who pays?"), answer(question="And why?")])
    assert [one["turns"] for one in found] == [["Who pays?", "And why?"], ["Who decides?"]]


async def test_only_so_many_are_kept() -> None:
    from ui.ask.kept import added

    held = [kept(f"Question {number}?") for number in range(30)]
    assert len(added(held, [answer(question="Who pays?")])) == 20


@pytest.mark.parametrize("held", [None, "x", {}, [1], [kept(who="pirate")], [kept("a", where="atlantis")], [kept()]])
async def test_what_is_no_list_of_conversations_is_nothing(held: Any) -> None:
    from ui.ask.kept import read

    assert read(held) == []
