"""Node and edge tables as Parquet, for pandas, polars, R and DuckDB: typed, lists as lists, no escaping.

Needs pyarrow, the extra `parquet`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from typing import IO, Any

import networkx as nx

from kg.columns import (
    Column,
    ColumnType,
    clean_text,
    edge_columns,
    native,
    node_columns,
    node_ids,
    titles,
)
from kg.errors import ExportError
from kg.layout import Positions


def write_node_parquet(
    graph: nx.MultiDiGraph[str], out: IO[bytes], positions: Positions | None = None
) -> None:
    """Write one row a node to a binary stream: `id`, every attribute, and `x` and `y` if placed.

    Raises ExportError if pyarrow is not installed, or if two nodes would share an identifier.
    """
    own: dict[str, list[object]] = {"id": list(node_ids(graph).values())}
    if positions:
        for axis, name in enumerate(("x", "y")):
            own[name] = [float(positions[n][axis]) if n in positions else None for n in graph]
    columns = node_columns(graph)
    _write(out, own, columns, titles(columns, ("id", "x", "y")), [row for _, row in graph.nodes(data=True)])


def write_edge_parquet(
    graph: nx.MultiDiGraph[str], out: IO[bytes], positions: Positions | None = None
) -> None:
    """Write one row an edge to a binary stream: `source`, `target`, `key` and every attribute.

    `positions` are of no use here and taken so that all writers are called alike. Raises ExportError
    if pyarrow is not installed, or if two nodes would share an identifier.
    """
    ids = node_ids(graph)
    edges = list(graph.edges(keys=True, data=True))
    own: dict[str, list[object]] = {
        "source": [ids[source] for source, *_ in edges],
        "target": [ids[target] for _, target, *_ in edges],
        "key": [clean_text(str(key)) for _, _, key, _ in edges],
    }
    columns = edge_columns(graph)
    _write(out, own, columns, titles(columns, tuple(own)), [row for *_, row in edges])


def _write(
    out: IO[bytes],
    own: Mapping[str, list[object]],
    columns: Iterable[Column],
    names: Iterable[str],
    rows: list[Mapping[str, object]],
) -> None:
    if find_spec("pyarrow") is None:
        raise ExportError("Parquet needs pyarrow", remedy="pip install 'governance-kg[parquet]'")
    import pyarrow as pa
    from pyarrow import parquet

    arrays = {
        name: pa.array(values, pa.float64() if name in ("x", "y") else pa.string())
        for name, values in own.items()
    }
    for column, name in zip(columns, names, strict=True):
        arrays[name] = _array(pa, column, rows)
    parquet.write_table(pa.table(arrays), out, compression="zstd")


def _array(pa: Any, column: Column, rows: Iterable[Mapping[str, object]]) -> Any:
    values = [native(row.get(column.name)) for row in rows]
    kinds = {type(value) for value in values if value is not None}
    if kinds == {list}:
        return pa.array(values, pa.list_(pa.string()))
    types = {
        ColumnType.BOOLEAN: pa.bool_(),
        ColumnType.INTEGER: pa.int32(),
        ColumnType.LONG: pa.int64(),
        ColumnType.DOUBLE: pa.float64(),
    }
    if column.type in types:
        return pa.array(values, types[column.type])
    return pa.array([column.text(row.get(column.name)) for row in rows], pa.string())
