"""How the things of a network look: a colour for each type, a size for each node.

The explorer and the graph files take both from here, so that a picture made in Gephi and the
page in the browser can be read side by side.
"""

from __future__ import annotations

import math
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

SMALLEST_RADIUS = 6.0
LARGEST_RADIUS = 30.0


def colour(type_: str) -> str:
    """Return the colour of an entity type as `#rrggbb`, light grey for a type without one."""
    return TYPE_COLOURS.get(type_, OTHER_COLOUR)


def radii(graph: nx.MultiDiGraph[str]) -> dict[str, float]:
    """Return a radius for each node, in the units of the layout.

    The area of a node grows with its number of neighbours, so that hubs stand out without
    covering the rest; it never leaves the range from SMALLEST_RADIUS to LARGEST_RADIUS.
    """
    return {node: _radius(len((set(graph.succ[node]) | set(graph.pred[node])) - {node})) for node in graph}


def _radius(neighbours: int) -> float:
    return round(min(LARGEST_RADIUS, SMALLEST_RADIUS * math.sqrt(1 + neighbours / 3)), 2)
