"""The page as a whole, and serving it."""

from typing import TYPE_CHECKING, Any

from assistant.answer.pipeline import Assistant
from assistant.templates import template
from ui.theme import SCRIPTS, STYLES, theme

if TYPE_CHECKING:
    import gradio as gr

_TOP = (
    '<a class="cg-skip" href="#question">Skip to the question</a>'
    '<header class="cg-head"><h1>Common Ground</h1><p>{about}</p></header>'
)
_QUEUE = 50  # readers who may wait; the next one is told that it is busy
_AT_ONCE = 10  # with one at a time, twenty readers waited 20 seconds


def page(assistant: Assistant) -> "gr.Blocks":
    """The page, for an assistant whose index is open."""
    import gradio as gr  # takes seconds to import

    from ui.ask import ask_tab

    with gr.Blocks(title="Common Ground", analytics_enabled=False, fill_width=True) as blocks:
        gr.HTML(_TOP.format(about=template("about.txt")))
        with gr.Tabs(elem_id="tabs"), gr.Tab("Ask", id="ask"):
            ask_tab(assistant)
    return blocks.queue(max_size=_QUEUE, default_concurrency_limit=_AT_ONCE, api_open=False)


def serve(assistant: Assistant, host: str, port: int, **options: Any) -> Any:
    """Serve the page until it is stopped; gives Gradio's own app where `prevent_thread_lock` is set."""
    return page(assistant).launch(
        server_name=host,
        server_port=port,
        share=False,
        show_error=False,
        quiet=True,
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        mcp_server=False,
        enable_monitoring=False,
        theme=theme(),
        css_paths=STYLES,
        head="".join(f"<script>{path.read_text(encoding='utf-8')}</script>" for path in SCRIPTS),
        max_file_size="20mb",
        **options,
    )
