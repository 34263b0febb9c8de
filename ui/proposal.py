"""The tab Check a proposal: a draft comes in, 22 verdicts come out, and nothing of the draft stays."""

import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import gradio as gr

from assistant.answer.pipeline import Assistant
from assistant.errors import CommonGroundError, ReadError
from assistant.export.document import Picture
from assistant.export.files import CHECK_ENDINGS, check_content
from assistant.export.picture import picture
from assistant.library.catalogue import Nation
from assistant.proposal.check import check_read
from assistant.proposal.draft import Proposal, read_draft, read_pasted
from assistant.proposal.parts import Report, Treatment, corrected, uncorrected
from ui.access.marks import costly
from ui.nations import nations
from ui.render.report import held, introduction, kinds, progress, report_page, title_of_forms
from ui.render.said import said_on
from ui.render.verdict import Attempt
from ui.render.words import notice, told
from ui.take_away import take_away
from ui.uploads import forget

_AS_IT_SAYS = "draft"
_ON_LOAD = "verdicts(element, (said) => trigger('correct', said), watch);"
_QUIETLY: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
_HELD = 8 * 60 * 60  # seconds; a working day, for a page that is left open
_LONGEST_REASON = 1_000  # characters
_TO_RESULT = "() => document.getElementById('check-result')?.focus()"

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Chooser:
    """A button that chooses a file, the place that says what was read, the button that drops it, and what was read."""

    button: gr.UploadButton
    held: gr.HTML
    drop: gr.Button
    read: gr.State


@dataclass(frozen=True, slots=True)
class Form:
    """What a reader gives."""

    nation: gr.Radio
    draft: Chooser
    older: Chooser
    text: gr.Textbox
    go: gr.Button
    anew: gr.Button


@dataclass(frozen=True, slots=True)
class Shown:
    """What a reader gets: how it goes, the report with its picture, and what takes it away and says so."""

    state: gr.HTML
    report: gr.State
    drawn: gr.State
    away: gr.Column
    taken: gr.HTML
    page: gr.HTML

    @property
    def outputs(self) -> list[Any]:
        """All of it."""
        return [self.state, self.report, self.drawn, self.away, self.taken, self.page]


def proposal_tab(assistant: Assistant) -> None:
    """Build the tab inside the Blocks that are open."""
    gr.HTML(introduction(assistant.settings.model))
    form = _form()
    shown = _shown(assistant)
    _take_in(form.draft, shown.state, is_older=False)
    _take_in(form.older, shown.state, is_older=True)
    _check(form, shown, assistant)
    _correct(shown, assistant)
    _begin_anew(form, shown)


def _form() -> Form:
    nation = gr.Radio(
        nations("As the draft says", _AS_IT_SAYS),
        value=_AS_IT_SAYS,
        label="Whose law and guidance does it fall under?",
    )
    with gr.Row():
        with gr.Column(min_width=280):
            gr.HTML(kinds())
            draft = _chooser("Choose the draft", "Remove the draft", "draft-file")
            older = _chooser("Choose an older version to compare with", "Remove the older version", "older-file")
        with gr.Column(min_width=280, elem_classes="cg-ask"):
            text = gr.Textbox(label="Or paste its text", lines=6, max_lines=16, elem_id="pasted")
    with gr.Row(elem_classes="cg-row"):
        go = gr.Button("Check the draft", variant="primary", elem_classes="cg-go", elem_id="check")
        anew = gr.Button("Start again", elem_classes="cg-plain")
    return Form(nation, draft, older, text, go, anew)


def _chooser(label: str, away: str, id_: str) -> Chooser:
    # Any kind of file may be chosen, so that what is wrong with one is said in our words and not in Gradio's.
    button = gr.UploadButton(label, elem_id=id_, elem_classes="cg-plain")
    held_ = gr.HTML("", elem_classes="cg-state", elem_id=f"{id_}-held")
    drop = gr.Button(away, visible=False, elem_classes="cg-small")
    return Chooser(button, held_, drop, _forgetful())


def _forgetful() -> gr.State:
    """A place in memory for what is the reader's alone; Gradio empties it an hour after its page was closed."""
    return gr.State(None, time_to_live=_HELD)


def _shown(assistant: Assistant) -> Shown:
    report, drawn = _forgetful(), _forgetful()
    state = gr.HTML("", elem_classes="cg-state", elem_id="check-state")
    with gr.Column(visible=False, elem_id="check-take-away") as away:
        gr.HTML(title_of_forms())
        taken = take_away(CHECK_ENDINGS, report, lambda one, ending: _content(one, ending, assistant))
    page = gr.HTML("", js_on_load=_ON_LOAD, elem_classes="cg-result", elem_id="check-report")
    return Shown(state, report, drawn, away, taken, page)


def _check(form: Form, shown: Shown, assistant: Assistant) -> None:
    @costly
    def respond(where: str, pasted: str, given: Proposal | None, older: Proposal | None) -> Iterator[dict[Any, Any]]:
        nation = None if where == _AS_IT_SAYS else Nation(where)
        try:
            draft = _draft(given, pasted)
            yield {shown.state: progress(0, len(draft.sentences)), form.go: gr.Button(interactive=False)}
            for step in _steps(draft, older, nation, assistant):
                if isinstance(step, Report):
                    yield _result(step, shown, assistant) | {form.go: gr.Button(interactive=True)}
                else:
                    yield {shown.state: step}
        except CommonGroundError as error:
            yield {shown.state: notice(str(error)), form.go: gr.Button(interactive=True)}

    given = [form.nation, form.text, form.draft.read, form.older.read]
    checked = form.go.click(respond, given, [*shown.outputs, form.go], **_QUIETLY)
    checked.then(None, None, None, js=_TO_RESULT, api_visibility="private")


