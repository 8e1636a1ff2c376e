"""Fuzzes every target and keeps what came of it: `make fuzz`.

    python -m benchmarks.fuzzing.run [TARGET ...] [--inputs N] [--seed S]

N inputs in all (100,000 without it), shared between the targets by weight, each target in a process of its
own (see benchmarks.fuzzing.guided). Prints a table, writes it to data/reliability/fuzzing.json, and exits
with 1 if an input ended in an error that is not ours, or took longer than five seconds; such inputs are
written to exports/fuzzing.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.fuzzing.targets import ROOT, TARGETS

RESULT = ROOT / "data" / "reliability" / "fuzzing.json"
KEPT = ROOT / "exports" / "fuzzing"
SHARES = {"articles": 3, "extraction": 4, "queries": 3}
"""How many shares of the inputs a target gets; the others get one."""

Row = dict[str, object]


def fuzz(name: str, inputs: int, seed: int, folder: Path) -> Row:
    """Return what came of so many inputs of a target; its process ending early counts as unhandled."""
    result = folder / f"{name}.json"
    command = [sys.executable, "-m", "benchmarks.fuzzing.guided", name]
    options = ["--inputs", inputs, "--seed", seed, "--kept", KEPT, "--result", result]
    done = subprocess.run([*command, *map(str, options)], cwd=ROOT, capture_output=True, text=True)
    if result.is_file():
        row: Row = json.loads(result.read_text(encoding="utf-8"))
        return row
    last = done.stderr.strip().splitlines()[-3:]
    return {
        "target": name,
        "inputs": 0,
        "refused": 0,
        "unhandled": 1,
        "hangs": 0,
        "slowest": 0.0,
        "errors": last,
    }


def table(rows: list[Row]) -> Iterator[str]:
    """Yield the results as lines of a Markdown table."""
    yield "| what is read | inputs | refused with a remedy | other errors | over 5 s | slowest |"
    yield "|---|--:|--:|--:|--:|--:|"
    for row in rows:
        about = TARGETS[str(row["target"])].about
        yield (
            f"| {about} | {row['inputs']:,} | {row['refused']:,} | {row['unhandled']} | {row['hangs']}"
            f" | {row['slowest']:.2f} s |"
        )
    inputs = sum(int(str(row["inputs"])) for row in rows)
    unhandled = sum(int(str(row["unhandled"])) for row in rows)
    hangs = sum(int(str(row["hangs"])) for row in rows)
    yield f"| **all** | **{inputs:,}** | | **{unhandled}** | **{hangs}** | |"


def main() -> int:
    parser = argparse.ArgumentParser(description="Fuzz what reads from outside.")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    names = chosen.targets or list(TARGETS)
    shares = sum(SHARES.get(name, 1) for name in names)
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            inputs = -(-chosen.inputs * SHARES.get(name, 1) // shares)
            rows.append(fuzz(name, inputs, chosen.seed, Path(folder)))
            print(f"{name}: {rows[-1]}", file=sys.stderr, flush=True)
    print("\n".join(table(rows)))
    if not chosen.targets:
        RESULT.parent.mkdir(parents=True, exist_ok=True)
        RESULT.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 1 if any(row["unhandled"] or row["hangs"] for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
