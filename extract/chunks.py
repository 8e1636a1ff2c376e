"""Chunks: a few articles at a time, what is to be done with them, and what became of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from extract.facts_cache import Entry
from extract.read_options import MAX_CHARACTERS, ReadOptions
from extract.sources import Failure, Item, Source

CHUNK_ARTICLES = 64
"""As many as the tagger looks at together."""
CHUNK_BYTES = 1 << 20


class Job(msgspec.Struct, frozen=True):
    """What is to be done with each article: how it is read, and which facts are given."""

    format: str = "auto"
    columns: dict[str, str] = {}
    encoding: str | None = None
    max_characters: int = MAX_CHARACTERS
    with_planned: bool = False
    min_confidence: float = 0.0
    cache: str | None = None

    @classmethod
    def of(
        cls,
        options: ReadOptions,
        *,
        with_planned: bool = False,
        min_confidence: float = 0.0,
        cache: Path | None = None,
    ) -> Job:
        """Return the job of reading as the options say."""
        return cls(
            options.format,
            dict(options.columns),
            options.encoding,
            options.max_characters,
            with_planned,
            min_confidence,
            str(cache) if cache is not None else None,
        )

    def read_options(self) -> ReadOptions:
        """Return how the articles are read."""
        return ReadOptions(
            format=self.format,
            columns=self.columns,
            encoding=self.encoding,
            max_characters=self.max_characters,
        )

    @property
    def manner(self) -> str:
        """The options that change which facts the rules find, as text."""
        return "with planned" if self.with_planned else ""


class Outcome(msgspec.Struct):
    """What became of one item: its facts as a line, or why there are none.

    `position` is the item's; `entry` is what the cache is to keep, if it has not got it (`cached`).
    """

    position: int = 0
    line: bytes = b""
    failure: Failure | None = None
    characters: int = 0
    entities: int = 0
    facts: int = 0
    cached: bool = False
    entry: Entry | None = None


def chunks_of(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Yield the items in order, so many together that memory is bounded however long they are."""
    chunk: list[Item] = []
    size = 0
    for item in items:
        chunk.append(item)
        size += item.size if isinstance(item, Source) else 0
        if len(chunk) == CHUNK_ARTICLES or size >= CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk
