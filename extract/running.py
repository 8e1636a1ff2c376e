"""A run of extraction: items in their order become outcomes in their order, by one process or several."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from pathlib import Path

from extract.chunks import Job, Outcome, chunks_of
from extract.facts_cache import FactsCache, PackedRules
from extract.processes import Processes
from extract.sources import Item

Numbered = tuple[int, list[Outcome]]
"""A chunk's number, and what became of its items."""


def run(items: Iterable[Item], job: Job, *, processes: int = 1) -> Generator[Outcome, None, None]:
    """Yield what becomes of each item, in order, the same whatever the number of processes.

    Where the job has a cache, what is done is in it before it is yielded, and what it has is not done again.
    Raises CacheError where the cache cannot be used, ProcessError where processes cannot.
    """
    chunks = chunks_of(items)
    if processes == 1:
        yield from _alone(chunks, job)
        return
    with Processes(job, processes) as pool:
        done = pool.run(chunks)
        if job.cache is None:
            yield from _in_order(done)
            return
        with FactsCache(Path(job.cache), write=True) as cache:
            yield from _in_order(_kept(done, pool, cache))


def _alone(chunks: Iterable[list[Item]], job: Job) -> Iterator[Outcome]:
    from extract.chunk_extractor import ChunkExtractor

    if job.cache is None:
        extractor = ChunkExtractor(job)
        for chunk in chunks:
            yield from extractor.outcomes(chunk)
        return
    with FactsCache(Path(job.cache), write=True) as cache:
        extractor = ChunkExtractor(job)
        rules = PackedRules.of(extractor.version)
        for chunk in chunks:
            outcomes = extractor.outcomes(chunk)
            _keep(outcomes, cache, rules)
            yield from outcomes


def _kept(done: Iterable[Numbered], pool: Processes, cache: FactsCache) -> Iterator[Numbered]:
    """Yield what is done once the cache has it."""
    for number, outcomes in done:
        if pool.rules is not None:
            _keep(outcomes, cache, pool.rules)
        yield number, outcomes


def _keep(outcomes: list[Outcome], cache: FactsCache, rules: PackedRules) -> None:
    entries = [outcome.entry for outcome in outcomes if outcome.entry is not None]
    if entries:
        cache.put(entries, rules)
    for outcome in outcomes:
        outcome.entry = None


def _in_order(done: Iterable[Numbered]) -> Iterator[Outcome]:
    """Yield the outcomes by the numbers of their chunks, which come without gaps."""
    waiting: dict[int, list[Outcome]] = {}
    following = 0
    for number, outcomes in done:
        waiting[number] = outcomes
        while following in waiting:
            yield from waiting.pop(following)
            following += 1
