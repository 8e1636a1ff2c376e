"""How fast a long task goes, and how long it will take."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

WINDOW_SECONDS = 30.0
"""The rate is that of the last so many seconds: what is taken from a cache goes faster than the rest."""

_STEP_SECONDS = 0.1
_LEAST_SECONDS = 0.5
_MINUTE, _HOUR = 60, 3600


class Pace:
    """The pace of a task, of which it is told how many things are done and how far it is."""

    def __init__(self, total: int | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin; `total` is where the position ends, if that is known."""
        self._total = total
        self._clock = clock
        self._points: deque[tuple[float, int, int]] = deque([(clock(), 0, 0)])

    def note(self, count: int, position: int) -> None:
        """Note that so many things are done, and that the task has come to the position."""
        now = self._clock()
        if len(self._points) > 1 and now - self._points[-2][0] < _STEP_SECONDS:
            self._points.pop()
        self._points.append((now, count, position))
        while len(self._points) > 2 and now - self._points[0][0] > WINDOW_SECONDS:
            self._points.popleft()

    @property
    def rate(self) -> float | None:
        """Things a second, or None while it is too early to tell."""
        (began, before, _), (now, count, _) = self._points[0], self._points[-1]
        return (count - before) / (now - began) if now - began >= _LEAST_SECONDS else None

    @property
    def seconds_left(self) -> float | None:
        """Seconds until the end at this pace, or None where that cannot be told."""
        (began, _, before), (now, _, position) = self._points[0], self._points[-1]
        if self._total is None or position <= before or now - began < _LEAST_SECONDS:
            return None
        return max(0.0, (self._total - position) * (now - began) / (position - before))

    def __str__(self) -> str:
        """Return the pace in words: `61/s, about 12 min left`."""
        rate, left = self.rate, self.seconds_left
        parts = [f"{rate:,.0f}/s" if rate >= 10 else f"{rate:.1f}/s"] if rate is not None else []
        return ", ".join([*parts, *([f"about {_duration(left)} left"] if left is not None else [])])


def _duration(seconds: float) -> str:
    if seconds < _MINUTE:
        return f"{seconds:.0f} s"
    if seconds < _HOUR:
        return f"{seconds / _MINUTE:.0f} min"
    return f"{seconds // _HOUR:.0f} h {seconds % _HOUR / _MINUTE:.0f} min"
