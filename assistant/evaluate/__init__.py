"""Scoring a set of questions: whether the right section is cited, and what is not covered refused.

What counts is the first three distinct sections cited, in reading order, as a reader reads no more.
"""

from assistant.evaluate.answers import Answered, Cited, Outcome, Turn, answers, line, turn_of
from assistant.evaluate.page import page
from assistant.evaluate.questions import Conversation, Gold, Nugget, conversations
from assistant.evaluate.report import report
from assistant.evaluate.run import run

__all__ = [
    "Answered",
    "Cited",
    "Conversation",
    "Gold",
    "Nugget",
    "Outcome",
    "Turn",
    "answers",
    "conversations",
    "line",
    "page",
    "report",
    "run",
    "turn_of",
]
