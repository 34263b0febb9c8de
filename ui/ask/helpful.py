"""Whether an answer helped, and if not, why not."""

from typing import Any

import gradio as gr

from assistant.answer.parts import Answer
from assistant.feedback import Verdict, note_feedback
from assistant.settings import Settings
from ui.render.said import said_on
from ui.render.words import notice, told


def helpful(settings: Settings, answers: gr.State) -> tuple[gr.Column, gr.Radio, gr.HTML]:
    """Build the two buttons, and the reasons that the second one opens; gives what a new answer puts back."""
    said = said_on("ask-page")["feedback"]
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    with gr.Row(elem_classes="cg-helpful"):
        gr.HTML(f'<p class="cg-quiet">{said["ask"]}</p>')
        yes = gr.Button("Yes, it helped", elem_classes="cg-small", min_width=100)
        no = gr.Button("No", elem_classes="cg-small", min_width=60)
    with gr.Column(visible=False, elem_classes="cg-why") as why:
        reason = gr.Radio([(text, name) for name, text in said["reasons"].items()], label=said["why"])
        send = gr.Button("Send", elem_classes="cg-small")
    thanks = gr.HTML("", elem_classes="cg-still")

    def note(verdict: Verdict, given: list[Answer], why_not: str | None) -> str:
        if not given:
            return notice(said["none"])
        is_kept = note_feedback(settings, given[-1], verdict, why_not or "")
        return told(said["kept"].format(days=settings.keep_words) if is_kept else said["counted"])

    yes.click(
        lambda given: (gr.Column(visible=False), note(Verdict.HELPFUL, given, None)), answers, [why, thanks], **quiet
    )
    no.click(lambda: (gr.Column(visible=True), None, ""), None, [why, reason, thanks], **quiet)
    send.click(
        lambda given, why_not: (gr.Column(visible=False), note(Verdict.NOT_HELPFUL, given, why_not)),
        [answers, reason],
        [why, thanks],
        **quiet,
    )
    return why, reason, thanks
