"""The acts as endpoints of the page's own server, under /gradio_api/call/, with their names and types."""

import functools
import inspect
from collections.abc import Callable, Mapping
from typing import Any

import gradio as gr
from pydantic import ValidationError, validate_call

from assistant.answer.pipeline import Assistant
from assistant.errors import CommonGroundError
from ui.api.acts import Acts
from ui.render.said import said_on

NAMES = ("ask", "check", "brief", "sources", "source")
Act = Callable[..., Any]


def open_endpoints(assistant: Assistant) -> None:
    """Register the acts inside the Blocks that are open; nothing else of the page has a public name."""
    acts = Acts(assistant)
    for name in NAMES:
        words = said_on("api")["acts"][name]["what"]
        gr.api(_told(getattr(acts, name)), api_name=name, api_description=words)


def acts_of(blocks: gr.Blocks) -> Mapping[str, Act]:
    """The acts that a page offers to programs, by name."""
    found = {one.api_name: one.fn for one in blocks.fns.values() if one.api_visibility == "public"}
    return {name: found[name] for name in NAMES if name in found}


def _told(act: Act) -> Act:
    """An act that checks what it is given, and says what is wrong in words that a reader may see."""
    whole = validate_call(act)
    names = list(inspect.signature(act).parameters)

    @functools.wraps(act)
    def respond(*given: Any) -> Any:
        try:
            return whole(*given)
        except ValidationError as error:
            said = _wrong(error, names)
        except CommonGroundError as error:
            said = str(error)
        raise gr.Error(said, print_exception=False, title="")

    return respond


def _wrong(error: ValidationError, names: list[str]) -> str:
    """What is wrong with what was given, without the words themselves."""
    first = error.errors(include_input=False, include_url=False)[0]
    at, *below = first["loc"]
    where = ".".join(str(one) for one in (names[at] if isinstance(at, int) and at < len(names) else at, *below))
    return str(said_on("api")["wrong"].format(where=where, why=first["msg"]))
