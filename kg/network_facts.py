"""What a network needs from the store: the statements, and the entities they are about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from extract.records import ENTITY_TYPES
from kg.answering import Answering
from kg.dates import read_date
from kg.errors import ViewError
from kg.iris import offsets
from kg.labels import PINYIN
from kg.periods import Period, period_between
from kg.resolve import PLANNED
from kg.store import Store
from kg.vocabulary import DATA, GOV

PROLOGUE = f"PREFIX graph: <{DATA}graph/>\n"

_STATEMENTS = """
SELECT ?statement ?subject ?predicate ?object ?article ?confidence ?title ?former ?modality WHERE {
  GRAPH ?article {
    ?statement rdf:subject ?s ; rdf:predicate ?predicate ; rdf:object ?o ; gov:confidence ?confidence .
    OPTIONAL { ?statement gov:title ?title }
    OPTIONAL { ?statement gov:former ?former }
    OPTIONAL { ?statement gov:modality ?modality }
  }
  GRAPH graph:identity { ?s gov:refersTo ?subject }
  OPTIONAL { GRAPH graph:identity { ?o gov:refersTo ?object } }
}
"""
_ARTICLES = """
SELECT ?article ?issued ?source WHERE { GRAPH ?article {
  ?article a schema:NewsArticle .
  OPTIONAL { ?article dcterms:issued ?issued }
  OPTIONAL { ?article gov:source ?source }
} }
"""
# The days of an object that is a date.
_DAYS = """
SELECT ?statement ?first ?last WHERE {
  GRAPH ?article { ?statement rdf:predicate ?predicate ; gov:earliest ?first ; gov:latest ?last }
}
"""
# Bounds of a period: of relations that declare these qualifiers.
_BOUND = (
    "SELECT ?statement ?date WHERE { GRAPH ?article { ?statement rdf:predicate ?predicate ; gov:%s ?date } }"
)
# Places of the register that no article names can still be nodes, through institutions that belong to them.
_REGISTER = "SELECT ?entity WHERE { GRAPH graph:register { ?entity a gov:Place } }"
_NAMED = "{ ?entity %s ?label } UNION { GRAPH graph:register { ?entity %s ?label } }"
_LABELS = f"SELECT ?entity ?label WHERE {{ {_NAMED % ('rdfs:label', 'rdfs:label')} }}"
_ALIASES = f"SELECT DISTINCT ?entity ?label WHERE {{ {_NAMED % ('skos:altLabel', 'skos:altLabel')} }}"
_PLACES = """
SELECT ?place ?code ?level ?parent WHERE {
  GRAPH graph:register { ?place skos:notation ?code ; gov:level ?level }
  OPTIONAL { GRAPH graph:register { ?place schema:containedInPlace ?parent } }
}
"""
_SENTENCES = """
SELECT ?statement ?evidence ?prefix ?exact ?suffix WHERE {
  GRAPH ?article { ?statement gov:evidence ?evidence . ?evidence oa:exact ?exact }
  OPTIONAL { GRAPH ?article { ?evidence oa:prefix ?prefix } }
  OPTIONAL { GRAPH ?article { ?evidence oa:suffix ?suffix } }
}
"""
_JURISDICTIONS = (
    "SELECT ?institution ?place WHERE { GRAPH graph:names { ?institution gov:jurisdiction ?place } }"
)


@dataclass(frozen=True, slots=True, eq=False)
class Stated:
    """A statement between canonical entities, by their IRIs; `object` is "" where it is a date.

    `reported` are the days its article's date can mean, `own` the days of an object that is a date,
    `held` the period that the statement itself gives with `from` and `until`; None where there is
    none. `source` is the article's, "" where it has none.
    """

    iri: str
    subject: str
    relation: str
    object: str
    article: str
    source: str
    confidence: float
    title: str = ""
    former: bool = False
    reported: Period | None = None
    own: Period | None = None
    held: Period | None = None

    @property
    def day(self) -> str:
        """The first day its article's date can mean, "" for an article without a date."""
        return self.reported[0] if self.reported else ""


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


