"""Making a turn of a conversation into a question that stands alone."""

import re
from collections.abc import Sequence

from langchain_core.messages import BaseMessage, HumanMessage

from assistant.guard.details import without_marks

_POINTS_BACK = re.compile(
    r"^(?:and|but|so|or|then|also|ok|okay|yes|no|why|how come|what about|what if|in that case)\b"
    r"|\b(?:it|its|that|this|those|these|they|them|their|he|she|his|her|there|the same|such|above|both|either)\b",
    re.IGNORECASE,
)
_SHORT = 12  # words; a shorter turn of a conversation rarely says all it means


def condense(turn: str, history: Sequence[BaseMessage]) -> str:
    """The standalone question: the turn, after the reader's last one where it leans on that.

    Joining the last two turns finds the section of a follow-up more often than the turn alone;
    joining all of them loses that again.
    """
    before = [message.text for message in history if isinstance(message, HumanMessage)]
    if before and (len(turn.split()) <= _SHORT or _POINTS_BACK.search(turn)):
        return f"{without_marks(before[-1])} {turn}"
    return turn
