"""A picture of a network laid out: nodes by type or community, the foremost with their labels."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping

import networkx as nx
import numpy as np
from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from kg.appearance import colour, radii
from kg.columns import number
from kg.figures.drawing import PALETTE, QUIET, Language, new_figure, nothing, shortened
from kg.layout import layout

LARGEST_DRAWN = 400
"""A picture of more nodes shows nothing: of a larger network the largest components are drawn, and of the
last that finds room the nodes with the greatest strength."""

_MOST_LABELS = 40
# Of the others a label that covers so many nodes is left out.
_ALWAYS_LABELLED = 10
_MOST_COVERED = 2
_MOST_COMMUNITIES = len(PALETTE) - 2
_HEIGHT = 6.2
_TYPE_NAMES = {
    "Person": "人物", "Institution": "机构", "Place": "地方", "Event": "活动", "Practice": "治理做法",
    "Document": "文件", "Honour": "荣誉",
}  # fmt: skip


def draw_network(
    graph: nx.MultiDiGraph[str], communities: Mapping[str, int], language: Language = "zh"
) -> Figure:
    """Return the picture; `communities` colour the nodes where all are of one type.

    Nodes without an edge are left out, and so are those beyond LARGEST_DRAWN.
    """
    figure = new_figure(_HEIGHT)
    axes = figure.add_subplot()
    drawn = _drawn(graph)
    if not len(drawn):
        nothing(axes, language)
        return figure
    sizes = radii(drawn)
    places = layout(drawn, sizes, gap=10)
    axes.set_axis_off()
    _fit(axes, figure, places, sizes)
    _draw_edges(axes, drawn, places)
    colours, key = _colours(drawn, communities, language)
    nodes = sorted(drawn, key=lambda node: sizes[node], reverse=True)
    unit = _points_per_unit(axes, figure)
    axes.scatter(
        [places[n][0] for n in nodes],
        [-places[n][1] for n in nodes],
        s=[(2 * sizes[n] * unit) ** 2 for n in nodes],
        c=[colours[n] for n in nodes],
        linewidths=0.5,
        edgecolors="white",
        zorder=3,
    )
    _draw_key(axes, key)
    _draw_labels(figure, axes, drawn, places, sizes, unit)
    title = str(graph.graph.get("title" if language == "zh" else "title_en") or "")
    axes.set_title(f"{title}{_left_out(graph, drawn, language)}")
    return figure


def _drawn(graph: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    strength = dict(graph.degree(weight="weight"))
    tied = [node for node, degree in graph.degree() if degree]
    if len(tied) > LARGEST_DRAWN:
        parts = sorted(nx.weakly_connected_components(graph), key=lambda part: (-len(part), min(part)))
        ordered = [node for part in parts for node in sorted(part, key=lambda n: (-strength[n], n))]
        tied = ordered[:LARGEST_DRAWN]
        tied = [node for node, degree in graph.subgraph(tied).degree() if degree]
    return nx.MultiDiGraph(graph.subgraph(sorted(tied)))


def _left_out(graph: nx.MultiDiGraph[str], drawn: nx.MultiDiGraph[str], language: Language) -> str:
    tied = sum(1 for _, degree in graph.degree() if degree)
    if tied == len(drawn):
        return ""
    if language == "zh":
        return f"（{tied} 个节点中的 {len(drawn)} 个：最大连通部分中联系最强者）"
    return f" ({len(drawn)} of {tied} nodes: the strongest of the largest components)"


def _fit(
    axes: Axes, figure: Figure, places: Mapping[str, tuple[float, float]], sizes: Mapping[str, float]
) -> None:
    """Set the limits such that nodes are round and none is cut."""
    left = min(places[n][0] - sizes[n] for n in places)
    right = max(places[n][0] + sizes[n] for n in places)
    low = min(-places[n][1] - sizes[n] for n in places)
    high = max(-places[n][1] + sizes[n] for n in places)
    margin = 0.04 * max(right - left, high - low)
    axes.set_xlim(left - margin, right + margin)
    axes.set_ylim(low - margin, high + margin)
    axes.set_aspect("equal")
    figure.canvas.draw()


def _points_per_unit(axes: Axes, figure: Figure) -> float:
    (x0, _), (x1, _) = axes.transData.transform([(0, 0), (1, 0)])
    return float(x1 - x0) * 72 / float(figure.dpi)


def _draw_edges(axes: Axes, graph: nx.MultiDiGraph[str], places: Mapping[str, tuple[float, float]]) -> None:
    weights: dict[tuple[str, str], float] = {}
    for source, target, row in graph.edges(data=True):
        pair = (min(source, target), max(source, target))
        weights[pair] = weights.get(pair, 0.0) + max(number(row.get("weight")) or 0.0, 0.0)
    lines = [
        [(places[one][0], -places[one][1]), (places[other][0], -places[other][1])] for one, other in weights
    ]
    widths = [0.35 + 0.45 * math.log1p(weight) for weight in weights.values()]
    shade = 0.55 if len(lines) < 150 else 0.35 if len(lines) < 600 else 0.2
    axes.add_collection(LineCollection(lines, linewidths=widths, colors=QUIET, alpha=shade, zorder=1))


def _colours(
    graph: nx.MultiDiGraph[str], communities: Mapping[str, int], language: Language
) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Return the colour of each node, and what the colours say."""
    types = Counter(str(row.get("type") or "") for _, row in graph.nodes(data=True))
    if len(types) > 1:
        names = [type_ for type_, _ in sorted(types.items(), key=lambda item: (-item[1], item[0]))]
        key = [(_TYPE_NAMES.get(name, name) if language == "zh" else name, colour(name)) for name in names]
        return {node: colour(str(row.get("type") or "")) for node, row in graph.nodes(data=True)}, key
    numbers = Counter(communities.get(node, 0) for node in graph)
    shown = [n for n, count in sorted(numbers.items()) if count > 1][:_MOST_COMMUNITIES]
    paint = {number: PALETTE[place] for place, number in enumerate(shown)}
    said = "社群" if language == "zh" else "community"
    key = [(f"{said} {number}", paint[number]) for number in shown]
    if len(numbers) > len(shown):
        key.append(("其他" if language == "zh" else "others", PALETTE[-1]))
    return {node: paint.get(communities.get(node, 0), PALETTE[-1]) for node in graph}, key


