"""Stored: reads back from the dataset what articles gave, to find what a change must touch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode, Quad

from kg import iris
from kg.dates import read_date
from kg.identity.blocks import home_of, is_block
from kg.identity.evidence import TELLING, Beside, Evidence, evidence
from kg.identity.keys import label_of
from kg.labels import CHINESE, chinese
from kg.resolve import LocalEntity, Statement
from kg.rulings import COLUMNS, FactRuling, Ruling, read_rulings
from kg.statements import FACTS
from kg.vocabulary import DATA, DCTERMS, GOV, PREFIXES, RDF, RDFS, SKOS

_NO_QUALIFIER = frozenset(("earliest", "latest", "confidence", "rule", "evidence", "context"))


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article as it stands in its graph."""

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

    def entity(self, iri: str) -> LocalEntity:
        """Return the local entity of that IRI."""
        graph = NamedNode(iri.split("#", 1)[0])
        described = list(self._db.quads_for_pattern(NamedNode(iri), None, None, graph))
        return self._entity(iri, described)

    def _entity(self, iri: str, described: list[Quad]) -> LocalEntity:
        own = self.own(iri)
        return LocalEntity(
            iri=iri,
            type=GOV.local_name(_value(_one(described, GOV.entityType))) or "",
            name=_value(_one(described, RDFS.label)),
            own=own,
            label=label_of(own),
            aliases=tuple(sorted(_value(q.object) for q in described if q.predicate == SKOS.altLabel)),
            mentions=_spans(_value(_one(described, GOV.mentions))),
            code=_value(_one(described, GOV.placeCode)) or None,
            public=_value(_one(described, GOV.publicFigure)) != "false",
            description=_value(_one(described, GOV.describedAs)) or None,
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

    def own(self, local: str) -> str:
        """Return the key a local entity has by its own article."""
        for quad in self._db.quads_for_pattern(NamedNode(local), GOV.key, None, iris.IDENTITY):
            return _value(quad.object)
        return self.refers_to(local)

    def canonical_label(self, canonical: str) -> str:
        """Return the Chinese label of a canonical entity, "" if there is none."""
        for quad in self._db.quads_for_pattern(NamedNode(canonical), RDFS.label, None, FACTS):
            if isinstance(quad.object, Literal) and (quad.object.language or "").lower() == CHINESE.lower():
                return quad.object.value
        return ""

    def locals_in(self, home: str) -> set[str]:
        """Return the local entities whose keys are at home in a block, or have that key."""
        kind, _, name = home.partition("/")
        if not is_block(home):
            found = set(self.locals_of_key(home))
        else:
            found = {
                local
                for quad in self._db.quads_for_pattern(None, GOV.comparedAs, Literal(home), iris.IDENTITY)
                for local in self.locals_of_key(_value(quad.subject))
            }
            for canonical in self._called(name, kind):
                found.update(self.locals_of(canonical))
        return {local for local in found if home_of(self.own(local)) == home}

    def locals_of_key(self, key: str) -> Iterator[str]:
        """Yield the local entities that have a key, and those that refer to it."""
        for predicate in (GOV.key, GOV.refersTo):
            for quad in self._db.quads_for_pattern(None, predicate, NamedNode(key), iris.IDENTITY):
                yield _value(quad.subject)

    def _called(self, name: str, kind: str) -> Iterator[str]:
        """Yield the canonical entities that have the name, among others perhaps."""
        for predicate in (RDFS.label, SKOS.altLabel):
            for quad in self._db.quads_for_pattern(None, predicate, chinese(name), FACTS):
                iri = _value(quad.subject)
                if iri.startswith(f"{DATA}{kind}/"):
                    yield iri

    def day(self, article: str) -> str | None:
        """Return the first day that the article's date can mean, None for one without date."""
        graph = NamedNode(article)
        for quad in self._db.quads_for_pattern(graph, GOV.earliest, None, graph):
            return _value(quad.object)
        return None

    def entities(self, article: str) -> Iterator[LocalEntity]:
        """Yield the local entities of an article."""
        for quad in self._db.quads_for_pattern(None, GOV.entityType, None, NamedNode(article)):
            yield self.entity(_value(quad.subject))

    def statements_ruled(self, ruling: FactRuling) -> Iterator[Statement]:
        """Yield the statements of the relation that a ruling on a fact may speak of, by its subject."""
        reference = ruling.subject
        if reference.article is not None:
            graph = NamedNode(f"{DATA}article/{reference.article}")
            for quad in self._db.quads_for_pattern(None, RDF.predicate, GOV[ruling.relation], graph):
                yield self.statement(_value(quad.subject))
            return
        for local in self.locals_in(home_of(f"{DATA}{reference}")):
            yield from (s for s in self.statements_with(local) if s.relation == ruling.relation)

    def rulings(self) -> list[Ruling]:
        """Return the curators' rulings, by their lines."""
        lines = sorted(
            _value(quad.object) for quad in self._db.quads_for_pattern(None, GOV.ruling, None, iris.CURATION)
        )
        return read_rulings(("\t".join(COLUMNS), *lines), "the store's rulings")

    def evidence(self, local: str, beside: Beside) -> Evidence:
        """Return what an article says of one of its entities that can tell who or what it is."""
        article = local.split("#", 1)[0]
        graph = NamedNode(article)
        about = list(self._db.quads_for_pattern(graph, DCTERMS.issued, None, graph))
        stated = (
            self.statement(_value(quad.subject))
            for quad in self._db.quads_for_pattern(None, RDF.subject, NamedNode(local), graph)
        )
        telling = [statement for statement in stated if statement.relation in TELLING]
        return evidence(self.entity(local), article, _attested(about), beside, telling, self.entity)

    def _rows(self, query: str) -> Iterator[ox.QuerySolution]:
        rows = self._db.query(query, prefixes=PREFIXES)
        assert isinstance(rows, ox.QuerySolutions)
        yield from rows


def _spans(text: str) -> tuple[tuple[int, int], ...]:
    pairs = (span.split(",") for span in text.split())
    return tuple((int(start), int(end)) for start, end in pairs)


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
