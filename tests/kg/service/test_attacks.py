"""What somebody with bad intentions, or a careless query, does to the service."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.kg.service.running_service import Reply, RunningService, serving

CROSS_JOIN = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
MEMORY_EATER = "SELECT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?g"
SHORT = "ASK { ?s a gov:Person }"
MEGABYTE = 1_000_000

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


class Listener:
    """A port of this machine that notes whatever arrives at it."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.arrived = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.arrived += 1
            connection.close()

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    listening = Listener()
    yield listening
    listening.close()


def waited_for(condition: Callable[[], bool]) -> bool:
    """Whether the condition comes true in a while."""
    for _ in range(200):
        if condition():
            return True
        time.sleep(0.05)
    return False


# Writing and fetching through a query.


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <http://e.org/s> <http://e.org/p> 1 }",
        "DELETE WHERE { ?s ?p ?o }",
        "PREFIX e: <http://e.org/> CLEAR ALL",
        "LOAD <file:///etc/passwd>",
        "DROP ALL",
        "ASK {} ; INSERT DATA { <http://e.org/s> <http://e.org/p> 1 }",
        "INS\\u0045RT DATA { <http://e.org/s> <http://e.org/p> 1 }",
    ],
)
def test_an_update_through_query_is_refused(service: RunningService, update: str) -> None:
    count = "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    before = service.get(count).rows()

    assert service.get(update).status == 400
    assert service.form(query=update).status == 400
    assert service.get(count).rows() == before


@pytest.mark.parametrize(
    "service_part",
    [
        "SERVICE {there} {{ ?s ?p ?o }}",
        "SERVICE SILENT {there} {{ ?s ?p ?o }}",
        "BIND({there} AS ?x) SERVICE ?x {{ ?s ?p ?o }}",
        "?s e:a\\#b ?o . SERVICE {there} {{ ?s ?p ?o }}",
        "?s e:it\\'s ?o . SERVICE {there} {{ ?s ?p 'o' }}",
        "SERV\\u0049CE {there} {{ ?s ?p ?o }}",
        "GRAPH ?g {{ OPTIONAL {{ SERVICE {there} {{ ?s ?p ?o }} }} }}",
        "{{ SELECT * {{ SERVICE {there} {{ ?s ?p ?o }} }} }}",
    ],
)
def test_no_other_service_is_asked(service: RunningService, listener: Listener, service_part: str) -> None:
    there = f"<http://127.0.0.1:{listener.port}/sparql>"
    query = f"PREFIX e: <http://e.org/> SELECT * {{ {service_part.format(there=there)} }}"

    reply = service.get(query)

    assert reply.status == 400
    assert listener.arrived == 0


def test_a_worker_has_no_network_even_if_a_query_came_through(listener: Listener) -> None:
    program = (
        "import sys, pyoxigraph as ox\n"
        "from kg.service.confinement import leave_network\n"
        "if sys.argv[1] == 'confined' and not leave_network(): sys.exit(7)\n"
        f"query = 'SELECT * {{ SERVICE SILENT <http://127.0.0.1:{listener.port}/> {{ ?s ?p ?o }} }}'\n"
        "list(ox.Store().query(query))\n"
    )
    confined = subprocess.run([sys.executable, "-c", program, "confined"], check=False)
    if confined.returncode == 7:
        pytest.skip("this system gives a process no network of its own")
    assert listener.arrived == 0
    subprocess.run([sys.executable, "-c", program, "free"], check=False)
    assert waited_for(lambda: listener.arrived > 0), "the listener would have noticed"


@pytest.mark.parametrize(
    "clause",
    [
        "FROM <file:///etc/passwd>",
        "FROM NAMED <file:///etc/passwd>",
        "FROM {there}",
        "FROM NAMED {there}",
        "FROM e:graph",
        "FROM <relative>",
    ],
)
def test_from_elsewhere_is_refused(service: RunningService, listener: Listener, clause: str) -> None:
    there = f"<http://127.0.0.1:{listener.port}/data.ttl>"
    query = f"PREFIX e: <http://e.org/> SELECT * {clause.format(there=there)} {{ ?s ?p ?o }}"

    reply = service.get(query)

    assert reply.status == 400
    assert "nothing is read from elsewhere" in reply.text
    assert "root:" not in reply.text
    assert listener.arrived == 0


