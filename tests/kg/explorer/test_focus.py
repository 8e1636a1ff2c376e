from __future__ import annotations

import networkx as nx
import pytest

from extract.errors import GovkgError
from kg.explorer.focus import entities_named, focused, within


def network() -> nx.MultiDiGraph[str]:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("p", label="枫桥经验", type="Practice", aliases="新时代“枫桥经验”; 枫桥式")
    for number in range(4):
        graph.add_node(f"n{number}", label=f"某人{number}", type="Person")
    graph.add_edge("n0", "p")
    graph.add_edge("n1", "n0")
    graph.add_edge("n1", "n2")
    graph.add_edge("n3", "n2")
    return graph


def people() -> nx.MultiDiGraph[str]:
    """Return a view that has no practices."""
    return network().subgraph(["n0", "n1", "n2", "n3"]).copy()


@pytest.mark.parametrize("name", ["枫桥经验", "“枫桥经验”", "p", "枫桥式", "新时代枫桥经验"])
def test_an_entity_is_found_by_name_alias_or_iri(name: str) -> None:
    assert entities_named(network(), name) == ["p"]


@pytest.mark.parametrize(("depth", "reached"), [(0, {"p"}), (1, {"p", "n0"}), (2, {"p", "n0", "n1"})])
def test_steps_are_counted_whatever_the_direction(depth: int, reached: set[str]) -> None:
    assert set(within(network(), ["p"], depth)) == reached
    assert set(focused(network(), network, ["枫桥经验"], depth)) == reached


def test_a_focus_outside_the_view_is_looked_up_in_everything() -> None:
    assert set(focused(people(), network, ["枫桥经验"], 2)) == {"n0", "n1"}


def test_several_foci_are_taken_together() -> None:
    assert set(focused(network(), network, ["枫桥经验", "某人3"], 1)) == {"p", "n0", "n3", "n2"}


def test_unknown_name_is_refused_with_names_that_hold_it() -> None:
    with pytest.raises(GovkgError, match="某人0、某人1"):
        focused(network(), network, ["某人"], 1)
    with pytest.raises(GovkgError, match="no entity is called '查无'"):
        focused(network(), network, ["查无"], 1)


def test_nobody_near_is_said() -> None:
    with pytest.raises(GovkgError, match="--depth"):
        focused(people(), network, ["枫桥经验"], 0)
