"""What every test stands on: no network, no settings from outside, a data folder of its own."""

import json
import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from fakes import WordEmbeddings
from filelock import FileLock

from assistant.settings import PREFIX, Settings, keep_quiet

keep_quiet()  # before any library that phones out is imported

# The same examples on every machine, and none judged by the clock of a busy one.
hypothesis.settings.register_profile("ground", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("ground")

ROOT = Path(__file__).parent.parent
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}
_REACHING = ("connect", "connect_ex", "sendto")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that uses the shipped index is slow, and the first of them waits minutes while it is made."""
    for item in items:
        if "shipped" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.timeout(1200))


class NetworkBlockedError(Exception):
    """A test tried to reach beyond this machine."""


@pytest.fixture(autouse=True)
def attempts(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    """Block sockets beyond loopback, and fail a test that tries, even where the code swallows the error."""
    tried: list[object] = []

    def guarded(name: str) -> object:
        through = getattr(socket.socket, name)

        def reach(self: socket.socket, *arguments: object) -> object:
            address = arguments[-1]
            if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in _LOOPBACK:  # type: ignore[index]
                tried.append(address)
                raise NetworkBlockedError(f"no test may reach {address}")
            return through(self, *arguments)

        return reach

    for name in _REACHING:
        monkeypatch.setattr(socket.socket, name, guarded(name))
    yield tried
    assert not tried, f"the network was tried: {tried}"


@pytest.fixture(autouse=True)
def home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary data folder in the environment, and no other setting of ours."""
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)
    folder = tmp_path / "home"
    monkeypatch.setenv(f"{PREFIX}HOME", str(folder))
    return folder


@pytest.fixture
def home(home_folder: Path) -> Settings:
    """Settings on a temporary data folder, all else as it comes."""
    return Settings(home=home_folder)


@pytest.fixture
def words(monkeypatch: pytest.MonkeyPatch) -> WordEmbeddings:
    """Stand hashed words in for the embedding model; gives the fake, which tells what it embedded."""
    from assistant.search import embed

    fake = WordEmbeddings()
    identity = embed.ModelIdentity("hashed-words", "0" * 64)
    monkeypatch.setattr(embed, "embeddings", lambda settings: fake)
    monkeypatch.setattr(embed, "identity", lambda settings: identity)
    # What tells a worry was fitted on the model that ships, and says nothing of hashed words.
    monkeypatch.setattr("assistant.answer.pipeline.worry", lambda text, settings: None)
    return fake


@pytest.fixture
def knowledge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small shipped library of its own in place of the real one: two digests, a few situations."""
    folder = tmp_path / "knowledge"
    (folder / "articles").mkdir(parents=True)
    for id_, digest in DIGESTS.items():
        (folder / "articles" / f"{id_}.md").write_text(digest, encoding="utf-8")
    for name, lines in (("situations", SITUATIONS), ("outside", OUTSIDE)):
        text = "".join(json.dumps(line) + "\n" for line in lines)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    monkeypatch.setattr("assistant.library.holdings.shipped", lambda name: folder)
    monkeypatch.setattr("assistant.library.situations.shipped", lambda name: folder)
    return folder


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Settings:
    """Settings whose index over the shipped library was made with the real model, once. Slow tests only.

    It begins from the index of the last run, of which a sync takes the vectors of what has not changed.
    """
    from assistant.library.holdings import open_library
    from assistant.search.store import folder, sync

    settings = Settings(home=tmp_path_factory.mktemp("shipped"))
    last = pytestconfig.cache.mkdir("shipped")
    with FileLock(last / "lock"):
        if (last / "index").exists():
            shutil.copytree(last / "index", folder(settings))
        sync(settings, open_library(settings))
        shutil.rmtree(last / "index", ignore_errors=True)
        shutil.copytree(folder(settings), last / "index")
    return settings


@pytest.fixture
def articles() -> Path:
    """The folder of the five original articles, which is beside the checkout where it is at all."""
    folder = ROOT.parent / "shared" / "articles"
    if not folder.is_dir():
        pytest.skip("the original articles are not beside the checkout: they are their publishers'")
    return folder


def digest(id_: str, title: str, body: str, **fields: str) -> str:
    """The text of a digest with the fewest fields; more, or others, by name."""
    given = {"id": id_, "title": title, "kind": "article", "nations": "[england]", "text": "digest"} | fields
    front = "".join(f"{name}: {value}\n" for name, value in given.items())
    return f"---\n{front}---\n\n{body}"


DIGESTS = {
    "joint-teams": digest(
        "joint-teams",
        "Joint teams",
        """## Shared desks {#desks}
pitfalls: culture-clash

- point: Sitting at one desk does not make one team.
- do: Agree one duty rota for nurses and social workers. (s. 3(2))

## Pooled money {#money}
pitfalls: money-and-risk

- point: A pooled budget needs a rule for overspends.
- ask: Who pays when the pooled budget runs out?

## Common records {#records}

- sign: Staff write the same visit down in two systems.
- duty: Partners have to share records where care depends on them.
""",
    ),
    "scottish-review": digest(
        "scottish-review",
        "A review of boards",
        """## What boards decide {#boards}

- fact: Integration boards in Scotland set the strategy for delegated services.
- figure: The review counted 31 boards.
""",
        kind="review",
        nations="[scotland]",
        published="2019-02",
    ),
}
SITUATIONS = (
    {"id": "s-1", "text": "whose kettle is it anyway, lol", "sections": ["joint-teams#money"]},
    {"id": "s-2", "text": "I type every visit twice, once for each computer", "sections": ["joint-teams#records"]},
)
OUTSIDE = ({"id": "o-1", "text": "When does the swimming pool open on Sunday?", "kind": "far"},)
