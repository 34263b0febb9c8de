"""The tab of the library: its sources, adding to them, what changed last, and what it did not say."""

from collections.abc import Callable, Iterator
from pathlib import Path

import gradio as gr

from assistant.answer.pipeline import Assistant
from assistant.errors import CommonGroundError
from assistant.gaps import gaps
from assistant.library.catalogue import TextKind
from assistant.library.holdings import Origin
from ui.access.marks import curators_only
from ui.access.readers import is_curator
from ui.curate import add_files, bring_up_to_date, fetch_originals
from ui.render.keeping import explained, gap_table, last_change, outcomes
from ui.render.words import notice
from ui.shelf import QUIETLY, Updates, sources_tab

Fill = Callable[[], str]


def library_tab(assistant: Assistant, answers: "gr.State | None" = None) -> None:
    """Build the tab inside the Tabs that are open; `answers` is the conversation, whose citations are marked.

    What only curators may do is shown to them alone, where readers sign in; the server refuses it to others.
    """
    is_open = not assistant.settings.auth
    with gr.Tab("Library", id="library", elem_id="library-tab") as tab, gr.Tabs(overflow_behavior="wrap"):
        with gr.Tab("Sources", id="shelf", elem_id="shelf-tab") as inner:
            sources_tab(assistant, (tab, inner), answers or gr.State([]))
        with gr.Tab("Add and fetch", id="add", elem_id="add-tab", visible=is_open) as adding:
            _adding(assistant)
            _fetching(assistant)
        with gr.Tab("Last change", id="news", elem_id="news-tab") as news:
            _told(news, lambda: last_change(assistant.opened()[1].record, assistant.opened()[0]))
        with gr.Tab("What it did not say", id="gaps", elem_id="gaps-tab", visible=is_open) as asked:
            _told(asked, lambda: gap_table(gaps(assistant.settings)), curators_only)

    def show(request: gr.Request) -> list["gr.Tab"]:
        return [gr.Tab(visible=is_curator(request))] * 2

    if not is_open:
        tab.select(show, None, [adding, asked], **QUIETLY)


def _told(tab: "gr.Tab", told: Callable[[], str], marked: Callable[[Fill], Fill] = lambda fill: fill) -> None:
    """A tab that only tells something, afresh each time that it is opened."""
    page = gr.HTML("", elem_classes="cg-page")

    def fill() -> str:
        try:
            return told()
        except CommonGroundError as error:
            return notice(str(error))

    tab.select(marked(fill), None, page, **QUIETLY)


def _adding(assistant: Assistant) -> None:
    gr.HTML(explained("add"), elem_classes="cg-page")
    files = gr.File(label="Files to add", file_count="multiple", elem_id="add-files", height=160)
    told = gr.HTML(outcomes(None), elem_classes="cg-page", elem_id="add-outcomes")
    with gr.Row():
        again = gr.Button("Bring the index up to date", elem_classes="cg-aside", scale=0, min_width=300)

    @curators_only
    def add(paths: list[str] | None) -> Iterator[Updates]:
        given = [Path(path) for path in paths or ()]
        for number, step in enumerate(add_files(assistant.settings, given)):
            # The field is cleared at once: what was handed in is erased, and must not be handed in again.
            yield {told: outcomes(step)} | ({files: None} if number == 0 else {})

    @curators_only
    def update() -> Iterator[str]:
        for step in bring_up_to_date(assistant.settings):
            yield outcomes(step)

    files.upload(add, files, [told, files], concurrency_limit=1, **QUIETLY)
    again.click(update, None, told, concurrency_limit=1, **QUIETLY)


def _fetching(assistant: Assistant) -> None:
    gr.HTML(explained("fetch"), elem_classes="cg-page")
    told = gr.HTML(outcomes(None), elem_classes="cg-page", elem_id="fetch-outcomes")
    with gr.Row():
        fetch = gr.Button("Fetch all originals", elem_classes="cg-aside", scale=0, min_width=240)
        stop = gr.Button("Stop after this one", visible=False, elem_classes="cg-aside", scale=0, min_width=240)
    stopped: set[str] = set()  # the sessions whose reader asked to stop

    @curators_only
    def fetch_all(request: gr.Request) -> Iterator[Updates]:
        session = str(request.session_hash)
        stopped.discard(session)
        wanted = [
            one.source.id
            for one in assistant.opened()[0]
            if one.source.url and one.origin is Origin.SHIPPED and one.source.text is TextKind.DIGEST
        ]
        yield {fetch: gr.Button(visible=False), stop: gr.Button(visible=True)}
        for step in fetch_originals(assistant.settings, wanted, lambda: session in stopped):
            yield {told: outcomes(step)}
        stopped.discard(session)
        yield {fetch: gr.Button(visible=True), stop: gr.Button(visible=False)}

    def stop_soon(request: gr.Request) -> None:
        stopped.add(str(request.session_hash))

    fetch.click(fetch_all, None, [told, fetch, stop], concurrency_limit=1, **QUIETLY)
    stop.click(stop_soon, None, None, **QUIETLY)
