"""Time and memory of writing a large network as GEXF, beside networkx's own writer.

    python -m benchmarks.gexf [--nodes N] [--edges N]

Makes a network of invented people and institutions with the attributes that our views carry, and
writes it with each writer in a process of its own. networkx cannot write lists, so it is spared the
two attributes that are lists. Memory is what the process needs at its peak beyond the graph.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import networkx as nx

from kg.gexf import write_gexf

WRITERS = ("governance-kg", "networkx")
_SEED = 7
_LISTS = ("periods", "statements")


def invented(nodes: int, edges: int) -> nx.MultiDiGraph[str]:
    """Return a network of that size, the same each time."""
    draw = random.Random(_SEED)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(title="测试网络", title_en="Test network")
    names = [f"https://example.org/{'person' if n % 3 else 'institution'}/{n}" for n in range(nodes)]
    for place, name in enumerate(names):
        day = f"20{draw.randrange(10, 25)}-0{draw.randrange(1, 10)}-1{draw.randrange(10)}"
        graph.add_node(
            name, label=f"测试节点{place}", type="Person" if place % 3 else "Institution",
            pinyin=f"cè shì jié diǎn {place}", aliases="", place="酒泉市", code="620900", level="prefecture",
            province="甘肃省", mentions=draw.randrange(50), articles=draw.randrange(20), first=day, last=day,
            periods=[f"{day}/{day}"], first_year=int(day[:4]), last_year=int(day[:4]),
        )  # fmt: skip
    for number in range(edges):
        source, target = draw.choice(names), draw.choice(names)
        row = graph.nodes[source]
        statement = f"https://example.org/article/{draw.randrange(nodes)}#f{draw.randrange(40)}"
        graph.add_edge(
            source, target, f"r{number}", relation="holdsPost", label="主任",
            label_en="holds post in", weight=draw.random(), direction="directed", first=row["first"],
            last=row["last"], articles=1, confidence=0.9, statements=[statement], periods=row["periods"],
            first_year=row["first_year"], last_year=row["last_year"],
        )  # fmt: skip
    return graph


def peak_mb() -> float:
    """Return the most memory this process has had."""
    # Kilobytes on Linux, bytes on macOS.
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def measure(writer: str, nodes: int, edges: int, target: Path) -> dict[str, float | str]:
    """Return seconds, megabytes above the graph, and megabytes written."""
    graph = invented(nodes, edges)
    if writer == "networkx":
        for row in (
            *(row for _, row in graph.nodes(data=True)),
            *(row for *_, row in graph.edges(data=True)),
        ):
            for name in _LISTS:
                row.pop(name, None)
    before = peak_mb()
    started, worked = time.perf_counter(), time.process_time()
    with target.open("wb") as out:
        if writer == "networkx":
            nx.write_gexf(graph, out, version="1.2draft")
        else:
            write_gexf(graph, out)
    seconds, processor = time.perf_counter() - started, time.process_time() - worked
    return {
        "writer": writer,
        "seconds": round(seconds, 1),
        "processor_seconds": round(processor, 1),
        "mb_above_graph": round(peak_mb() - before),
        "mb_written": round(target.stat().st_size / (1 << 20)),
    }


def main() -> int:
    """Measure both writers and print a table."""
    parser = argparse.ArgumentParser(description="Measure writing GEXF beside networkx.")
    parser.add_argument("--nodes", type=int, default=100_000)
    parser.add_argument("--edges", type=int, default=400_000)
    parser.add_argument("--writer", choices=WRITERS, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.writer:
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(measure(given.writer, given.nodes, given.edges, Path(folder) / "net.gexf")))
        return 0
    print(f"{given.nodes:,} nodes, {given.edges:,} edges")
    print(f"{'writer':<16}{'seconds':>9}{'of processor':>14}{'MB above the graph':>20}{'MB written':>12}")
    for writer in WRITERS:
        command = [sys.executable, "-m", "benchmarks.gexf", "--writer", writer]
        command += ["--nodes", str(given.nodes), "--edges", str(given.edges)]
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
        told = json.loads(done.stdout)
        print(
            f"{writer:<16}{told['seconds']:>9.1f}{told['processor_seconds']:>14.1f}{told['mb_above_graph']:>20,}{told['mb_written']:>12,}",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
