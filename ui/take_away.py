"""Buttons that hand a file to the reader's browser: it is made when it is asked for, and lies on no disk of ours."""

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import gradio as gr

from assistant.library.catalogue import slug
from assistant.templates import template
from ui.render.words import notice, told

FORMS: Mapping[str, tuple[str, str]] = {
    ".docx": ("Word document", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".html": ("Web page", "text/html"),
    ".md": ("Markdown", "text/markdown"),
    ".csv": ("Risk register (CSV)", "text/csv"),
    ".json": ("JSON", "application/json"),
}

Content = Callable[[Any, str], tuple[str, bytes]]


def take_away(endings: Sequence[str], shown: gr.State, content: Content) -> gr.HTML:
    """A button for each ending; `content` gives a name without one, and the bytes, of what is in `shown`.

    Gives the place that says what was made, which is blank again once something else is shown.
    """
    with gr.Row(elem_classes="cg-take"):
        buttons = [gr.Button(FORMS[ending][0], elem_classes="cg-example", min_width=120) for ending in endings]
    said = gr.HTML("", elem_classes="cg-state")
    packed = gr.Textbox(visible=False)
    for button, ending in zip(buttons, endings, strict=True):
        made = button.click(
            _maker(content, ending), shown, [packed, said], show_progress="hidden", api_visibility="private"
        )
        made.then(None, packed, None, js="(packed) => { takeAway(packed); }", api_visibility="private")
    return said


def _maker(content: Content, ending: str) -> Callable[[Any], tuple[str, str]]:
    def make(thing: Any) -> tuple[str, str]:
        if not thing:  # it was forgotten meanwhile, on a page that was left open
            return "", notice(template("nothing-to-take.txt"))
        name, data = content(thing, ending)
        file = f"{slug(name, 'report')}{ending}"
        packed = {"name": file, "type": FORMS[ending][1], "content": base64.b64encode(data).decode("ascii")}
        return json.dumps(packed), told(template("take-away.txt").format(name=file))

    return make
