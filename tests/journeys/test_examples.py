"""Every question that the page offers to start from is one that the library answers."""

import pytest
import yaml

from assistant.answer.parts import Audience, Status
from assistant.answer.pipeline import Assistant
from assistant.settings import Settings
from assistant.templates import template

EXAMPLES = yaml.safe_load(template("examples.yaml"))
STAGES = {"forming", "agreeing", "running", "ending"}


def test_there_are_examples_for_every_audience_at_every_stage() -> None:
    assert {who: set(stages) for who, stages in EXAMPLES.items()} == {one.value: STAGES for one in Audience}
    assert {len(questions) for stages in EXAMPLES.values() for questions in stages.values()} == {3}


@pytest.mark.slow
@pytest.mark.parametrize("who", list(Audience))
def test_every_example_is_answered_in_full(who: Audience, shipped: Settings) -> None:
    assistant = Assistant(shipped)
    asked = [question for questions in EXAMPLES[who.value].values() for question in questions]
    answers = [assistant.ask(question, audience=who) for question in asked]
    assert [one.question for one in answers if one.status is not Status.ANSWERED or not one.complete] == []
