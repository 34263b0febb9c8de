"""How often is too often: a sliding window for each name, reader or address."""

import math
import time
from collections import OrderedDict, deque
from collections.abc import Callable

_MOST_KEYS = 10_000


class Rate:
    """At most `most` in any `window` seconds for each key; kept in memory, the longest unused go first."""

    def __init__(self, most: int, window: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._window, self._clock = most, window, clock
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()

    def wait(self, key: str) -> int:
        """Count one more and give 0, or give the seconds to wait, where it is one too many."""
        now = self._clock()
        seen = self._seen.setdefault(key, deque())
        self._seen.move_to_end(key)
        while seen and now - seen[0] >= self._window:
            seen.popleft()
        if len(seen) >= self._most:
            return max(1, math.ceil(seen[0] + self._window - now))
        seen.append(now)
        if len(self._seen) > _MOST_KEYS:
            self._seen.popitem(last=False)
        return 0

    def forget(self, key: str) -> None:
        """Begin anew for a key."""
        self._seen.pop(key, None)
