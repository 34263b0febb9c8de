"""The model engine: a chat model chooses, orders and rewords what the evidence engine found.

It cannot add to it. The lines of evidence are numbered and the model answers with numbers, each after
a sentence of its own or alone: letting a model pick lines keeps what a summary in free words loses,
and small models can do it. A sentence takes the place of its line only where `says_the_same` finds the
two to say the same; else the line stands as it is. Where the model fails, all lines do.
"""

import logging
import re
import secrets
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from queue import Empty, SimpleQueue
from typing import Any
from urllib.parse import urlsplit

import yaml
from langchain_core.language_models import BaseChatModel
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate

from assistant.answer.parts import Audience, Draft, Engine, Note, NoteKind
from assistant.answer.wording import says_the_same
from assistant.errors import SettingsError
from assistant.settings import PREFIX, Settings
from assistant.templates import template

PATIENCE = 12.0  # seconds that a reader waits for the model
_LONGEST_REPLY = 400  # tokens; eight sentences and their numbers are some 300, and small models ramble to the end
_FAR_TOO_LONG = 20_000  # characters of a reply that is not worth reading
_MARK = re.compile(r"\[\s*(\d{1,3}(?:\s*,\s*\d{1,3})*)\s*\]")
_BULLET = re.compile(r"^\s*(?:[-*•]|\d{1,3}[.)])\s+")
_NUMBERS = re.compile(r"\s*\d{1,3}(?:[\s,;.]+\d{1,3})*[\s.]*")
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")
_HERE = {"127.0.0.1", "localhost", "::1"}
_READERS = {
    Audience.FRONTLINE: "frontline staff",
    Audience.LEADER: "a leader new to this",
    Audience.PROPOSAL: "a team that writes a proposal",
}

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wording:
    """Drafts as they are to be verified, what worded them, and what the reader should know of it."""

    drafts: tuple[Draft, ...]
    engine: Engine = Engine.EVIDENCE
    notes: tuple[Note, ...] = ()


@cache
def chat_model(settings: Settings) -> BaseChatModel | None:
    """The chat model that the settings ask for, or None where they ask for none. Nothing is sent yet.

    Raises SettingsError for one that cannot be made: an unknown provider, or one whose package is not
    installed.
    """
    if not settings.model:
        return None
    from langchain.chat_models import init_chat_model  # takes a second to import, and most readers have no model

    provider = settings.model.partition(":")[0]
    options: dict[str, Any] = {"base_url": settings.model_url} if settings.model_url else {}
    if provider == "ollama":  # names its options differently
        options |= {"num_predict": _LONGEST_REPLY, "client_kwargs": {"timeout": PATIENCE}}
    else:
        options |= {"max_tokens": _LONGEST_REPLY, "timeout": PATIENCE, "max_retries": 0}
    if provider == "openai" and urlsplit(settings.model_url).hostname in _HERE:
        options["api_key"] = "none"  # the client insists on one; a server on this machine seldom asks for it
    try:
        model: BaseChatModel = init_chat_model(settings.model, temperature=0, **options)
    except ImportError as error:
        package = f"langchain-{provider.replace('_', '-')}"
        raise SettingsError(
            f"{PREFIX}MODEL is '{settings.model}', whose package is not installed. Run: pip install {package}"
        ) from error
    except Exception as error:  # each provider has errors of its own, for a missing key among others
        raise SettingsError(
            f"{PREFIX}MODEL is '{settings.model}', which cannot be used: {_first_line(error)}"
        ) from error
    return model


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)


def reworded(
    question: str, drafts: Sequence[Draft], chat: BaseChatModel, audience: Audience, *, patience: float = PATIENCE
) -> Wording:
    """The drafts in the model's order and, where it kept their meaning, in its words.

    Headings stay in their order, and each draft under its own. Where the model fails, is silent for
    longer than `patience` in seconds or makes no sense, the drafts come back as they are, with a note.
    """
    if not drafts:
        return Wording(())
    reply = _reply(question, drafts, chat, audience, patience)
    if reply is None:
        return Wording(tuple(drafts), notes=(_note("failed"),))
    picked = _picked(reply, len(drafts))
    if not picked:
        return Wording(tuple(drafts), notes=(_note("unusable"),))
    worded = {number: _worded(drafts[number], texts) for number, texts in picked.items()}
    order = _order(list(picked), drafts)
    count = sum(worded[number] is not drafts[number] for number in picked)
    result = tuple(worded.get(number, drafts[number]) for number in order)
    if not count and order == list(range(len(drafts))):
        return Wording(result)
    name = "reworded" if count else "ordered"
    return Wording(result, Engine.MODEL, (_note(name, count=count, all=len(result)),))


