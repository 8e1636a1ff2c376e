"""What the benchmarks share: a measurement in a process of its own, its figures, and where they are kept."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

RESULTS = Path("exports/benchmarks.json")

Figures = dict[str, float | int | str]


@contextmanager
def timed(figures: Figures) -> Iterator[None]:
    """Note the seconds and the processor seconds of what is done within."""
    started, processor = time.perf_counter(), time.process_time()
    yield
    figures["processor s"] = time.process_time() - processor
    figures["seconds"] = time.perf_counter() - started


def peak_mb() -> float:
    """Return the most memory this process has taken, in megabytes."""
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10  # kilobytes on Linux, bytes on macOS
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def in_own_process(module: str, *arguments: str) -> Figures:
    """Return the figures that a module prints, measured alone, with its peak memory.

    Raises SystemExit naming the measurement if it fails.
    """
    command = [sys.executable, "-m", module, "--measure", *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    if done.returncode:
        raise SystemExit(f"error: {' '.join(command[2:])} failed with exit status {done.returncode}")
    figures: Figures = json.loads(done.stdout)
    return figures


def give(figures: Figures) -> None:
    """Print figures for the process that asked for them."""
    print(json.dumps({**figures, "peak MB": peak_mb()}))


def keep(part: str, figures: object) -> None:
    """Write a part's figures beside those of the parts that ran before."""
    before = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    before[part] = figures
    RESULTS.write_text(json.dumps(before, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"\nwrote {part} to {RESULTS}", file=sys.stderr)


def table(rows: dict[str, Figures]) -> str:
    """Return figures as a table, a line a row."""
    columns = list(dict.fromkeys(name for figures in rows.values() for name in figures))
    first = max([len(name) for name in rows], default=0)
    lines = [" " * first + "".join(f"  {name:>12}" for name in columns)]
    for row, figures in rows.items():
        cells = "".join(f"  {_shown(figures.get(name, '')):>{max(12, len(name))}}" for name in columns)
        lines.append(f"{row:<{first}}{cells}")
    return "\n".join(lines)


def _shown(value: float | int | str) -> str:
    if isinstance(value, str):
        return value[:12]
    return f"{value:,.0f}" if abs(value) >= 100 or isinstance(value, int) else f"{value:.3g}"
