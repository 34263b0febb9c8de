import json
import os
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.answer import model
from assistant.answer.evidence import evidence
from assistant.answer.model import chat_model, reworded
from assistant.answer.parts import Audience, Draft, Engine
from assistant.answer.pipeline import Assistant
from assistant.answer.verify import verify
from assistant.guard import guard
from assistant.library.situations import situations
from assistant.settings import Settings

pytestmark = pytest.mark.live
_QUESTIONS = int(os.environ.get("QUESTIONS", "40"))
_PATIENCE = 180.0  # seconds: what counts here is what it says, on however busy a machine


def test_what_survives_of_a_small_models_words(
    shipped: Settings, model_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asks, prints what was kept of the model's own words beside its quotes, and checks the promise."""
    monkeypatch.setattr(model, "PATIENCE", _PATIENCE)
    assistant = Assistant(shipped)
    chat = chat_model(Settings(home=tmp_path, model="openai:smollm2", model_url=model_url))
    assert chat is not None
    offered: list[tuple[str, str]] = []  # each sentence of the model's own, and the line that it names

    def watched(draft: Draft, texts: Sequence[str]) -> Draft:
        offered.extend((text, draft.text) for text in texts)
        return worded(draft, texts)

    worded = model._worded
    monkeypatch.setattr(model, "_worded", watched)
    audiences, counts, kept = list(Audience), {"asked": 0, "lines": 0, "model": 0, "notes": {}}, []
    for number, one in enumerate(random.Random(3).sample([*situations()], 4 * _QUESTIONS)):
        turn = guard(one.text)
        if turn.reply or counts["asked"] >= _QUESTIONS:
            continue
        library, finding = assistant.find(turn.searchable)
        drafts = evidence(turn.searchable, finding.passages, audiences[number % 3])
        if not drafts:
            continue
        wording = reworded(turn.searchable, drafts, chat, audiences[number % 3], patience=_PATIENCE)
        statements = verify(wording.drafts, finding.passages, library)
        assert len(statements) == len(wording.drafts)
        counts["asked"] += 1
        counts["lines"] += len(statements)
        counts["model"] += wording.engine is Engine.MODEL
        for note in wording.notes:
            counts["notes"][note.text] = counts["notes"].get(note.text, 0) + 1
        new = [(each.text, each.citations[0].quote) for each in statements if each.text != each.citations[0].quote]
        kept += new
        for text, quote in new:
            print(f"\n- {text}\n  {quote}", flush=True)
    verbatim = sum(text == line for text, line in offered)
    print(
        json.dumps({**counts, "sentences": len(offered), "verbatim": verbatim, "own words kept": len(kept)}), flush=True
    )
    for text, line in [one for one in offered if one[0] != one[1]][:25]:
        print(f"\nOFFERED {text[:300]}\n  {line}", flush=True)
