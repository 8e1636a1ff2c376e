"""Engines: what needs a graph library, done by networkx, or by igraph where it is installed.

Both compute the same: the same components, core numbers and betweenness to rounding, and communities
by the same algorithm, whose draws differ between the libraries.

- Betweenness (Freeman 1977, Sociometry 40: 35-41): over ties without weights, divided by the number of
  pairs of other nodes. From `pivots` alone it is estimated (Brandes and Pich 2007, International
  Journal of Bifurcation and Chaos 17: 2303-2318).
- Core number (Seidman 1983, Social Networks 5: 269-287): over ties without weights.
- Communities: Louvain (Blondel et al. 2008, Journal of Statistical Mechanics P10008), or Leiden (Traag,
  Waltman and van Eck 2019, Scientific Reports 9: 5233), which igraph alone has; both by modularity,
  over ties with weights.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from importlib.util import find_spec
from typing import Literal, Protocol

import networkx as nx
import numpy as np

from kg.errors import MeasureError
from kg.measures.ties import Numbers, Ties, Values

_LEIDEN_ITERATIONS = 10  # the first two bring nearly all; to the last takes a hundred times as long

EngineName = Literal["networkx", "igraph"]
Method = Literal["louvain", "leiden"]


class Engine(Protocol):
    """What a graph library does for us; every array has one entry a node."""

    name: EngineName
    methods: tuple[Method, ...]

    def components(self, ties: Ties) -> list[list[int]]:
        """Return the nodes of each component."""

    def cores(self, ties: Ties) -> Numbers:
        """Return the core numbers."""

    def betweenness(self, ties: Ties, pivots: list[int] | None) -> Values:
        """Return the sums of the shares of shortest paths from the pivots, or from all nodes.

        A path is counted from either of its ends.
        """

    def communities(self, ties: Ties, method: Method, seed: int) -> list[list[int]]:
        """Return the nodes of each community."""


class NetworkX:
    """The engine that is always there."""

    name: EngineName = "networkx"
    methods: tuple[Method, ...] = ("louvain",)

    def components(self, ties: Ties) -> list[list[int]]:
        """Return the nodes of each component."""
        return [sorted(part) for part in nx.connected_components(self._graph(ties))]

    def cores(self, ties: Ties) -> Numbers:
        """Return the core numbers."""
        found = nx.core_number(self._graph(ties))
        return np.array([found[node] for node in range(len(ties.nodes))], dtype=np.int64)

    def betweenness(self, ties: Ties, pivots: list[int] | None) -> Values:
        """Return the sums of the shares of shortest paths."""
        graph = self._graph(ties)
        sums = np.zeros(len(ties.nodes))
        # One component after the other: networkx looks at every node for every node.
        for part in nx.connected_components(graph):
            inside = graph.subgraph(part)
            if pivots is None:
                found = nx.betweenness_centrality(inside, normalized=False)
            else:
                drawn = [node for node in pivots if node in part]
                found = nx.betweenness_centrality_subset(inside, drawn, sorted(part), normalized=False)
            sums[list(found)] = list(found.values())
        # networkx counts each path of an undirected graph half.
        return 2 * sums

    def communities(self, ties: Ties, method: Method, seed: int) -> list[list[int]]:
        """Return the nodes of each community."""
        found = nx.community.louvain_communities(self._graph(ties), weight="weight", seed=seed)
        return [sorted(part) for part in found]

    def _graph(self, ties: Ties) -> nx.Graph[int]:
        graph: nx.Graph[int] = nx.Graph()
        graph.add_nodes_from(range(len(ties.nodes)))
        for (one, other), weight in zip(ties.pairs.tolist(), ties.weights.tolist(), strict=True):
            graph.add_edge(one, other, weight=weight)
        return graph


class IGraph:
    """The engine of the extra `igraph`, ten to a hundred times as fast."""

    name: EngineName = "igraph"
    methods: tuple[Method, ...] = ("louvain", "leiden")

    def __init__(self) -> None:
        """Load the library."""
        import igraph

        self._igraph = igraph

    def components(self, ties: Ties) -> list[list[int]]:
        """Return the nodes of each component."""
        return [sorted(part) for part in self._graph(ties).connected_components()]

    def cores(self, ties: Ties) -> Numbers:
        """Return the core numbers."""
        return np.array(self._graph(ties).coreness(), dtype=np.int64)

    def betweenness(self, ties: Ties, pivots: list[int] | None) -> Values:
        """Return the sums of the shares of shortest paths."""
        graph = self._graph(ties)
        if pivots is None:
            return 2 * np.array(graph.betweenness(directed=False), dtype=np.float64)
        return 2 * np.array(graph.betweenness(directed=False, sources=pivots), dtype=np.float64)

    def communities(self, ties: Ties, method: Method, seed: int) -> list[list[int]]:
        """Return the nodes of each community."""
        graph = self._graph(ties)
        self._igraph.set_random_number_generator(random.Random(seed))
        try:
            if method == "leiden":
                found = graph.community_leiden(
                    objective_function="modularity",
                    weights=ties.weights.tolist(),
                    n_iterations=_LEIDEN_ITERATIONS,
                )
            else:
                found = graph.community_multilevel(weights=ties.weights.tolist())
        finally:
            self._igraph.set_random_number_generator(random)
        return [sorted(part) for part in found]

    def _graph(self, ties: Ties):  # type: ignore[no-untyped-def]  # igraph has no types
        return self._igraph.Graph(n=len(ties.nodes), edges=ties.pairs.tolist(), directed=False)


def engine_named(name: EngineName | None) -> Engine:
    """Return the engine of that name; without one igraph where it is installed, else networkx.

    Raises MeasureError for igraph where it is not installed.
    """
    has_igraph = find_spec("igraph") is not None
    if name == "igraph" and not has_igraph:
        raise MeasureError("igraph is not installed", remedy="pip install 'governance-kg[igraph]'")
    return IGraph() if name != "networkx" and has_igraph else NetworkX()


def numbered(parts: Iterable[list[int]], count: int) -> Numbers:
    """Return for each node the number of its part, from 1, the largest first, then by first node."""
    numbers = np.zeros(count, dtype=np.int64)
    for number, part in enumerate(sorted(parts, key=lambda part: (-len(part), part[0])), 1):
        numbers[part] = number
    return numbers
