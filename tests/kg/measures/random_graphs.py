"""Random networks for the property tests, and the same as networkx has them."""

from __future__ import annotations

import networkx as nx
import numpy as np
from hypothesis import strategies as st

from kg.measures.ties import Ties

GROUPS = ("", "甘肃省", "浙江省", "江苏省")


@st.composite
def networks(draw: st.DrawFn, most: int = 9, mixed: bool = True) -> nx.MultiDiGraph[str]:
    """Draw a network with parallel edges, loops, isolates, edges of either direction and weights."""
    size = draw(st.integers(1, most))
    names = [f"n{number}" for number in range(size)]
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for name in names:
        graph.add_node(name, province=draw(st.sampled_from(GROUPS)))
    ends = st.sampled_from(names)
    directions = ("directed", "undirected") if mixed else ("undirected",)
    for number in range(draw(st.integers(0, 3 * size))):
        graph.add_edge(
            draw(ends),
            draw(ends),
            number,
            weight=float(draw(st.integers(1, 4))),
            direction=draw(st.sampled_from(directions)),
        )
    return graph


def undirected(ties: Ties) -> nx.Graph[int]:
    """Return the ties as a networkx graph, nodes by number."""
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(ties.nodes)))
    for (one, other), weight in zip(ties.pairs.tolist(), ties.weights.tolist(), strict=True):
        graph.add_edge(one, other, weight=weight)
    return graph


def directed(ties: Ties) -> nx.DiGraph[int]:
    """Return the arcs as a networkx graph, nodes by number."""
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(len(ties.nodes)))
    for (one, other), weight in zip(ties.arcs.tolist(), ties.arc_weights.tolist(), strict=True):
        graph.add_edge(one, other, weight=weight)
    return graph


def close(found: object, expected: object) -> bool:
    """Return whether two lists of numbers are equal to rounding."""
    return bool(np.allclose(np.asarray(found, float), np.asarray(expected, float), atol=1e-8))
