"""Pajek, DOT, node-link JSON and Parquet: what stands in the files."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import IO

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.dot import write_dot
from kg.layout import Positions
from kg.node_link import write_node_link
from kg.pajek import write_pajek
from tests.kg.hand_made_graphs import HOSTILE_CLEAN, HOSTILE_LINE, PERSON, hostile_network, meeting_network

Write = Callable[["nx.MultiDiGraph[str]", IO[bytes], Positions | None], None]


def written(write: Write, graph: nx.MultiDiGraph[str], positions: Positions | None = None) -> str:
    out = io.BytesIO()
    write(graph, out, positions)
    return out.getvalue().decode("utf-8")


def test_pajek_keeps_arcs_and_edges_apart() -> None:
    lines = written(write_pajek, meeting_network(), {PERSON: (0.0, 0.0)}).splitlines()
    assert lines[:3] == ["*Vertices 4", '1 "万俟青禾" 0.0500 0.0500', '2 "酒泉市委政法委"']
    assert lines[5:] == [
        "*Arcs", '1 2 3.0 l "书记"', '1 3 1.0 l "主持"', '1 3 1.0 l "致辞"', "*Edges", '2 4 1.0 l "合作"',
    ]  # fmt: skip


def test_pajek_tells_namesakes_apart() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for key in ("a", "b", "c"):
        graph.add_node(key, label="李伟")
    graph.add_node("d", label="李伟 (2)")
    labels = written(write_pajek, graph).splitlines()[1:]
    assert len(set(labels)) == 4 and labels[:2] == ['1 "李伟"', '2 "李伟 (2)"']
    assert len(nx.parse_pajek(written(write_pajek, graph))) == 4


def test_dot_quotes_what_it_is_given() -> None:
    graph = meeting_network()
    graph.nodes[PERSON]["label"] = 'a "b" \\N <i>'
    graph.nodes[PERSON]["URL"] = "file:///etc/passwd"
    text = written(write_dot, graph, {PERSON: (72.0, -36.0)})
    assert f'"{PERSON}" [label="a \\"b\\" \\\\N <i>", fillcolor="#4477aa", pos="1.0000,-0.5000!"' in text
    assert 'URL_="file:///etc/passwd"' in text  # else Graphviz would make it a link
    assert text.count('dir="none"') == 1 and 'weight="3.0"' in text


def test_node_link_has_values_as_they_are() -> None:
    found = json.loads(written(write_node_link, meeting_network(), {PERSON: (1.5, -2.0)}))
    assert (found["directed"], found["multigraph"], found["graph"]["view"]) == (True, True, "all")
    person = found["nodes"][0]
    assert (person["id"], person["x"], person["y"], person["mentions"]) == (PERSON, 1.5, -2.0, 1)
    assert found["edges"][0]["periods"] == ["2021-03-01/2022-12-31", "2024-02-05/.."]
    assert found["edges"][0]["first_year"] == 2021 and "first_year" not in found["edges"][1]


def test_hostile_text_in_node_link_loses_only_control_characters() -> None:
    found = json.loads(written(write_node_link, hostile_network()))
    assert found["nodes"][0]["label"] == HOSTILE_CLEAN
    assert found["edges"][0]["source"] == "=1+1" and found["edges"][0]["source_"] == HOSTILE_CLEAN
    assert "number" not in found["nodes"][0]  # NaN, which JSON has not
    assert HOSTILE_LINE.replace('"', "'") in written(write_pajek, hostile_network())


def test_parquet_is_typed(tmp_path_factory: pytest.TempPathFactory) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    import pyarrow as pa
    from pyarrow import parquet

    from kg.parquet import write_edge_parquet, write_node_parquet

    nodes, edges = io.BytesIO(), io.BytesIO()
    write_node_parquet(meeting_network(), nodes, {PERSON: (1.0, 2.0)})
    write_edge_parquet(meeting_network(), edges)
    read = parquet.read_table(io.BytesIO(nodes.getvalue()))
    assert read["x"].to_pylist() == [1.0, None, None, None]
    assert read.schema.field("mentions").type == pa.int32()
    assert parquet.read_table(io.BytesIO(edges.getvalue())).schema.field("periods").type == pa.list_(
        pa.string()
    )


texts = st.text(st.characters(codec=None, exclude_categories=()), max_size=30)


@settings(deadline=None)
@given(label=texts, key=texts, value=st.one_of(texts, st.integers(), st.floats(), st.none(), st.lists(texts)))
def test_any_text_can_be_written_and_read(label: str, key: str, value: object) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(title=label)
    graph.add_node("a", label=label, type=key, value=value)
    graph.add_edge("a", "b", key, label=label, value=value, weight=2.5)
    read = nx.node_link_graph(json.loads(written(write_node_link, graph)), edges="edges")
    assert (len(read), read.size()) == (2, 1)
    pajek = nx.parse_pajek(written(write_pajek, graph))
    assert (len(pajek), pajek.size()) == (2, 1)
    assert written(write_dot, graph).count("\n") == 7
