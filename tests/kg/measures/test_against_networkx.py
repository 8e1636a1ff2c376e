"""Every measure beside networkx's own, on random networks; igraph beside both where it is installed."""

from __future__ import annotations

from importlib.util import find_spec
from itertools import permutations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

from kg.measures.brokerage import ROLES, brokerage
from kg.measures.engines import Engine, IGraph, Method, NetworkX, numbered
from kg.measures.mixing import assortativity, mixing, ranked_assortativity
from kg.measures.positions import betweenness, modularity, positions
from kg.measures.spectral import eigenvector, pagerank
from kg.measures.ties import Ties, ties_of
from kg.measures.whole import whole
from tests.kg.measures.random_graphs import close, directed, networks, undirected

ENGINES = [
    pytest.param(NetworkX, id="networkx"),
    pytest.param(
        IGraph,
        id="igraph",
        marks=pytest.mark.skipif(find_spec("igraph") is None, reason="igraph is not installed"),
    ),
]
pytestmark = pytest.mark.filterwarnings("ignore::RuntimeWarning")  # networkx divides by zero
needs_scipy = pytest.mark.skipif(find_spec("scipy") is None, reason="scipy is not installed")


@settings(deadline=None)
@given(networks())
def test_ties_and_arcs(graph: nx.MultiDiGraph[str]) -> None:
    ties = ties_of(graph)
    one_way: nx.DiGraph[str] = nx.DiGraph()
    both_ways: nx.Graph[str] = nx.Graph()
    for source, target, row in graph.edges(data=True):
        if source != target:
            both_ways.add_edge(source, target)
            one_way.add_edge(source, target)
            if row["direction"] == "undirected":
                one_way.add_edge(target, source)
    assert len(ties.pairs) == both_ways.size() and len(ties.arcs) == one_way.size()
    assert ties.is_mutual == all(one_way.has_edge(b, a) for a, b in one_way.edges)
    loops = sum(row["weight"] for a, b, row in graph.edges(data=True) if a == b)
    assert ties.weights.sum() == sum(row["weight"] for *_, row in graph.edges(data=True)) - loops
    degree = {name: both_ways.degree(name) if name in both_ways else 0 for name in graph}
    assert ties.degrees.tolist() == [degree[name] for name in ties.nodes]


@needs_scipy
@settings(deadline=None)
@given(networks())
def test_pagerank(graph: nx.MultiDiGraph[str]) -> None:
    ties = ties_of(graph)
    expected = nx.pagerank(directed(ties), tol=1e-12, max_iter=5000)
    assert close(pagerank(ties), [expected[number] for number in range(len(ties.nodes))])


@settings(deadline=None)
@given(networks())
def test_eigenvector_of_the_largest_component(graph: nx.MultiDiGraph[str]) -> None:
    ties = ties_of(graph)
    components = numbered(NetworkX().components(ties), len(ties.nodes))
    found = eigenvector(ties, components)
    inside = np.flatnonzero(components == 1).tolist()
    assert not found[components != 1].any()
    if len(inside) > 1:
        matrix = nx.to_numpy_array(undirected(ties).subgraph(inside), nodelist=inside)
        _, vectors = np.linalg.eigh(matrix)
        assert close(found[inside], np.abs(vectors[:, -1]))


@pytest.mark.parametrize("engine", ENGINES)
@settings(deadline=None)
@given(graph=networks())
def test_components_cores_betweenness(
    engine: type[NetworkX] | type[IGraph], graph: nx.MultiDiGraph[str]
) -> None:
    ties, library = ties_of(graph), engine()
    plain = undirected(ties)
    order = range(len(ties.nodes))
    assert sorted(library.components(ties)) == sorted(sorted(part) for part in nx.connected_components(plain))
    cores = nx.core_number(plain)
    assert library.cores(ties).tolist() == [cores[number] for number in order]
    expected = nx.betweenness_centrality(plain)
    assert close(betweenness(ties, library), [expected[number] for number in order])
    everyone = betweenness(ties, library, pivots=len(ties.nodes))
    assert close(everyone, [expected[number] for number in order])


@pytest.mark.parametrize("engine", ENGINES)
@settings(deadline=None, max_examples=30)
@given(graph=networks())
def test_communities(engine: type[NetworkX] | type[IGraph], graph: nx.MultiDiGraph[str]) -> None:
    library: Engine = engine()
    for method in library.methods:
        check_communities(ties_of(graph), library, method)


