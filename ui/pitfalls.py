"""The tab of the 22 pitfalls, filled when it is first opened, so that the page itself starts light."""

from typing import Any

import gradio as gr

from assistant.answer.pipeline import Assistant
from assistant.library.holdings import shipped_digests
from assistant.library.pitfalls import pitfalls
from ui.render.pitfalls import pitfalls_page


def pitfalls_tab(assistant: Assistant) -> None:
    """Build the tab inside the Tabs that are open."""
    with gr.Tab("Pitfalls", id="pitfalls", elem_id="pitfalls-tab") as tab:
        shown = gr.State("")
        page = gr.HTML("", elem_classes="cg-page")

    def fill(before: str) -> Any:
        library, index = assistant.opened()
        if before == str(index.path):  # what the reader has chosen and opened stays as it is
            return gr.skip()
        return {page: pitfalls_page(pitfalls(), library, shipped_digests()), shown: str(index.path)}

    tab.select(fill, shown, [page, shown], show_progress="hidden", api_visibility="private")
