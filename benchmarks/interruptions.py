"""Whether a store is the same however it came about: in one go, shuffled, or in pieces and often killed.

    python -m benchmarks.interruptions FACTS [--texts N] [--pieces 20] [--kills 50] [--seed 1]

FACTS is a file of `govkg extract`. Builds its first N texts in one go; in an order drawn by the seed; and
in pieces, by `govkg build` processes that are killed (SIGKILL) at random moments until so many kills have
happened, readers looking in between. Prints the digest of each and exits 1 if they differ.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from extract.records import ArticleFacts, encode, read_facts
from kg.errors import StoreError
from kg.pipeline import build
from kg.store import Store

LIVES = (0.2, 2.0)
"""Seconds that a process is let live before it is killed, drawn between these; a piece takes about two."""


class _Digest:
    """What a dump is written to when only its digest matters."""

    def __init__(self) -> None:
        self.sha256 = hashlib.sha256()

    def writelines(self, lines: list[bytes]) -> None:
        for line in lines:
            self.sha256.update(line)


def digest(path: Path) -> str:
    """Return the SHA-256 of the published state as sorted N-Quads."""
    out = _Digest()
    with Store.open(path) as store:
        store.dump(out)  # type: ignore[arg-type]
    return out.sha256.hexdigest()


def in_pieces(path: Path, files: list[Path], kills: int, chance: random.Random) -> Iterator[str]:
    """Build from each file in turn, killing and starting again; yield what readers saw after each kill."""
    left = kills
    for number, file in enumerate(files):
        share = left // (len(files) - number)
        left -= share
        while share:
            share -= _killed(path, file, chance)
            yield _seen(path)
        subprocess.run(_command(path, file), check=True)


def _killed(path: Path, file: Path, chance: random.Random) -> bool:
    """Build for a while; return whether it was still at work when it was killed."""
    with subprocess.Popen(_command(path, file)) as process:
        time.sleep(chance.uniform(*LIVES))
        was_running = process.poll() is None
        process.kill()
    return was_running


def _command(path: Path, file: Path) -> list[str]:
    govkg = [sys.executable, "-c", "from kg.cli import main; main()"]
    return [*govkg, "build", str(file), "--store", str(path), "--quiet"]


def _seen(path: Path) -> str:
    try:
        with Store.open(path) as store:
            return f"{store.counts()['articles']} articles"
    except StoreError as error:
        return str(error)


def _write(path: Path, records: list[ArticleFacts]) -> Path:
    path.write_bytes(b"".join(encode(record) for record in records))
    return path


def main() -> int:
    """Build in three ways and compare; return the exit status."""
    parser = argparse.ArgumentParser(description="Compare a store built in one go with an interrupted one.")
    parser.add_argument("facts", type=Path)
    parser.add_argument("--texts", type=int, default=2000)
    parser.add_argument("--pieces", type=int, default=20)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    chance = random.Random(given.seed)
    with given.facts.open("rb") as lines:
        records = list(islice(read_facts(lines, str(given.facts)), given.texts))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build(folder / "once.kg", records)
        found = {"in one go": digest(folder / "once.kg")}
        chance.shuffle(records)
        build(folder / "shuffled.kg", records)
        found["shuffled"] = digest(folder / "shuffled.kg")
        size = -(-len(records) // given.pieces)
        files = [
            _write(folder / f"{start}.jsonl", records[start : start + size])
            for start in range(0, len(records), size)
        ]
        for seen in in_pieces(folder / "pieces.kg", files, given.kills, chance):
            print(f"killed; readers see {seen}", file=sys.stderr)
        found[f"in {len(files)} pieces with {given.kills} kills"] = digest(folder / "pieces.kg")
    for how, sha256 in found.items():
        print(f"{sha256}  {how}")
    return 0 if len(set(found.values())) == 1 else 1


if __name__ == "__main__":
    raise SystemExit(main())
