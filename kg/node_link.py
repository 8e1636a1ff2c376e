"""JSON node-link, read by `networkx.node_link_graph`, D3 and most programs that take JSON.

One node and one edge a line. Numbers, booleans and lists stay what they are; values that are missing
are left out. A graph whose edges all run both ways is undirected; any other is directed throughout,
and the attribute `direction` says which edges run both ways.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import IO

import networkx as nx

from kg.columns import (
    Column,
    clean_text,
    edge_columns,
    is_both_ways,
    native,
    node_columns,
    node_ids,
    one_line,
    titles,
)
from kg.layout import Positions

_NODE_KEYS = ("id", "x", "y")
_EDGE_KEYS = ("source", "target", "key")
_LINES_AT_ONCE = 2000


def write_node_link(graph: nx.MultiDiGraph[str], out: IO[bytes], positions: Positions | None = None) -> None:
    """Write the network as node-link JSON to a binary stream, positions as `x` and `y`.

    Raises ExportError if two nodes would share an identifier.
    """
    lines = _lines(graph, positions or {})
    while batch := list(islice(lines, _LINES_AT_ONCE)):
        out.write("".join(batch).encode("utf-8"))


def _lines(graph: nx.MultiDiGraph[str], positions: Positions) -> Iterator[str]:
    ids = node_ids(graph)
    about = {one_line(str(key)): native(value) for key, value in graph.graph.items()}
    directed = json.dumps(not is_both_ways(graph))
    yield f'{{"directed": {directed}, "multigraph": true, "graph": {_json(about)},\n"nodes": ['
    yield from _joined(_nodes(graph, ids, positions))
    yield '],\n"edges": ['
    yield from _joined(_edges(graph, ids))
    yield "]}\n"


def _nodes(
    graph: nx.MultiDiGraph[str], ids: Mapping[str, str], positions: Positions
) -> Iterator[dict[str, object]]:
    columns = node_columns(graph)
    names = titles(columns, _NODE_KEYS)
    for node, row in graph.nodes(data=True):
        placed = positions.get(node)
        at = {} if placed is None else {"x": float(placed[0]), "y": float(placed[1])}
        yield {"id": ids[node], **at, **_values(columns, names, row)}


def _edges(graph: nx.MultiDiGraph[str], ids: Mapping[str, str]) -> Iterator[dict[str, object]]:
    columns = edge_columns(graph)
    names = titles(columns, _EDGE_KEYS)
    for source, target, key, row in graph.edges(keys=True, data=True):
        ends: dict[str, object] = {"source": ids[source], "target": ids[target], "key": clean_text(str(key))}
        yield ends | _values(columns, names, row)


def _values(columns: list[Column], names: list[str], row: Mapping[str, object]) -> dict[str, object]:
    found = ((name, native(row.get(column.name))) for column, name in zip(columns, names, strict=True))
    return {name: value for name, value in found if value is not None}


def _joined(rows: Iterable[dict[str, object]]) -> Iterator[str]:
    separator = "\n"
    for row in rows:
        yield separator + _json(row)
        separator = ",\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