def _reply(
    question: str, drafts: Sequence[Draft], chat: BaseChatModel, audience: Audience, patience: float
) -> str | None:
    """What the model answers, or None where it does not, for whatever reason."""
    lines = "\n".join(f"[{number}] {draft.text}" for number, draft in enumerate(drafts, 1))
    values = {"question": question, "lines": lines, "reader": _READERS[audience]}
    return replied(chat, ("reword-rules.txt", "reword.txt"), values, patience=patience)


def replied(
    chat: BaseChatModel, prompts: tuple[str, str], values: Mapping[str, str], *, patience: float = PATIENCE
) -> str | None:
    """What a model says to two prompts, the rules and the request, or None where it says nothing in time.

    Both get a `mark` beside the values. The model is asked in a thread, because not every provider
    keeps to a time limit.
    """
    rules, request = prompts
    prompt = ChatPromptTemplate.from_messages([("system", template(rules)), ("human", template(request))])
    # The mark is new each time, so that no line can hold it and pretend to be the end of the lines.
    filled = {**values, "mark": secrets.token_hex(8)}
    answers: SimpleQueue[str | None] = SimpleQueue()

    def ask() -> None:
        try:
            answers.put((prompt | chat | StrOutputParser()).invoke(filled))
        except Exception as error:  # noqa: BLE001  # whatever goes wrong there, the reader gets the evidence
            logger.warning("The language model failed: %s", type(error).__name__)
            answers.put(None)

    threading.Thread(target=ask, daemon=True).start()
    try:
        return answers.get(timeout=patience)
    except Empty:
        logger.warning("The language model did not answer within %s seconds", patience)
        return None


def _picked(reply: str, count: int) -> dict[int, list[str]]:
    """The lines that a reply names, counted from 0, in its order, each with the sentences it has for it."""
    picked: dict[int, list[str]] = {}
    for line in reply.splitlines() if len(reply) <= _FAR_TOO_LONG else ():
        for number, text in _marked(line):
            if 0 < number <= count:
                picked.setdefault(number - 1, []).extend([text] if text else [])
    return picked


def _marked(line: str) -> Iterator[tuple[int, str]]:
    """The numbers in a line of a reply, each with the text before it; or after, where the line begins with one."""
    if _NUMBERS.fullmatch(line):
        yield from ((int(number), "") for number in re.findall(r"\d+", line))
        return
    parts = _MARK.split(_BULLET.sub("", line))
    texts, marks = [part.strip() for part in parts[::2]], parts[1::2]
    texts = texts[:-1] if texts[0] else texts[1:]
    before = ""
    for text, mark in zip(texts, marks, strict=True):
        before = text or before  # of '[1][2]', both stand after the same sentence
        yield from ((int(number), before) for number in mark.split(","))


def _worded(draft: Draft, texts: Sequence[str]) -> Draft:
    """The draft in the first of the model's sentences that says the same, alone or all together; else as it is."""
    lasts = [_SENTENCE_END.split(text)[-1] for text in texts]
    for text in (*texts, *lasts, " ".join(texts)):
        sentence = _finished(text, draft.text)
        if sentence != draft.text and any(says_the_same(sentence, quote.text) for quote in draft.quotes):
            return replace(draft, text=sentence)
    return draft


def _finished(text: str, like: str) -> str:
    """A sentence with a capital and a full stop, where the one that it is to replace has them."""
    text = " ".join(text.split())
    begun = text[:1].upper() + text[1:] if like[:1].isupper() else text
    return begun if begun.endswith((".", "?", "!")) or like[-1:] not in ".?" else begun + like[-1:]


def _order(chosen: list[int], drafts: Sequence[Draft]) -> list[int]:
    """The order of the drafts: heading by heading as before, and under each as the model chose.

    What it left out is left out, unless that is more than half: a small model loses count, and shall
    not empty an answer. Then the rest follow.
    """
    if 2 * len(chosen) < len(drafts):
        chosen = [*chosen, *(number for number in range(len(drafts)) if number not in chosen)]
    headings = list(dict.fromkeys(draft.part for draft in drafts))
    return sorted(chosen, key=lambda number: headings.index(drafts[number].part))


@cache
def _words() -> Mapping[str, str]:
    words: Mapping[str, str] = yaml.safe_load(template("notes.yaml"))["engine"]
    return words


def _note(name: str, **values: int) -> Note:
    return Note(NoteKind.ENGINE, _words()[name].format(**values))
