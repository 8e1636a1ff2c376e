"""Which graphs a query is asked of: its FROM clauses and the protocol's parameters, as graphs of the store.

Nothing is fetched: a graph that the store does not hold is an error, not an empty graph. `FACTS_GRAPH`, which
other servers hold as a named graph, is the default graph here, so that a query runs unchanged on both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyoxigraph as ox

from kg.errors import QueryError
from kg.sparql import QueriedGraphs
from kg.sparql_tokens import tokens
from kg.vocabulary import DATA, PREFIXES

FACTS_GRAPH = DATA + "graph/facts"
"""The name that the default graph has where it needs one: in FROM, and on a server whose default graph is
all graphs together."""


def queried_graphs(
    database: ox.Store, sparql: str, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()
) -> QueriedGraphs | None:
    """Return the graphs a query is asked of, None where neither it nor the parameters name any.

    The parameters go before the query's own clauses. Raises QueryError for a graph that the store lacks.
    """
    if not default_graphs and not named_graphs:
        default_graphs, named_graphs = _clauses(sparql)
        if not default_graphs and not named_graphs:
            return None
    queried = QueriedGraphs([_graph(database, iri) for iri in default_graphs], [])
    queried.named.extend(
        graph for iri in named_graphs if isinstance(graph := _graph(database, iri), ox.NamedNode)
    )
    return queried


def _graph(database: ox.Store, iri: str) -> ox.NamedNode | ox.DefaultGraph:
    if iri == FACTS_GRAPH:
        return ox.DefaultGraph()
    with_remedy = "name a graph that the store holds, or none; nothing is read from elsewhere"
    try:
        graph = ox.NamedNode(iri)
    except ValueError:
        raise QueryError(f"<{iri}> is no absolute IRI of a graph", remedy=with_remedy) from None
    if not database.contains_named_graph(graph):
        raise QueryError(f"the store has no graph <{iri}>", remedy=with_remedy)
    return graph


def _clauses(sparql: str) -> tuple[list[str], list[str]]:
    """Return the IRIs that FROM and FROM NAMED name in the query."""
    default: list[str] = []
    named: list[str] = []
    if "from" not in sparql.lower():
        return default, named
    prefixes = dict(PREFIXES)
    following = iter([token for token in tokens(sparql) if not token.isspace() and token[0] != "#"])
    for token in following:
        if token.upper() == "PREFIX":
            prefix, iri = next(following, ""), next(following, "")
            prefixes[prefix.removesuffix(":")] = iri.strip("<>")
        elif token.upper() == "FROM":
            name = next(following, "")
            if name.upper() == "NAMED":
                named.append(_expanded(next(following, ""), prefixes))
            else:
                default.append(_expanded(name, prefixes))
    return default, named


def _expanded(name: str, prefixes: dict[str, str]) -> str:
    if name.startswith("<"):
        return name.strip("<>")
    prefix, colon, local = name.partition(":")
    if colon and prefix in prefixes:
        return prefixes[prefix] + _without_escapes(local)
    return name


def _without_escapes(local: str) -> str:
    return "".join(_unescaped(iter(local)))


def _unescaped(characters: Iterator[str]) -> Iterator[str]:
    for character in characters:
        yield next(characters, "") if character == "\\" else character
