"""The service's description of itself: SPARQL 1.1 Service Description, at the endpoint's own address."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple, serialize

from kg import iris
from kg.service.formats import GRAPH_FORMATS, SOLUTIONS_FORMATS, GraphFormat
from kg.store import Store
from kg.vocabulary import ONTOLOGY, PREFIXES, RDF

_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = "http://rdfs.org/ns/void#"
_GRAPHS = (iris.IDENTITY, iris.REGISTER, iris.NAMES, iris.LEDGER, iris.REPRINTS, iris.CURATION)
_TITLE = "Knowledge graph of Chinese local governance"
_ABOUT_GRAPHS = (
    "The default graph holds each direct triple once. Besides the graphs listed here there is one for each"
    " article, named by the article's IRI, with its statements and their evidence."
)


def describe_service(endpoint: str, store: Store, form: GraphFormat) -> bytes:
    """Return the description of the service at an address, written in a format for graphs."""
    prefixes = {**PREFIXES, "sd": _SD, "void": _VOID}
    text = serialize(_triples(endpoint, store), format=form.syntax, prefixes=prefixes)
    assert text is not None
    return text


def _triples(endpoint: str, store: Store) -> Iterator[Triple]:
    service, dataset, default = (NamedNode(endpoint + part) for part in ("", "#dataset", "#default-graph"))
    yield Triple(service, RDF.type, _sd("Service"))
    yield Triple(service, _sd("endpoint"), service)
    yield Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    formats = [form.iri for form in SOLUTIONS_FORMATS.values()] + [f.iri for f in GRAPH_FORMATS.values()]
    for iri in formats:
        yield Triple(service, _sd("resultFormat"), NamedNode(iri))
    yield Triple(service, _sd("defaultDataset"), dataset)
    yield Triple(dataset, RDF.type, _sd("Dataset"))
    yield Triple(dataset, NamedNode(PREFIXES["dcterms"] + "title"), Literal(_TITLE, language="en"))
    yield Triple(
        dataset, NamedNode(PREFIXES["dcterms"] + "description"), Literal(_ABOUT_GRAPHS, language="en")
    )
    yield Triple(dataset, NamedNode(_VOID + "vocabulary"), NamedNode(ONTOLOGY))
    yield Triple(dataset, _sd("defaultGraph"), default)
    yield Triple(default, RDF.type, _sd("Graph"))
    for graph in _GRAPHS:
        if store.database.contains_named_graph(graph):
            named = NamedNode(f"{endpoint}#{graph.value.rpartition('/')[2]}")
            yield Triple(dataset, _sd("namedGraph"), named)
            yield Triple(named, RDF.type, _sd("NamedGraph"))
            yield Triple(named, _sd("name"), graph)


def _sd(name: str) -> NamedNode:
    return NamedNode(_SD + name)
