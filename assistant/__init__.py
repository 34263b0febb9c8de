"""Common Ground: cited partnership advice for people who join up health and social care in the UK.

from assistant import Assistant
from assistant.settings import settings

answer = Assistant(settings()).ask("Who decides what in our partnership?")
for statement in answer.statements:
    print(statement.text, [citation.quote for citation in statement.citations])
"""

from typing import TYPE_CHECKING

__version__ = "0.1.0"
__all__ = [
    "Answer",
    "Assistant",
    "Audience",
    "Citation",
    "Nation",
    "Report",
    "Statement",
    "Status",
    "check",
]

if TYPE_CHECKING:
    from assistant.answer.parts import Answer, Audience, Citation, Statement, Status
    from assistant.answer.pipeline import Assistant
    from assistant.library.catalogue import Nation
    from assistant.proposal.check import check
    from assistant.proposal.parts import Report

_HOMES = {
    "Answer": "assistant.answer.parts",
    "Assistant": "assistant.answer.pipeline",
    "Audience": "assistant.answer.parts",
    "Citation": "assistant.answer.parts",
    "Nation": "assistant.library.catalogue",
    "Report": "assistant.proposal.parts",
    "Statement": "assistant.answer.parts",
    "Status": "assistant.answer.parts",
    "check": "assistant.proposal.check",
}


def __getattr__(name: str) -> object:
    """Load a public name when it is first used: the parts behind it take seconds to import."""
    if name not in _HOMES:
        raise AttributeError(f"module 'assistant' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
