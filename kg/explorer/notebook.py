"""A page in a notebook: a network of ours, drawn where it is written."""

from __future__ import annotations

import html
from collections.abc import Mapping
from pathlib import Path

import networkx as nx

from kg.explorer.facts import FactReading
from kg.explorer.page import DEFAULT_LIMIT, write_page
from kg.explorer.readings import read_facts
from kg.explorer.snapshot import Snapshot, snapshot
from kg.store import Store
from kg.whole_files import whole_file

DEFAULT_HEIGHT = 640
"""Pixels of the page in a notebook."""


class Explorer:
    """An explorer page. A notebook shows it inline; `html` is the page, `save` writes it to a file."""

    def __init__(self, page: str, height: int = DEFAULT_HEIGHT) -> None:
        """Hold a page; `height` is that of its frame in a notebook, in pixels."""
        self.html = page
        self.height = height

    def save(self, path: Path | str) -> None:
        """Write the page to a file in UTF-8; raises GovkgError where it cannot be written."""
        with whole_file(path) as out:
            out.write(self.html.encode("utf-8", "replace"))

    def _repr_html_(self) -> str:
        """Return a frame that holds the page and may run its scripts, but not touch the notebook."""
        return (
            f'<iframe srcdoc="{html.escape(self.html)}" sandbox="allow-scripts allow-downloads allow-popups" '
            f'width="100%" height="{self.height}" style="border:1px solid #ccc"></iframe>'
        )


def explore(
    graph: nx.MultiDiGraph[str],
    *,
    store: Store | Path | str | None = None,
    title: str | None = None,
    limit: int | None = None,
    height: int = DEFAULT_HEIGHT,
) -> Explorer:
    """Return the explorer page of a network view, or of any part of one.

    With the store that the view was made from, given open or by its folder, the page quotes the sentences
    of the facts and can be cited; without it, it shows the network alone. Raises GovkgError for a node
    that cannot be drawn, StoreError for a folder that holds no store.
    """
    facts: Mapping[str, FactReading] = {}
    about: Snapshot | None = None
    if isinstance(store, Store):
        facts, about = read_facts(store, list(graph)), snapshot(store)
    elif store is not None:
        with Store.open(store) as opened:
            facts, about = read_facts(opened, list(graph)), snapshot(opened)
    named = title or str(graph.graph.get("title") or "")
    page = write_page(graph, facts, title=named, limit=limit or DEFAULT_LIMIT, snapshot=about)
    return Explorer(page, height)
