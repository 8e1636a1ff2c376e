"""Facts become a store, and a store becomes a page or a file: the stages of the graph in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from extract.records import Article, ArticleFacts
from kg.network_facts import rows
from kg.store import Added, OnError, Store

if TYPE_CHECKING:
    import networkx as nx

_STORED = """
SELECT ?id ?sha256 ?title ?date ?source WHERE { GRAPH ?article {
  ?article dcterms:identifier ?id ; gov:sha256 ?sha256 .
  OPTIONAL { ?article dcterms:title ?title }
  OPTIONAL { ?article dcterms:issued ?date }
  OPTIONAL { ?article gov:source ?source }
} }
"""

LARGEST_PLACED = 3000
"""Graphs of more nodes are exported without positions: the program that opens them has better means."""


class StoredArticles:
    """Which articles a store holds, so that those it holds already need not be read again."""

    def __init__(self, store: Store) -> None:
        """Read the store's list of articles."""
        self._known = set(rows(store, _STORED, "id", "sha256", "title", "date", "source"))

    def __contains__(self, article: Article) -> bool:
        """Tell whether the article is stored with the same text, title, date and source."""
        about = (article.id, article.sha256, article.title, article.date, article.source)
        return tuple(value or "" for value in about) in self._known


class Page(NamedTuple):
    """What an explorer page holds: how many entities and relations."""

    entities: int
    relations: int


def open_for_building(path: str | Path) -> Store:
    """Open the store in a folder for writing; where the folder is empty or not there, make a new one.

    Raises StoreError if the folder holds something else, or if the store is in use.
    """
    folder = Path(path)
    is_new = not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))
    return Store.create(folder) if is_new else Store.open(folder, write=True)


def build(
    path: str | Path,
    records: Iterable[ArticleFacts],
    *,
    replace: bool = False,
    on_error: OnError | None = None,
    on_progress: Callable[[int], None] | None = None,
) -> Added:
    """Add the records to the store in a folder, made if it is not there; return what was done.

    Errors of single articles go to `on_error`, or are raised where it is not given. See Store.add.
    """
    with open_for_building(path) as store:
        added = store.add(records, on_error, replace=replace, on_progress=on_progress)
    compact(path, added)
    return added


def compact(path: str | Path, added: Added) -> None:
    """Make the store in a folder small and quick to read after what was added to it.

    The database turns its log into tables only when it is opened next, which halves its size on disk.
    """
    if added.added or added.replaced:
        with Store.open(path, write=True) as store:
            store.optimize()


def explore(
    store: Store,
    target: str | Path,
    *,
    view: str = "all",
    title: str | None = None,
    limit: int | None = None,
    min_confidence: float = 0.0,
    focus: Sequence[str] = (),
    depth: int = 1,
) -> Page:
    """Write the explorer page of a view to a file; return what it holds.

    `title` is by default that of the view, `limit` how many entities the page opens on. Of `focus`, names
    of entities, the page holds what is within `depth` steps, and opens its panel on the first. Raises
    ViewError for an unknown view, GovkgError where the page cannot be drawn or written.
    """
    from kg.explorer.store_page import write_store_page
    from kg.network import network

    graph = network(store, view, min_confidence=min_confidence)

    def everything() -> nx.MultiDiGraph[str]:
        return graph if view == "all" else network(store, "all", min_confidence=min_confidence)

    graph = write_store_page(
        store, graph, target, title=title, limit=limit, focus=focus, depth=depth, everything=everything
    )
    return Page(graph.number_of_nodes(), graph.number_of_edges())


def export_network(
    store: Store, target: str, format: str, *, view: str = "all", min_confidence: float = 0.0
) -> list[str]:
    """Write a view as gexf, graphml or csv, placed unless it is large; return the names of the files.

    Raises ViewError for an unknown view, ExportError where it cannot be written.
    """
    from kg.graph_export import export_graph
    from kg.layout import layout
    from kg.network import network

    graph: nx.MultiDiGraph[str] = network(store, view, min_confidence=min_confidence)
    positions = layout(graph) if len(graph) <= LARGEST_PLACED else None
    return export_graph(graph, target, format, positions)
