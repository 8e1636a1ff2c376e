"""Stored: reads back from the dataset what articles gave, to find what a change must touch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode, Quad

from extract.language.places import read_places
from kg import iris
from kg.dates import read_date
from kg.labels import chinese
from kg.names import canonical_name, fold
from kg.person_evidence import COMPANY_TYPES, Company, Office, person_evidence
from kg.persons import PersonEvidence
from kg.resolve import LocalEntity, Statement
from kg.statements import FACTS
from kg.vocabulary import DCTERMS, GOV, PREFIXES, RDF, RDFS, SKOS

_NO_QUALIFIER = frozenset(("earliest", "latest", "confidence", "rule", "evidence", "context"))


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article as it stands in its graph. `own` of its persons is empty: see `persons_named`."""

    iri: str
    quads: tuple[Quad, ...]
    entities: tuple[LocalEntity, ...]
    statements: tuple[Statement, ...]


class Stored:
    """What the dataset holds, as the types it was made from."""

    def __init__(self, db: ox.Store) -> None:
        """Read from a database."""
        self._db = db

    def digests(self, articles: Iterable[str]) -> dict[str, str]:
        """Return the digest of the record of each article that is stored, by article IRI."""
        found = {}
        for article in articles:
            node = NamedNode(article)
            for quad in self._db.quads_for_pattern(node, GOV.recordDigest, None, node):
                found[article] = _value(quad.object)
        return found

    def article(self, article: str) -> StoredArticle:
        """Return the article of that IRI; it has no quads if there is none."""
        graph = NamedNode(article)
        quads = tuple(self._db.quads_for_pattern(None, None, None, graph))
        nodes: dict[str, list[Quad]] = {}
        for quad in quads:
            nodes.setdefault(_value(quad.subject), []).append(quad)
        attested = _attested(nodes.get(article, []))
        entities = [
            self._entity(iri, described)
            for iri, described in nodes.items()
            if _has(described, GOV.entityType)
        ]
        statements = [
            _statement(iri, article, described, attested)
            for iri, described in nodes.items()
            if _has(described, RDF.predicate)
        ]
        return StoredArticle(article, quads, tuple(entities), tuple(statements))

    def entity(self, iri: str, own: str) -> LocalEntity:
        """Return the local entity of that IRI; `own` is the IRI it has by itself."""
        graph = NamedNode(iri.split("#", 1)[0])
        described = list(self._db.quads_for_pattern(NamedNode(iri), None, None, graph))
        return replace(self._entity(iri, described), own=own)

    def _entity(self, iri: str, described: list[Quad]) -> LocalEntity:
        kind = GOV.local_name(_value(_one(described, GOV.entityType))) or ""
        name = _value(_one(described, RDFS.label))
        code = _value(_one(described, GOV.placeCode)) or None
        return LocalEntity(
            iri=iri,
            type=kind,
            name=name,
            own="" if kind == "Person" else self.refers_to(iri),
            label=_label(kind, name, code),
            aliases=tuple(sorted(_value(q.object) for q in described if q.predicate == SKOS.altLabel)),
            code=code,
            public=_value(_one(described, GOV.publicFigure)) != "false",
        )

    def refers_to(self, local: str) -> str:
        """Return the canonical IRI of a local entity, "" if it is unknown."""
        for quad in self._db.quads_for_pattern(NamedNode(local), GOV.refersTo, None, iris.IDENTITY):
            return _value(quad.object)
        return ""

    def locals_of(self, canonical: str) -> Iterator[str]:
        """Yield the local entities that refer to the canonical IRI."""
        for quad in self._db.quads_for_pattern(None, GOV.refersTo, NamedNode(canonical), iris.IDENTITY):
            yield _value(quad.subject)

    def statements_with(self, local: str) -> Iterator[Statement]:
        """Yield the statements of which the local entity is subject or object."""
        graph = NamedNode(local.split("#", 1)[0])
        for predicate in (RDF.subject, RDF.object):
            for quad in self._db.quads_for_pattern(None, predicate, NamedNode(local), graph):
                yield self.statement(_value(quad.subject))

    def statement(self, iri: str) -> Statement:
        """Return the statement of that IRI."""
        article = iri.split("#", 1)[0]
        graph = NamedNode(article)
        described = list(self._db.quads_for_pattern(NamedNode(iri), None, None, graph))
        about = list(self._db.quads_for_pattern(graph, DCTERMS.issued, None, graph))
        return _statement(iri, article, described, _attested(about))

    def statements_between(self, subject: str, obj: str) -> Iterator[str]:
        """Yield the IRIs of statements from one canonical entity to the other."""
        for row in self._rows(
            f"SELECT ?st WHERE {{ GRAPH {iris.IDENTITY}"
            f" {{ ?s gov:refersTo <{subject}> . ?o gov:refersTo <{obj}> }}"
            " GRAPH ?g { ?st rdf:subject ?s ; rdf:object ?o } }"
        ):
            yield _value(row["st"])

    def dated_statements(self, subject: str) -> Iterator[str]:
        """Yield the IRIs of statements that give the canonical entity a date."""
        for row in self._rows(
            f"SELECT ?st WHERE {{ GRAPH {iris.IDENTITY} {{ ?s gov:refersTo <{subject}> }}"
            " GRAPH ?g { ?st rdf:subject ?s ; gov:earliest ?day } }"
        ):
            yield _value(row["st"])

    def described(self, node: NamedNode) -> set[Quad]:
        """Return what the default graph says of the node."""
        return set(self._db.quads_for_pattern(node, None, None, FACTS))

    def pointing(
        self, predicate: NamedNode, node: NamedNode, graph: NamedNode | ox.DefaultGraph
    ) -> Iterator[Quad]:
        """Yield the graph's quads that lead to the node by the predicate."""
        yield from self._db.quads_for_pattern(None, predicate, node, graph)

    def has(self, quad: Quad) -> bool:
        """Return whether the quad is stored."""
        return quad in self._db

    def about(self, node: NamedNode, graph: NamedNode) -> Iterator[Quad]:
        """Yield what the named graph says of the node."""
        yield from self._db.quads_for_pattern(node, None, None, graph)

    def persons_named(self, names: Iterable[str]) -> dict[str, dict[str, PersonEvidence]]:
        """Return the stored persons of each (folded) name, by local IRI, with what can tell them apart."""
        nodes = " ".join(str(chinese(name)) for name in names)
        found: dict[str, list[LocalEntity]] = {}
        for row in self._rows(
            f"SELECT DISTINCT ?l ?n ?name ?public WHERE {{ VALUES ?n {{ {nodes} }}"
            " ?c rdfs:label ?n ; a gov:Person ."
            f" GRAPH {iris.IDENTITY} {{ ?l gov:refersTo ?c }}"
            " GRAPH ?g { ?l rdfs:label ?name } OPTIONAL { GRAPH ?g { ?l gov:publicFigure ?public } } }"
        ):
            name = _value(row["n"])
            person = LocalEntity(
                _value(row["l"]), "Person", _value(row["name"]), "", name, public=row["public"] is None
            )
            found.setdefault(name, []).append(person)
        people = [person for persons in found.values() for person in persons]
        offices = self._offices([person.iri for person in people])
        company = self._company([person.iri for person in people if person.iri not in offices])
        return {
            name: {
                person.iri: person_evidence(person, offices.get(person.iri, []), company.get(person.iri, []))
                for person in persons
            }
            for name, persons in found.items()
        }

    def _offices(self, persons: list[str]) -> dict[str, list[Office]]:
        offices: dict[str, list[Office]] = {}
        if not persons:
            return offices
        for row in self._rows(
            f"SELECT ?l ?c ?type ?name ?code ?former ?modality WHERE {{ VALUES ?l {{ {_nodes(persons)} }}"
            " GRAPH ?g { ?st rdf:subject ?l ; rdf:predicate gov:holdsPost ; rdf:object ?o ."
            " ?o gov:entityType ?type ; rdfs:label ?name }"
            f" GRAPH {iris.IDENTITY} {{ ?o gov:refersTo ?c }}"
            " OPTIONAL { GRAPH ?g { ?o gov:placeCode ?code } }"
            " OPTIONAL { GRAPH ?g { ?st gov:former ?former } }"
            " OPTIONAL { GRAPH ?g { ?st gov:modality ?modality } } }"
        ):
            if _value(row["modality"]) == "planned":
                continue
            kind = GOV.local_name(_value(row["type"])) or ""
            code = _value(row["code"]) or None
            label = _label(kind, _value(row["name"]), code)
            former = _value(row["former"]) == "true"
            office = Office(_value(row["c"]), kind, label, code, former)
            offices.setdefault(_value(row["l"]), []).append(office)
        return offices

    def _company(self, persons: list[str]) -> dict[str, list[Company]]:
        company: dict[str, list[Company]] = {}
        if not persons:
            return company
        for row in self._rows(
            f"SELECT ?l ?c ?type ?code WHERE {{ VALUES ?l {{ {_nodes(persons)} }}"
            " GRAPH ?g { ?l gov:entityType gov:Person . ?x gov:entityType ?type }"
            f" GRAPH {iris.IDENTITY} {{ ?x gov:refersTo ?c }}"
            " OPTIONAL { GRAPH ?g { ?x gov:placeCode ?code } } }"
        ):
            kind = GOV.local_name(_value(row["type"])) or ""
            if kind in COMPANY_TYPES:
                beside = Company(_value(row["c"]), kind, _value(row["code"]) or None)
                company.setdefault(_value(row["l"]), []).append(beside)
        return company

    def _rows(self, query: str) -> Iterator[ox.QuerySolution]:
        rows = self._db.query(query, prefixes=PREFIXES)
        assert isinstance(rows, ox.QuerySolutions)
        yield from rows


