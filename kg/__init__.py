"""The knowledge graph: from facts to a store, questions, networks and exports.

`kg.open(folder)` gives a store to rdflib users, `kg.network(store, view)` a view of one to networkx
users, `kg.explore(graph)` the explorer page of a network.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from networkx import MultiDiGraph
    from rdflib import Dataset

    from kg.explorer.notebook import Explorer
    from kg.store import Store
    from kg.view_files import View, Weight


def open(path: str | Path) -> Dataset:
    """Return an rdflib Dataset over the store in a folder, for reading.

    Its default graph holds the direct triples, and only those. Queries are answered by Oxigraph;
    SERVICE and updates are refused. `dataset.close()` gives the store back.
    Raises StoreError if there is no store, or if it is being written.
    """
    from kg.rdflib_dataset import open_dataset

    return open_dataset(path)


def network(
    store: Store | str | Path,
    view: str | View = "all",
    *,
    places: Sequence[str] = (),
    since: str = "",
    until: str = "",
    relations: Sequence[str] = (),
    sources: Sequence[str] = (),
    min_confidence: float = 0.0,
    weight: Weight | None = None,
    one_mode: str | None = None,
) -> MultiDiGraph[str]:
    """Return a view of a store, given open or by its folder, as a networkx graph.

    What nodes and edges carry is said in kg.projection, what the filters ask in kg.filters: `places`
    are names or codes, `since` and `until` ISO days, months or years. `weight` names a rule other than
    the view's own, such as "shared_by_size"; `one_mode` an entity type whose members are tied through
    the other nodes. Raises ViewError for whatever of these is not known, saying what is.

    >>> kg.network("exports/demo.kg", "coattendance", places=["甘肃省"], since="2023")  # doctest: +SKIP
    """
    from kg.filters import Filters
    from kg.projection import network as project
    from kg.store import Store

    filters = Filters(tuple(places), since, until, tuple(relations), tuple(sources), min_confidence)
    if isinstance(store, Store):
        return project(store, view, filters=filters, weight=weight, one_mode=one_mode)
    with Store.open(store) as opened:
        return project(opened, view, filters=filters, weight=weight, one_mode=one_mode)


def explore(
    graph: MultiDiGraph[str],
    *,
    store: Store | str | Path | None = None,
    title: str | None = None,
    limit: int | None = None,
    height: int = 640,
) -> Explorer:
    """Return the explorer page of a network of ours, or of any part of one; a notebook shows it inline.

    With the store it was made from, given open or by its folder, the page quotes sentences; `limit` is how
    many entities it opens on, `height` its pixels in a notebook. `.save(path)` writes it to a file. Raises
    GovkgError for a node that cannot be drawn.
    """
    from kg.explorer.notebook import explore as explorer

    return explorer(graph, store=store, title=title, limit=limit, height=height)
