"""The sources of the library on the page: the table, one source opened in its place, and what can be done with it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.answer.parts import Answer
from assistant.answer.pipeline import Assistant
from assistant.errors import CommonGroundError
from assistant.library.catalogue import Nation, TextKind
from assistant.library.changes import Change, changed_since
from assistant.library.holdings import Holding, Origin
from assistant.library.pitfalls import pitfalls
from ui.access.marks import curators_only
from ui.access.readers import is_curator
from ui.curate import fetch_originals, remove_source
from ui.render.keeping import outcomes, sure
from ui.render.shelf import shelf
from ui.render.source import source_page
from ui.render.words import notice

Updates = dict[Any, Any]

QUIETLY: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
_GO = "(place, answers) => [commonGroundPlace, answers]"  # as browse.js leaves it
_EVERYWHERE = frozenset({Nation.UK, Nation.INTERNATIONAL})


@dataclass(frozen=True)
class _Parts:
    """The components; `opened` holds the place that is open, and `shown` says which library the table shows.

    `going` is what the page's script presses when an address such as `#source-…` is followed, and
    `place` carries where to.
    """

    shown: "gr.State"
    opened: "gr.State"
    place: "gr.Textbox"
    going: "gr.Button"
    view: "gr.HTML"
    fetching: "gr.Button"
    removing: "gr.Button"
    confirm: "gr.Column"
    question: "gr.HTML"
    yes: "gr.Button"
    no: "gr.Button"
    told: "gr.HTML"
    table: "gr.HTML"

    @property
    def outputs(self) -> list[Any]:
        """All that an event may change."""
        return [
            self.shown,
            self.opened,
            self.view,
            self.fetching,
            self.removing,
            self.confirm,
            self.question,
            self.told,
            self.table,
        ]


def sources_tab(assistant: Assistant, tabs: Sequence["gr.Tab"], answers: "gr.State") -> None:
    """Build what stands in the tab; the table is filled when one of the `tabs` is opened."""
    parts = _parts()

    def fill(before: str) -> Any:
        return gr.skip() if before == str(assistant.opened()[1].path) else _table(assistant, parts)

    def open_source(place: str, said: list[Answer], request: gr.Request) -> Updates:
        return _opened(assistant, parts, place, said, may_change=is_curator(request))

    def ask_first(place: str) -> Updates:
        title = assistant.opened()[0][_id(place)].source.title
        return {parts.question: sure(title), parts.confirm: gr.Column(visible=True), parts.removing: _button(False)}

    def keep() -> Updates:
        return {parts.confirm: gr.Column(visible=False), parts.removing: _button(True)}

    @curators_only
    def remove(place: str) -> Iterator[Updates]:
        yield from _removed(assistant, parts, place)  # Gradio knows a generator by its yield

    @curators_only
    def fetch(place: str) -> Iterator[Updates]:
        yield from _fetched(assistant, parts, place)

    for tab in tabs:
        tab.select(fill, parts.shown, parts.outputs, **QUIETLY)
    parts.going.click(open_source, [parts.place, answers], parts.outputs, js=_GO, **QUIETLY)
    parts.removing.click(ask_first, parts.opened, parts.outputs, **QUIETLY)
    parts.no.click(keep, None, parts.outputs, **QUIETLY)
    parts.yes.click(remove, parts.opened, parts.outputs, **QUIETLY)
    parts.fetching.click(fetch, parts.opened, parts.outputs, **QUIETLY)


def _parts() -> _Parts:
    shown = gr.State("")
    opened = gr.State("")
    place = gr.Textbox("", visible=False, label="Source")
    going = gr.Button("Open", visible="hidden", elem_id="open-source")
    view = gr.HTML("", elem_id="library-view", elem_classes="cg-page")
    with gr.Row(elem_classes="cg-actions"):
        fetching = gr.Button("Fetch the original", visible=False, elem_classes="cg-aside", scale=0, min_width=220)
        removing = gr.Button("Remove this file", visible=False, elem_classes="cg-aside", scale=0, min_width=220)
    with gr.Column(visible=False, elem_classes="cg-confirm") as confirm:
        question = gr.HTML("", elem_classes="cg-page")
        with gr.Row():
            yes = gr.Button("Remove it", elem_classes="cg-go", scale=0, min_width=220)
            no = gr.Button("Keep it", elem_classes="cg-aside", scale=0, min_width=220)
    told = gr.HTML(outcomes(None), elem_classes="cg-page")
    table = gr.HTML("", elem_id="library-shelf", elem_classes="cg-page")
    return _Parts(shown, opened, place, going, view, fetching, removing, confirm, question, yes, no, told, table)


def _id(place: str) -> str:
    return place.partition("#")[0]


def _button(is_visible: bool) -> Any:
    return gr.Button(visible=is_visible)


def _table(assistant: Assistant, parts: _Parts) -> Updates:
    library, index = assistant.opened()
    return {parts.table: shelf(library), parts.shown: str(index.path)}


def _opened(
    assistant: Assistant, parts: _Parts, place: str, said: Sequence[Answer], *, may_change: bool = True
) -> Updates:
    """A source with the passages of the conversation marked; nothing for no place."""
    updates = {parts.opened: place, parts.confirm: gr.Column(visible=False), parts.told: outcomes(None)}
    updates |= _offered(parts, None)
    if not place:
        return updates | {parts.view: ""}
    try:
        holding = assistant.opened()[0][_id(place)]
    except CommonGroundError as error:
        return updates | {parts.view: notice(str(error))}
    cited = [citation for answer in said for citation in answer.citations]
    page = source_page(holding, cited, _changes(holding), pitfalls())
    return updates | _offered(parts, holding if may_change else None) | {parts.view: page}


def _offered(parts: _Parts, holding: Holding | None) -> Updates:
    """What can be done with a source: a reader's own is removed, the original of a digest is fetched."""
    is_own = holding is not None and holding.origin is Origin.ADDED
    is_digest = holding is not None and not is_own and holding.source.text is TextKind.DIGEST
    has_address = holding is not None and bool(holding.source.url)
    return {parts.removing: _button(is_own), parts.fetching: _button(is_digest and has_address)}


def _removed(assistant: Assistant, parts: _Parts, place: str) -> Iterator[Updates]:
    yield {parts.confirm: gr.Column(visible=False)}
    for step in remove_source(assistant.settings, _id(place)):
        yield {parts.told: outcomes(step)}
    held = assistant.opened()[0].holdings.get(_id(place))
    is_gone = held is None or held.origin is not Origin.ADDED
    closed = {parts.view: "", parts.opened: ""} if is_gone else {parts.removing: _button(True)}
    yield _table(assistant, parts) | closed


def _fetched(assistant: Assistant, parts: _Parts, place: str) -> Iterator[Updates]:
    yield {parts.fetching: _button(False)}
    for step in fetch_originals(assistant.settings, [_id(place)]):
        yield {parts.told: outcomes(step)}
    opened = _opened(assistant, parts, place, [])
    yield _table(assistant, parts) | {one: value for one, value in opened.items() if one is not parts.told}


def _changes(holding: Holding) -> tuple[Change, ...]:
    source = holding.source
    nations = frozenset(one for one in source.nations if one not in _EVERYWHERE) or frozenset({*Nation} - _EVERYWHERE)
    return changed_since(holding.headed.text, nations, source.published)
