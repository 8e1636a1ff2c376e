from __future__ import annotations

import io
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graphml import write_graphml
from kg.layout import Positions
from tests.kg.hand_made_graphs import (
    HOSTILE_CLEAN,
    MEETING,
    OFFICE,
    PERSON,
    PLACE,
    edge,
    hostile_network,
    meeting_network,
)


def read_back(graph: nx.MultiDiGraph[str], positions: Positions | None = None) -> Any:
    """Return the graph as networkx reads what we wrote."""
    out = io.BytesIO()
    write_graphml(graph, out, positions)
    out.seek(0)
    return nx.read_graphml(out, force_multigraph=True)


def test_nodes_and_edges_come_back_with_typed_values() -> None:
    graph = meeting_network()
    read = read_back(graph)
    assert read.is_directed()
    for node, row in graph.nodes(data=True):
        assert read.nodes[node] == row
    found = sorted((a, b, row["relation"], row["weight"]) for a, b, row in read.edges(data=True))
    assert found == sorted((a, b, row["relation"], row["weight"]) for a, b, row in graph.edges(data=True))
    assert {type(row["articles"]) for _, row in read.nodes(data=True)} == {int}


def test_positions_are_columns() -> None:
    read = read_back(meeting_network(), {PERSON: (1.5, -2.0)})
    assert (read.nodes[PERSON]["x"], read.nodes[PERSON]["y"]) == (1.5, -2.0)
    assert "x" not in read.nodes[MEETING]


@pytest.mark.parametrize(
    ("directions", "directed"), [(["undirected"], False), (["undirected", "directed"], True)]
)
def test_undirected_where_every_edge_is(directions: list[str], directed: bool) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for place, direction in enumerate(directions):
        graph.add_edge(OFFICE, f"{PLACE}{place}", "r", **edge("r", "合作", direction=direction))
    read = read_back(graph)
    assert read.is_directed() is directed
    assert sorted(row["direction"] for *_, row in read.edges(data=True)) == sorted(directions)


def test_hostile_text_loses_only_control_characters() -> None:
    read = read_back(hostile_network())
    assert set(read) == {"=1+1", "@x <&>", "plain"}
    assert read.nodes["=1+1"]["label"] == HOSTILE_CLEAN
    assert "aliases" not in read.nodes["=1+1"] and "number" not in read.nodes["=1+1"]
    assert read.nodes["@x <&>"]["mixed"] == "one"
    assert read.number_of_edges() == 3


def test_an_empty_network() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    assert len(read_back(graph)) == 0


texts = st.text(st.characters(codec=None, exclude_categories=()), max_size=30)


@given(label=texts, value=st.one_of(texts, st.integers(), st.floats(), st.booleans(), st.none()))
def test_any_value_can_be_read_back(label: str, value: object) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("a", label=label, value=value)
    graph.add_edge("a", "b", "r", label=label, value=value)
    read = read_back(graph)
    assert set(read) == {"a", "b"} and read.number_of_edges() == 1
    if isinstance(value, int):
        expected = value if -(2**63) <= value < 2**63 else str(value)
        assert read.nodes["a"]["value"] == expected
