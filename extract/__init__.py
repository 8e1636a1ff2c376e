"""From articles to facts with evidence.

`extract.load()` gives the spaCy pipeline, `extract.extract(articles)` the facts of articles, and
`extract.read_articles(inputs, …)` the articles of files and folders. What needs the language model is
imported when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extract.articles import ReadOptions, read_articles
    from extract.pipeline import Extractor, extract
    from extract.records import read_facts, write_facts
    from extract.tagging import load

__all__ = ["Extractor", "ReadOptions", "extract", "load", "read_articles", "read_facts", "write_facts"]

_MODULE_OF = {
    "Extractor": "pipeline",
    "ReadOptions": "articles",
    "extract": "pipeline",
    "load": "tagging",
    "read_articles": "articles",
    "read_facts": "records",
    "write_facts": "records",
}


def __getattr__(name: str) -> Any:
    """Return one of `__all__`, importing its module; raises AttributeError for another name."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'extract' has no attribute {name!r}")
    return getattr(import_module(f"extract.{_MODULE_OF[name]}"), name)
