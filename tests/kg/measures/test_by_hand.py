"""A network small enough to work out every figure with a pencil.

    甘 ── 酒 ── 绍 ── 浙      a line of four, weights 2, 1, 1; 诸 hangs on 绍 with weight 1; 岛 is alone.
               └── 诸

Ties 4, nodes 6. Shortest paths: 酒 lies on those of 甘 with 绍, 浙, 诸: 3 of the 10 pairs of others;
绍 on 甘-浙, 甘-诸, 酒-浙, 酒-诸, 浙-诸: 5 of 10. Degrees 1 2 3 1 1 0, strengths 2 3 3 1 1 0.
"""

from __future__ import annotations

import networkx as nx
import pytest

from kg.measures.brokerage import ROLES, brokerage
from kg.measures.engines import NetworkX
from kg.measures.mixing import assortativity, mixing
from kg.measures.positions import modularity, positions
from kg.measures.ties import Ties, ties_of
from kg.measures.whole import whole

NODES = ("a甘", "b酒", "c绍", "d浙", "e诸", "f岛")
PROVINCES = ["甘肃省", "甘肃省", "浙江省", "浙江省", "浙江省", ""]


@pytest.fixture
def ties() -> Ties:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from(NODES)
    for one, other, weight in (("a甘", "b酒", 2), ("b酒", "c绍", 1), ("c绍", "d浙", 1), ("c绍", "e诸", 1)):
        graph.add_edge(one, other, weight=weight, direction="undirected")
    return ties_of(graph)


def test_positions(ties: Ties) -> None:
    found = positions(ties, NetworkX())
    assert found.degree.tolist() == [1, 2, 3, 1, 1, 0]
    assert found.strength.tolist() == [2, 3, 3, 1, 1, 0]
    assert found.betweenness.tolist() == pytest.approx([0, 3 / 10, 5 / 10, 0, 0, 0])
    assert found.core.tolist() == [1, 1, 1, 1, 1, 0]
    assert found.component.tolist() == [1, 1, 1, 1, 1, 2]
    # weights 2, 1, 1, 1: cutting 酒-绍 leaves 4/5 inside; (5/10)² twice is expected
    assert found.community.tolist() == [2, 2, 1, 1, 1, 3]
    assert modularity(ties, found.community) == pytest.approx(4 / 5 - 1 / 2)
    assert found.pagerank.sum() == pytest.approx(1)
    # 岛 receives only what is spread over all: 0.15/6 and a sixth of 0.85 of its own
    assert found.pagerank[5] == pytest.approx(0.15 / 6 / (1 - 0.85 / 6))


def test_the_whole(ties: Ties) -> None:
    found = whole(ties, 4, positions(ties, NetworkX()).component)
    assert (found.nodes, found.ties, found.isolates, found.components, found.largest_component) == (
        6,
        4,
        1,
        2,
        5,
    )
    assert found.density == pytest.approx(4 / 15)
    assert found.mean_degree == pytest.approx(8 / 6)
    assert found.mean_strength == pytest.approx(10 / 6)
    assert found.transitivity == 0
    # differences to 3: 2 1 0 2 2 3 = 10; a star of six has 5 * 4
    assert found.centralization == pytest.approx(10 / 20)


def test_mixing_and_assortativity(ties: Ties) -> None:
    names, counts = mixing(ties, PROVINCES)
    assert (names, counts.tolist()) == (["浙江省", "甘肃省"], [[2, 1], [1, 1]])
    # ends: Zhejiang 5 of 8, Gansu 3 of 8; inside 6 of 8; expected (25 + 9) / 64
    expected = (25 + 9) / 64
    assert assortativity(ties, PROVINCES) == pytest.approx((6 / 8 - expected) / (1 - expected))


def test_brokerage(ties: Ties) -> None:
    found = brokerage(ties, PROVINCES)
    # 酒: 甘→酒→绍 as representative, back as gatekeeper. 绍: 酒→绍→浙 and 诸 as gatekeeper, back as
    # representative, 浙→绍→诸 and back as coordinator.
    assert dict(zip(ROLES, found[1].tolist(), strict=True)) == {
        "coordinator": 0, "itinerant": 0, "gatekeeper": 1, "representative": 1, "liaison": 0,
    }  # fmt: skip
    assert dict(zip(ROLES, found[2].tolist(), strict=True)) == {
        "coordinator": 2, "itinerant": 0, "gatekeeper": 2, "representative": 2, "liaison": 0,
    }  # fmt: skip
    assert not found[[0, 3, 4, 5]].any()


def test_two_modes_and_nothing() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for person, office in (("p1", "i1"), ("p1", "i2"), ("p2", "i2"), ("p3", "i2")):
        graph.add_edge(person, office, direction="directed")
    ties = ties_of(graph)
    found = whole(ties, 4, positions(ties, NetworkX()).component)
    assert found.two_mode == (3, 2)
    assert found.density == pytest.approx(4 / 6)
    empty = ties_of(nx.MultiDiGraph())
    none = positions(empty, NetworkX())
    assert [len(each) for each in (none.degree, none.pagerank, none.eigenvector, none.community)] == [0] * 4
    nothing = whole(empty, 0, none.component)
    assert (nothing.nodes, nothing.density, nothing.mean_degree, nothing.components) == (0, None, None, 0)
