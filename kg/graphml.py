"""GraphML, read by igraph, networkx, yEd, Cytoscape and R.

A graph whose edges all run both ways is written as undirected. Any other is written as directed
throughout, because igraph ignores a direction given to single edges and networkx refuses it; the
column `direction` then says which edges run both ways.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any

import networkx as nx
from lxml import etree

from kg.columns import (
    Column,
    ColumnType,
    edge_columns,
    is_both_ways,
    node_columns,
    node_ids,
    one_line,
)
from kg.layout import Positions

GRAPHML = "http://graphml.graphdrawing.org/xmlns"

_TYPES = {
    ColumnType.BOOLEAN: "boolean",
    ColumnType.INTEGER: "int",
    ColumnType.LONG: "long",
    ColumnType.DOUBLE: "double",
    ColumnType.STRING: "string",
}


def write_graphml(graph: nx.MultiDiGraph[str], out: IO[bytes], positions: Positions | None = None) -> None:
    """Write the network as GraphML to a binary stream, positions as the node columns `x` and `y`.

    Raises ExportError if two nodes would share an identifier.
    """
    ids = node_ids(graph)
    nodes, edges = node_columns(graph), edge_columns(graph)
    if positions:
        nodes = [column for column in nodes if column.name not in ("x", "y")]
        nodes += [Column("x", ColumnType.DOUBLE), Column("y", ColumnType.DOUBLE)]
    with etree.xmlfile(out, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element(_tag("graphml"), nsmap={None: GRAPHML}):
            _write_keys(xml, "node", nodes)
            _write_keys(xml, "edge", edges)
            with xml.element(
                _tag("graph"), {"edgedefault": "undirected" if is_both_ways(graph) else "directed"}
            ):
                for node, row in graph.nodes(data=True):
                    x, y = (positions or {}).get(node, (None, None))
                    placed = row if x is None else {**row, "x": x, "y": y}
                    with xml.element(_tag("node"), {"id": ids[node]}):
                        _write_data(xml, "n", nodes, placed)
                for number, (source, target, _, row) in enumerate(graph.edges(keys=True, data=True)):
                    ends = {"id": f"e{number}", "source": ids[source], "target": ids[target]}
                    with xml.element(_tag("edge"), ends):
                        _write_data(xml, "e", edges, row)


def _write_keys(xml: Any, class_: str, columns: list[Column]) -> None:
    for number, column in enumerate(columns):
        attributes = {
            "id": f"{class_[0]}{number}",
            "for": class_,
            "attr.name": one_line(column.name) or f"attribute {number}",
            "attr.type": _TYPES[column.type],
        }
        with xml.element(_tag("key"), attributes):
            pass


def _write_data(xml: Any, prefix: str, columns: list[Column], row: Mapping[str, object]) -> None:
    for number, column in enumerate(columns):
        text = column.text(row.get(column.name))
        if text is not None:
            with xml.element(_tag("data"), {"key": f"{prefix}{number}"}):
                xml.write(text)


def _tag(name: str) -> str:
    return f"{{{GRAPHML}}}{name}"
