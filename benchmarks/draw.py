"""Draws the texts of the reference corpora that gold is written for.

`python -m benchmarks.draw` prints, for each annotator, the ids to look at in order: the annotator takes the
first that concern domestic governance and leaves out the rest. The seed is recorded here, and texts that have
gold already are never drawn again.
"""

from __future__ import annotations

import json
import lzma
import os
import random
import sys
from pathlib import Path

SEED = 20261122
LENGTHS = range(250, 2501)
ANNOTATORS = ("tuned-1", "tuned-2", "tuned-3", "unread-1", "unread-2", "unread-3")
CORPORA = {"local": 9, "xwlb": 25}
TUNING = Path(__file__).parents[1] / "data" / "tuning"


def draw(corpus: Path, candidates: int, taken: set[str]) -> dict[str, list[str]]:
    """The ids of `corpus` for each annotator, `candidates` each at most, in the order to look at them."""
    with lzma.open(corpus, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line) for line in lines]
    ids = [text["id"] for text in texts if len(text["text"]) in LENGTHS and text["id"] not in taken]
    random.Random(SEED).shuffle(ids)
    return {
        name: ids[number :: len(ANNOTATORS)][:candidates] for number, name in enumerate(ANNOTATORS)
    }


def main() -> int:
    reference = os.environ.get("GOVKG_REFERENCE")
    if reference is None:
        print("GOVKG_REFERENCE names no folder with a corpus", file=sys.stderr)
        return 2
    taken = {gold.stem for gold in TUNING.glob("*.gold")}
    for name, candidates in CORPORA.items():
        corpus = Path(reference) / "corpus" / f"{name}.jsonl.xz"
        for annotator, ids in draw(corpus, candidates, taken).items():
            print(annotator, name, *ids)
    return 0


if __name__ == "__main__":
    sys.exit(main())