@pytest.mark.parametrize("parameter", ["default-graph-uri", "named-graph-uri"])
@pytest.mark.parametrize("graph", ["file:///etc/passwd", "http://127.0.0.1:{port}/", "not an IRI", ""])
def test_graphs_elsewhere_are_refused(
    service: RunningService, listener: Listener, parameter: str, graph: str
) -> None:
    named = urlencode({"query": "SELECT * { ?s ?p ?o }", parameter: graph.format(port=listener.port)})
    reply = service.request("GET", f"/sparql?{named}")
    assert reply.status == 400
    assert listener.arrived == 0


# Taking too much.


def test_a_cross_join_is_stopped_at_the_limit(service: RunningService) -> None:
    reply = service.get(CROSS_JOIN)
    assert reply.status == 500
    assert "stopped at the limit of 4 seconds" in reply.text
    assert json.loads(service.get(SHORT).body)["boolean"] is True


@on_linux
def test_a_query_that_eats_memory_is_stopped_and_the_memory_given_back(service: RunningService) -> None:
    reply = service.get(MEMORY_EATER)

    assert reply.status == 500
    assert "stopped at the limit of 150,000,000 bytes of memory" in reply.text
    assert waited_for(lambda: max(service.worker_memory().values()) < 100 * MEGABYTE)
    assert json.loads(service.get(SHORT).body)["boolean"] is True


@on_linux
def test_memory_within_the_limit_is_given_back_too(store_path: Path) -> None:
    with serving(store_path, "--max-memory", 800, "--workers", 2) as service:
        reply = service.get(f'SELECT (STRLEN(GROUP_CONCAT("{"x" * 9000}")) AS ?n) {{ ?a ?b ?c . ?d ?e ?f }}')
        assert int(reply.rows()[0]["n"]) > 200 * MEGABYTE
        assert waited_for(lambda: max(service.worker_memory().values()) < 100 * MEGABYTE)


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_too_many_rows_are_an_error_and_no_shorter_table(service: RunningService, form: str) -> None:
    query = "SELECT (1 AS ?one) { ?a ?b ?c . ?d ?e ?f }"
    reply = service.get(f"{query} LIMIT 5001", format=form)
    assert reply.status == 500
    assert "the limit of 5,000 rows" in reply.text
    assert service.get(f"{query} LIMIT 5000", format="tsv").text.count("\n") == 5001


def test_too_many_triples_are_an_error(service: RunningService) -> None:
    reply = service.get("CONSTRUCT { ?a ?b ?new } { ?a ?b ?c . ?d ?e ?f BIND(RAND() AS ?new) }")
    assert (reply.status, "the limit of 5,000 rows" in reply.text) == (500, True)


def test_a_long_answer_is_stopped_at_its_length(service: RunningService) -> None:
    reply = service.get(f'SELECT (GROUP_CONCAT("{"x" * 100}") AS ?long) {{ ?a ?b ?c . ?d ?e ?f }}')
    assert (reply.status, reply.text.partition(";")[0]) == (
        500,
        "the query was stopped at the limit of 1,000,000 bytes of answer",
    )


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { FILTER(" + "(" * 50_000 + "1" + ")" * 50_000 + ") }",
        "SELECT * " + "{" * 100_000 + "}" * 100_000,
        "SELECT * { ?s ?p ?o FILTER(" + "!" * 100_000 + "?o) }",
    ],
    ids=["brackets", "braces", "negations"],
)
def test_a_query_nested_too_deeply_ends_a_worker_and_nothing_else(
    service: RunningService, query: str
) -> None:
    reply = service.form(query=query)
    assert reply.status in (400, 500)
    assert service.process.poll() is None
    assert json.loads(service.get(SHORT).body)["boolean"] is True


