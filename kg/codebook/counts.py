"""What a store holds of each class, relation and rule."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode

from extract.records import ENTITY_TYPES
from kg import iris
from kg.labels import CHINESE
from kg.resolve import PLANNED
from kg.statements import FACTS
from kg.terms import boolean
from kg.vocabulary import GOV, RDF, RDFS, RELATIONS

_EXAMPLES = 8


@dataclass(slots=True)
class RelationCount:
    """Statements of a relation, the articles that make them, distinct facts between entities, plans."""

    statements: int = 0
    articles: set[str] = field(default_factory=set)
    facts: int = 0
    planned: int = 0


@dataclass(slots=True)
class Counts:
    """Counts by class, by relation and by rule, and for each class what most is said of."""

    articles: int = 0
    classes: dict[str, int] = field(default_factory=dict)
    examples: dict[str, list[str]] = field(default_factory=dict)
    relations: dict[str, RelationCount] = field(default_factory=dict)
    rules: Counter[str] = field(default_factory=Counter)


def count(db: ox.Store) -> Counts:
    """Return what a dataset holds; private people are counted and not named."""
    counts = Counts(articles=sum(1 for _ in db.quads_for_pattern(None, GOV.recordDigest, None, None)))
    counts.relations = {name: RelationCount() for name in RELATIONS}
    for quad in db.quads_for_pattern(None, RDF.predicate, None, None):
        counted = counts.relations.get(GOV.local_name(_value(quad.object)) or "")
        if counted is not None:
            counted.statements += 1
            counted.articles.add(_value(quad.subject).partition("#")[0])
    for name, counted in counts.relations.items():
        counted.facts = sum(1 for _ in db.quads_for_pattern(None, GOV[name], None, FACTS))
        if RELATIONS[name].symmetric:
            counted.facts //= 2
    for quad in db.quads_for_pattern(None, GOV.modality, Literal(PLANNED), None):
        for stated in db.quads_for_pattern(quad.subject, RDF.predicate, None, None):
            counts.relations[GOV.local_name(_value(stated.object)) or ""].planned += 1
    for quad in db.quads_for_pattern(None, GOV.rule, None, None):
        counts.rules[_value(quad.object)] += 1
    _count_classes(db, counts)
    return counts


def _count_classes(db: ox.Store, counts: Counts) -> None:
    spoken = Counter(
        _value(quad.object) for quad in db.quads_for_pattern(None, GOV.refersTo, None, iris.IDENTITY)
    )
    private = {
        _value(quad.subject) for quad in db.quads_for_pattern(None, GOV.publicFigure, boolean(False), FACTS)
    }
    for kind in ENTITY_TYPES:
        found = [_value(q.subject) for q in db.quads_for_pattern(None, RDF.type, GOV[kind], FACTS)]
        counts.classes[kind] = len(found)
        best = sorted((iri for iri in found if iri not in private), key=lambda iri: (-spoken[iri], iri))
        counts.examples[kind] = [_label(db, iri) for iri in best[:_EXAMPLES]]


def _label(db: ox.Store, iri: str) -> str:
    found = [
        quad.object
        for quad in db.quads_for_pattern(NamedNode(iri), RDFS.label, None, FACTS)
        if isinstance(quad.object, Literal) and quad.object.language == CHINESE.lower()
    ]
    return min((label.value for label in found), default=iri)


def _value(term: object) -> str:
    return term.value if isinstance(term, (NamedNode, Literal)) else ""
