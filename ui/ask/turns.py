"""What the page does with a turn: asks it, takes it back, asks it again. Knows components, builds none."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any

import gradio as gr
from langchain_core.messages import BaseMessage

from assistant.answer.history import exchange
from assistant.answer.parts import Answer, Audience
from assistant.answer.pipeline import Assistant, Step
from assistant.errors import CommonGroundError
from assistant.feedback import drop_old_words
from assistant.gaps import note_gap
from assistant.library.catalogue import Nation
from ui.access.marks import costly
from ui.ask.choices import ANYWHERE
from ui.render.answer import conversation, working
from ui.render.cards import sources
from ui.render.said import said_on
from ui.render.words import notice, told

_BLINK = 0.2  # seconds; a step that is over sooner is not shown, and a screen reader is left in peace
Changes = dict[Any, Any]


@dataclass(frozen=True, slots=True)
class Turns:
    """The components that a turn changes, and the assistant that it is put to."""

    assistant: Assistant
    log: gr.HTML
    under_way: gr.HTML
    problem: gr.HTML
    cards: gr.HTML
    answers: gr.State
    question: gr.Textbox
    follow_ups: tuple[gr.Button, ...]
    judged: tuple[gr.Column, gr.Radio, gr.HTML]
    taken: tuple[gr.HTML, ...]

    @property
    def outputs(self) -> list[Any]:
        """All that the functions below may change."""
        shown = [self.log, self.under_way, self.problem, self.cards, self.answers, self.question]
        return [*shown, *self.follow_ups, *self.judged, *self.taken]

    @costly
    def respond(self, turn: str, who: str, where: str, before: list[Answer]) -> Iterator[Changes]:
        """Ask a turn: the steps as they begin, then the whole answer at once."""
        yield from self._asked(turn, (who, where), before, before)

    @costly
    def again(self, who: str, where: str, before: list[Answer]) -> Iterator[Changes]:
        """Ask the last turn again, in place of its answer; where that fails, the answer stays."""
        if before:
            yield from self._asked(before[-1].question, (who, where), before[:-1], before)

    def edit(self, before: list[Answer]) -> Changes:
        """Take the last turn away, and put its question back into the box."""
        if not before:
            return {self.problem: ""}
        said = told(said_on("ask-page")["edited"])
        return self._shown(before[:-1]) | {self.problem: said, self.question: before[-1].question}

    def stop(self, before: list[Answer]) -> Changes:
        """The conversation as it was before the question that was stopped, which is still in the box."""
        return self._left(before, told(said_on("ask-page")["stopped"]))

    def fail(self, before: list[Answer]) -> Changes:
        """The same after an error that nobody foresaw."""
        return self._left(before, notice(said_on("ask-page")["failed"]))

    def anew(self) -> Changes:
        """An empty page."""
        return self._shown([]) | {self.question: ""}

    def asked_again(self, turns: Sequence[str], choices: tuple[str, str]) -> Changes:
        """The page for a conversation of which only what was asked is known."""
        answers: list[Answer] = []
        for turn in turns:
            answers.append(self._asking(turn, choices, answers)(lambda step: None))
        return self._shown(answers) | {self.question: ""}

    def _asked(
        self, turn: str, choices: tuple[str, str], before: list[Answer], kept: list[Answer]
    ) -> Iterator[Changes]:
        library, _ = self.assistant.opened()
        yield {self.log: conversation(before, library, asking=turn), self.problem: "", self.question: turn}
        try:
            for heard in _steps(self._asking(turn, choices, before)):
                if isinstance(heard, Answer):
                    note_gap(self.assistant.settings, heard)
                    drop_old_words(self.assistant.settings)
                    yield self._shown([*before, heard]) | {self.question: ""}
                else:  # nothing new: only a function that gives something now and then can be stopped
                    said = said_on("ask-page")["steps"]
                    yield {self.under_way: working(said.get(heard, "")) if heard else gr.skip()}
        except CommonGroundError as error:
            yield self._left(kept, notice(str(error)))

    def _asking(self, turn: str, choices: tuple[str, str], before: Sequence[Answer]) -> Callable[[Step], Answer]:
        who, where = choices
        history: list[BaseMessage] = [message for answer in before for message in exchange(answer)]
        nation = None if where == ANYWHERE else Nation(where)
        return lambda step: self.assistant.ask(turn, history, audience=Audience(who), nation=nation, step=step)

    def _shown(self, answers: list[Answer]) -> Changes:
        """The whole page for these answers, but for what is in the box."""
        library, _ = self.assistant.opened()
        offered = [*(answers[-1].follow_ups if answers else ()), *[""] * len(self.follow_ups)]
        buttons = {
            button: gr.Button(text, visible=bool(text)) for button, text in zip(self.follow_ups, offered, strict=False)
        }
        page = {
            self.log: conversation(answers, library),
            self.under_way: working(""),
            self.problem: "",
            self.cards: sources(answers, library),
            self.answers: answers,
        }
        page |= dict.fromkeys(self.taken, "")
        return page | buttons | dict(zip(self.judged, (gr.Column(visible=False), None, ""), strict=True))

    def _left(self, answers: Sequence[Answer], problem: str) -> Changes:
        library, _ = self.assistant.opened()
        return {self.log: conversation(answers, library), self.under_way: working(""), self.problem: problem}


def _steps(ask: Callable[[Step], Answer]) -> Iterator[str | Answer]:
    """Ask in a thread of its own: the name of each step that takes a while, then the answer.

    While a step goes on, an empty text every moment. Raises what `ask` raises.
    """
    heard: SimpleQueue[str | None] = SimpleQueue()
    pool = ThreadPoolExecutor(1)
    asked = pool.submit(ask, heard.put)
    asked.add_done_callback(lambda _: heard.put(None))
    pool.shutdown(wait=False)  # a reader who stops waits for nobody
    step = heard.get()
    while step is not None:
        told, following = step, _next(heard)
        while following == "":
            yield told
            told, following = "", _next(heard)
        step = following
    yield asked.result()


def _next(heard: SimpleQueue[str | None]) -> str | None:
    """What is heard next; an empty text where nothing is for a moment."""
    try:
        return heard.get(timeout=_BLINK)
    except Empty:
        return ""
