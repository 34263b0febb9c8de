"""Nugget coverage: how many of the facts that a good answer has are in an answer, as near as can be told.

A person would read. This is a proxy that needs none: a nugget counts as covered when a statement of
the answer is near enough to it in the embedding model's eyes. It sees subject better than meaning (a
statement and its denial are near), and it sees no further than the model that also chose the
statements. So it tells two runs apart, and says little by itself.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from assistant.evaluate.answers import Turn
from assistant.evaluate.questions import Nugget

# Cosine similarity. Set by answers that must not count: of nuggets set against the answer to another
# conversation with no gold section in common, about 5 in 100 reach it (tests/data/questions.jsonl, 551
# pairs, the model that ships). No answer to a nugget's own question was looked at.
COVERED = 0.5

Vectors = Mapping[str, NDArray[np.float64]]


def covered(turns: Sequence[Turn], embeddings: Embeddings) -> list[dict[str, Sequence[float]]]:
    """For each turn, which of its nuggets are covered: of the vital ones, and of all.

    Nothing for a turn without nuggets or one that is not to be answered; a turn that is to be and
    was not covers none.
    """
    texts = sorted({text for turn in turns if wanted(turn) for text in (*_texts(turn), *_said(turn))})
    vectors = dict(zip(texts, np.asarray(embeddings.embed_documents(texts)), strict=True)) if texts else {}
    return [_cases(turn, vectors) for turn in turns]


def wanted(turn: Turn) -> tuple[Nugget, ...]:
    """The nuggets of a turn that is to be answered."""
    return tuple(one for one in turn.conversation.nuggets if one.turn == turn.number and turn.is_to_answer)


def _cases(turn: Turn, vectors: Vectors) -> dict[str, Sequence[float]]:
    nuggets = wanted(turn)
    if not nuggets:
        return {}
    is_covered = [_nearest(one.text, _said(turn), vectors) >= COVERED for one in nuggets]
    vital = [hit for one, hit in zip(nuggets, is_covered, strict=True) if one.is_vital]
    return {"nuggets_vital": vital, "nuggets_all": is_covered}


def _nearest(text: str, statements: Sequence[str], vectors: Vectors) -> float:
    return max((float(vectors[text] @ vectors[one]) for one in statements), default=-1.0)


def _texts(turn: Turn) -> list[str]:
    return [one.text for one in wanted(turn)]


def _said(turn: Turn) -> list[str]:
    return [one.text for one in turn.answered.statements]
