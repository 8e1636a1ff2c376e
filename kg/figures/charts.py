"""Charts of a network's measures: who is central, how degrees spread, the years, mixing, brokerage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from kg.figures.drawing import INK, PALETTE, QUIET, Language, new_figure, nothing, shortened
from kg.measures.brokerage import ROLES
from kg.measures.by_year import Year

_FOREMOST = 12
_MOST_GROUPS = 16
_WHITE_ABOVE = 0.55

_WORDS = {
    "degree": ("度", "degree"),
    "strength": ("强度", "strength"),
    "betweenness": ("中介中心性", "betweenness"),
    "pagerank": ("PageRank", "PageRank"),
    "nodes": ("节点", "nodes"),
    "ties": ("联系", "ties"),
    "new": ("新节点", "new nodes"),
    "mean": ("平均度", "mean degree"),
    "largest": ("最大连通部分占比", "share of the largest component"),
    "share": ("度不小于该值的节点比例", "share of nodes with at least this degree"),
    "mediations": ("中介次数", "mediations"),
    "coordinator": ("协调者", "coordinator"),
    "itinerant": ("巡回者", "itinerant broker"),
    "gatekeeper": ("守门者", "gatekeeper"),
    "representative": ("代表者", "representative"),
    "liaison": ("联络者", "liaison"),
    "number": ("联系数", "ties"),
}
_LEVEL_WORDS = {
    "central": "中央", "province": "省级", "prefecture": "地级", "county": "县级", "functional": "功能区",
    "township": "乡级", "village": "村级",
}  # fmt: skip


def word(name: str, language: Language) -> str:
    """Return what a chart calls a thing."""
    return _WORDS[name][0 if language == "zh" else 1]


def group_word(name: str, language: Language) -> str:
    """Return what a chart calls a level, and any other group by its own name."""
    return _LEVEL_WORDS.get(name, name) if language == "zh" else name


def draw_centrality(
    labels: Sequence[str], measures: Mapping[str, Sequence[float]], language: Language = "zh"
) -> Figure:
    """Return the foremost nodes by degree, strength, betweenness and PageRank, a panel each."""
    names = ("degree", "strength", "betweenness", "pagerank")
    figure = new_figure(5.6)
    grid = figure.subplots(2, 2)
    for axes, name in zip(grid.flat, names, strict=True):
        values = np.asarray(measures[name], dtype=float)
        order = [place for place in np.argsort(-values, kind="stable")[:_FOREMOST] if values[place] > 0]
        axes.set_title(word(name, language))
        if not order:
            nothing(axes, language)
            continue
        shown = values[order][::-1]
        rows = np.arange(len(order))
        axes.hlines(rows, 0, shown, color=PALETTE[0], linewidth=1.2, alpha=0.5)
        axes.plot(shown, rows, "o", color=PALETTE[0], markersize=4)
        axes.set_yticks(rows, [shortened(labels[place], 14) for place in order][::-1])
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        axes.set_xlim(0, float(shown.max()) * 1.06)
        axes.xaxis.set_major_locator(MaxNLocator(4))
        axes.grid(axis="x")
        axes.set_axisbelow(True)
    return figure


def draw_degrees(degrees: Sequence[int], language: Language = "zh") -> Figure:
    """Return the cumulative distribution of degrees, on logarithmic axes; isolates do not count."""
    figure = new_figure(3.2, 4.4)
    axes = figure.add_subplot()
    known = np.sort(np.asarray([degree for degree in degrees if degree > 0]))
    if not known.size:
        nothing(axes, language)
        return figure
    values = np.unique(known)
    shares = [(known >= value).mean() for value in values]
    axes.loglog(values, shares, "o", color=PALETTE[0], markersize=3.5, markeredgewidth=0)
    axes.set_xlabel(word("degree", language))
    axes.set_ylabel(word("share", language))
    _plain_numbers(axes)
    axes.grid(which="major")
    return figure


def _plain_numbers(axes: Axes) -> None:
    axes.xaxis.set_major_formatter("{x:g}")
    axes.yaxis.set_major_formatter("{x:g}")


def draw_years(years: Sequence[Year], language: Language = "zh") -> Figure:
    """Return nodes and ties by year, and beneath them how closely they hang together."""
    figure = new_figure(4.4)
    upper, lower = figure.subplots(2, 1, sharex=True)
    if not years:
        nothing(upper, language)
        nothing(lower, language)
        return figure
    when = [each.year for each in years]
    upper.bar(
        when, [each.new_nodes for each in years], color=PALETTE[0], alpha=0.3, width=0.6,
        label=word("new", language),
    )  # fmt: skip
    upper.plot(
        when, [each.whole.nodes for each in years], "-o", color=PALETTE[0], markersize=3.5,
        label=word("nodes", language),
    )  # fmt: skip
    upper.plot(
        when, [each.whole.ties for each in years], "-s", color=PALETTE[1], markersize=3.5,
        label=word("ties", language),
    )  # fmt: skip
    upper.legend(ncols=3, loc="lower left", bbox_to_anchor=(0, 1.0))
    upper.set_ylim(bottom=0)
    lower.plot(
        when, [each.whole.mean_degree or 0 for each in years], "-o", color=PALETTE[2], markersize=3.5,
        label=word("mean", language),
    )  # fmt: skip
    lower.set_ylabel(word("mean", language), color=PALETTE[2])
    lower.set_ylim(0, 1.1 * max(1.0, *(each.whole.mean_degree or 0 for each in years)))
    share = lower.twinx()
    shares = [each.whole.largest_component / each.whole.nodes if each.whole.nodes else 0 for each in years]
    share.plot(when, shares, "--", color=PALETTE[5], linewidth=1.2)
    share.set_ylim(0, 1.02)
    share.set_ylabel(word("largest", language), color=PALETTE[5])
    share.spines["right"].set_visible(True)
    lower.xaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
    for axes in (upper, lower):
        axes.grid(axis="y")
        axes.set_axisbelow(True)
    if len(when) == 1:
        lower.set_xlim(when[0] - 1, when[0] + 1)
    return figure


def draw_mixing(names: Sequence[str], counts: NDArray[np.int64], language: Language = "zh") -> Figure:
    """Return the ties between groups as a table of shades, those with most ties where there are many.

    `names` and `counts` are in the order in which they are to stand.
    """
    tied = np.flatnonzero(counts.sum(axis=0)).tolist()
    names, counts = [names[place] for place in tied], counts[np.ix_(tied, tied)]
    if len(names) > _MOST_GROUPS:
        kept = sorted(np.argsort(-counts.sum(axis=0), kind="stable")[:_MOST_GROUPS].tolist())
        names, counts = [names[place] for place in kept], counts[np.ix_(kept, kept)]
    size = max(2.6, 0.36 * len(names) + 1.5)
    figure = new_figure(size, size + 0.6)
    axes = figure.add_subplot()
    if not len(names):
        nothing(axes, language)
        return figure
    shades = np.log1p(counts.astype(float))
    top = float(shades.max()) or 1.0
    axes.imshow(shades, cmap="Blues", vmin=0, vmax=top * 1.1)
    said = [group_word(name, language) for name in names]
    axes.set_xticks(range(len(names)), said, rotation=45, ha="left", rotation_mode="anchor")
    axes.set_yticks(range(len(names)), said)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    for (row, column), count in np.ndenumerate(counts):
        if count:
            ink = "white" if shades[row, column] > _WHITE_ABOVE * top * 1.1 else INK
            axes.text(column, row, f"{count:,}", ha="center", va="center", fontsize=7, color=ink)
    axes.set_xlabel(word("number", language), color=QUIET)
    return figure


def draw_brokerage(
    labels: Sequence[str], counts: NDArray[np.int64], title: str, language: Language = "zh"
) -> Figure:
    """Return the foremost mediators and the roles in which they mediate."""
    totals = counts.sum(axis=1) if len(counts) else np.zeros(0)
    order = [place for place in np.argsort(-totals, kind="stable")[:_FOREMOST] if totals[place] > 0]
    figure = new_figure(max(1.8, 0.24 * len(order) + 1.2))
    axes = figure.add_subplot()
    axes.set_title(title)
    if not order:
        nothing(axes, language)
        return figure
    rows = np.arange(len(order))[::-1]
    left = np.zeros(len(order))
    for number, role in enumerate(ROLES):
        part = counts[order, number].astype(float)
        if not part.any():
            continue
        axes.barh(rows, part, left=left, height=0.66, color=PALETTE[number], label=word(role, language))
        left += part
    axes.set_yticks(rows, [shortened(labels[place]) for place in order])
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.set_xlabel(word("mediations", language))
    axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    axes.grid(axis="x")
    axes.set_axisbelow(True)
    axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
    return figure
