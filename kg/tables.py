"""Node and edge tables as CSV, with the column names Gephi looks for.

UTF-8 with a byte order mark, because spreadsheets on Chinese systems read a file without one as
GB18030; Gephi, pandas and readr skip the mark. A text that a spreadsheet would take for a formula
gets an apostrophe in front, identifiers too, in both tables alike.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import IO

import networkx as nx

from kg.columns import (
    Column,
    ColumnType,
    edge_columns,
    is_undirected,
    node_columns,
    node_ids,
    number,
    one_line,
    titles,
)
from kg.layout import Positions
from kg.periods import periods_of
from kg.spreadsheet import safe_cell

# Gephi compares the names of columns without regard to case.
_NODE_NAMES = frozenset({"id", "label", "timeset", "x", "y"})
_EDGE_NAMES = frozenset({"id", "source", "target", "type", "kind", "label", "weight", "timeset"})

_NO_TIME = "<empty>"


def write_node_table(graph: nx.MultiDiGraph[str], out: IO[bytes], positions: Positions | None = None) -> None:
    """Write one row a node to a binary stream: Id, Label, Timeset, every attribute, and X and Y if placed.

    Raises ExportError if two nodes would share an identifier.
    """
    ids = node_ids(graph)
    columns = node_columns(graph, leave_out={"label"})
    header = ["Id", "Label", "Timeset", *titles(columns, _NODE_NAMES)] + (["X", "Y"] if positions else [])
    rows = (
        [safe(ids[node]), safe(str(row.get("label") or ids[node])), _timeset(row), *_cells(columns, row)]
        + ([str(coordinate) for coordinate in positions.get(node, ("", ""))] if positions else [])
        for node, row in graph.nodes(data=True)
    )
    _write_table(out, header, rows)


def write_edge_table(graph: nx.MultiDiGraph[str], out: IO[bytes], positions: Positions | None = None) -> None:
    """Write one row an edge: Source, Target, Type, Id, Kind, Label, Weight, Timeset and every
    other attribute.

    `positions` are of no use here and taken so that all writers are called alike. Raises
    ExportError if two nodes would share an identifier.
    """
    ids = node_ids(graph)
    columns = edge_columns(graph, leave_out={"label", "weight", "direction"})
    header = ["Source", "Target", "Type", "Id", "Kind", "Label", "Weight", "Timeset"]
    header += titles(columns, _EDGE_NAMES)
    rows = (
        [
            safe(ids[source]),
            safe(ids[target]),
            "Undirected" if is_undirected(row) else "Directed",
            str(place),
            safe(str(row.get("relation") or key)),
            safe(str(row.get("label") or "")),
            _weight(row),
            _timeset(row),
            *_cells(columns, row),
        ]
        for place, (source, target, key, row) in enumerate(graph.edges(keys=True, data=True))
    )
    _write_table(out, header, rows)


def safe(text: str) -> str:
    """Return the text on one line, such that no spreadsheet reads it as a formula."""
    return safe_cell(one_line(text))


def _weight(row: Mapping[str, object]) -> str:
    weight = number(row.get("weight"))
    return "1.0" if weight is None else repr(weight)


def _timeset(row: Mapping[str, object]) -> str:
    """Return the periods of a row as Gephi's importer of tables reads them."""
    intervals = (
        f"[{start or '-Infinity'}, {end or 'Infinity'}]" for start, end in periods_of(row.get("periods"))
    )
    return f"<{'; '.join(intervals)}>" if row.get("periods") else _NO_TIME


def _cells(columns: list[Column], row: Mapping[str, object]) -> list[str]:
    texts = [(column, column.text(row.get(column.name)) or "") for column in columns]
    return [safe(text) if column.type is ColumnType.STRING else text for column, text in texts]


def _write_table(out: IO[bytes], header: list[str], rows: Iterable[list[str]]) -> None:
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    try:
        table = csv.writer(text, lineterminator="\r\n")
        table.writerow(header)
        table.writerows(rows)
    finally:
        # The stream belongs to the caller, and stays open.
        text.detach()
