"""Timelines: offices as bars on an axis of years, in shares of its width, so that they fit any screen."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kg.entities.offices import Office

_Across = Callable[[str], float]

_MOST_TICKS = 8
_NARROWEST = 0.8
"""Per cent of the width that a bar of one day still has."""


@dataclass(frozen=True, slots=True)
class Bar:
    """An office with where its bar begins and how long it is, in per cent; the gap likewise."""

    office: Office
    start: float
    width: float
    gap: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars in the order of the offices, marks of years as (per cent, year), and offices without a date."""

    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, str], ...]
    undated: tuple[Office, ...]


def timeline(offices: Sequence[Office]) -> Timeline:
    """Return the offices on an axis from the first attestation of any to the last, whole years."""
    dated = [office for office in offices if office.first]
    undated = tuple(office for office in offices if not office.first)
    if not dated:
        return Timeline((), (), undated)
    first = min(int(office.first[:4]) for office in dated)
    last = max(int(office.last[:4]) for office in dated) + 1
    begin, end = datetime.date(first, 1, 1).toordinal(), datetime.date(last, 1, 1).toordinal()

    def across(day: str) -> float:
        return round(100 * (datetime.date.fromisoformat(day).toordinal() - begin) / (end - begin), 2)

    step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 1000) if (last - first) / s <= _MOST_TICKS)
    years = range(first, last, step)
    return Timeline(
        bars=tuple(_bar(office, across(office.first), across(office.last), across) for office in dated),
        ticks=tuple((across(f"{year:04d}-01-01"), str(year)) for year in years),
        undated=undated,
    )


def _bar(office: Office, start: float, end: float, across: _Across) -> Bar:
    width = max(_NARROWEST, round(end - start, 2))
    gap = None
    if office.gap is not None:
        gap_start = across(office.gap[0])
        gap = (gap_start, round(across(office.gap[1]) - gap_start, 2))
    return Bar(office, min(start, 100 - width), width, gap)
