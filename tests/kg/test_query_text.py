"""Terms for the variables of a query and pages of its rows: what an engine finds is what was meant."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.default_graph import in_graph
from kg.query_text import bound_text, is_distinct, page_text

NAME = "x"
SPARQL = (
    "SELECT ?e ?n { ?e <a:l> ?n }",
    "SELECT ?e ?n { { ?e <a:l> ?n } UNION { ?e <a:k> ?n } }",
    "SELECT ?e ?n { ?e <a:d> ?d { SELECT ?e ?n { ?e <a:l> ?n } } }",
    "SELECT ?n (COUNT(*) AS ?c) { ?e <a:l> ?n } GROUP BY ?n",
    "SELECT ?e ?n { ?e <a:l> ?n OPTIONAL { ?e <a:d> ?d FILTER(?n = 'x') } } ORDER BY ?d LIMIT 2",
    "SELECT ?e ?n { ?e <a:l> ?n FILTER EXISTS { ?o <a:k> ?n } }",
    "SELECT ?e ?n { GRAPH <a:g> { ?e <a:l> ?n } }",
    "SELECT DISTINCT * { ?e ?p ?n . { ?e <a:d> ?d } } ORDER BY DESC(?d)",
    "SELECT ?n { ?e <a:l> ?m BIND(STR(?m) AS ?n) }",
)


@pytest.fixture(scope="module")
def database() -> ox.Store:
    store = ox.Store()
    store.update(
        "INSERT DATA { <a:1> <a:l> 'x' ; <a:d> 1 . <a:2> <a:l> 'y' ; <a:d> 2 . <a:3> <a:l> 'x' ; <a:d> 3 ."
        " <a:4> <a:k> 'x' GRAPH <a:g> { <a:5> <a:l> 'x', 'y' } }"
    )
    return store


def rows(database: ox.Store, sparql: str) -> list[tuple[object, ...]]:
    found = database.query(sparql)
    assert isinstance(found, ox.QuerySolutions)
    return [tuple(row) for row in found]


@pytest.mark.parametrize("sparql", SPARQL)
def test_bound_as_the_engine_binds(database: ox.Store, sparql: str) -> None:
    engine = database.query(sparql, substitutions={ox.Variable("n"): ox.Literal(NAME)})
    assert isinstance(engine, ox.QuerySolutions)
    found = rows(database, bound_text(sparql, {"n": ox.Literal(NAME)}))
    expected = [tuple(row) for row in engine]
    assert sorted(map(str, found)) == sorted(map(str, expected))
    assert found


@pytest.mark.parametrize("text", ['"', "\\", '" } DROP ALL #', "}\n}", "'''", "𠮷", "\u2028", "?n", "<a:b>"])
def test_a_value_stays_a_value(text: str) -> None:
    database = ox.Store()
    database.add(ox.Quad(ox.NamedNode("a:1"), ox.NamedNode("a:l"), ox.Literal(text)))
    asked = "SELECT ?e ?n { ?e <a:l> ?n }"
    assert rows(database, bound_text(asked, {"n": ox.Literal(text)})) == rows(database, asked)
    assert rows(database, bound_text(asked, {"n": ox.Literal(text + "-")})) == []


@pytest.mark.parametrize("sparql", SPARQL)
@pytest.mark.parametrize("size", [1, 2, 100])
def test_pages_are_the_whole(database: ox.Store, sparql: str, size: int) -> None:
    answer = database.query(sparql)
    assert isinstance(answer, ox.QuerySolutions)
    columns = [variable.value for variable in answer.variables]
    expected = [tuple(row) for row in answer]
    found: list[tuple[object, ...]] = []
    for offset in range(0, len(expected) + size, size):
        found += rows(database, page_text(sparql, columns, size, offset))
    assert sorted(map(str, found)) == sorted(map(str, expected))


def test_which_is_distinct() -> None:
    assert is_distinct("PREFIX a: <a:b> SELECT DISTINCT ?s { ?s ?p ?o }")
    assert not is_distinct("SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }")
    assert not is_distinct("SELECT ?s { { SELECT DISTINCT ?s { ?s ?p ?o } } }")


UNMOVED = ("CONSTRUCT WHERE { ?s ?p ?o }", "SELECT * FROM <a:x> { ?s ?p ?o }", "DESCRIBE <a:1>")
MOVED = (
    *SPARQL,
    "SELECT * { ?s ?p ?o # a comment }\n . ?o ?q 1 }",
    "SELECT * { { SELECT ?e { ?e ?p ?o FILTER NOT EXISTS { ?e <a:d> 2 } } GROUP BY ?e } ?e <a:l>|<a:k> ?n }",
    "SELECT * { ?e <a:l> ?n FILTER regex(?n, '}') BIND(EXISTS { ?e <a:d> 1 } AS ?b) VALUES ?v { 1 UNDEF } }",
    "SELECT * { ?e <a:l> ?n MINUS { ?e <a:d> 1 } GRAPH ?g { ?x <a:l> ?n . OPTIONAL { ?x ?y ?z } } }",
)


@pytest.mark.parametrize("sparql", MOVED)
def test_a_union_default_graph_gives_the_same(database: ox.Store, sparql: str) -> None:
    """Direct triples in a graph of their own, all graphs as default: what is found is the same."""
    union = ox.Store()
    for quad in database:
        is_direct = isinstance(quad.graph_name, ox.DefaultGraph)
        graph = ox.NamedNode("a:direct") if is_direct else quad.graph_name
        union.add(ox.Quad(quad.subject, quad.predicate, quad.object, graph))
    found = union.query(in_graph(sparql, "a:direct"), use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    if "GRAPH ?g" in sparql:
        found_rows = [row for row in found if row["g"] != ox.NamedNode("a:direct")]
    else:
        found_rows = list(found)
    assert sorted(str(tuple(row)) for row in found_rows) == sorted(map(str, rows(database, sparql)))


@pytest.mark.parametrize("sparql", UNMOVED)
def test_what_is_not_moved(sparql: str) -> None:
    assert in_graph(sparql, "a:direct") == sparql
