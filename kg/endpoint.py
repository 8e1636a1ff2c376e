"""A SPARQL 1.1 service that is asked like a store: the same questions, bindings and kinds of answers.

A query is checked here before it is sent, so that its errors read as they do for a store. Servers differ
in what they give back, and are made alike: booleans as "true" and "false", language tags in lower case,
and the rows beyond those that a server gives at most are asked for in parts. Where the default graph shows
all graphs, the direct triples are in a graph of their own, and queries are asked of that.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property
from types import TracebackType
from typing import Any

import pyoxigraph as ox

from extract.records import ENTITY_TYPES
from kg.dataset_clause import FACTS_GRAPH
from kg.default_graph import in_graph
from kg.errors import EndpointError, EndpointRefusedError, QueryError
from kg.query_text import bound_text, is_distinct, page_text, with_prefixes
from kg.sparql import Term, check_read_only, evaluate
from kg.store import StoredArticleEntry
from kg.vocabulary import DATA, GOV, XSD
from kg.web import Answer, Web

DEFAULT_GRAPH = ""
"""The name here of the default graph, which has none."""

IS_OURS = f'FILTER(STRSTARTS(STR(?s), "{DATA}"))'
"""Keeps to the dataset's own subjects."""

_IS_OUR_GRAPH = f'FILTER(STRSTARTS(STR(?graph), "{DATA}"))'
_GRAPHS = (
    "SELECT ?graph (COUNT(*) AS ?count) "
    f"WHERE {{ GRAPH ?graph {{ ?s ?p ?o }} {_IS_OUR_GRAPH} }} GROUP BY ?graph"
)

