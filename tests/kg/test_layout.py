from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import layout as layout_module
from kg.layout import DEFAULT_RADIUS, Positions, layout

Network = nx.MultiDiGraph


def network(*edges: tuple[str, str], lone: int = 0) -> nx.MultiDiGraph[str]:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_edges_from(edges)
    graph.add_nodes_from(f"lone{n}" for n in range(lone))
    return graph


def star(leaves: int, prefix: str = "") -> list[tuple[str, str]]:
    return [(f"{prefix}hub", f"{prefix}leaf{n}") for n in range(leaves)]


def random_network(nodes: int, edges: int) -> nx.MultiDiGraph[str]:
    graph = nx.gnm_random_graph(nodes, edges, seed=5)
    return network(*((f"n{a}", f"n{b}") for a, b in graph.edges))


def narrowest_gap(positions: Positions, radii: Mapping[str, float]) -> float:
    """Return the least room between the rims of any two nodes."""
    return min(
        math.dist(positions[a], positions[b]) - radii[a] - radii[b] for a, b in combinations(positions, 2)
    )


NETWORKS = {
    "pair": network(("a", "b")),
    "star": network(*star(60)),
    "two stars joined, and lone nodes": network(*star(20, "x"), *star(20, "y"), ("xhub", "yhub"), lone=7),
    "random": random_network(120, 200),
    "many pairs": network(*((f"a{n}", f"b{n}") for n in range(30))),
    "parallel edges, both ways, a loop": network(("a", "b"), ("a", "b"), ("b", "a"), ("c", "c"), ("b", "c")),
}


@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize("gap", [0.0, 12.0])
def test_nodes_keep_apart_whatever_their_size(name: str, gap: float) -> None:
    graph = NETWORKS[name]
    radii = {node: 4.0 + 30.0 * (place % 4 == 0) for place, node in enumerate(graph)}
    positions = layout(graph, radii, gap=gap)
    assert positions.keys() == set(graph)
    assert narrowest_gap(positions, radii) >= gap


def test_a_part_too_large_for_forces_keeps_apart_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout_module, "LARGEST_FORCED_PART", 50)
    graph = NETWORKS["random"]
    radii = dict.fromkeys(graph, DEFAULT_RADIUS)
    assert narrowest_gap(layout(graph, gap=3.0), radii) >= 3.0


def test_parts_do_not_lie_over_each_other() -> None:
    graph = NETWORKS["two stars joined, and lone nodes"].copy()
    graph.remove_edge("xhub", "yhub")
    positions = layout(graph)
    boxes = []
    for part in nx.weakly_connected_components(graph):
        xs, ys = zip(*(positions[node] for node in part), strict=True)
        boxes.append((min(xs), max(xs), min(ys), max(ys)))
    for a, b in combinations(boxes, 2):
        assert a[1] < b[0] or b[1] < a[0] or a[3] < b[2] or b[3] < a[2]


def test_centred_on_the_origin_in_hundredths() -> None:
    positions = layout(NETWORKS["random"])
    for axis in (0, 1):
        values = [position[axis] for position in positions.values()]
        assert abs(min(values) + max(values)) <= 0.02
        assert all(round(value, 2) == value for value in values)


def test_the_same_each_time_whatever_the_order_of_nodes() -> None:
    graph = NETWORKS["random"]
    turned: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(graph)))
    turned.add_edges_from(reversed(list(graph.edges())))
    assert layout(graph) == layout(graph) == layout(turned)


def test_a_neighbour_stands_nearer_than_a_stranger() -> None:
    graph = NETWORKS["two stars joined, and lone nodes"]
    positions = layout(graph)
    own = [math.dist(positions["xhub"], positions[f"xleaf{n}"]) for n in range(20)]
    other = [math.dist(positions["xhub"], positions[f"yleaf{n}"]) for n in range(20)]
    assert sum(own) / 20 < 0.7 * sum(other) / 20


@pytest.mark.parametrize(("graph", "expected"), [(network(), {}), (network(lone=1), {"lone0": (0.0, 0.0)})])
def test_nothing_and_one(graph: nx.MultiDiGraph[str], expected: Positions) -> None:
    assert layout(graph) == expected


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12), st.floats(0, 1e6)), max_size=40))
def test_any_weights_give_finite_places(edges: list[tuple[int, int, float]]) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for source, target, weight in edges:
        graph.add_edge(str(source), str(target), weight=weight)
    positions = layout(graph)
    assert all(math.isfinite(x) and math.isfinite(y) for x, y in positions.values())
    if len(positions) > 1:
        assert narrowest_gap(positions, dict.fromkeys(positions, DEFAULT_RADIUS)) >= 12.0
