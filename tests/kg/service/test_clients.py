"""Clients that people have, against the running service."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, TURTLE, URLENCODED, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import EndPointInternalError, QueryBadFormed

from kg.vocabulary import ONTOLOGY
from tests.kg.service.running_service import RunningService

PREFIXES = f"PREFIX gov: <{ONTOLOGY}> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
NAMES = PREFIXES + 'SELECT ?name { ?p a gov:Person ; rdfs:label ?name FILTER(LANG(?name) = "zh-hans") }'
CONSTRUCT = PREFIXES + "CONSTRUCT WHERE { ?s a gov:Place }"


def converted(wrapper: SPARQLWrapper) -> Any:
    """The answer as SPARQLWrapper converts it, of a type that depends on the format."""
    return wrapper.queryAndConvert()


@pytest.fixture
def expected(service: RunningService) -> list[str]:
    names = sorted(row["name"] for row in service.get(NAMES).rows())
    assert len(names) > 2
    return names


# SPARQLWrapper


@pytest.mark.parametrize("way", ["get", "form", "direct"])
def test_sparqlwrapper_reads_json(service: RunningService, expected: list[str], way: str) -> None:
    wrapper = SPARQLWrapper(service.address + "sparql")
    if way != "get":
        wrapper.setMethod(POST)
        wrapper.setRequestMethod(URLENCODED if way == "form" else POSTDIRECTLY)
    wrapper.setQuery(NAMES)
    wrapper.setReturnFormat(JSON)
    found = converted(wrapper)["results"]["bindings"]
    assert sorted(row["name"]["value"] for row in found) == expected


def test_sparqlwrapper_reads_the_other_formats(service: RunningService, expected: list[str]) -> None:
    wrapper = SPARQLWrapper(service.address + "sparql")
    wrapper.setQuery(NAMES)
    wrapper.setReturnFormat(XML)
    assert len(converted(wrapper).getElementsByTagName("result")) == len(expected)
    wrapper.setReturnFormat(CSV)
    assert sorted(converted(wrapper).decode().split()[1:]) == expected
    wrapper.setQuery(CONSTRUCT)
    wrapper.setReturnFormat(TURTLE)
    assert len(rdflib.Graph().parse(data=converted(wrapper), format="turtle")) == 5


def test_sparqlwrapper_tells_what_is_wrong(service: RunningService) -> None:
    wrapper = SPARQLWrapper(service.address + "sparql")
    wrapper.setQuery(PREFIXES + "SELECT ?name { ?p a gov:Person ; }}")
    with pytest.raises(QueryBadFormed, match="not valid SPARQL at line 1"):
        wrapper.query()
    wrapper.setQuery("SELECT ?a { ?a ?b ?c . ?d ?e ?f }")
    with pytest.raises(EndPointInternalError, match="the limit of 5,000 rows"):
        wrapper.query()


# rdflib


def test_rdflib_asks_through_its_sparqlstore(service: RunningService, expected: list[str]) -> None:
    store = SPARQLStore(service.address + "sparql", context_aware=False, returnFormat="json")
    graph = rdflib.Graph(store)
    assert sorted(str(row[0]) for row in graph.query(NAMES)) == expected  # type: ignore[index]
    person = rdflib.URIRef(ONTOLOGY + "Person")
    people = list(graph.subjects(rdflib.RDF.type, person))
    assert len(people) == len(expected)
    assert (people[0], rdflib.RDF.type, person) in graph


def test_rdflib_reads_the_description_and_a_graph(service: RunningService) -> None:
    endpoint = service.address + "sparql"
    described = rdflib.Graph().parse(endpoint)
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    assert (rdflib.URIRef(endpoint), rdflib.RDF.type, sd.Service) in described
    graph = rdflib.Graph(SPARQLStore(endpoint, context_aware=False)).query(CONSTRUCT).graph
    assert graph is not None
    assert len(graph) == 5


# curl


@pytest.fixture
def curl() -> str:
    path = shutil.which("curl")
    if path is None:
        pytest.skip("no curl on the path")
    return path


def test_curl_as_its_help_says(curl: str, service: RunningService, expected: list[str]) -> None:
    endpoint = service.address + "sparql"
    table = ["-H", "Accept: text/csv", "--data-urlencode", f"query={NAMES}", endpoint]
    for arguments in (table, ["-G", *table]):
        told = subprocess.run([curl, "-sf", *arguments], capture_output=True, check=True, text=True)
        assert sorted(told.stdout.split()[1:]) == expected


def test_curl_hears_of_mistakes_while_it_sends(curl: str, service: RunningService) -> None:
    arguments = [curl, "-s", "-w", "%{http_code}", "-H", "Content-Type: application/sparql-query"]
    for query, status in ((b"SELECT", b"400"), (b"#" * 10_000_000, b"413")):
        told = subprocess.run(
            [*arguments, "--data-binary", "@-", service.address + "sparql"],
            input=query,
            capture_output=True,
            check=True,
        )
        assert told.stdout.endswith(status)


# What docs/service.md shows.

GUIDE = (Path(__file__).parents[3] / "docs" / "service.md").read_text(encoding="utf-8")
ADDRESS = "http://localhost:8765/"


def test_the_command_of_the_guide(curl: str, service: RunningService) -> None:
    (command,) = re.findall(r"^    (curl .*\n(?:      .*\n)+)", GUIDE, re.MULTILINE)
    shell = command.replace(ADDRESS, service.address).replace("curl", f"{curl} -sf", 1)
    told = subprocess.run(shell, shell=True, capture_output=True, check=True, text=True)
    assert told.stdout.splitlines()[0] == "name"
    assert len(told.stdout.splitlines()) == 6


def test_the_program_of_the_guide(service: RunningService, capsys: pytest.CaptureFixture[str]) -> None:
    (program,) = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    exec(program.replace(ADDRESS, service.address), {})
    assert capsys.readouterr().out.startswith("p\r\nhttps://w3id.org/governance-kg/person/")
