"""What a network needs from the store: the statements, and the entities they are about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from extract.records import ENTITY_TYPES
from kg.dates import read_date
from kg.errors import ViewError
from kg.labels import PINYIN
from kg.resolve import PLANNED
from kg.store import Store
from kg.vocabulary import DATA, GOV

PROLOGUE = f"PREFIX graph: <{DATA}graph/>\n"

_STATEMENTS = """
SELECT ?statement ?subject ?predicate ?object ?article ?issued ?confidence ?title ?former ?modality WHERE {
  GRAPH ?article {
    ?statement rdf:subject ?s ; rdf:predicate ?predicate ; rdf:object ?o ; gov:confidence ?confidence .
    OPTIONAL { ?article dcterms:issued ?issued }
    OPTIONAL { ?statement gov:title ?title }
    OPTIONAL { ?statement gov:former ?former }
    OPTIONAL { ?statement gov:modality ?modality }
  }
  GRAPH graph:identity { ?s gov:refersTo ?subject }
  OPTIONAL { GRAPH graph:identity { ?o gov:refersTo ?object } }
}
"""
# Places of the register that no article names can still be nodes, through institutions that belong to them.
_REGISTER = "SELECT ?entity WHERE { GRAPH graph:register { ?entity a gov:Place } }"
_NAMED = "{ ?entity %s ?label } UNION { GRAPH graph:register { ?entity %s ?label } }"
_LABELS = f"SELECT ?entity ?label WHERE {{ {_NAMED % ('rdfs:label', 'rdfs:label')} }}"
_ALIASES = f"SELECT DISTINCT ?entity ?label WHERE {{ {_NAMED % ('skos:altLabel', 'skos:altLabel')} }}"
_PLACES = """
SELECT ?entity ?code ?level WHERE {
  { GRAPH graph:register { ?entity skos:notation ?code ; gov:level ?level } }
  UNION
  {
    GRAPH graph:names { ?entity gov:jurisdiction ?place }
    GRAPH graph:register { ?place skos:notation ?code ; gov:level ?level }
  }
}
"""


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement between canonical entities, by their IRIs; `object` is "" where it is a date.

    `day` is the first day its article's date can mean, "" for an article without a date.
    """

    iri: str
    subject: str
    relation: str
    object: str
    article: str
    day: str
    confidence: float
    title: str
    former: bool


@dataclass(slots=True)
class EntityLabels:
    """What a node shows of an entity, whatever the statements say of it.

    `in_articles` is false for a place that only the register knows.
    """

    type: str
    in_articles: bool = True
    label: str = ""
    pinyin: str = ""
    aliases: list[str] = field(default_factory=list)
    code: str = ""
    level: str = ""


def rows(store: Store, sparql: str, *variables: str) -> Iterator[tuple[str, ...]]:
    """Yield for each solution of a SELECT the variables as text, "" for what is not bound."""
    for terms in _solutions(store, sparql, *variables):
        yield tuple("" if term is None else term.value for term in terms)


def _solutions(
    store: Store, sparql: str, *variables: str
) -> Iterator[list[ox.NamedNode | ox.Literal | None]]:
    found = store.query(PROLOGUE + sparql)
    assert isinstance(found, ox.QuerySolutions)
    for solution in found:
        yield [solution[name] for name in variables]


def read_statements(store: Store, min_confidence: float) -> dict[str, Stated]:
    """Return the statements of at least that confidence by IRI, those of mere plans left out."""
    found: dict[str, Stated] = {}
    for iri, subject, predicate, obj, article, issued, confidence, title, former, modality in rows(
        store, _STATEMENTS, "statement", "subject", "predicate", "object",
        "article", "issued", "confidence", "title", "former", "modality",
    ):  # fmt: skip
        if modality == PLANNED or float(confidence) < min_confidence:
            continue
        relation = GOV.local_name(predicate)
        if relation is None:
            raise ViewError(
                f"the store holds the relation {predicate}, which has no relation file",
                remedy="build the store again with this version, or add the file",
            )
        date = read_date(issued)
        found[iri] = Stated(
            iri=iri,
            subject=subject,
            relation=relation,
            object=obj,
            article=article,
            day=date.earliest if date else "",
            confidence=float(confidence),
            title=title,
            former=former == "true",
        )
    return found


def read_entities(store: Store) -> dict[str, EntityLabels]:
    """Return every entity by canonical IRI: the articles' own, and the register's places they lead to.

    Code and level are those of the place itself, or of the place an institution belongs to.
    """
    entities: dict[str, EntityLabels] = {}
    for type_ in ENTITY_TYPES:
        query = f"SELECT ?entity WHERE {{ ?entity a gov:{type_} }}"
        for (iri,) in rows(store, query, "entity"):
            entities.setdefault(iri, EntityLabels(type_))
    for (iri,) in rows(store, _REGISTER, "entity"):
        entities.setdefault(iri, EntityLabels("Place", in_articles=False))
    _read_labels(store, entities)
    for iri, alias in sorted(rows(store, _ALIASES, "entity", "label")):
        if iri in entities:
            entities[iri].aliases.append(alias)
    for iri, code, level in sorted(rows(store, _PLACES, "entity", "code", "level"), reverse=True):
        if iri in entities:
            entities[iri].code, entities[iri].level = code, level
    return dict(sorted(entities.items()))


def _read_labels(store: Store, entities: dict[str, EntityLabels]) -> None:
    """Set label and pinyin; of several, which only a merge can bring about, the first in order."""
    found = []
    for entity, label in _solutions(store, _LABELS, "entity", "label"):
        if entity is not None and entity.value in entities and isinstance(label, ox.Literal):
            in_pinyin = (label.language or "").lower() == PINYIN.lower()
            found.append((entity.value, in_pinyin, label.value))
    for iri, in_pinyin, text in sorted(found, reverse=True):
        if in_pinyin:
            entities[iri].pinyin = text
        else:
            entities[iri].label = text
