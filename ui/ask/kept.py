"""Earlier conversations, kept in the reader's browser; on the page only where the setting `conversations` says so.

What is kept is what was asked, and of whom and where. The answers are found again when one is opened,
in the library as it is then.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import gradio as gr
from gradio.context import Context
from pydantic import TypeAdapter, ValidationError
from typing_extensions import TypedDict

from assistant.answer.parts import Answer, Audience
from assistant.library.catalogue import Nation
from ui.ask.choices import ANYWHERE
from ui.ask.turns import Changes, Turns
from ui.render.said import said_on

_MOST = 20  # conversations; the oldest go first
_STORE = "common-ground-conversations"
_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


class Kept(TypedDict):
    """A conversation as the browser keeps it: its turns, and who asked the last of them where."""

    turns: list[str]
    who: Audience
    where: Nation | None


_FORM = TypeAdapter(list[Kept])


def earlier(turns: Turns, asking: Sequence[Any]) -> None:
    """Build the list of earlier conversations, which each of the events `asking` brings up to date."""
    # The secret is none: whoever can open this browser can read what it keeps, and the page says so.
    kept = gr.BrowserState([], storage_key=_STORE, secret=_STORE)
    with gr.Accordion("Earlier conversations", open=False, elem_classes="cg-download"):
        gr.HTML(f'<p class="cg-quiet">{said_on("ask-page")["kept"]}</p>')
        which = gr.Radio([], label="Open one")
        forget = gr.Button("Forget all", elem_classes="cg-small")
    for one in asking:
        one.then(added, [kept, turns.answers], kept, **_QUIET)
    page = Context.root_block  # the Blocks that are open
    assert page is not None
    gr.on([page.load, kept.change], lambda held: gr.Radio(titles(held), value=None), kept, which, **_QUIET)
    which.input(_opening(turns), [which, kept], turns.outputs, **_QUIET)
    forget.click(list, None, kept, **_QUIET)


def added(held: Any, answers: Sequence[Answer]) -> list[Kept]:
    """What is kept with the present conversation in front; the same beginning is the same conversation."""
    known = read(held)
    if not answers:
        return known
    last = answers[-1]
    where = Nation(last.nation) if last.nation else None
    now = Kept(turns=[one.question for one in answers], who=last.audience, where=where)
    return [now, *(one for one in known if one["turns"][0] != now["turns"][0])][:_MOST]


def titles(held: Any) -> list[tuple[str, int]]:
    """What each conversation began with, and its place in the list."""
    return [(one["turns"][0], place) for place, one in enumerate(read(held))]


def read(held: Any) -> list[Kept]:
    """What the browser gave, or nothing where that is no list of conversations."""
    try:
        return [one for one in _FORM.validate_python(held) if one["turns"]]
    except ValidationError:
        return []


def _opening(turns: Turns) -> Any:
    def open_one(place: int, held: Any) -> Iterator[Changes]:
        found = read(held)
        if 0 <= place < len(found):
            one = found[place]
            yield turns.asked_again(one["turns"], (one["who"].value, one["where"] or ANYWHERE))

    return open_one
