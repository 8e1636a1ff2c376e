from __future__ import annotations

import networkx as nx
import pytest

from kg.explorer.working_set import connectedness, working_set
from tests.kg.explorer.invented_graph import invented_graph


def graph_of(*edges: tuple[str, str, float], types: dict[str, str] | None = None) -> nx.MultiDiGraph[str]:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for source, target, weight in edges:
        graph.add_edge(source, target, "r", weight=weight)
    for node in graph:
        graph.nodes[node]["type"] = (types or {}).get(node, "Person")
    return graph


def test_connectedness_counts_both_ends_and_parallel_edges() -> None:
    graph = graph_of(("a", "b", 2.0), ("b", "c", 1.0))
    graph.add_edge("a", "b", "s", weight=0.5)
    assert connectedness(graph) == {"a": 2.5, "b": 3.5, "c": 1.0}


@pytest.mark.parametrize("limit", [1, 10, 60, 150])
def test_working_set_hangs_together(limit: int) -> None:
    graph, _ = invented_graph(size=400)
    chosen = working_set(graph, limit)
    largest = max(map(len, nx.weakly_connected_components(graph)))
    assert largest >= 150
    assert len(chosen) == len(set(chosen)) == limit
    assert nx.is_weakly_connected(graph.subgraph(chosen))


def test_best_connected_come_first() -> None:
    graph = graph_of(("hub", "a", 1), ("hub", "b", 1), ("hub", "c", 5), ("a", "z", 0.1))
    assert working_set(graph, 3) == ["hub", "c", "a"]


def test_actors_and_practices_come_before_events_as_well_connected() -> None:
    types = {"meeting": "Event", "person": "Person"}
    graph = graph_of(("hub", "meeting", 3), ("hub", "person", 2), ("hub", "x", 1), types=types)
    assert working_set(graph, 2) == ["hub", "person"]


def test_small_graph_is_shown_whole_and_loners_come_last() -> None:
    graph = graph_of(("x", "y", 1), ("a", "b", 1), ("b", "c", 1))
    graph.add_node("alone", type="Place")
    assert working_set(graph, 99) == ["b", "a", "c", "x", "y", "alone"]


def test_order_of_input_does_not_matter() -> None:
    graph, _ = invented_graph(size=200)
    turned: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(graph.nodes(data=True))))
    for source, target, key, data in reversed(list(graph.edges(keys=True, data=True))):
        turned.add_edge(source, target, key, **data)
    assert working_set(turned, 70) == working_set(graph, 70)


def test_empty_graph_has_an_empty_working_set() -> None:
    assert working_set(nx.MultiDiGraph(), 10) == []
