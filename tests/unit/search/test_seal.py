import sqlite3
import struct
from contextlib import closing
from pathlib import Path

import pytest

from assistant.errors import StoreError
from assistant.search.seal import check_seal, seal

SIZE = 20  # bytes of an element here
TABLES = """
    CREATE TABLE collections (id TEXT, name TEXT, dimension INTEGER, config_json_str TEXT, schema_str TEXT);
    CREATE TABLE segments (id TEXT, scope TEXT, collection TEXT);
    CREATE TABLE embeddings (id INTEGER, segment_id TEXT, embedding_id TEXT);
    CREATE TABLE embedding_metadata
        (id INTEGER, key TEXT, string_value TEXT, int_value INTEGER, float_value REAL, bool_value INTEGER);
    CREATE TABLE acquire_write (id INTEGER);
    INSERT INTO collections VALUES ('c', 'passages', 3, '{}', '{}');
    INSERT INTO segments VALUES ('s', 'METADATA', 'c');
    INSERT INTO embeddings VALUES (1, 's', 'p-1'), (2, 's', 'p-2');
    INSERT INTO embedding_metadata VALUES (1, 'source', 'one', NULL, NULL, NULL), (2, 'source', 'two', NULL, NULL, NULL)
"""


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A generation in outline: two entries, and vector files with room for three more that nobody cleared."""
    vectors = tmp_path / "chroma" / "some-segment"
    vectors.mkdir(parents=True)
    (vectors / "header.bin").write_bytes(struct.pack("<iQQQQ", 1, 0, 5, 2, SIZE) + bytes(60))
    (vectors / "data_level0.bin").write_bytes(b"v" * 2 * SIZE + b"quokka" * 10)
    (vectors / "length.bin").write_bytes(b"l" * 8 + b"quokka" * 2)
    run(tmp_path, TABLES)
    (tmp_path / "keyword").mkdir()
    (tmp_path / "keyword" / "ids.json").write_text("[]", encoding="utf-8")
    (tmp_path / "judge.npz").write_bytes(b"judge")
    return tmp_path


def run(path: Path, statements: str) -> None:
    with closing(sqlite3.connect(path / "chroma" / "chroma.sqlite3")) as opened:
        opened.executescript(statements)


def test_the_room_that_holds_no_vector_is_cleared_and_the_vectors_stay(made: Path) -> None:
    seal(made)
    vectors = made / "chroma" / "some-segment"
    assert (vectors / "data_level0.bin").read_bytes() == b"v" * 2 * SIZE + bytes(60)
    assert (vectors / "length.bin").read_bytes() == b"l" * 8 + bytes(12)


def test_what_is_as_it_was_sealed_passes(made: Path) -> None:
    check_seal(made, seal(made))


def test_a_generation_from_before_there_were_seals_passes(made: Path) -> None:
    check_seal(made, {})


def test_a_note_of_chroma_that_it_could_write_is_no_damage(made: Path) -> None:
    sealed = seal(made)
    run(made, "INSERT INTO acquire_write VALUES (1)")
    check_seal(made, sealed)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE embedding_metadata SET string_value = 'three' WHERE id = 1",
        "DELETE FROM embeddings WHERE id = 2",
        "UPDATE collections SET dimension = 4",
        "UPDATE collections SET schema_str = 'l2'",
    ],
)
def test_a_change_of_what_the_database_holds_is_damage(made: Path, change: str) -> None:
    sealed = seal(made)
    run(made, change)
    with pytest.raises(StoreError, match=r"damaged \(chroma.sqlite3\).*Run: common-ground rebuild"):
        check_seal(made, sealed)


@pytest.mark.parametrize("name", ["chroma/some-segment/data_level0.bin", "keyword/ids.json", "judge.npz"])
def test_a_file_that_is_gone_or_has_changed_is_damage_and_is_named(made: Path, name: str) -> None:
    sealed = seal(made)
    (made / name).write_bytes(b"other")
    with pytest.raises(StoreError, match=name):
        check_seal(made, sealed)
    (made / name).unlink()
    with pytest.raises(StoreError, match=name):
        check_seal(made, sealed)


def test_a_file_that_was_not_sealed_is_damage(made: Path) -> None:
    sealed = seal(made)
    (made / "keyword" / "more.npy").touch()
    with pytest.raises(StoreError, match=r"keyword/more\.npy"):
        check_seal(made, sealed)


def test_without_its_database_it_cannot_be_read(made: Path) -> None:
    sealed = seal(made)
    (made / "chroma" / "chroma.sqlite3").unlink()
    with pytest.raises(StoreError, match="it cannot be read"):
        check_seal(made, sealed)


@pytest.mark.parametrize("elements", [1, 3])
def test_vectors_that_did_not_arrive_on_the_disk_are_told_when_it_is_sealed(made: Path, elements: int) -> None:
    header = made / "chroma" / "some-segment" / "header.bin"
    header.write_bytes(struct.pack("<iQQQQ", 1, 0, 5, elements, SIZE * (1 if elements == 1 else 100)) + bytes(60))
    with pytest.raises(StoreError, match=r"could not be written whole\. Is the disk full\?"):
        seal(made)