def _result(report: Report, shown: Shown, assistant: Assistant) -> dict[Any, Any]:
    library, _ = assistant.opened()
    drawn = picture(report)
    return {
        shown.state: "",
        shown.report: report,
        shown.drawn: drawn,
        shown.page: report_page(report, library, drawn),
        shown.away: gr.Column(visible=True),
        shown.taken: "",
    }


def _correct(shown: Shown, assistant: Assistant) -> None:
    def respond(report: Report | None, drawn: Picture, event: gr.EventData) -> dict[Any, Any]:
        if report is None:
            return {shown.state: notice(said_on("check-page")["forgotten"])}
        attempt = Attempt(str(event.pitfall), str(event.status), str(event.reason)[:_LONGEST_REASON], "")
        try:
            return _result(_corrected(report, attempt, withdraw=bool(event.withdraw)), shown, assistant)
        except CommonGroundError as error:
            library, _ = assistant.opened()
            return {shown.page: report_page(report, library, drawn, replace(attempt, problem=str(error)))}

    shown.page.correct(respond, [shown.report, shown.drawn], shown.outputs, **_QUIETLY)


def _begin_anew(form: Form, shown: Shown) -> None:
    def respond() -> dict[Any, Any]:
        empty = dict.fromkeys((form.draft.read, form.older.read, shown.report, shown.drawn), None)
        blank = dict.fromkeys((form.text, form.draft.held, form.older.held, shown.state, shown.page, shown.taken), "")
        hidden = {one: gr.Button(visible=False) for one in (form.draft.drop, form.older.drop)}
        return empty | blank | hidden | {shown.away: gr.Column(visible=False)}

    read = [one for chooser in (form.draft, form.older) for one in (chooser.read, chooser.held, chooser.drop)]
    form.anew.click(respond, None, [form.text, *read, *shown.outputs], **_QUIETLY)


def _take_in(chooser: Chooser, state: gr.HTML, *, is_older: bool) -> None:
    outputs = [chooser.read, chooser.held, chooser.drop, state, chooser.button]
    chooser.button.upload(_taker(is_older=is_older), chooser.button, outputs, **_QUIETLY)
    chooser.drop.click(_dropped, None, [chooser.read, chooser.held, chooser.drop], **_QUIETLY)


def _taker(*, is_older: bool) -> Any:
    """Read an upload, and delete it whatever comes of that."""

    def take(path: str | None) -> Iterator[tuple[Any, Any, Any, Any, Any]]:
        kept: tuple[Any, Any] = (gr.skip(), gr.skip())
        yield *kept, gr.skip(), told(said_on("check-page")["choosing"]), gr.skip()
        try:
            read = _read(Path(path) if path else None)
        except CommonGroundError as error:
            again = said_on("check-page")["try-another"]
            yield *kept, gr.skip(), notice(f"{error} {again}"), None
            return
        yield read, held(read.file, is_older=is_older), gr.Button(visible=True), "", None

    return take


def _read(path: Path | None) -> Proposal:
    if path is None or not path.is_file():
        raise ReadError(said_on("check-page")["gone"])
    try:
        return read_draft(path)
    finally:
        forget(path)


def _dropped() -> tuple[None, str, Any]:
    return None, "", gr.Button(visible=False)


def _draft(given: Proposal | None, pasted: str) -> Proposal:
    """The draft that is to be checked. Raises ReadError where there is none, or two."""
    said = said_on("check-page")
    if given and pasted.strip():
        raise ReadError(said["both"])
    if not given and not pasted.strip():
        raise ReadError(said["read-first"])
    return given or read_pasted(pasted, said["pasted"])


def _steps(
    draft: Proposal, older: Proposal | None, nation: Nation | None, assistant: Assistant
) -> Iterator[str | Report]:
    """How far the check has come, as it goes, and at the end the report."""
    steps: SimpleQueue[tuple[int, int] | Report | CommonGroundError] = SimpleQueue()

    def work() -> None:
        def tell(done: int, total: int) -> None:
            steps.put((done, total))

        try:
            steps.put(check_read(draft, assistant.settings, nation=nation, older=older, progress=tell))
        except CommonGroundError as error:
            steps.put(error)
        except Exception as error:  # noqa: BLE001  # a thread that dies in silence would leave the reader waiting
            logger.error("A check stopped: %s", type(error).__name__)
            steps.put(ReadError(said_on("check-page")["broken"]))

    threading.Thread(target=work, daemon=True).start()
    is_older = False
    while not isinstance(step := steps.get(), Report):
        if isinstance(step, CommonGroundError):
            raise step
        yield progress(*step, is_older=is_older)
        is_older = is_older or step[0] >= step[1]
    yield step


def _corrected(report: Report, attempt: Attempt, *, withdraw: bool) -> Report:
    if withdraw:
        return uncorrected(report, attempt.pitfall)
    if attempt.status not in set(Treatment):
        raise ReadError(said_on("check-page")["correct"]["no-status"])
    return corrected(report, attempt.pitfall, Treatment(attempt.status), attempt.reason)


def _content(shown: Report, ending: str, assistant: Assistant) -> tuple[str, bytes]:
    library, _ = assistant.opened()
    name = f"{'risk-register' if ending == '.csv' else 'check'} of {Path(shown.file).stem}"
    return name, check_content(shown, library, ending, made=date.today())
