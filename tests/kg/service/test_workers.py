"""The pool of workers, asked as the pages ask it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import BlankNode, Literal

from kg import iris
from kg.errors import QueryError, StoreError
from kg.service.live_store import LiveStore
from kg.service.problems import BusyError, LimitReachedError
from kg.service.settings import Limits, Settings
from kg.service.workers import Workers
from kg.store import Store
from kg.vocabulary import GOV, RDFS
from tests.kg.sample_facts import samples
from tests.kg.service.test_attacks import CROSS_JOIN

NAMES = 'SELECT ?person ?name { ?person a gov:Person ; rdfs:label ?name FILTER(LANG(?name) = "zh-hans") }'


def with_workers(
    store: Path, task: Callable[[Workers], Coroutine[Any, Any, Any]], settings: Settings | None = None
) -> Any:
    """Return what a task with running workers returns."""

    async def run() -> Any:
        workers = Workers(store, settings or Settings(limits=Limits(seconds=5), workers=2))
        await workers.start()
        try:
            return await task(workers)
        finally:
            await workers.stop()

    return asyncio.run(run())


def test_rows_are_those_of_the_store(store_path: Path) -> None:
    answer = with_workers(store_path, lambda workers: workers.ask(NAMES))

    with Store.open(store_path) as store:
        expected = {tuple(row) for row in store.select(NAMES)}
    assert (answer.kind, answer.columns, answer.cut) == ("solutions", ("person", "name"), False)
    assert set(answer.rows) == expected != set()


def test_every_kind_of_term_comes_back_as_it_is(store_path: Path) -> None:
    query = 'SELECT * { VALUES (?a ?b) { (<http://e.org/市> "x\\n\\"y"@zh) ("1.5" UNDEF) (1.50 true) } }'
    answer = with_workers(store_path, lambda workers: workers.ask(query))

    with Store.open(store_path) as store:
        expected = {tuple(row) for row in store.select(query)}
    assert set(answer.rows) == expected
    blank = with_workers(store_path, lambda workers: workers.ask("SELECT (BNODE() AS ?b) {}"))
    assert isinstance(blank.rows[0][0], BlankNode)


def test_ask_and_construct_are_rows_too(store_path: Path) -> None:
    async def both(workers: Workers) -> Any:
        return await workers.ask("ASK {}"), await workers.ask("CONSTRUCT WHERE { ?s a gov:Place }")

    truth, graph = with_workers(store_path, both)
    assert (truth.kind, truth.columns, truth.rows) == ("boolean", ("answer",), [(Literal(True),)])
    assert (graph.kind, graph.columns) == ("graph", ("subject", "predicate", "object"))
    assert {row[2] for row in graph.rows} == {GOV.Place}


def test_values_are_bound_and_never_read_as_sparql(store_path: Path) -> None:
    query = "SELECT ?s ?name { ?s rdfs:label ?name }"
    hostile = Literal('" } SERVICE <http://127.0.0.1:9/> { ?x ?y ?z', language="zh")

    async def ask(workers: Workers) -> Any:
        known = await workers.ask(query, bindings={"name": Literal("酒泉市", language="zh-Hans")})
        return known, await workers.ask(query, bindings={"name": hostile})

    known, unknown = with_workers(store_path, ask)
    assert len(known.rows) == 1
    assert unknown.rows == []


def test_graphs_are_named_beside_the_query(store_path: Path) -> None:
    graph = iris.article(samples()[0].article.id)
    query = "SELECT ?title { ?article dcterms:title ?title }"
    answer = with_workers(store_path, lambda workers: workers.ask(query, default_graphs=[graph]))
    assert [row[0].value for row in answer.rows] == [samples()[0].article.title]


def test_more_rows_than_asked_for_are_cut_and_it_is_told(store_path: Path) -> None:
    async def ask(workers: Workers) -> Any:
        whole = await workers.ask(NAMES)
        exact = await workers.ask(NAMES, limits=Limits(rows=len(whole.rows)))
        return whole, exact, await workers.ask(NAMES, limits=Limits(rows=len(whole.rows) - 1))

    whole, exact, cut = with_workers(store_path, ask)
    assert (whole.cut, exact.cut, cut.cut) == (False, False, True)
    assert len(cut.rows) == len(whole.rows) - 1
    assert set(cut.rows) < set(whole.rows)


def test_what_is_wrong_with_a_query_is_raised(store_path: Path) -> None:
    async def ask(workers: Workers) -> None:
        with pytest.raises(QueryError, match="line 1") as caught:
            await workers.ask("SELECT ?s { ?s }")
        assert caught.value.remedy
        with pytest.raises(QueryError, match="SERVICE is refused"):
            await workers.ask("SELECT * { SERVICE <http://127.0.0.1:9/> {} }")
        with pytest.raises(LimitReachedError, match=r"limit of 0\.3 seconds"):
            await workers.ask(CROSS_JOIN, limits=Limits(seconds=0.3))
        assert (await workers.ask("ASK {}")).rows

    with_workers(store_path, ask)


def test_those_who_are_too_many_are_sent_away(store_path: Path) -> None:
    async def ask(workers: Workers) -> list[Any]:
        heavy = (workers.ask(CROSS_JOIN, limits=Limits(seconds=1)) for _ in range(8))
        return await asyncio.gather(*heavy, return_exceptions=True)

    kinds = [type(error) for error in with_workers(store_path, ask, Settings(workers=2, waiting=1))]
    assert kinds.count(BusyError) >= 3
    assert set(kinds) == {BusyError, LimitReachedError}


def test_long_queries_that_are_too_many_wait_for_a_place_and_are_answered_whole(store_path: Path) -> None:
    query = "SELECT ?a (SHA512(CONCAT(STR(?d), STR(?g))) AS ?x) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"

    async def ask(workers: Workers) -> Any:
        long = [
            workers.write(f"{query} LIMIT {100_000 + n}", solutions_format="tsv", graph_format=None)
            for n in range(4)
        ]
        return await asyncio.gather(*long)

    limits = Limits(seconds=120)
    answers = with_workers(store_path, ask, Settings(workers=2, limits=limits))
    assert [answer.rows for answer in answers] == [100_000 + n for n in range(4)]
    for answer in answers:
        lines = sum(1 for _ in answer.text)
        assert lines == answer.rows + 1
        answer.text.close()


def test_a_store_that_is_none_is_told(tmp_path: Path) -> None:
    async def nothing(workers: Workers) -> None:
        pytest.fail("the workers have started")

    with pytest.raises(StoreError, match="no such folder"):
        with_workers(tmp_path / "none.kg", nothing)


def test_the_live_store_follows_and_keeps_what_is_being_read(tmp_path: Path) -> None:
    path = tmp_path / "grows.kg"
    first, second, *_ = samples()
    with Store.create(path) as store:
        store.add([first])
    live = LiveStore(path)
    with live.reading() as before:
        with Store.open(path, write=True) as store:
            store.add([second])
        with live.reading() as after:
            assert (before.article_count(), after.article_count()) == (1, 2)
            assert after.state > before.state
        assert list(before.database.quads_for_pattern(None, RDFS.label, None, None))
    with live.reading() as again:
        assert again is after
    with pytest.raises(StoreError, match="closed"):
        before.article_count()
    live.close()


def test_a_store_that_was_built_anew_is_followed(tmp_path: Path) -> None:
    path = tmp_path / "again.kg"
    with Store.create(path) as store:
        store.add(samples()[:1])
    live = LiveStore(path)
    shutil.rmtree(path)
    with Store.create(path) as store:
        store.add(samples()[:2])
    with live.reading() as store:
        assert store.article_count() == 2
    live.close()
