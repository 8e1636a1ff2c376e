"""Pushing: the server holds what the store holds, whatever was there and however often a push was killed."""

from __future__ import annotations

import os
import signal
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.endpoint import Endpoint
from kg.push.record import PushRecord
from kg.store import Store
from kg.vocabulary import DATA, DCTERMS, GOV, RDFS
from kg.web import Web
from tests.kg.remote.commands import govkg, process
from tests.kg.remote.servers import Server

ARTICLES = 100
IN_ARTICLE = 60
DIRECT = 15_000
"""Enough for pieces in dozens of requests; the direct triples alone are cut in many."""


@pytest.fixture
def large(tmp_path: Path) -> Path:
    path = tmp_path / "large.kg"
    with Store.create(path) as store:
        store.database.bulk_extend(quads())
        store.optimize()  # so that what was written beside the store's own ways is published
    return path


def quads(version: str = "") -> Iterator[ox.Quad]:
    for number in range(ARTICLES):
        article = ox.NamedNode(f"{DATA}article/甲{number}")
        yield ox.Quad(article, GOV.recordDigest, ox.Literal(f"digest {number}"), article)
        for each in range(IN_ARTICLE - 1):
            node = ox.NamedNode(f"{article.value}#e-{each}")
            yield ox.Quad(node, RDFS.label, ox.Literal(f'“𠮷”\u2028{each}\n"\\', language="zh-Hans"), article)
    for number in range(DIRECT):
        subject = ox.NamedNode(f"{DATA}person/乙{number // 3}")
        yield ox.Quad(subject, DCTERMS.title, ox.Literal(f"{number}{version}"), ox.DefaultGraph())


def held(server: Server) -> set[ox.Quad]:
    """Return what the server has of ours."""
    if server.name == "Oxigraph":
        request = urllib.request.Request(server.graph_store, headers={"Accept": "application/n-quads"})
        with urllib.request.urlopen(request) as answer:
            return set(ox.parse(answer.read(), ox.RdfFormat.N_QUADS))
    ours = f'FILTER(STRSTARTS(STR(?graph), "{DATA}"))'
    found = set()
    with Endpoint(server.query) as endpoint:
        for row in endpoint.select(f"SELECT ?graph ?s ?p ?o WHERE {{ GRAPH ?graph {{ ?s ?p ?o }} {ours} }}"):
            is_direct = row["graph"].value == f"{DATA}graph/facts"
            graph = ox.DefaultGraph() if is_direct else row["graph"]
            found.add(ox.Quad(row["s"], row["p"], row["o"], graph))
    return found


def stored(path: Path) -> set[ox.Quad]:
    with Store.open(path) as store:
        return set(store.quads())


def push(path: Path, server: Server, *more: object) -> str:
    result = govkg("push", "--store", path, "--endpoint", server.writing, *more)
    assert result.exit_code == 0, result.stderr
    return result.stderr


def lines_noted(path: Path) -> int:
    return sum(file.read_bytes().count(b'["arrived"') for file in (path / "pushed").glob("*.jsonl"))


def test_killed_again_and_again(empty_server: Server, large: Path) -> None:
    kills = 0
    for _ in range(3):
        before = lines_noted(large)
        running = process("push", "--store", large, "--endpoint", empty_server.writing)
        while running.poll() is None and lines_noted(large) < before + 20:
            time.sleep(0.005)
        if running.poll() is None:
            os.kill(running.pid, signal.SIGKILL)
            kills += 1
        running.communicate()
    assert kills == 3
    part = held(empty_server)
    assert 0 < len(part) < len(stored(large))
    assert part < stored(large)
    told = push(large, empty_server)
    assert held(empty_server) == stored(large)
    kept = int(told.split(" there already")[0].rsplit(" ", 1)[1].replace(",", ""))
    assert kept > 1000  # it went on, rather than from the start


def test_killed_while_it_replaces(empty_server: Server, large: Path) -> None:
    push(large, empty_server)
    with Store.open(large, write=True) as store:
        store.database.clear()
        store.database.bulk_extend(quads(" anew"))
        store.optimize()
    for _ in range(2):
        before = lines_noted(large)
        running = process("push", "--store", large, "--endpoint", empty_server.writing)
        while running.poll() is None and lines_noted(large) < before + 6:
            time.sleep(0.005)
        assert running.poll() is None
        os.kill(running.pid, signal.SIGKILL)
        running.communicate()
    push(large, empty_server)
    assert held(empty_server) == stored(large)


