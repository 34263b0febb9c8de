"""The gap log: what is counted, under which topic, and that no words stay without leave."""

import json
import os
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from conftest import ROOT
from filelock import FileLock
from unit.answer.made import answer, citation, holding, library, statement

from assistant import kept
from assistant.answer.parts import Answer, Near, Note, NoteKind, Reply, Status
from assistant.errors import GapLogError
from assistant.gaps import NOTHING_NEAR, forget_source, gaps, is_gap, note_gap, topic_of
from assistant.library.holdings import add, remove
from assistant.settings import Settings

pytestmark = pytest.mark.usefixtures("knowledge")

MARKER = "zebra-crossing-marker"
NOW = datetime(2026, 11, 25, 12)
TODAY = NOW.date()
TEAMS = holding("joint-teams", {"desks": ["point: One desk does not make one team."]})


def not_found(question: str = "Who pays?", *places: str, **fields: object) -> Answer:
    """An answer that the library does not hold; `places` are the nearest sections, best first."""
    near = tuple(Near(source, anchor, "", "", 0.5) for source, anchor in (one.split("#") for one in places))
    return answer(
        status=Status.NOT_FOUND, question=question, complete=False, reply=Reply("x", "No."), nearest=near, **fields
    )


def keeping(home: Settings, days: int) -> Settings:
    return home.model_copy(update={"keep_words": days})


def texts(settings: Settings, now: datetime = NOW) -> list[str]:
    return [asked.text for gap in gaps(settings, now) for asked in gap.words]


def on_disk(home: Path, words: str) -> list[Path]:
    return [path for path in home.rglob("*") if path.is_file() and words.encode() in path.read_bytes()]


def no_words(settings: Settings) -> bool:
    return not any("words" in path.name for path in settings.home.rglob("*"))


def damage(settings: Settings, name: str, data: bytes = b'{"culture') -> None:
    (settings.home / "gaps").mkdir(parents=True, exist_ok=True)
    (settings.home / "gaps" / name).write_bytes(data)


# What is a gap


@pytest.mark.parametrize(
    ("status", "complete", "expected"),
    [
        (Status.NOT_FOUND, False, True),
        (Status.ANSWERED, False, True),
        (Status.ANSWERED, True, False),
        (Status.REFUSED, True, False),
        (Status.REPLIED, True, False),
        (Status.REFUSED, False, False),
    ],
)
def test_a_gap_is_what_was_not_found_or_answered_in_part(status: Status, complete: bool, expected: bool) -> None:
    assert is_gap(answer(status=status, complete=complete)) is expected


def test_an_answer_that_is_no_gap_leaves_nothing_behind(home: Settings) -> None:
    note_gap(keeping(home, 30), answer(status=Status.REPLIED, question=MARKER), NOW)
    assert not home.home.exists()
    assert gaps(home, NOW) == ()
    assert not home.home.exists()


# The topic


def test_the_topic_is_the_first_pitfall_of_the_nearest_section(home: Settings) -> None:
    note_gap(home, not_found("x", "joint-teams#desks", "joint-teams#money"), NOW)
    (gap,) = gaps(home, NOW)
    assert (gap.topic, gap.count, gap.first, gap.last, gap.words) == ("culture-clash", 1, TODAY, TODAY, ())


def test_a_pitfall_is_called_by_its_name(home: Settings) -> None:
    note_gap(home, not_found(pitfalls=("no-fallback",)), NOW)
    (gap,) = gaps(home, NOW)
    assert (gap.topic, gap.name) == ("no-fallback", "No fallback if it ends")


def test_a_section_without_a_pitfall_gives_its_source(home: Settings) -> None:
    note_gap(home, not_found("x", "scottish-review#boards", "joint-teams#money"), NOW)
    (gap,) = gaps(home, NOW)
    assert (gap.topic, gap.name) == ("source:scottish-review", "A review of boards")


def test_an_empty_search_is_near_nothing(home: Settings) -> None:
    note_gap(home, not_found(), NOW)
    (gap,) = gaps(home, NOW)
    assert (gap.topic, gap.name) == (NOTHING_NEAR, "Nothing near")


