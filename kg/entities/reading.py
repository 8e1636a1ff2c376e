"""Reading: what things of a dataset are called and which articles there are, each looked up once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode

from extract.records import ENTITY_TYPES
from kg import iris
from kg.identity.keys import label_of
from kg.labels import CHINESE, PINYIN
from kg.statements import FACTS
from kg.vocabulary import DATA, DCTERMS, GOV, RDF, RDFS, SCHEMA, SKOS

Graph = NamedNode | ox.DefaultGraph

TYPE_OF_PATH = {kind.lower(): kind for kind in ENTITY_TYPES}
"""The entity type by what stands for it in IRIs."""

POST = "Post"
ARTICLE = "Article"


@dataclass(frozen=True, slots=True)
class Named:
    """A thing that has a page: its IRI, what it is called, and its type ("" where it has none)."""

    iri: str
    label: str
    type: str = ""


@dataclass(frozen=True, slots=True)
class ArticleAbout:
    """What is known of an article, "" for what is not; `reprint_of` is the first printing of its text.

    A curator's ruling stands here too, as the source of what it states: then `is_ruling`.
    """

    iri: str
    id: str
    title: str = ""
    source: str = ""
    date: str = ""
    day: str = ""
    url: str = ""
    reprint_of: str = ""
    is_ruling: bool = False


class Reading:
    """A dataset being read for pages; remembers labels and articles, so keep it no longer than one state."""

    def __init__(self, db: ox.Store) -> None:
        """Read from a database."""
        self.db = db
        self._named: dict[str, Named] = {}
        self._articles: dict[str, ArticleAbout] = {}

    def objects(
        self, node: NamedNode, predicate: NamedNode, graph: Graph = FACTS
    ) -> Iterator[NamedNode | Literal]:
        """Yield the objects of a node by a predicate in a graph."""
        for quad in self.db.quads_for_pattern(node, predicate, None, graph):
            if isinstance(quad.object, (NamedNode, Literal)):
                yield quad.object

    def subjects(self, predicate: NamedNode, obj: NamedNode, graph: Graph = FACTS) -> Iterator[str]:
        """Yield the IRIs that lead to a node by a predicate in a graph."""
        for quad in self.db.quads_for_pattern(None, predicate, obj, graph):
            yield value(quad.subject)

    def one(self, node: NamedNode, predicate: NamedNode, graph: Graph = FACTS) -> str:
        """Return the least of the values of a node by a predicate in a graph, "" without any."""
        return min((term.value for term in self.objects(node, predicate, graph)), default="")

    def described(self, node: NamedNode, graph: Graph) -> dict[NamedNode, list[str]]:
        """Return all values of a node in a graph by predicate."""
        found: dict[NamedNode, list[str]] = {}
        for quad in self.db.quads_for_pattern(node, None, None, graph):
            found.setdefault(quad.predicate, []).append(value(quad.object))
        return found

    def named(self, iri: str) -> Named:
        """Return what the thing of that IRI is called, by itself, its article or at least its key."""
        if iri not in self._named:
            kind = type_of(iri)
            self._named[iri] = Named(iri, self._label(iri, kind), kind)
        return self._named[iri]

    def _label(self, iri: str, kind: str) -> str:
        if kind == ARTICLE:
            about = self.article(iri)
            return about.title or about.id
        for graph in (FACTS, iris.REGISTER, iris.NAMES):
            labels = self.labels(iri, RDFS.label, graph)
            if labels:
                return labels[0]
        return label_of(iri) if kind else iri.removeprefix(DATA)

    def labels(self, iri: str, predicate: NamedNode, graph: Graph = FACTS) -> list[str]:
        """Return the Chinese labels of a thing by `rdfs:label` or `skos:altLabel`, in order."""
        return sorted(
            term.value
            for term in self.objects(NamedNode(iri), predicate, graph)
            if isinstance(term, Literal) and (term.language or "").lower() == CHINESE.lower()
        )

    def pinyin(self, iri: str) -> str:
        """Return the label in pinyin, "" if there is none."""
        return min(
            (
                term.value
                for graph in (FACTS, iris.REGISTER)
                for term in self.objects(NamedNode(iri), RDFS.label, graph)
                if isinstance(term, Literal) and (term.language or "").lower() == PINYIN.lower()
            ),
            default="",
        )

    def is_known(self, iri: str) -> bool:
        """Return whether the dataset says of the IRI what it is."""
        node = NamedNode(iri)
        graphs: tuple[Graph, ...] = (FACTS, iris.REGISTER, iris.NAMES, node)
        return any(any(self.objects(node, RDF.type, graph)) for graph in graphs)

    def refers_to(self, local: str) -> str:
        """Return the canonical IRI of a local entity, "" if there is none."""
        return self.one(NamedNode(local), GOV.refersTo, iris.IDENTITY)

    def locals_of(self, canonical: str) -> list[str]:
        """Return the local entities that an entity stands for, in order."""
        return sorted(self.subjects(GOV.refersTo, NamedNode(canonical), iris.IDENTITY))

    def article(self, iri: str) -> ArticleAbout:
        """Return what is known of the article, or of the ruling, of that IRI."""
        if iri not in self._articles:
            self._articles[iri] = self._ruling(iri) if is_ruling(iri) else self._article(iri)
        return self._articles[iri]

    def _article(self, iri: str) -> ArticleAbout:
        node = NamedNode(iri)
        said = self.described(node, node)

        def first(predicate: NamedNode) -> str:
            return min(said.get(predicate, [""]))

        return ArticleAbout(
            iri=iri,
            id=first(DCTERMS.identifier),
            title=first(DCTERMS.title),
            source="、".join(sorted(said.get(GOV.source, []))),
            date=first(DCTERMS.issued),
            day=first(GOV.earliest),
            url=first(SCHEMA.url),
            reprint_of=self.one(node, GOV.reprintOf, iris.REPRINTS),
        )

    def _ruling(self, iri: str) -> ArticleAbout:
        node = NamedNode(iri)
        day = self.one(node, GOV.decidedOn, node)
        return ArticleAbout(
            iri=iri,
            id=iri.removeprefix(DATA),
            title=self.one(node, DCTERMS.source, node),
            source=self.one(node, DCTERMS.creator, node),
            date=day,
            day=day,
            is_ruling=True,
        )

    def aliases(self, iri: str) -> list[str]:
        """Return the other names of a thing, its labels left out."""
        labels = set(self.labels(iri, RDFS.label)) | set(self.labels(iri, RDFS.label, iris.REGISTER))
        found = set(self.labels(iri, SKOS.altLabel)) | set(self.labels(iri, SKOS.altLabel, iris.REGISTER))
        return sorted(found - labels)


def value(term: object) -> str:
    """Return an IRI or the text of a literal, "" for anything else."""
    return term.value if isinstance(term, (NamedNode, Literal)) else ""


def type_of(iri: str) -> str:
    """Return the type that an IRI of ours names: an entity type, Post, Article, or "".

    >>> type_of("https://w3id.org/governance-kg/person/唐盛利@甘肃省委政法委")
    'Person'
    """
    path, _, rest = iri.removeprefix(DATA).partition("/")
    if not iri.startswith(DATA) or not rest:
        return ""
    if path == "post":
        return POST
    if path == "article":
        return "" if "#" in rest else ARTICLE
    return TYPE_OF_PATH.get(path, "")


def is_ruling(iri: str) -> bool:
    """Return whether the IRI is that of a curator's ruling."""
    return iri.startswith(f"{DATA}ruling/")
