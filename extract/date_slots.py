"""Sources of dates: those of the clause or the sentence, and the one that says when something was done."""

from __future__ import annotations

import re
from bisect import bisect_left

from extract.dates import DateMention
from extract.scene import Filler, Scene

_SINCE = re.compile(r"(?:自|从|截至|截止|到|至|距|比|较)\s*$")
_LASTING = re.compile(r"(?:以来|来|以后|以前|之前|前|至今|年度|度)")
_YEAR_ONLY = 4
_NEAR_DATES = 16


def date(scene: Scene, types: tuple[str, ...]) -> Filler | None:
    """Return the dates of the clause, or of its sentence."""
    own = _own_start(scene)
    within = _dates_in(scene, own, scene.clause.end)
    if own > scene.clause.start:
        return Filler(dates=tuple(within[:1])) if within else None
    before = _dates_in(scene, scene.clause.sentence.start, scene.clause.start)
    # A bare year in the clause (2012年元旦长跑) gives way to the day that the sentence names.
    chosen = within if within and (len(within[0].value) > _YEAR_ONLY or not before) else before
    if not chosen:
        return None
    last = chosen[-1]
    joined = [
        d for d in chosen if scene.text.raw[d.end : last.start].strip() in ("、", "和", "及") or d is last
    ]
    return Filler(dates=tuple(joined if len(joined) > 1 else chosen[:1]))


def _own_start(scene: Scene) -> int:
    """Return where what the trigger says begins: behind the verb's 向 where it is an attribute.

    In 某某9月12日向在成都举行的论坛致信 the day is the letter's.
    """
    raw, start, end = scene.text.raw, scene.clause.start, scene.trigger.end
    return max(start, raw.rfind("向", start, end) + 1) if raw.startswith("的", end) else start


def _dates_in(scene: Scene, start: int, end: int) -> list[DateMention]:
    """Return the dates of a span, at most the last 16."""
    first = bisect_left(scene.dates, start, key=lambda d: d.start)
    last = bisect_left(scene.dates, end, key=lambda d: d.start)
    return scene.dates[max(first, last - _NEAR_DATES) : last]


def stated_date(scene: Scene) -> DateMention | None:
    """Return the date that the trigger's clause opens with, or an adverbial clause right before it."""
    before = [c for c in scene.sentence if c.end <= scene.clause.start]
    start = scene.clause.start
    for clause in reversed(before):
        if clause.triggers:
            break
        start = clause.start
    own = _dates_in(scene, scene.clause.start, scene.trigger.start)
    dates = [d for d in own or _dates_in(scene, start, scene.clause.start) if tells_when(scene.text.raw, d)]
    return dates[-1] if dates else None


def tells_when(raw: str, date: DateMention) -> bool:
    """Tell whether a date says when something happened, not since or until when."""
    return _SINCE.search(raw, max(0, date.start - 2), date.start) is None and not _LASTING.match(
        raw, date.end
    )
