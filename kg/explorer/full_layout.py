"""Where every entity with a tie stands when all of a view is drawn at once.

Comparing all pairs is out of the question for tens of thousands of nodes. Here the nodes push each other
through a field: their masses are spread on a grid, the grid is convolved with the law of repulsion by a
Fourier transform, and each node reads the force where it stands. So a step costs as much as there are
nodes and ties. Parts too small for that are set in rings around the rest.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.layout import layout

Points = NDArray[np.float64]
Indices = NDArray[np.intp]
Laws = tuple[NDArray[np.complex128], NDArray[np.complex128]]

SPACING = 22.0
"""Pixels between neighbours at scale 1, on the average."""

_SMALLEST_FORCED = 12
_STEPS = 160
_FINEST_GRID = 256
_REPULSION = 1.0
_GRAVITY = 0.02
_STRAGGLING = 1.6
_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))


def full_layout(
    graph: nx.MultiDiGraph[str], groups: Mapping[str, str], *, seed: int = 1
) -> dict[str, tuple[float, float]]:
    """Return a position for each node that is tied to another, the largest part in the middle.

    `groups` names the community of the nodes that have one; members begin near each other. The result
    depends on the graph, the groups and the seed alone.
    """
    ties: nx.Graph[str] = nx.Graph()
    ties.add_edges_from(sorted({(min(a, b), max(a, b)) for a, b in graph.edges() if a != b}))
    parts = sorted((sorted(part) for part in nx.connected_components(ties)), key=lambda p: (-len(p), p[0]))
    rng = np.random.default_rng(seed)
    found: dict[str, tuple[float, float]] = {}
    rings: _Rings | None = None
    for part in parts:
        points = _placed(ties, part, groups, rng)
        radius = float(np.linalg.norm(points, axis=1).max()) + SPACING / 2
        if rings is None:
            rings = _Rings(radius)
        else:
            points = points + rings.place(radius)
        for node, (x, y) in zip(part, points, strict=True):
            found[node] = (float(x), float(y))
    return found


class _Rings:
    """Rings around a disc, filled one after the other with smaller discs."""

    def __init__(self, inner: float) -> None:
        self._radius = inner
        self._angle = 2 * math.pi
        self._thickest = 0.0

    def place(self, radius: float) -> Points:
        """Return the centre of the next disc, on a new ring if the last is full."""
        if self._angle + 2 * self._half(radius) > 2 * math.pi:
            self._radius += self._thickest + radius
            self._angle = self._thickest = 0.0
        self._thickest = max(self._thickest, radius)
        half = self._half(radius)
        angle = self._angle + half
        self._angle += 2 * half
        return self._radius * np.array([math.cos(angle), math.sin(angle)])

    def _half(self, radius: float) -> float:
        """Return half the angle that a disc takes of the ring."""
        return math.asin(min(1.0, radius / max(self._radius, radius)))


def _placed(
    ties: nx.Graph[str], part: list[str], groups: Mapping[str, str], rng: np.random.Generator
) -> Points:
    if len(part) < _SMALLEST_FORCED:
        return _star(ties, part)
    index = {node: place for place, node in enumerate(part)}
    pairs = np.array([(index[a], index[b]) for a, b in ties.edges(part)], dtype=np.intp)
    start = _by_group(ties, part, groups, rng)
    spread = _spread(_relaxed(start, pairs[:, 0], pairs[:, 1]))
    return _fanned(spread, pairs[:, 0], pairs[:, 1])


def _star(ties: nx.Graph[str], part: list[str]) -> Points:
    """Return the best connected node in the middle and the others on a circle around it."""
    middle = max(range(len(part)), key=lambda place: (ties.degree(part[place]), -place))
    around = [place for place in range(len(part)) if place != middle]
    angle = np.arange(len(around)) * (2 * math.pi / len(around))
    radius = SPACING * max(0.7, 0.7 * len(around) / (2 * math.pi))
    points = np.zeros((len(part), 2))
    points[around] = radius * np.column_stack((np.cos(angle), np.sin(angle)))
    return points


def _by_group(
    ties: nx.Graph[str], part: list[str], groups: Mapping[str, str], rng: np.random.Generator
) -> Points:
    """Return places on a sunflower spiral, group after group, joined groups near each other."""
    members: dict[str, list[int]] = {}
    for place, node in enumerate(part):
        members.setdefault(groups.get(node, ""), []).append(place)
    quotient: nx.Graph[str] = nx.Graph()
    quotient.add_nodes_from(sorted(members))
    for a, b in ties.edges(part):
        one, other = groups.get(a, ""), groups.get(b, "")
        if one != other:
            quotient.add_edge(one, other)
    centres = layout(quotient, {group: math.sqrt(len(inside)) for group, inside in members.items()}, gap=0.5)
    points = np.zeros((len(part), 2))
    for group, inside in members.items():
        rank = np.arange(len(inside))
        angle = rank * _GOLDEN_ANGLE
        around = np.sqrt(rank + 0.5)[:, None] * np.column_stack((np.cos(angle), np.sin(angle)))
        points[inside] = np.array(centres[group]) + around
    return points + rng.normal(0.0, 0.05, points.shape)


def _relaxed(points: Points, one: Indices, other: Indices) -> Points:
    """Return the points after the forces: ties pull, all push, and the middle holds them together."""
    count = len(points)
    degree = np.bincount(one, minlength=count) + np.bincount(other, minlength=count)
    mass = 1.0 + degree.astype(np.float64)
    points = points * (math.sqrt(count) / max(float(np.std(points)), 1e-9))
    speed = float(np.std(points)) * 0.1
    laws = _laws(min(_FINEST_GRID, 2 ** max(5, math.ceil(math.log2(2 * math.sqrt(count))))))
    for step in range(_STEPS):
        force = _REPULSION * _pushed(points, mass, laws) * mass[:, None] - _GRAVITY * points * mass[:, None]
        pull = points[other] - points[one]
        for axis in (0, 1):
            force[:, axis] += np.bincount(one, pull[:, axis], count)
            force[:, axis] -= np.bincount(other, pull[:, axis], count)
        force /= mass[:, None]
        length = np.linalg.norm(force, axis=1, keepdims=True)
        most = speed * (1.0 - step / _STEPS) + 1e-3
        points = points + force * np.minimum(0.5, most / np.maximum(length, 1e-9))
    return points


def _pushed(points: Points, mass: Points, laws: Laws) -> Points:
    """Return the push on a unit of mass at each point: of every other mass, by one over the distance."""
    doubled = len(laws[0])
    size = doubled // 2
    low = points.min(axis=0)
    cell = max(float((points.max(axis=0) - low).max()), 1e-6) / (size - 3)
    at = (points - low) / cell + 1.0
    corner = at.astype(np.intp)
    share = at - corner
    corners = [
        (
            (corner[:, 0] + dx) * size + corner[:, 1] + dy,
            (share[:, 0] if dx else 1 - share[:, 0]) * (share[:, 1] if dy else 1 - share[:, 1]),
        )
        for dx in (0, 1)
        for dy in (0, 1)
    ]
    grid = np.zeros(size * size)
    for place, weight in corners:
        grid += np.bincount(place, mass * weight, size * size)
    spectrum = np.fft.rfft2(grid.reshape(size, size), (doubled, doubled))
    found = np.zeros_like(points)
    for axis, law in enumerate(laws):
        field = np.fft.irfft2(spectrum * law, (doubled, doubled))[:size, :size].ravel() / cell
        for place, weight in corners:
            found[:, axis] += field[place] * weight
    return found


@lru_cache(maxsize=4)
def _laws(size: int) -> Laws:
    """Return the transforms of the repulsion along both axes on a doubled grid, zero at no distance."""
    offsets = np.fft.fftfreq(2 * size, 1 / (2 * size))
    across, along = np.meshgrid(offsets, offsets, indexing="ij")
    squared = across**2 + along**2
    squared[0, 0] = 1.0
    return np.fft.rfft2(across / squared), np.fft.rfft2(along / squared)


def _spread(points: Points) -> Points:
    """Return the points around their middle, as wide as their number asks for, stragglers drawn in."""
    points = points - np.median(points, axis=0)
    distance: Points = np.maximum(np.linalg.norm(points, axis=1), 1e-9)
    typical = float(np.median(distance))
    reach = _STRAGGLING * max(typical, 1e-9)
    drawn_in = np.where(distance > reach, reach * (1 + np.log(np.maximum(distance / reach, 1.0))), distance)
    wanted = SPACING * math.sqrt(len(points) / 2)
    spread: Points = points * (drawn_in / distance)[:, None] * (wanted / max(typical, 1e-9))
    return spread


def _fanned(points: Points, one: Indices, other: Indices) -> Points:
    """Return the points with those of one tie on a spiral around the one that ties them.

    The field is too coarse to part leaves of the same hub.
    """
    ends = np.concatenate((one, other))
    opposite = np.concatenate((other, one))
    degree = np.bincount(ends, minlength=len(points))
    leaves = (degree[ends] == 1) & (degree[opposite] > 1)
    fans: dict[int, list[int]] = {}
    for leaf, hub in zip(ends[leaves].tolist(), opposite[leaves].tolist(), strict=True):
        fans.setdefault(hub, []).append(leaf)
    points = points.copy()
    for hub, fan in fans.items():
        rank = np.arange(len(fan))
        outwards = math.atan2(points[hub, 1], points[hub, 0])
        angle = outwards + rank * _GOLDEN_ANGLE
        radius = SPACING * (0.7 + 0.45 * np.sqrt(rank))
        points[sorted(fan)] = points[hub] + radius[:, None] * np.column_stack((np.cos(angle), np.sin(angle)))
    return points
