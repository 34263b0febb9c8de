import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import NetworkBlockedError
from pydantic import ValidationError

from assistant.errors import HomeError, SettingsError
from assistant.settings import PREFIX, QUIET, Settings, Shelf, ensure_home, keep_quiet, settings


def test_the_settings_are_read_from_the_variables(tmp_path: Path) -> None:
    given = {f"{PREFIX}HOME": str(tmp_path), f"{PREFIX}LIBRARY": "none", f"{PREFIX}EMBEDDINGS": "some-model"}
    assert settings(given) == Settings(home=tmp_path, library=Shelf.NONE, embeddings="some-model")


def test_the_environment_is_read_where_nothing_is_handed_in(home_folder: Path) -> None:
    assert settings().home == home_folder


def test_other_variables_are_not_ours(tmp_path: Path) -> None:
    given = {f"{PREFIX}HOME": str(tmp_path), "EMBEDDINGS": "x", "OTHER_COMMON_GROUND_EMBEDDINGS": "y"}
    assert settings(given).embeddings == ""


def test_an_unknown_name_is_refused_and_the_known_ones_named() -> None:
    with pytest.raises(SettingsError, match=f"{PREFIX}LIBARY is not a setting.*{PREFIX}LIBRARY"):
        settings({f"{PREFIX}LIBARY": "none"})


def test_an_unknown_library_is_refused_and_the_choices_named() -> None:
    with pytest.raises(SettingsError, match=f"{PREFIX}LIBRARY is 'empty'. Set it to 'shipped' or 'none'"):
        settings({f"{PREFIX}LIBRARY": "empty"})


