"""The terms this project writes and reads, as closed namespaces: a misspelt term raises.

`GOV` holds the project's own terms: the core listed here, and the relations, inverses and
qualifiers that the relation files declare. The other namespaces list only the terms in use.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode

from extract.language.relations import read_relations
from extract.records import ENTITY_TYPES
from kg.errors import VocabularyError

ONTOLOGY = "https://w3id.org/governance-kg/ontology#"
DATA = "https://w3id.org/governance-kg/"

CORE_CLASSES = (*ENTITY_TYPES, "LocalEntity")
CORE_PROPERTIES = (
    # identity: what an article said, and who we think it means
    "refersTo",
    "entityType",
    "mentions",
    "key",
    "comparedAs",
    "describedAs",
    # the ledger of decisions on identity
    "pair",
    "verdict",
    "score",
    "because",
    "decidedBy",
    "decidedOn",
    # curation
    "ruling",
    "ruledWrong",
    # provenance of a statement
    "evidence",
    "context",
    "rule",
    "confidence",
    "modality",
    # offices
    "formerlyHeldPost",
    "affiliatedWith",
    "post",
    "firstAttested",
    "lastAttested",
    "firstAttestedIn",
    "lastAttestedIn",
    "gapFrom",
    "gapUntil",
    # time
    "earliest",
    "latest",
    # entities
    "jurisdiction",
    "publicFigure",
    "level",
    "kind",
    "placeCode",
    "validFrom",
    "validUntil",
    "successor",
    # articles
    "source",
    "author",
    "editor",
    "sha256",
    "recordDigest",
    # reprints
    "textSignature",
    "reprintOf",
)


class ClosedNamespace:
    """The terms under one base IRI; asking for any other raises VocabularyError with the nearest ones."""

    def __init__(self, prefix: str, base: str, terms: Iterable[str]) -> None:
        """Make the namespace of the terms under a base IRI."""
        self.prefix = prefix
        self.base = base
        self._terms = {term: NamedNode(base + term) for term in terms}

    def __getitem__(self, name: str) -> NamedNode:
        """Return the term of that name."""
        try:
            return self._terms[name]
        except KeyError:
            near = difflib.get_close_matches(name, self._terms, n=3)
            raise VocabularyError(
                f"{self.prefix}: has no term {name!r}",
                remedy=f"did you mean {' or '.join(near)}?" if near else "declare it in kg/vocabulary.py",
            ) from None

    def __getattr__(self, name: str) -> NamedNode:
        """Return the term of that name."""
        if name.startswith("__"):
            raise AttributeError(name)
        return self[name]

    def __contains__(self, name: object) -> bool:
        """Tell whether there is a term of that name."""
        return name in self._terms

    def __iter__(self) -> Iterator[str]:
        """Yield the names of the terms."""
        return iter(self._terms)

    def local_name(self, iri: str) -> str | None:
        """Return the term's name if the IRI is one of this namespace, else None."""
        name = iri.removeprefix(self.base)
        return name if name != iri and name in self._terms else None


RELATIONS = read_relations()
"""Every relation by name, as its file describes it."""


def _relation_terms() -> Iterator[str]:
    for relation in RELATIONS.values():
        yield relation.name
        if relation.inverse is not None:
            yield relation.inverse.name
        yield from relation.qualifiers


GOV = ClosedNamespace("gov", ONTOLOGY, dict.fromkeys((*CORE_CLASSES, *CORE_PROPERTIES, *_relation_terms())))
RDF = ClosedNamespace(
    "rdf",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    ("type", "subject", "predicate", "object"),
)
RDFS = ClosedNamespace("rdfs", "http://www.w3.org/2000/01/rdf-schema#", ("label",))
XSD = ClosedNamespace(
    "xsd",
    "http://www.w3.org/2001/XMLSchema#",
    (
        "boolean",
        "integer",
        "decimal",
        "double",
        "string",
        "date",
        "gYearMonth",
        "gYear",
        "anyURI",
        "hexBinary",
    ),
)
SKOS = ClosedNamespace("skos", "http://www.w3.org/2004/02/skos/core#", ("altLabel", "notation", "broader"))
ORG = ClosedNamespace(
    "org", "http://www.w3.org/ns/org#", ("Post", "Membership", "postIn", "member", "organization")
)
SCHEMA = ClosedNamespace("schema", "https://schema.org/", ("NewsArticle", "containedInPlace", "url"))
PROV = ClosedNamespace("prov", "http://www.w3.org/ns/prov#", ("wasDerivedFrom",))
OA = ClosedNamespace("oa", "http://www.w3.org/ns/oa#", ("exact", "prefix", "suffix"))
DCTERMS = ClosedNamespace(
    "dcterms",
    "http://purl.org/dc/terms/",
    ("identifier", "title", "issued", "language", "isReplacedBy", "source", "creator"),
)

PREFIXES = {
    **{n.prefix: n.base for n in (GOV, RDF, RDFS, XSD, SKOS, ORG, SCHEMA, PROV, OA, DCTERMS)},
    "owl": "http://www.w3.org/2002/07/owl#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "time": "http://www.w3.org/2006/time#",
    "sh": "http://www.w3.org/ns/shacl#",
}
"""Prefix to base IRI, for queries and for what is written."""
