"""Focus: the part of a view around the entities a reader asks about."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

import networkx as nx

from extract.errors import GovkgError
from kg.names import fold

_MOST_NAMED = 5


def entities_named(graph: nx.MultiDiGraph[str], name: str) -> list[str]:
    """Return the nodes that are called `name`: by IRI, by label, or else by an alias; sorted."""
    if name in graph:
        return [name]
    wanted = fold(name)
    labelled = [node for node, label in graph.nodes(data="label") if fold(str(label or "")) == wanted]
    if labelled:
        return sorted(labelled)
    return sorted(
        node
        for node, aliases in graph.nodes(data="aliases")
        if any(fold(alias.strip()) == wanted for alias in str(aliases or "").split(";"))
    )


def within(graph: nx.MultiDiGraph[str], start: Iterable[str], depth: int) -> dict[str, int]:
    """Return the nodes at most `depth` steps from any of `start`, and how many steps, the nearest first."""
    steps = dict.fromkeys(start, 0)
    edge = list(steps)
    for step in range(1, depth + 1):
        reached = sorted({other for node in edge for other in nx.all_neighbors(graph, node)} - steps.keys())
        steps |= dict.fromkeys(reached, step)
        edge = reached
    return steps


def focused(
    view: nx.MultiDiGraph[str],
    everything: Callable[[], nx.MultiDiGraph[str]],
    names: Sequence[str],
    depth: int,
) -> nx.MultiDiGraph[str]:
    """Return the part of the view within `depth` steps of the entities of these names.

    An entity that is no node of the view, such as a practice among persons who attended together, is
    looked up in the network that `everything` gives, and the steps to the view's nodes are counted
    there. Raises GovkgError for a name that nothing bears, with names that hold it.
    """
    kept: set[str] = set()
    whole: nx.MultiDiGraph[str] | None = None
    for name in names:
        inside = entities_named(view, name)
        if inside:
            kept.update(within(view, inside, depth))
            continue
        whole = everything() if whole is None else whole
        outside = entities_named(whole, name)
        if not outside:
            raise _unknown(name, view, whole)
        kept.update(node for node in within(whole, outside, depth) if node in view)
    if not kept:
        raise GovkgError(
            f"within {depth} steps of {'、'.join(names)} the view has nobody",
            remedy="ask for a greater --depth, for less filtering, or for --view all",
        )
    return view.subgraph(kept).copy()


def _unknown(name: str, *graphs: nx.MultiDiGraph[str]) -> GovkgError:
    return GovkgError(
        f"no entity is called {name!r}",
        remedy=_suggestion(_holding(name, graphs)) or "ask for a name as it stands in the graph, or an alias",
    )


def _holding(name: str, graphs: Collection[nx.MultiDiGraph[str]]) -> list[str]:
    wanted = fold(name)
    labels = {str(label) for graph in graphs for _, label in graph.nodes(data="label") if label}
    return sorted((label for label in labels if wanted and wanted in fold(label)), key=lambda x: (len(x), x))


def _suggestion(labels: Sequence[str]) -> str:
    if not labels:
        return ""
    more = " …" if len(labels) > _MOST_NAMED else ""
    return f"names that hold it: {'、'.join(labels[:_MOST_NAMED])}{more}"
