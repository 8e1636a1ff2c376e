"""What we write, read by others: every view and the hand-made networks, in every format, with equal counts.

GOVKG_STORE_2000 may name a store of 2,000 texts, which is then read as well. graphology-gexf is looked
for in `node_modules` of the repository, or in the folder that GOVKG_NODE_MODULES names.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from lxml import etree

from kg.columns import is_undirected, node_ids
from kg.gexf import GEXF
from kg.graph_export import export_graph
from kg.layout import layout
from kg.projection import network
from kg.store import Store
from kg.view_files import read_views
from tests.kg.hand_made_graphs import hostile_network, meeting_network
from tests.kg.invented_articles import MEETING, PLAN, REPRINT
from tests.kg.invented_spread import SPREAD

_ROOT = Path(__file__).parents[2]
_HAND_MADE: dict[str, Callable[[], nx.MultiDiGraph[str]]] = {
    "hostile": hostile_network,
    "meeting": meeting_network,
    "empty": nx.MultiDiGraph,
}
# Without the large store one view stands for all that are skipped.
_LARGE = list(read_views()) if os.environ.get("GOVKG_STORE_2000") else ["all"]
_NAMES = [*_HAND_MADE, *read_views(), *(f"2000-{view}" for view in _LARGE)]
_LARGEST_PLACED = 1000

needs_igraph = pytest.mark.skipif(find_spec("igraph") is None, reason="igraph is not installed")
needs_pyarrow = pytest.mark.skipif(find_spec("pyarrow") is None, reason="pyarrow is not installed")


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Store]]:
    with Store.create(tmp_path_factory.mktemp("kg") / "store") as store:
        store.add([MEETING, REPRINT, PLAN, *SPREAD])
        large = os.environ.get("GOVKG_STORE_2000")
        if not large:
            yield {"": store}
            return
        with Store.open(large) as other:
            yield {"": store, "2000": other}


@pytest.fixture(scope="module", params=_NAMES)
def graph(request: pytest.FixtureRequest, stores: dict[str, Store]) -> nx.MultiDiGraph[str]:
    name = str(request.param)
    if name in _HAND_MADE:
        return _HAND_MADE[name]()
    which, _, view = name.rpartition("-")
    if which not in stores:
        pytest.skip("GOVKG_STORE_2000 names no store of 2,000 texts")
    return network(stores[which], view)


@pytest.fixture(scope="module")
def folder(graph: nx.MultiDiGraph[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the graph in every format; return where."""
    folder = tmp_path_factory.mktemp("exports")
    places = layout(graph) if len(graph) <= _LARGEST_PLACED else None
    for ending in ("gexf", "graphml", "net", "dot", "json", "csv"):
        export_graph(graph, str(folder / f"g.{ending}"), None, places)
    if find_spec("pyarrow"):
        export_graph(graph, str(folder / "g.parquet"), None, places)
    return folder


def size(graph: Any) -> tuple[int, int]:
    return graph.number_of_nodes(), graph.number_of_edges()


def undirected_edges(graph: nx.MultiDiGraph[str]) -> int:
    return sum(is_undirected(row) for *_, row in graph.edges(data=True))


def values(rows: Any) -> int:
    """Return how many attributes have a value that can be written."""
    return sum(
        value is not None
        and not (isinstance(value, float) and (value != value or abs(value) == float("inf")))
        for row in rows
        for value in row.values()
    )


@pytest.fixture(scope="module")
def schema() -> etree.RelaxNG:
    reference = os.environ.get("GOVKG_REFERENCE")
    if not reference:
        pytest.skip("GOVKG_REFERENCE is not set: the official GEXF 1.3 schema is not at hand")
    return etree.RelaxNG(etree.parse(str(Path(reference) / "schemas" / "gexf-1.3" / "gexf.rng")))


def test_gexf_is_valid_under_the_official_schema(
    graph: nx.MultiDiGraph[str], folder: Path, schema: etree.RelaxNG
) -> None:
    document = etree.parse(str(folder / "g.gexf"))
    assert schema.validate(document), schema.error_log
    spells = sum(1 for _ in document.iter(f"{{{GEXF}}}spell"))
    rows = [*(row for _, row in graph.nodes(data=True)), *(row for *_, row in graph.edges(data=True))]
    if all("periods" in row for row in rows):
        assert spells == sum(len(row["periods"]) for row in rows)


