"""The texts of the reference corpora, by id; they stay outside the repository."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from extract.articles import ReadOptions, read_articles
from extract.records import Article


def reference() -> Path | None:
    """Return the folder of the reference material, or None after saying that what needs it is skipped."""
    named = os.environ.get("GOVKG_REFERENCE")
    if named and Path(named).is_dir():
        return Path(named)
    print("skipped: GOVKG_REFERENCE names no folder of reference texts", file=sys.stderr)
    return None


def corpus_articles(folder: Path) -> Iterator[Article]:
    """Yield every text of the corpora of a reference folder, in the order of the files."""
    files = sorted((folder / "corpus").glob("*.jsonl.xz"))
    yield from read_articles(files, options=ReadOptions(), on_error=lambda error: None)


def articles_with_gold(folder: Path, gold: Path) -> list[Article]:
    """Return the texts of the corpora that a folder of gold files is about."""
    wanted = {file.stem for file in gold.glob("*.gold")}
    return [article for article in corpus_articles(folder) if article.id in wanted]
