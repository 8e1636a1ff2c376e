"""Quads about one thing: what its IRI answers to a program."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Quad

from kg import iris
from kg.entities.reading import ARTICLE, Graph, Reading, type_of, value
from kg.labels import CHINESE
from kg.statements import FACTS
from kg.vocabulary import DATA, DCTERMS, GOV, RDF, RDFS

_BACKGROUND: tuple[Graph, ...] = (FACTS, iris.REGISTER, iris.NAMES, iris.REPRINTS, iris.CURATION)


def quads_about(reading: Reading, iri: str) -> list[Quad]:
    """Return what the dataset says of a thing, in order: each graph's quads of which it is subject or object.

    With the labels of what they lead to; for an entity with the statements about it, their evidence, and
    the decisions on its identity; for an article its whole graph.
    """
    node = NamedNode(iri)
    found: set[Quad] = set()
    for graph in _BACKGROUND:
        found.update(reading.db.quads_for_pattern(node, None, None, graph))
        found.update(reading.db.quads_for_pattern(None, None, node, graph))
    if type_of(iri) == ARTICLE or iri.startswith(f"{DATA}ruling/"):
        found.update(reading.db.quads_for_pattern(None, None, None, node))
    else:
        found.update(_identity(reading, iri))
        found.update(_stated(reading, iri))
    found.update(_labels(reading, found))
    return sorted(found, key=_position)


def _identity(reading: Reading, iri: str) -> Iterator[Quad]:
    node = NamedNode(iri)
    yield from reading.db.quads_for_pattern(None, DCTERMS.isReplacedBy, node, iris.IDENTITY)
    keys = {iri}
    for local in reading.locals_of(iri):
        for quad in reading.db.quads_for_pattern(NamedNode(local), None, None, iris.IDENTITY):
            if quad.predicate == GOV.key:
                keys.add(value(quad.object))
            yield quad
    for key in keys:
        for decision in reading.subjects(GOV.pair, NamedNode(key), iris.LEDGER):
            yield from reading.db.quads_for_pattern(NamedNode(decision), None, None, iris.LEDGER)


def _stated(reading: Reading, iri: str) -> Iterator[Quad]:
    for local in reading.locals_of(iri):
        node, graph = NamedNode(local), NamedNode(local.partition("#")[0])
        yield from reading.db.quads_for_pattern(node, None, None, graph)
        statements = {s for p in (RDF.subject, RDF.object) for s in reading.subjects(p, node, graph)}
        for statement in statements:
            for quad in reading.db.quads_for_pattern(NamedNode(statement), None, None, graph):
                yield quad
                if quad.predicate in (GOV.evidence, GOV.context) and isinstance(quad.object, NamedNode):
                    yield from reading.db.quads_for_pattern(quad.object, None, None, graph)


def _labels(reading: Reading, quads: set[Quad]) -> Iterator[Quad]:
    """Yield the Chinese labels of the entities that the quads name."""
    named = {
        term.value
        for quad in quads
        for term in (quad.subject, quad.object)
        if isinstance(term, NamedNode) and type_of(term.value) not in ("", ARTICLE)
    }
    for iri in named:
        for quad in reading.db.quads_for_pattern(NamedNode(iri), RDFS.label, None, FACTS):
            if getattr(quad.object, "language", None) == CHINESE.lower():
                yield quad


def _position(quad: Quad) -> tuple[str, str, bool, str, str]:
    graph = value(quad.graph_name)
    return graph, str(quad.subject), quad.predicate != RDF.type, quad.predicate.value, str(quad.object)
