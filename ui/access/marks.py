"""Marks on functions of the page that the layers around it go by, whichever way a request reaches them."""

from collections.abc import Callable
from typing import TypeVar

Function = TypeVar("Function", bound=Callable[..., object])


def costly(function: Function) -> Function:
    """Mark work that a reader may ask for 15 times a minute: a question, a check, a briefing."""
    function.is_costly = True  # type: ignore[attr-defined]
    return function


def curators_only(function: Function) -> Function:
    """Mark what only a curator may do: change the library that is shared, or read what it did not say."""
    function.is_for_curators = True  # type: ignore[attr-defined]
    return function


def is_costly(function: object) -> bool:
    """Whether a function was marked as costly."""
    return bool(getattr(function, "is_costly", False))


def is_for_curators(function: object) -> bool:
    """Whether a function was marked as a curator's."""
    return bool(getattr(function, "is_for_curators", False))
