"""GEXF 1.3, the file format of Gephi.

Written element by element as the graph is read, so that memory does not grow with the file. Each
class has one block of attributes with numeric ids; dates stand as spells, for Gephi's time line,
and again as plain columns with first and last year, for readers that ignore spells. The bytes
depend on the graph alone: no date of writing.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import chain
from typing import IO, Any

import networkx as nx
from lxml import etree

from kg.appearance import colour, radii
from kg.columns import (
    Column,
    ColumnType,
    edge_columns,
    is_undirected,
    node_columns,
    node_ids,
    number,
    one_line,
)
from kg.dates import read_date
from kg.layout import Positions

GEXF = "http://gexf.net/1.3"
VIZ = "http://gexf.net/1.3/viz"

# Written as attributes of the element itself.
_NODE_OWN = frozenset({"label"})
_EDGE_OWN = frozenset({"label", "weight"})
_YEARS = ("first_year", "last_year")


def write_gexf(graph: nx.MultiDiGraph[str], out: IO[bytes], positions: Positions | None = None) -> None:
    """Write the network as GEXF 1.3 to a binary stream.

    Nodes carry colour by type, size by neighbours, and their position where `positions` has one.
    Raises ExportError if two nodes would share an identifier.
    """
    ids = node_ids(graph)
    with etree.xmlfile(out, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element(_tag("gexf"), {"version": "1.3"}, nsmap={None: GEXF, "viz": VIZ}):
            _write_meta(xml, graph)
            with xml.element(_tag("graph"), _graph_attributes(graph)):
                nodes, edges = node_columns(graph, _NODE_OWN), edge_columns(graph, _EDGE_OWN)
                _write_columns(xml, "node", nodes)
                _write_columns(xml, "edge", edges)
                _write_nodes(xml, graph, ids, nodes, positions or {})
                _write_edges(xml, graph, ids, edges)


def _write_meta(xml: Any, graph: nx.MultiDiGraph[str]) -> None:
    with xml.element(_tag("meta")):
        with xml.element(_tag("creator")):
            xml.write("governance-kg")
        titles = [one_line(str(graph.graph[key])) for key in ("title", "title_en") if graph.graph.get(key)]
        with xml.element(_tag("description")):
            xml.write(" / ".join(titles))


def _graph_attributes(graph: nx.MultiDiGraph[str]) -> dict[str, str]:
    attributes = {"defaultedgetype": "directed", "idtype": "string"}
    rows = chain((row for _, row in graph.nodes(data=True)), (row for *_, row in graph.edges(data=True)))
    if any(map(_spell, rows)):
        attributes |= {"mode": "dynamic", "timeformat": "date", "timerepresentation": "interval"}
    else:
        attributes["mode"] = "static"
    return attributes


def _write_columns(xml: Any, class_: str, columns: list[Column]) -> None:
    with xml.element(_tag("attributes"), {"class": class_, "mode": "static"}):
        years = [Column(name, ColumnType.INTEGER) for name in _YEARS]
        for place, column in enumerate([*columns, *years]):
            title = one_line(column.name) or f"attribute {place}"
            _empty(xml, "attribute", {"id": str(place), "title": title, "type": column.type.value})


def _write_nodes(
    xml: Any, graph: nx.MultiDiGraph[str], ids: dict[str, str], columns: list[Column], positions: Positions
) -> None:
    sizes = radii(graph)
    with xml.element(_tag("nodes"), {"count": str(len(graph))}):
        for node, row in graph.nodes(data=True):
            label = one_line(str(row.get("label") or ids[node]))
            with xml.element(_tag("node"), {"id": ids[node], "label": label}):
                _write_values_and_spell(xml, columns, row)
                _write_viz(xml, str(row.get("type", "")), sizes[node], positions.get(node))


def _write_viz(xml: Any, type_: str, size: float, position: tuple[float, float] | None) -> None:
    red, green, blue = bytes.fromhex(colour(type_).removeprefix("#"))
    _empty(xml, "color", {"r": str(red), "g": str(green), "b": str(blue)}, VIZ)
    if position is not None:
        x, y = position
        _empty(xml, "position", {"x": repr(float(x)), "y": repr(float(y)), "z": "0.0"}, VIZ)
    _empty(xml, "size", {"value": repr(float(size))}, VIZ)


def _write_edges(xml: Any, graph: nx.MultiDiGraph[str], ids: dict[str, str], columns: list[Column]) -> None:
    with xml.element(_tag("edges"), {"count": str(graph.number_of_edges())}):
        for place, (source, target, key, row) in enumerate(graph.edges(keys=True, data=True)):
            attributes = {
                "id": str(place),
                "source": ids[source],
                "target": ids[target],
                "type": "undirected" if is_undirected(row) else "directed",
            }
            # Gephi keeps parallel edges apart by their kind.
            if kind := one_line(str(row.get("relation") or key)):
                attributes["kind"] = kind
            if label := one_line(str(row.get("label") or "")):
                attributes["label"] = label
            if (weight := number(row.get("weight"))) is not None:
                attributes["weight"] = repr(weight)
            with xml.element(_tag("edge"), attributes):
                _write_values_and_spell(xml, columns, row)


def _write_values_and_spell(xml: Any, columns: list[Column], row: Mapping[str, object]) -> None:
    spell = _spell(row)
    texts = [column.text(row.get(column.name)) for column in columns]
    texts += [day[:4] or None for day in spell or ("", "")]
    with xml.element(_tag("attvalues")):
        for place, text in enumerate(texts):
            if text is not None:
                _empty(xml, "attvalue", {"for": str(place), "value": text})
    if spell:
        days = {name: day for name, day in zip(("start", "end"), spell, strict=True) if day}
        with xml.element(_tag("spells")):
            _empty(xml, "spell", days)


def _spell(row: Mapping[str, object]) -> tuple[str, str] | None:
    """Return first and last day of the row, "" for one that is not known, None if neither is."""
    first, last = (_date(str(row.get(name) or "")) for name in ("first", "last"))
    start, end = first.earliest if first else "", last.latest if last else ""
    if start and end and start > end:
        return None
    return (start, end) if start or end else None


# The same few days come again and again.
_date = lru_cache(maxsize=65536)(read_date)


def _empty(xml: Any, name: str, attributes: dict[str, str], namespace: str = GEXF) -> None:
    with xml.element(_tag(name, namespace), attributes):
        pass


def _tag(name: str, namespace: str = GEXF) -> str:
    return f"{{{namespace}}}{name}"
