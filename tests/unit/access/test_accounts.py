"""Accounts: how they are kept, and the command that changes them."""

import io
import json
import os

import pytest

from assistant import accounts
from assistant.errors import AccountError
from assistant.settings import Settings
from ui.__main__ import main

PASSWORD = "four quiet otters swim"


def test_a_password_is_known_again_and_kept_as_a_slow_hash_alone(home: Settings) -> None:
    accounts.add_account(home, "rae", PASSWORD)
    found = accounts.by_password(home, "rae", PASSWORD)
    assert found is not None
    assert found.password.startswith("$argon2id$v=19$m=65536,t=3,")
    assert PASSWORD not in (home.home / "accounts.json").read_text()


def test_D11_the_accounts_and_the_data_folder_are_their_owners_alone(home: Settings) -> None:
    if os.name == "nt":
        pytest.skip("Windows has no such permissions")
    accounts.add_account(home, "rae", PASSWORD)
    modes = {path.name: path.stat().st_mode & 0o077 for path in (home.home, *home.home.rglob("*"))}
    assert {name: mode for name, mode in modes.items() if mode} == {}


@pytest.mark.parametrize("password", ["", PASSWORD + " ", PASSWORD.upper(), "x" * 300])
def test_another_password_is_not_known(home: Settings, password: str) -> None:
    accounts.add_account(home, "rae", PASSWORD)
    assert accounts.by_password(home, "rae", password) is None


def test_an_unknown_name_costs_a_hash_too(home: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    verified = []
    monkeypatch.setattr(accounts.PasswordHasher, "verify", lambda self, kept, given: verified.append(kept))
    accounts.by_password(home, "nobody", PASSWORD)
    assert len(verified) == 1


def test_an_unknown_name_is_let_in_by_no_password(home: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accounts.PasswordHasher, "verify", lambda self, kept, given: True)
    assert accounts.by_password(home, "nobody", PASSWORD) is None


@pytest.mark.parametrize("name", ["", "Rae", "rae smith", "../rae", "a" * 65, ".rae", "ræ", "rae\n", "<b>"])
def test_a_name_that_cannot_be_one_is_refused(home: Settings, name: str) -> None:
    with pytest.raises(AccountError):
        accounts.add_account(home, name, PASSWORD)
    assert accounts.accounts(home) == ()


@pytest.mark.parametrize("password", ["", "short", "eleven char", "x" * 257, "my-name-is-rae"])
def test_a_password_that_is_easily_guessed_is_refused(home: Settings, password: str) -> None:
    with pytest.raises(AccountError):
        accounts.add_account(home, "rae", password)


def test_a_name_that_is_taken_is_refused_and_stays_as_it_is(home: Settings) -> None:
    accounts.add_account(home, "rae", PASSWORD)
    with pytest.raises(AccountError, match="already"):
        accounts.add_account(home, "rae", PASSWORD + "!", is_curator=True)
    assert accounts.by_password(home, "rae", PASSWORD) == accounts.accounts(home)[0]


def test_a_removed_account_is_gone_and_the_others_stay(home: Settings) -> None:
    for name in ("rae", "cora"):
        accounts.add_account(home, name, PASSWORD)
    accounts.remove_account(home, "rae")
    assert [one.name for one in accounts.accounts(home)] == ["cora"]
    with pytest.raises(AccountError, match=r"no account 'rae'\. The accounts are: cora"):
        accounts.remove_account(home, "rae")


@pytest.mark.parametrize("content", ["", "{", "[{}]", '[{"name": 1}]', "null"])
def test_damaged_accounts_let_nobody_in_and_say_so(home: Settings, content: str) -> None:
    home.home.mkdir(parents=True)
    (home.home / "accounts.json").write_text(content)
    with pytest.raises(AccountError, match=r"accounts\.json cannot be read"):
        accounts.by_password(home, "rae", PASSWORD)


def test_a_token_is_known_again_and_kept_as_a_hash_alone(home: Settings) -> None:
    token = accounts.add_token(home, "app", is_curator=True)
    assert token.startswith("cg_")
    assert len(token) >= 46
    assert accounts.by_token(home, token) == accounts.accounts(home)[0]
    assert token not in (home.home / "accounts.json").read_text()


@pytest.mark.parametrize("token", ["", "cg_", "0" * 64])
def test_no_other_token_is_known_nor_none_where_an_account_has_a_password(home: Settings, token: str) -> None:
    accounts.add_token(home, "app")
    accounts.add_account(home, "rae", PASSWORD)
    assert accounts.by_token(home, token) is None


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str, typed: str = "") -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    return main(["user", *arguments])


def test_the_command_adds_lists_and_removes(
    home: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "add", "rae", typed=f"{PASSWORD}\n") == 0
    assert run(monkeypatch, "add", "cora", "--curator", typed=PASSWORD) == 0
    assert accounts.by_password(home, "rae", PASSWORD) is not None
    capsys.readouterr()
    assert run(monkeypatch, "list") == 0
    assert capsys.readouterr().out == "cora  curator\nrae  reader\n"
    assert run(monkeypatch, "remove", "rae") == 0
    assert [one.name for one in accounts.accounts(home)] == ["cora"]


def test_C13_the_command_says_a_token_once_and_never_a_password(
    home: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, "add", "rae", typed=PASSWORD)
    said = capsys.readouterr()
    assert PASSWORD not in said.out + said.err
    run(monkeypatch, "add", "app", "--token")
    token = capsys.readouterr().out.strip()
    assert accounts.by_token(home, token) is not None
    run(monkeypatch, "list")
    said = capsys.readouterr()
    assert token not in said.out + said.err


def test_at_a_terminal_the_password_is_asked_for_twice(
    home: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = iter([PASSWORD, PASSWORD + "!", PASSWORD, PASSWORD])
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(answers))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    assert main(["user", "add", "rae"]) == 1
    assert "not the same" in capsys.readouterr().err
    assert main(["user", "add", "rae"]) == 0


@pytest.mark.parametrize("arguments", [["add"], ["remove"], ["remove", "nobody"], ["add", "Not A Name"]])
def test_what_cannot_be_done_is_a_message(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert run(monkeypatch, *arguments, typed=PASSWORD) == 1
    assert capsys.readouterr().err.startswith("common-ground: ")


def test_the_file_holds_what_it_says_and_nothing_else(home: Settings) -> None:
    accounts.add_account(home, "rae", PASSWORD)
    (kept,) = json.loads((home.home / "accounts.json").read_text())
    assert set(kept) == {"name", "is_curator", "password", "token"}
