"""Who is signed in: random ids whose hashes are kept in memory, until they go idle or grow old."""

import hashlib
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.accounts import Account

IDLE = 30 * 60.0
WHOLE = 12 * 3600.0
_MOST = 2_000


@dataclass(frozen=True, slots=True)
class _Session:
    account: Account
    began: float
    seen: float


class Sessions:
    """The sessions of one server; a restart ends them all.

    `find` gives the account that has a name now, so that who is removed, or given another password
    or another right, is signed out.
    """

    def __init__(self, find: Callable[[str], Account | None], clock: Callable[[], float] = time.monotonic) -> None:
        self._find, self._clock = find, clock
        self._held: OrderedDict[str, _Session] = OrderedDict()

    def begin(self, account: Account) -> str:
        """Sign somebody in; gives the id, which only their browser keeps."""
        id_ = secrets.token_urlsafe(32)
        now = self._clock()
        self._held[_digest(id_)] = _Session(account, now, now)
        if len(self._held) > _MOST:
            self._held.popitem(last=False)
        return id_

    def account(self, id_: str) -> Account | None:
        """Whose session an id is, where it has not ended."""
        key = _digest(id_)
        held = self._held.get(key)
        if held is None:
            return None
        now = self._clock()
        is_old = now - held.seen >= IDLE or now - held.began >= WHOLE
        if is_old or self._find(held.account.name) != held.account:
            del self._held[key]
            return None
        self._held[key] = replace(held, seen=now)
        return held.account

    def end(self, id_: str) -> None:
        """Sign somebody out."""
        self._held.pop(_digest(id_), None)


def _digest(id_: str) -> str:
    return hashlib.sha256(id_.encode("utf-8", "replace")).hexdigest()
