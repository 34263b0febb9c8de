"""The models that ship, run by ONNX Runtime: it starts in a tenth of the time that torch does.

The graph is `graph.onnx`, exported once (`search/export_graph.py`), without weights: those come from the
model's own safetensors file, so that there is one file of weights, with one checksum.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

if TYPE_CHECKING:
    from onnxruntime import InferenceSession, OrtValue
    from tokenizers import Encoding, Tokenizer

GRAPH = Path(__file__).parent / "graph.onnx"
TURNED = ".T"  # after the name of a weight that the graph wants with rows and columns exchanged
LONGEST = 256  # tokens; what sentence-transformers reads of a text with these models
_MOST_TOKENS = 8_192  # in a batch, padding included; more gain nothing and need more memory

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class OnnxEmbeddings(Embeddings):
    """Embeds texts by a graph and the weights of a folder; unit-length vectors, a row each."""

    session: "InferenceSession"
    tokenizer: "Tokenizer"
    weights: Sequence["OrtValue"]  # the session reads them where they are, and does not hold them itself

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """The vectors of texts, in their order."""
        return [vector.tolist() for vector in self.embed(texts)]

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        return self.embed_documents([text])[0]

    def embed(self, texts: Sequence[str]) -> Vectors:
        """The vectors of texts as one array, in their order."""
        read = self.tokenizer.encode_batch(list(texts))
        vectors = np.empty((len(texts), self.session.get_outputs()[0].shape[1]), dtype=np.float32)
        for rows in _batches([len(one.ids) for one in read]):
            vectors[rows] = self._run([read[row] for row in rows])
        return vectors

    def _run(self, read: Sequence["Encoding"]) -> Vectors:
        longest = max(len(one.ids) for one in read)
        ids = np.zeros((len(read), longest), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, one in enumerate(read):
            ids[row, : len(one.ids)] = one.ids
            mask[row, : len(one.ids)] = 1
        (vectors,) = self.session.run(None, {"input_ids": ids, "attention_mask": mask})
        return np.asarray(vectors)


def load(folder: Path) -> OnnxEmbeddings:
    """Open the graph with the weights and the tokenizer of a folder.

    Raises OSError, KeyError or ValueError where a file is missing or holds another model.
    """
    from onnxruntime import InferenceSession, OrtValue, SessionOptions
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(LONGEST)
    tokenizer.no_padding()
    weights = _weights(folder / "model.safetensors")
    options = SessionOptions()
    options.log_severity_level = 3  # warnings are for whoever exports the graph
    held = [OrtValue.ortvalue_from_numpy(one) for one in weights.values()]
    options.add_external_initializers(list(weights), held)
    return OnnxEmbeddings(InferenceSession(GRAPH, options, providers=["CPUExecutionProvider"]), tokenizer, held)


def _weights(path: Path) -> dict[str, Any]:
    """The weights in single precision, by the names that the graph has for them."""
    from safetensors.numpy import load_file

    held = load_file(path)
    wanted = GRAPH.with_suffix(".names").read_text(encoding="utf-8").split()
    turned = {name: name.removesuffix(TURNED) for name in wanted}
    return {
        name: np.ascontiguousarray(held[plain].T if name != plain else held[plain], dtype=np.float32)
        for name, plain in turned.items()
    }


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """The rows in batches of like length, longest first, so that little is padded."""
    batch: list[int] = []
    for row in sorted(range(len(lengths)), key=lambda row: -lengths[row]):
        if batch and lengths[batch[0]] * (len(batch) + 1) > _MOST_TOKENS:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch
