"""Who is asking, and where: the two choices that the browser remembers, and the questions to start from."""

import json
from functools import cache

import gradio as gr
import yaml
from gradio.context import Context

from assistant.answer.parts import Audience
from assistant.templates import template
from ui.nations import nations
from ui.render.said import said_on

AUDIENCES = [
    ("I work with people", Audience.FRONTLINE.value),
    ("I lead a partnership", Audience.LEADER.value),
    ("I am writing a proposal", Audience.PROPOSAL.value),
]
ANYWHERE = "any"
STAGES = [
    ("Forming", "forming"),
    ("Agreeing terms", "agreeing"),
    ("Running", "running"),
    ("Ending or changing", "ending"),
]


def who_and_where() -> tuple[gr.Radio, gr.Radio]:
    """Build the two choices; the browser keeps them, and nothing else."""
    places = nations("Anywhere in the UK", ANYWHERE)
    with gr.Row(elem_classes="cg-choices"):
        audience = gr.Radio(AUDIENCES, value=Audience.FRONTLINE.value, label="Who is asking?", elem_id="audience")
        nation = gr.Radio(places, value=ANYWHERE, label="Where?", elem_id="nation")
    known = json.dumps([[value for _, value in AUDIENCES], [value for _, value in places]])
    page = Context.root_block  # the Blocks that are open
    assert page is not None
    page.load(None, None, [audience, nation], js=f"() => remembered({known})", api_visibility="private")
    gr.on(
        [audience.change, nation.change],
        None,
        [audience, nation],
        None,
        js="(audience, nation) => { remember(audience, nation); }",
        api_visibility="private",
    )
    return audience, nation


def starts(audience: gr.Radio) -> list[gr.Button]:
    """Build the questions to start from, by the stage of a partnership, for who is asking."""
    first = STAGES[0][1]
    with gr.Column(elem_classes="cg-examples"):
        stage = gr.Radio(STAGES, value=first, label=said_on("ask-page")["starts"], elem_id="stage")
        questions = examples(Audience.FRONTLINE.value, first)
        buttons = [gr.Button(text, elem_classes="cg-example") for text in questions]
    gr.on(
        [audience.change, stage.change],
        examples,
        [audience, stage],
        buttons,
        show_progress="hidden",
        api_visibility="private",
    )
    return buttons


def examples(audience: str, stage: str) -> list[str]:
    """The questions to start from, for an audience at a stage."""
    return _examples()[audience][stage]


@cache
def _examples() -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = yaml.safe_load(template("examples.yaml"))
    return found
