import json
from pathlib import Path

import pytest
from conftest import digest

from assistant.errors import HomeError, ReadError, RecordError, UnknownSourceError
from assistant.library.catalogue import TextKind
from assistant.library.holdings import (
    Origin,
    add,
    open_library,
    remove,
    replace_file,
    section_of,
    shipped_digests,
)
from assistant.library.situations import situations
from assistant.library.text import Role
from assistant.settings import Settings, Shelf

TEXT = "Money\n\nThe pooled budget needs a rule for overspends.\n\nTrust\n\nTrust needs more than words.\n"
ORIGINAL = """Joint teams

Shared desks

We moved six desks into one room, and talked.

Pooled money

The budget went where the person went.

Common records

Nobody wrote a visit down twice.
"""


def file(tmp_path: Path, text: str = TEXT, name: str = "our-plan.txt") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def stored(home: Settings) -> list[str]:
    return sorted(path.name for path in (home.home / "library").iterdir())


def test_the_shipped_digests_are_held_in_the_order_of_their_ids(knowledge: Path, home: Settings) -> None:
    assert [(one.source.id, one.origin) for one in open_library(home)] == [
        ("joint-teams", Origin.SHIPPED),
        ("scottish-review", Origin.SHIPPED),
    ]


def test_digests_in_the_folders_of_the_nations_are_held_too(knowledge: Path, home: Settings) -> None:
    folder = knowledge / "guidance" / "wales"
    folder.mkdir(parents=True)
    (folder / "welsh-act.md").write_text(digest("welsh-act", "W", "## A {#a}\n- duty: So.\n"), encoding="utf-8")
    assert open_library(home)["welsh-act"].headed.text == "A\n\nSo."


def test_everything_that_ships_is_in_order(home: Settings) -> None:
    library = open_library(home)
    assert len(library) == len(shipped_digests()) > 0
    assert all(one.headed.sections for one in library)


def test_a_file_that_was_added_is_held(knowledge: Path, home: Settings, tmp_path: Path) -> None:
    added = add(home, file(tmp_path))
    held = open_library(home)["our-plan"]
    assert held == added
    assert held.origin is Origin.ADDED
    assert [one.heading for one in held.headed.sections] == ["Money", "Trust"]


def test_a_digest_that_was_added_keeps_every_detail(knowledge: Path, home: Settings, tmp_path: Path) -> None:
    text = digest("our-digest", "D", '## M {#m opens="In the"}\npitfalls: no-exit\n- do: Agree. (s. 1)\n')
    added = add(home, file(tmp_path, text, "our-digest.md"))
    held = open_library(home)["our-digest"]
    assert held == added
    section = held.headed.sections[0]
    assert (section.opens, section.pitfalls, section.blocks[0].role) == ("In the", ("no-exit",), Role.DO)


def test_a_copy_of_the_file_is_kept_beside_what_was_read(knowledge: Path, home: Settings, tmp_path: Path) -> None:
    path = file(tmp_path)
    add(home, path)
    assert stored(home) == ["our-plan.json", "our-plan.original.txt"]
    assert (home.home / "library" / "our-plan.original.txt").read_bytes() == path.read_bytes()


def test_the_data_folder_is_its_owners_alone(knowledge: Path, home: Settings, tmp_path: Path) -> None:
    add(home, file(tmp_path))
    assert home.home.stat().st_mode & 0o077 == 0
    assert (home.home / "library").stat().st_mode & 0o077 == 0


def test_adding_a_file_of_the_same_name_again_replaces_it(knowledge: Path, home: Settings, tmp_path: Path) -> None:
    add(home, file(tmp_path))
    add(home, file(tmp_path, "Partners decide together, each month of the year."))
    assert open_library(home)["our-plan"].headed.text == "Partners decide together, each month of the year."
    assert len(open_library(home)) == 3


def test_a_file_of_another_form_takes_the_place_of_the_old_copy(
    knowledge: Path, home: Settings, tmp_path: Path
) -> None:
    add(home, file(tmp_path))
    add(home, file(tmp_path, "# Money\n\nIt moves.\n", "our-plan.md"))
    assert stored(home) == ["our-plan.json", "our-plan.original.md"]


def test_adding_the_same_file_twice_changes_nothing(knowledge: Path, home: Settings, tmp_path: Path) -> None:
    add(home, file(tmp_path))
    before = (home.home / "library" / "our-plan.json").read_bytes()
    add(home, file(tmp_path))
    assert (home.home / "library" / "our-plan.json").read_bytes() == before


