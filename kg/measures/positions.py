"""The measures of each node: how it stands in the network.

- degree: nodes it has a tie with; in and out degree: nodes whose arcs lead to it, that its arcs lead to;
- strength, in and out: the weights of these, summed;
- betweenness, eigenvector, PageRank, core: see kg.measures.engines and kg.measures.spectral;
- component, community: numbers from 1, the largest first.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np

from kg.errors import MeasureError
from kg.measures.engines import Engine, Method, numbered
from kg.measures.spectral import eigenvector, pagerank
from kg.measures.ties import Numbers, Ties, Values

_STEPS = {"networkx": 20_000_000, "igraph": 2_000_000_000}
"""Betweenness from all nodes takes, in each component, nodes times nodes and ties; with more steps than
these it takes minutes."""

_PIVOTS = 200


@dataclass(frozen=True)
class Positions:
    """The measures of a network's nodes, an entry a node; `method` found the communities.

    `pivots` is the number of nodes that betweenness was estimated from, None where it is exact.
    """

    degree: Numbers
    in_degree: Numbers
    out_degree: Numbers
    strength: Values
    in_strength: Values
    out_strength: Values
    betweenness: Values
    eigenvector: Values
    pagerank: Values
    core: Numbers
    component: Numbers
    community: Numbers
    method: Method
    pivots: int | None


def positions(
    ties: Ties, engine: Engine, *, method: Method = "louvain", seed: int = 1, pivots: int | None = None
) -> Positions:
    """Return the measures of each node.

    `pivots` is the number of nodes to estimate betweenness from; by default it is exact unless that
    would take minutes. Raises MeasureError for a method that the engine does not have.
    """
    if method not in engine.methods:
        raise MeasureError(
            f"{engine.name} has no {method} communities", remedy="pip install 'governance-kg[igraph]'"
        )
    count = len(ties.nodes)
    components = numbered(engine.components(ties), count)
    if pivots is None and _steps(ties, components) > _STEPS[engine.name]:
        pivots = _PIVOTS
    pivots = None if pivots is None or pivots >= count else pivots
    sources, targets = ties.arcs[:, 0], ties.arcs[:, 1]
    return Positions(
        degree=ties.degrees,
        in_degree=np.bincount(targets, minlength=count).astype(np.int64),
        out_degree=np.bincount(sources, minlength=count).astype(np.int64),
        strength=ties.strengths,
        in_strength=np.bincount(targets, ties.arc_weights, count).astype(np.float64),
        out_strength=np.bincount(sources, ties.arc_weights, count).astype(np.float64),
        betweenness=betweenness(ties, engine, seed=seed, pivots=pivots),
        eigenvector=eigenvector(ties, components),
        pagerank=pagerank(ties),
        core=engine.cores(ties),
        component=components,
        community=numbered(engine.communities(ties, method, seed), count) if len(ties.pairs) else components,
        method=method,
        pivots=pivots,
    )


def _steps(ties: Ties, components: Numbers) -> int:
    nodes = np.bincount(components)
    inside = np.bincount(components[ties.pairs[:, 0]], minlength=len(nodes))
    return int((nodes * (nodes + inside)).sum())


def betweenness(ties: Ties, engine: Engine, *, seed: int = 1, pivots: int | None = None) -> Values:
    """Return the share of the shortest paths between all pairs of other nodes that run through each.

    With `pivots` it is estimated from the paths of that many nodes, drawn by the seed.
    """
    count = len(ties.nodes)
    if count < 3 or not len(ties.pairs):
        return np.zeros(count)
    drawn = None if pivots is None else sorted(random.Random(seed).sample(range(count), pivots))
    sums = engine.betweenness(ties, drawn)
    return sums * (1.0 if pivots is None else count / pivots) / ((count - 1) * (count - 2))


def modularity(ties: Ties, communities: Numbers) -> float | None:
    """Return the modularity of communities, weighted (Newman 2004, Physical Review E 70, 056131)."""
    total = float(ties.weights.sum())
    if not total:
        return None
    same = communities[ties.pairs[:, 0]] == communities[ties.pairs[:, 1]]
    inside = float(ties.weights[same].sum())
    strengths = np.bincount(communities, ties.strengths)
    return inside / total - float(((strengths / (2 * total)) ** 2).sum())
