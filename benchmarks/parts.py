"""All measurements of speed, memory and size, part by part: `make bench`.

    python -m benchmarks.parts [stages] [taggers] [stores] [pages] [growth] [workers] [--texts N]

Without a name all parts run, which takes an hour or two on an idle machine; `make bench PARTS="taggers
pages"` runs those. Each part prints a table and writes its figures as JSON under exports/: stages, taggers,
stores and pages to benchmarks.json, growth and workers of extraction to scaling.json, growth of building
to growth.json. What is compared is measured in one run; trust the ratios.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.corpora import reference

SIZES = "500,2000,8000,19000"


def commands(part: str, texts: int, folder: Path) -> list[list[str]]:
    """Return the commands of a part, each what follows `python -m`; temporary files go to the folder."""
    facts, store = str(folder / "facts.jsonl"), str(folder / "growth.kg")
    corpus = (reference() or folder) / "corpus"
    return {
        "stages": [["benchmarks.run", "--texts", str(texts)]],
        "taggers": [["benchmarks.taggers"]],
        "stores": [["benchmarks.stores"]],
        "pages": [["benchmarks.pages"]],
        "growth": [
            ["benchmarks.scaling", "growth", "--sizes", SIZES],
            ["kg.cli", "extract", *map(str, sorted(corpus.glob("*.jsonl.xz"))), "-q", "-o", facts],
            ["benchmarks.growth", facts, store, "--sizes", SIZES],
        ],
        "workers": [["benchmarks.scaling", "workers"]],
    }[part]


PARTS = ("stages", "taggers", "stores", "pages", "growth", "workers")
_SOME_ARTICLES_FAILED = 1


def main() -> int:
    """Run the parts; return 1 if any of them failed or fell short of what it should show."""
    parser = argparse.ArgumentParser(description="Measure speed, memory and size.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"one of {', '.join(PARTS)}; default: all")
    parser.add_argument("--texts", type=int, default=2000, help="texts for the part `stages`")
    given = parser.parse_args()
    if unknown := set(given.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    if reference() is None:
        return 0
    failed = []
    for part in given.parts or PARTS:
        print(f"\n{part}", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            for command in commands(part, given.texts, Path(folder)):
                status = subprocess.run([sys.executable, "-m", *command], check=False).returncode
                # A corpus has entries that are no articles: extraction then says so by status 1.
                if status and not (command[0] == "kg.cli" and status == _SOME_ARTICLES_FAILED):
                    failed.append(part)
                    break
    if failed:
        print(f"failed or fell short: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
