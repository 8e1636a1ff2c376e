"""Where the nodes of a working set stand: ForceAtlas2, without overlaps, the same every time.

Each connected part is laid out for itself, stretched until its nodes have room, and the parts are
set side by side in rows, the largest first. The unit is that of the node radii.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.columns import number

Positions = Mapping[str, tuple[float, float]]
Points = NDArray[np.float64]

DEFAULT_RADIUS = 10.0
# ForceAtlas2 compares all pairs: beyond this a part would take minutes.
LARGEST_FORCED_PART = 1000
_MOST_ITERATIONS = 300
_PAIRS_IN_ALL = 50_000_000
_SEPARATION_ROUNDS = 200
_AIRINESS = 2.5
_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))


def layout(
    graph: nx.Graph[str], radii: Mapping[str, float] | None = None, *, gap: float = 12.0, seed: int = 1
) -> dict[str, tuple[float, float]]:
    """Return a position for each node, centred on the origin and rounded to hundredths.

    No two nodes come closer than their radii and `gap` together. A heavier edge pulls harder.
    A connected part of more than LARGEST_FORCED_PART nodes is not laid out by forces but
    placed on a spiral, neighbours near each other: a start for a tool made for that size.
    The result depends on the graph, the radii and the seed, not on the order of the nodes.
    """
    nodes = sorted(graph, key=str)
    # Half a hundredth on either side, so that rounding cannot make neighbours touch.
    reach = {node: float((radii or {}).get(node, DEFAULT_RADIUS)) + gap / 2 + 0.01 for node in nodes}
    ties = _ties(graph, nodes)
    parts = [sorted(part, key=str) for part in nx.connected_components(ties)]
    parts.sort(key=lambda part: (-len(part), str(part[0])))
    placed = [
        (part, _place_part(ties.subgraph(part), part, np.array([reach[n] for n in part]), seed))
        for part in parts
    ]
    return _centred(_in_rows(placed, reach))


def scaled(
    positions: Positions, radii: Mapping[str, float], *, gap: float = 12.0
) -> dict[str, tuple[float, float]]:
    """Return positions made elsewhere in the unit of the radii, centred; their proportions are kept.

    They are spread as widely as our own layout would be, so nodes may overlap where they do there.
    """
    if not positions:
        return {}
    nodes = list(positions)
    points = np.array([positions[node] for node in nodes], dtype=np.float64)
    reach = np.array([float(radii.get(node, DEFAULT_RADIUS)) + gap / 2 for node in nodes])
    points = _spread(points, reach)
    return _centred({node: (float(x), float(y)) for node, (x, y) in zip(nodes, points, strict=True)})


def upside_down(positions: Positions) -> dict[str, tuple[float, float]]:
    """Return the positions with y turned: it grows upwards in Gephi and downwards on a page."""
    return {node: (x, 0.0 - y) for node, (x, y) in positions.items()}


def _ties(graph: nx.Graph[str], nodes: list[str]) -> nx.Graph[str]:
    """Return the graph as a simple one: parallel edges summed, direction and loops dropped."""
    weights: dict[tuple[str, str], list[float]] = {}
    for source, target, row in graph.edges(data=True):
        if source != target:
            weight = number(row.get("weight"))
            pair = (source, target) if str(source) < str(target) else (target, source)
            weights.setdefault(pair, []).append(1.0 if weight is None else max(weight, 0.0))
    ties: nx.Graph[str] = nx.Graph()
    ties.add_nodes_from(nodes)
    for one, other in sorted(weights, key=str):
        # fsum does not depend on the order of its terms.
        ties.add_edge(one, other, weight=math.fsum(weights[one, other]))
    return ties


def _place_part(ties: nx.Graph[str], part: list[str], reach: Points, seed: int) -> Points:
    if len(part) == 1:
        return np.zeros((1, 2))
    if len(part) > LARGEST_FORCED_PART:
        return _spiral(ties, part, reach)
    return _apart(_forced(ties, part, reach, seed), reach)


def _forced(ties: nx.Graph[str], part: list[str], reach: Points, seed: int) -> Points:
    """Return ForceAtlas2's positions, scaled to spread wider than the nodes would need if packed."""
    ordered: nx.Graph[str] = nx.Graph()
    ordered.add_nodes_from(part)
    for one, other, row in ties.edges(data=True):
        # The logarithm keeps one heavy tie from folding its two nodes into one spot.
        ordered.add_edge(one, other, weight=1.0 + math.log1p(row["weight"]))
    start = dict(zip(part, _spiral(ties, part, reach) / float(reach.mean()), strict=True))
    iterations = min(_MOST_ITERATIONS, _PAIRS_IN_ALL // len(part) ** 2)
    places = nx.forceatlas2_layout(
        ordered, pos=start, max_iter=iterations, weight="weight", scaling_ratio=4.0, seed=seed
    )
    return _spread(np.array([places[node] for node in part]), reach)


def _spread(points: Points, reach: Points) -> Points:
    """Return the points scaled to spread a fixed number of times wider than if packed without gaps."""
    spread = float(np.sqrt(((points - points.mean(axis=0)) ** 2).sum(axis=1).mean()))
    # A disc of nodes packed without gaps spreads by this much.
    packed = float(np.sqrt((reach**2).sum() / 2))
    return points * (_AIRINESS * packed / max(spread, 1e-9))


def _spiral(ties: nx.Graph[str], part: list[str], reach: Points) -> Points:
    """Return places on a sunflower spiral, best connected in the middle, then by steps from it."""
    index = {node: place for place, node in enumerate(part)}
    middle = max(part, key=lambda node: (ties.degree(node), -index[node]))
    order = [middle]
    seen = {middle}
    for node in order:
        fresh = sorted((n for n in ties.neighbors(node) if n not in seen), key=index.__getitem__)
        seen.update(fresh)
        order.extend(fresh)
    points = np.zeros((len(part), 2))
    # No two places of a spiral with step 1 are closer than 1.6.
    step = 2.0 * float(reach.max()) / 1.6
    for rank, node in enumerate(order):
        angle = rank * _GOLDEN_ANGLE
        radius = step * math.sqrt(rank + 1)
        points[index[node]] = radius * math.cos(angle), radius * math.sin(angle)
    return points


def _apart(points: Points, reach: Points) -> Points:
    """Return the points pushed apart until no two reaches overlap, with as little motion as may be."""
    points = points.copy()
    for _ in range(_SEPARATION_ROUNDS):
        one, other = _overlapping(points, reach)
        if not one.size:
            return points
        direction, distance = _direction(points, one, other)
        half = direction * ((reach[one] + reach[other] - distance) * 0.505)[:, None]
        # Half of the way to each of several neighbours adds up to too much for hubs.
        crowding = np.bincount(one, minlength=len(points)) + np.bincount(other, minlength=len(points))
        for axis in (0, 1):
            moved = np.bincount(one, half[:, axis], len(points)) - np.bincount(
                other, half[:, axis], len(points)
            )
            points[:, axis] += moved / np.sqrt(np.maximum(crowding, 1))
    one, other = _overlapping(points, reach)
    if not one.size:
        return points
    _, distance = _direction(points, one, other)
    return points * float(((reach[one] + reach[other]) / distance).max())


def _overlapping(points: Points, reach: Points) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the pairs whose reaches overlap, each once, the lower index first."""
    across = points[:, None, 0] - points[None, :, 0]
    along = points[:, None, 1] - points[None, :, 1]
    overlap = across**2 + along**2 < (reach[:, None] + reach[None, :]) ** 2
    one, other = np.nonzero(overlap)
    return one[one < other], other[one < other]


def _direction(
    points: Points, one: NDArray[np.intp], other: NDArray[np.intp]
) -> tuple[Points, NDArray[np.float64]]:
    """Return the unit vectors from other to one, and the distances; where two points coincide, a
    direction that depends on their indices and a distance next to nothing."""
    difference = points[one] - points[other]
    distance = np.linalg.norm(difference, axis=1)
    same = distance < 1e-6
    angle = (one[same] + other[same]) * _GOLDEN_ANGLE
    difference[same] = 1e-6 * np.column_stack((np.cos(angle), np.sin(angle)))
    distance[same] = 1e-6
    return difference / distance[:, None], distance


def _in_rows(
    placed: Iterable[tuple[list[str], Points]], reach: Mapping[str, float]
) -> dict[str, tuple[float, float]]:
    """Return the parts side by side, row under row, in a block about a third wider than high."""
    boxes = []
    for part, points in placed:
        around = np.array([reach[node] for node in part])[:, None]
        low, high = (points - around).min(axis=0), (points + around).max(axis=0)
        boxes.append((part, points - low, high - low))
    area = sum(float(width * height) for _, _, (width, height) in boxes)
    line = max([math.sqrt(area * 1.35), *(float(size[0]) for _, _, size in boxes)])
    positions: dict[str, tuple[float, float]] = {}
    x = y = row_height = 0.0
    for part, points, (width, height) in boxes:
        if x > 0 and x + width > line:
            x, y, row_height = 0.0, y + row_height, 0.0
        for node, point in zip(part, points, strict=True):
            positions[node] = (x + float(point[0]), y + float(point[1]))
        x, row_height = x + float(width), max(row_height, float(height))
    return positions


def _centred(positions: Positions) -> dict[str, tuple[float, float]]:
    """Return the positions with the middle of their box at the origin."""
    if not positions:
        return {}
    points = np.array(list(positions.values()))
    middle = (points.min(axis=0) + points.max(axis=0)) / 2
    rounded = np.round(points - middle, 2) + 0.0  # no minus zero
    return {node: (float(x), float(y)) for node, (x, y) in zip(positions, rounded, strict=True)}
