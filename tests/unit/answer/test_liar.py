"""What a model that lies can get past the verifier: nothing, though most of its true rewordings live.

60 situations are asked here; `QUESTIONS=400 pytest tests/unit/answer/test_liar.py -s` is the large run, and
prints its figures. Each set after the first was written when the rules were done, and run once; what
the second and the fourth let through was then mended.
"""

import os
import random

import liar_first_false
import liar_first_true
import liar_fourth
import liar_second
import liar_third
import pytest
from fakes import ScriptedChatModel
from langchain_core.documents import Document
from liar import Liar, Way, normal

from assistant.answer.evidence import evidence
from assistant.answer.model import reworded
from assistant.answer.parts import Audience, Draft
from assistant.answer.pipeline import Assistant
from assistant.answer.verify import verify
from assistant.guard import guard
from assistant.library.holdings import Library
from assistant.library.situations import situations
from assistant.settings import Settings

_QUESTIONS = int(os.environ.get("QUESTIONS", "60"))
# Of the second set's rewordings, many in words that our table does not hold for equal, a third live.
_SETS = {
    "first": (liar_first_true.TRUE, liar_first_false.FALSE, 0.6),
    "second": (liar_second.TRUE, liar_second.FALSE, 0.2),
    "third": (liar_third.TRUE, liar_third.FALSE, 0.6),
    "fourth": (liar_fourth.TRUE, liar_fourth.FALSE, 0.6),
}
Asked = tuple[str, Audience, tuple[Draft, ...], list[Document]]


@pytest.fixture(scope="module")
def asked(shipped: Settings) -> tuple[Library, list[Asked]]:
    """The library, and for each question what the evidence engine proposes and where it found it."""
    assistant, found = Assistant(shipped), []
    for number, one in enumerate(random.Random(7).sample([*situations()], _QUESTIONS)):
        turn = guard(one.text)
        if not turn.reply:
            audience = [*Audience][number % 3]
            passages = assistant.find(turn.searchable)[1].passages
            drafts = evidence(turn.searchable, passages, audience)
            found.append((turn.searchable, audience, drafts, list(passages)))
    return assistant.opened()[0], found


@pytest.mark.parametrize(("true", "false", "least"), _SETS.values(), ids=_SETS)
def test_no_altered_sentence_reaches_the_reader(
    asked: tuple[Library, list[Asked]], true: dict[str, Way], false: dict[str, Way], least: float
) -> None:
    library, questions = asked
    liar, reached, lived = Liar(true, false), [], 0
    for question, audience, drafts, passages in questions:
        told = len(liar.record)
        wording = reworded(question, drafts, ScriptedChatModel(replies=[liar]), audience)
        said = {
            (normal(each.text), normal(citation.quote))
            for each in verify(wording.drafts, passages, library)
            for citation in each.citations
        }
        alive = [each for each in liar.record[told:] if (normal(each.text), normal(each.line)) in said]
        reached += [each for each in alive if each.altered]
        lived += sum(not each.altered for each in alive)
    altered = [each for each in liar.record if each.altered]
    faithful = len(liar.record) - len(altered)
    print(f"{len(questions)} questions: {len(altered)} altered, {len(reached)} reached; {faithful} true, {lived} lived")
    assert reached == []
    assert len({each.way for each in altered}) >= 20
    assert lived / faithful >= least
