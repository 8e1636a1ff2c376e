"""The knowledge graph: from facts to a store, questions, networks and exports.

`kg.open(folder)` gives a store to rdflib users, `kg.explore(graph)` the explorer page of a network.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from networkx import MultiDiGraph
    from rdflib import Dataset

    from kg.explorer.notebook import Explorer
    from kg.store import Store


def open(path: str | Path) -> Dataset:
    """Return an rdflib Dataset over the store in a folder, for reading.

    Its default graph holds the direct triples, and only those. Queries are answered by Oxigraph;
    SERVICE and updates are refused. `dataset.close()` gives the store back.
    Raises StoreError if there is no store, or if it is being written.
    """
    from kg.rdflib_dataset import open_dataset

    return open_dataset(path)


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
