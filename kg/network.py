"""Networks: a view of the store as a networkx graph.

A node's key is the canonical IRI, an edge's key the relation; no attribute is ever None, what is
missing is "" or 0.

Nodes: label, type, pinyin, aliases (joined by "; "), code, level (of the place, or of the place an
institution belongs to), mentions (statements about it), articles, first and last (ISO days of the
first and last article that states something about it).

Edges: relation, label, label_en, weight, direction ("directed" or "undirected"), first, last,
articles, confidence (of the best statement), statements (their IRIs, sorted). An undirected edge
stands once, its ends in the order of their IRIs.

Graph: view, title, title_en.

Only statements of at least `min_confidence` count, in nodes and edges alike; plans never do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

import networkx as nx

from extract.language.relations import Relation, Text, read_relations
from kg.network_facts import EntityLabels, Stated, read_entities, read_statements, rows
from kg.store import Store
from kg.view_files import View, view_named

_FORMER = "原"
_BETWEEN_TITLES = "、"


@dataclass(frozen=True, slots=True)
class Edge:
    """One edge before it is weighed and described: its ends, its relation, what supports it."""

    source: str
    target: str
    relation: str
    label: Text
    directed: bool
    weight: float
    confidence: float
    statements: tuple[Stated, ...]


def network(store: Store, view: str | View = "all", *, min_confidence: float = 0.0) -> nx.MultiDiGraph[str]:
    """Return a view of the store as a graph, nodes and edges in the order of their IRIs.

    `view` is the name of one of ours, or a View of your own, read with `read_view`. Raises
    ViewError for a name that does not exist, giving those that do.
    """
    chosen = view_named(view) if isinstance(view, str) else view
    relations = read_relations()
    statements = read_statements(store, min_confidence)
    found = _shared_edges if chosen.is_shared else _stated_edges
    edges = sorted(
        found(store, chosen, relations, statements),
        key=lambda edge: (edge.source, edge.target, edge.relation),
    )
    entities = read_entities(store)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(
        view=chosen.name, title=chosen.title.zh, title_en=chosen.title.en
    )
    nodes = {end for edge in edges for end in (edge.source, edge.target)}
    if chosen.isolated:
        nodes.update(iri for iri, entity in entities.items() if entity.in_articles)
    about = _by_entity(statements.values())
    for iri in sorted(nodes):
        graph.add_node(iri, **_node_attributes(entities[iri], about.get(iri, ())))
    for edge in edges:
        graph.add_edge(edge.source, edge.target, edge.relation, **_edge_attributes(edge))
    return graph


def _stated_edges(
    store: Store, view: View, relations: Mapping[str, Relation], statements: Mapping[str, Stated]
) -> Iterator[Edge]:
    """Yield an edge for every relation stated between two ends."""
    support: dict[tuple[str, str, str], set[Stated]] = {}
    for source, target, iri in rows(store, view.query.sparql, "source", "target", "statement"):
        stated = statements.get(iri)
        if stated is None or source == target or not relations[stated.relation].projection.weight:
            continue
        ends = (source, target)
        if not _is_directed(view, relations[stated.relation]):
            ends = (min(ends), max(ends))
        support.setdefault((*ends, stated.relation), set()).add(stated)
    for (source, target, name), found in support.items():
        relation = relations[name]
        ordered = tuple(sorted(found, key=lambda stated: stated.iri))
        yield Edge(
            source=source,
            target=target,
            relation=name,
            label=_label(relation, source, ordered),
            directed=_is_directed(view, relation),
            weight=_count_articles(ordered) if view.weight == "articles" else relation.projection.weight,
            confidence=max(stated.confidence for stated in ordered),
            statements=ordered,
        )


def _is_directed(view: View, relation: Relation) -> bool:
    return not relation.symmetric if view.direction == "relation" else view.direction == "directed"


def _label(relation: Relation, source: str, statements: Iterable[Stated]) -> Text:
    """Return what the edge says: the titles of an office, else the relation read from its source."""
    titles = sorted({(stated.former, stated.title) for stated in statements if stated.title})
    if titles:
        joined = _BETWEEN_TITLES.join(f"{_FORMER}{title}" if former else title for former, title in titles)
        return Text(zh=joined, en=relation.label.en)
    inverse = relation.inverse
    if inverse is not None and all(stated.object == source for stated in statements):
        return Text(zh=inverse.zh, en=inverse.en)
    return relation.label


def _shared_edges(
    store: Store, view: View, relations: Mapping[str, Relation], statements: Mapping[str, Stated]
) -> Iterator[Edge]:
    """Yield an edge for every two members that share something."""
    members: dict[str, dict[str, set[Stated]]] = {}
    for member, via, iri in rows(store, view.query.sparql, "member", "via", "statement"):
        stated = statements.get(iri)
        if stated is not None and member != via and relations[stated.relation].projection.weight:
            members.setdefault(via, {}).setdefault(member, set()).add(stated)
    shared: dict[tuple[str, str], list[str]] = {}
    for via in sorted(members):
        for pair in combinations(sorted(members[via]), 2):
            shared.setdefault(pair, []).append(via)
    for (one, other), things in shared.items():
        ties = [(members[via][one], members[via][other]) for via in things]
        sizes = [len(members[via]) for via in things]
        support = {stated for tie in ties for side in tie for stated in side}
        assert view.edge is not None
        yield Edge(
            source=one,
            target=other,
            relation=view.name,
            label=view.edge,
            directed=False,
            weight=sum(1 / (size - 1) for size in sizes) if view.weight == "shared_by_size" else len(things),
            # A tie needs both its sides; the best of the ties carries the edge.
            confidence=max(min(max(s.confidence for s in side) for side in tie) for tie in ties),
            statements=tuple(sorted(support, key=lambda stated: stated.iri)),
        )


def _by_entity(statements: Iterable[Stated]) -> dict[str, list[Stated]]:
    about: dict[str, list[Stated]] = {}
    for stated in statements:
        for iri in {stated.subject, stated.object} - {""}:
            about.setdefault(iri, []).append(stated)
    return about


def _node_attributes(entity: EntityLabels, about: Iterable[Stated]) -> dict[str, object]:
    statements = list(about)
    first, last = _first_and_last(statements)
    return {
        "label": entity.label,
        "type": entity.type,
        "pinyin": entity.pinyin,
        "aliases": "; ".join(entity.aliases),
        "code": entity.code,
        "level": entity.level,
        "mentions": len(statements),
        "articles": _count_articles(statements),
        "first": first,
        "last": last,
    }


def _edge_attributes(edge: Edge) -> dict[str, object]:
    first, last = _first_and_last(edge.statements)
    return {
        "relation": edge.relation,
        "label": edge.label.zh,
        "label_en": edge.label.en,
        "weight": float(edge.weight),
        "direction": "directed" if edge.directed else "undirected",
        "first": first,
        "last": last,
        "articles": _count_articles(edge.statements),
        "confidence": edge.confidence,
        "statements": [stated.iri for stated in edge.statements],
    }


def _first_and_last(statements: Iterable[Stated]) -> tuple[str, str]:
    days = sorted(stated.day for stated in statements if stated.day)
    return (days[0], days[-1]) if days else ("", "")


def _count_articles(statements: Iterable[Stated]) -> int:
    return len({stated.article for stated in statements})
