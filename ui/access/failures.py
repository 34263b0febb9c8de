"""A function of the page that fails: the reader gets our words and a code, and the log no word of theirs."""

import functools
import inspect
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ui.access.refusals import code, said

if TYPE_CHECKING:
    import gradio as gr

logger = logging.getLogger(__name__)


def hide_failures(blocks: "gr.Blocks") -> None:
    """Put a guard around every function of a page; Gradio itself would print the whole of an error."""
    for one in blocks.fns.values():
        if one.fn is not None:
            one.fn = _guarded(one.fn)


def _guarded(function: Callable[..., Any]) -> Callable[..., Any]:
    if inspect.isgeneratorfunction(function):

        @functools.wraps(function)
        def steps(*given: Any) -> Iterator[Any]:
            with _hidden():
                yield from function(*given)

        return steps

    @functools.wraps(function)
    def whole(*given: Any) -> Any:
        with _hidden():
            return function(*given)

    return whole


@contextmanager
def _hidden() -> Iterator[None]:
    import gradio as gr  # takes seconds to import

    try:
        yield
    except gr.Error:
        raise
    except Exception as error:
        number = code()
        place = inspect.trace()[-1]
        logger.error("%s at %s:%s (code %s)", type(error).__name__, place.filename, place.lineno, number)
        raise gr.Error(said(500, number), print_exception=False, title="") from None
