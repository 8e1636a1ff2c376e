"""Ties: a network as the measures see it, nodes as numbers and edges as arrays.

- A *tie* joins two nodes that have any edge between them, whichever way it runs; its weight is the
  sum of their weights.
- An *arc* leads from one node to another that an edge leads to; an undirected edge gives two.
- Loops are left out. A weight that is missing counts 1, one below zero counts 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.columns import is_undirected, number

Numbers = NDArray[np.int64]
Values = NDArray[np.float64]


@dataclass(frozen=True)
class Ties:
    """A network's ties and arcs between `nodes`, which are numbered in their order.

    `pairs` are the ties, the lower number first, `arcs` the arcs, each as rows of two numbers in
    ascending order; `weights` and `arc_weights` go with them.
    """

    nodes: tuple[str, ...]
    pairs: Numbers
    weights: Values
    arcs: Numbers
    arc_weights: Values

    @property
    def is_mutual(self) -> bool:
        """Whether every arc has one that leads back, as in an undirected network."""
        return len(self.arcs) == 2 * len(self.pairs)

    @cached_property
    def neighbours(self) -> list[list[int]]:
        """The nodes each node has a tie with, in ascending order."""
        found: list[list[int]] = [[] for _ in self.nodes]
        for one, other in self.pairs.tolist():
            found[one].append(other)
            found[other].append(one)
        return [sorted(each) for each in found]

    @cached_property
    def degrees(self) -> Numbers:
        """The number of ties of each node."""
        return np.bincount(self.pairs.ravel(), minlength=len(self.nodes)).astype(np.int64)

    @cached_property
    def strengths(self) -> Values:
        """The summed weight of the ties of each node."""
        both = np.concatenate((self.weights, self.weights))
        return np.bincount(self.pairs.T.ravel(), both, len(self.nodes)).astype(np.float64)


def ties_of(graph: nx.MultiDiGraph[str]) -> Ties:
    """Return the ties of a network, its nodes in the order of their keys."""
    nodes = tuple(sorted(graph))
    place = {node: number_ for number_, node in enumerate(nodes)}
    pairs: dict[tuple[int, int], float] = {}
    arcs: dict[tuple[int, int], float] = {}
    for source, target, row in graph.edges(data=True):
        if source == target:
            continue
        given = number(row.get("weight"))
        weight = 1.0 if given is None else max(given, 0.0)
        one, other = place[source], place[target]
        pair = (one, other) if one < other else (other, one)
        pairs[pair] = pairs.get(pair, 0.0) + weight
        for arc in ((one, other), (other, one)) if is_undirected(row) else ((one, other),):
            arcs[arc] = arcs.get(arc, 0.0) + weight
    return Ties(nodes, *_arrays(pairs), *_arrays(arcs))


def _arrays(found: Mapping[tuple[int, int], float]) -> tuple[Numbers, Values]:
    ordered = sorted(found)
    ends = np.array(ordered, dtype=np.int64).reshape(-1, 2)
    return ends, np.array([found[each] for each in ordered], dtype=np.float64)
