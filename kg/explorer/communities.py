"""Communities: which entities belong together, as the page colours them."""

from __future__ import annotations

import networkx as nx

_SEED = 1
_SMALLEST = 3
"""Groups of fewer members are none: a colour for every pair would say nothing."""


def communities(graph: nx.MultiDiGraph[str]) -> dict[str, str]:
    """Return the community of each node that has one, named by a number, the largest first.

    A node's own attribute `community` is taken where any node has one; else communities are found by
    Louvain's method on the summed weights, the same every time.
    """
    own = {node: str(row["community"]) for node, row in graph.nodes(data=True) if row.get("community")}
    if own:
        return own
    ties: nx.Graph[str] = nx.Graph()
    for source, target, weight in sorted(graph.edges(data="weight", default=1.0)):
        if source != target:
            before = ties.get_edge_data(source, target, {"weight": 0.0})["weight"]
            ties.add_edge(source, target, weight=before + float(weight))
    found = [sorted(group) for group in nx.community.louvain_communities(ties, seed=_SEED)] if ties else []
    ordered = sorted((group for group in found if len(group) >= _SMALLEST), key=lambda g: (-len(g), g[0]))
    return {node: str(number) for number, group in enumerate(ordered, 1) for node in group}
