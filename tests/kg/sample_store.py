"""The store that `make demo` builds: what extraction finds in the sample articles."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import extract
from extract.records import ArticleFacts
from kg.store import Store

ARTICLES = Path(__file__).parent.parent.parent / "data" / "articles"


@cache
def sample_facts() -> tuple[ArticleFacts, ...]:
    """Return what extraction finds in the sample articles."""

    def fail(error: Exception) -> None:
        raise error

    articles = extract.read_articles([ARTICLES], options=extract.ReadOptions(), on_error=fail)
    return tuple(extract.extract(articles))


def make_sample_store(folder: Path) -> Store:
    """Return a new store of the sample articles, open for writing."""
    store = Store.create(folder)
    store.add(sample_facts())
    store.publish()
    return store
