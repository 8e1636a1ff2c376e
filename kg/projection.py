"""Projection: a view of the store as a networkx graph.

A node's key is the canonical IRI, an edge's key the relation. An undirected edge stands once, its
ends in the order of their IRIs. No attribute is ever None; what is missing is "" or 0, and the years
are left out.

Nodes: label, type, pinyin, aliases (joined by "; "); place, code, level and province of where the
entity stands (see kg.whereabouts); mentions (statements about it), articles, first and last (ISO
days of the first and last article that states something about it).

Edges: relation, label, label_en, weight, direction ("directed" or "undirected"), first, last,
articles, confidence (of the best statement), statements (their IRIs, sorted).

Both: periods, when what is stated held, by the rule of the view, as ISO 8601 intervals that do not
overlap; first_year and last_year, the years they begin and end in, where they name any. The periods
of a node hold those of its edges.

Graph: view, title, title_en, nodes, nodes_en, edges, edges_en (what they mean), weight (the rule),
filters (what was asked, "" if all).

Only statements that pass the filters count, in nodes and edges alike; plans never do. In a view
with isolated nodes, an entity of no such statement is a node only where nothing is filtered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations

import msgspec
import networkx as nx

from extract.language.relations import Relation, Text
from extract.records import ENTITY_TYPES
from kg.errors import ViewError
from kg.filters import NO_FILTERS, Filters, passing
from kg.network_facts import EntityLabels, Stated, read_entities, read_statements, rows
from kg.periods import Period, merged, period_text, years
from kg.store import Store
from kg.view_files import SHARED_WEIGHTS, View, Weight, view_named
from kg.vocabulary import RELATIONS
from kg.whereabouts import Whereabouts, read_whereabouts

_FORMER = "原"
_BETWEEN_TITLES = "、"

Periods = Mapping[str, tuple[Period, ...]]


@dataclass(frozen=True, slots=True)
class ViewFacts:
    """A view and all that its graphs are made of, read from the store once.

    `periods` are those of the statements, by IRI; `rows` what the view's query found.
    """

    view: View
    statements: Mapping[str, Stated]
    periods: Periods
    entities: Mapping[str, EntityLabels]
    whereabouts: Whereabouts
    rows: Sequence[tuple[str, ...]]


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


def network(
    store: Store,
    view: str | View = "all",
    *,
    filters: Filters = NO_FILTERS,
    weight: Weight | None = None,
    one_mode: str | None = None,
) -> nx.MultiDiGraph[str]:
    """Return a view of the store as a graph, nodes and edges in the order of their IRIs.

    `view` is the name of one of ours, or a View of your own, read with `read_view`. For the other
    arguments and the errors see `project`.
    """
    return project(read_view_facts(store, view), filters, weight=weight, one_mode=one_mode)


def read_view_facts(store: Store, view: str | View = "all") -> ViewFacts:
    """Return all that a view's graphs are made of.

    Raises ViewError for a view that does not exist, giving those that do.
    """
    chosen = view_named(view) if isinstance(view, str) else view
    statements = read_statements(store)
    entities = read_entities(store)
    names = ("member", "via") if chosen.is_shared else ("source", "target")
    return ViewFacts(
        view=chosen,
        statements=statements,
        periods=_statement_periods(chosen, statements),
        entities=entities,
        whereabouts=read_whereabouts(store, entities, statements.values()),
        rows=list(rows(store, chosen.query.sparql, *names, "statement")),
    )


def project(
    facts: ViewFacts,
    filters: Filters = NO_FILTERS,
    *,
    weight: Weight | None = None,
    one_mode: str | None = None,
) -> nx.MultiDiGraph[str]:
    """Return the graph of the statements that pass the filters.

    `weight` is a rule to weigh by in place of the view's own. With `one_mode`, an entity type, the
    nodes are those of the type alone, and any two that lead to, or come from, the same node of
    another type get one undirected edge, weighed by `shared` or `shared_by_size`.

    Raises ViewError for a filter that names nothing known, a weight that does not go with the view,
    and a type that is none of the view's.
    """
    view, found = (facts.view, facts.rows) if one_mode is None else _one_mode(facts, one_mode)
    view = _weighed(view, weight)
    statements = passing(facts.statements, facts.periods, filters, facts.entities, facts.whereabouts)
    edges_of = _shared_edges if view.is_shared else _stated_edges
    edges = sorted(
        edges_of(view, found, statements), key=lambda edge: (edge.source, edge.target, edge.relation)
    )
    return _graph(facts, view, filters, statements, edges)


def _graph(
    facts: ViewFacts, view: View, filters: Filters, statements: Mapping[str, Stated], edges: Sequence[Edge]
) -> nx.MultiDiGraph[str]:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(
        view=view.name, title=view.title.zh, title_en=view.title.en,
        nodes=view.nodes.zh, nodes_en=view.nodes.en, edges=view.edges.zh, edges_en=view.edges.en,
        weight=view.weight, filters=str(filters),
    )  # fmt: skip
    about = _by_entity(statements.values())
    carried: dict[str, set[Stated]] = {}
    for edge in edges:
        for end in (edge.source, edge.target):
            carried.setdefault(end, set()).update(edge.statements)
    nodes = set(carried)
    if view.isolated:
        nodes.update(
            iri
            for iri, entity in facts.entities.items()
            if entity.in_articles and (iri in about or not filters.are_set)
        )
    for iri in sorted(nodes):
        row = _node_attributes(facts, iri, about.get(iri, ()))
        row |= _when(facts.periods, chain(about.get(iri, ()), carried.get(iri, ())))
        graph.add_node(iri, **row)
    for edge in edges:
        graph.add_edge(edge.source, edge.target, edge.relation, **_edge_attributes(edge, facts.periods))
    return graph


# When statements held.


def _statement_periods(view: View, statements: Mapping[str, Stated]) -> Periods:
    dated: dict[str, list[Stated]] = {}
    for stated in statements.values():
        if stated.own is not None:
            dated.setdefault(stated.subject, []).append(stated)
    return {iri: _periods_of(view, stated, dated) for iri, stated in statements.items()}


def _periods_of(view: View, stated: Stated, dated: Mapping[str, Sequence[Stated]]) -> tuple[Period, ...]:
    for source in view.dates.by:
        if source == "stated" and stated.held:
            return (stated.held,)
        if source == "event":
            days = [each for end in (stated.subject, stated.object) for each in dated.get(end, ())]
            # What the same article says of the day counts before what others say.
            near = [each for each in days if each.article == stated.article] or days
            if near:
                return merged(each.own for each in near if each.own)
        if source == "article" and stated.reported:
            return (stated.reported,)
    return ()


# Edges.


def _weighed(view: View, weight: Weight | None) -> View:
    if weight is None:
        return view
    if weight not in view.weights:
        raise ViewError(
            f"the view {view.name} is not weighed by {weight!r}",
            remedy=f"choose one of {', '.join(view.weights)}",
        )
    return msgspec.structs.replace(view, weight=weight)


def _one_mode(facts: ViewFacts, type_: str) -> tuple[View, Sequence[tuple[str, ...]]]:
    """Return a view that ties the nodes of a type through the others, and its rows."""
    view = facts.view
    if type_ not in ENTITY_TYPES:
        raise ViewError(f"unknown type {type_!r}", remedy=f"choose one of {', '.join(ENTITY_TYPES)}")
    if view.is_shared:
        raise ViewError(
            f"the view {view.name} ties nodes of one type already",
            remedy="leave the type out, or choose a view that leads from one type to another",
        )
    kind = {iri: entity.type for iri, entity in facts.entities.items()}
    found: list[tuple[str, ...]] = []
    for source, target, statement in facts.rows:
        for member, via in ((source, target), (target, source)):
            if kind.get(member) == type_ and kind.get(via) != type_:
                found.append((member, via, statement))
    if facts.rows and not found:
        held = sorted({kind[end] for row in facts.rows for end in row[:2] if end in kind})
        raise ViewError(
            f"the view {view.name} has no {type_} to tie", remedy=f"choose one of {', '.join(held)}"
        )
    tied = msgspec.structs.replace(
        view,
        mode="one",
        direction="undirected",
        weight=SHARED_WEIGHTS[0],
        edge=Text(zh=f"经由{view.title.zh}相连", en=f"tied through {view.title.en.lower()}"),
        edges=Text(
            zh=f"两者与同一节点相连；原网络：{view.edges.zh}",
            en=f"Both are tied to the same node; in the network tied through: {view.edges.en}",
        ),
        isolated=False,
    )
    return tied, found


def _stated_edges(
    view: View, found: Iterable[tuple[str, ...]], statements: Mapping[str, Stated]
) -> Iterator[Edge]:
    """Yield an edge for every relation stated between two ends."""
    support: dict[tuple[str, str, str], set[Stated]] = {}
    for source, target, iri in found:
        stated = statements.get(iri)
        if stated is None or source == target or not RELATIONS[stated.relation].projection.weight:
            continue
        ends = (source, target)
        if not _is_directed(view, RELATIONS[stated.relation]):
            ends = (min(ends), max(ends))
        support.setdefault((*ends, stated.relation), set()).add(stated)
    for (source, target, name), about in support.items():
        relation = RELATIONS[name]
        ordered = tuple(sorted(about, key=lambda stated: stated.iri))
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
    view: View, found: Iterable[tuple[str, ...]], statements: Mapping[str, Stated]
) -> Iterator[Edge]:
    """Yield an edge for every two members that share something."""
    members: dict[str, dict[str, set[Stated]]] = {}
    for member, via, iri in found:
        stated = statements.get(iri)
        if stated is not None and member != via and RELATIONS[stated.relation].projection.weight:
            members.setdefault(via, {}).setdefault(member, set()).add(stated)
    shared: dict[tuple[str, str], list[str]] = {}
    for via in sorted(members):
        for pair in combinations(sorted(members[via]), 2):
            shared.setdefault(pair, []).append(via)
    by_size = view.weight == "shared_by_size"
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
            weight=sum(1 / (size - 1) for size in sizes) if by_size else len(things),
            # A tie needs both its sides; the best of the ties carries the edge.
            confidence=max(min(max(s.confidence for s in side) for side in tie) for tie in ties),
            statements=tuple(sorted(support, key=lambda stated: stated.iri)),
        )


# Attributes.


def _by_entity(statements: Iterable[Stated]) -> dict[str, list[Stated]]:
    about: dict[str, list[Stated]] = {}
    for stated in statements:
        for iri in {stated.subject, stated.object} - {""}:
            about.setdefault(iri, []).append(stated)
    return about


def _node_attributes(facts: ViewFacts, iri: str, about: Iterable[Stated]) -> dict[str, object]:
    statements = list(about)
    entity, standing = facts.entities[iri], facts.whereabouts.standing(iri)
    first, last = _first_and_last(statements)
    return {
        "label": entity.label,
        "type": entity.type,
        "pinyin": entity.pinyin,
        "aliases": "; ".join(entity.aliases),
        "place": standing.place,
        "code": standing.code,
        "level": standing.level,
        "province": standing.province,
        "mentions": len(statements),
        "articles": _count_articles(statements),
        "first": first,
        "last": last,
    }


def _edge_attributes(edge: Edge, periods: Periods) -> dict[str, object]:
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
        **_when(periods, edge.statements),
    }


def _when(periods: Periods, statements: Iterable[Stated]) -> dict[str, object]:
    held = merged(period for stated in statements for period in periods[stated.iri])
    found: dict[str, object] = {"periods": [period_text(period) for period in held]}
    named = years(held)
    if named:
        found["first_year"], found["last_year"] = named
    return found


def _first_and_last(statements: Iterable[Stated]) -> tuple[str, str]:
    days = sorted(stated.day for stated in statements if stated.day)
    return (days[0], days[-1]) if days else ("", "")


def _count_articles(statements: Iterable[Stated]) -> int:
    return len({stated.article for stated in statements})
