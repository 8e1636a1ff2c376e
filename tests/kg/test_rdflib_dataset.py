from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
import rdflib.plugins.sparql
from rdflib.plugins.sparql import prepareQuery

import kg
from kg.errors import QueryError, StoreError
from kg.store import Store
from kg.store_lock import StoreLock
from tests.kg.sample_facts import samples

GOV = rdflib.Namespace("https://w3id.org/governance-kg/ontology#")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stores") / "a.kg"
    with Store.create(folder) as store:
        store.add(samples())
    return folder


@pytest.fixture
def dataset(path: Path) -> Iterator[rdflib.Dataset]:
    dataset = kg.open(path)
    yield dataset
    dataset.close()


def test_the_default_graph_holds_direct_triples_alone(dataset: rdflib.Dataset, path: Path) -> None:
    with Store.open(path) as store:
        triples = store.counts()["triples"]
    assert len(dataset.default_graph) == triples
    assert len(list(dataset.query("SELECT ?s { ?s gov:entityType ?type }"))) == 0
    assert len(list(dataset.query("SELECT ?s { GRAPH ?g { ?s gov:entityType ?type } }"))) > 0


def test_terms_are_rdflib_terms(dataset: rdflib.Dataset) -> None:
    (person,) = {s for s, _, _ in dataset.triples((None, GOV.chaired, None))}
    assert str(person).endswith("person/陶望舒@酒泉市委政法委")


@pytest.mark.parametrize(
    "query",
    ["SELECT * { SERVICE <http://localhost:9/> { ?s ?p ?o } }", "LOAD <file:///etc/passwd>"],
)
def test_nothing_is_fetched(dataset: rdflib.Dataset, query: str) -> None:
    with pytest.raises(QueryError):
        dataset.query(query)


def test_files_are_not_read(dataset: rdflib.Dataset, tmp_path: Path) -> None:
    secret = tmp_path / "secret.ttl"
    secret.write_text("<http://s> <http://s> 'secret' .")
    rows = dataset.query(f"SELECT ?o FROM <{secret.as_uri()}> {{ <http://s> ?p ?o }}")
    assert len(list(rows)) == 0
    assert rdflib.plugins.sparql.SPARQL_LOAD_GRAPHS is False


def test_prepared_queries_do_not_reach_another_engine(dataset: rdflib.Dataset) -> None:
    with pytest.raises(QueryError, match="pass the query as text"):
        dataset.query(prepareQuery("SELECT * { ?s ?p ?o }"))


def test_it_is_for_reading(dataset: rdflib.Dataset) -> None:
    triple = (GOV.a, GOV.b, GOV.c)
    with pytest.raises(StoreError, match="for reading"):
        dataset.default_graph.add(triple)
    with pytest.raises(StoreError, match="for reading"):
        dataset.remove(triple)
    with pytest.raises(StoreError, match="for reading"):
        dataset.update("INSERT DATA { <http://a> <http://b> <http://c> }")


def test_closing_gives_the_store_back(path: Path) -> None:
    dataset = kg.open(path)
    (lock,) = (path / "published").glob("*/lock")
    with pytest.raises(StoreError):
        StoreLock(lock, exclusive=True)
    dataset.close()
    StoreLock(lock, exclusive=True).release()
