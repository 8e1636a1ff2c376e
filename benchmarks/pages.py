"""The explorer page beside plain pyvis, and GEXF beside networkx's writer, on the network of a real store.

    python -m benchmarks.pages [--facts FILE] [--texts 100,500,2000]

FILE is what `govkg extract` wrote; without it, texts of the corpus that GOVKG_REFERENCE holds are extracted.
A store is built from the facts of so many texts; each page and file is written in a process of its own, the
network already projected. networkx cannot write lists, so attributes that are lists are taken out for it.
pyvis, whose every edge looks at all before it, is left out above so many edges (--largest-for-pyvis).
`python -m benchmarks.explorer` shows how the pages open and move in a browser.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import networkx as nx

from benchmarks.measuring import Figures, give, in_own_process, keep, table, timed
from benchmarks.stores import facts_of_corpus
from extract.records import read_facts
from kg.pipeline import build, explore
from kg.projection import network
from kg.store import Store

_QUADS_A_TEXT = 80


def measure_our_page(store: Path, target: Path, figures: Figures) -> None:
    """Write our page; projecting and laying out are within."""
    with Store.open(store) as opened, timed(figures):
        explore(opened, target)


def measure_pyvis(store: Path, target: Path, figures: Figures) -> None:
    """Write pyvis's page of the same network, which lays nothing out."""
    from pyvis.network import Network

    graph = _graph(store)
    with timed(figures):
        page = Network(directed=True, cdn_resources="in_line")
        page.from_nx(graph)
        target.write_text(page.generate_html(), encoding="utf-8")


def measure_our_gexf(store: Path, target: Path, figures: Figures) -> None:
    """Write the network with our writer."""
    from kg.gexf import write_gexf

    graph = _graph(store)
    with timed(figures), target.open("wb") as out:
        write_gexf(graph, out)


def measure_networkx_gexf(store: Path, target: Path, figures: Figures) -> None:
    """Write the network with networkx's writer."""
    graph = _graph(store)
    rows = [row for _, row in graph.nodes(data=True)] + [row for *_, row in graph.edges(data=True)]
    for row in (*rows, graph.graph):
        for name in [name for name, value in row.items() if not isinstance(value, str | int | float)]:
            del row[name]
    with timed(figures), target.open("wb") as out:
        nx.write_gexf(graph, out)


def _graph(store: Path) -> nx.MultiDiGraph[str]:
    with Store.open(store) as opened:
        return nx.MultiDiGraph(network(opened, "all"))


MEASURES: dict[str, Callable[[Path, Path, Figures], None]] = {
    "our page": measure_our_page,
    "pyvis": measure_pyvis,
    "our GEXF": measure_our_gexf,
    "networkx GEXF": measure_networkx_gexf,
}


def main() -> int:
    """Measure each at each size, or the one asked for."""
    parser = argparse.ArgumentParser(description="Compare pages and GEXF with pyvis and networkx.")
    parser.add_argument("--facts", type=Path)
    parser.add_argument("--texts", default="100,500,2000")
    parser.add_argument("--largest-for-pyvis", type=int, default=20_000)
    parser.add_argument("--measure", choices=MEASURES, help=argparse.SUPPRESS)
    parser.add_argument("--store", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        target = given.store.with_suffix(f".{list(MEASURES).index(given.measure)}")
        figures: Figures = {}
        MEASURES[given.measure](given.store, target, figures)
        give({**figures, "bytes": target.stat().st_size})
        return 0
    rows: dict[str, Figures] = {}
    sizes = [int(size) for size in given.texts.split(",")]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        facts = given.facts
        if facts is None:
            facts = folder / "facts.jsonl"
            facts_of_corpus(facts, max(sizes) * _QUADS_A_TEXT)
        for size in sizes:
            store = folder / f"{size}.kg"
            with facts.open("rb") as lines:
                build(store, list(islice(read_facts(lines, str(facts)), size)))
            graph = _graph(store)
            about: Figures = {"nodes": graph.number_of_nodes(), "edges": graph.number_of_edges()}
            for measure in MEASURES:
                if measure == "pyvis" and graph.number_of_edges() > given.largest_for_pyvis:
                    continue
                print(f"{size:,} texts: {measure} ...", file=sys.stderr, flush=True)
                found = in_own_process("benchmarks.pages", measure, "--store", str(store))
                rows[f"{size:,} {measure}"] = {**about, **found}
    print(table(rows))
    keep("pages", rows)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