def test_a_file_that_cannot_be_read_changes_nothing(knowledge: Path, home: Settings, tmp_path: Path) -> None:
    added = add(home, file(tmp_path))
    with pytest.raises(ReadError):
        add(home, file(tmp_path, ""))
    assert open_library(home)["our-plan"] == added


def test_two_files_whose_names_differ_only_in_punctuation_are_one_source(
    knowledge: Path, home: Settings, tmp_path: Path
) -> None:
    first, second = add(home, file(tmp_path, name="Our plan.txt")), add(home, file(tmp_path, name="our_plan.txt"))
    assert first.source.id == second.source.id == "our-plan"


def test_the_original_of_a_digest_stands_in_its_place(knowledge: Path, home: Settings, tmp_path: Path) -> None:
    added = add(home, file(tmp_path, ORIGINAL, "download.txt"))
    held = open_library(home)["joint-teams"]
    assert held == added
    assert (held.origin, held.source.text) == (Origin.ADDED, TextKind.ORIGINAL)
    assert [one.anchor for one in held.headed.sections] == ["desks", "money", "records"]
    assert len(open_library(home)) == 2


def test_a_file_with_the_name_of_a_digest_does_not_take_its_place(
    knowledge: Path, home: Settings, tmp_path: Path
) -> None:
    added = add(home, file(tmp_path, name="joint-teams.txt"))
    assert added.source.id == "joint-teams-added"
    assert open_library(home)["joint-teams"].origin is Origin.SHIPPED


def test_a_long_name_of_a_digest_with_added_behind_it_is_still_an_id(
    knowledge: Path, home: Settings, tmp_path: Path
) -> None:
    name = "a" * 80
    body = "## A {#a}\n- point: So.\n"
    (knowledge / "articles" / f"{name}.md").write_text(digest(name, "Long", body), encoding="utf-8")
    added = add(home, file(tmp_path, name=f"{name}.txt"))
    assert open_library(home)[added.source.id].origin is Origin.ADDED


def test_removing_takes_the_text_and_the_copy(knowledge: Path, home: Settings, tmp_path: Path) -> None:
    add(home, file(tmp_path))
    remove(home, "our-plan")
    assert stored(home) == []
    assert "our-plan" not in open_library(home).holdings


def test_removing_leaves_sources_whose_ids_begin_alike(knowledge: Path, home: Settings, tmp_path: Path) -> None:
    add(home, file(tmp_path))
    add(home, file(tmp_path, name="our-plan-original.txt"))
    add(home, file(tmp_path, name="our.txt"))
    remove(home, "our")
    remove(home, "our-plan")
    assert stored(home) == ["our-plan-original.json", "our-plan-original.original.txt"]


def test_removing_an_original_brings_its_digest_back(knowledge: Path, home: Settings, tmp_path: Path) -> None:
    add(home, file(tmp_path, ORIGINAL, "download.txt"))
    remove(home, "joint-teams")
    assert open_library(home)["joint-teams"].origin is Origin.SHIPPED


def test_what_ships_cannot_be_removed(knowledge: Path, home: Settings) -> None:
    with pytest.raises(
        UnknownSourceError, match=r"joint-teams came with Common Ground.*COMMON_GROUND_LIBRARY to 'none'"
    ):
        remove(home, "joint-teams")
    assert "joint-teams" in open_library(home).holdings


def test_removing_what_is_not_held_suggests_what_is_near(knowledge: Path, home: Settings, tmp_path: Path) -> None:
    add(home, file(tmp_path))
    with pytest.raises(UnknownSourceError, match=r"no source 'our-plam'\. Did you mean our-plan\?"):
        remove(home, "our-plam")


@pytest.mark.parametrize("id_", ["../outside", "*", "our-plan.original", "", "our-pla?"])
def test_removing_reaches_no_other_file(knowledge: Path, home: Settings, tmp_path: Path, id_: str) -> None:
    add(home, file(tmp_path))
    outside = home.home / "outside.json"
    outside.write_text("{}", encoding="utf-8")
    before = stored(home)
    with pytest.raises(UnknownSourceError):
        remove(home, id_)
    assert outside.exists()
    assert stored(home) == before


def test_an_unknown_source_suggests_what_is_near(knowledge: Path, home: Settings) -> None:
    with pytest.raises(UnknownSourceError, match=r"no source 'joint-team'\. Did you mean joint-teams\?"):
        open_library(home)["joint-team"]


def test_an_unknown_source_with_nothing_near_says_how_to_list_them(knowledge: Path, home: Settings) -> None:
    with pytest.raises(UnknownSourceError, match="'common-ground sources' lists them"):
        open_library(home)["xyz"]


