"""Small, real implementations that stand in for what is heavy: no test patches what it tests."""

import hashlib
import re
from collections.abc import Callable
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from pydantic import Field

DIMENSIONS = 256
_ENDINGS = re.compile(r"(?:ing|edly|ed|es|s|ly)$")


class WordEmbeddings(Embeddings):
    """Embeds a text as the words in it: stemmed, hashed into 256 dimensions, of unit length.

    Texts that share words are near; the same text gives the same vector in every process. `texts`
    is everything that was embedded, in order.
    """

    def __init__(self, watch: Callable[[str], None] = lambda text: None) -> None:
        self.texts: list[str] = []
        self._watch = watch

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        self._watch(text)
        self.texts.append(text)
        vector = np.zeros(DIMENSIONS)
        for word in words(text):
            place = int.from_bytes(hashlib.sha256(word.encode()).digest()[:4], "big")
            vector[place % DIMENSIONS] += 1 if place & 1 << 20 else -1
        length = float(np.linalg.norm(vector))
        if not length:
            vector[0] = length = 1.0
        return [float(one) for one in vector / length]


def words(text: str) -> list[str]:
    """The stems of the words of a text, roughly."""
    found = re.findall(r"[a-z0-9]+", text.lower().replace("’", "").replace("'", ""))
    return [_ENDINGS.sub("", word) if len(word) > 4 else word for word in found]


class ScriptedChatModel(BaseChatModel):
    """Gives its replies one after the other, the last one again and again; `prompts` is what it was asked.

    A reply may be an error, which is raised, or a function of the prompt.
    """

    replies: list[Any]
    prompts: list[str] = Field(default_factory=list)

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def _generate(
        self, messages: list[BaseMessage], stop: Any = None, run_manager: Any = None, **options: Any
    ) -> ChatResult:
        self.prompts.append("\n\n".join(str(message.content) for message in messages))
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        if isinstance(reply, BaseException):
            raise reply
        text = reply(self.prompts[-1]) if callable(reply) else reply
        return ChatResult(generations=[ChatGeneration(message=AIMessage(text))])
