from __future__ import annotations

from collections.abc import Iterator

import networkx as nx
import pytest

from kg.measures.adoption import adoptions, curve, spread_by_level, spread_by_province
from kg.measures.paths import borders, neighbourhood, paths
from kg.projection import ViewFacts, project, read_view_facts
from kg.store import Store
from tests.kg.invented_spread import SPREAD


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ViewFacts]:
    with Store.create(tmp_path_factory.mktemp("kg") / "store") as store:
        store.add(SPREAD)
        yield read_view_facts(store, "diffusion")


def test_who_adopted_when(facts: ViewFacts) -> None:
    found = adoptions(project(facts))
    assert [(a.rank, a.day, a.place_label, a.level, a.province, a.is_origin) for a in found] == [
        (1, "2018-05-04", "诸暨市", "county", "浙江省", True),
        (2, "2019-03-10", "绍兴市", "prefecture", "浙江省", False),
        (3, "2020-06-01", "酒泉市", "prefecture", "甘肃省", False),
        (4, "2021-01-15", "嘉峪关市", "prefecture", "甘肃省", False),
        (0, "", "兰州市", "prefecture", "甘肃省", False),
    ]
    assert {a.practice_label for a in found} == {"平安夜话"} and all(a.statements for a in found)
    assert adoptions(project(facts), ["平安夜话"]) == found
    assert adoptions(project(facts), ["别的做法"]) == []


def test_curve_and_spread(facts: ViewFacts) -> None:
    found = adoptions(project(facts))
    assert curve(found) == [
        ("2018-05-04", 1, 1),
        ("2019-03-10", 1, 2),
        ("2020-06-01", 1, 3),
        ("2021-01-15", 1, 4),
    ]
    assert [(s.group, s.places, s.first_day, s.first_place) for s in spread_by_province(found)] == [
        ("甘肃省", 3, "2020-06-01", "酒泉市"),
        ("浙江省", 2, "2018-05-04", "诸暨市"),
    ]
    assert [(s.group, s.places) for s in spread_by_level(found)] == [("prefecture", 4), ("county", 1)]


def test_places_of_one_day_share_their_rank() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("w", type="Practice", label="某法")
    for place, day in (("a", "2020-01-01"), ("b", "2020-01-01"), ("c", "2021-01-01")):
        graph.add_node(place, type="Place", label=place)
        graph.add_edge("w", place, "practises", relation="practises", periods=[f"{day}/{day}"], articles=1)
    assert [each.rank for each in adoptions(graph)] == [1, 1, 3]


def test_plausible_paths_and_their_evidence(facts: ViewFacts) -> None:
    found = {
        (p.source.place_label, p.target.place_label, p.channel): p
        for p in paths(facts, adoptions(project(facts)))
    }
    assert set(found) == {
        ("诸暨市", "绍兴市", "neighbours"),
        ("诸暨市", "酒泉市", "official"),
        ("绍兴市", "嘉峪关市", "event"),
        ("酒泉市", "嘉峪关市", "neighbours"),
    }
    official = found["诸暨市", "酒泉市", "official"]
    assert (official.through, official.open_before, official.days) == ("公冶明", True, 759)
    assert len(official.statements) == 2
    assert {facts.statements[iri].relation for iri in official.statements} == {"holdsPost"}
    event = found["绍兴市", "嘉峪关市", "event"]
    assert (event.through, event.open_before) == ("夜话经验交流论坛", True)
    assert {facts.statements[iri].relation for iri in event.statements} == {"attended"}
    near = found["诸暨市", "绍兴市", "neighbours"]
    assert (near.through, near.statements, near.days) == ("绍兴市", (), 310)


def test_borders_stand_both_ways() -> None:
    assert len(borders()) == 34
    for province, neighbours in borders().items():
        assert province not in neighbours
        assert all(province in borders()[other] for other in neighbours)


def test_which_places_are_neighbours(facts: ViewFacts) -> None:
    iri = {entity.label: iri for iri, entity in facts.entities.items()}

    def between(one: str, other: str) -> str:
        return neighbourhood(facts.whereabouts, iri[one], iri[other])

    assert between("诸暨市", "绍兴市") == between("绍兴市", "诸暨市") == "绍兴市"
    assert between("酒泉市", "嘉峪关市") == "甘肃省"
    assert between("诸暨市", "浙江省") == "浙江省"
    assert between("诸暨市", "酒泉市") == between("浙江省", "甘肃省") == ""
