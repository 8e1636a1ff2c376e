from __future__ import annotations

import networkx as nx

from kg.explorer.communities import communities
from tests.kg.explorer.test_full_layout import two_clusters


def test_clusters_are_found_and_pairs_are_none() -> None:
    found = communities(two_clusters())
    assert len({found[f"甲{number}"] for number in range(12)}) == 1
    assert found["甲1"] != found["乙1"]
    assert "双0" not in found and "孤" not in found


def test_communities_given_are_kept() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("a", community="东")
    graph.add_node("b")
    assert communities(graph) == {"a": "东"}


def test_no_ties_no_communities() -> None:
    assert communities(nx.MultiDiGraph()) == {}
