"""Readings: a store's statements as a reader sees them, each with the sentence that says it.

A store keeps the stretch of text that states a fact, its evidence, and what stands before and after
it in its sentence where that is stored (`oa:prefix`, `oa:suffix`). The evidence is what the page
marks; where it is all there is, the part from the first to the last mention of the fact's ends.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from kg import iris
from kg.explorer.facts import FactReading, Quotation
from kg.network_facts import rows
from kg.resolve import PLANNED
from kg.store import Store
from kg.vocabulary import GOV, RELATIONS

Span = tuple[int, int]

_IDENTITY = str(iris.IDENTITY)

_ARTICLES = """
SELECT ?article ?title ?source ?date ?url WHERE { GRAPH ?article {
  ?article a schema:NewsArticle .
  OPTIONAL { ?article dcterms:title ?title }
  OPTIONAL { ?article gov:source ?source }
  OPTIONAL { ?article dcterms:issued ?date }
  OPTIONAL { ?article schema:url ?url }
} }
"""

_STATEMENTS = f"""
SELECT ?statement ?article ?s ?subject ?relation ?o ?object ?confidence
  ?evidence ?exact ?prefix ?suffix WHERE {{
  GRAPH ?article {{
    ?statement rdf:subject ?s ; rdf:predicate ?relation ; rdf:object ?o ;
      gov:confidence ?confidence ; gov:evidence ?evidence .
    ?evidence oa:exact ?exact .
  }}
  OPTIONAL {{ GRAPH ?article {{ ?evidence oa:prefix ?prefix }} }}
  OPTIONAL {{ GRAPH ?article {{ ?evidence oa:suffix ?suffix }} }}
  GRAPH {_IDENTITY} {{ ?s gov:refersTo ?subject }}
  OPTIONAL {{ GRAPH {_IDENTITY} {{ ?o gov:refersTo ?object }} }}
}}
"""

_QUALIFIERS = """
SELECT ?statement ?qualifier ?value WHERE {
  VALUES ?qualifier { %s }
  GRAPH ?article { ?statement ?qualifier ?value ; rdf:predicate ?relation }
}
"""

_LABELS = """
SELECT ?entity ?label WHERE { ?entity rdfs:label ?label FILTER(LANGMATCHES(LANG(?label), "zh-Hans")) }
"""


@dataclass(frozen=True, slots=True)
class _Row:
    """A statement with one stretch of evidence; locals are the article's own entities."""

    statement: str
    article: str
    local_subject: str
    subject: str
    relation: str
    local_object: str
    object: str
    confidence: float
    start: int
    exact: str
    prefix: str
    suffix: str


def read_facts(store: Store, entities: Collection[str]) -> dict[str, FactReading]:
    """Return the readings of all statements about the entities, by statement IRI, in their order.

    `entities` are IRIs of canonical entities, as a network view names its nodes; a statement is about
    its subject and its object. What is only planned carries the qualifier `planned`.
    """
    wanted = set(entities)
    found = sorted(
        (row for row in _statements(store) if row.subject in wanted or row.object in wanted),
        key=lambda row: (row.article, row.statement, row.start),
    )
    articles = {
        row[0]: row[1:] for row in rows(store, _ARTICLES, "article", "title", "source", "date", "url")
    }
    labels = _labels(store)
    qualifiers = _qualifiers(store)
    readings: dict[str, FactReading] = {}
    for row in found:
        quotation = _quotation(row, articles.get(row.article, ("", "", "", "")))
        earlier = readings[row.statement].quotations if row.statement in readings else ()
        readings[row.statement] = FactReading(
            relation=row.relation,
            subject=row.subject,
            subject_label=labels.get(row.subject, row.subject),
            object=row.object,
            object_label=labels.get(row.object, row.object),
            confidence=row.confidence,
            qualifiers=qualifiers.get(row.statement, {}),
            quotations=(*earlier, quotation),
        )
    return readings


def _statements(store: Store) -> Iterator[_Row]:
    names = ("statement", "article", "s", "subject", "relation", "o", "object", "confidence", "evidence")
    for row in rows(store, _STATEMENTS, *names, "exact", "prefix", "suffix"):
        (
            statement,
            article,
            local_subject,
            subject,
            relation,
            local_object,
            object_,
            confidence,
            evidence,
            *quote,
        ) = row
        yield _Row(
            statement,
            article,
            local_subject,
            subject,
            GOV.local_name(relation) or relation,
            local_object,
            object_ or local_object,  # a date stands for itself
            float(confidence),
            iris.offsets(evidence)[0],
            *quote,
        )


def _labels(store: Store) -> dict[str, str]:
    return {row[0]: row[1] for row in sorted(set(rows(store, _LABELS, "entity", "label")), reverse=True)}


def _qualifiers(store: Store) -> dict[str, dict[str, str]]:
    declared = {name for relation in RELATIONS.values() for name in relation.qualifiers}
    terms = " ".join(str(GOV[name]) for name in sorted({*declared, "modality"}))
    found: dict[str, dict[str, str]] = {}
    for statement, qualifier, value in sorted(
        rows(store, _QUALIFIERS % terms, "statement", "qualifier", "value")
    ):
        name = GOV.local_name(qualifier) or qualifier
        if name == "modality" and value == PLANNED:
            name, value = PLANNED, "true"
        if (name, value) != ("former", "false"):
            found.setdefault(statement, {})[name] = value
    return found


def _quotation(row: _Row, article: tuple[str, ...]) -> Quotation:
    title, source, date, url = article
    start, end = len(row.prefix), len(row.prefix) + len(row.exact)
    return Quotation(
        sentence=row.prefix + row.exact + row.suffix,
        start=start,
        end=end,
        article_title=title or None,
        source=source or None,
        date=date or None,
        url=url or None,
    )
