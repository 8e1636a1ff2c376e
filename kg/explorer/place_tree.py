"""The places of a page's entities as a tree: province, city, county."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import networkx as nx

from extract.language.places import read_places

Row = dict[str, Any]


_PLACED_BY = {"Person": "holdsPost", "Event": "heldIn"}
"""Types whose members stand where others do, and the relation that says so."""


def places_of(graph: nx.MultiDiGraph[str]) -> dict[str, list[str]]:
    """Return the codes of the places where each node stands, sorted.

    They are those of its own attribute `code`; a person without one stands where the offices are, an
    event where it was held. Practices, documents and honours stand nowhere.
    """
    own = {node: str(code) for node, code in graph.nodes(data="code") if code}
    found: dict[str, set[str]] = {node: {own[node]} if node in own else set() for node in graph}
    for source, target, row in graph.edges(data=True):
        placed_by = _PLACED_BY.get(str(graph.nodes[source].get("type")), "")
        if source not in own and target in own and placed_by == row.get("relation"):
            found[source].add(own[target])
    return {node: sorted(codes) for node, codes in found.items()}


def place_tree(codes: Mapping[str, list[str]], graph: nx.MultiDiGraph[str]) -> list[Row]:
    """Return the places of the nodes and those around them, by code: code, zh, parent's code or "".

    A name is the register's; for a code that it does not have, that of the place that bears it.
    """
    register = read_places()
    labels = {
        str(row["code"]): str(row.get("label") or row["code"])
        for row in (graph.nodes[node] for node in sorted(graph, reverse=True))
        if row.get("code") and row.get("type") == "Place"
    }
    rows: dict[str, Row] = {}
    waiting = sorted({code for each in codes.values() for code in each})
    while waiting:
        code = waiting.pop()
        if code in rows:
            continue
        known = register.get(code)
        parent = (known.parent if known else _around(code)) or ""
        name = known.name if known else labels.get(code, code)
        rows[code] = {"code": code, "zh": name, "parent": parent}
        if parent:
            waiting.append(parent)
    return [rows[code] for code in sorted(rows)]


def _around(code: str) -> str:
    """Return the code of what surely lies around a place that the register lacks: its county or province."""
    if not code.isdigit() or len(code) < 6 or code.endswith("0000"):
        return ""
    return code[:6] if len(code) > 6 else f"{code[:2]}0000"
