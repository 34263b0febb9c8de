"""What is switched on in an installation, and what that means for whoever answers for it."""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from assistant.accounts import accounts
from assistant.doctor import Check
from assistant.errors import CommonGroundError
from assistant.settings import PREFIX, QUIET, TAKEN_AWAY, Settings, ensure_home

_LOCAL = {"localhost", "127.0.0.1", "::1"}


def security(settings: Settings) -> list[Check]:
    """What guards an installation; a check is not well where something would be open, or cannot work."""
    steps: tuple[tuple[str, Callable[[Settings], tuple[bool, str]]], ...] = (
        ("data folder", _folder),
        ("sign-in", _sign_in),
        ("the way to the page", _way),
        ("other programs", _programs),
        ("words kept", _words),
        ("conversations", _conversations),
        ("language model", _model),
        ("telemetry and tracing", _quiet),
        ("limits", _limits),
    )
    return list(_each(steps, settings))


def _each(steps: tuple[tuple[str, Callable[[Settings], tuple[bool, str]]], ...], settings: Settings) -> Iterator[Check]:
    for name, step in steps:
        try:
            yield Check(name, *step(settings))
        except CommonGroundError as error:
            yield Check(name, False, str(error))


def _folder(settings: Settings) -> tuple[bool, str]:
    home = ensure_home(settings.home)
    if home.stat().st_mode & 0o077:
        return False, f"{home} can be read by other accounts of this machine. Take that right away: chmod 700 {home}"
    return True, f"{home} is for its owner alone"


def _sign_in(settings: Settings) -> tuple[bool, str]:
    held = accounts(settings)
    curators = sum(one.is_curator for one in held)
    if not settings.auth:
        return True, f"off: whoever sits at this machine may do everything, and nobody else can ({PREFIX}AUTH)"
    if not curators:
        return False, "on, and there is no curator to look after the library: common-ground user add NAME --curator"
    return True, f"on: {len(held)} accounts, {curators} of them curators, who alone may change the library"


def _way(settings: Settings) -> tuple[bool, str]:
    if settings.proxy and not settings.auth:
        return False, f"{PREFIX}PROXY lets others in, and nobody would have to sign in. Set {PREFIX}AUTH to 1"
    if settings.proxy:
        return True, f"through the proxy {settings.proxy}: what goes round it is refused"
    if settings.tls:
        return True, f"by https, with the certificate {settings.tls}"
    return True, "from this machine alone: any other address is refused at the start"


def _programs(settings: Settings) -> tuple[bool, str]:
    if not settings.api:
        return True, f"closed ({PREFIX}API)"
    who = "with a token (common-ground user add NAME --token)" if settings.auth else "on this machine, without a token"
    return True, f"open to programs {who}"


def _words(settings: Settings) -> tuple[bool, str]:
    if not settings.keep_words:
        return True, f"none: questions and feedback are counted, not kept ({PREFIX}KEEP_WORDS)"
    return True, f"questions and feedback are kept in words for {settings.keep_words} days. Tell your readers"


def _conversations(settings: Settings) -> tuple[bool, str]:
    if not getattr(settings, "conversations", False):
        return True, f"none is kept, in the browser or here ({PREFIX}CONVERSATIONS)"
    return True, "a list of them is kept. Think of computers that are shared"


def _model(settings: Settings) -> tuple[bool, str]:
    if not settings.model:
        return True, "none: no question leaves this machine"
    host = urlsplit(settings.model_url).hostname or ("" if settings.model.startswith("ollama:") else settings.model)
    if host in ("", *_LOCAL):
        return True, f"{settings.model} on this machine"
    return True, f"questions, without personal details, and the sentences found LEAVE THIS MACHINE, to {host}"


def _quiet(settings: Settings) -> tuple[bool, str]:
    return True, (
        f"off, whatever the environment says: {len(QUIET)} switches are set, and all others that begin with "
        f"{', '.join(TAKEN_AWAY)} are taken away"
    )


def _limits(settings: Settings) -> tuple[bool, str]:
    return True, "15 questions a minute for each reader, 50 waiting, 20 MB a file; 5 tries to sign in within 5 minutes"
