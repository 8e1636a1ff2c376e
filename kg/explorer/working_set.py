"""The working set: which entities the page opens on.

A drawing of everything is a hairball; an overview of the most connected actors and practices is
a place to begin. The rest waits in the page as data.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator

import networkx as nx

_OVERVIEW_TYPES = frozenset({"Person", "Institution", "Place", "Practice"})
"""Actors and practices; the other types are taken when they tie these together."""

_BACKGROUND_SHARE = 0.5
"""What the connections of the other types count for, next to those of actors and practices."""


def connectedness(graph: nx.MultiDiGraph[str]) -> dict[str, float]:
    """Return the summed weight of each node's edges, both directions."""
    scores: dict[str, float] = dict.fromkeys(graph, 0.0)
    for source, target, weight in graph.edges(data="weight", default=1.0):
        scores[source] += weight
        scores[target] += weight
    return scores


def working_set(graph: nx.MultiDiGraph[str], limit: int) -> list[str]:
    """Return at most `limit` nodes to open on, the most telling first.

    Each component is entered at its best connected actor or practice and grown along edges, so what
    is shown hangs together; larger components come before smaller ones, and entities without an
    edge come last.
    """
    scores = connectedness(graph)
    rank = {node: _rank(score, graph.nodes[node].get("type")) for node, score in scores.items()}
    components = sorted(nx.weakly_connected_components(graph), key=lambda part: (-len(part), min(part)))
    chosen: list[str] = []
    for part in components:
        for node in _grown(graph, part, rank):
            if len(chosen) >= limit:
                return chosen
            chosen.append(node)
    return chosen


def _rank(score: float, type_: str | None) -> float:
    return score if type_ in _OVERVIEW_TYPES else score * _BACKGROUND_SHARE


def _grown(graph: nx.MultiDiGraph[str], part: set[str], rank: dict[str, float]) -> Iterator[str]:
    """Yield the nodes of a component, each joined to one before it, the best joinable first.

    A node counts for more the more of those before it it is joined to: one that ties five of them
    together tells more than a fifth leaf of a hub.
    """
    ties = dict.fromkeys(part, 0)
    seed = min(part, key=lambda node: (-rank[node], node))
    frontier = [(-rank[seed], seed)]
    taken: set[str] = set()
    while frontier:
        _, node = heapq.heappop(frontier)
        if node in taken:
            continue
        taken.add(node)
        yield node
        for other in sorted(set(nx.all_neighbors(graph, node)) - taken):
            ties[other] += 1
            # an entry with fewer ties stays in the heap behind this one and is passed over later
            heapq.heappush(frontier, (-rank[other] * ties[other] ** 2, other))
