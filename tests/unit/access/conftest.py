"""A small page of its own behind the layers, and who may ask it."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from small_page import small_page
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from assistant import accounts
from assistant.settings import Settings, keep_uploads_in
from ui.access.door import Door
from ui.access.events import Limits
from ui.server import application
from ui.uploads import emptied

PASSWORD = "four quiet otters swim"
HERE = "http://127.0.0.1:7860"


_GIVEN: dict[str, Any] = {"base_url": HERE, "follow_redirects": False, "raise_server_exceptions": False}

Client = Callable[..., TestClient]


def _small_app(settings: Settings, door: Door, limits: Limits) -> ASGIApp:
    files = emptied(settings.home / "uploads")
    keep_uploads_in(files)

    async def whole() -> ASGIApp:  # in a loop, or Gradio would leave one of its own open
        return application(small_page(), settings, door, files, limits)

    return asyncio.run(whole())


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of the small page without sign-in, for tests that change nothing."""
    app = _small_app(Settings(home=tmp_path_factory.mktemp("visited")), Door("127.0.0.1", 7860), Limits())
    with TestClient(app, **_GIVEN) as made:
        yield made


@pytest.fixture
def client(home: Settings, tmp_path: Path) -> Iterator[Client]:
    """A client of the small page; `door` and `settings` by keyword."""
    with ExitStack() as stack:

        def made(
            *, door: Door | None = None, settings: Settings | None = None, limits: Limits | None = None, **options: Any
        ) -> TestClient:
            app = _small_app(settings or home, door or Door("127.0.0.1", 7860), limits or Limits())
            return stack.enter_context(TestClient(app, **(_GIVEN | options)))

        yield made


@pytest.fixture
def guarded(home: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings with sign-in, a reader and a curator, whose passwords are hashed quickly."""
    quick = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(accounts, "_hasher", lambda: quick)
    settings = replace_settings(home, auth=True)
    accounts.add_account(settings, "rae", PASSWORD)
    accounts.add_account(settings, "cora", PASSWORD, is_curator=True)
    return settings


@pytest.fixture
def signed(client: Client, guarded: Settings) -> TestClient:
    """A client of the page with sign-in, signed in as rae."""
    made = client(door=replace(Door("127.0.0.1", 7860), has_login=True), settings=guarded)
    assert sign_in(made).status_code == 303
    return made


def sign_in(client: TestClient, name: str = "rae", password: str = PASSWORD, **options: Any) -> Any:
    return client.post("/sign-in", data={"name": name, "password": password}, **options)


def replace_settings(settings: Settings, **fields: Any) -> Settings:
    return settings.model_copy(update=fields)
