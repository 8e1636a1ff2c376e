"""Reading back what was made of a network in Gephi: where the nodes stand, and their groups.

Any GEXF is read, of 1.1 to 1.3, whatever program wrote it. Nothing in it can do harm: no entities are
expanded, nothing is fetched, and what is not a number is left out.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from kg.errors import LayoutError

_GROUP_TITLES = ("modularity class", "modularity_class", "community", "cluster", "cluster-id", "group")
"""Columns that hold groups, the first that is there counts; Gephi calls its communities the first."""


@dataclass(frozen=True)
class Drawn:
    """What a GEXF says of how its nodes look, by their ids.

    `positions` are as in the file, y upwards. `groups` are the texts of the column `group_column`, ""
    where there is none.
    """

    nodes: int
    positions: dict[str, tuple[float, float]]
    groups: dict[str, str]
    group_column: str


def read_drawn(path: str | Path, group_column: str | None = None) -> Drawn:
    """Return positions and groups of the nodes of a GEXF file.

    `group_column` is the title of the column that holds the groups; by default that of Gephi's
    communities, or another of a usual name. Raises LayoutError for a file that cannot be read or is
    no GEXF, and for a column it does not have.
    """
    titles: dict[str, str] = {}
    positions: dict[str, tuple[float, float]] = {}
    values: dict[str, dict[str, str]] = {}
    nodes = 0
    for element in _elements(path):
        name = _local(element)
        if name == "attributes" and element.get("class") == "node":
            titles |= {
                each.get("id", ""): each.get("title", "") for each in element if _local(each) == "attribute"
            }
        elif name == "node" and element.get("id") is not None:
            nodes += 1
            id_ = element.get("id", "")
            place = _position(element)
            if place is not None:
                positions[id_] = place
            values[id_] = dict(_values(element))
        if name in ("node", "edge"):
            element.clear()
    column = _group_column(titles, group_column, str(path))
    groups = {id_: found[column] for id_, found in values.items() if column in found}
    return Drawn(nodes, positions, groups, titles.get(column, ""))


def _elements(path: str | Path) -> Iterator[etree._Element]:
    """Yield the closed elements of the file."""
    options = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
    is_first = True
    try:
        for event, element in etree.iterparse(str(path), events=("start", "end"), **options):
            if is_first and _local(element) != "gexf":
                raise LayoutError(
                    f"this is no GEXF but <{_local(element)}>",
                    file=str(path),
                    remedy="export it from Gephi as GEXF",
                )
            is_first = False
            if event == "end":
                yield element
    except etree.XMLSyntaxError as exc:
        raise LayoutError(
            f"not well-formed XML ({exc.msg})", file=str(path), remedy="export it again"
        ) from exc
    except OSError as exc:
        raise LayoutError(
            f"cannot be read ({exc.strerror or exc})", file=str(path), remedy="give a GEXF file"
        ) from exc


def _local(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _position(node: etree._Element) -> tuple[float, float] | None:
    for each in node:
        if _local(each) == "position":
            try:
                x, y = float(each.get("x", "")), float(each.get("y", ""))
            except ValueError:
                return None
            return (x, y) if math.isfinite(x) and math.isfinite(y) else None
    return None


def _values(node: etree._Element) -> Iterator[tuple[str, str]]:
    for each in node.iter():
        if _local(each) == "attvalue" and each.get("value") is not None:
            # GEXF 1.1 said `id` for what is `for` since.
            yield each.get("for", each.get("id", "")), each.get("value", "")


def _group_column(titles: dict[str, str], wanted: str | None, file: str) -> str:
    """Return the id of the column of groups, "" if none is asked for and there is none."""
    names = (wanted.casefold(),) if wanted is not None else _GROUP_TITLES
    for name in names:
        for id_, title in titles.items():
            if name in (title.casefold(), id_.casefold()):
                return id_
    if wanted is None:
        return ""
    raise LayoutError(
        f"the nodes have no column {wanted!r}",
        file=file,
        remedy=f"choose one of {', '.join(titles.values())}",
    )
