"""Keyword search by BM25, over the texts that the index holds.

Chroma on one machine has no keyword index of its own, so this one is saved beside each generation.
"""

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import bm25s

_IDS = "ids.json"


@dataclass(frozen=True, slots=True)
class KeywordIndex:
    """A BM25 index of passages; row i belongs to the passage ids[i]."""

    ids: tuple[str, ...]
    model: "bm25s.BM25 | None"

    def knows(self, stem: str) -> bool:
        """Whether a stem stands in any passage."""
        return self.model is not None and stem in self.model.vocab_dict

    def scores(self, question: str) -> dict[str, float]:
        """BM25 of every passage that shares a word with the question, by passage id."""
        if self.model is None:
            return {}
        tokens = [token for token in words(question) if self.knows(token)]
        if not tokens:
            return {}
        found: NDArray[np.float32] = self.model.get_scores(tokens)
        return {self.ids[row]: float(found[row]) for row in np.flatnonzero(found > 0)}


def words(text: str) -> list[str]:
    """The stems of a text's words, without the commonest words of English."""
    return list(_tokens([text])[0])


def build(folder: Path, ids: Sequence[str], texts: Sequence[str]) -> None:
    """Index the texts and save the index in a folder."""
    import bm25s  # only where an index is made or opened

    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / _IDS).write_text(json.dumps(list(ids)), encoding="utf-8")
    tokens = _tokens(texts)
    if any(tokens):
        model = bm25s.BM25()
        model.index(tokens, show_progress=False)
        model.save(str(folder))


def load(folder: Path) -> KeywordIndex:
    """Open a saved index; its arrays stay on disk and are read as needed."""
    import bm25s

    ids = tuple(json.loads((folder / _IDS).read_text(encoding="utf-8")))
    saved = (folder / "params.index.json").exists()
    return KeywordIndex(ids, bm25s.BM25.load(str(folder), mmap=True) if saved else None)


def _tokens(texts: Sequence[str]) -> list[list[str]]:
    import bm25s

    found: Any = bm25s.tokenize(list(texts), stopwords="en", stemmer=_stemmer(), return_ids=False, show_progress=False)
    return [list(tokens) for tokens in found]


@cache
def _stemmer() -> Any:
    import Stemmer

    return Stemmer.Stemmer("english")