_JSON = "application/sparql-results+json"
_TRIPLES = {
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/plain": ox.RdfFormat.N_TRIPLES,
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
_ACCEPTED_TRIPLES = "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.5"
_LONGEST_ADDRESS = 4000
_LEAST_CAP, _CAPS_BY = 1000, 100
"""Servers that cap their answers do so at round numbers, and hardly below these."""
_BOOLEANS = {"0": "false", "1": "true"}

_ARTICLES = """
SELECT ?id ?title ?issued ?source WHERE {
  GRAPH ?article { ?article dcterms:identifier ?id ; gov:recordDigest ?digest }
  OPTIONAL { GRAPH ?article { ?article dcterms:title ?title } }
  OPTIONAL { GRAPH ?article { ?article dcterms:issued ?issued } }
  OPTIONAL { GRAPH ?article { ?article gov:source ?source } }
}
"""
_COUNTED = "SELECT (COUNT(*) AS ?count) WHERE {{ {pattern} }}"


class Endpoint:
    """A SPARQL service, asked by its address; a context manager."""

    def __init__(self, url: str) -> None:
        """Prepare to ask the service; nothing is sent yet.

        Raises EndpointError if it is no http or https address.
        """
        self._web = Web(url)
        self._empty = ox.Store()
        self.url = self._web.url

    def close(self) -> None:
        """Close the connections."""
        self._web.close()

    def __enter__(self) -> Endpoint:
        """Return the endpoint itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        self.close()

    def query(
        self, sparql: str, bindings: Mapping[str, Term] | None = None
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Answer a SPARQL 1.1 query as `Store.query` does; `bindings` are terms for its variables.

        Raises QueryError for what a store refuses too, EndpointError if the server does not answer.
        """
        check_read_only(sparql)
        form = evaluate(self._empty, sparql, {})
        text = with_prefixes(bound_text(sparql, bindings or {}))
        if self.has_facts_graph:
            text = in_graph(text, FACTS_GRAPH)
        if isinstance(form, ox.QueryTriples):
            return self._triples(text)
        if isinstance(form, ox.QueryBoolean):
            return _read(json.dumps(self._results(text)[0]).encode())
        answer = self._all_rows(text)
        if is_distinct(sparql):
            answer["results"]["bindings"] = _without_repeats(answer["results"]["bindings"])
        return _read(json.dumps(answer).encode())

    def select(self, sparql: str, bindings: Mapping[str, Term] | None = None) -> ox.QuerySolutions:
        """Answer a SELECT query as `query` does; raises QueryError for any other form."""
        answer = self.query(sparql, bindings)
        if not isinstance(answer, ox.QuerySolutions):
            raise QueryError("this is no SELECT query", remedy="ask for rows with SELECT")
        return answer

    def articles(self) -> list[StoredArticleEntry]:
        """Return the articles there by id."""
        rows = self.select(_ARTICLES)
        found = {}
        for row in rows:
            title, issued, source = (term.value if term is not None else None for term in list(row)[1:])
            found[row["id"].value] = StoredArticleEntry(row["id"].value, title, issued, source)
        return [found[key] for key in sorted(found)]

    def counts(self) -> dict[str, int]:
        """Return how many articles, entities of each type, statements, direct triples and quads there are."""
        found = {"articles": self._count("GRAPH ?article { ?article gov:recordDigest ?digest }")}
        for kind in ENTITY_TYPES:
            found[kind] = self._count(f"?entity a gov:{kind}")
        found["facts"] = self._count(
            f"GRAPH ?graph {{ ?statement rdf:predicate ?predicate }} {_IS_OUR_GRAPH}"
        )
        found["triples"] = self._count("?s ?p ?o")
        found["quads"] = sum(self.graphs().values())
        return found

    def graphs(self) -> dict[str, int]:
        """Return how many triples of the dataset each graph has that has any.

        The default graph is DEFAULT_GRAPH, and counted only where it is more than all graphs together.
        """
        found = {row["graph"].value: int(row["count"].value) for row in self.select(_GRAPHS)}
        if not self.is_union():
            found[DEFAULT_GRAPH] = self._count(f"?s ?p ?o {IS_OURS}")
        return {graph: count for graph, count in found.items() if count}

    def is_union(self) -> bool:
        """Tell whether the default graph there shows all graphs; unknown, and so false, without articles."""
        return self._says(f"ASK {{ ?article {GOV.recordDigest} ?digest }}")

    def _says(self, ask: str) -> bool:
        """Return the answer to a question about the server itself, asked as it stands."""
        return bool(self._results(ask)[0].get("boolean"))

    def _count(self, pattern: str) -> int:
        (row,) = self.select(_COUNTED.format(pattern=pattern))
        return int(row["count"].value)

    @cached_property
    def has_facts_graph(self) -> bool:
        """Whether direct triples have a graph of their own there, because the default graph is a union."""
        return self._says(f"ASK {{ GRAPH <{FACTS_GRAPH}> {{ ?s ?p ?o }} }}")

    def _all_rows(self, text: str) -> dict[str, Any]:
        """Return the whole answer of a SELECT query, in parts if the server caps it."""
        answer, headers = self._results(text)
        rows = answer["results"]["bindings"]
        if not _is_capped(len(rows), headers):
            return answer
        size = len(rows)
        columns = answer["head"]["vars"]
        found: list[Any] = []
        while True:
            part, _ = self._results(page_text(text, columns, size, len(found)))
            found += part["results"]["bindings"]
            if len(part["results"]["bindings"]) < size:
                break
        return {"head": answer["head"], "results": {"bindings": found}}

    def _results(self, text: str) -> tuple[dict[str, Any], Mapping[str, str]]:
        """Return the answer as SPARQL's JSON with its terms made alike, and the headers."""
        answer = self._ask(text, _JSON)
        try:
            found = json.loads(answer.body)
            if "boolean" not in found:
                for row in found["results"]["bindings"]:
                    for term in row.values():
                        _make_alike(term)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as exc:
            raise self._no_results(answer) from exc
        return found, answer.headers

    def _triples(self, text: str) -> ox.QueryTriples:
        answer = self._ask(text, _ACCEPTED_TRIPLES)
        form = _TRIPLES.get(answer.media_type)
        if form is None:
            raise self._no_results(answer)
        copy = ox.Store()
        try:
            copy.bulk_load(answer.body, form)
        except (SyntaxError, ValueError) as exc:
            raise self._no_results(answer) from exc
        found = copy.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
        assert isinstance(found, ox.QueryTriples)
        return found

    def _ask(self, text: str, accept: str) -> Answer:
        """Send the query as a form, or in the address to a server that takes it only there."""
        headers = {"Accept": accept}
        form = {"query": text}
        try:
            answer = self._web.send("POST", body=form, headers=headers, again=True)
        except EndpointRefusedError as refusal:
            if refusal.status not in (405, 415, 501) or len(text) > _LONGEST_ADDRESS:
                raise
            answer = self._web.send("GET", params=form, headers=headers, again=True)
        if answer.headers.get("X-SQL-State"):
            reason = answer.headers.get("X-SQL-Message", "it ran out of time")
            raise EndpointError(
                f"the server gives a part of the answer only: {reason}",
                file=self.url,
                remedy="ask for less, or raise the server's limits",
            )
        return answer

    def _no_results(self, answer: Answer) -> EndpointError:
        return EndpointError(
            f"the server does not answer as a SPARQL service does, but with {answer.media_type or 'nothing'}",
            file=self.url,
            remedy="give the address that takes queries; it often ends in /sparql or /query",
        )


def _is_capped(rows: int, headers: Mapping[str, str]) -> bool:
    """Tell whether a server may have left rows out; Virtuoso says so, others only stop."""
    return str(rows) == headers.get("X-SPARQL-MaxRows") or (rows >= _LEAST_CAP and rows % _CAPS_BY == 0)


def _make_alike(term: dict[str, Any]) -> None:
    if term.get("datatype") == XSD.boolean.value:
        term["value"] = _BOOLEANS.get(term["value"], term["value"])
    if "xml:lang" in term:
        term["xml:lang"] = term["xml:lang"].lower()


def _without_repeats(rows: list[Any]) -> list[Any]:
    """Return the rows without those that are there already, which Virtuoso overlooks sometimes."""
    return list({json.dumps(row, sort_keys=True): row for row in rows}.values())


def _read(results: bytes) -> ox.QuerySolutions | ox.QueryBoolean:
    return ox.parse_query_results(results, ox.QueryResultsFormat.JSON)
