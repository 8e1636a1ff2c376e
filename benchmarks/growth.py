"""How building grows with the store: time, memory and size of all texts, and of one more at several sizes.

    python -m benchmarks.growth FACTS STORE [--sizes 1000,5000,19000] [--probes 40]

FACTS is a file of `govkg extract`. The last texts of an order drawn by a seed are kept back as probes; the
others are built into STORE, a new folder, in one process. At each size every probe is added and published
by itself, timed, and removed again. Prints a table and writes exports/growth.json.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import sys
import time
from pathlib import Path

from extract.records import ArticleFacts, read_facts
from kg.pipeline import build
from kg.store import Store

RESULTS = Path("exports/growth.json")
SEED = 20240205

Figures = dict[str, float]


def bytes_on_disk(folder: Path) -> int:
    """Return the bytes of the files of a folder; files that are linked twice count once."""
    stats = [path.stat() for path in folder.rglob("*") if path.is_file()]
    return sum({stat.st_ino: stat.st_size for stat in stats}.values())


def peak_mb() -> float:
    """Return the most memory this process has taken, in megabytes."""
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def measured(path: Path, probes: list[ArticleFacts]) -> Figures:
    """Open the store as a running process has it; add, publish and remove each probe; return the seconds.

    What is read once in a process, with the first article and with each name that is new to it, is measured
    by going through all probes before.
    """
    started = time.perf_counter()
    with Store.open(path, write=True) as store:
        for probe in probes:
            store.add([probe])
            store.remove(probe.article.id)
        warming = time.perf_counter() - started
        adding, publishing, removing = [], [], []
        for probe in probes:
            started = time.perf_counter()
            store.add([probe])
            added = time.perf_counter()
            store.publish()
            published = time.perf_counter()
            store.remove(probe.article.id)
            removing.append(time.perf_counter() - published)
            adding.append(added - started)
            publishing.append(published - added)
    both = [one + other for one, other in zip(adding, publishing, strict=True)]
    return {
        "read what is kept, s": warming,
        "add, median s": statistics.median(adding),
        "add, longest s": max(adding),
        "publish, median s": statistics.median(publishing),
        "add and publish, median s": statistics.median(both),
        "add and publish, longest s": max(both),
        "remove, median s": statistics.median(removing),
    }


def grow(
    path: Path, records: list[ArticleFacts], probes: list[ArticleFacts], sizes: list[int]
) -> dict[int, Figures]:
    """Build up to each size and measure there; return the figures by size."""
    found: dict[int, Figures] = {}
    seconds, done = 0.0, 0
    for size in sizes:
        started = time.perf_counter()
        build(path, records[done:size])
        seconds += time.perf_counter() - started
        done = min(size, len(records))
        found[done] = {"built in s": seconds, "peak MB": peak_mb(), **measured(path, probes)}
        print(json.dumps({done: found[done]}), file=sys.stderr, flush=True)
    return found


def main() -> None:
    """Build, measure, print and write."""
    parser = argparse.ArgumentParser(description="Measure building and adding at several sizes.")
    parser.add_argument("facts", type=Path)
    parser.add_argument("store", type=Path)
    parser.add_argument("--sizes", default="1000,5000,19000")
    parser.add_argument("--probes", type=int, default=40)
    given = parser.parse_args()
    with given.facts.open("rb") as lines:
        records = list(read_facts(lines, str(given.facts)))
    random.Random(SEED).shuffle(records)
    probes, records = records[-given.probes :], records[: -given.probes]
    found = grow(given.store, records, probes, [int(size) for size in given.sizes.split(",")])
    with Store.open(given.store) as store:
        counts = store.counts()
    size = bytes_on_disk(given.store)
    whole = {
        **{name: counts[name] for name in ("articles", "facts", "triples", "quads")},
        "quads a fact": counts["quads"] / counts["facts"],
        "bytes": size,
        "bytes a fact": size / counts["facts"],
    }
    RESULTS.write_text(json.dumps({"sizes": found, "whole": whole}, indent=1) + "\n", encoding="utf-8")
    names = next(iter(found.values()))
    print(f"{'articles':<28}" + "".join(f"{size:>12,}" for size in found))
    for name in names:
        print(f"{name:<28}" + "".join(f"{figures[name]:>12.3f}" for figures in found.values()))
    print()
    for name, value in whole.items():
        print(f"{name:<28}{value:>16,.1f}")


if __name__ == "__main__":
    main()