def test_a_source_that_was_removed_meanwhile_is_passed_over() -> None:
    assert topic_of(not_found("x", "gone#away", "joint-teams#desks"), library(TEAMS)) == "source:joint-teams"
    assert topic_of(not_found("x", "gone#away"), library(TEAMS)) == NOTHING_NEAR
    assert topic_of(not_found("x", "joint-teams#gone"), library(TEAMS)) == "source:joint-teams"


def test_a_partial_answer_is_counted_at_its_own_pitfall_or_else_at_what_it_cites() -> None:
    said = statement(citation(TEAMS, "One desk does not make one team."))
    assert topic_of(answer(said, complete=False, pitfalls=("geography", "trust")), library(TEAMS)) == "geography"
    assert topic_of(answer(said, complete=False), library(TEAMS)) == "source:joint-teams"


def test_the_most_frequent_topic_comes_first_with_its_first_and_last_day(home: Settings) -> None:
    note_gap(home, not_found("x", "joint-teams#money"), NOW)
    for day in (0, 3, 1):
        note_gap(home, not_found("x", "joint-teams#desks"), NOW + timedelta(day))
    found = gaps(home, NOW)
    assert [(one.topic, one.count) for one in found] == [("culture-clash", 3), ("money-and-risk", 1)]
    assert (found[0].first, found[0].last) == (TODAY, TODAY + timedelta(3))


# Words


def test_without_leave_no_word_of_a_question_is_on_the_disk(home: Settings) -> None:
    for place in ("joint-teams#desks", "scottish-review#boards"):
        note_gap(home, not_found(MARKER, place, standalone_question=MARKER), NOW)
    note_gap(home, not_found(MARKER), NOW)
    assert sum(one.count for one in gaps(home, NOW)) == 3
    assert on_disk(home.home, MARKER) == []
    assert no_words(home)


def test_with_leave_the_words_are_kept_with_their_day_newest_first(home: Settings) -> None:
    settings = keeping(home, 30)
    note_gap(settings, not_found("Who pays?", "joint-teams#desks"), NOW)
    note_gap(settings, not_found("Who decides?", "joint-teams#desks"), NOW + timedelta(1))
    (gap,) = gaps(settings, NOW + timedelta(1))
    assert [(one.text, one.day) for one in gap.words] == [
        ("Who decides?", date(2026, 11, 26)),
        ("Who pays?", date(2026, 11, 25)),
    ]


def test_words_stand_with_their_own_topic(home: Settings) -> None:
    settings = keeping(home, 30)
    note_gap(settings, not_found("Who pays?", "joint-teams#money"), NOW)
    note_gap(settings, not_found("Who sits where?", "joint-teams#desks"), NOW)
    words = {one.topic: [asked.text for asked in one.words] for one in gaps(settings, NOW)}
    assert words == {"money-and-risk": ["Who pays?"], "culture-clash": ["Who sits where?"]}


def test_a_question_that_held_personal_details_is_counted_without_its_words(home: Settings) -> None:
    note = Note(NoteKind.PERSONAL_DETAILS, "We took out a number.")
    note_gap(keeping(home, 30), not_found(MARKER, notes=(note,)), NOW)
    assert [one.count for one in gaps(keeping(home, 30), NOW)] == [1]
    assert on_disk(home.home, MARKER) == []


@pytest.mark.parametrize(("days", "is_kept"), [(0, True), (29, True), (30, False), (400, False)])
def test_words_are_kept_for_so_many_days(days: int, is_kept: bool, home: Settings) -> None:
    settings = keeping(home, 30)
    note_gap(settings, not_found(MARKER), NOW)
    assert texts(settings, NOW + timedelta(days)) == ([MARKER] if is_kept else [])
    assert bool(on_disk(home.home, MARKER)) is is_kept


def test_one_day_is_the_day_itself(home: Settings) -> None:
    settings = keeping(home, 1)
    note_gap(settings, not_found(MARKER), NOW)
    assert texts(settings) == [MARKER]
    assert texts(settings, NOW + timedelta(1)) == []


@pytest.mark.parametrize(
    "later",
    [not_found("x"), answer(status=Status.REPLIED), answer(complete=True)],
    ids=["a gap", "a reply", "an answer"],
)
def test_words_whose_time_is_up_go_with_the_next_answer_of_any_kind(later: Answer, home: Settings) -> None:
    note_gap(keeping(home, 5), not_found(MARKER), NOW)
    note_gap(keeping(home, 5), later, NOW + timedelta(5))
    assert on_disk(home.home, MARKER) == []