def _draw_key(axes: Axes, key: list[tuple[str, str]]) -> None:
    if len(key) < 2:
        return
    marks = [
        Line2D(
            [], [], marker="o", linestyle="", markersize=5.5, markerfacecolor=paint, markeredgecolor="white"
        )
        for _, paint in key
    ]
    axes.legend(
        marks, [name for name, _ in key], loc="upper center", bbox_to_anchor=(0.5, 0.0),
        ncols=min(len(key), 7), handletextpad=0.1, columnspacing=1.2,
    )  # fmt: skip


def _draw_labels(
    figure: Figure,
    axes: Axes,
    graph: nx.MultiDiGraph[str],
    places: Mapping[str, tuple[float, float]],
    sizes: Mapping[str, float],
    unit: float,
) -> None:
    """Label the foremost nodes where there is room: none over another, and rather not over a node."""
    figure.canvas.draw()
    renderer = figure.canvas.get_renderer()
    pixel = figure.dpi / 72
    frame = axes.get_window_extent(renderer)
    points = axes.transData.transform([(places[n][0], -places[n][1]) for n in graph])
    reach = np.array([sizes[n] * unit * pixel for n in graph])
    order = {node: place for place, node in enumerate(graph)}
    taken: list[Bbox] = []
    foremost = sorted(graph, key=lambda node: (-graph.degree(node), node))[: 2 * _MOST_LABELS]
    for rank, node in enumerate(foremost):
        if len(taken) >= _MOST_LABELS:
            break
        label = shortened(str(graph.nodes[node].get("label") or node))
        x, y = points[order[node]]
        text = _halo(axes.text(0, 0, label, fontsize=6.8, ha="center", va="center", zorder=5))
        extent = text.get_window_extent(renderer)
        allowed = len(graph) if rank < _ALWAYS_LABELLED else _MOST_COVERED
        size = (extent.width, extent.height)
        best = _best_place((x, y), reach[order[node]], size, taken, points, reach, frame, allowed)
        if best is None:
            text.remove()
            continue
        text.set_position(axes.transData.inverted().transform(best.get_points().mean(axis=0)))
        taken.append(best)


def _halo(text: Text) -> Text:
    text.set_path_effects([patheffects.withStroke(linewidth=1.6, foreground="white", alpha=0.9)])
    return text


def _best_place(
    centre: tuple[float, float],
    radius: float,
    size: tuple[float, float],
    taken: list[Bbox],
    points: np.ndarray[tuple[int, int], np.dtype[np.float64]],
    reach: np.ndarray[tuple[int], np.dtype[np.float64]],
    frame: Bbox,
    allowed: int,
) -> Bbox | None:
    """Return the box beside the node that covers the fewest nodes.

    None if every one covers a label, or more nodes than allowed.
    """
    width, height = size
    across, along = radius + width / 2 + 2, radius + height / 2 + 1
    best: tuple[float, Bbox] | None = None
    for rank, (dx, dy) in enumerate(
        (
            (0, -along),
            (across, 0),
            (-across, 0),
            (0, along),
            (across * 0.8, -along * 0.8),
            (-across * 0.8, along * 0.8),
        )
    ):
        x, y = centre[0] + dx - width / 2, centre[1] + dy - height / 2
        box = Bbox.from_bounds(x, y, width, height)
        inside = (
            frame.x0 <= box.x0
            and box.x1 <= frame.x1
            and frame.y0 - height <= box.y0
            and box.y1 <= frame.y1 + height
        )
        if not inside or any(box.overlaps(other) for other in taken):
            continue
        nearest = np.column_stack((points[:, 0].clip(box.x0, box.x1), points[:, 1].clip(box.y0, box.y1)))
        covered = float((np.linalg.norm(points - nearest, axis=1) < reach * 0.8).sum())
        if covered <= allowed and (best is None or covered + rank * 0.01 < best[0]):
            best = (covered + rank * 0.01, box)
    return best[1] if best else None
