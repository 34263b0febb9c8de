"""D5, D6: what was caught in a question is kept nowhere: not in the answer, on disk, in a log or in memory."""

import gc
import logging
from dataclasses import replace
from pathlib import Path

import pytest
from fakes import WordEmbeddings

from assistant.answer.history import exchange
from assistant.answer.pipeline import Assistant
from assistant.export import answer_record, to_json
from assistant.feedback import Verdict, note_feedback
from assistant.gaps import note_gap
from assistant.settings import Settings
from ui.render.answer import conversation

MARKERS = ("999 111 1114", "Ottoline", "qqzelda@example.org")
ASKED = f"Who decides for Mrs Ottoline Frayne, NHS number {MARKERS[0]}, mail {MARKERS[2]}, when money runs out?"


@pytest.fixture
def settings(home: Settings) -> Settings:
    """The setting that keeps the most."""
    return home.model_copy(update={"keep_words": 30})


@pytest.mark.usefixtures("knowledge")
def test_D5_what_was_caught_is_kept_nowhere(
    settings: Settings, words: WordEmbeddings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    assistant = Assistant(settings)
    assistant.opened()
    words.texts.clear()
    answer = assistant.ask(ASKED)
    again = assistant.ask("And who pays then?", exchange(answer))
    for one in (answer, again, replace(answer, complete=False)):
        note_gap(settings, one)
        note_feedback(settings, one, Verdict.NOT_HELPFUL, "")
    library, _ = assistant.opened()
    shown = conversation([answer, again], library)
    said = "\n".join((shown, to_json(answer_record(answer)), to_json(answer_record(again)), caplog.text, *words.texts))
    assert [marker for marker in MARKERS if marker in said] == []
    assert [marker for marker in MARKERS for path in files(settings.home) if marker.encode() in path.read_bytes()] == []
    # by `type`, since to ask some objects for their class is to use them
    held = [one for one in gc.get_objects() if type(one) in (dict, list, tuple) and one is not MARKERS]
    assert [type(one) for one in held if any(type(part) is str and part == ASKED for part in parts(one))] == []


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def parts(one: object) -> list[object]:
    if isinstance(one, dict):
        own = {id(globals()), id(gc)}
        return [] if id(one) in own or "ASKED" in one else list(one.values())
    return list(one) if isinstance(one, list | tuple) else []
