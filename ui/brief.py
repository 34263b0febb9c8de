"""The tab Brief me: a few choices, and the briefing for a new leader under its headings."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import gradio as gr

from assistant.answer.pipeline import Assistant
from assistant.brief.brief import brief
from assistant.brief.choose import MOST
from assistant.brief.document import ENDINGS, briefing_content, briefing_document
from assistant.brief.parts import Briefing, Wanted
from assistant.errors import CommonGroundError, QuestionError
from assistant.library.arrangements import PartnershipType
from assistant.library.catalogue import Nation
from assistant.library.pitfalls import Stage, pitfalls
from ui.access.marks import costly
from ui.nations import nations
from ui.render.briefing import briefing_page, introduction, making, title_of_forms, worries_lead
from ui.render.said import said_on
from ui.render.words import notice
from ui.take_away import take_away

_ANY = "any"
_TO_RESULT = "() => document.getElementById('brief-result')?.focus()"


def brief_tab(assistant: Assistant) -> None:
    """Build the tab inside the Blocks that are open."""
    said = said_on("brief-page")
    made = gr.State(None)
    gr.HTML(introduction())
    nation = gr.Radio(nations(said["nations"][_ANY], _ANY), value=_ANY, label="Where is it?", elem_id="brief-nation")
    type_ = gr.Radio(
        _choices(said["types"]), value=_ANY, label="What kind of arrangement is it?", elem_classes="cg-column"
    )
    stage = gr.Radio(_choices(said["stages"]), value=_ANY, label="How far has it come?", elem_classes="cg-column")
    with gr.Accordion("Your own worries", open=False, elem_classes="cg-worries"):
        gr.HTML(worries_lead())
        worries = [
            gr.CheckboxGroup(_beginning(one), label=said["begins"][one.value], elem_classes="cg-column")
            for one in Stage
            if _beginning(one)
        ]
    with gr.Row():
        go = gr.Button("Brief me", variant="primary", elem_classes="cg-go", elem_id="brief")
    state = gr.HTML("", elem_classes="cg-state", elem_id="brief-state")
    with gr.Column(visible=False, elem_id="brief-take-away") as away:
        gr.HTML(title_of_forms())
        taken = take_away(ENDINGS, made, lambda shown, ending: _content(shown, ending, assistant))
    result = gr.HTML("", elem_classes="cg-result", elem_id="briefing")

    @costly
    def respond(where: str, kind: str, when: str, *groups: Sequence[str]) -> Iterator[dict[Any, Any]]:
        yield {state: making(), go: gr.Button(interactive=False)}
        try:
            wanted = Wanted(
                None if kind == _ANY else PartnershipType(kind),
                None if when == _ANY else Stage(when),
                None if where == _ANY else Nation(where),
                _worries(groups),
            )
            library, _ = assistant.opened()
            briefing = brief(wanted, library)
            page = briefing_page(briefing_document(briefing, library))
            yield {
                state: "",
                made: briefing,
                result: page,
                away: gr.Column(visible=True),
                taken: "",
                go: gr.Button(interactive=True),
            }
        except CommonGroundError as error:
            yield {state: notice(str(error)), go: gr.Button(interactive=True)}

    options: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    done = go.click(respond, [nation, type_, stage, *worries], [state, made, result, away, taken, go], **options)
    done.success(None, None, None, js=_TO_RESULT, api_visibility="private")


def _choices(names: dict[str, str]) -> list[tuple[str, str]]:
    """The explained names of a closed set, with not knowing first."""
    return [(text, value) for value, text in names.items()]


def _beginning(stage: Stage) -> list[tuple[str, str]]:
    """The pitfalls that first bite at a stage, by name and id."""
    return [(one.name, one.id) for one in pitfalls() if one.stages[0] is stage]


def _worries(groups: Sequence[Sequence[str]]) -> tuple[str, ...]:
    chosen = tuple(one for group in groups for one in group)
    if len(chosen) > MOST:
        text = said_on("brief-page")["too-many"].format(count=len(chosen), more=len(chosen) - MOST)
        raise QuestionError(text)
    return chosen


def _content(shown: Briefing, ending: str, assistant: Assistant) -> tuple[str, bytes]:
    library, _ = assistant.opened()
    return shown.title, briefing_content(shown, library, ending, made=date.today())
