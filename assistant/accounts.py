"""Who may sign in: names, slow hashes of passwords, and hashes of tokens, in the data folder."""

import hashlib
import re
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from filelock import FileLock
from pydantic import TypeAdapter

from assistant.errors import AccountError
from assistant.library.folder import replace_file
from assistant.settings import Settings, ensure_home

FEWEST, MOST = 12, 256  # characters of a password; NCSC advises length and no rules beside it
_NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{0,63}")
_WAIT = 5.0
_AT_ONCE = threading.BoundedSemaphore(2)  # each hash takes 64 MB and a core for a tenth of a second
TOKEN = "cg_"  # so that a token is known for what it is where it turns up by mistake


@dataclass(frozen=True, slots=True)
class Account:
    """A name that may sign in; a `token` is for other programs, and an account has it or a password.

    Curators alone may change the library that is shared and read what it did not say.
    """

    name: str
    is_curator: bool = False
    password: str = ""
    token: str = ""


def accounts(settings: Settings) -> tuple[Account, ...]:
    """All accounts, by name. Raises AccountError where the file of them cannot be used."""
    path = _file(settings)
    try:
        return _FORM.validate_json(path.read_bytes())
    except FileNotFoundError:
        return ()
    except (OSError, ValueError) as error:
        raise AccountError(
            f"The accounts in {path} cannot be read ({type(error).__name__}). Restore the file from a backup, "
            "or delete it and add the accounts again."
        ) from error


def add_account(settings: Settings, name: str, password: str, *, is_curator: bool = False) -> None:
    """Let somebody sign in. Raises AccountError for a name that is taken, or a password that is too short."""
    if not FEWEST <= len(password) <= MOST:
        raise AccountError(
            f"A password needs {FEWEST} to {MOST} characters. Three or four random words make a good one."
        )
    if name.lower() in password.lower():
        raise AccountError("The password holds the name. Choose another password.")
    _change(settings, lambda held: _with(held, Account(name, is_curator, password=_hasher().hash(password))))


def add_token(settings: Settings, name: str, *, is_curator: bool = False) -> str:
    """Let another program in; gives the token, which is kept nowhere."""
    token = TOKEN + secrets.token_urlsafe(32)
    _change(settings, lambda held: _with(held, Account(name, is_curator, token=_digest(token))))
    return token


def remove_account(settings: Settings, name: str) -> None:
    """Let a name in no more; who is signed in under it is signed out. Raises AccountError for an unknown name."""

    def without(held: tuple[Account, ...]) -> tuple[Account, ...]:
        left = tuple(one for one in held if one.name != name)
        if len(left) == len(held):
            names = ", ".join(one.name for one in held) or "none yet"
            raise AccountError(f"There is no account '{name}'. The accounts are: {names}.")
        return left

    _change(settings, without)


def by_password(settings: Settings, name: str, password: str) -> Account | None:
    """The account that this name and password belong to; takes as long for a name that is not there."""
    found = next((one for one in accounts(settings) if one.name == name.lower() and one.password), None)
    if len(password) > MOST:
        return None
    with _AT_ONCE:
        try:
            _hasher().verify(found.password if found else _nobody(), password)
        except (VerificationError, InvalidHashError):
            return None
    return found


def by_token(settings: Settings, token: str) -> Account | None:
    """The account that a token belongs to."""
    given = _digest(token)
    return next((one for one in accounts(settings) if secrets.compare_digest(one.token, given)), None)


_FORM = TypeAdapter(tuple[Account, ...])


def _with(held: tuple[Account, ...], account: Account) -> tuple[Account, ...]:
    if not _NAME.fullmatch(account.name):
        raise AccountError(
            f"'{account.name}' cannot be a name. Use small letters, digits and . _ @ - only, at most 64 of them."
        )
    if any(one.name == account.name for one in held):
        raise AccountError(f"There is an account '{account.name}' already. Remove it first: user remove {account.name}")
    return tuple(sorted((*held, account), key=lambda one: one.name))


def _change(settings: Settings, change: Callable[[tuple[Account, ...]], tuple[Account, ...]]) -> None:
    path = _file(settings)
    ensure_home(settings.home)
    try:
        with FileLock(path.with_suffix(".lock"), timeout=_WAIT, mode=0o600):
            replace_file(path, _FORM.dump_json(change(accounts(settings))))
    except OSError as error:
        raise AccountError(f"The accounts in {path} cannot be written ({type(error).__name__}). Try again.") from error


def _file(settings: Settings) -> Path:
    return settings.home / "accounts.json"


def _digest(token: str) -> str:
    """A fast hash will do: a token is 256 random bits, which nobody guesses."""
    return hashlib.sha256(token.encode()).hexdigest()


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()  # Argon2id as RFC 9106 advises where memory is scarce: 64 MiB, 3 passes


@cache
def _nobody() -> str:
    return _hasher().hash(secrets.token_hex())
