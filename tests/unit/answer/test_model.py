import threading
from pathlib import Path

import pytest
from fakes import ScriptedChatModel
from unit.answer.made import draft, holding, quote

from assistant.answer.model import Wording, chat_model, reworded
from assistant.answer.parts import Audience, Draft, Engine, NoteKind
from assistant.errors import SettingsError
from assistant.settings import Settings

ONE = holding(
    "a-source", {"rules": ["do: Boards set up rules.", "do: Staff must share records.", "do: Partners trust staff."]}
)
DRAFTS = [
    draft(text, quote(ONE, text))
    for text in ("Boards set up rules.", "Staff must share records.", "Partners trust staff.")
]
TEXTS = [one.text for one in DRAFTS]


def asked(reply: object, *, patience: float = 30.0) -> Wording:
    return reworded("Who?", DRAFTS, ScriptedChatModel(replies=[reply]), Audience.LEADER, patience=patience)


def texts(reply: object) -> list[str]:
    return [one.text for one in asked(reply).drafts]


def test_a_true_rewording_takes_the_place_of_its_line() -> None:
    wording = asked("Boards establish rules. [1]\n[2]\n[3]")
    assert [one.text for one in wording.drafts] == ["Boards establish rules.", *TEXTS[1:]]
    assert wording.engine is Engine.MODEL
    assert [note.kind for note in wording.notes] == [NoteKind.ENGINE]
    assert "1 of 3" in wording.notes[0].text


def test_a_rewording_keeps_the_quotes_of_its_line() -> None:
    assert asked("Boards establish rules. [1]").drafts[0].quotes == DRAFTS[0].quotes


REPLACED = {
    "a lie": "Boards never set up rules. [1]\n[2] [3]",
    "an invented citation": "Boards never set up rules. [9]\n[1] [2] [3]",
    "the wrong line": "Staff have to share records. [1]\n[2] [3]",
    "a lie beside the truth, for one line": "Boards ban rules. [1]\n[1]\n[2]\n[3]",
    "the lines echoed": "\n".join(f"[{number}] {text}" for number, text in enumerate(TEXTS, 1)),
    "less than half of them": "[1]",
}


@pytest.mark.parametrize("reply", REPLACED.values(), ids=REPLACED)
def test_the_evidence_stands_where_the_model_is_not_to_be_trusted(reply: str) -> None:
    assert texts(reply) == TEXTS


PICKED = {
    "numbers alone": "3, 1, 2",
    "marks alone": "[3] [1] [2]",
    "one a line": "[3]\n[1]\n[2]",
    "marks before": "[3] Partners trust staff.\n[1] Boards set up rules.\n[2] x",
    "a list": "1. Partners trust staff [3]\n2. Boards set up rules [1]\n3. y [2]",
    "twice": "[3]\n[1]\n[3]\n[2]",
}


@pytest.mark.parametrize("reply", PICKED.values(), ids=PICKED)
def test_the_order_is_the_models(reply: str) -> None:
    assert texts(reply) == [TEXTS[2], TEXTS[0], TEXTS[1]]


def test_a_line_that_is_left_out_is_left_out() -> None:
    assert texts("[3] [1]") == [TEXTS[2], TEXTS[0]]


def test_headings_keep_their_order() -> None:
    drafts = [Draft(one.text, part, one.quotes) for one, part in zip(DRAFTS, ("A", "B", "B"), strict=True)]
    wording = reworded("Who?", drafts, ScriptedChatModel(replies=["[3] [2] [1]"]), Audience.LEADER)
    assert [one.part for one in wording.drafts] == ["A", "B", "B"]
    assert [one.text for one in wording.drafts] == [TEXTS[0], TEXTS[2], TEXTS[1]]


UNUSABLE = ["", "I cannot help with that.", "Nid wyf yn gwybod.", "[0] [99]", "[1]" * 10_000, "{}", "\n\n"]


@pytest.mark.parametrize("reply", UNUSABLE)
def test_a_reply_that_makes_no_sense_gives_the_evidence_and_a_note(reply: str) -> None:
    wording = asked(reply)
    assert [one.text for one in wording.drafts] == TEXTS
    assert wording.engine is Engine.EVIDENCE
    assert "could not be used" in wording.notes[0].text


@pytest.mark.parametrize("error", [ConnectionError("down"), TimeoutError(), ValueError("malformed")])
def test_a_model_that_fails_gives_the_evidence_and_a_note(error: Exception) -> None:
    wording = asked(error)
    assert [one.text for one in wording.drafts] == TEXTS
    assert "could not be reached" in wording.notes[0].text


def test_a_model_that_does_not_answer_is_not_waited_for() -> None:
    done = threading.Event()
    wording = asked(lambda prompt: str(done.wait(60)), patience=0.05)
    done.set()
    assert [one.text for one in wording.drafts] == TEXTS
    assert "too long" in wording.notes[0].text


def test_nothing_found_is_not_put_to_the_model() -> None:
    chat = ScriptedChatModel(replies=["x"])
    assert reworded("Who?", [], chat, Audience.LEADER) == Wording(())
    assert chat.prompts == []


def test_the_lines_stand_between_marks_that_are_new_each_time() -> None:
    chat = ScriptedChatModel(replies=["[1]"])
    for _ in range(2):
        reworded("Who {decides}?", DRAFTS, chat, Audience.LEADER)
    first, second = chat.prompts
    assert first != second
    assert "Who {decides}?" in first
    assert "[2] Staff must share records." in first


def test_no_model_is_made_where_none_is_set(home: Settings) -> None:
    assert chat_model(home) is None


def test_a_package_that_is_missing_is_named_with_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="pip install langchain-mistralai"):
        chat_model(Settings(home=tmp_path, model="mistralai:small"))


def test_an_unknown_provider_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be used"):
        chat_model(Settings(home=tmp_path, model="nobody:nothing"))
