import pyoxigraph as ox
import pytest

from kg.dataset_clause import FACTS_GRAPH, queried_graphs
from kg.errors import QueryError
from kg.vocabulary import DATA

GRAPH = f"{DATA}article/a#b'c"


@pytest.fixture
def database() -> ox.Store:
    store = ox.Store()
    node = ox.NamedNode("http://e.org/s")
    store.add(ox.Quad(node, node, node, ox.NamedNode(GRAPH)))
    return store


@pytest.mark.parametrize(
    "clause",
    [
        f"FROM <{GRAPH}>",
        f"from<{GRAPH}>",
        f"FROM # a comment\n <{GRAPH}>",
        "FROM a:a\\#b\\'c",
        f"FROM <{GRAPH}> FROM NAMED <{GRAPH}>",
        f"FROM <{FACTS_GRAPH}>",
    ],
)
def test_graphs_that_are_there(database: ox.Store, clause: str) -> None:
    sparql = f"PREFIX a: <{DATA}article/> SELECT * {clause} {{ ?s ?p ?o }}"
    graphs = queried_graphs(database, sparql)
    assert graphs is not None
    assert graphs.default == [ox.DefaultGraph() if FACTS_GRAPH in clause else ox.NamedNode(GRAPH)]
    assert bool(graphs.named) == ("NAMED" in clause)


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { ?s ?p ?o }",
        "SELECT ?from { ?from ?p 'FROM <http://e.org/>' } # FROM <http://e.org/>",
        "PREFIX from: <http://e.org/> SELECT * { ?s from:from ?o }",
    ],
)
def test_a_query_that_names_none(database: ox.Store, sparql: str) -> None:
    assert queried_graphs(database, sparql) is None


@pytest.mark.parametrize(
    "clause", ["FROM <http://e.org/>", "FROM NAMED gov:Person", "FROM no:prefix", "FROM <x>"]
)
def test_a_graph_that_is_not_there_is_an_error(database: ox.Store, clause: str) -> None:
    with pytest.raises(QueryError, match="nothing is read from elsewhere"):
        queried_graphs(database, f"SELECT * {clause} {{ ?s ?p ?o }}")
