"""Periods: the days on which a stated thing held, as pairs of first and last day.

A day is ISO 8601 text, "" where it is not known: ("2021-03-01", "") began then and is not said to
have ended. As text a period is an ISO 8601 interval, `2021-03-01/2022-12-31`, with `..` for "".
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

from kg.dates import read_date

Period = tuple[str, str]

_OPEN = ".."


def period_between(first: str, last: str) -> Period | None:
    """Return the period from one day, month or year to another; None if neither is a date, or it ends
    before it begins.

    >>> period_between("2021-03", "2022")
    ('2021-03-01', '2022-12-31')
    """
    start, end = _read(first), _read(last)
    period = (start.earliest if start else "", end.latest if end else "")
    if period == ("", "") or (all(period) and period[0] > period[1]):
        return None
    return period


# The same few days come again and again.
_read = lru_cache(maxsize=65536)(read_date)


def merged(periods: Iterable[Period]) -> tuple[Period, ...]:
    """Return the periods in order, those that overlap or follow day upon day joined into one.

    >>> merged([("2021-01-05", "2021-01-07"), ("2021-01-01", "2021-01-04"), ("2022-01-01", "")])
    (('2021-01-01', '2021-01-07'), ('2022-01-01', ''))
    """
    joined: list[Period] = []
    for start, end in sorted(set(periods)):
        if joined and _reaches(joined[-1][1], start):
            last_start, last_end = joined[-1]
            joined[-1] = (last_start, max(last_end, end) if last_end and end else "")
        else:
            joined.append((start, end))
    return tuple(joined)


def _reaches(end: str, start: str) -> bool:
    return not end or not start or start <= end or start == _day_after(end)


@lru_cache(maxsize=65536)
def _day_after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat() if day < "9999-12-31" else day


def touches(period: Period, since: str, until: str) -> bool:
    """Return whether the period has a day from `since` to `until`; "" sets no bound."""
    start, end = period
    return not (until and start > until) and not (since and end and end < since)


def years(periods: Iterable[Period]) -> tuple[int, int] | None:
    """Return the first and the last year that the periods name; None if they name none."""
    named = sorted({int(day[:4]) for period in periods for day in period if day})
    return (named[0], named[-1]) if named else None


def period_text(period: Period) -> str:
    """Return the period as an ISO 8601 interval.

    >>> period_text(("2021-03-01", ""))
    '2021-03-01/..'
    """
    return "/".join(day or _OPEN for day in period)


def read_period(text: str) -> Period | None:
    """Return the period that an ISO 8601 interval means; None if it is none."""
    first, slash, last = text.partition("/")
    if not slash:
        return None
    return period_between(first.replace(_OPEN, ""), last.replace(_OPEN, ""))


def periods_of(row: object) -> tuple[Period, ...]:
    """Return the periods that a node's or an edge's attribute `periods` gives, merged."""
    if not isinstance(row, (list, tuple)):
        return ()
    found = (read_period(text) for text in row if isinstance(text, str))
    return merged(period for period in found if period)
