"""The settings, and the only place that reads the environment."""

import os
import re
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from platformdirs import user_data_path
from pydantic import BaseModel, ConfigDict, Field

from assistant.errors import HomeError, SettingsError

PREFIX = "COMMON_GROUND_"
MOST_DAYS = 3_650  # that words may be kept: ten years

# Set before the libraries they concern are imported. Three of them phone out unless told not to:
# Gradio and Chroma send telemetry, the model hub is asked for newer files, and LangChain sends
# traces when the environment says so.
QUIET = {
    "ANONYMIZED_TELEMETRY": "False",
    "GRADIO_ANALYTICS_ENABLED": "False",
    "GRADIO_SHARE": "False",
    "GRADIO_MCP_SERVER": "False",
    "GRADIO_VIBE_MODE": "",
    "GRADIO_ALLOWED_PATHS": "",
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "LANGCHAIN_TRACING_V2": "false",
    "LANGSMITH_TRACING": "false",
    "LANGSMITH_TRACING_V2": "false",
    "TOKENIZERS_PARALLELISM": "false",
    "TRANSFORMERS_VERBOSITY": "error",
}


class Shelf(StrEnum):
    """What the library starts from: the shipped digests, or nothing but the reader's own files."""

    SHIPPED = "shipped"
    NONE = "none"


class Settings(BaseModel):
    """How this installation is set up; made once at the start and handed down.

    `home` is the reader's data folder, `library` what the library starts from, and `embeddings` a
    sentence-transformers model (a folder, or a name in the local cache; empty for the bundled one).
    `reranker` is a cross-encoder that helps to order what was found, given likewise; empty for none.

    `model` is a chat model that may reword answers, as LangChain's `init_chat_model` names it, such as
    `ollama:llama3.2`; empty for none. `model_url` is the address of its server, where that is not the
    provider's own: `http://127.0.0.1:8080/v1` for one on this machine. With a provider or a server
    elsewhere, questions and the sentences found for them LEAVE THIS MACHINE, though without the
    personal details that `guard` takes out.

    `keep_words` is for how many days the gap log keeps the words of questions that the library does
    not answer; 0 for never.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    home: Path
    library: Shelf = Shelf.SHIPPED
    embeddings: str = ""
    reranker: str = ""
    model: str = ""
    model_url: str = ""
    keep_words: Annotated[int, Field(ge=0, le=MOST_DAYS)] = 0


def settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from `COMMON_GROUND_…` variables.

    Raises SettingsError for a name or a value that is not known, so that a slip of the pen is not
    silently ignored.
    """
    environment = os.environ if environment is None else environment
    given = {
        name.removeprefix(PREFIX).lower(): value
        for name, value in environment.items()
        if name.startswith(PREFIX) and value
    }
    if unknown := sorted(set(given) - set(Settings.model_fields)):
        known = ", ".join(PREFIX + name.upper() for name in Settings.model_fields)
        raise SettingsError(f"{PREFIX}{unknown[0].upper()} is not a setting. Remove it, or use one of: {known}.")
    if given.get("library", Shelf.SHIPPED) not in set(Shelf):
        raise SettingsError(f"{PREFIX}LIBRARY is '{given['library']}'. Set it to 'shipped' or 'none'.")
    if "model_url" in given and not given["model_url"].startswith(("http://", "https://")):
        raise SettingsError(f"{PREFIX}MODEL_URL is '{given['model_url']}'. Let it begin with http:// or https://.")
    if "model_url" in given and "model" not in given:
        raise SettingsError(f"{PREFIX}MODEL_URL is set without {PREFIX}MODEL. Set both, such as 'openai:any-name'.")
    days = given.get("keep_words", "0")
    if not re.fullmatch(r"[0-9]{1,4}", days) or int(days) > MOST_DAYS:
        raise SettingsError(
            f"{PREFIX}KEEP_WORDS is '{days}'. Set it to a whole number of days from 0 to {MOST_DAYS}; 0 keeps no words."
        )
    home = given.pop("home", None)
    path = Path(home).expanduser() if home else user_data_path("common-ground", appauthor=False)
    return Settings(home=path.absolute(), **given)  # type: ignore[arg-type]


def keep_quiet() -> None:
    """Turn off telemetry, tracing and downloads of every library we use; call before importing them."""
    os.environ.update(QUIET)


def ensure_home(home: Path) -> Path:
    """Make the data folder, readable by its owner alone, and check that it can be written.

    Raises HomeError with what to do where it cannot.
    """
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe = home / f".write-check-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise HomeError(
            f"The data folder {home} cannot be written ({reason}). Set {PREFIX}HOME to a folder of yours that can."
        ) from error
    return home
