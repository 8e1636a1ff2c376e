"""How the things of a network look: a colour for each type, a size for each node.

The explorer and the graph files take both from here, so that a picture made in Gephi and the
page in the browser can be read side by side.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from types import MappingProxyType

import networkx as nx

# Paul Tol's "bright" scheme, told apart with every common colour blindness.
TYPE_COLOURS = MappingProxyType(
    {
        "Person": "#4477aa",
        "Institution": "#aa3377",
        "Place": "#228833",
        "Event": "#ccbb44",
        "Practice": "#ee6677",
        "Document": "#66ccee",
        "Honour": "#8c8c8c",
    }
)
OTHER_COLOUR = "#bbbbbb"

GROUP_COLOURS = (
    "#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377", "#ee8866", "#44aa99", "#332288",
    "#999933", "#882255",
)  # fmt: skip
"""Colours of groups, the largest group's first, by the same author; further groups get OTHER_COLOUR."""

SMALLEST_RADIUS = 6.0
LARGEST_RADIUS = 30.0


def colour(type_: str) -> str:
    """Return the colour of an entity type as `#rrggbb`, light grey for a type without one."""
    return TYPE_COLOURS.get(type_, OTHER_COLOUR)


def group_colours(groups: Iterable[str]) -> dict[str, str]:
    """Return a colour for each group, given the group of each member; the largest groups are told apart."""
    sizes = Counter(groups)
    ordered = sorted(sizes, key=lambda group: (-sizes[group], group))
    return {
        group: GROUP_COLOURS[place] if place < len(GROUP_COLOURS) else OTHER_COLOUR
        for place, group in enumerate(ordered)
    }


def radii(graph: nx.MultiDiGraph[str]) -> dict[str, float]:
    """Return a radius for each node, in the units of the layout.

    The area of a node grows with its number of neighbours, so that hubs stand out without
    covering the rest; it never leaves the range from SMALLEST_RADIUS to LARGEST_RADIUS.
    """
    return {node: _radius(len((set(graph.succ[node]) | set(graph.pred[node])) - {node})) for node in graph}


def _radius(neighbours: int) -> float:
    return round(min(LARGEST_RADIUS, SMALLEST_RADIUS * math.sqrt(1 + neighbours / 3)), 2)
