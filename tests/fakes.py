"""Small, real implementations that stand in for what is heavy: no test patches what it tests."""

import hashlib
import re
from collections.abc import Callable

import numpy as np
from langchain_core.embeddings import Embeddings

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
