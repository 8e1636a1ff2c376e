"""The explorer page: a view drawn by pyvis, its data, and the scripts that read it, in one file.

pyvis keeps the network and renders it; its own template asks a CDN for Bootstrap and puts titles
into markup, so it renders ours. Every script stands in the page and is named by its hash in the
content security policy; text from articles stands in JSON data blocks only.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

import networkx as nx
from jinja2 import DictLoader, Environment
from markupsafe import Markup
from pyvis.network import Network

from extract.errors import GovkgError
from kg.appearance import colour
from kg.explore.appearance import TYPE_LOOKS
from kg.explore.payload import FactReading, Row, payload, script_json
from kg.explore.working_set import working_set
from kg.layout import Positions, layout, scaled
from kg.whole_files import whole_file

DEFAULT_LIMIT = 150
"""How many entities the page opens on: what a reader can take in, and a browser pans smoothly."""

LABEL_ROOM = 26.0
"""Pixels between two nodes at scale 1, where their labels stand."""

_ASSETS = resources.files("kg.explore") / "assets"
_SCRIPTS = ("words.js", "data.js", "search.js", "labels.js", "canvas.js", "panel.js", "explorer.js")
_VIS_NETWORK = ("templates", "lib", "vis-9.1.2", "vis-network.min.js")
_TEMPLATE = "explorer.html"


def write_page(
    graph: nx.MultiDiGraph[str],
    facts: Mapping[str, FactReading],
    path: Path | str | None = None,
    *,
    title: str,
    limit: int = DEFAULT_LIMIT,
    arranged: Positions | None = None,
) -> str:
    """Return the page for a network view, and write it to `path` in UTF-8 where one is given.

    `facts` maps statement IRIs to what they say; the edges' `statements` refer to them. The page
    opens on at most `limit` entities and holds all the others; where `arranged` gives positions, on
    entities that have one, which stand to each other as there. A node's attribute `community` colours
    it. The same arguments give the same bytes. Raises GovkgError for a limit below one, a node that
    cannot be drawn, or a path that cannot be written.
    """
    if limit < 1:
        raise GovkgError(f"a page cannot open on {limit} entities", remedy="give a limit of 1 or more")
    shown = graph.subgraph(arranged) if arranged else graph
    overview = working_set(shown, limit)
    data = payload(graph, facts, overview, title)
    html = _rendered(_drawing(data, _positions(graph, data, arranged)), data, title)
    if path is not None:
        with whole_file(path) as out:
            out.write(html.encode("utf-8", "replace"))
    return html


def _positions(
    graph: nx.MultiDiGraph[str], data: Row, arranged: Positions | None
) -> list[tuple[float, float]]:
    """Return where the nodes of the overview stand, in pixels, in its order."""
    shown = [data["entities"][place] for place in data["overview"]]
    sizes = {entity["iri"]: entity["size"] for entity in shown}
    if arranged:
        placed = scaled({node: arranged[node] for node in sizes}, sizes, gap=LABEL_ROOM)
    else:
        placed = layout(graph.subgraph(sizes), sizes, gap=LABEL_ROOM)
    return [placed[entity["iri"]] for entity in shown]


def _drawing(data: Row, positions: list[tuple[float, float]]) -> Network:
    """Return pyvis's network of the overview.

    Nodes and edges are appended as pyvis stores them: its `add_edge` looks at every edge before.
    """
    network = Network(directed=True, cdn_resources="in_line")
    entities = data["entities"]
    for place, (x, y) in zip(data["overview"], positions, strict=True):
        entity = entities[place]
        network.nodes.append(
            {
                "id": place,
                "label": entity["short"],
                "group": entity["type"],
                "size": entity["size"],
                "x": round(x, 1),
                "y": round(y, 1),
                **({"color": entity["colour"]} if "colour" in entity else {}),
            }
        )
    shown = set(data["overview"])
    pairs = sorted(
        {
            (min(edge["source"], edge["target"]), max(edge["source"], edge["target"]))
            for edge in data["edges"]
            if edge["source"] in shown and edge["target"] in shown
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


def _rendered(network: Network, data: Row, title: str) -> str:
    scripts = [_vis_network(), _application()]
    style = _asset("explorer.css")
    page = {
        "title": title,
        "policy": _policy(scripts, style),
        "style": Markup(style),
        "scripts": [Markup(script) for script in scripts],
        "data": Markup(script_json(data)),
        "json": lambda value: Markup(script_json(value)),
        "options": Markup(script_json(network.options)),
    }
    environment = Environment(loader=DictLoader({_TEMPLATE: _asset(_TEMPLATE)}), autoescape=True)
    environment.globals["page"] = page
    network.templateEnv = environment
    network.path = _TEMPLATE
    html: str = network.generate_html(_TEMPLATE)
    return html


def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


def _application() -> str:
    """Return our scripts as one, in a scope of its own."""
    body = "\n".join(_asset(name) for name in _SCRIPTS)
    return f'(() => {{\n"use strict";\n{body}}})();\n'


def _vis_network() -> str:
    """Return vis-network as pyvis's wheel carries it, without the address of its source map."""
    file = resources.files("pyvis").joinpath(*_VIS_NETWORK)
    if not file.is_file():
        raise GovkgError(
            "the installed pyvis does not carry vis-network 9.1.2",
            file=str(file),
            remedy="install pyvis 0.3.2",
        )
    return re.sub(r"(?m)^//# sourceMappingURL=.*$", "", file.read_text(encoding="utf-8"))


def _policy(scripts: list[str], style: str) -> str:
    """Return the content security policy: these scripts, this style, no connection to anywhere."""
    allowed = " ".join(_hash(script) for script in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