def test_words_are_not_dropped_by_an_answer_before_their_time(home: Settings) -> None:
    settings = keeping(home, 5)
    note_gap(settings, not_found(MARKER), NOW)
    note_gap(settings, answer(complete=True), NOW + timedelta(4))
    assert texts(settings, NOW + timedelta(4)) == [MARKER]


def test_a_setting_of_0_drops_the_words_and_their_file_and_leaves_the_counts(home: Settings) -> None:
    note_gap(keeping(home, 30), not_found(MARKER), NOW)
    assert [one.count for one in gaps(home, NOW)] == [1]
    assert on_disk(home.home, MARKER) == []
    assert no_words(home)


def test_words_of_a_day_far_ahead_do_not_stay_for_ever(home: Settings) -> None:
    settings = keeping(home, 30)
    note_gap(settings, not_found(MARKER), datetime(2199, 1, 1))
    assert texts(settings) == []


def test_what_a_killed_process_left_half_written_goes_too(home: Settings) -> None:
    note_gap(home, not_found(), NOW)
    damage(home, ".words.json.4711", MARKER.encode())
    note_gap(home, answer(complete=True), NOW)
    assert on_disk(home.home, MARKER) == []


def test_the_oldest_words_go_where_there_are_too_many(home: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_MOST", 2)
    settings = keeping(home, 30)
    for question in ("one", "two", "three"):
        note_gap(settings, not_found(question), NOW)
    assert texts(settings) == ["three", "two"]
    assert gaps(settings, NOW)[0].count == 3


# Removing a source


@pytest.fixture
def own_file(home: Settings, tmp_path: Path) -> str:
    """A file of the reader's own, in the library; gives its id."""
    path = tmp_path / "about-mrs-smith.txt"
    path.write_text("A heading\n\nThe night rota changes in March each year.\n", encoding="utf-8")
    return add(home, path).source.id


def test_a_removed_source_is_named_in_the_log_no_more(home: Settings, own_file: str) -> None:
    settings, now = keeping(home, 30), datetime.now()
    note_gap(settings, not_found("Who pays?"), now - timedelta(1))
    note_gap(settings, not_found("Whose rota?", f"{own_file}#a-heading"), now)
    assert {one.topic for one in gaps(settings, now)} == {NOTHING_NEAR, f"source:{own_file}"}
    remove(settings, own_file)
    forget_source(settings, own_file)
    (gap,) = gaps(settings, now)
    assert (gap.topic, gap.count, gap.first, gap.last) == (NOTHING_NEAR, 2, now.date() - timedelta(1), now.date())
    assert {one.text for one in gap.words} == {"Who pays?", "Whose rota?"}
    assert on_disk(home.home, own_file) == []


def test_a_source_that_is_still_held_stays_in_the_log(home: Settings) -> None:
    note_gap(home, not_found("x", "scottish-review#boards"), NOW)
    forget_source(home, "scottish-review")
    assert [one.topic for one in gaps(home, NOW)] == ["source:scottish-review"]


def test_there_is_nothing_to_forget_where_there_is_no_log(home: Settings) -> None:
    forget_source(home, "no-such-source")
    assert not home.home.exists()


def test_a_source_that_is_not_held_now_is_shown_by_its_id(home: Settings, knowledge: Path) -> None:
    note_gap(home, not_found("x", "scottish-review#boards"), NOW)
    (knowledge / "articles" / "scottish-review.md").unlink()
    (gap,) = gaps(home, NOW)
    assert (gap.topic, gap.name) == ("source:scottish-review", "scottish-review")


# The files


def test_the_log_is_its_owners_alone(home: Settings) -> None:
    if os.name == "nt":
        pytest.skip("Windows has no such permissions")
    note_gap(keeping(home, 30), not_found(), NOW)
    assert {path.name for path in (home.home / "gaps").iterdir()} >= {"counts.json", "words.json"}
    for path in (home.home, home.home / "gaps", *(home.home / "gaps").iterdir()):
        assert path.stat().st_mode & 0o077 == 0, path


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0\xff\xfe",
        b"{",
        b"[]",
        b'{"trust": 3}',
        b'{"trust": {"count": 0, "first": "2026-01-01", "last": "2026-01-01"}}',
        b'{"trust": {"count": 2, "first": "soon", "last": "2026-01-01"}}',
        b"[" * 100_000,
    ],
)
def test_damaged_counts_are_told_and_put_aside(data: bytes, home: Settings) -> None:
    damage(home, "counts.json", data)
    with pytest.raises(GapLogError, match=r"counts\.json was damaged.*put aside as counts\.damaged\.json"):
        gaps(home, NOW)
    assert (home.home / "gaps" / "counts.damaged.json").read_bytes() == data
    assert gaps(home, NOW) == ()


