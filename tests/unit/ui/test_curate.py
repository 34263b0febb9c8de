from pathlib import Path

import pytest
from fakes import WordEmbeddings

from assistant.answer.parts import Answer, Audience, Near, Status
from assistant.errors import ReadError
from assistant.gaps import gaps, note_gap
from assistant.library.holdings import Origin, open_library
from assistant.search import generation, store
from assistant.settings import Settings
from ui.curate import Progress, add_files, bring_up_to_date, fetch_originals, remove_source

pytestmark = pytest.mark.usefixtures("knowledge")


@pytest.fixture
def synced(home: Settings, words: WordEmbeddings) -> Settings:
    store.sync(home, open_library(home))
    return home


def file(tmp_path: Path, name: str, data: bytes = b"# Lantern\n\nForty visits moved to one rota.\n") -> Path:
    folder = tmp_path / f"upload-{name}"
    folder.mkdir()
    (folder / name).write_bytes(data)
    return folder / name


def last(steps: object) -> Progress:
    return list(steps)[-1]  # type: ignore[call-overload, no-any-return]


def live_record(settings: Settings) -> generation.Record:
    path = generation.live(store.folder(settings))
    assert path is not None
    return generation.read_record(path)


def test_a_good_file_is_added_though_another_fails(synced: Settings, tmp_path: Path) -> None:
    given = [file(tmp_path, "bad.pdf", b"%PDF-1.4 nothing"), file(tmp_path, "plan.md")]
    told = last(add_files(synced, given))
    assert [one.is_well for one in told.outcomes] == [False, True]
    assert told.outcomes[0].text.startswith("bad.pdf: not added. It is damaged")
    assert told.outcomes[1].text == "plan.md: added, one section."
    assert open_library(synced)["plan"].origin is Origin.ADDED


def test_a_case_file_is_not_added_and_the_way_out_is_told_without_the_words_of_the_command_line(
    synced: Settings, tmp_path: Path
) -> None:
    case = b"# Visit\n\nMrs Ada Stone, date of birth 3 May 1941, NHS number 943 476 5919, was seen at home.\n"
    (told,) = last(add_files(synced, [file(tmp_path, "case.md", case)])).outcomes
    assert told.text.startswith("case.md: not added. It looks like a file about one person")
    assert told.text.endswith("whoever runs Common Ground can add it on the command line.")
    assert "--" not in told.text


def test_a_file_that_is_added_can_be_searched(synced: Settings, tmp_path: Path) -> None:
    last(add_files(synced, [file(tmp_path, "plan.md")]))
    assert "plan" in live_record(synced).sources


def test_files_that_were_handed_in_are_erased(synced: Settings, tmp_path: Path) -> None:
    given = [file(tmp_path, "bad.pdf", b"%PDF-1.4 nothing"), file(tmp_path, "plan.md")]
    last(add_files(synced, given))
    assert [one for one in given if one.parent.exists()] == []


def test_files_are_erased_also_where_the_reader_leaves_half_way(synced: Settings, tmp_path: Path) -> None:
    given = [file(tmp_path, "plan.md")]
    steps = add_files(synced, given)
    next(steps)
    steps.close()  # type: ignore[attr-defined]
    assert not given[0].exists()


def test_each_file_is_named_as_it_is_read(synced: Settings, tmp_path: Path) -> None:
    steps = list(add_files(synced, [file(tmp_path, "plan.md"), file(tmp_path, "talk.md")]))
    assert [one.doing for one in steps[:2]] == ["Reading plan.md (1 of 2)", "Reading talk.md (2 of 2)"]
    assert steps[-1].doing == ""


def test_while_another_process_writes_nothing_is_added_and_that_is_said(synced: Settings, tmp_path: Path) -> None:
    with generation.writing(store.folder(synced)):
        told = last(add_files(synced, [file(tmp_path, "plan.md")]))
    assert told.outcomes[0].text.startswith("Nothing was changed. Another Common Ground process")
    assert "plan" not in open_library(synced).holdings


def test_what_could_not_be_indexed_is_indexed_when_that_is_asked_for(synced: Settings, tmp_path: Path) -> None:
    from assistant.library.holdings import add

    add(synced, file(tmp_path, "plan.md"))
    assert last(bring_up_to_date(synced)).outcomes[0].text == "The index is up to date."
    assert "plan" in live_record(synced).sources


def test_while_another_process_writes_bringing_up_to_date_says_to_come_back(synced: Settings, tmp_path: Path) -> None:
    from assistant.library.holdings import add

    add(synced, file(tmp_path, "plan.md"))
    with generation.writing(store.folder(synced)):
        told = last(bring_up_to_date(synced)).outcomes[0]
    assert not told.is_well
    assert "Bring the index up to date" in told.text


def test_a_source_that_is_removed_leaves_the_library_the_index_and_the_gap_log(
    synced: Settings, tmp_path: Path
) -> None:
    last(add_files(synced, [file(tmp_path, "plan.md")]))
    near = Near("plan", "lantern", "Lantern", "Lantern", 0.1)
    note_gap(synced, Answer("?", "?", Audience.LEADER, None, Status.NOT_FOUND, nearest=(near,)))
    assert last(remove_source(synced, "plan")).outcomes[0].is_well
    assert "plan" not in open_library(synced).holdings
    assert "plan" not in live_record(synced).sources
    assert [one.topic for one in gaps(synced)] == ["nothing-near"]


def test_a_source_that_came_with_the_product_is_not_removed(synced: Settings) -> None:
    told = last(remove_source(synced, "joint-teams")).outcomes[0]
    assert not told.is_well
    assert "cannot be removed" in told.text


def test_a_source_that_cannot_be_fetched_says_why(synced: Settings) -> None:
    told = last(fetch_originals(synced, ["joint-teams"])).outcomes[0]
    assert not told.is_well
    assert told.text.startswith("joint-teams: not fetched. Its record has no web address.")


def test_fetching_stops_when_asked_to(synced: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def refuse(settings: Settings, library: object, id_: str) -> None:
        asked.append(id_)
        raise ReadError(f"{id_}: no.")

    monkeypatch.setattr("ui.curate.fetch", refuse)
    told = last(fetch_originals(synced, ["joint-teams", "scottish-review"], lambda: len(asked) == 1))
    assert asked == ["joint-teams"]
    assert told.outcomes[-1].text.startswith("Stopped.")


def test_the_record_of_the_index_says_what_was_added_changed_and_removed(synced: Settings, tmp_path: Path) -> None:
    first = live_record(synced)
    last(add_files(synced, [file(tmp_path, "plan.md")]))
    second = live_record(synced)
    (tmp_path / "upload-plan.md").mkdir(exist_ok=True)
    (tmp_path / "upload-plan.md" / "plan.md").write_text("# Lantern\n\nFifty visits.\n")
    last(add_files(synced, [tmp_path / "upload-plan.md" / "plan.md"]))
    third = live_record(synced)
    last(remove_source(synced, "plan"))
    fourth = live_record(synced)
    assert set(first.added) == {"joint-teams", "scottish-review"}
    assert (second.added, second.changed, second.removed) == (("plan",), (), 0)
    assert (third.added, third.changed, third.removed) == ((), ("plan",), 0)
    assert (fourth.added, fourth.changed, fourth.removed) == ((), (), 1)
