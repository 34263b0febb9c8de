"""The collections of a generation: LangChain's Chroma over a persistent folder."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from langchain_core.embeddings import Embeddings

if TYPE_CHECKING:
    from langchain_chroma import Chroma

PASSAGES, SENTENCES, SITUATIONS = "passages", "sentences", "situations"
COLLECTIONS = (PASSAGES, SENTENCES, SITUATIONS)
# Wider than Chroma's defaults: the search is then all but exact, also among many equal vectors.
_HNSW: Any = {"space": "cosine", "ef_construction": 400, "ef_search": 1000, "max_neighbors": 64}


def _client(path: Path) -> Any:
    """The process's one Chroma client of a generation; Chroma itself keeps one for each path."""
    from chromadb import PersistentClient  # heavy, and not needed for the commands that do not search
    from chromadb.config import Settings as ChromaSettings

    quiet = ChromaSettings(anonymized_telemetry=False)
    return PersistentClient(path=str(path / "chroma"), settings=quiet)


def collection(path: Path, name: str, embeddings: Embeddings | None = None) -> "Chroma":
    """One collection of a generation; `embeddings` only where texts are added to it."""
    from langchain_chroma import Chroma

    return Chroma(
        collection_name=name,
        embedding_function=embeddings,
        client=_client(path),
        collection_configuration={"hnsw": _HNSW},
    )
