"""The Ask tab: a question, an answer that arrives statement by statement, its sources beside it."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import gradio as gr
import yaml
from langchain_core.messages import BaseMessage

from assistant.answer.history import exchange
from assistant.answer.parts import Answer, Audience
from assistant.answer.pipeline import Assistant
from assistant.errors import CommonGroundError
from assistant.gaps import note_gap
from assistant.library.catalogue import Nation
from assistant.templates import template
from ui.render.answer import conversation
from ui.render.cards import sources
from ui.render.words import notice

AUDIENCES = [
    ("I work with people", Audience.FRONTLINE.value),
    ("I lead a partnership", Audience.LEADER.value),
    ("I am writing a proposal", Audience.PROPOSAL.value),
]
ANYWHERE = "any"
NATIONS = [
    ("Anywhere in the UK", ANYWHERE),
    ("England", Nation.ENGLAND.value),
    ("Scotland", Nation.SCOTLAND.value),
    ("Wales", Nation.WALES.value),
    ("Northern Ireland", Nation.NORTHERN_IRELAND.value),
]


def ask_tab(assistant: Assistant) -> None:
    """Build the tab inside the Blocks that are open."""
    answers = gr.State([])
    with gr.Row(equal_height=False):
        with gr.Column(scale=3, min_width=320):
            with gr.Row(elem_classes="cg-choices"):
                audience = gr.Radio(AUDIENCES, value=Audience.FRONTLINE.value, label="Who is asking?")
                nation = gr.Radio(NATIONS, value=ANYWHERE, label="Where?")
            log = gr.HTML("", elem_classes="cg-filled")
            with gr.Column(elem_classes="cg-follow"):
                follow_ups = [gr.Button("", visible=False, elem_classes="cg-example") for _ in range(3)]
            problem = gr.HTML("", elem_classes="cg-filled")
            with gr.Group(elem_classes="cg-ask"):
                question = gr.Textbox(
                    label="Your question",
                    placeholder="Say what is happening, in your own words. Leave out names and personal details.",
                    lines=2,
                    max_lines=8,
                    elem_id="question",
                )
            with gr.Row():
                go = gr.Button("Ask", variant="primary", elem_classes="cg-go", elem_id="ask", scale=2)
                anew = gr.Button("New conversation", elem_classes="cg-example", scale=1)
            with gr.Column(elem_classes="cg-examples") as starts:
                gr.HTML('<p class="cg-quiet">Or start from one of these:</p>')
                examples = [gr.Button(text, elem_classes="cg-example") for text in _examples(Audience.FRONTLINE.value)]
        with gr.Column(scale=2, min_width=320, elem_classes="cg-side"):
            library, _ = assistant.opened()
            cards = gr.HTML(sources([], library))

    def respond(turn: str, who: str, where: str, before: list[Answer]) -> Iterator[dict[Any, Any]]:
        library, _ = assistant.opened()
        yield {log: conversation(before, asking=turn), problem: "", question: turn}
        try:
            answer = assistant.ask(
                turn,
                _history(before),
                audience=Audience(who),
                nation=None if where == ANYWHERE else Nation(where),
            )
        except CommonGroundError as error:
            yield {log: conversation(before), problem: notice(str(error))}
            return
        note_gap(assistant.settings, answer)
        after = [*before, answer]
        for shown in range(1, len(answer.statements)):
            yield {log: conversation(after, shown=shown)}
        yield {
            log: conversation(after),
            cards: sources(after, library),
            answers: after,
            question: "",
            starts: gr.Column(visible=False),
        } | _offered(answer.follow_ups)

    def _offered(questions: Sequence[str]) -> dict[Any, Any]:
        padded = [*questions, *[""] * len(follow_ups)]
        return {button: gr.Button(text, visible=bool(text)) for button, text in zip(follow_ups, padded, strict=False)}

    def begin_anew() -> dict[Any, Any]:
        library, _ = assistant.opened()
        return {
            log: "",
            problem: "",
            cards: sources([], library),
            answers: [],
            question: "",
            starts: gr.Column(visible=True),
        } | _offered(())

    inputs = [audience, nation, answers]
    outputs = [log, problem, cards, answers, question, starts, *follow_ups]
    options: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    gr.on([go.click, question.submit], respond, [question, *inputs], outputs, **options)
    for button in (*examples, *follow_ups):
        button.click(respond, [button, *inputs], outputs, **options)
    audience.change(_examples, audience, examples, **options)
    anew.click(begin_anew, None, outputs, **options)


@cache
def _all_examples() -> dict[str, list[str]]:
    found: dict[str, list[str]] = yaml.safe_load(template("examples.yaml"))
    return found


def _examples(audience: str) -> list[str]:
    return _all_examples()[audience]


def _history(answers: list[Answer]) -> list[BaseMessage]:
    return [message for answer in answers for message in exchange(answer)]
