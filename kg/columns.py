"""The columns of a network: which attributes its nodes and edges carry, of which type, as which text.

Every graph file format needs the same three answers before it writes a line: the columns, a type
that holds all values of a column, and a text form that no reader chokes on. They are given here
once, so that GEXF, GraphML and the tables agree.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import networkx as nx
import numpy as np

from kg.errors import ExportError

# Characters no XML 1.0 file may hold, and the C1 controls, which a terminal would obey.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SPACE = re.compile(r"\s+")
_INT32 = 2**31
_INT64 = 2**63


class ColumnType(StrEnum):
    """The types a column can have, under their GEXF names."""

    BOOLEAN = "boolean"
    INTEGER = "integer"
    LONG = "long"
    DOUBLE = "double"
    STRING = "string"


@dataclass(frozen=True)
class Column:
    """One attribute of the nodes or edges of a network."""

    name: str
    type: ColumnType

    def text(self, value: object) -> str | None:
        """Return the value as the column's type writes it, None where it is missing.

        None, NaN and the infinities count as missing: no two readers agree about them.
        """
        if type(value) is str:
            return clean_text(value)
        value = _plain(value)
        if value is None:
            return None
        if self.type is ColumnType.STRING:
            return _as_string(value)
        if self.type is ColumnType.DOUBLE:
            return repr(float(value))  # type: ignore[arg-type]  # the type was found from the values
        return str(value).lower()


def number(value: object) -> float | None:
    """Return a finite number as a float, None for anything else."""
    value = _plain(value)
    return float(value) if isinstance(value, (int, float)) else None


def clean_text(text: str) -> str:
    """Return the text without the characters that XML forbids and terminals obey."""
    return _UNWRITABLE.sub("", text)


def one_line(text: str) -> str:
    """Return the text cleaned, each run of white space as one space."""
    return _SPACE.sub(" ", clean_text(text)).strip()


def columns(rows: Iterable[Mapping[str, object]], leave_out: Collection[str] = ()) -> list[Column]:
    """Return a column for every attribute of the rows, in the order they are first met.

    A column of numbers takes the narrowest type that holds them all; one of mixed values, and one
    without any value, is of strings. `leave_out` names attributes that are written elsewhere.
    """
    types: dict[str, ColumnType | None] = {}
    string = ColumnType.STRING
    for row in rows:
        for name, value in row.items():
            # Nothing is wider than a string, and most columns are of strings.
            if types.get(name) is not string and name not in leave_out:
                types[name] = (
                    string if type(value) is str else _wider(types.get(name), _type_of(_plain(value)))
                )
    return [Column(str(name), type_ or ColumnType.STRING) for name, type_ in types.items()]


def node_columns(graph: nx.MultiDiGraph[str], leave_out: Collection[str] = ()) -> list[Column]:
    """Return the columns of the graph's nodes."""
    return columns((row for _, row in graph.nodes(data=True)), leave_out)


def edge_columns(graph: nx.MultiDiGraph[str], leave_out: Collection[str] = ()) -> list[Column]:
    """Return the columns of the graph's edges."""
    return columns((row for _, _, row in graph.edges(data=True)), leave_out)


def titles(columns: Iterable[Column], taken: Collection[str]) -> list[str]:
    """Return a title for each column on one line, none twice and none of those taken.

    `taken` are the names a format keeps for itself. Case makes no difference, as in Gephi; a title
    that is taken gets `_` behind it.
    """
    used = {name.casefold() for name in taken}
    found = []
    for place, column in enumerate(columns):
        title = one_line(column.name) or f"attribute {place}"
        while title.casefold() in used:
            title += "_"
        used.add(title.casefold())
        found.append(title)
    return found


def is_undirected(row: Mapping[str, object]) -> bool:
    """Return whether an edge with these attributes runs both ways."""
    return row.get("direction") == "undirected"


def is_both_ways(graph: nx.MultiDiGraph[str]) -> bool:
    """Return whether the graph has edges, and all of them run both ways."""
    return graph.size() > 0 and all(is_undirected(row) for *_, row in graph.edges(keys=True, data=True))


def native(value: object) -> object:
    """Return the value as JSON has it: text clean, sets in order, lists of text; None where it is missing."""
    value = _plain(value)
    if isinstance(value, (set, frozenset)):
        value = sorted(map(str, value))
    if isinstance(value, (list, tuple)):
        return [clean_text(str(each)) for each in value]
    return value if value is None or isinstance(value, (bool, int, float)) else clean_text(str(value))


def node_ids(graph: nx.MultiDiGraph[str]) -> dict[str, str]:
    """Return the text that stands for each node in a file.

    Raises ExportError where two nodes would share one, or a node would have none, which only
    keys with control characters or keys that are not strings can bring about.
    """
    ids = {node: clean_text(str(node)) for node in graph}
    taken: set[str] = set()
    for node, text in ids.items():
        if not text or text in taken:
            raise ExportError(
                f"the node {node!r} has no identifier of its own once it is written as text",
                remedy="give every node a distinct key of printable characters",
            )
        taken.add(text)
    return ids


def _plain(value: object) -> object:
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def _type_of(value: object) -> ColumnType | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return ColumnType.BOOLEAN
    if isinstance(value, int):
        if -_INT32 <= value < _INT32:
            return ColumnType.INTEGER
        return ColumnType.LONG if -_INT64 <= value < _INT64 else ColumnType.STRING
    return ColumnType.DOUBLE if isinstance(value, float) else ColumnType.STRING


_NUMBERS = (ColumnType.INTEGER, ColumnType.LONG, ColumnType.DOUBLE)


def _wider(one: ColumnType | None, other: ColumnType | None) -> ColumnType | None:
    if one is None or other is None or one is other:
        return one or other
    if one in _NUMBERS and other in _NUMBERS:
        return max(one, other, key=_NUMBERS.index)
    return ColumnType.STRING


def _as_string(value: object) -> str:
    if isinstance(value, (set, frozenset)):
        value = sorted(map(str, value))
    if isinstance(value, (list, tuple)):
        return clean_text("; ".join(map(str, value)))
    return clean_text(str(value))