def check_communities(ties: Ties, library: Engine, method: Method) -> None:
    found, again = (positions(ties, library, method=method) for _ in range(2))
    assert found.community.tolist() == again.community.tolist()
    for one, other in ties.pairs.tolist():  # a community never spans components
        assert found.component[one] == found.component[other]
    sizes = np.bincount(found.community)[1:]
    assert sizes.tolist() == sorted(sizes, reverse=True) and sizes.all()
    parts = [set(np.flatnonzero(found.community == number).tolist()) for number in range(1, len(sizes) + 1)]
    if len(ties.pairs):
        expected = nx.community.modularity(undirected(ties), parts, weight="weight")
        assert close(modularity(ties, found.community), expected)


@settings(deadline=None)
@given(networks())
def test_degrees_and_strengths(graph: nx.MultiDiGraph[str]) -> None:
    ties = ties_of(graph)
    found = positions(ties, NetworkX())
    one_way, order = directed(ties), range(len(ties.nodes))
    assert found.in_degree.tolist() == [one_way.in_degree(number) for number in order]
    assert found.out_degree.tolist() == [one_way.out_degree(number) for number in order]
    assert close(found.in_strength, [one_way.in_degree(number, weight="weight") for number in order])
    assert close(found.out_strength, [one_way.out_degree(number, weight="weight") for number in order])
    assert close(found.strength, [undirected(ties).degree(number, weight="weight") for number in order])


@settings(deadline=None)
@given(networks())
def test_the_whole(graph: nx.MultiDiGraph[str]) -> None:
    ties = ties_of(graph)
    plain = undirected(ties)
    found = whole(ties, graph.size(), numbered(NetworkX().components(ties), len(ties.nodes)))
    assert (found.nodes, found.edges, found.ties) == (len(graph), graph.size(), plain.size())
    if found.two_mode is None and len(ties.nodes) > 1:
        assert close(found.density, nx.density(directed(ties)))
    assert found.components == nx.number_connected_components(plain)
    assert found.isolates == nx.number_of_isolates(plain)
    assert close(found.transitivity or 0.0, nx.transitivity(plain))


@needs_scipy
@settings(deadline=None)
@given(networks())
def test_assortativity(graph: nx.MultiDiGraph[str]) -> None:
    ties = ties_of(graph)
    groups = [str(graph.nodes[name]["province"]) for name in ties.nodes]
    plain = undirected(ties)
    nx.set_node_attributes(plain, dict(enumerate(groups)), "group")
    known = plain.subgraph([number for number, group in enumerate(groups) if group])
    found = assortativity(ties, groups)
    if known.size():
        expected = nx.attribute_assortativity_coefficient(known, "group")
        assert close(found, expected) if found is not None else not np.isfinite(expected)
    else:
        assert found is None
    by_degree = ranked_assortativity(ties, ties.degrees.astype(float))
    if by_degree is not None:
        assert close(by_degree, nx.degree_pearson_correlation_coefficient(plain))
    names, counts = mixing(ties, groups)
    assert (np.triu(counts).sum(), (counts == counts.T).all()) == (known.size(), True)
    assert names == sorted(set(groups) - {""})


@settings(deadline=None)
@given(networks())
def test_brokerage_beside_looking_at_every_three(graph: nx.MultiDiGraph[str]) -> None:
    ties = ties_of(graph)
    groups = [str(graph.nodes[name]["province"]) for name in ties.nodes]
    arcs = {tuple(arc) for arc in ties.arcs.tolist()}
    expected = np.zeros((len(ties.nodes), len(ROLES)), dtype=int)
    for a, b, c in permutations(range(len(ties.nodes)), 3):
        if {(a, b), (b, c)} <= arcs and (a, c) not in arcs and groups[a] and groups[b] and groups[c]:
            role = {
                (True, True): "coordinator",
                (False, True): "gatekeeper",
                (True, False): "representative",
            }.get((groups[a] == groups[b], groups[b] == groups[c]))
            role = role or ("itinerant" if groups[a] == groups[c] else "liaison")
            expected[b, ROLES.index(role)] += 1
    assert brokerage(ties, groups).tolist() == expected.tolist()
