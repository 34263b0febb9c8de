"""Where the page may be served, decided before it starts: to this machine alone, unless it is guarded."""

import ipaddress
import ssl
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from assistant.accounts import accounts
from assistant.errors import SettingsError
from assistant.settings import PREFIX, Settings

_THIS_MACHINE = ("127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Door:
    """An address to listen on, and what guards it.

    `public` is the origin that readers type where a proxy stands before the page, and `proxies` the
    addresses that it may come from.
    """

    host: str
    port: int
    has_login: bool = False
    tls: Path | None = None
    public: str = ""
    proxies: tuple[str, ...] = ()

    @property
    def is_secure(self) -> bool:
        """Whether readers come by https."""
        return bool(self.tls) or self.public.startswith("https://")

    @property
    def address(self) -> str:
        """What readers type."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        scheme = "https" if self.tls else "http"
        return f"{self.public or f'{scheme}://{host}:{self.port}'}/"


def door(settings: Settings, host: str, port: int) -> Door:
    """The address to listen on, and what guards it.

    Raises SettingsError for an address that others reach where nothing guards it: the page has to
    ask them to sign in, and what they type must not be read on the way.
    """
    if not 0 < port < 65536:
        raise SettingsError(f"{port} is not a port. Use a number from 1024 to 65535.")
    public, proxies = _proxy(settings.proxy) if settings.proxy else ("", ())
    if not settings.auth and public:
        raise SettingsError(
            f"{PREFIX}PROXY lets others in, and nobody would be asked to sign in. Set {PREFIX}AUTH to 1, too."
        )
    if not is_loopback(host) and not (settings.auth and (settings.tls or public)):
        raise SettingsError(
            f"At {host}, others could reach the page. Use --host 127.0.0.1, or set {PREFIX}AUTH to 1 and, beside "
            f"it, {PREFIX}TLS (a certificate) or {PREFIX}PROXY (a proxy that has one)."
        )
    if settings.tls:
        _check_certificate(settings.tls)
    if settings.auth and not accounts(settings):
        raise SettingsError("Nobody could sign in yet. Add an account first: common-ground user add NAME --curator")
    return Door(host, port, settings.auth, settings.tls, public, proxies)


def is_loopback(host: str) -> bool:
    """Whether an address is reached from this machine alone."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _proxy(given: str) -> tuple[str, tuple[str, ...]]:
    public, *addresses = given.split()
    parts = urlsplit(public)
    if parts.scheme != "https" or not parts.hostname or parts.path.strip("/") or parts.query or parts.username:
        raise SettingsError(
            f"{PREFIX}PROXY is '{given}'. Begin with the address that readers type, such as "
            "https://advice.example.org, and add the proxy's own address where it is on another machine."
        )
    try:
        peers = tuple(str(ipaddress.ip_address(one)) for one in addresses)
    except ValueError as error:
        raise SettingsError(f"{PREFIX}PROXY: {error}. Give the proxy's own address, such as 10.0.0.5.") from error
    return f"https://{parts.netloc.lower()}", peers or _THIS_MACHINE


def _check_certificate(path: Path) -> None:
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(path, password=lambda: b"")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, FileNotFoundError) else type(error).__name__
        raise SettingsError(
            f"{PREFIX}TLS: {path} cannot be used ({reason}). "
            "Name a PEM file that holds the certificate and its key, without a passphrase."
        ) from error
