"""The models that ship, run by ONNX Runtime, against sentence-transformers, which is the reference."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from langchain_core.embeddings import Embeddings

from assistant.search import embed
from assistant.search.onnx import _MOST_TOKENS, OnnxEmbeddings, _batches
from assistant.settings import Settings

TEXTS = (
    "Who pays when the pooled budget runs out?",
    "",
    "   \n\t ",
    "Pwy sy'n talu? Café, naïve, “quotes” – and 🙂.",
    "s75",
    "A sentence that goes on and on about a partnership, its budget and its board. " * 60,
)


@pytest.fixture(scope="module", params=["", embed.PUBLISHED], ids=["ours", "published"])
def pair(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Embeddings, Embeddings]:
    """A model that ships as we run it, and as sentence-transformers does."""
    settings = Settings(home=tmp_path_factory.mktemp("home"), embeddings=request.param)
    return embed.embeddings(settings), embed._loaded(embed.folder_of(settings))


@pytest.mark.slow
def test_the_vectors_are_those_of_sentence_transformers(pair: tuple[Embeddings, Embeddings]) -> None:
    ours, reference = (np.array(one.embed_documents(list(TEXTS))) for one in pair)
    assert np.abs(ours - reference).max() < 1e-5


@pytest.mark.slow
def test_a_text_has_one_vector_whatever_stands_beside_it(pair: tuple[Embeddings, Embeddings]) -> None:
    together = np.array(pair[0].embed_documents(list(TEXTS)))
    alone = np.array([pair[0].embed_query(text) for text in TEXTS])
    assert np.abs(together - alone).max() < 1e-5


@pytest.mark.slow
def test_a_model_that_ships_is_not_run_by_torch() -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from assistant.search import embed; from assistant.settings import Settings\n"
        "found = embed.embeddings(Settings(home=Path())).embed_query('Who decides?');"
        "print(len(found), 'torch' in sys.modules, 'sentence_transformers' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["384", "False", "False"]


@pytest.mark.slow
def test_no_text_gives_no_vector(pair: tuple[Embeddings, Embeddings]) -> None:
    assert isinstance(pair[0], OnnxEmbeddings)
    assert pair[0].embed_documents([]) == []


@given(st.lists(st.integers(1, 256), max_size=200))
def test_every_text_is_in_one_batch_and_no_batch_is_too_large(lengths: list[int]) -> None:
    batches = list(_batches(lengths))
    assert sorted(row for batch in batches for row in batch) == list(range(len(lengths)))
    assert all(max(lengths[row] for row in batch) * len(batch) <= _MOST_TOKENS for batch in batches)
