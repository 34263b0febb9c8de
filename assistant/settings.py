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
HOME_FORM = 1  # of the data folder; raised when a version before could no longer read it
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
    "OTEL_SDK_DISABLED": "true",
    "TOKENIZERS_PARALLELISM": "false",
    "TRANSFORMERS_VERBOSITY": "error",
}
# Switches of these libraries that we do not set are taken away: some open the page to others, let it
# be edited, watch files or send reports, and each new release may bring more.
TAKEN_AWAY = ("GRADIO_", "CHROMA_", "OTEL_", "LANGSMITH_", "LANGCHAIN_", "SPACE_", "OAUTH_", "FORWARDED_ALLOW_IPS")
_FORM = "form"  # the file that says which form a data folder has
_TEMPORARY = "GRADIO_TEMP_DIR"
_YES, _NO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


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
    elsewhere, questions and the sentences found for them, and of a draft that is checked the sentences
    nearest to the pitfalls, LEAVE THIS MACHINE, though without the personal details that `guard` takes out.

    `keep_words` is for how many days the gap log keeps the words of questions that the library does
    not answer; 0 for never.

    `auth` asks readers of the page to sign in. `tls` is a PEM file with a certificate and its key, for
    https. `proxy` names the proxy that others reach the page through: the address that readers type,
    and, where it is on another machine, its own address: `https://advice.example.org 10.0.0.5`. `api`
    opens the page's interface to other programs. `conversations` lets the browser keep what was asked, in a
    list that everyone at that computer can open: not for shared ones.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    home: Path
    library: Shelf = Shelf.SHIPPED
    embeddings: str = ""
    reranker: str = ""
    model: str = ""
    model_url: str = ""
    keep_words: Annotated[int, Field(ge=0, le=MOST_DAYS)] = 0
    auth: bool = False
    tls: Path | None = None
    proxy: str = ""
    api: bool = False
    conversations: bool = False


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
    switches = {name: _is_on(name, given[name]) for name in ("auth", "api", "conversations") if name in given}
    path = Path(home).expanduser() if home else user_data_path("common-ground", appauthor=False)
    return Settings(home=path.absolute(), **given | switches)  # type: ignore[arg-type]


def _is_on(name: str, value: str) -> bool:
    if value.lower() not in _YES | _NO:
        raise SettingsError(f"{PREFIX}{name.upper()} is '{value}'. Set it to 1 to switch it on, or leave it out.")
    return value.lower() in _YES


def keep_quiet() -> None:
    """Turn off telemetry, tracing and downloads of every library we use; call before importing them.

    Whatever else the environment says to these libraries is taken away.
    """
    for name in overruled():
        os.environ.pop(name)
    os.environ.update(QUIET)


def overruled(environment: Mapping[str, str] | None = None) -> list[str]:
    """The switches of our libraries in the environment that `keep_quiet` takes away or turns round."""
    environment = os.environ if environment is None else environment
    ours = QUIET.keys() | {_TEMPORARY}
    loud = {name for name in environment if name.startswith(TAKEN_AWAY) and name not in ours}
    return sorted(loud | {name for name in QUIET if environment.get(name, QUIET[name]) != QUIET[name]})


def keep_uploads_in(folder: Path) -> None:
    """Let Gradio put what readers upload into this folder and nowhere else; call before the page is made."""
    os.environ[_TEMPORARY] = str(folder)


def ensure_home(home: Path) -> Path:
    """Make the data folder, readable by its owner alone, and check that it can be written.

    Raises HomeError with what to do where it cannot.
    """
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        if home.stat().st_mode & 0o077:  # made by somebody else; Windows has its own rights
            home.chmod(0o700)
        probe = home / f".write-check-{os.getpid()}"
        probe.touch()
        probe.unlink()
        if not check_form(home):
            (home / _FORM).touch(mode=0o600)
            (home / _FORM).write_text(f"{HOME_FORM}\n", encoding="utf-8")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise HomeError(
            f"The data folder {home} cannot be written ({reason}). Set {PREFIX}HOME to a folder of yours that can."
        ) from error
    return home


def check_form(home: Path) -> bool:
    """Whether a data folder says that it has a form that this version knows; False where it says nothing.

    Raises HomeError for a form that only a newer version knows: to go on would lose what that one keeps.
    """
    try:
        form = (home / _FORM).read_text(encoding="utf-8").strip()
    except OSError:  # none yet: the data folder of a version that did not say, or a new one
        return False
    except UnicodeDecodeError:
        form = "?"
    if form and not form.isdecimal():
        raise HomeError(f"{home / _FORM} is damaged. Delete that file, and nothing else, and try again.")
    if form and int(form) > HOME_FORM:
        raise HomeError(
            f"The data folder {home} was made by a newer version of Common Ground. Install that version or a "
            f"newer one, or set {PREFIX}HOME to another folder."
        )
    return bool(form)