@dataclass(frozen=True, slots=True)
class RegisterPlace:
    """What the register says of a place; `parent` is the IRI of the place around it, "" for none."""

    code: str
    level: str
    parent: str


def rows(store: Answering, sparql: str, *variables: str) -> Iterator[tuple[str, ...]]:
    """Yield for each solution of a SELECT the variables as text, "" for what is not bound."""
    for terms in _solutions(store, sparql, *variables):
        yield tuple("" if term is None else term.value for term in terms)


def _solutions(
    store: Answering, sparql: str, *variables: str
) -> Iterator[list[ox.NamedNode | ox.Literal | None]]:
    found = store.query(PROLOGUE + sparql)
    assert isinstance(found, ox.QuerySolutions)
    for solution in found:
        yield [solution[name] for name in variables]


def read_statements(store: Store) -> dict[str, Stated]:
    """Return the statements by IRI, those of mere plans left out."""
    articles = {article: about for article, *about in rows(store, _ARTICLES, "article", "issued", "source")}
    days = {iri: (first, last) for iri, first, last in rows(store, _DAYS, "statement", "first", "last")}
    from_, until = _bounds(store, "from"), _bounds(store, "until")
    found: dict[str, Stated] = {}
    for iri, subject, predicate, obj, article, confidence, title, former, modality in rows(
        store, _STATEMENTS, "statement", "subject", "predicate", "object", "article", "confidence",
        "title", "former", "modality",
    ):  # fmt: skip
        if modality == PLANNED:
            continue
        relation = GOV.local_name(predicate)
        if relation is None:
            raise ViewError(
                f"the store holds the relation {predicate}, which has no relation file",
                remedy="build the store again with this version, or add the file",
            )
        issued, source = articles.get(article, ("", ""))
        date = read_date(issued)
        reported = (date.earliest, date.latest) if date else None
        found[iri] = Stated(
            iri=iri,
            subject=subject,
            relation=relation,
            object=obj,
            article=article,
            source=source,
            confidence=float(confidence),
            title=title,
            former=former == "true",
            reported=reported,
            own=days.get(iri),
            held=_held(from_.get(iri, ""), until.get(iri, ""), reported),
        )
    return found


def _bounds(store: Store, bound: str) -> dict[str, str]:
    return {row[0]: row[1] for row in rows(store, _BOUND % bound, "statement", "date")}


def _held(from_: str, until: str, reported: Period | None) -> Period | None:
    """Return the stated period; one without a stated end is known to last until it is reported."""
    period = period_between(from_, until)
    if period and period[0] and not period[1] and reported and reported[1] >= period[0]:
        return period[0], reported[1]
    return period


def read_entities(store: Store) -> dict[str, EntityLabels]:
    """Return every entity by canonical IRI: the articles' own, and the register's places they lead to."""
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


def read_register(store: Store) -> dict[str, RegisterPlace]:
    """Return the register's places that the store uses by IRI, in the order of the IRIs."""
    found = sorted(rows(store, _PLACES, "place", "code", "level", "parent"), reverse=True)
    places = {iri: RegisterPlace(code, level, parent) for iri, code, level, parent in found}
    return dict(sorted(places.items()))


def read_jurisdictions(store: Store) -> dict[str, list[str]]:
    """Return the places that institutions belong to by their names, by institution."""
    found: dict[str, list[str]] = {}
    for institution, place in sorted(rows(store, _JURISDICTIONS, "institution", "place")):
        found.setdefault(institution, []).append(place)
    return found


def read_sentences(store: Store, statements: Iterable[str]) -> dict[str, str]:
    """Return the sentence that states each of the statements, the first where there are several."""
    found: dict[str, str] = {}
    wanted = set(statements)
    if not wanted:
        return found
    columns = ("statement", "evidence", "prefix", "exact", "suffix")
    told = sorted(rows(store, _SENTENCES, *columns), key=_by_start)
    for iri, _, prefix, exact, suffix in told:
        if iri in wanted:
            found.setdefault(iri, prefix + exact + suffix)
    return found


def _by_start(row: tuple[str, ...]) -> tuple[str, int]:
    return row[0], offsets(row[1])[0]
