"""The collections of a generation: LangChain's Chroma over a persistent folder."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from langchain_core.embeddings import Embeddings

if TYPE_CHECKING:
    from langchain_chroma import Chroma

PASSAGES, SENTENCES, SITUATIONS = "passages", "sentences", "situations"
COLLECTIONS = (PASSAGES, SENTENCES, SITUATIONS)
# Wider than Chroma's defaults: the search is then all but exact, also among many equal vectors.
# Vectors go to their files at once (sync_threshold, batch_size): of a collection that has none in them,
# Chroma writes those files anew whenever it is opened, from memory that it has not cleared, and that held
# words of a source which the same process had read before and which had been removed since.
_HNSW: Any = {
    "space": "cosine",
    "ef_construction": 400,
    "ef_search": 1000,
    "max_neighbors": 64,
    "sync_threshold": 1,
    "batch_size": 1,
}


_STILL_OPEN = 3  # generations besides the one that is opened: questions may still be reading from them
_clients: dict[Path, Any] = {}


def _client(path: Path) -> Any:
    """The process's one Chroma client of a generation."""
    if path in _clients:
        return _clients[path]
    from chromadb import PersistentClient  # heavy, and not needed for the commands that do not search
    from chromadb.config import Settings as ChromaSettings

    quiet = ChromaSettings(anonymized_telemetry=False)
    _clients[path] = PersistentClient(path=str(path / "chroma"), settings=quiet)
    return _clients[path]


def close(path: Path) -> None:
    """Close what this process has open of a generation, so that it is read from the disk again."""
    if client := _clients.pop(path, None):
        client.close()


def close_older(path: Path) -> None:
    """Close the generations that nobody reads any more now that this one is open: each holds its vectors in memory."""
    others = sorted((one for one in list(_clients) if one.parent == path.parent and one != path), reverse=True)
    for one in others[_STILL_OPEN:]:
        close(one)


def collection(path: Path, name: str, embeddings: Embeddings | None = None) -> "Chroma":
    """One collection of a generation; `embeddings` only where texts are added to it, which may make it.

    To read must not write: the generation would no longer be what was sealed.
    """
    from langchain_chroma import Chroma

    return Chroma(
        collection_name=name,
        embedding_function=embeddings,
        client=_client(path),
        collection_configuration={"hnsw": _HNSW},
        create_collection_if_not_exists=embeddings is not None,
    )
