"""A1, A4, A8, A9, A11: the index is gone, damaged, another model's, or cannot be written."""

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from fakes import WordEmbeddings

from assistant.errors import CommonGroundError, HomeError, StoreError
from assistant.library.holdings import add, open_library
from assistant.search import generation, store
from assistant.search.retrieve import HybridRetriever
from assistant.search.rollback import roll_back
from assistant.settings import Settings
from faults.conftest import PARAGRAPHS, finds, held, keep, live, moved, process, size, write

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3600)]

DOCUMENTS = ("one", "two", "three")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the data folder that the tests begin from is kept once it has been made."""
    return tmp_path_factory.mktemp("first") / "home"


@pytest.fixture
def kept(bare: Settings, words: WordEmbeddings, first: Path, tmp_path: Path) -> Settings:
    """An index of three documents, with a generation before it, in a place where nothing has opened it."""
    if not first.exists():
        keep(bare, tmp_path / "papers", "one", "two")
        keep(bare, tmp_path / "papers", "three")
        shutil.copytree(bare.home, first)
    shutil.copytree(first, tmp_path / "moved")
    return Settings(home=tmp_path / "moved", library=bare.library)


def is_whole(settings: Settings, words: WordEmbeddings, documents: tuple[str, ...] = DOCUMENTS) -> bool:
    index = store.open_index(settings)
    return held(index) == dict.fromkeys(documents, PARAGRAPHS) and all(finds(index, words, one) for one in documents)


# A1


@pytest.mark.usefixtures("kept")
def test_A1_an_index_made_anew_has_the_same_ids_and_finds_the_same(
    kept: Settings, words: WordEmbeddings, figure: Callable[[str, str], None]
) -> None:
    questions = [f"What does the plan {id_} say about matter {n}?" for id_ in DOCUMENTS for n in range(size(3, 6))]

    def found() -> tuple[list[str], list[list[str]]]:
        index = store.open_index(kept)
        retriever = HybridRetriever(index=index, embeddings=words)
        top = [[str(one.id) for one in retriever.invoke(question)[:5]] for question in questions]
        return sorted(index.sentences.get(include=[])["ids"] + index.passages.get(include=[])["ids"]), top

    before = found()
    shutil.rmtree(store.folder(kept))
    store.sync(kept, open_library(kept))
    assert found() == before
    figure("A1", f"index folder deleted and made anew: same ids, same top 5 on {len(questions)} of {len(questions)}")


# A4


def _vectors(path: Path, name: str = "data_level0.bin") -> Path:
    return max(path.glob(f"chroma/*/{name}"), key=lambda one: one.stat().st_size)


def lost_vectors(path: Path) -> None:
    shutil.rmtree(_vectors(path).parent)


def cut_off_vectors(path: Path) -> None:
    os.truncate(_vectors(path), 100)


def stale_vectors(path: Path) -> None:
    older = min(path.parent.glob("generation-*"))
    for old in older.glob("chroma/*/*"):
        shutil.copy(old, path / old.relative_to(older))


def flipped_bits(path: Path) -> None:
    with _vectors(path).open("r+b") as file:
        file.seek(700)
        file.write(b"\xa5" * 64)


def runaway_links(path: Path) -> None:
    _vectors(path, "link_lists.bin").write_bytes(b"\xff" * 64)


def lost_names(path: Path) -> None:
    _vectors(path, "index_metadata.pickle").unlink()


def cut_off_database(path: Path) -> None:
    database = path / "chroma" / "chroma.sqlite3"
    os.truncate(database, database.stat().st_size // 2)


def changed_text(path: Path) -> None:
    with sqlite3.connect(path / "chroma" / "chroma.sqlite3") as opened:
        opened.execute("UPDATE embedding_metadata SET string_value = 'Nobody pays.' WHERE key = 'chroma:document'")
    opened.close()


def lost_record(path: Path) -> None:
    (path / "record.json").unlink()


def emptied_keywords(path: Path) -> None:
    for file in (path / "keyword").iterdir():
        file.write_bytes(b"")


def lost_pointer(path: Path) -> None:
    (path.parent / "current").unlink()


DAMAGE = (
    lost_vectors,
    cut_off_vectors,
    stale_vectors,
    flipped_bits,
    runaway_links,
    lost_names,
    cut_off_database,
    changed_text,
    lost_record,
    emptied_keywords,
    lost_pointer,
)


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda one: one.__name__)
def test_A4_a_damaged_index_is_refused_and_made_whole_from_the_one_before(
    kept: Settings,
    words: WordEmbeddings,
    damage: Callable[[Path], None],
    figure: Callable[[str, str], None],
) -> None:
    damage(live(kept))
    began = time.perf_counter()
    with pytest.raises(StoreError, match="Run: common-ground rebuild"):
        store.open_index(kept)
    noticed = time.perf_counter() - began
    words.texts.clear()
    store.sync(kept, open_library(kept))
    whole = time.perf_counter() - began
    figure("A4", f"{damage.__name__.replace('_', ' ')}: noticed in {noticed:.2f} s, whole again in {whole:.2f} s")
    # The generation before is gone on from: of what it holds, nothing is embedded again.
    assert not [text for text in words.texts if "plan one" in text or "plan two" in text]
    assert is_whole(kept, words)


# A8


def other_name(record: dict[str, str]) -> dict[str, str]:
    return record | {"name": "another"}


def other_weights(record: dict[str, str]) -> dict[str, str]:
    return record | {"sha256": "1" * 64}


def no_name(record: dict[str, str]) -> dict[str, str]:
    return {"sha256": record["sha256"]}


def nothing_said(record: dict[str, str]) -> dict[str, str]:
    return {}


@pytest.mark.parametrize("other", [other_name, other_weights, no_name, nothing_said], ids=lambda one: one.__name__)
def test_A8_an_index_of_another_model_is_refused_before_any_question(
    kept: Settings, words: WordEmbeddings, other: Callable[[dict[str, str]], dict[str, str]]
) -> None:
    record = generation.read_record(live(kept))
    changed = generation.Record(other(dict(record.model)), record.sources, record.canaries, record.made)
    generation.write_record(live(kept), changed)
    words.texts.clear()
    for refused in (store.open_index, lambda settings: store.sync(settings, open_library(settings))):
        with pytest.raises(StoreError, match="made by the embedding model"):
            refused(kept)
    assert words.texts == []


@pytest.mark.parametrize(("column", "old", "new"), [("dimension", "256", "384"), ("schema_str", "cosine", "l2")])
def test_A8_an_index_of_another_dimension_or_distance_is_refused_before_any_question(
    kept: Settings, words: WordEmbeddings, column: str, old: str, new: str, figure: Callable[[str, str], None]
) -> None:
    with sqlite3.connect(live(kept) / "chroma" / "chroma.sqlite3") as opened:
        done = opened.execute(f"UPDATE collections SET {column} = replace({column}, ?, ?)", (old, new))
        assert done.rowcount == 3
        assert opened.execute(f"SELECT count(*) FROM collections WHERE {column} LIKE ?", (f"%{new}%",)).fetchone()[0]
    opened.close()
    words.texts.clear()
    with pytest.raises(StoreError, match="is damaged"):
        store.open_index(kept)
    assert words.texts == []
    figure("A8", f"another {'distance' if new == 'l2' else 'dimension'}: refused (and 4 other models)")


# A9


def unharmed(settings: Settings, words: WordEmbeddings, to: Path, before: Path) -> bool:
    """Whether the live index is the one before, sound, when nothing of it is open."""
    assert live(settings) == before
    return is_whole(moved(settings, to), words)


def ended(one: "subprocess.Popen[str]") -> str:
    """What a starved process said; one that hangs, as Chroma was seen to, is killed."""
    try:
        return one.communicate(timeout=60)[1]
    except subprocess.TimeoutExpired:
        one.kill()
        return one.communicate()[1]


FAULTS = [
    *(("RLIMIT_FSIZE", 4_000 * 3**step) for step in range(size(3, 8))),
    *(("RLIMIT_AS", 1_000_000 * 3**step) for step in range(size(2, 6))),
]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits")
@pytest.mark.parametrize(("limit", "most"), FAULTS)
def test_A9_a_limit_on_files_or_memory_never_harms_the_live_index(
    bare: Settings,
    words: WordEmbeddings,
    knowledge: Path,
    tmp_path: Path,
    limit: str,
    most: int,
    figure: Callable[[str, str], None],
) -> None:
    keep(bare, tmp_path / "papers", *DOCUMENTS)
    before = live(bare)
    add(bare, write(tmp_path / "papers", "more"))
    with process(bare, knowledge, "limited", limit, str(most), "sync") as one:
        said = ended(one)
    figure("A9", f"{limit} {most:,}: exit status {one.returncode}, 0 damage")
    if one.returncode == 0:
        assert is_whole(moved(bare, tmp_path / "moved"), words, (*DOCUMENTS, "more"))
    else:
        assert unharmed(bare, words, tmp_path / "moved", before), said
    store.sync(bare, open_library(bare))
    assert is_whole(bare, words, (*DOCUMENTS, "more"))


@pytest.fixture
def small_disk(bare: Settings) -> Iterator[Settings]:
    """The data folder on a disk of its own, of 16 MB."""
    bare.home.mkdir(parents=True)
    command = ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(bare.home)]
    if sys.platform != "linux" or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("only the superuser of Linux may make a disk of memory")
    yield bare
    subprocess.run(["umount", "--lazy", str(bare.home)], check=True)


@pytest.mark.parametrize("free", [4_000 * 3**step for step in range(size(2, 6))])
def test_A9_a_disk_that_is_full_never_harms_the_live_index(
    small_disk: Settings,
    words: WordEmbeddings,
    knowledge: Path,
    tmp_path: Path,
    free: int,
    figure: Callable[[str, str], None],
) -> None:
    keep(small_disk, tmp_path / "papers", *DOCUMENTS)
    before = live(small_disk)
    add(small_disk, write(tmp_path / "papers", "more"))
    ballast = small_disk.home / "ballast"
    with suppress(OSError), ballast.open("wb", buffering=0) as file:
        file.write(bytes(shutil.disk_usage(small_disk.home).free - free))
    with process(small_disk, knowledge, "sync") as one:
        said = ended(one)
    if one.returncode:
        assert "See that there is room" in said or "cannot be written" in said
        assert unharmed(small_disk, words, tmp_path / "moved", before), said
    ballast.unlink()
    store.sync(small_disk, open_library(small_disk))
    assert is_whole(small_disk, words, (*DOCUMENTS, "more"))
    told = "told in words" if one.returncode else "room enough"
    figure("A9", f"a disk with {free:,} bytes left: {told}, 0 damage")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits")
def test_A9_a_full_disk_is_told_in_words(
    bare: Settings, words: WordEmbeddings, knowledge: Path, tmp_path: Path
) -> None:
    keep(bare, tmp_path / "papers", *DOCUMENTS)
    add(bare, write(tmp_path / "papers", "more"))
    with process(bare, knowledge, "limited", "RLIMIT_FSIZE", "200000", "sync") as one:
        _, said = one.communicate(timeout=120)
    assert one.returncode == 1
    assert "See that there is room" in said
    assert "Traceback" not in said


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_A9_a_read_only_folder_is_told_and_the_index_left_as_it_is(kept: Settings, words: WordEmbeddings) -> None:
    before = live(kept)
    kept.home.chmod(0o500)
    try:
        with pytest.raises(HomeError, match="cannot be written"):
            store.sync(kept, open_library(kept))
    finally:
        kept.home.chmod(0o700)
    assert live(kept) == before
    assert is_whole(kept, words)


# A11


def test_A11_two_older_generations_are_kept_and_one_command_goes_back(
    bare: Settings, words: WordEmbeddings, tmp_path: Path, figure: Callable[[str, str], None]
) -> None:
    for id_ in ("one", "two", "three", "four"):
        keep(bare, tmp_path / "papers", id_)
    assert len(list(store.folder(bare).glob("generation-*"))) == 3
    began = time.perf_counter()
    done = roll_back(bare)
    index = store.open_index(bare)
    took = time.perf_counter() - began
    assert (done.without, done.other) == (("four",), ())
    assert finds(index, words, "three")
    assert "four" not in held(index)
    figure("A11", f"rolled back and opened in {took:.2f} s")


def test_A11_a_second_rollback_goes_back_further_and_then_there_is_none(
    bare: Settings, words: WordEmbeddings, tmp_path: Path
) -> None:
    for id_ in ("one", "two", "three"):
        keep(bare, tmp_path / "papers", id_)
    roll_back(bare)
    assert roll_back(bare).without == ("two",)
    with pytest.raises(StoreError, match="no earlier index to go back to"):
        roll_back(bare)
    assert set(held(store.open_index(bare))) == {"one"}


def test_A11_a_question_after_a_rollback_leaves_it_at_that_and_says_so(
    bare: Settings, words: WordEmbeddings, tmp_path: Path
) -> None:
    keep(bare, tmp_path / "papers", "one")
    keep(bare, tmp_path / "papers", "two")
    roll_back(bare)
    told: list[str] = []
    assert set(held(store.ready(bare, tell=told.append))) == {"one"}
    assert "rolled back" in told[0]


def test_A11_the_next_change_brings_the_index_up_to_date_again(
    bare: Settings, words: WordEmbeddings, tmp_path: Path
) -> None:
    keep(bare, tmp_path / "papers", "one")
    keep(bare, tmp_path / "papers", "two")
    roll_back(bare)
    keep(bare, tmp_path / "papers", "three")
    assert set(held(store.ready(bare))) == {"one", "two", "three"}


def test_A11_what_was_removed_cannot_be_gone_back_to(bare: Settings, words: WordEmbeddings, tmp_path: Path) -> None:
    from assistant.library.holdings import remove

    keep(bare, tmp_path / "papers", "one", "two")
    remove(bare, "two")
    store.sync(bare, open_library(bare))
    with pytest.raises(StoreError, match="Removing a document erases them"):
        roll_back(bare)


# The form of the data folder


def test_A11_a_data_folder_of_a_version_before_forms_is_opened(bare: Settings, words: WordEmbeddings) -> None:
    bare.home.mkdir(parents=True)
    store.sync(bare, open_library(bare))
    assert (bare.home / "form").read_text(encoding="utf-8") == "1\n"


def test_A11_a_data_folder_of_a_newer_version_is_refused(kept: Settings) -> None:
    (kept.home / "form").write_text("2\n", encoding="utf-8")
    for refused in (open_library, lambda settings: store.sync(settings, open_library(kept))):
        with pytest.raises(CommonGroundError, match="made by a newer version of Common Ground"):
            refused(kept)
