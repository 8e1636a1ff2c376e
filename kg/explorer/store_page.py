"""The page of a store's view: the part asked for, its facts with their sentences, and what to cite."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import networkx as nx

from kg.explorer.focus import entities_named, focused
from kg.explorer.page import DEFAULT_LIMIT, write_page
from kg.explorer.payload import Positions
from kg.explorer.readings import read_facts
from kg.explorer.snapshot import snapshot
from kg.store import Store


def write_store_page(
    store: Store,
    graph: nx.MultiDiGraph[str],
    target: Path | str | None,
    *,
    everything: Callable[[], nx.MultiDiGraph[str]],
    title: str | None = None,
    limit: int | None = None,
    focus: Sequence[str] = (),
    depth: int = 1,
    arranged: Positions | None = None,
) -> nx.MultiDiGraph[str]:
    """Write the page of `graph`, a view of the store, to `target`; return the part that it holds.

    Of `focus`, names of entities, that is what lies within `depth` steps; `everything` gives the network
    of all relations, where a name is looked up that is no node of the view. Raises GovkgError for a name
    that nothing bears.
    """
    first = None
    if focus:
        graph = focused(graph, everything, focus, depth)
        arranged = {node: at for node, at in arranged.items() if node in graph} if arranged else None
        first = next((node for name in focus for node in entities_named(graph, name)), None)
    write_page(
        graph,
        read_facts(store, list(graph)),
        target,
        title=title or str(graph.graph["title"]),
        limit=limit or DEFAULT_LIMIT,
        arranged=arranged,
        snapshot=snapshot(store),
        first=first,
    )
    return graph