def test_no_number_of_heavy_queries_blocks_a_short_one(store_path: Path) -> None:
    with (
        serving(store_path, "--timeout", 60, "--workers", 3) as service,
        ThreadPoolExecutor(6) as many,
    ):
        heavy = [many.submit(service.get, CROSS_JOIN) for _ in range(6)]
        for _ in range(5):
            assert service.get(SHORT).status == 200
        assert not any(reply.done() for reply in heavy), "the heavy ones go on or wait meanwhile"
        service.process.send_signal(signal.SIGINT)


@on_linux
def test_a_query_whose_asker_has_gone_is_given_up(store_path: Path) -> None:
    with serving(store_path, "--timeout", 600, "--workers", 2) as service:
        assert waited_for(lambda: len(service.worker_ids()) == 2)
        before = set(service.worker_ids())
        host, _, port = service.netloc.rpartition(":")
        asking = socket.create_connection((host, int(port)))
        query = "query=" + CROSS_JOIN.replace(" ", "+")
        asking.sendall(f"GET /sparql?{query} HTTP/1.1\r\nHost: {service.netloc}\r\n\r\n".encode())
        time.sleep(0.5)
        asking.close()
        assert waited_for(lambda: len(before & set(service.worker_ids())) == 1)


def test_one_who_reads_slowly_keeps_no_worker(store_path: Path) -> None:
    with serving(store_path, "--workers", 2, "--max-megabytes", 40) as service:
        host, _, port = service.netloc.rpartition(":")
        query = "query=SELECT+*+{?a+?b+?c.?d+?e+?f}LIMIT+30000"
        slow = [socket.create_connection((host, int(port))) for _ in range(4)]
        for connection in slow:
            connection.sendall(f"GET /sparql?{query} HTTP/1.1\r\nHost: {service.netloc}\r\n\r\n".encode())
            assert connection.recv(12) == b"HTTP/1.1 200"
        assert service.get(SHORT).status == 200
        for connection in slow:
            connection.close()


@on_linux
def test_workers_do_not_outlive_a_service_that_was_killed(store_path: Path) -> None:
    with serving(store_path) as service:
        workers = service.worker_ids()
        assert workers
        os.kill(service.process.pid, signal.SIGKILL)
        assert waited_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers))


# Coming from elsewhere.


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:80", "localhost.evil.example", "127.0.0.1.evil.example", "", "[::2]", "@"],
)
def test_a_foreign_host_header_is_refused(service: RunningService, host: str) -> None:
    reply = service.request("GET", "/sparql?query=ASK%7B%7D", headers={"Host": host})
    assert reply.status in (400, 421)
    assert b"boolean" not in reply.body


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:99", "127.0.0.1:1", "[::1]:8765"])
def test_every_name_of_this_computer_is_answered(service: RunningService, host: str) -> None:
    assert service.request("GET", "/sparql?query=ASK%7B%7D", headers={"Host": host}).status == 200


def test_a_host_and_an_origin_can_be_allowed(store_path: Path) -> None:
    options = ("--allow-host", "graph.example", "--allow-origin", "https://notebook.example")
    with serving(store_path, *options) as service:
        assert service.get(SHORT, {"Host": "graph.example"}).status == 200
        assert service.get(SHORT, {"Host": "other.example"}).status == 421
        reply = service.get(SHORT, {"Origin": "https://notebook.example", "Sec-Fetch-Site": "cross-site"})
        assert (reply.status, reply.headers["access-control-allow-origin"]) == (
            200,
            "https://notebook.example",
        )
        asked_before = {
            "Origin": "https://notebook.example",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        }
        preflight = service.request("OPTIONS", "/sparql", headers=asked_before)
        assert preflight.status == 204
        assert "POST" in preflight.headers["access-control-allow-methods"]
        assert service.get(SHORT, {"Origin": "https://other.example"}).status == 403


def test_no_permission_is_given_unasked(service: RunningService) -> None:
    for headers in ({}, {"Origin": service.address.rstrip("/")}):
        reply = service.get(SHORT, headers)
        assert reply.status == 200
        assert not [name for name in reply.headers if name.startswith("access-control")]
        assert reply.headers["cross-origin-resource-policy"] == "same-origin"
    for origin in ("https://evil.example", "null", "http://localhost:1"):
        refused = service.get(SHORT, {"Origin": origin})
        assert refused.status == 403
        assert not [name for name in refused.headers if name.startswith("access-control")]


