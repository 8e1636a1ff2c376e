"""Draws the texts of the reference corpora that gold is written for.

`python -m benchmarks.draw` prints, for each annotator, the ids to look at in order: the annotator takes the
first that concern domestic governance and leaves out the rest. The seed is recorded here, and texts that the
rules were tuned on before this draw are never drawn again. As few of the local texts concern governance, a
fourth reader of unread texts gets those of other lengths too.
"""

from __future__ import annotations

import json
import lzma
import os
import random
import sys
from collections.abc import Container
from pathlib import Path

SEED = 20261122
LENGTHS = range(250, 2501)
OTHER_LENGTHS = (*range(120, 250), *range(2501, 8001))
LAST_ANNOTATOR = "unread-4"
ANNOTATORS = ("tuned-1", "tuned-2", "tuned-3", "unread-1", "unread-2", "unread-3")
CORPORA = {"local": 9, "xwlb": 25}
DRAWN_BEFORE = Path(__file__).parents[1] / "data" / "gold" / "first-draw.txt"


def draw(corpus: Path, candidates: int, taken: set[str]) -> dict[str, list[str]]:
    """Return the ids for each annotator, `candidates` each at most, in the order to look at them."""
    ids = shuffled(corpus, LENGTHS, taken)
    return {name: ids[number :: len(ANNOTATORS)][:candidates] for number, name in enumerate(ANNOTATORS)}


def shuffled(corpus: Path, lengths: Container[int], taken: set[str]) -> list[str]:
    """Return the ids of the texts of these lengths (in characters) that are not taken, in the drawn order."""
    with lzma.open(corpus, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line) for line in lines]
    ids = [text["id"] for text in texts if len(text["text"]) in lengths and text["id"] not in taken]
    random.Random(SEED).shuffle(ids)
    return ids


def main() -> int:
    reference = os.environ.get("GOVKG_REFERENCE")
    if reference is None:
        print("GOVKG_REFERENCE names no folder with a corpus", file=sys.stderr)
        return 2
    taken = set(DRAWN_BEFORE.read_text(encoding="utf-8").split())
    for name, candidates in CORPORA.items():
        corpus = Path(reference) / "corpus" / f"{name}.jsonl.xz"
        for annotator, ids in draw(corpus, candidates, taken).items():
            print(annotator, name, *ids)
    local = Path(reference) / "corpus" / "local.jsonl.xz"
    print(LAST_ANNOTATOR, "local", *shuffled(local, OTHER_LENGTHS, taken))
    return 0


if __name__ == "__main__":
    sys.exit(main())