def test_a_section_is_found_by_its_anchor(knowledge: Path, home: Settings) -> None:
    assert section_of(open_library(home)["joint-teams"], "money").heading == "Pooled money"


def test_an_unknown_section_is_answered_with_those_there_are(knowledge: Path, home: Settings) -> None:
    with pytest.raises(UnknownSourceError, match=r"no section #cash\. It has: #desks, #money, #records"):
        section_of(open_library(home)["joint-teams"], "cash")


def bare(home: Settings) -> Settings:
    return Settings(home=home.home, library=Shelf.NONE)


def test_without_the_shipped_library_nothing_is_held_at_first(knowledge: Path, home: Settings) -> None:
    assert len(open_library(bare(home))) == 0


def test_without_the_shipped_library_the_readers_files_are_held(
    knowledge: Path, home: Settings, tmp_path: Path
) -> None:
    add(bare(home), file(tmp_path))
    assert [one.source.id for one in open_library(bare(home))] == ["our-plan"]


def test_without_the_shipped_library_an_original_keeps_its_id_and_its_situations(
    knowledge: Path, home: Settings, tmp_path: Path
) -> None:
    add(bare(home), file(tmp_path, ORIGINAL, "download.txt"))
    library = open_library(bare(home))
    assert [one.source.id for one in library] == ["joint-teams"]
    assert [one.id for one in library.situations] == ["s-1", "s-2", "o-1"]


def test_without_the_shipped_library_only_situations_that_point_nowhere_are_left(
    knowledge: Path, home: Settings
) -> None:
    assert [one.id for one in open_library(bare(home)).situations] == ["o-1"]


def test_a_situation_loses_the_places_that_are_not_held(knowledge: Path, home: Settings) -> None:
    line = {"id": "s-9", "text": "Two places.", "sections": ["joint-teams#money", "joint-teams#gone", "no-such#a"]}
    (knowledge / "situations.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    assert open_library(home).situations[0].places == ("joint-teams#money",)


def test_every_place_of_the_shipped_situations_is_held(home: Settings) -> None:
    held = {f"{one.source.id}#{part.anchor}" for one in open_library(home) for part in one.headed.sections}
    assert {place for one in situations() for place in one.places} - held == set()


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[: len(data) // 2],
        lambda data: b"",
        lambda data: b"[]",
        lambda data: b"null",
        lambda data: b'{"record": {}, "text": "", "sections": []}',
        lambda data: b"\xff\xfe\x00",
        lambda data: data.replace(b'"sections"', b'"parts"'),
        lambda data: data.replace(b'"paragraph"', b'"poem"'),
        lambda data: data.replace(b'"blocks"', b'"bricks"'),
        lambda data: data.replace(b'"kind"', b'"sort"'),
    ],
    ids=[
        "cut off",
        "empty",
        "a list",
        "null",
        "no record",
        "no text",
        "no sections",
        "no shape",
        "no blocks",
        "no kind",
    ],
)
def test_a_damaged_file_is_named_with_what_to_do(
    knowledge: Path, home: Settings, tmp_path: Path, damage: object
) -> None:
    add(home, file(tmp_path))
    path = home.home / "library" / "our-plan.json"
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    with pytest.raises(RecordError, match=r"our-plan\.json is damaged\. Remove that file and add the document again"):
        open_library(home)


def test_a_home_that_cannot_be_written_is_named_when_a_file_is_added(
    knowledge: Path, home: Settings, tmp_path: Path
) -> None:
    home.home.write_text("a file in the place of the folder", encoding="utf-8")
    with pytest.raises(HomeError, match=r"cannot be written.*COMMON_GROUND_HOME"):
        add(home, file(tmp_path))


def test_a_file_in_the_place_of_the_library_is_a_clear_error(knowledge: Path, home: Settings, tmp_path: Path) -> None:
    home.home.mkdir()
    (home.home / "library").write_text("a file in the place of the folder", encoding="utf-8")
    with pytest.raises(ReadError, match=r"our-plan\.txt could not be kept"):
        add(home, file(tmp_path))


def test_opening_a_library_makes_no_folder(knowledge: Path, home: Settings) -> None:
    open_library(home)
    assert not home.home.exists()


def test_replacing_a_file_leaves_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    replace_file(path, b"one")
    replace_file(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_cannot_be_replaced_stays_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.mkdir()  # a folder cannot be replaced by a file
    with pytest.raises(OSError, match=r"a\.json"):
        replace_file(path, b"two")
    assert list(tmp_path.iterdir()) == [path]
