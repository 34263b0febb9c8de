"""A10: what was backed up comes back as it was, and what is no sound back-up changes nothing."""

import hashlib
import importlib
import json
import os
import shutil
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from fakes import WordEmbeddings

from assistant.backup import back_up, losses, restore
from assistant.errors import BackupError, CommonGroundError
from assistant.library import folder
from assistant.library.holdings import add, open_library, remove
from assistant.search import generation, store
from assistant.settings import Settings
from faults.conftest import PARAGRAPHS, finds, held, keep, live, process, size, write

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3600)]


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the data folder that the tests begin from is kept once it has been made."""
    return tmp_path_factory.mktemp("first") / "home"


@pytest.fixture
def kept(bare: Settings, first: Path, tmp_path: Path) -> Settings:
    """A library of two documents with its index, and a gap log."""
    if not first.exists():
        keep(bare, tmp_path / "papers", "one", "two")
        (bare.home / "gaps").mkdir()
        (bare.home / "gaps" / "counts.json").write_text("{}", encoding="utf-8")
        (bare.home / "gaps" / "words.json").write_text("[]", encoding="utf-8")
        shutil.copytree(bare.home, first)
    else:
        shutil.copytree(first, bare.home)
    return bare


@pytest.fixture
def other(bare: Settings, tmp_path: Path) -> Settings:
    """A data folder in which there is nothing yet."""
    return Settings(home=tmp_path / "other", library=bare.library)


@pytest.fixture
def archive(kept: Settings, tmp_path: Path) -> Path:
    back_up(kept, tmp_path / "backup.zip")
    return tmp_path / "backup.zip"


def hashes(settings: Settings) -> dict[str, str]:
    """The hash of each file of the library."""
    files = sorted((settings.home / "library").iterdir())
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_A10_what_was_backed_up_comes_back_with_equal_hashes(
    kept: Settings,
    other: Settings,
    words: WordEmbeddings,
    tmp_path: Path,
    figure: Callable[[str, str], None],
) -> None:
    number = size(60, 10_000)
    text = "\n\n".join(f"Part {n}\n\nThe part {n} says p{n} and q{n} about r{n}." for n in range(number))
    add(kept, write(tmp_path / "papers", "large", text))
    store.sync(kept, open_library(kept))
    began = time.perf_counter()
    contents = back_up(kept, tmp_path / "backup.zip")
    written = time.perf_counter() - began
    words.texts.clear()
    began = time.perf_counter()
    assert restore(other, tmp_path / "backup.zip") == contents
    store.sync(other, open_library(other))
    index = store.open_index(other)
    took = time.perf_counter() - began
    assert hashes(other) == hashes(kept)
    assert held(index) == held(store.open_index(kept))
    assert words.texts == []
    assert finds(index, words, "one")
    figure("A10", f"{number + 2:,} passages: backed up in {written:.1f} s, restored in {took:.1f} s, hashes equal")


def test_A10_a_back_up_made_while_documents_are_added_holds_each_whole(
    kept: Settings,
    other: Settings,
    words: WordEmbeddings,
    knowledge: Path,
    tmp_path: Path,
    figure: Callable[[str, str], None],
) -> None:
    ids, noted, made = [f"d{n}" for n in range(size(6, 60))], tmp_path / "noted", 0
    noted.touch()
    for id_ in ids:
        write(tmp_path / "papers", id_)
    with process(kept, knowledge, "add", str(tmp_path / "papers"), str(noted), *ids) as one:
        while one.poll() is None:
            before = noted.read_text(encoding="utf-8").split()
            back_up(kept, tmp_path / "backup.zip")
            restore(other, tmp_path / "backup.zip")
            library = open_library(other)
            assert {"one", "two", *before} <= set(library.holdings)
            assert {one.headed.text.count("says") for one in library} == {PARAGRAPHS}
            made += 1
    store.sync(other, open_library(other))
    assert held(store.open_index(other)) == dict.fromkeys(library.holdings, PARAGRAPHS)
    figure("A10", f"{made} back-ups while {len(ids)} documents were added: each document whole, each restored")


def test_A10_a_back_up_holds_no_questions_no_accounts_and_is_its_owners(archive: Path, kept: Settings) -> None:
    with zipfile.ZipFile(archive) as opened:
        names = opened.namelist()
    assert "gaps/counts.json" in names
    assert not [name for name in names if "words" in name or "account" in name]
    if os.name == "posix":
        assert archive.stat().st_mode & 0o777 == 0o600


def test_A10_what_restoring_would_take_away_is_told_before(kept: Settings, archive: Path, tmp_path: Path) -> None:
    keep(kept, tmp_path / "papers", "three")
    add(kept, write(tmp_path / "papers", "two", "Another text that stands here now."))
    assert losses(kept, archive) == ("three", "two")


def test_A10_restoring_brings_back_what_was_removed_and_takes_away_what_came_since(
    kept: Settings, words: WordEmbeddings, archive: Path, tmp_path: Path
) -> None:
    remove(kept, "one")
    keep(kept, tmp_path / "papers", "three")
    restore(kept, archive)
    store.sync(kept, open_library(kept))
    assert held(store.open_index(kept)) == {"one": PARAGRAPHS, "two": PARAGRAPHS}
    assert not [path for path in kept.home.rglob("*") if path.is_file() and b"threex" in path.read_bytes()]


def test_A10_a_back_up_cannot_be_made_where_there_is_no_room_for_it(kept: Settings, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="could not be written"):
        back_up(kept, tmp_path / "no-such-folder" / "backup.zip")


def test_A10_a_damaged_index_is_left_out_of_a_back_up(kept: Settings, other: Settings, tmp_path: Path) -> None:
    (live(kept) / "judge.npz").write_bytes(b"")
    assert not back_up(kept, tmp_path / "backup.zip").has_index
    restore(other, tmp_path / "backup.zip")
    assert hashes(other) == hashes(kept)


# What is no sound back-up


def members(archive: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(archive) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def rewrite(archive: Path, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, data in parts.items():
            opened.writestr(name, data)


def listing(parts: dict[str, bytes], **fields: object) -> bytes:
    """The manifest that these parts should have, or one with other fields."""
    named = {
        name: {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
        for name, data in parts.items()
        if name != "manifest.json"
    }
    return json.dumps(json.loads(parts["manifest.json"]) | {"files": named} | fields).encode()


def cut_off(archive: Path) -> None:
    os.truncate(archive, archive.stat().st_size // 2)


def emptied(archive: Path) -> None:
    archive.write_bytes(b"")


def no_archive(archive: Path) -> None:
    archive.write_text("Minutes of the board", encoding="utf-8")


def missing(archive: Path) -> None:
    archive.unlink()


def flipped_byte(archive: Path) -> None:
    data = bytearray(archive.read_bytes())
    data[len(data) // 3] ^= 0xFF
    archive.write_bytes(data)


def changed_text(archive: Path) -> None:
    parts = members(archive)
    parts["library/one.json"] = parts["library/one.json"].replace(b"says", b"said")
    rewrite(archive, parts)


def without_a_file(archive: Path) -> None:
    parts = members(archive)
    del parts["library/one.json"]
    rewrite(archive, parts)


def with_one_more(archive: Path) -> None:
    rewrite(archive, members(archive) | {"library/more.json": b"{}"})


def without_its_list(archive: Path) -> None:
    parts = members(archive)
    del parts["manifest.json"]
    rewrite(archive, parts)


def of_another_product(archive: Path) -> None:
    parts = members(archive)
    rewrite(archive, parts | {"manifest.json": listing(parts, product="other")})


def of_a_newer_version(archive: Path) -> None:
    parts = members(archive)
    rewrite(archive, parts | {"manifest.json": listing(parts, form=99, version="9.0")})


def entry_out_of_order(archive: Path) -> None:
    parts = members(archive) | {"library/one.json": b'{"record": {}}'}
    rewrite(archive, parts | {"manifest.json": listing(parts)})


def with_a_name(name: str) -> Callable[[Path], None]:
    def named(archive: Path) -> None:
        parts = members(archive) | {name: b"out"}
        rewrite(archive, parts | {"manifest.json": listing(parts)})

    return named


def bomb(archive: Path) -> None:
    """Says that it is small, and unpacks to 64 MB."""
    parts = members(archive) | {"library/bomb.json": bytes(64_000_000)}
    manifest = json.loads(listing(parts))
    manifest["files"]["library/bomb.json"]["size"] = 10
    rewrite(archive, parts | {"manifest.json": json.dumps(manifest).encode()})


UNSOUND = {
    "cut off": cut_off,
    "emptied": emptied,
    "no archive": no_archive,
    "missing": missing,
    "flipped byte": flipped_byte,
    "changed text": changed_text,
    "without a file": without_a_file,
    "with one more": with_one_more,
    "without its list": without_its_list,
    "of another product": of_another_product,
    "of a newer version": of_a_newer_version,
    "entry out of order": entry_out_of_order,
    "bomb": bomb,
    **{
        f"name {name}": with_a_name(name)
        for name in (
            "../out.json",
            "library/../../out.json",
            "/tmp/out.json",
            "library/..",
            "C:/out.json",
            "library\\..\\out.json",
            "library/.hidden",
            "index/../../out",
            "form",
            "accounts.json",
        )
    },
}


def everything(home: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(home.rglob("*")):
        if path.is_file() and path.suffix != ".sqlite3":  # Chroma notes in it that it was opened
            yield str(path.relative_to(home)), path.read_bytes()


@pytest.mark.parametrize("spoil", UNSOUND.values(), ids=UNSOUND)
def test_A10_an_unsound_back_up_is_refused_and_nothing_is_changed(
    kept: Settings, archive: Path, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(archive)
    before, around = dict(everything(kept.home)), set(tmp_path.iterdir())
    with pytest.raises(CommonGroundError, match=r"back-up|damaged"):
        restore(kept, archive)
    assert dict(everything(kept.home)) == before
    assert set(tmp_path.iterdir()) == around


def test_A10_a_restore_of_what_does_not_fit_is_refused(
    kept: Settings, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dict(everything(kept.home))
    monkeypatch.setattr(importlib.import_module("assistant.backup.restore"), "_LARGEST", 1000.0)
    with pytest.raises(BackupError, match="Unpacked, the back-up would take"):
        restore(kept, archive)
    assert dict(everything(kept.home)) == before


class _PowerCutError(Exception):
    pass


@pytest.mark.parametrize("at", range(size(6, 30)))
def test_A10_a_restore_that_is_stopped_leaves_the_old_state_or_the_new(
    kept: Settings, words: WordEmbeddings, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    keep(kept, tmp_path / "papers", "three")
    old = hashes(kept)
    left = [at]

    def stop(through: Callable[..., object]) -> Callable[..., object]:
        def perhaps(*given: object, **options: object) -> object:
            left[0] -= 1
            if left[0] < 0:
                raise _PowerCutError
            return through(*given, **options)

        return perhaps

    with monkeypatch.context() as cut:
        for owner, name in ((Path, "rename"), (os, "replace"), (folder, "_names_to_disk"), (os, "fsync")):
            cut.setattr(owner, name, stop(getattr(owner, name)))
        with suppress(_PowerCutError):
            restore(kept, archive)
    library = open_library(kept)
    assert set(library.holdings) in ({"one", "two", "three"}, {"one", "two"})
    assert "three" not in library.holdings or hashes(kept) == old
    store.sync(kept, library)
    assert set(held(store.open_index(kept))) == set(library.holdings)
    assert not list(kept.home.glob("library.*"))
    assert len(list(store.folder(kept).glob("generation-*"))) <= 3
    assert generation.live(store.folder(kept)) is not None
