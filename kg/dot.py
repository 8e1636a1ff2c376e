"""DOT, the language of Graphviz.

All attributes are written, under their own names where Graphviz has no such attribute, else with `_`
behind; an edge's weight is Graphviz's weight as well, which draws heavier ends closer together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import IO

import networkx as nx

from kg.appearance import colour
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

_LINES_AT_ONCE = 2000
_LONGEST = 2000  # characters, each of up to four bytes, and all of them perhaps escaped
_POINTS = 72  # of a position's unit; Graphviz takes positions in points
_NAME = re.compile(r"[^A-Za-z0-9_]")
# What Graphviz would act on; an address would be made a link, an image be read from disk.
_GRAPHVIZ_WORDS = """
    _background area arrowhead arrowsize arrowtail bb bgcolor center charset class cluster clusterrank
    color colorscheme comment compound concentrate constraint damping decorate defaultdist dim dimen dir
    diredgeconstraints distortion dpi edgehref edgetarget edgetooltip edgeurl epsilon esep fillcolor
    fixedsize fontcolor fontname fontnames fontpath fontsize forcelabels gradientangle group head_lp
    headclip headhref headlabel headport headtarget headtooltip headurl height href id image imagepath
    imagepos imagescale k label label_scheme labelangle labeldistance labelfloat labelfontcolor
    labelfontname labelfontsize labelhref labeljust labelloc labeltarget labeltooltip labelurl landscape
    layer layerlistsep layers layerselect layersep layout len levels levelsgap lhead lheight linelength
    lp ltail lwidth margin maxiter mclimit mindist minlen mode model newrank nodesep nojustify normalize
    notranslate nslimit nslimit1 oneblock ordering orientation outputorder overlap overlap_scaling
    overlap_shrink pack packmode pad page pagedir pencolor penwidth peripheries pin pos quadtree quantum
    radius rank rankdir ranksep ratio rects regular remincross repulsiveforce resolution root rotate
    rotation samehead sametail samplepoints scale searchsize sep shape shapefile showboxes sides size
    skew smoothing sortv splines start style stylesheet tail_lp tailclip tailhref taillabel tailport
    tailtarget tailtooltip tailurl target tbbalance tooltip truecolor url vertices viewport voro_margin
    weight width xdotversion xlabel xlp z node edge graph digraph subgraph strict
"""
_TAKEN = tuple(_GRAPHVIZ_WORDS.split())


def write_dot(graph: nx.MultiDiGraph[str], out: IO[bytes], positions: Positions | None = None) -> None:
    """Write the network as a Graphviz digraph to a binary stream, positions as `pos`.

    Raises ExportError if two nodes would share an identifier.
    """
    lines = _lines(graph, positions or {})
    while batch := list(islice(lines, _LINES_AT_ONCE)):
        out.write("".join(batch).encode("utf-8"))


def _lines(graph: nx.MultiDiGraph[str], positions: Positions) -> Iterator[str]:
    ids = {node: _quoted(text) for node, text in node_ids(graph).items()}
    title = _quoted(one_line(str(graph.graph.get("title") or "")))
    yield f'digraph {title} {{\ngraph [charset="UTF-8", overlap=false];\n'
    yield "node [style=filled, shape=ellipse];\n"
    nodes = node_columns(graph, ("label",))
    names = _names(nodes)
    for node, row in graph.nodes(data=True):
        own = {"label": one_line(str(row.get("label") or "")) or str(node), "fillcolor": _fill(row)}
        if node in positions:
            x, y = positions[node]
            own["pos"] = f"{float(x) / _POINTS:.4f},{float(y) / _POINTS:.4f}!"
        yield f"{ids[node]} [{_attributes(own, nodes, names, row)}];\n"
    edges = edge_columns(graph, ("label", "weight"))
    names = _names(edges)
    for source, target, row in graph.edges(data=True):
        own = {"label": one_line(str(row.get("label") or ""))}
        weight = number(row.get("weight"))
        if weight is not None:
            own["weight"] = repr(max(weight, 0.0))
        if is_undirected(row):
            own["dir"] = "none"
        yield f"{ids[source]} -> {ids[target]} [{_attributes(own, edges, names, row)}];\n"
    yield "}\n"


def _fill(row: Mapping[str, object]) -> str:
    return colour(str(row.get("type", "")))


def _names(columns: list[Column]) -> list[str]:
    named = [Column(_NAME.sub("_", column.name), column.type) for column in columns]
    # A name may not begin with a digit.
    return [f"_{name}" if name[0].isdigit() else name for name in titles(named, _TAKEN)]


def _attributes(
    own: Mapping[str, str], columns: list[Column], names: list[str], row: Mapping[str, object]
) -> str:
    written = [f"{name}={_quoted(text)}" for name, text in own.items()]
    for column, name in zip(columns, names, strict=True):
        text = column.text(row.get(column.name))
        if text is not None:
            written.append(f"{name}={_quoted(one_line(text))}")
    return ", ".join(written)


def _quoted(text: str) -> str:
    r"""Return the text in quotation marks, backslashes doubled so that \N and its like say nothing.

    Graphviz reads no more than 16,384 bytes between two marks, so long text is given in parts.

    >>> print(_quoted('a "b"'))
    "a \"b\""
    """
    parts = [text[start : start + _LONGEST] for start in range(0, len(text), _LONGEST)] or [""]
    return " + ".join('"' + part.replace("\\", "\\\\").replace('"', '\\"') + '"' for part in parts)
