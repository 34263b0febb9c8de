"""The Ask tab, put together."""

from collections.abc import Callable
from datetime import date
from typing import Any

import gradio as gr

from assistant.answer.parts import Answer
from assistant.answer.pipeline import Assistant
from assistant.export.answers import conversation_document
from assistant.export.files import DOCUMENT_ENDINGS, written
from ui.ask.choices import starts, who_and_where
from ui.ask.helpful import helpful
from ui.ask.kept import earlier
from ui.ask.turns import Turns
from ui.render.answer import conversation, working
from ui.render.cards import sources
from ui.render.said import said_on
from ui.take_away import take_away

_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
_OFFERED = 3  # questions to go on with


def ask_tab(assistant: Assistant) -> gr.State:
    """Build the tab inside the Blocks that are open; gives the conversation, whose citations the library marks."""
    answers = gr.State([])
    library, _ = assistant.opened()
    with gr.Row(equal_height=False, elem_classes="cg-beside"):
        with gr.Column(min_width=300, elem_classes="cg-main"):
            audience, nation = who_and_where()
            log = gr.HTML(conversation([], library), elem_classes="cg-still")
            under_way = gr.HTML(working(""), elem_classes="cg-still")
        with gr.Column(min_width=300, elem_classes="cg-side"):
            cards = gr.HTML(sources([], library))
        with gr.Column(min_width=300, elem_classes="cg-next") as following:
            again, edit, judged, taken = _tools(assistant, answers)
            with gr.Column(elem_classes="cg-follow"):
                follow_ups = [gr.Button("", visible=False, elem_classes="cg-example") for _ in range(_OFFERED)]
            problem = gr.HTML("", elem_classes="cg-still")
            question, go, stop, anew = _box()
            examples = starts(audience)
    turns = Turns(assistant, log, under_way, problem, cards, answers, question, tuple(follow_ups), judged, taken)
    chosen = [audience, nation, answers]
    # 'multiple', since a question that was stopped counts as asked until the page has heard that it is over
    often = _QUIET | {"trigger_mode": "multiple"}
    asking = [gr.on([go.click, question.submit], turns.respond, [question, *chosen], turns.outputs, **often)]
    asking += [
        button.click(turns.respond, [button, *chosen], turns.outputs, **_QUIET) for button in (*examples, *follow_ups)
    ]
    asking.append(again.click(turns.again, chosen, turns.outputs, **_QUIET))
    for one in asking:
        one.failure(turns.fail, answers, turns.outputs, **_QUIET)
    stop.click(turns.stop, answers, turns.outputs, cancels=asking, **_QUIET)
    edit.click(turns.edit, answers, turns.outputs, **_QUIET).then(None, js="() => { toTheBox(); }", **_QUIET)
    anew.click(turns.anew, None, turns.outputs, **_QUIET).then(None, js="() => { toTheBox(); }", **_QUIET)
    if assistant.settings.conversations:
        with following:
            earlier(turns, asking)
    return answers


def _box() -> tuple[gr.Textbox, gr.Button, gr.Button, gr.Button]:
    """Build the box for a question, and the buttons that ask, stop and begin anew."""
    with gr.Group(elem_classes="cg-ask"):
        question = gr.Textbox(
            label="Your question",
            placeholder=said_on("ask-page")["placeholder"],
            lines=2,
            max_lines=8,
            elem_id="question",
        )
    with gr.Row(elem_classes="cg-row"):
        go = gr.Button("Ask", variant="primary", elem_classes="cg-go", elem_id="ask", min_width=120)
        stop = gr.Button("Stop", elem_classes="cg-stop", min_width=100)
        anew = gr.Button("New conversation", elem_classes="cg-anew", min_width=160)
    return question, go, stop, anew


def _tools(assistant: Assistant, answers: gr.State) -> tuple[gr.Button, gr.Button, Any, tuple[gr.HTML, gr.HTML]]:
    """Build what can be done with an answer: what asks again, edits and judges it, and says that it was taken away."""
    with gr.Column(elem_classes="cg-tools"):
        judged = helpful(assistant.settings, answers)
        with gr.Row(elem_classes="cg-row"):
            again = gr.Button("Ask again", elem_classes="cg-small", min_width=110)
            edit = gr.Button("Change the question", elem_classes="cg-small", min_width=170)
        with gr.Accordion("Download", open=False, elem_classes="cg-download"):
            gr.HTML('<p class="cg-quiet">The last answer</p>')
            one = take_away(DOCUMENT_ENDINGS, answers, _content(assistant, lambda given: given[-1:]))
            gr.HTML('<p class="cg-quiet">The whole conversation</p>')
            all_ = take_away(DOCUMENT_ENDINGS, answers, _content(assistant, lambda given: given))
    return again, edit, judged, (one, all_)


def _content(
    assistant: Assistant, chosen: Callable[[list[Answer]], list[Answer]]
) -> Callable[[list[Answer], str], tuple[str, bytes]]:
    """What a file holds of the answers that are chosen, and its name."""

    def content(given: list[Answer], ending: str) -> tuple[str, bytes]:
        library, _ = assistant.opened()
        document = conversation_document(chosen(given), library, made=date.today())
        return given[-1].question[:60], written(document, ending)

    return content
