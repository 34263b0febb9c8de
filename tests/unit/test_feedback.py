"""What readers say of answers: what is counted, and that no words stay without leave."""

import logging
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from filelock import FileLock
from unit.answer.made import answer, citation, holding, statement

from assistant import kept
from assistant.answer.parts import Note, NoteKind, Reply, Status
from assistant.errors import FeedbackError
from assistant.feedback import Verdict, drop_old_words, feedback, note_feedback
from assistant.settings import Settings

NOW = datetime(2026, 11, 25, 12)
TEAMS = holding("joint-teams", {"desks": ["point: One desk does not make one team."]})
ANSWERED = answer(statement(citation(TEAMS, "One desk does not make one team.")), question="Who decides?")


def keeping(home: Settings, days: int) -> Settings:
    return home.model_copy(update={"keep_words": days})


def on_disk(home: Path, words: str) -> list[Path]:
    return [path for path in home.rglob("*") if path.is_file() and words.encode() in path.read_bytes()]


def test_nothing_said_is_nothing_counted(home: Settings) -> None:
    assert feedback(home) == ()
    assert not home.home.exists()


def test_verdicts_are_counted_by_their_reason(home: Settings) -> None:
    for verdict, reason in [(Verdict.HELPFUL, ""), (Verdict.NOT_HELPFUL, "unclear"), (Verdict.NOT_HELPFUL, "unclear")]:
        note_feedback(home, ANSWERED, verdict, reason)
    assert [(one.verdict, one.reason, one.count) for one in feedback(home)] == [
        (Verdict.NOT_HELPFUL, "unclear", 2),
        (Verdict.HELPFUL, "", 1),
    ]


def test_no_word_of_question_or_answer_is_on_disk_unless_the_setting_says_so(home: Settings) -> None:
    assert note_feedback(home, ANSWERED, Verdict.HELPFUL) is False
    assert on_disk(home.home, "Who decides?") == []
    assert on_disk(home.home, "One desk") == []


def test_the_words_are_kept_where_the_setting_says_so(home: Settings) -> None:
    kept = keeping(home, 2)
    assert note_feedback(kept, ANSWERED, Verdict.NOT_HELPFUL, "wrong", NOW) is True
    ((words,),) = [one.words for one in feedback(kept, NOW)]
    assert (words.question, words.answer) == ("Who decides?", "One desk does not make one team.")


def test_the_words_of_a_fixed_reply_are_kept_too(home: Settings) -> None:
    kept = keeping(home, 2)
    note_feedback(kept, answer(status=Status.NOT_FOUND, reply=Reply("x", "Not held.")), Verdict.NOT_HELPFUL, "", NOW)
    assert [one.words[0].answer for one in feedback(kept, NOW)] == ["Not held."]


def test_a_question_that_had_personal_details_is_counted_without_its_words(home: Settings) -> None:
    kept = keeping(home, 2)
    noted = answer(question="Who decides?", notes=(Note(NoteKind.PERSONAL_DETAILS, "Taken out."),))
    assert note_feedback(kept, noted, Verdict.HELPFUL, now=NOW) is False
    assert [(one.count, one.words) for one in feedback(kept, NOW)] == [(1, ())]


@pytest.mark.parametrize("drop", [lambda settings, now: feedback(settings, now), drop_old_words])
def test_words_whose_time_is_up_are_erased_and_the_counts_stay(home: Settings, drop: object) -> None:
    kept = keeping(home, 2)
    note_feedback(kept, ANSWERED, Verdict.HELPFUL, now=NOW)
    drop(kept, NOW + timedelta(days=2))  # type: ignore[operator]
    assert on_disk(home.home, "Who decides?") == []
    assert [one.count for one in feedback(kept, NOW + timedelta(days=2))] == [1]


def test_words_go_when_the_setting_is_taken_away(home: Settings) -> None:
    note_feedback(keeping(home, 9), ANSWERED, Verdict.HELPFUL, now=NOW)
    note_feedback(home, ANSWERED, Verdict.HELPFUL, now=NOW)
    assert on_disk(home.home, "Who decides?") == []


def test_words_that_a_killed_process_left_half_written_go(home: Settings) -> None:
    note_feedback(home, ANSWERED, Verdict.HELPFUL)
    left = home.home / "feedback" / ".words.json.123"
    left.write_text("Who decides?")
    drop_old_words(home)
    assert not left.exists()


def test_only_so_many_words_are_kept_and_the_oldest_go(home: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.kept._MOST", 2)
    kept = keeping(home, 9)
    for number in range(3):
        note_feedback(kept, answer(question=f"Question {number}?"), Verdict.HELPFUL, now=NOW)
    assert [one.question for one in feedback(kept, NOW)[0].words] == ["Question 2?", "Question 1?"]


def test_damaged_counts_are_put_aside_and_counting_begins_anew(home: Settings) -> None:
    note_feedback(home, ANSWERED, Verdict.HELPFUL)
    (home.home / "feedback" / "counts.json").write_bytes(b'{"helpful')
    note_feedback(home, ANSWERED, Verdict.HELPFUL)
    assert [one.count for one in feedback(home)] == [1]
    assert (home.home / "feedback" / "counts.damaged.json").read_bytes() == b'{"helpful'


def test_a_damaged_file_of_words_is_erased(home: Settings) -> None:
    kept = keeping(home, 9)
    note_feedback(kept, ANSWERED, Verdict.HELPFUL, now=NOW)
    (home.home / "feedback" / "words.json").write_bytes(b"[{")
    assert [(one.count, one.words) for one in feedback(kept, NOW)] == [(1, ())]
    assert not (home.home / "feedback" / "words.json").exists()


def test_a_reader_is_not_told_of_a_folder_that_cannot_be_written(
    home: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    home.home.mkdir(parents=True)
    (home.home / "feedback").write_text("a file where the folder should be")
    with caplog.at_level(logging.WARNING):
        assert note_feedback(home, ANSWERED, Verdict.HELPFUL) is False
    assert "was not counted" in caplog.text


def test_who_reads_what_was_said_is_told_when_another_process_holds_it(
    home: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "_WAIT", 0.0)
    note_feedback(home, ANSWERED, Verdict.HELPFUL)
    with FileLock(home.home / "feedback" / "lock"), pytest.raises(FeedbackError, match="another process"):
        feedback(home)


def test_the_files_are_their_owners_alone(home: Settings) -> None:
    note_feedback(keeping(home, 9), ANSWERED, Verdict.HELPFUL, now=NOW)
    folder = home.home / "feedback"
    assert folder.stat().st_mode & 0o077 == 0
    assert [path.name for path in folder.iterdir() if path.stat().st_mode & 0o077] == []
