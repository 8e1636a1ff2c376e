"""What extraction finds in the sample articles, and a store of it in which every question has an answer."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import extract
from extract.records import ArticleFacts
from kg.store import Store
from tests.kg.sample_facts import Sheet

ARTICLES = Path(__file__).parent.parent.parent / "data" / "articles"


@cache
def sample_facts() -> tuple[ArticleFacts, ...]:
    """Return what extraction finds in the sample articles."""

    def fail(error: Exception) -> None:
        raise error

    articles = extract.read_articles([ARTICLES], options=extract.ReadOptions(), on_error=fail)
    return tuple(extract.extract(articles))


def contrary() -> ArticleFacts:
    """Return an article that says of 枫桥经验 what the sample articles contradict, which they do not do."""
    sheet = Sheet("contrary", None, "有人说枫桥经验发源于酒泉市。")
    return sheet.fact(("Practice", "枫桥经验"), "originatedIn", ("Place", "酒泉市")).record()


def make_sample_store(folder: Path) -> Store:
    """Return a new store of the sample articles and the contrary one, open for writing."""
    store = Store.create(folder)
    store.add([*sample_facts(), contrary()])
    store.publish()
    return store
