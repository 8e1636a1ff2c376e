from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import IO

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.layout import Positions
from kg.tables import safe, write_edge_table, write_node_table
from tests.kg.hand_made_graphs import HOSTILE_LINE, OFFICE, PERSON, PLACE, hostile_network, meeting_network

Write = Callable[["nx.MultiDiGraph[str]", IO[bytes], Positions | None], None]


def rows(
    write: Write, graph: nx.MultiDiGraph[str], positions: Positions | None = None
) -> list[dict[str, str]]:
    out = io.BytesIO()
    write(graph, out, positions)
    return list(csv.DictReader(io.StringIO(out.getvalue().decode("utf-8-sig"), newline="")))


def header(write: Write, graph: nx.MultiDiGraph[str]) -> list[str]:
    out = io.BytesIO()
    write(graph, out, None)
    return out.getvalue().decode("utf-8-sig").splitlines()[0].split(",")


def test_spreadsheets_are_told_the_encoding() -> None:
    out = io.BytesIO()
    write_node_table(meeting_network(), out)
    assert out.getvalue().startswith(b"\xef\xbb\xbfId,Label,")
    assert not out.closed


def test_gephi_finds_its_columns() -> None:
    assert header(write_node_table, meeting_network())[:4] == ["Id", "Label", "Timeset", "type"]
    assert header(write_edge_table, meeting_network())[:7] == [
        "Source", "Target", "Type", "Id", "Kind", "Label", "Weight",
    ]  # fmt: skip


def test_one_row_a_node() -> None:
    found = rows(write_node_table, meeting_network(), {PERSON: (1.5, -2.0)})
    assert [row["Label"] for row in found] == ["万俟青禾", "酒泉市委政法委", "座谈会", "酒泉市"]
    assert (
        found[0].items() >= {"Id": PERSON, "type": "Person", "last": "2023", "X": "1.5", "Y": "-2.0"}.items()
    )
    assert found[1].items() >= {"aliases": "市委政法委; 政法委", "mentions": "1", "X": ""}.items()


def test_one_row_an_edge() -> None:
    found = rows(write_edge_table, meeting_network())
    assert {key: found[0][key] for key in ("Source", "Target", "Type", "Kind", "Label", "Weight")} == {
        "Source": PERSON, "Target": OFFICE, "Type": "Directed", "Kind": "holdsPost",
        "Label": "书记", "Weight": "3.0",
    }  # fmt: skip
    assert [row["Type"] for row in found if row["Target"] == PLACE] == ["Undirected"]
    assert [row["Id"] for row in found] == ["0", "1", "2", "3"]
    assert "s:1; s:2" in [row["statements"] for row in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("+86", "'+86"),
        ("-x", "'-x"),
        ("@sum", "'@sum"),
        ("\t=1", "'=1"),
        (" \x00=1", "'=1"),
        ("某某", "某某"),
        ("a\r\nb", "a b"),
        ("", ""),
    ],
)
def test_no_cell_is_a_formula(text: str, expected: str) -> None:
    assert safe(text) == expected


def test_hostile_network() -> None:
    nodes, edges = rows(write_node_table, hostile_network()), rows(write_edge_table, hostile_network())
    assert [row["Id"] for row in nodes] == ["'=1+1", "'@x <&>", "plain"]
    assert nodes[0]["Label"] == f"'{HOSTILE_LINE}"
    assert {row["Source"] for row in edges} | {row["Target"] for row in edges} <= {row["Id"] for row in nodes}
    # an edge attribute named as one of Gephi's own columns stands beside it
    assert edges[0]["source_"] == f"'{HOSTILE_LINE}"
    assert [row["Weight"] for row in edges] == ["1.0", "1.0", "1.0"]


def test_an_empty_network() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    assert header(write_node_table, graph) == ["Id", "Label", "Timeset"]
    assert rows(write_edge_table, graph) == []


@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=30))
def test_any_text_stays_in_its_cell(text: str) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("a", label="b", note=text)
    (row,) = rows(write_node_table, graph)
    assert row["Label"] == "b" and row["note"] == safe(text)
    assert not row["note"].startswith(("=", "+", "-", "@", "\t", "\r"))
