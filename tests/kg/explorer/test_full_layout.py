from __future__ import annotations

import math

import networkx as nx

from kg.explorer.communities import communities
from kg.explorer.full_layout import SPACING, full_layout
from tests.kg.explorer.invented_graph import invented_graph


def two_clusters() -> nx.MultiDiGraph[str]:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for cluster in "甲乙":
        for one in range(12):
            for other in range(one):
                graph.add_edge(f"{cluster}{one}", f"{cluster}{other}", weight=1.0)
    graph.add_edge("甲0", "乙0", weight=1.0)
    for number in range(5):
        graph.add_edge(f"双{number}", f"对{number}", weight=1.0)
    graph.add_node("孤")
    return graph


def test_clusters_stand_apart_and_lone_nodes_do_not_stand_at_all() -> None:
    graph = two_clusters()
    placed = full_layout(graph, communities(graph))
    assert set(placed) == set(graph) - {"孤"}

    def centre(cluster: str) -> tuple[float, float]:
        points = [placed[f"{cluster}{number}"] for number in range(1, 12)]
        return sum(x for x, _ in points) / 11, sum(y for _, y in points) / 11

    between = math.dist(centre("甲"), centre("乙"))
    inside = [math.dist(placed[f"甲{number}"], centre("甲")) for number in range(1, 12)]
    assert between > 1.5 * max(inside)


def test_small_parts_stand_around_the_large_one() -> None:
    placed = full_layout(two_clusters(), {})
    large = max(math.hypot(*placed[f"{cluster}{n}"]) for cluster in "甲乙" for n in range(12))
    assert all(math.hypot(*placed[f"双{number}"]) > large - SPACING for number in range(5))
    assert all(math.dist(placed[f"双{number}"], placed[f"对{number}"]) < 2 * SPACING for number in range(5))


def test_it_depends_on_the_graph_alone() -> None:
    graph, _ = invented_graph(size=200)
    turned: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(graph)))
    turned.add_edges_from(reversed([(b, a) for a, b in graph.edges()]))
    groups = communities(graph)
    assert full_layout(graph, groups) == full_layout(turned, groups)


def test_leaves_of_a_hub_do_not_lie_on_each_other() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_edges_from(("心", f"叶{number}") for number in range(60))
    graph.add_edge("心", "旁")
    graph.add_edge("旁", "远")
    points = [point for node, point in full_layout(graph, {}).items() if node.startswith("叶")]
    assert min(math.dist(a, b) for place, a in enumerate(points) for b in points[:place]) > 0.4 * SPACING


def test_empty_graph_has_no_positions() -> None:
    assert full_layout(nx.MultiDiGraph(), {}) == {}
