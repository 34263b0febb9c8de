"""`user`: who may sign in to the page."""

import argparse
import getpass
import sys

from assistant.cli.command import Command
from assistant.errors import AccountError
from assistant.settings import PREFIX, Settings


def _arguments(one: argparse.ArgumentParser) -> None:
    one.add_argument("act", choices=("add", "remove", "list"), help="what to do")
    one.add_argument("name", nargs="?", metavar="NAME", help="the name to sign in with")
    one.add_argument("--curator", action="store_true", help="may add, remove and fetch, and read the gap log")
    one.add_argument("--token", action="store_true", help="give a token for another program, not a password")


def _user(given: argparse.Namespace, settings: Settings) -> int:
    from assistant import accounts

    if given.act == "list":
        for one in accounts.accounts(settings):
            print(f"{one.name}  {'curator' if one.is_curator else 'reader'}{'  token' if one.token else ''}")
        return 0
    if not given.name:
        raise AccountError(f"Say whom: common-ground user {given.act} NAME")
    if given.act == "remove":
        accounts.remove_account(settings, given.name)
        print(f"{given.name} can sign in no more.")
    elif given.token:
        print(accounts.add_token(settings, given.name, is_curator=given.curator))
        print("Keep this token safe: it is shown once, and we keep only its hash.", file=sys.stderr)
    else:
        accounts.add_account(settings, given.name, _password(given.name), is_curator=given.curator)
        print(f"{given.name} can sign in now, as a {'curator' if given.curator else 'reader'}.")
        if not settings.auth:
            print(f"The page asks nobody to sign in until {PREFIX}AUTH is set to 1.", file=sys.stderr)
    return 0


def _password(name: str) -> str:
    """Asked for twice at a terminal; else the first line of what comes in."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass(f"A password for {name}: ")
    if getpass.getpass("The same again: ") != first:
        raise AccountError("The two passwords are not the same. Nothing was changed; try again.")
    return first


USER = Command("user", "say who may sign in to the page", _arguments, _user)
