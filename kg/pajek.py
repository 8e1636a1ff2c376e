"""Pajek's network format, read by Pajek, igraph, networkx and R.

Pajek knows a node by its label alone, so every label is there once: the second node of a label gets
its number behind it. Arcs (one way) and edges (both ways) stand apart, as Pajek wants it, with their
weight and what they say; other attributes have no place in the format.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import IO

import networkx as nx

from kg.columns import is_undirected, node_ids, number, one_line
from kg.layout import Positions

_LINES_AT_ONCE = 5000


def write_pajek(graph: nx.MultiDiGraph[str], out: IO[bytes], positions: Positions | None = None) -> None:
    """Write the network in Pajek's format to a binary stream, positions between 0 and 1.

    An edge without a weight, or with one that is no number, weighs 1. Raises ExportError if two nodes
    would share an identifier.
    """
    lines = _lines(graph, positions or {})
    while batch := list(islice(lines, _LINES_AT_ONCE)):
        out.write("".join(batch).encode("utf-8"))


def _lines(graph: nx.MultiDiGraph[str], positions: Positions) -> Iterator[str]:
    numbers = {node: place for place, node in enumerate(graph, 1)}
    scaled = _scaled(positions)
    yield f"*Vertices {len(graph)}\n"
    for node, label in _labels(graph).items():
        at = scaled.get(node)
        yield f'{numbers[node]} "{label}"' + (f" {at[0]:.4f} {at[1]:.4f}" if at else "") + "\n"
    for heading, both_ways in (("*Arcs", False), ("*Edges", True)):
        edges = [edge for edge in graph.edges(data=True) if is_undirected(edge[2]) == both_ways]
        if edges:
            yield f"{heading}\n"
        for source, target, row in edges:
            weight = number(row.get("weight"))
            label = _quoted(str(row.get("label") or ""))
            said = f' l "{label}"' if label else ""
            yield f"{numbers[source]} {numbers[target]} {1.0 if weight is None else weight!r}{said}\n"


def _labels(graph: nx.MultiDiGraph[str]) -> dict[str, str]:
    """Return a label for each node, none twice."""
    taken: set[str] = set()
    found = {}
    for place, (node, id_) in enumerate(node_ids(graph).items(), 1):
        plain = _quoted(str(graph.nodes[node].get("label") or "")) or _quoted(id_) or str(place)
        label, added = plain, place
        while label in taken:
            label, added = f"{plain} ({added})", added + len(graph)
        taken.add(label)
        found[node] = label
    return found


def _quoted(text: str) -> str:
    """Return the text such that quotation marks can stand around it; Pajek knows no escapes."""
    return one_line(text).replace('"', "'").replace("\\", "/")


def _scaled(positions: Positions) -> Mapping[str, tuple[float, float]]:
    """Return the positions in the unit square, their proportions kept; Pajek's y grows downwards."""
    if not positions:
        return {}
    xs, ys = ([float(place[axis]) for place in positions.values()] for axis in (0, 1))
    left, top = min(xs), max(ys)
    side = max(max(xs) - left, top - min(ys)) or 1.0
    return {
        node: ((float(x) - left) / side * 0.9 + 0.05, (top - float(y)) / side * 0.9 + 0.05)
        for node, (x, y) in positions.items()
    }