def test_a_model_and_its_address_are_read(tmp_path: Path) -> None:
    given = {
        f"{PREFIX}HOME": str(tmp_path),
        f"{PREFIX}MODEL": "openai:x",
        f"{PREFIX}MODEL_URL": "http://127.0.0.1:1/v1",
    }
    assert (settings(given).model, settings(given).model_url) == ("openai:x", "http://127.0.0.1:1/v1")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({f"{PREFIX}MODEL": "openai:x", f"{PREFIX}MODEL_URL": "127.0.0.1:1"}, "begin with http"),
        ({f"{PREFIX}MODEL_URL": "http://127.0.0.1:1"}, "without COMMON_GROUND_MODEL"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused(given: dict[str, str], says: str) -> None:
    with pytest.raises(SettingsError, match=says):
        settings(given)


@pytest.mark.parametrize(("days", "expected"), [("0", 0), ("1", 1), ("030", 30), ("3650", 3650)])
def test_the_days_that_words_are_kept_are_read(days: str, expected: int) -> None:
    assert settings({f"{PREFIX}KEEP_WORDS": days}).keep_words == expected


def test_no_words_are_kept_unless_said() -> None:
    assert settings({}).keep_words == 0
    assert settings({f"{PREFIX}KEEP_WORDS": ""}).keep_words == 0


@pytest.mark.parametrize(
    "days", ["-1", "3651", "99999999999", "1.0", "1.5", "1e2", "3 weeks", "forever", " 7", "+7", "1_0", "٣", "true"]
)
def test_days_that_are_no_whole_number_from_0_to_3650_are_refused(days: str) -> None:
    with pytest.raises(SettingsError) as refused:
        settings({f"{PREFIX}KEEP_WORDS": days})
    assert f"{PREFIX}KEEP_WORDS is '{days}'. Set it to a whole number of days from 0 to 3650" in str(refused.value)


@pytest.mark.parametrize(("given", "is_on"), [({}, False), ({"COMMON_GROUND_CONVERSATIONS": "1"}, True)])
def test_conversations_are_kept_only_where_that_is_said(given: dict[str, str], is_on: bool) -> None:
    assert settings(given).conversations is is_on


def test_an_empty_value_counts_as_not_given() -> None:
    given = settings({f"{PREFIX}LIBRARY": "", f"{PREFIX}HOME": "", f"{PREFIX}NO_SUCH": ""})
    assert given.library is Shelf.SHIPPED
    assert given.home.name == "common-ground"


def test_the_shipped_library_is_the_default(tmp_path: Path) -> None:
    assert settings({f"{PREFIX}HOME": str(tmp_path)}).library is Shelf.SHIPPED


def test_a_tilde_is_the_readers_own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert settings({f"{PREFIX}HOME": "~/ground"}).home == tmp_path / "ground"


def test_a_relative_home_is_made_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert settings({f"{PREFIX}HOME": "here"}).home == tmp_path / "here"


def test_settings_do_not_change(home: Settings) -> None:
    with pytest.raises(ValidationError):
        home.embeddings = "another"  # type: ignore[misc]


def test_settings_take_no_other_fields(tmp_path: Path) -> None:
    with pytest.raises(ValidationError):
        Settings(home=tmp_path, colour="red")  # type: ignore[call-arg]


def test_there_are_at_most_fifteen_settings() -> None:
    assert len(Settings.model_fields) <= 15


def test_reading_the_settings_makes_no_folder(home_folder: Path) -> None:
    settings()
    assert not home_folder.exists()


def test_keep_quiet_turns_every_telemetry_off(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in QUIET:
        monkeypatch.setenv(name, "loud")
    keep_quiet()
    assert {name: os.environ[name] for name in QUIET} == dict(QUIET)


@pytest.mark.parametrize(
    "name",
    [
        "ANONYMIZED_TELEMETRY",
        "GRADIO_ANALYTICS_ENABLED",
        "HF_HUB_OFFLINE",
        "TRANSFORMERS_OFFLINE",
        "LANGCHAIN_TRACING_V2",
        "LANGSMITH_TRACING",
    ],
)
def test_what_phones_out_is_among_what_is_turned_off(name: str) -> None:
    assert name in QUIET


def test_the_home_is_made_with_its_parents(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    assert ensure_home(folder) == folder
    assert folder.is_dir()


def test_the_home_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    if os.name == "nt":
        pytest.skip("Windows has no such permissions")
    folder = ensure_home(tmp_path / "mine")
    assert folder.stat().st_mode & 0o077 == 0


def test_making_the_home_twice_leaves_nothing_in_it_but_its_form(tmp_path: Path) -> None:
    ensure_home(tmp_path / "home")
    assert [path.name for path in ensure_home(tmp_path / "home").iterdir()] == ["form"]


def test_a_home_of_a_newer_version_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "form").write_text("2\n", encoding="utf-8")
    with pytest.raises(HomeError, match=f"made by a newer version.*or set {PREFIX}HOME"):
        ensure_home(tmp_path)


@pytest.mark.parametrize("form", [b"one", b"\xff\xfe", b"-1"])
def test_a_form_that_is_no_number_is_damaged(tmp_path: Path, form: bytes) -> None:
    (tmp_path / "form").write_bytes(form)
    with pytest.raises(HomeError, match="Delete that file, and nothing else"):
        ensure_home(tmp_path)


def test_a_form_that_a_power_cut_emptied_is_written_again(tmp_path: Path) -> None:
    (tmp_path / "form").touch()
    ensure_home(tmp_path)
    assert (tmp_path / "form").read_text(encoding="utf-8") == "1\n"


def test_a_file_in_the_place_of_the_home_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("not a folder", encoding="utf-8")
    with pytest.raises(HomeError, match=f"cannot be written.*Set {PREFIX}HOME"):
        ensure_home(tmp_path / "home")


def test_a_home_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(HomeError, match="cannot be written"):
        ensure_home(tmp_path / "file" / "home")


def test_a_home_that_may_only_be_read_is_refused(tmp_path: Path) -> None:
    if not hasattr(os, "geteuid") or os.geteuid() == 0:
        pytest.skip("root may write everywhere, and Windows has no such permissions")
    folder = tmp_path / "home"
    folder.mkdir(mode=0o500)
    with pytest.raises(HomeError, match="cannot be written"):
        ensure_home(folder)


def test_importing_the_settings_loads_nothing_heavy() -> None:
    heavy = "{'torch', 'chromadb', 'gradio', 'langchain_core', 'sentence_transformers'}"
    code = f"import sys, assistant, assistant.settings; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_no_test_reaches_beyond_this_machine(attempts: list[object]) -> None:
    with socket.socket() as beyond, pytest.raises(NetworkBlockedError):
        beyond.connect(("192.0.2.1", 80))
    with socket.socket() as beyond, pytest.raises(NetworkBlockedError):
        beyond.connect_ex(("192.0.2.1", 80))
    with socket.socket(type=socket.SOCK_DGRAM) as beyond, pytest.raises(NetworkBlockedError):
        beyond.sendto(b"", ("192.0.2.1", 53))
    assert len(attempts) == 3
    attempts.clear()


def test_a_test_may_talk_to_this_machine(attempts: list[object]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as client:
        client.connect(server.getsockname())
    assert attempts == []
