"""Around each function of the page: the last look at who asks; and where it fails, our words and a code."""

import functools
import inspect
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from assistant.errors import AccountError
from ui.access.marks import is_for_curators
from ui.access.readers import require_curator
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
                _check_right(function)
                yield from function(*given)

        return steps

    @functools.wraps(function)
    def whole(*given: Any) -> Any:
        with _hidden():
            _check_right(function)
            return function(*given)

    return whole


def _check_right(function: Callable[..., Any]) -> None:
    """Raise AccountError for what is a curator's; were a layer before ever to let somebody else through."""
    if is_for_curators(function):
        from gradio.context import LocalContext  # takes seconds to import

        require_curator(LocalContext.request.get(None))


@contextmanager
def _hidden() -> Iterator[None]:
    import gradio as gr  # takes seconds to import

    try:
        yield
    except gr.Error:
        raise
    except AccountError as error:
        raise gr.Error(str(error), print_exception=False, title="") from None
    except Exception as error:
        number = code()
        place = inspect.trace()[-1]
        logger.error("%s at %s:%s (code %s)", type(error).__name__, place.filename, place.lineno, number)
        raise gr.Error(said(500, number), print_exception=False, title="") from None