def test_a_link_may_be_followed_and_nothing_else_come_from_another_site(service: RunningService) -> None:
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert service.get(SHORT, link).status == 200
    for changed in ({"Sec-Fetch-Mode": "no-cors"}, {"Sec-Fetch-Dest": "iframe"}):
        assert service.get(SHORT, {**link, **changed}).status == 403
    assert service.form(query=SHORT, headers=link).status == 403


# Bytes that are no requests.


@contextmanager
def ten_megabytes() -> Iterator[bytes]:
    yield b"SELECT * { ?s ?p '" + b"a" * 10 * MEGABYTE + b"' }"


def test_a_query_of_ten_megabytes_is_refused(service: RunningService) -> None:
    with ten_megabytes() as query:
        direct = service.request("POST", "/sparql", query, {"Content-Type": "application/sparql-query"})
        form = service.form(query=query)
        get = service.raw(b"GET /sparql?query=" + query[:MEGABYTE] + b" HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert (direct.status, form.status) == (413, 413)
    assert "longer than 1,000,000 bytes" in direct.text
    assert get.startswith(b"HTTP/1.1 4")
    assert service.get(SHORT).status == 200


@pytest.mark.parametrize(
    "target",
    [
        "/sparql?query=ASK%FF",
        "/sparql?query=ASK%C3%28",
        "/sparql?query=%ED%A0%80",
        "/sparql?query=ASK%7B%7D%00",
        "/sparql?query=%F4%90%80%80",
        "/sparql?query=ASK%7B%7D&default-graph-uri=%FF",
        "/sparql?%FF=1&query=ASK%7B%7D",
        "/sparql?query=%ZZ",
    ],
)
def test_malformed_encodings_are_told(service: RunningService, target: str) -> None:
    assert service.request("GET", target).status == 400
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert service.request("POST", "/sparql", target.partition("?")[2].encode(), form).status == 400


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"\x00\x01\x02\r\n\r\n",
        b"GET /sparql?query=ASK{} HTTP/9.9\r\n\r\n",
        b"GET /sparql?query=\xff HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n",
    ],
)
def test_what_is_no_request_is_refused(service: RunningService, request_bytes: bytes) -> None:
    answered = service.raw(request_bytes)
    assert not answered.startswith(b"HTTP/1.1 2")
    assert service.get(SHORT).status == 200


def test_nothing_of_a_request_comes_into_the_headers(service: RunningService) -> None:
    for name in ("format", "default-graph-uri", "query"):
        reply = service.request("GET", f"/sparql?query=ASK%7B%7D&{name}=a%0D%0AX-Injected:%20yes")
        assert reply.status == 400
        assert "x-injected" not in reply.headers


@pytest.mark.parametrize(
    "target",
    [
        "/../../../../etc/passwd",
        "/static/../../../../../../etc/passwd",
        "/static/..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
        "/static/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/static//etc/passwd",
        "/static/..\\..\\..\\etc\\passwd",
        "/static/__init__.py%00.css",
        "/person/../../../../etc/passwd",
        "/person/..%2F..%2F..%2Fetc%2Fpasswd",
        "/article/..%2F..%2Fstore.json",
        "/place/%00",
        "/place/%FF%FE",
        "/person/" + "a" * 20_000,
        "/person/%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "//evil.example/",
        "/%0d%0aLocation:%20http://evil.example/",
    ],
)
def test_paths_lead_nowhere_else(service: RunningService, target: str) -> None:
    reply = service.request("GET", target)

    assert reply.status in (400, 404, 414)
    for leaked in (b"root:", b"import annotations", b'"format"', b"<script>alert(1)"):
        assert leaked not in reply.body
    assert "location" not in reply.headers


def test_no_answer_says_what_runs_here(service: RunningService) -> None:
    replies: list[Reply] = [service.get(SHORT), service.get("nonsense"), service.request("GET", "/none")]
    for reply in replies:
        assert "server" not in reply.headers
        assert b"Traceback" not in reply.body
        assert "default-src 'none'" in reply.headers["content-security-policy"]
        assert reply.headers["x-content-type-options"] == "nosniff"
