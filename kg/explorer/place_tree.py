"""The places of a page's entities as a tree: province, city, county."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import networkx as nx

from extract.language.places import read_places

Row = dict[str, Any]


def places_of(graph: nx.MultiDiGraph[str]) -> dict[str, list[str]]:
    """Return the codes of the places where each node stands, sorted.

    They are those of its own attribute `code`; a node without one stands where those stand that it
    is joined to, so that a person is found in the place of an office, a practice where it is practised.
    """
    own = {node: str(code) for node, code in graph.nodes(data="code") if code}
    found: dict[str, list[str]] = {}
    for node in graph:
        if node in own:
            found[node] = [own[node]]
        else:
            found[node] = sorted({own[other] for other in nx.all_neighbors(graph, node) if other in own})
    return found


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
    """Return the code of the county around a longer code of the register's kind, else ""."""
    return code[:6] if code.isdigit() and len(code) > 6 else ""
