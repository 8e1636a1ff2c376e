"""GEXF 1.3, the file format of Gephi.

Written as text while the graph is read, so that memory does not grow with the file. Each class has
one block of attributes with numeric ids. Periods stand as spells, for Gephi's time line, and again
as plain columns, for readers that ignore spells. The bytes depend on the graph alone: no date of
writing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import IO

import networkx as nx

from kg.appearance import colour, radii
from kg.columns import (
    Column,
    edge_columns,
    is_undirected,
    node_columns,
    node_ids,
    number,
    one_line,
    titles,
)
from kg.layout import Positions
from kg.periods import Period, period_between, periods_of

GEXF = "http://gexf.net/1.3"
VIZ = "http://gexf.net/1.3/viz"

# Written as attributes of the element itself.
_NODE_OWN = frozenset({"label"})
_EDGE_OWN = frozenset({"label", "weight"})
# Columns that Gephi has already.
_NODE_TAKEN = ("id", "label", "timeset", "interval")
_EDGE_TAKEN = ("id", "source", "target", "type", "kind", "label", "weight", "timeset", "interval")

_LINES_AT_ONCE = 2000
_SPECIAL = re.compile('[&<>"\t\n\r]')
_ENTITIES = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "\t": "&#9;",
    "\n": "&#10;",
    "\r": "&#13;",
}


def write_gexf(graph: nx.MultiDiGraph[str], out: IO[bytes], positions: Positions | None = None) -> None:
    """Write the network as GEXF 1.3 to a binary stream.

    Nodes carry colour by type, size by neighbours, and their position where `positions` has one.
    The periods of a node or an edge are those of its attribute `periods` (ISO 8601 intervals), or
    what lies between `first` and `last` where it has none. Raises ExportError if two nodes would
    share an identifier.
    """
    lines = _lines(graph, positions or {})
    while batch := list(islice(lines, _LINES_AT_ONCE)):
        out.write("".join(batch).encode("utf-8"))


def _lines(graph: nx.MultiDiGraph[str], positions: Positions) -> Iterator[str]:
    ids = {node: _escaped(text) for node, text in node_ids(graph).items()}
    nodes, edges = node_columns(graph, _NODE_OWN), edge_columns(graph, _EDGE_OWN)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<gexf xmlns="{GEXF}" xmlns:viz="{VIZ}" version="1.3">\n'
    names = [one_line(str(graph.graph[key])) for key in ("title", "title_en") if graph.graph.get(key)]
    yield "<meta><creator>governance-kg</creator>"
    yield f"<description>{_escaped(' / '.join(names))}</description></meta>\n"
    yield f'<graph defaultedgetype="directed" idtype="string" {_time(graph)}>\n'
    yield from _columns("node", nodes, _NODE_TAKEN)
    yield from _columns("edge", edges, _EDGE_TAKEN)
    yield f'<nodes count="{len(graph)}">\n'
    yield from _nodes(graph, ids, nodes, positions)
    yield f'</nodes>\n<edges count="{graph.number_of_edges()}">\n'
    yield from _edges(graph, ids, edges)
    yield "</edges>\n</graph>\n</gexf>\n"


def _time(graph: nx.MultiDiGraph[str]) -> str:
    rows = chain((row for _, row in graph.nodes(data=True)), (row for *_, row in graph.edges(data=True)))
    if any(map(_periods, rows)):
        return 'mode="dynamic" timeformat="date" timerepresentation="interval"'
    return 'mode="static"'


def _columns(class_: str, columns: list[Column], taken: Iterable[str]) -> Iterator[str]:
    yield f'<attributes class="{class_}" mode="static">\n'
    for place, (column, title) in enumerate(zip(columns, titles(columns, tuple(taken)), strict=True)):
        yield f'<attribute id="{place}" title="{_escaped(title)}" type="{column.type.value}"/>\n'
    yield "</attributes>\n"


def _nodes(
    graph: nx.MultiDiGraph[str], ids: Mapping[str, str], columns: list[Column], positions: Positions
) -> Iterator[str]:
    sizes = radii(graph)
    values = _values_writer(columns)
    colours: dict[str, str] = {}
    for node, row in graph.nodes(data=True):
        type_ = str(row.get("type", ""))
        if type_ not in colours:
            red, green, blue = bytes.fromhex(colour(type_).removeprefix("#"))
            colours[type_] = f'<viz:color r="{red}" g="{green}" b="{blue}"/>'
        label = _escaped(one_line(str(row.get("label") or ""))) or ids[node]
        place = positions.get(node)
        at = "" if place is None else _position(*place)
        yield (
            f'<node id="{ids[node]}" label="{label}">{values(row)}{_spells(row)}'
            f'{colours[type_]}{at}<viz:size value="{float(sizes[node])!r}"/></node>\n'
        )


def _position(x: float, y: float) -> str:
    return f'<viz:position x="{float(x)!r}" y="{float(y)!r}" z="0.0"/>'


def _edges(graph: nx.MultiDiGraph[str], ids: Mapping[str, str], columns: list[Column]) -> Iterator[str]:
    values = _values_writer(columns)
    for place, (source, target, key, row) in enumerate(graph.edges(keys=True, data=True)):
        direction = "undirected" if is_undirected(row) else "directed"
        # Gephi keeps parallel edges apart by their kind.
        kind = _attribute("kind", str(row.get("relation") or key))
        label = _attribute("label", str(row.get("label") or ""))
        weight = number(row.get("weight"))
        weighed = "" if weight is None else f' weight="{weight!r}"'
        yield (
            f'<edge id="{place}" source="{ids[source]}" target="{ids[target]}" type="{direction}"'
            f"{kind}{label}{weighed}>{values(row)}{_spells(row)}</edge>\n"
        )


def _attribute(name: str, text: str) -> str:
    text = one_line(text) if text else ""
    return f' {name}="{_escaped(text)}"' if text else ""


def _values_writer(columns: list[Column]) -> Callable[[Mapping[str, object]], str]:
    """Return a function that writes a row's values as GEXF does."""
    opened = [(column, f'<attvalue for="{place}" value="') for place, column in enumerate(columns)]

    def values(row: Mapping[str, object]) -> str:
        written = []
        for column, opening in opened:
            text = column.text(row.get(column.name))
            if text is not None:
                written.append(f'{opening}{_escaped(text)}"/>')
        return f"<attvalues>{''.join(written)}</attvalues>"

    return values


def _spells(row: Mapping[str, object]) -> str:
    found = _periods(row)
    if not found:
        return ""
    spells = "".join(
        "<spell" + (f' start="{start}"' if start else "") + (f' end="{end}"' if end else "") + "/>"
        for start, end in found
    )
    return f"<spells>{spells}</spells>"


def _periods(row: Mapping[str, object]) -> tuple[Period, ...]:
    """Return the periods of the row that have a day at all."""
    if "periods" in row:
        return periods_of(row["periods"])
    period = period_between(str(row.get("first") or ""), str(row.get("last") or ""))
    return (period,) if period else ()


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda found: _ENTITIES[found[0]], text) if _SPECIAL.search(text) else text
