"""What a conversation remembers of an answer: its words as a message, and what it rested on beside them.

The history of a conversation is LangChain messages. One that was written elsewhere holds words alone,
and then only the words are followed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage

from assistant.answer.parts import Answer, Quote, Status
from assistant.library.split import Place

_KEY = "common_ground"


@dataclass(frozen=True, slots=True)
class Said:
    """What the last answer was: the question it answered, what it quoted, and what it offered next."""

    question: str
    quotes: tuple[tuple[str, Quote], ...] = ()
    follow_ups: tuple[str, ...] = ()

    @property
    def sections(self) -> tuple[str, ...]:
        """The distinct sections it cited, as `source#anchor`, in reading order."""
        return tuple(dict.fromkeys(quote.place.section for _, quote in self.quotes))


def exchange(answer: Answer) -> tuple[BaseMessage, BaseMessage]:
    """A turn and its answer as messages of a conversation's history."""
    words = " ".join(one.text for one in answer.statements) or (answer.reply.text if answer.reply else "")
    facts = {
        "status": answer.status.value,
        "question": answer.standalone_question,
        "follow_ups": list(answer.follow_ups),
        "quotes": [
            {
                "part": statement.part,
                "text": cited.quote,
                "source": cited.source.id,
                "anchor": cited.anchor,
                "start": cited.start,
                "end": cited.end,
                "locator": cited.locator,
                "page": cited.page,
            }
            for statement in answer.statements
            for cited in statement.citations
        ],
    }
    return HumanMessage(answer.question), AIMessage(words, response_metadata={_KEY: facts})


def reader_turns(history: Sequence[BaseMessage]) -> list[str]:
    """What the reader said, oldest first."""
    return [message.text for message in history if isinstance(message, HumanMessage)]


def last_answer(history: Sequence[BaseMessage]) -> Said | None:
    """What the last answer rested on; None where there is none, or where only its words are known.

    A fixed reply, as to thanks, is no answer and does not cut the thread.
    """
    for message in reversed(history):
        if isinstance(message, AIMessage):
            facts = message.response_metadata.get(_KEY)
            if not facts or facts["status"] != Status.REPLIED:
                return _said(facts) if facts else None
    return None


def _said(facts: dict[str, Any]) -> Said:
    return Said(
        facts["question"],
        tuple((one["part"], _quote(one)) for one in facts["quotes"]),
        tuple(facts["follow_ups"]),
    )


def _quote(one: dict[str, Any]) -> Quote:
    place = Place(one["source"], one["anchor"], one["start"], one["end"])
    return Quote(one["text"], place, one["locator"], one["page"])
