"""Runs every fault on every command and keeps what came of it: `make faults`.

    python -m benchmarks.faults.run FACTS [--kills N] [--seed S]

FACTS is a file of `govkg extract`; its first 70 articles are used. Each command is killed N times at random
moments (15 without it), and run on a full and on a read-only disk (needs the right to mount one), with the
clock at other times (needs faketime), twice at once, on stores of other formats and with damaged files; what
is missing for a fault is said and the fault left out. Prints a table, writes it to
data/reliability/faults.json, and exits with 1 if something was torn, lost, or failed without a remedy.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.faults import trials
from benchmarks.faults.bench import Bench
from benchmarks.faults.trials import Outcome

RESULT = Path(__file__).parents[2] / "data" / "reliability" / "faults.json"
KILLS = 15
DISKS = 5
TWICE = 5
DAMAGES = 15


def outcomes(bench: Bench, kills: int, chance: random.Random) -> Iterator[Outcome]:
    """Yield what came of each fault and command."""
    commands = bench.commands()
    writing = [command for command in commands if command.made is None]
    yield from (trials.killed(bench, command, kills, chance) for command in commands)
    if os.geteuid() == 0 and shutil.which("mount"):
        yield from (trials.disk_full(bench, command, DISKS, chance) for command in commands)
        yield from (trials.read_only(bench, command) for command in commands)
    else:
        print("left out: disks, for lack of the right to mount one", file=sys.stderr)
    if shutil.which("faketime"):
        yield from (trials.wrong_clock(bench, command) for command in commands)
    else:
        print("left out: clocks, for lack of faketime", file=sys.stderr)
    yield from (trials.two_at_once(bench, command, TWICE) for command in writing if command.name != "remove")
    reading = [command for command in commands if command.name != "extract"]
    yield from (trials.other_format(bench, command) for command in reading)
    yield from (trials.damaged_database(bench, command, DAMAGES, chance) for command in reading)


def table(rows: Sequence[Outcome]) -> Iterator[str]:
    """Yield the outcomes as lines of a Markdown table."""
    yield "| fault | command | trials | struck | torn | no remedy | lost |"
    yield "|---|---|--:|--:|--:|--:|--:|"
    for row in rows:
        counts = (row.trials, row.hit, row.torn, row.unclear, row.lost)
        yield f"| {row.fault} | {row.command} | {' | '.join(map(str, counts))} |"
    sums = [sum(getattr(row, name) for row in rows) for name in ("trials", "hit", "torn", "unclear", "lost")]
    yield f"| **all** | | {' | '.join(f'**{number}**' for number in sums)} |"


def main() -> int:
    parser = argparse.ArgumentParser(description="Kill, fill the disk, turn the clock.")
    parser.add_argument("facts", type=Path)
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    found = []
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(chosen.facts, Path(folder))
        for outcome in outcomes(bench, chosen.kills, random.Random(chosen.seed)):
            found.append(outcome)
            print(outcome, file=sys.stderr, flush=True)
    print("\n".join(table(found)))
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    rows = [asdict(outcome) for outcome in found]
    RESULT.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0 if all(outcome.is_good for outcome in found) else 1


if __name__ == "__main__":
    sys.exit(main())
