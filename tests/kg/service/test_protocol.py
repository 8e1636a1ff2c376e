"""The SPARQL 1.1 Protocol: one test a requirement of the W3C's protocol tests, and what we add."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import iris
from kg.service.formats import GRAPH_FORMATS, SOLUTIONS_FORMATS
from kg.store import Store
from kg.vocabulary import DATA
from tests.kg.sample_facts import samples
from tests.kg.service.running_service import Reply, RunningService, serving

ASK = "ASK {}"
SELECT = "SELECT ?person ?name { ?person a gov:Person ; rdfs:label ?name } ORDER BY ?person ?name"
CONSTRUCT = "CONSTRUCT { ?s rdfs:label ?name } WHERE { ?s a gov:Place ; rdfs:label ?name }"
TITLES = "SELECT ?title { ?article dcterms:title ?title } ORDER BY ?title"
TITLES_IN_GRAPHS = (
    "SELECT DISTINCT ?graph ?title { GRAPH ?graph { ?graph dcterms:title ?title } } ORDER BY ?title"
)
ONE, TWO = (sample.article for sample in samples()[:2])
ONE_GRAPH, TWO_GRAPH = iris.article(ONE.id), iris.article(TWO.id)
QUERY_TYPE = {"Content-Type": "application/sparql-query"}
FORM_TYPE = {"Content-Type": "application/x-www-form-urlencoded"}


def titles(reply: Reply) -> list[str]:
    return [row["title"] for row in reply.rows()]


# Queries (query_get, query_post_form, query_post_direct).


def test_a_query_by_get(service: RunningService) -> None:
    reply = service.get(ASK)
    assert (reply.status, reply.media_type) == (200, "application/sparql-results+json")
    assert json.loads(reply.body)["boolean"] is True


def test_a_query_by_form(service: RunningService) -> None:
    assert json.loads(service.form(query=ASK).body)["boolean"] is True


def test_a_query_as_the_body(service: RunningService) -> None:
    reply = service.request("POST", "/sparql", ASK.encode(), QUERY_TYPE)
    assert json.loads(reply.body)["boolean"] is True


def test_chinese_is_read_the_same_by_all_three_ways(service: RunningService) -> None:
    query = 'SELECT ?s { ?s rdfs:label "酒泉市"@zh-Hans }'
    (direct, form, get) = (
        service.request("POST", "/sparql", query.encode(), QUERY_TYPE),
        service.form(query=query),
        service.get(query),
    )
    assert direct.rows() == form.rows() == get.rows() != []


def test_a_plus_and_a_percent_sign_are_decoded_once(service: RunningService) -> None:
    query = 'SELECT ("1+1 %2B %252B" AS ?text) {}'
    assert service.get(query).rows() == service.form(query=query).rows() == [{"text": "1+1 %2B %252B"}]


def test_head_gives_the_headers_alone(service: RunningService) -> None:
    reply = service.request("HEAD", "/sparql?query=ASK%7B%7D")
    assert (reply.status, reply.body) == (200, b"")
    assert int(reply.headers["content-length"]) > 0


# Datasets (query_dataset_default_graph and the seven after it).


def test_one_default_graph(service: RunningService) -> None:
    assert titles(service.get(TITLES, default_graph_uri=ONE_GRAPH)) == [ONE.title]


def test_two_default_graphs_by_get(service: RunningService) -> None:
    assert titles(service.get(TITLES, default_graph_uri=[ONE_GRAPH, TWO_GRAPH])) == sorted(
        [str(ONE.title), str(TWO.title)]
    )


def test_two_default_graphs_by_form(service: RunningService) -> None:
    assert len(titles(service.form(query=TITLES, default_graph_uri=[ONE_GRAPH, TWO_GRAPH]))) == 2


def test_two_default_graphs_beside_a_query_as_the_body(service: RunningService) -> None:
    target = f"/sparql?default-graph-uri={ONE_GRAPH}&default-graph-uri={TWO_GRAPH}"
    assert len(titles(service.request("POST", target, TITLES.encode(), QUERY_TYPE))) == 2


def test_named_graphs_by_get(service: RunningService) -> None:
    reply = service.get(TITLES_IN_GRAPHS, named_graph_uri=[ONE_GRAPH])
    assert [row["graph"] for row in reply.rows()] == [ONE_GRAPH]


def test_named_graphs_by_form(service: RunningService) -> None:
    reply = service.form(query=TITLES_IN_GRAPHS, named_graph_uri=[ONE_GRAPH, TWO_GRAPH])
    assert {row["graph"] for row in reply.rows()} == {ONE_GRAPH, TWO_GRAPH}


def test_default_and_named_graphs_together(service: RunningService) -> None:
    query = "SELECT ?title ?graph { ?article dcterms:title ?title GRAPH ?graph { ?graph a ?type } }"
    reply = service.form(query=query, default_graph_uri=ONE_GRAPH, named_graph_uri=TWO_GRAPH)
    assert {(row["title"], row["graph"]) for row in reply.rows()} == {(ONE.title, TWO_GRAPH)}


def test_the_parameters_go_before_from(service: RunningService) -> None:
    query = TITLES.replace("{", f"FROM <{ONE_GRAPH}> {{", 1)
    assert titles(service.get(query)) == [ONE.title]
    assert titles(service.get(query, default_graph_uri=TWO_GRAPH)) == [TWO.title]


def test_the_facts_have_a_name_where_one_is_needed(service: RunningService) -> None:
    named = service.get(SELECT, default_graph_uri=DATA + "graph/facts")
    assert named.rows() == service.get(SELECT).rows() != []


# Content types (query_content_type_select, _ask, _describe, _construct).

_TABLES = [(name, media_type) for name, form in SOLUTIONS_FORMATS.items() for media_type in form.media_types]
_GRAPHS = [(name, media_type) for name, form in GRAPH_FORMATS.items() for media_type in form.media_types]


@pytest.mark.parametrize(("name", "media_type"), _TABLES)
def test_select_in_every_format(service: RunningService, name: str, media_type: str) -> None:
    form = SOLUTIONS_FORMATS[name]
    reply = service.get(SELECT, {"Accept": media_type})

    assert reply.media_type == form.media_types[0]
    assert reply.headers["vary"] == "Accept"
    expected = [list(row.values()) for row in service.get(SELECT).rows()]
    assert len(expected) > 3
    if reply.media_type == "text/csv":
        assert list(csv.reader(io.StringIO(reply.text)))[1:] == expected
    else:
        parsed = ox.parse_query_results(reply.body, form.syntax)
        assert isinstance(parsed, ox.QuerySolutions)
        assert [[term.value for term in row if term] for row in parsed] == expected


@pytest.mark.parametrize("name", ["json", "xml"])
def test_ask_in_its_formats(service: RunningService, name: str) -> None:
    form = SOLUTIONS_FORMATS[name]
    reply = service.get(ASK, {"Accept": form.media_types[0]})
    assert reply.media_type == form.media_types[0]
    assert bool(ox.parse_query_results(reply.body, form.syntax))


@pytest.mark.parametrize(("name", "media_type"), _GRAPHS)
@pytest.mark.parametrize("query", [CONSTRUCT, f"DESCRIBE <{DATA}place/620900>"])
def test_construct_and_describe_in_every_format(
    service: RunningService, query: str, name: str, media_type: str
) -> None:
    form = GRAPH_FORMATS[name]
    reply = service.get(query, {"Accept": media_type})

    assert reply.media_type == form.media_types[0]
    triples = {quad.triple for quad in ox.parse(reply.body, form.syntax)}
    turtle = service.get(query, {"Accept": "text/turtle"})
    assert triples == {quad.triple for quad in ox.parse(turtle.body, ox.RdfFormat.TURTLE)}
    assert triples or query is not CONSTRUCT


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/turtle, text/csv;q=0.5, application/json;q=0.1", "text/csv"),
        ("application/sparql-results+xml;q=0.9, */*;q=0.1", "application/sparql-results+xml"),
    ],
)
def test_what_is_liked_best_is_sent(service: RunningService, accept: str, media_type: str) -> None:
    assert service.get(SELECT, {"Accept": accept}).media_type == media_type


@pytest.mark.parametrize(
    ("query", "accept"), [(SELECT, "text/turtle"), (CONSTRUCT, "text/csv"), (SELECT, "image/png")]
)
def test_a_format_that_cannot_hold_the_answer_is_told(
    service: RunningService, query: str, accept: str
) -> None:
    reply = service.get(query, {"Accept": accept})
    assert reply.status == 406
    assert "accept " in reply.text


def test_a_parameter_names_the_format(service: RunningService) -> None:
    assert service.get(SELECT, {"Accept": "text/html"}, format="csv").media_type == "text/csv"
    assert service.get(CONSTRUCT, format="jsonld").media_type == "application/ld+json"
    assert service.get(SELECT, format="docx").status == 400


# What is wrong with a request (the bad_query tests).


def test_another_method(service: RunningService) -> None:
    for method in ("PUT", "DELETE", "PATCH"):
        reply = service.request(method, "/sparql?query=ASK%7B%7D")
        assert reply.status == 405
        assert "POST" in reply.headers["allow"]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_two_queries(service: RunningService, method: str) -> None:
    text = "query=ASK%7B%7D&query=SELECT+*+%7B%7D"
    if method == "GET":
        reply = service.request("GET", f"/sparql?{text}")
    else:
        reply = service.request("POST", "/sparql", text.encode(), FORM_TYPE)
    assert reply.status == 400
    assert "more than one query" in reply.text


def test_another_media_type(service: RunningService) -> None:
    assert service.request("POST", "/sparql", ASK.encode(), {"Content-Type": "text/plain"}).status == 415


def test_a_form_without_its_type(service: RunningService) -> None:
    assert service.request("POST", "/sparql", b"query=ASK%7B%7D").status == 415


def test_a_query_without_its_type(service: RunningService) -> None:
    assert service.request("POST", "/sparql", ASK.encode()).status == 415


def test_a_query_that_is_not_utf8(service: RunningService) -> None:
    utf16 = {"Content-Type": "application/sparql-query; charset=UTF-16"}
    assert service.request("POST", "/sparql", ASK.encode("utf-16"), utf16).status == 415
    chinese = "ASK { ?s ?p '市' }".encode("gb18030")
    assert service.request("POST", "/sparql", chinese, QUERY_TYPE).status == 400


def test_a_query_with_a_syntax_error(service: RunningService) -> None:
    reply = service.get("SELECT ?s {\n ?s a gov:Person ;; }\n}")
    assert (reply.status, reply.media_type) == (400, "text/plain")
    assert "line 3" in reply.text


def test_no_query(service: RunningService) -> None:
    assert service.form(other="1").status == 400
    assert service.get("", default_graph_uri=ONE_GRAPH).status == 400
    assert service.request("GET", "/sparql?format=json").status == 400


# Updates (the update tests): all are refused, and change nothing.


def test_an_update_is_refused_however_it_is_sent(service: RunningService) -> None:
    update = "INSERT DATA { <http://example.org/s> <http://example.org/p> 1 }"
    replies = [
        service.form(update=update),
        service.request("POST", "/sparql", update.encode(), {"Content-Type": "application/sparql-update"}),
        service.request("GET", "/sparql?update=CLEAR+ALL"),
        service.request("POST", f"/sparql?using-graph-uri={ONE_GRAPH}", b"update=CLEAR+ALL", FORM_TYPE),
    ]
    assert [reply.status for reply in replies] == [403] * 4
    assert json.loads(service.get("ASK { <http://example.org/s> ?p ?o }").body)["boolean"] is False


# The description of the service.


def test_the_endpoint_describes_itself(service: RunningService) -> None:
    reply = service.request("GET", "/sparql", headers={"Accept": "application/n-triples"})

    described = {str(quad.triple) for quad in ox.parse(reply.body, ox.RdfFormat.N_TRIPLES)}
    sd, endpoint = "http://www.w3.org/ns/sparql-service-description#", service.address + "sparql"
    for part in (
        f"<{endpoint}> <{sd}endpoint> <{endpoint}>",
        f"<{endpoint}> <{sd}supportedLanguage> <{sd}SPARQL11Query>",
        f"<{endpoint}> <{sd}resultFormat> <http://www.w3.org/ns/formats/SPARQL_Results_CSV>",
        f"<{endpoint}#identity> <{sd}name> <{DATA}graph/identity>",
    ):
        assert part in described
    assert service.request("GET", "/sparql").media_type == "text/turtle"


# A store that is written to meanwhile.


def test_what_a_writer_publishes_is_answered_next(tmp_path: Path) -> None:
    first, *others = samples()
    with Store.create(tmp_path / "grows.kg") as store:
        store.add([first])
    count = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?g gov:recordDigest ?d } }"
    with serving(tmp_path / "grows.kg") as service:
        assert service.get(count).rows() == [{"n": "1"}]
        with Store.open(tmp_path / "grows.kg", write=True) as store:
            store.add(others[:1])
            assert service.get(count).rows() == [{"n": "1"}]
            store.publish()
            assert service.get(count).rows() == [{"n": "2"}]
            store.add(others[1:])
        assert service.get(count).rows() == [{"n": str(len(samples()))}]
        assert len(list((tmp_path / "grows.kg" / "published").iterdir())) <= 4


# People who come to the endpoint with a browser.


def test_a_browser_is_shown_the_query_page_with_the_query_in_it(service: RunningService) -> None:
    browser = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
    reply = service.get(ASK, browser)
    assert reply.status == 303
    page = "query?query=ASK+%7B%7D"
    assert reply.headers["location"] == service.address + page
    assert service.request("GET", f"/{page}", headers=browser).media_type == "text/html"
    assert service.get(ASK, browser, format="json").media_type == "application/sparql-results+json"
