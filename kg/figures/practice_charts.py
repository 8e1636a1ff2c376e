"""Charts of practices: adoption curves, first adopters, spread over provinces and years, plausible paths."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

import matplotlib.dates as mdates
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch
from matplotlib.ticker import MaxNLocator

from kg.figures.charts import group_word
from kg.figures.drawing import FAINT, INK, PALETTE, QUIET, Language, new_figure, nothing, shortened
from kg.measures.adoption import Adoption, by_practice, curve
from kg.measures.paths import Path
from kg.whereabouts import LEVELS

_MOST_CURVES = 6
_MOST_ADOPTERS = 30
_MOST_PROVINCES = 24
_MOST_PATHS = 40
_SHORT_SPAN, _LONG_SPAN = 70, 4 * 365  # days
_CHANNELS = {
    "official": ("共同官员", "shared official", "-"),
    "event": ("共同活动", "shared event", "--"),
    "neighbours": ("相邻或隶属", "neighbours", ":"),
}


def draw_adoption_curves(adopted: Sequence[Adoption], language: Language = "zh") -> Figure:
    """Return how many places had each of the foremost practices by which day, as steps."""
    figure = new_figure(3.6)
    axes = figure.add_subplot()
    curves = [
        (places[0].practice_label, curve(places)) for places in by_practice(adopted).values() if curve(places)
    ]
    curves = sorted(curves, key=lambda each: -each[1][-1][2])[:_MOST_CURVES]
    curves = [each for each in curves if each[1][-1][2] > 1] or curves
    if not curves:
        nothing(axes, language)
        return figure
    last = max(date.fromisoformat(points[-1][0]) for _, points in curves)
    first = min(date.fromisoformat(points[0][0]) for _, points in curves)
    end = last + max((last - first) * 0.04, timedelta(days=7))
    for number, (label, points) in enumerate(curves):
        days = [date.fromisoformat(day) for day, _, _ in points]
        counts = [count for _, _, count in points]
        axes.step(
            [days[0], *days, end], [0, *counts, counts[-1]], where="post", color=PALETTE[number],
            linewidth=1.5, label=f"{shortened(label, 18)} ({counts[-1]})",
        )  # fmt: skip
        axes.plot(days, counts, "o", color=PALETTE[number], markersize=3)
    axes.set_ylabel("累计地方数" if language == "zh" else "places so far")
    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    _dates(axes)
    axes.grid(axis="y")
    axes.set_axisbelow(True)
    axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))
    return figure


def _dates(axes: Axes) -> None:
    """Label the axis of days with as much of each date as the span needs."""
    low, high = axes.get_xlim()
    if high - low < _SHORT_SPAN:
        axes.xaxis.set_major_locator(mdates.DayLocator(interval=max(1, round((high - low) / 5))))
        axes.xaxis.set_major_formatter(mdates.DateFormatter("%Y-%m-%d"))
        return
    axes.xaxis.set_major_locator(mdates.AutoDateLocator(minticks=3, maxticks=8))
    axes.xaxis.set_major_formatter(mdates.DateFormatter("%Y" if high - low > _LONG_SPAN else "%Y-%m"))


def draw_first_adopters(adopted: Sequence[Adoption], language: Language = "zh") -> Figure:
    """Return the places of the foremost practice in the order in which they are first reported to have it."""
    practices = list(by_practice(adopted).values())
    places = [each for each in practices[0] if each.day][:_MOST_ADOPTERS] if practices else []
    figure = new_figure(max(1.8, 0.2 * len(places) + 1.0))
    axes = figure.add_subplot()
    if not places:
        nothing(axes, language)
        return figure
    days = [date.fromisoformat(each.day) for each in places]
    rows = np.arange(len(places))[::-1]
    level_colours = {level: PALETTE[place] for place, level in enumerate(LEVELS)}
    start = min(days) - max((max(days) - min(days)) * 0.02, timedelta(days=3))
    axes.hlines(rows, start, days, color=FAINT, linewidth=0.8)
    for row, day, each in zip(rows, days, places, strict=True):
        shape = "*" if each.is_origin else "o"
        axes.plot(
            [day],
            [row],
            shape,
            color=level_colours.get(each.level, QUIET),
            markersize=9 if each.is_origin else 5,
        )
    axes.set_yticks(rows, [_with_province(each) for each in places])
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.set_xlim(start, max(days) + (min(days) - start))
    _dates(axes)
    axes.grid(axis="x")
    axes.set_axisbelow(True)
    axes.set_title(places[0].practice_label)
    shown = [level for level in LEVELS if any(each.level == level for each in places)]
    marks = [
        Line2D([], [], marker="o", linestyle="", color=level_colours[level], markersize=5) for level in shown
    ]
    names = [group_word(level, language) for level in shown]
    if any(each.is_origin for each in places):
        marks.append(Line2D([], [], marker="*", linestyle="", color=INK, markersize=8))
        names.append("发源地" if language == "zh" else "origin")
    axes.legend(marks, names, loc="upper left", bbox_to_anchor=(1.0, 1.0))
    return figure


def _with_province(each: Adoption) -> str:
    within = "" if each.province in ("", each.place_label) else f"  {each.province}"
    return f"{shortened(each.place_label, 12)}{within}"


def draw_spread(adopted: Sequence[Adoption], language: Language = "zh") -> Figure:
    """Return how many places took up any practice in each province by year, provinces with most first."""
    dated = [each for each in adopted if each.day and each.province]
    totals = Counter(each.province for each in dated)
    provinces = sorted(totals, key=lambda name: (-totals[name], name))[:_MOST_PROVINCES]
    figure = new_figure(max(1.8, 0.22 * len(provinces) + 0.9))
    axes = figure.add_subplot()
    if not provinces:
        nothing(axes, language)
        return figure
    years = range(min(int(each.day[:4]) for each in dated), max(int(each.day[:4]) for each in dated) + 1)
    counts = np.zeros((len(provinces), len(years)), dtype=int)
    for each in dated:
        if each.province in provinces:
            counts[provinces.index(each.province), int(each.day[:4]) - years[0]] += 1
    axes.imshow(counts, cmap="Blues", aspect="auto", vmin=0, vmax=max(int(counts.max()), 1) * 1.15)
    for (row, column), count in np.ndenumerate(counts):
        if count:
            ink = "white" if count > 0.6 * counts.max() else INK
            axes.text(column, row, str(count), ha="center", va="center", fontsize=7.5, color=ink)
    axes.set_yticks(range(len(provinces)), provinces)
    step = max(1, len(years) // 12)
    axes.set_xticks(range(0, len(years), step), [str(year) for year in years[::step]])
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    said = "首次见报的（做法，地方）数" if language == "zh" else "first reports of a practice in a place"
    axes.set_title(said)
    return figure


def draw_paths(adopted: Sequence[Adoption], found: Sequence[Path], language: Language = "zh") -> Figure:
    """Return the plausible paths of the practice that has most of them: places in time, arrows between them.

    Places stand by province; only paths open before the adoption are drawn, those of fewest days.
    """
    usable = [
        each
        for each in found
        if each.open_before and each.days is not None and each.source.day < each.target.day
    ]
    counts = Counter(each.source.practice for each in usable)
    chosen = min(counts, key=lambda practice: (-counts[practice], practice), default="")
    places = [each for each in adopted if each.practice == chosen and each.day]
    provinces = list(dict.fromkeys(each.province for each in sorted(places, key=lambda each: each.day)))
    figure = new_figure(max(2.4, 0.3 * len(places) + 1.2))
    axes = figure.add_subplot()
    if not places:
        nothing(axes, language)
        return figure
    ordered = sorted(places, key=lambda each: (provinces.index(each.province), each.day, each.place))
    height = {each.place: -row for row, each in enumerate(ordered)}
    shown = sorted(
        (each for each in usable if each.source.practice == chosen), key=lambda each: each.days or 0
    )[:_MOST_PATHS]
    colours = dict(zip(_CHANNELS, PALETTE, strict=False))
    for each in shown:
        ends = [
            (float(mdates.date2num(date.fromisoformat(end.day))), float(height[end.place]))
            for end in (each.source, each.target)
        ]
        axes.add_patch(
            FancyArrowPatch(
                ends[0], ends[1], arrowstyle="-|>", mutation_scale=8, shrinkA=3, shrinkB=3, linewidth=1.1,
                connectionstyle="arc3,rad=0.15", linestyle=_CHANNELS[each.channel][2],
                color=colours[each.channel], alpha=0.8,
            )
        )  # fmt: skip
    axes.plot(
        [date.fromisoformat(each.day) for each in ordered],
        [height[each.place] for each in ordered], "o", color=INK, markersize=4,
    )  # fmt: skip
    axes.set_yticks([height[each.place] for each in ordered], [_with_province(each) for each in ordered])
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.set_ylim(-len(ordered) + 0.4, 0.6)
    axes.margins(x=0.06)
    _dates(axes)
    axes.grid(axis="both")
    axes.set_axisbelow(True)
    axes.set_title(ordered[0].practice_label)
    used = [channel for channel in _CHANNELS if any(each.channel == channel for each in shown)]
    marks = [Line2D([], [], color=colours[channel], linestyle=_CHANNELS[channel][2]) for channel in used]
    names = [_CHANNELS[channel][0 if language == "zh" else 1] for channel in used]
    axes.legend(marks, names, loc="upper left", bbox_to_anchor=(1.0, 1.0))
    return figure
