from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.errors import MeasureError
from kg.filters import Filters
from kg.measures.engines import engine_named
from kg.measures.results import RESULTS, Result, cell_text
from kg.projection import network
from kg.statistics import Ask, Statistics, annotate
from kg.store import Store
from kg.view_files import read_views
from tests.kg.invented_articles import MEETING, PLAN, REPRINT
from tests.kg.invented_spread import SPREAD


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.create(tmp_path_factory.mktemp("kg") / "store") as store:
        store.add([MEETING, REPRINT, PLAN, *SPREAD])
        yield store


def records(found: Result) -> list[dict[str, object]]:
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]


def only(store: Store, view: str, name: str, ask: Ask | None = None) -> list[dict[str, object]]:
    (found,) = Statistics(store, view, ask).results([name])
    return records(found)


@pytest.mark.parametrize("view", read_views())
def test_every_view_has_its_results(store: Store, view: str) -> None:
    found = Statistics(store, view)
    names = [each.name for each in found.results()]
    assert names == found.names() == [name for name in RESULTS if name in names]
    assert ("paths" in names) == (view in ("diffusion",))
    for each in found.results():
        assert each.title.zh and each.title.en
        assert all(len(row) == len(each.columns) for row in each.rows)
    nodes = records(found.results(["nodes"])[0])
    assert len(nodes) == len(found.graph)
    degrees = [row["degree"] for row in nodes]
    assert degrees == sorted(degrees, reverse=True)  # type: ignore[type-var]


def test_the_overview_says_what_was_asked_and_how(store: Store) -> None:
    ask = Ask(filters=Filters(places=("甘肃省",)), weight="shared_by_size", engine="networkx")
    found = Statistics(store, "coattendance", ask).results(["overview"])[0]
    assert found.about == "weighed by shared_by_size; betweenness exact; computed by networkx; in 甘肃省"
    values = {row[0]: row[1] for row in found.rows}
    # three people at one event: every pair is tied by one half
    assert (values["nodes"], values["ties (pairs of nodes)"], values["density"]) == (3, 3, 1.0)
    assert (values["mean strength"], values["transitivity"]) == (1.0, 1.0)


def test_year_by_year(store: Store) -> None:
    rows = only(store, "diffusion", "years")
    assert [(r["year"], r["nodes"], r["new_nodes"], r["edges"]) for r in rows] == [
        (2018, 2, 2, 1),
        (2019, 2, 1, 1),
        (2020, 2, 1, 1),
        (2021, 2, 1, 1),
        (2022, 0, 0, 0),
        (2023, 4, 2, 3),
    ]
    within = only(store, "diffusion", "years", Ask(filters=Filters(since="2019-04", until="2022")))
    assert [row["year"] for row in within] == [2020, 2021]


def test_practices_are_told_with_their_sentences(store: Store) -> None:
    ask = Ask(practices=("平安夜话",))
    adopted = only(store, "diffusion", "adoptions", ask)
    assert [row["place"] for row in adopted] == ["诸暨市", "绍兴市", "酒泉市", "嘉峪关市", "兰州市"]
    assert all("平安夜话" in str(row["sentence"]) for row in adopted)
    assert [row["rank"] for row in adopted][-1] is None
    ways = only(store, "diffusion", "paths", ask)
    official = next(row for row in ways if row["channel"] == "official")
    assert (official["from"], official["to"], official["open_before"]) == ("诸暨市", "酒泉市", "yes")
    assert "公冶明" in str(official["sentences"])
    by_year = only(store, "diffusion", "practice-years", ask)
    assert [(r["year"], r["new_places"], r["places"]) for r in by_year] == [
        (2018, 1, 1), (2019, 1, 2), (2020, 1, 3), (2021, 1, 4),
    ]  # fmt: skip


def test_nodes_can_carry_their_measures(store: Store) -> None:
    found = Statistics(store, "offices")
    graph = network(store, "offices")
    annotate(graph, found)
    for _, row in graph.nodes(data=True):
        assert (
            isinstance(row["degree"], int) and isinstance(row["betweenness"], float) and row["community"] >= 1
        )


def test_the_same_results_from_both_engines(store: Store) -> None:
    pytest.importorskip("igraph", reason="igraph is not installed")
    left_out = {"communities", "overview"}  # these say which engine it was
    for view in read_views():
        one, two = (Statistics(store, view, Ask(engine=name)) for name in ("networkx", "igraph"))
        for a, b in zip(one.results(), two.results(), strict=True):
            if a.name not in left_out:
                columns = [place for place, name in enumerate(a.columns) if name != "community"]
                rows = [[[row[place] for place in columns] for row in each.rows] for each in (a, b)]
                assert [cell_text(c, 9) for row in rows[0] for c in row] == [
                    cell_text(c, 9) for row in rows[1] for c in row
                ]


def test_leiden_without_igraph_is_told(store: Store) -> None:
    with pytest.raises(MeasureError, match="networkx has no leiden communities; pip install"):
        Statistics(store, "offices", Ask(engine="networkx", method="leiden")).results()


def test_an_engine_is_always_there() -> None:
    assert engine_named("networkx").name == "networkx"
    assert engine_named(None).name in ("networkx", "igraph")


def test_an_empty_store_has_results_too(tmp_path_factory: pytest.TempPathFactory) -> None:
    with Store.create(tmp_path_factory.mktemp("kg") / "store") as empty:
        for view in read_views():
            for each in Statistics(empty, view).results():
                assert not each.rows or each.name == "overview"
