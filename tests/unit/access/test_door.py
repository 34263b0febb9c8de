"""C1: where the page may be served, in every combination of what guards it."""

import itertools
import subprocess
from pathlib import Path

import pytest

from assistant import accounts
from assistant.errors import SettingsError
from assistant.settings import PREFIX, Settings
from ui.__main__ import main
from ui.access.door import door, is_loopback

PUBLIC = "https://advice.example.org"
MATRIX = list(itertools.product(("127.0.0.1", "0.0.0.0"), (False, True), (False, True), (False, True)))


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("certificate")
    key, made = folder / "key.pem", folder / "both.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=advice.example.org"]
    done = subprocess.run([*command, "-keyout", key, "-out", made], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("openssl is not here to make a certificate")
    made.write_bytes(made.read_bytes() + key.read_bytes())
    return made


def may_start(host: str, *, auth: bool, tls: bool, proxy: bool) -> bool:
    if host == "127.0.0.1":
        return auth or not proxy
    return auth and (tls or proxy)


@pytest.mark.parametrize(("host", "auth", "tls", "proxy"), MATRIX)
def test_C1_only_this_machine_unless_there_is_a_login_and_a_certificate_or_a_proxy(
    home: Settings, certificate: Path, host: str, auth: bool, tls: bool, proxy: bool
) -> None:
    fields = {"auth": auth, "tls": certificate if tls else None, "proxy": PUBLIC if proxy else ""}
    settings = home.model_copy(update=fields)
    accounts.add_account(settings, "rae", "four quiet otters swim")
    if may_start(host, auth=auth, tls=tls, proxy=proxy):
        assert door(settings, host, 7860).host == host
    else:
        with pytest.raises(SettingsError, match=f"{PREFIX}AUTH to 1"):
            door(settings, host, 7860)


def test_C1_the_matrix_has_sixteen_rows_of_which_nine_start() -> None:
    assert len(MATRIX) == 16
    assert sum(may_start(host, auth=auth, tls=tls, proxy=proxy) for host, auth, tls, proxy in MATRIX) == 9


@pytest.mark.parametrize("host", ["192.0.2.7", "::", "0", "example.org", "127.0.0.1.example.org", "", "localhost."])
def test_C1_serve_refuses_an_address_that_others_reach(host: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--host", host]) == 1
    assert "others could reach the page" in capsys.readouterr().err


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.9.1", "::1"])
def test_these_are_this_machine_alone(host: str) -> None:
    assert is_loopback(host)


def test_sign_in_without_an_account_is_refused_with_what_to_do(home: Settings) -> None:
    with pytest.raises(SettingsError, match="user add NAME --curator"):
        door(home.model_copy(update={"auth": True}), "127.0.0.1", 7860)


@pytest.mark.parametrize(
    "proxy",
    ["http://advice.example.org", "advice.example.org", "https://advice.example.org/path", "https://", f"{PUBLIC} x"],
)
def test_a_proxy_that_cannot_be_meant_is_refused(home: Settings, proxy: str) -> None:
    with pytest.raises(SettingsError, match=f"{PREFIX}PROXY"):
        door(home.model_copy(update={"auth": True, "proxy": proxy}), "127.0.0.1", 7860)


def test_a_proxy_on_this_machine_needs_no_address_of_its_own(home: Settings) -> None:
    accounts.add_account(home, "rae", "four quiet otters swim")
    made = door(home.model_copy(update={"auth": True, "proxy": PUBLIC}), "127.0.0.1", 7860)
    assert (made.public, made.proxies, made.is_secure) == (PUBLIC, ("127.0.0.1", "::1"), True)


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_a_certificate_that_cannot_be_used_is_refused(home: Settings, tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "site.pem"
    if content:
        path.write_text(content)
    with pytest.raises(SettingsError, match=f"{PREFIX}TLS.*cannot be used"):
        door(home.model_copy(update={"tls": path}), "127.0.0.1", 7860)


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_a_number_that_is_no_port_is_refused(home: Settings, port: int) -> None:
    with pytest.raises(SettingsError, match="is not a port"):
        door(home, "127.0.0.1", port)
