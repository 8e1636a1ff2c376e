"""How extraction scales: with the number of texts, of processes and of dask workers, and when one is killed.

    python -m benchmarks.scaling [growth] [workers] [kills] [--texts N] [--rounds N] [--sizes N,N,…]

Runs `govkg extract` as a user does, on texts of the corpus that GOVKG_REFERENCE holds, in an order drawn by a
seed. Growth is that of processor time less the time of starting, and peak memory is that of the largest
process. Workers are compared by wall time, the compared runs taking turns, so the machine should be idle;
the load found at the start is printed. Prints tables and writes exports/scaling.json.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import lzma
import math
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpora import reference

RESULTS = Path("exports/scaling.json")
SEED = 20240205
GOVKG = [sys.executable, "-c", "from kg.cli import main; main()", "extract"]
GROWTH_LIMIT, MEMORY_LIMIT = 1.05, 1.3
LEAST_GAIN = {"-j 2": 1.8, "dask, 2 workers": 1.6}
_PART_SIZE = "200"

Figures = dict[str, float | int | str | bool]


@dataclass(frozen=True)
class Run:
    """What one run took, and a digest of what it wrote."""

    seconds: float
    processor_seconds: float
    peak_mb: float
    sha256: str


def texts(corpus: Path, count: int, target: Path) -> Path:
    """Write so many texts of the corpus as JSON Lines, in the order drawn."""
    lines: list[bytes] = []
    for file in sorted(corpus.glob("*.jsonl.xz")):
        with lzma.open(file) as stream:
            lines += [line for line in stream if line.strip()]
    random.Random(SEED).shuffle(lines)
    target.write_bytes(b"".join(lines[:count]))
    return target


def run(arguments: list[str], out: Path, meddle: Callable[[int], None] | None = None) -> Run:
    """Run `govkg extract` with the arguments; `meddle` is given its process id while it runs."""
    started = time.perf_counter()
    process = subprocess.Popen([*GOVKG, *arguments, "-q", "-o", str(out)], stderr=subprocess.DEVNULL)
    if meddle is not None:
        meddle(process.pid)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):  # 1: some entries of the corpus are no articles
        raise SystemExit(f"govkg extract ended with exit status {process.returncode}")
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit, digest(out))


def digest(out: Path) -> str:
    """Return the SHA-256 of a facts file, or of all parts of a folder in their order."""
    files = sorted(out.glob("part-*")) if out.is_dir() else [out]
    found = hashlib.sha256()
    for file in files:
        found.update(file.read_bytes())
    return found.hexdigest()


def growth(corpus: Path, sizes: list[int], folder: Path) -> Figures:
    """Measure one process at each size."""
    runs: dict[int, Run] = {}
    for size in [1, *sizes]:
        given = texts(corpus, size, folder / "texts.jsonl")
        runs[size] = run([str(given)], folder / "facts.jsonl")
        print(f"{size:>7,} texts  {_shown(runs[size])}", flush=True)
    start = runs.pop(1).processor_seconds
    exponent = slope([(size, found.processor_seconds - start) for size, found in runs.items()])
    small, large = runs[sizes[1]], runs[sizes[-1]]
    figures: Figures = {
        "start, processor s": start,
        **{f"{size} texts, processor s": found.processor_seconds for size, found in runs.items()},
        **{f"{size} texts, peak MB": found.peak_mb for size, found in runs.items()},
        "growth exponent": exponent,
        "growth exponent holds": exponent <= GROWTH_LIMIT,
        f"peak memory at {sizes[-1]} to {sizes[1]}": large.peak_mb / small.peak_mb,
        "peak memory holds": large.peak_mb <= MEMORY_LIMIT * small.peak_mb,
    }
    return figures


def slope(points: list[tuple[int, float]]) -> float:
    """Return the exponent of growth: the slope of the line through the logarithms, by least squares."""
    logs = [(math.log(size), math.log(seconds)) for size, seconds in points]
    return statistics.linear_regression([x for x, _ in logs], [y for _, y in logs]).slope


def workers(corpus: Path, count: int, rounds: int, folder: Path) -> Figures:
    """Compare one process with two, and with two workers of dask, taking turns."""
    given = str(texts(corpus, count, folder / "texts.jsonl"))
    ways = {
        "-j 1": [given],
        "-j 2": [given, "-j", "2"],
        "dask, 2 workers": [given, "--dask", "local", "-j", "2", "--part-size", _PART_SIZE],
    }
    taken: dict[str, list[Run]] = {way: [] for way in ways}
    for number in range(rounds):
        for way, arguments in ways.items():
            out = folder / f"out-{number}-{way.replace(' ', '-')}"
            taken[way].append(run(arguments, out))
            print(f"round {number + 1}, {way:<16} {_shown(taken[way][-1])}", flush=True)
    figures: Figures = {"texts": count}
    one = statistics.median(found.seconds for found in taken["-j 1"])
    for way, runs in taken.items():
        seconds = statistics.median(found.seconds for found in runs)
        figures[f"{way}, s"] = seconds
        figures[f"{way}, processor s"] = statistics.median(found.processor_seconds for found in runs)
        if way in LEAST_GAIN:
            figures[f"{way}, times as fast"] = one / seconds
            figures[f"{way}, fast enough"] = one / seconds >= LEAST_GAIN[way]
    digests = {found.sha256 for runs in taken.values() for found in runs}
    figures["the same bytes"] = len(digests) == 1
    return figures


def kills(corpus: Path, count: int, folder: Path) -> Figures:
    """Kill a worker (SIGKILL) in mid-run, and the whole run, which then is given again."""
    given = str(texts(corpus, count, folder / "texts.jsonl"))
    whole = run([given], folder / "whole.jsonl")
    lost = run([given, "-j", "2"], folder / "lost.jsonl", _kill_a_worker)
    print(f"-j 2, a worker killed     {_shown(lost)}", flush=True)
    dask = [given, "--dask", "local", "-j", "2", "--part-size", "50"]
    lost_by_dask = run(dask, folder / "lost-parts", _kill_a_worker)
    print(f"dask, a worker killed     {_shown(lost_by_dask)}", flush=True)
    resumed = folder / "resumed.jsonl"
    process = subprocess.Popen([*GOVKG, given, "-j", "2", "-q", "-o", str(resumed)])
    time.sleep(_seconds_to(process.pid))
    process.kill()
    process.wait()
    again = run([given, "-j", "2"], resumed)
    print(f"killed, and given again   {_shown(again)}", flush=True)
    return {
        "texts": count,
        "-j 2 with a worker killed gives the same": lost.sha256 == whole.sha256,
        "dask with a worker killed gives the same": lost_by_dask.sha256 == whole.sha256,
        "a killed run given again gives the same": again.sha256 == whole.sha256,
        "processor s, whole": whole.processor_seconds,
        "processor s, of the rest after the kill": again.processor_seconds,
    }


_LIFE_SECONDS = 12.0


def _seconds_to(pid: int) -> float:
    """Return how long a run is let live: longer on a machine that has other work."""
    return _LIFE_SECONDS * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def _kill_a_worker(pid: int) -> None:
    """Kill the process that has taken most processor time among those that a run has started."""
    time.sleep(_seconds_to(pid))
    children = _descendants(pid)
    if not children:
        raise SystemExit("the run ended before a worker could be killed: give more --texts")
    os.kill(max(children, key=_processor_time), signal.SIGKILL)


def _descendants(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            found += [child, *_descendants(child)]
    return found


def _processor_time(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _shown(found: Run) -> str:
    return (
        f"{found.seconds:>8.1f} s  {found.processor_seconds:>8.1f} processor s  "
        f"{found.peak_mb:>6.0f} MB  {found.sha256[:8]}"
    )


def main() -> int:
    """Measure what was asked for; return 1 if anything fell short."""
    parser = argparse.ArgumentParser(description="Measure how extraction scales.")
    parser.add_argument("what", nargs="*", choices=["growth", "workers", "kills"])
    parser.add_argument("--texts", type=int, default=4000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sizes", default="500,2000,8000,19000")
    given = parser.parse_args()
    material = reference()
    if material is None:
        return 0
    corpus = material / "corpus"
    what = given.what or ["growth", "workers", "kills"]
    print(f"load at the start: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors", flush=True)
    found: dict[str, Figures] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if "growth" in what:
            found["growth"] = growth(corpus, [int(size) for size in given.sizes.split(",")], folder)
        if "workers" in what:
            found["workers"] = workers(corpus, given.texts, given.rounds, folder)
        if "kills" in what:
            found["kills"] = kills(corpus, min(given.texts, 1500), folder)
    for figures in found.values():
        print()
        for label, value in figures.items():
            print(f"{label:<44}{value:>14,.2f}" if isinstance(value, float) else f"{label:<44}{value!s:>14}")
    before = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    RESULTS.write_text(json.dumps({**before, **found}, indent=1) + "\n", encoding="utf-8")
    return 1 if any(value is False for figures in found.values() for value in figures.values()) else 0


if __name__ == "__main__":
    raise SystemExit(main())