def test_what_has_changed_is_sent(empty_server: Server, large: Path) -> None:
    push(large, empty_server)
    with Store.open(large, write=True) as store:
        gone = ox.NamedNode(f"{DATA}article/甲7")
        store.database.remove_graph(gone)
        article = ox.NamedNode(f"{DATA}article/new")
        store.database.add(ox.Quad(article, GOV.recordDigest, ox.Literal("new"), article))
        person = ox.NamedNode(f"{DATA}person/乙5")
        for quad in list(store.database.quads_for_pattern(person, None, None, None)):
            store.database.remove(quad)
        store.database.add(ox.Quad(person, DCTERMS.title, ox.Literal("other"), ox.DefaultGraph()))
        store.optimize()
    told = push(large, empty_server)
    assert held(empty_server) == stored(large)
    sent = int(told.split(" triples sent")[0].rsplit(" ", 1)[1].replace(",", ""))
    assert 0 < sent < 2000
    assert "1 graphs taken away" in told
    assert " 0 triples sent" in push(large, empty_server)


def test_what_somebody_else_changed_there_is_mended(empty_server: Server, large: Path) -> None:
    push(large, empty_server)
    address = empty_server.writing.removesuffix("/query")
    with Web(address + "/update" if empty_server.name == "Oxigraph" else address) as web:
        added = f"GRAPH <{DATA}article/甲4> {{ <a:a> <a:b> 1 }}"
        text = f"CLEAR GRAPH <{DATA}article/甲3>; INSERT DATA {{ {added} }}"
        web.send("POST", body=text.encode(), headers={"Content-Type": "application/sparql-update"})
    assert held(empty_server) != stored(large)
    push(large, empty_server)
    assert held(empty_server) == stored(large)


def test_by_the_graph_store_protocol(empty_server: Server, sample: Path, large: Path) -> None:
    options = ("--graph-store", empty_server.graph_store)
    result = govkg("push", "--store", large, *options)
    assert result.exit_code == 0, result.stderr
    assert "not compared" in result.stderr
    assert held(empty_server) == stored(large)
    again = govkg("push", "--store", large, *options, "--endpoint", empty_server.query)
    assert again.exit_code == 0, again.stderr
    assert ": 0 triples sent" in again.stderr
    refused = govkg("push", "--store", sample, *options, "--endpoint", empty_server.query)
    assert refused.exit_code == 1
    assert "--replace" in refused.stderr
    other = govkg("push", "--store", sample, *options, "--endpoint", empty_server.query, "--replace")
    assert other.exit_code == 0, other.stderr
    assert held(empty_server) == stored(sample)


def test_other_data_stay(empty_server: Server, sample: Path) -> None:
    if empty_server.name != "Oxigraph":
        pytest.skip("Virtuoso has no default graph of its own")
    other = b'<http://example.org/a> <http://example.org/b> "c" .'
    for target in ("default", "graph=http://example.org/g"):
        request = urllib.request.Request(
            f"{empty_server.graph_store}?{target}", other, {"Content-Type": "text/turtle"}, method="POST"
        )
        urllib.request.urlopen(request).close()
    before = held(empty_server)
    push(sample, empty_server)
    assert held(empty_server) == before | stored(sample)
    with Endpoint(empty_server.query) as endpoint, Store.open(sample) as store:
        assert endpoint.graphs()[""] == store.counts()["triples"]


def test_without_the_password(empty_server: Server, sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if empty_server.name != "Virtuoso":
        pytest.skip("Oxigraph's server asks nobody")
    monkeypatch.delenv("GOVKG_ENDPOINT_PASSWORD")
    result = govkg("push", "--store", sample, "--endpoint", empty_server.writing)
    assert result.exit_code == 1
    assert "GOVKG_ENDPOINT_USER" in result.stderr
    monkeypatch.setenv("GOVKG_ENDPOINT_PASSWORD", "wrong")
    result = govkg("push", "--store", sample, "--endpoint", empty_server.writing)
    assert result.exit_code == 1
    assert "401" in result.stderr
    assert "wrong" not in result.stderr


def test_one_push_at_a_time(sample: Path, tmp_path: Path) -> None:
    address = "http://127.0.0.1:1/query"
    with PushRecord(sample, "http://127.0.0.1:1/update"):
        result = govkg("push", "--store", sample, "--endpoint", address)
    assert result.exit_code == 1
    assert "another push" in result.stderr
