"""The explorer page: a view drawn by pyvis, its data, and the scripts that read it, in one file.

pyvis keeps the network and renders it; its own template asks a CDN for Bootstrap and puts titles
into markup, so it renders ours. Every script stands in the page and is named by its hash in the
content security policy; text from articles stands in data blocks only.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import networkx as nx
from jinja2 import DictLoader, Environment
from markupsafe import Markup
from pyvis.network import Network

from extract.errors import GovkgError
from kg.appearance import colour, radii
from kg.explorer.appearance import TYPE_LOOKS, canvas_label, look_of
from kg.explorer.blocks import packed, script_json
from kg.explorer.communities import communities
from kg.explorer.facts import FactReading
from kg.explorer.full_layout import full_layout
from kg.explorer.payload import Payload, Positions, Row, payload
from kg.explorer.scripts import STYLE, TEMPLATE, application, asset, policy, vis_network
from kg.explorer.working_set import working_set
from kg.layout import layout, scaled
from kg.whole_files import whole_file

DEFAULT_LIMIT = 150
"""How many entities the page opens on: what a reader can take in, and a browser pans smoothly."""

LABEL_ROOM = 26.0
"""Pixels between two nodes at scale 1, where their labels stand."""


def write_page(
    graph: nx.MultiDiGraph[str],
    facts: Mapping[str, FactReading],
    path: Path | str | None = None,
    *,
    title: str,
    limit: int = DEFAULT_LIMIT,
    arranged: Positions | None = None,
    snapshot: Mapping[str, object] | None = None,
    first: str | None = None,
) -> str:
    """Return the page for a network view, and write it to `path` in UTF-8 where one is given.

    `facts` maps statement IRIs to what they say; the edges' `statements` refer to them. The page
    opens on at most `limit` entities and holds all the others; where `arranged` gives positions, on
    entities that have one, which stand to each other as there. A node's attribute `community` names its
    group; where no node has one, groups are found. `snapshot` is what the page is cited by, `first` the
    node it opens its panel on. The same arguments give the same bytes. Raises GovkgError for a limit below
    one, a node that cannot be drawn, or a path that cannot be written.
    """
    if limit < 1:
        raise GovkgError(f"a page cannot open on {limit} entities", remedy="give a limit of 1 or more")
    for node, type_ in graph.nodes(data="type"):
        look_of(node, type_)
    shown = graph.subgraph(arranged) if arranged else graph
    overview = working_set(shown, limit)
    groups = communities(graph)
    data = payload(
        graph,
        facts,
        overview,
        title,
        positions=_all_positions(graph, groups, arranged),
        communities=groups,
        snapshot=snapshot,
    )
    if first is not None:
        data.graph["first"] = sorted(graph).index(first)
    drawing = _drawing(
        graph, overview, data.graph["overview"], _overview_positions(graph, overview, arranged)
    )
    html = _rendered(drawing, data, title)
    if path is not None:
        with whole_file(path) as out:
            out.write(html.encode("utf-8", "replace"))
    return html


def _sizes(graph: nx.MultiDiGraph[str]) -> dict[str, float]:
    """Return the radius of each node, larger for shapes that look small."""
    return {
        node: round(radius * look_of(node, graph.nodes[node]["type"]).enlarged, 1)
        for node, radius in radii(graph).items()
    }


def _overview_positions(
    graph: nx.MultiDiGraph[str], overview: list[str], arranged: Positions | None
) -> dict[str, tuple[float, float]]:
    """Return where the nodes of the overview stand, in pixels."""
    sizes = _sizes(graph)
    shown = {node: sizes[node] for node in overview}
    if arranged:
        return scaled({node: arranged[node] for node in shown}, shown, gap=LABEL_ROOM)
    return layout(graph.subgraph(shown), shown, gap=LABEL_ROOM)


def _all_positions(
    graph: nx.MultiDiGraph[str], groups: Mapping[str, str], arranged: Positions | None
) -> dict[str, tuple[float, float]]:
    """Return where the nodes stand in the drawing of all of them."""
    if arranged:
        return scaled(arranged, radii(graph), gap=LABEL_ROOM)
    return full_layout(graph, groups)


def _drawing(
    graph: nx.MultiDiGraph[str], overview: list[str], numbers: list[int], positions: Positions
) -> Network:
    """Return pyvis's network of the overview, its nodes named by their numbers in the page.

    Nodes and edges are appended as pyvis stores them: its `add_edge` looks at every edge before.
    """
    network = Network(directed=True, cdn_resources="in_line")
    sizes = _sizes(graph)
    place_of = dict(zip(overview, numbers, strict=True))
    for node, place in place_of.items():
        x, y = positions[node]
        row = graph.nodes[node]
        network.nodes.append(
            {
                "id": place,
                "label": canvas_label(str(row.get("label") or node)),
                "group": row["type"],
                "size": sizes[node],
                "x": round(x, 1),
                "y": round(y, 1),
            }
        )
    pairs = sorted(
        {
            (min(place_of[a], place_of[b]), max(place_of[a], place_of[b]))
            for a, b in graph.subgraph(overview).edges()
        }
    )
    network.edges.extend({"id": f"{a}-{b}", "from": a, "to": b} for a, b in pairs)
    network.options = _options()
    return network


def _options() -> Row:
    """Return vis-network's options: positions are ours, nothing moves by itself."""
    return {
        "autoResize": True,
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "interaction": {
            "hover": True,
            "hideEdgesOnDrag": False,
            "multiselect": False,
            "selectConnectedEdges": False,
            "zoomSpeed": 0.6,
        },
        "nodes": {
            "borderWidth": 1,
            "borderWidthSelected": 2,
            # the page draws the labels itself, at one size at every zoom and never over each other
            "scaling": {"label": {"drawThreshold": 100000}},
        },
        "edges": {"smooth": False, "selectionWidth": 1.5, "hoverWidth": 1},
        "groups": {name: {"shape": look.shape, "color": colour(name)} for name, look in TYPE_LOOKS.items()},
    }


def _rendered(network: Network, data: Payload, title: str) -> str:
    scripts = [vis_network(), application()]
    style = asset(STYLE)
    page = {
        "title": title,
        "policy": policy(scripts, style),
        "style": Markup(style),
        "scripts": [Markup(script) for script in scripts],
        "graph": Markup(packed(data.graph)),
        "names": Markup(packed(data.names)),
        "texts": Markup(packed(data.texts)),
        "json": lambda value: Markup(script_json(value)),
        "options": Markup(script_json(network.options)),
    }
    environment = Environment(loader=DictLoader({TEMPLATE: asset(TEMPLATE)}), autoescape=True)
    environment.globals["page"] = page
    network.templateEnv = environment
    network.path = TEMPLATE
    html: str = network.generate_html(TEMPLATE)
    return html