def _nodes(iris_: Iterable[str]) -> str:
    return " ".join(f"<{iri}>" for iri in iris_)


def _label(kind: str, name: str, code: str | None) -> str:
    """The canonical label, as resolve gives it."""
    if kind == "Person":
        return fold(name)
    if kind == "Place" and code is not None:
        place = read_places().get(code)
        if place is not None:
            return place.name
    return canonical_name(kind, name)


def _statement(iri: str, article: str, described: list[Quad], attested: str | None) -> Statement:
    obj = _one(described, RDF.object)
    dated = isinstance(obj, Literal)
    return Statement(
        iri=iri,
        article=article,
        subject=_value(_one(described, RDF.subject)),
        relation=GOV.local_name(_value(_one(described, RDF.predicate))) or "",
        object=None if dated else _value(obj),
        date=read_date(_value(obj)) if dated else None,
        qualifiers=_qualifiers(described),
        attested=attested,
    )


def _qualifiers(described: list[Quad]) -> dict[str, str]:
    found = {}
    for quad in described:
        name = GOV.local_name(_value(quad.predicate))
        if name is not None and name not in _NO_QUALIFIER:
            found[name] = _value(quad.object)
    return found


def _attested(about: list[Quad]) -> str | None:
    date = read_date(_value(_one(about, DCTERMS.issued)))
    return date.earliest if date else None


def _has(described: list[Quad], predicate: NamedNode) -> bool:
    return any(quad.predicate == predicate for quad in described)


def _one(described: list[Quad], predicate: NamedNode) -> ox.NamedNode | ox.Literal | None:
    for quad in described:
        if quad.predicate == predicate and isinstance(quad.object, (NamedNode, Literal)):
            return quad.object
    return None


def _value(term: object) -> str:
    return term.value if isinstance(term, (NamedNode, Literal)) else ""
