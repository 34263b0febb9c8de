"""Text that a PDF holds and does not show: blanked before its words are taken, and counted."""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant.library.read.hidden import OFF_PAGE, PALE, TINY, UNSEEN

_SHOWS = {b"Tj", b"TJ", b"'", b'"'}
_FILLS = {b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"sh", b"BI", b"INLINE IMAGE"}
_COLOURS = {b"g": 1, b"rg": 3, b"k": 4}
_DRAWS_NOTHING = (3, 7)  # text rendering modes (ISO 32000-1, table 106)
_SMALLEST = 1.0  # point; print that anybody reads has four or more
_MARGIN = 36.0  # points beyond the edge of the page from which text is off it
_WHITE = 0.99


@dataclass(frozen=True, slots=True)
class _State:
    """What decides whether text is seen: set by operators, kept and brought back by q and Q."""

    is_white: bool = False
    mode: int = 0
    size: float = 1.0


Blank = Callable[[Any, Any, Any, Any], None]


def blanking(box: Sequence[float], counts: "Counter[str]") -> Blank:
    """What pypdf is to call before each operator of a page: it empties the strings that are not seen.

    `box` is the page's edges: left, bottom, right, top. Text in white counts as hidden only where
    nothing was painted under it, as far as is known: many a heading is white on a bar of colour.
    """
    state, stack, is_painted = _State(), [], False

    def before(operator: bytes, operands: Any, cm: Sequence[float], tm: Sequence[float]) -> None:
        nonlocal state, is_painted
        if operator == b"q":
            stack.append(state)
        elif operator == b"Q":
            state = stack.pop() if stack else state
        elif operator in _FILLS or operator == b"Do":
            is_painted = is_painted or not state.is_white or operator == b"Do"
        elif operator in _SHOWS:
            if kind := _why_unseen(state, is_painted, _placed(cm, tm), box):
                counts[kind] += _emptied(operator, operands)
        else:
            state = _after(state, operator, operands)

    return before


def _after(state: _State, operator: bytes, operands: Any) -> _State:
    numbers = [float(one) for one in operands if isinstance(one, int | float)]
    if operator in _COLOURS and len(numbers) == _COLOURS[operator]:
        return replace(state, is_white=_is_white(numbers))
    if operator in {b"sc", b"scn"}:
        return replace(
            state, is_white=len(numbers) in {1, 3, 4} and len(numbers) == len(operands) and _is_white(numbers)
        )
    if operator == b"cs":
        return replace(state, is_white=False)
    if operator == b"Tr" and numbers:
        return replace(state, mode=int(numbers[0]))
    if operator == b"Tf" and numbers:
        return replace(state, size=abs(numbers[-1]))
    return state


def _is_white(numbers: Sequence[float]) -> bool:
    """Whether a colour is white: full light of grey or of red, green and blue, or no ink of four."""
    return max(numbers) <= 1 - _WHITE if len(numbers) == 4 else min(numbers) >= _WHITE


def _placed(cm: Sequence[float], tm: Sequence[float]) -> tuple[float, float, float]:
    """Where text begins on the page, and how many times larger than its font's size it is."""
    x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
    y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
    area = (tm[0] * tm[3] - tm[1] * tm[2]) * (cm[0] * cm[3] - cm[1] * cm[2])
    return x, y, math.sqrt(abs(area))


def _why_unseen(
    state: _State, is_painted: bool, placed: tuple[float, float, float], box: Sequence[float]
) -> str | None:
    x, y, scale = placed
    if state.mode in _DRAWS_NOTHING:
        return UNSEEN
    if state.is_white and not is_painted:
        return PALE
    if 0 < state.size * scale < _SMALLEST:
        return TINY
    left, bottom, right, top = box
    is_on = left - _MARGIN <= x <= right + _MARGIN and bottom - _MARGIN <= y <= top + _MARGIN
    return None if is_on else OFF_PAGE


def _emptied(operator: bytes, operands: Any) -> int:
    """Take the words out of a text operator; 1 where there were any."""
    from pypdf.generic import ArrayObject, TextStringObject

    if not operands:
        return 0
    had = any(str(one).strip() for one in operands) and operands[-1] != []
    operands[-1] = ArrayObject() if operator == b"TJ" else TextStringObject("")
    return int(had)