def test_graphology_reads_our_gexf(graph: nx.MultiDiGraph[str], folder: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not installed")
    modules = os.environ.get("GOVKG_NODE_MODULES") or str(_ROOT / "node_modules")
    if not (Path(modules) / "graphology-gexf").is_dir():
        pytest.skip("graphology-gexf is not installed; npm install graphology graphology-gexf")
    script = Path(__file__).with_name("read_gexf.cjs")
    done = subprocess.run(
        [node, str(script), str(folder / "g.gexf")],
        env={**os.environ, "NODE_PATH": modules},
        capture_output=True,
        check=True,
    )
    (found,) = json.loads(done.stdout)
    assert (len(found["nodes"]), len(found["edges"])) == size(graph)
    assert sum(edge["undirected"] for edge in found["edges"]) == undirected_edges(graph)
    ids = node_ids(graph)
    rows = {ids[node]: row for node, row in graph.nodes(data=True)}
    for read in found["nodes"]:
        row, attributes = rows[read["id"]], read["attributes"]
        assert {"label", "color", "size"} <= attributes.keys()
        for name in ("first_year", "last_year", "mentions", "type", "pinyin", "province"):
            if isinstance(row.get(name), (int, str)) and row[name] != "" and str(row[name]).isprintable():
                assert attributes[name] == row[name], name
    weights = [row["weight"] for *_, row in graph.edges(data=True) if isinstance(row.get("weight"), float)]
    known = [edge["attributes"]["weight"] for edge in found["edges"] if "weight" in edge["attributes"]]
    finite = [weight for weight in weights if abs(weight) != float("inf")]
    assert known == finite


def test_networkx_reads_our_gexf(graph: nx.MultiDiGraph[str], folder: Path) -> None:
    # networkx knows 1.2 only, and no edges of both kinds in one graph.
    text = (folder / "g.gexf").read_bytes().replace(b"http://gexf.net/1.3", b"http://www.gexf.net/1.2draft")
    (folder / "old.gexf").write_bytes(text.replace(b'type="undirected"', b'type="directed"'))
    read = nx.read_gexf(folder / "old.gexf", version="1.2draft")
    assert size(read) == size(graph)
    ids = node_ids(graph)
    for node, row in graph.nodes(data=True):
        assert read.nodes[ids[node]].keys() >= {
            name for name, value in row.items() if value not in (None, "")
        } - {"number", "label"}
    for name in ("first_year", "last_year"):
        assert len(nx.get_edge_attributes(read, name)) == len(nx.get_edge_attributes(graph, name))


def test_networkx_reads_our_graphml_and_json(graph: nx.MultiDiGraph[str], folder: Path) -> None:
    graphml = nx.read_graphml(folder / "g.graphml", force_multigraph=True)
    links = json.loads((folder / "g.json").read_text(encoding="utf-8"))
    linked = nx.node_link_graph(links, edges="edges")
    reads: tuple[Any, ...] = (graphml, linked)
    for read in reads:
        assert size(read) == size(graph)
        for name in ("first_year", "last_year", "mentions"):
            assert len(nx.get_node_attributes(read, name)) == len(nx.get_node_attributes(graph, name))
    rows = [row for _, row in graph.nodes(data=True)]
    places = 2 * len(graph) if len(graph) <= _LARGEST_PLACED else 0
    assert sum(len(row) for _, row in linked.nodes(data=True)) == values(rows) + places


def test_networkx_reads_our_pajek(graph: nx.MultiDiGraph[str], folder: Path) -> None:
    if not len(graph):
        pytest.skip("networkx cannot read a Pajek file without nodes")
    read = nx.read_pajek(folder / "g.net")
    both_ways = 0 if read.is_directed() is False else undirected_edges(graph)
    assert len(read) == len(graph)
    # networkx makes one direction of each edge in a file that has arcs as well
    assert read.number_of_edges() in (graph.number_of_edges(), graph.number_of_edges() + both_ways)


@needs_igraph
def test_igraph_reads_our_graphml_and_pajek(graph: nx.MultiDiGraph[str], folder: Path) -> None:
    import igraph

    graphml = igraph.Graph.Read_GraphML(str(folder / "g.graphml"))
    assert (graphml.vcount(), graphml.ecount()) == size(graph)
    if len(graph):
        pajek = igraph.Graph.Read_Pajek(str(folder / "g.net"))
        assert (pajek.vcount(), pajek.ecount()) == size(graph)
    if graph.size() and all("first_year" in row for *_, row in graph.edges(data=True)):
        assert sum(graphml.es["first_year"]) == sum(row["first_year"] for *_, row in graph.edges(data=True))


@needs_pyarrow
def test_pyarrow_reads_our_tables(graph: nx.MultiDiGraph[str], folder: Path) -> None:
    from pyarrow import parquet

    nodes, edges = (parquet.read_table(folder / f"g-{part}.parquet") for part in ("nodes", "edges"))
    assert (nodes.num_rows, edges.num_rows) == size(graph)
    assert {"source", "target", "key"} <= set(edges.column_names)
    for table, rows in (
        (nodes, [r for _, r in graph.nodes(data=True)]),
        (edges, [r for *_, r in graph.edges(data=True)]),
    ):
        own = {"id", "x", "y", "source", "target", "key"}
        read = sum(len(table) - table[name].null_count for name in table.column_names if name not in own)
        assert read == values(rows)
    if "periods" in edges.column_names:
        assert edges["periods"].to_pylist() == [row.get("periods") for *_, row in graph.edges(data=True)]


def test_graphviz_reads_our_dot(graph: nx.MultiDiGraph[str], folder: Path) -> None:
    counter = shutil.which("gc")
    if counter is None:
        pytest.skip("Graphviz is not installed")
    told = subprocess.run([counter, "-n", "-e", str(folder / "g.dot")], capture_output=True, check=True)
    assert tuple(map(int, told.stdout.split()[:2])) == size(graph)


def test_the_same_bytes_each_time(graph: nx.MultiDiGraph[str], folder: Path, tmp_path: Path) -> None:
    places = layout(graph) if len(graph) <= _LARGEST_PLACED else None
    for file in sorted(folder.glob("g*.*")):
        format = {"net": "pajek"}.get(file.suffix[1:], file.suffix[1:])
        for name in export_graph(graph, str(tmp_path / f"g.{file.suffix[1:]}"), format, places):
            assert Path(name).read_bytes() == (folder / Path(name).name).read_bytes()
