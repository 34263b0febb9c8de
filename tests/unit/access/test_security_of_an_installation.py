"""`doctor --security`, dangerous switches (C11), and telemetry (D2)."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from assistant import accounts
from assistant.security import security
from assistant.settings import PREFIX, QUIET, Settings, keep_quiet, overruled
from ui.__main__ import main

ROOT = Path(__file__).parent.parent.parent.parent
DANGEROUS = {
    "GRADIO_SHARE": "True",
    "GRADIO_SHARE_SERVER_ADDRESS": "evil.example:7000",
    "GRADIO_MCP_SERVER": "True",
    "GRADIO_VIBE_MODE": "1",
    "GRADIO_ALLOWED_PATHS": "/",
    "GRADIO_SERVER_NAME": "0.0.0.0",
    "GRADIO_ROOT_PATH": "https://evil.example",
    "GRADIO_DEBUG": "1",
    "GRADIO_HOT_RELOAD": "true",
    "GRADIO_WATCH_DIRS": "/",
    "GRADIO_RUN_HISTORY": "True",
    "GRADIO_HISTORY_BUCKET": "evil/bucket",
    "GRADIO_PROFILING": "1",
    "GRADIO_SSR_MODE": "True",
    "GRADIO_LOCAL_DEV_MODE": "1",
    "GRADIO_ANALYTICS_ENABLED": "True",
    "SPACE_ID": "evil/space",
    "OAUTH_CLIENT_ID": "x",
    "FORWARDED_ALLOW_IPS": "*",
    "CHROMA_SERVER_HOST": "evil.example",
    "CHROMA_OTEL_COLLECTION_ENDPOINT": "http://evil.example",
    "ANONYMIZED_TELEMETRY": "True",
    "HF_HUB_OFFLINE": "0",
    "TRANSFORMERS_OFFLINE": "0",
    "HF_HUB_DISABLE_TELEMETRY": "0",
    "LANGSMITH_TRACING": "true",
    "LANGCHAIN_TRACING_V2": "true",
    "LANGSMITH_ENDPOINT": "http://evil.example",
    "LANGSMITH_API_KEY": "x",
    "OTEL_EXPORTER_OTLP_ENDPOINT": "http://evil.example",
    "OTEL_SDK_DISABLED": "false",
}


@pytest.fixture
def hostile(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in DANGEROUS.items():
        monkeypatch.setenv(name, value)


@pytest.mark.usefixtures("hostile")
def test_C11_D2_every_dangerous_switch_is_taken_away_or_turned_round() -> None:
    assert set(DANGEROUS) <= set(overruled())
    keep_quiet()
    assert {name: os.environ.get(name) for name in DANGEROUS} == {name: QUIET.get(name) for name in DANGEROUS}
    assert overruled() == []


def test_D2_the_switches_are_off_before_the_libraries_are_loaded() -> None:
    code = (
        "from ui.__main__ import main; main(['doctor', '--security', '--json']);"
        "import gradio, gradio.analytics, langsmith.utils, huggingface_hub.constants as hub;"
        "assert not gradio.analytics.analytics_enabled();"
        "assert not langsmith.utils.tracing_is_enabled();"
        "assert hub.HF_HUB_OFFLINE and hub.HF_HUB_DISABLE_TELEMETRY"
    )
    environment = os.environ | DANGEROUS
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr


@pytest.mark.usefixtures("hostile")
def test_C11_serve_says_which_switches_it_does_not_heed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("ui.__main__._check_port", lambda host, port: None)
    monkeypatch.setattr("assistant.answer.pipeline.Assistant.opened", _stop)
    main(["serve"])
    assert "not heeded: ANONYMIZED_TELEMETRY" in capsys.readouterr().err


def _stop(self: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("name", ["AUTH", "API"])
@pytest.mark.parametrize(("value", "expected"), [("1", True), ("on", True), ("0", False), ("No", False), ("", False)])
def test_a_switch_is_on_or_off(monkeypatch: pytest.MonkeyPatch, name: str, value: str, expected: bool) -> None:
    from assistant.settings import settings

    assert getattr(settings({f"{PREFIX}{name}": value}), name.lower()) is expected


def test_C11_no_code_of_ours_runs_what_it_loads() -> None:
    bad = re.compile(
        r"trust_remote_code=True|pickle\.loads?\(|torch\.load\(|(?<![\w.])eval\(|(?<![\w.])exec\(|\.Server\(Settings"
    )
    found = [
        path for folder in ("assistant", "ui") for path in (ROOT / folder).rglob("*.py") if bad.search(path.read_text())
    ]
    assert found == []


def test_all_is_well_where_nothing_is_switched_on(home: Settings) -> None:
    found = {one.check: one for one in security(home)}
    assert all(one.is_well for one in found.values())
    assert "no question leaves this machine" in found["language model"].detail
    assert found["sign-in"].detail.startswith("off")


def test_sign_in_without_a_curator_is_a_problem(home: Settings) -> None:
    accounts.add_account(home, "rae", "four quiet otters swim")
    found = {one.check: one for one in security(home.model_copy(update={"auth": True}))}
    assert not found["sign-in"].is_well
    accounts.add_account(home, "cora", "four quiet otters swim", is_curator=True)
    found = {one.check: one for one in security(home.model_copy(update={"auth": True}))}
    assert found["sign-in"].detail.startswith("on: 2 accounts, 1 of them curators")


@pytest.mark.parametrize(
    ("fields", "check", "says"),
    [
        ({"model": "openai:x"}, "language model", "LEAVE THIS MACHINE, to openai:x"),
        ({"model": "openai:x", "model_url": "http://127.0.0.1:1/v1"}, "language model", "on this machine"),
        ({"model": "openai:x", "model_url": "https://m.example/v1"}, "language model", "to m.example"),
        ({"keep_words": 30}, "words kept", "for 30 days"),
        ({"api": True}, "other programs", "open"),
        ({"proxy": "https://a.example"}, "the way to the page", "nobody would have to sign in"),
    ],
)
def test_what_is_switched_on_is_told(home: Settings, fields: dict[str, object], check: str, says: str) -> None:
    found = {one.check: one for one in security(home.model_copy(update=fields))}
    assert says in found[check].detail


def test_the_command_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--security", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["well"] is True
    assert "sign-in" in [one["check"] for one in told["checks"]]


def test_C13_a_secret_of_the_environment_stands_in_nothing_that_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "planted-secret")
    monkeypatch.setenv("LANGSMITH_API_KEY", "planted-secret")
    for command in (["doctor", "--security"], ["doctor", "--security", "--json"], ["user", "list"]):
        main(command)
    said = capsys.readouterr()
    assert "planted-secret" not in said.out + said.err
