"""One target under a coverage-guided fuzzer, in a process of its own.

    python -m benchmarks.fuzzing.guided TARGET --inputs N --seed S --kept FOLDER --result FILE

The code of `extract` and `kg` is instrumented as it is imported, so that inputs that reach new branches are
kept and varied further. An input that ends in an error that is not ours, or takes longer than five seconds,
is written into FOLDER; the rest go on. FILE receives the counts as JSON.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import time
import traceback
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import mkdtemp

import atheris

with atheris.instrument_imports(include=["extract", "kg"]):
    from benchmarks.fuzzing.targets import TARGETS, Target

HANG = 5.0
"""Seconds of processor time after which an input counts as a hang; wall time is the machine's load too."""
_LONGEST_INPUT = 4096


@dataclass
class Trials:
    """What came of the inputs of a target: how many, how many were refused, and what must not be."""

    target: str
    inputs: int = 0
    refused: int = 0
    unhandled: int = 0
    hangs: int = 0
    slowest: float = 0.0
    errors: list[str] = field(default_factory=list)


class Fuzzing:
    """Runs a target on inputs and counts, until there were enough."""

    def __init__(self, target: Target, enough: int, kept: Path, result: Path) -> None:
        self.target = target
        self.trials = Trials(target.name)
        self.enough = enough
        self.kept = kept
        self.result = result

    def one_input(self, data: bytes) -> None:
        """Run the target on an input; after the last one write the result and end the process."""
        started = time.process_time()
        try:
            self.trials.refused += self.target.run(data)
        except Exception as error:
            self.trials.unhandled += 1
            self._keep(data, traceback.format_exception_only(error)[-1].strip())
        taken = time.process_time() - started
        self.trials.slowest = max(self.trials.slowest, round(taken, 3))
        if taken > HANG:
            self.trials.hangs += 1
            self._keep(data, f"{taken:.1f} s")
        self.trials.inputs += 1
        if self.trials.inputs >= self.enough:
            self.result.write_text(json.dumps(asdict(self.trials), ensure_ascii=False), encoding="utf-8")
            sys.stdout.flush()
            os._exit(0)

    def _keep(self, data: bytes, what: str) -> None:
        name = f"{self.target.name}-{hashlib.sha256(data).hexdigest()[:12]}"
        (self.kept / name).write_bytes(data)
        if len(self.trials.errors) < 20:
            self.trials.errors.append(f"{name}: {what[:300]}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Fuzz one target, guided by coverage.")
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--inputs", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kept", type=Path, required=True)
    parser.add_argument("--result", type=Path, required=True)
    chosen = parser.parse_args()
    target = TARGETS[chosen.target]
    corpus = Path(mkdtemp(prefix=f"govkg-{target.name}-"))
    for number, seed in enumerate(target.seeds()):
        (corpus / f"seed-{number}").write_bytes(seed)
    chosen.kept.mkdir(parents=True, exist_ok=True)
    fuzzing = Fuzzing(target, chosen.inputs, chosen.kept, chosen.result)
    flags = [f"-seed={chosen.seed}", f"-max_len={_LONGEST_INPUT}", "-timeout=600", "-rss_limit_mb=6000"]
    atheris.Setup([sys.argv[0], *flags, "-verbosity=0", str(corpus)], fuzzing.one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
