"""The page as a whole, and serving it."""

from typing import TYPE_CHECKING

from assistant.answer.pipeline import Assistant
from assistant.settings import keep_uploads_in
from assistant.templates import template
from ui.access.door import door
from ui.render.beforehand import beforehand
from ui.render.foot import foot
from ui.server import Running, open_browser, run
from ui.uploads import emptied

if TYPE_CHECKING:
    import gradio as gr

_TOP = (
    '<a class="cg-skip" href="#question">Skip to the question</a>'
    '<header class="cg-head"><h1>Common Ground</h1><p>{about}</p>{told}</header>'
)
_QUEUE = 50  # readers who may wait; the next one is told that it is busy
_AT_ONCE = 10  # with one at a time, twenty readers waited 20 seconds


def page(assistant: Assistant) -> "gr.Blocks":
    """The page, for an assistant whose index is open."""
    import gradio as gr  # takes seconds to import

    from ui.api.endpoints import open_endpoints
    from ui.ask import ask_tab
    from ui.brief import brief_tab
    from ui.library import library_tab
    from ui.pitfalls import pitfalls_tab
    from ui.proposal import proposal_tab

    with gr.Blocks(title="Common Ground", analytics_enabled=False, fill_width=True) as blocks:
        if assistant.settings.api:
            open_endpoints(assistant)
        gr.HTML(_TOP.format(about=template("about.txt"), told=beforehand(assistant.settings)))
        if assistant.settings.auth:
            gr.HTML(template("sign-in/out.html"), elem_classes="cg-sign-out")
        with gr.Tabs(elem_id="tabs", overflow_behavior="wrap"):
            with gr.Tab("Ask", id="ask"):
                answers = ask_tab(assistant)
            with gr.Tab("Check a proposal", id="check"):
                proposal_tab(assistant)
            with gr.Tab("Brief me", id="brief"):
                brief_tab(assistant)
            pitfalls_tab(assistant)
            library_tab(assistant, answers)
        gr.HTML(foot())
    return blocks.queue(max_size=_QUEUE, default_concurrency_limit=_AT_ONCE, api_open=False)


def serve(
    assistant: Assistant, host: str, port: int, *, prevent_thread_lock: bool = False, inbrowser: bool = False
) -> Running:
    """Serve the page until it is stopped; with `prevent_thread_lock` in the background.

    Raises SettingsError for an address that others reach where nothing guards it.
    """
    way_in = door(assistant.settings, host, port)
    uploads = emptied(assistant.settings.home / "uploads")
    keep_uploads_in(uploads)
    running = run(page(assistant), assistant.settings, way_in, uploads)
    if inbrowser:
        open_browser(way_in)
    if not prevent_thread_lock:
        running.wait()
    return running