def test_damaged_counts_stop_no_answer_and_counting_goes_on(home: Settings, caplog: pytest.LogCaptureFixture) -> None:
    damage(home, "counts.json")
    note_gap(home, not_found("x", "joint-teams#desks"), NOW)
    assert "put aside as counts.damaged.json" in caplog.text
    assert [(one.topic, one.count) for one in gaps(home, NOW)] == [("culture-clash", 1)]


def test_damaged_words_are_erased_and_the_counts_stand(home: Settings, caplog: pytest.LogCaptureFixture) -> None:
    settings = keeping(home, 30)
    note_gap(settings, not_found("x"), NOW)
    damage(home, "words.json", f'[{{"text": "{MARKER}"'.encode())
    assert [(one.count, one.words) for one in gaps(settings, NOW)] == [(1, ())]
    assert "were erased" in caplog.text
    assert MARKER not in caplog.text
    assert on_disk(home.home, MARKER) == []


@pytest.mark.parametrize("place", ["home", "home/gaps", "home/gaps/counts.json", "home/gaps/words.json"])
def test_a_log_that_cannot_be_written_stops_no_answer(
    place: str, home: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / place
    path.parent.mkdir(parents=True, exist_ok=True)
    if place.endswith(".json"):
        path.mkdir()
    else:
        path.write_text("in the way", encoding="utf-8")
    note_gap(keeping(home, 30), not_found(MARKER), NOW)
    assert "cannot be read or written" in caplog.text
    assert MARKER not in caplog.text


def test_a_folder_that_may_only_be_read_stops_no_answer(home: Settings, caplog: pytest.LogCaptureFixture) -> None:
    if not hasattr(os, "geteuid") or os.geteuid() == 0:
        pytest.skip("root may write everywhere, and Windows has no such permissions")
    home.home.mkdir(mode=0o500)
    note_gap(home, not_found(), NOW)
    assert "cannot be read or written" in caplog.text


def test_a_log_that_another_process_holds_stops_no_answer(
    home: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    note_gap(home, not_found(), NOW)
    monkeypatch.setattr(kept, "_WAIT", 0.1)
    with FileLock(home.home / "gaps" / "lock"):
        note_gap(home, not_found(), NOW)
        with pytest.raises(GapLogError, match="another process holds it"):
            gaps(home, NOW)
    assert "another process holds it" in caplog.text
    assert gaps(home, NOW)[0].count == 1


def test_a_library_that_cannot_be_read_stops_no_answer(
    home: Settings, knowledge: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (knowledge / "articles" / "broken.md").write_text("---\nid: [\n---\n", encoding="utf-8")
    note_gap(home, not_found(), NOW)
    assert "not brought up to date" in caplog.text


NOTING = """
import sys
from pathlib import Path
from assistant.answer.parts import Answer, Audience, Status
from assistant.gaps import note_gap
from assistant.settings import Settings
settings = Settings(home=Path(sys.argv[1]), library="none", keep_words=30)
for number in range(20):
    question = f"{sys.argv[2]}-{number}"
    note_gap(settings, Answer(question, question, Audience.FRONTLINE, None, Status.NOT_FOUND, complete=False))
"""


def test_several_processes_lose_no_count_and_no_word(home: Settings) -> None:
    running = [
        subprocess.Popen([sys.executable, "-c", NOTING, str(home.home), str(number)], cwd=ROOT) for number in range(3)
    ]
    assert [one.wait(timeout=120) for one in running] == [0, 0, 0]
    counts = json.loads((home.home / "gaps" / "counts.json").read_bytes())
    assert counts[NOTHING_NEAR]["count"] == 60
    assert len(set(texts(keeping(home, 30), datetime.now()))) == 60
