"""Facts become a store, and a store becomes a page or a file: the stages of the graph in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from extract.records import Article, ArticleFacts
from kg.network_facts import rows
from kg.store import Added, OnError, Store
from kg.store_folder import is_unused

if TYPE_CHECKING:
    import networkx as nx

    from kg.filters import Filters
    from kg.view_files import Weight

_STORED = """
SELECT ?id ?sha256 ?title ?date ?source WHERE { GRAPH ?article {
  ?article dcterms:identifier ?id ; gov:sha256 ?sha256 .
  OPTIONAL { ?article dcterms:title ?title }
  OPTIONAL { ?article dcterms:issued ?date }
  OPTIONAL { ?article gov:source ?source }
} }
"""

SHARE_WORTH_COMPACTING = 10
"""A store is compacted when at least one in so many of its articles has come or been replaced."""

LARGEST_PLACED = 3000
"""Graphs of more nodes are exported without positions: the program that opens them has better means."""


LARGEST_OPENED = 400
"""An explorer page opens on no more entities than this, however many an arrangement has."""


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
    return Store.create(folder) if is_unused(folder) else Store.open(folder, write=True)


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
    """Make the store in a folder small and quick to read if much was added; little is not worth the time.

    The database gives up its log only when it is opened next, which halves its size on disk.
    """
    changed = added.added + added.replaced
    if not changed:
        return
    with Store.open(path, write=True) as store:
        if changed * SHARE_WORTH_COMPACTING >= store.article_count():
            store.optimize()


def explore(
    store: Store,
    target: str | Path,
    *,
    view: str = "all",
    title: str | None = None,
    limit: int | None = None,
    filters: Filters | None = None,
    weight: Weight | None = None,
    one_mode: str | None = None,
    arrangement: str | Path | None = None,
    group_column: str | None = None,
    focus: Sequence[str] = (),
    depth: int = 1,
) -> Page:
    """Write the explorer page of a view to a file; return what it holds.

    `title` is by default that of the view, `limit` how many entities the page opens on; for the
    filters, the weight and the projection see kg.projection. `arrangement` is a GEXF whose positions
    and groups, those of `group_column`, the page takes over. Of `focus`, names of entities, the page holds
    what is within `depth` steps. Raises ViewError for an unknown view, LayoutError for a GEXF that does
    not fit, GovkgError for a name that nothing bears and where the page cannot be drawn or written.
    """
    from kg.explorer.page import DEFAULT_LIMIT
    from kg.explorer.store_page import write_store_page
    from kg.filters import NO_FILTERS
    from kg.projection import network

    graph = network(store, view, filters=filters or NO_FILTERS, weight=weight, one_mode=one_mode)
    arranged = _arranged(graph, arrangement, group_column) if arrangement is not None else None
    opened = limit or (min(len(arranged), LARGEST_OPENED) if arranged else DEFAULT_LIMIT)
    graph = write_store_page(
        store,
        graph,
        target,
        title=title,
        limit=opened,
        arranged=arranged,
        focus=focus,
        depth=depth,
        everything=lambda: network(store, "all"),
    )
    return Page(graph.number_of_nodes(), graph.number_of_edges())


def _arranged(
    graph: nx.MultiDiGraph[str], arrangement: str | Path, group_column: str | None
) -> dict[str, tuple[float, float]]:
    """Set `community` of the nodes that the GEXF groups; return where it puts those of the graph."""
    from kg.errors import LayoutError
    from kg.gexf_reading import read_drawn
    from kg.layout import upside_down

    drawn = read_drawn(arrangement, group_column)
    for node, group in drawn.groups.items():
        if node in graph:
            graph.nodes[node]["community"] = group
    known = {node: place for node, place in drawn.positions.items() if node in graph}
    if not known and not any(node in graph for node in drawn.groups):
        raise LayoutError(
            f"none of its {drawn.nodes:,} nodes with a position or a group is in the view",
            file=str(arrangement),
            remedy="export the view with `govkg export gephi`, lay it out in Gephi, and keep the ids",
        )
    return upside_down(known)


class Exported(NamedTuple):
    """What an export of a network wrote: the names of the files, how many nodes and edges."""

    files: list[str]
    nodes: int
    edges: int


def export_network(
    store: Store,
    target: str,
    format: str,
    *,
    view: str = "all",
    filters: Filters | None = None,
    weight: Weight | None = None,
    one_mode: str | None = None,
    measures: bool = False,
) -> Exported:
    """Write a view in a format of kg.graph_export, placed unless it is large.

    With `measures` the nodes carry theirs, degree to community. Raises ViewError for an unknown view,
    ExportError where it cannot be written.
    """
    from kg.filters import NO_FILTERS
    from kg.graph_export import export_graph
    from kg.layout import layout, upside_down
    from kg.projection import network
    from kg.statistics import Ask, Statistics, annotate

    asked = filters or NO_FILTERS
    if measures:
        found = Statistics(store, view, Ask(filters=asked, weight=weight, one_mode=one_mode))
        graph: nx.MultiDiGraph[str] = found.graph
        annotate(graph, found)
    else:
        graph = network(store, view, filters=filters or NO_FILTERS, weight=weight, one_mode=one_mode)
    positions = upside_down(layout(graph)) if len(graph) <= LARGEST_PLACED else None
    files = export_graph(graph, target, format, positions)
    return Exported(files, graph.number_of_nodes(), graph.number_of_edges())
