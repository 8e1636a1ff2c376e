"""A passing copy of the dataset that a SPARQL service holds, for what needs all of it.

It is asked for in parts that no server finds too long: several small graphs at once, a large one by its
predicates, and a predicate with many triples by the digest of their subjects.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad

from kg.dataset_clause import FACTS_GRAPH
from kg.endpoint import DEFAULT_GRAPH, IS_OURS, Endpoint
from kg.errors import EndpointError
from kg.statements import FACTS
from kg.store import Store

MOST_QUADS = 20_000_000
"""A dataset with more quads is not copied; it would take hours, and gigabytes of room."""

_AT_ONCE = 5000
_GRAPHS_AT_ONCE = 100
_DIGITS = 3
"""Hexadecimal digits of the digests that subjects are parted by."""

OnProgress = Callable[[int], None]


@contextlib.contextmanager
def copied_store(endpoint: Endpoint, on_progress: OnProgress | None = None) -> Iterator[Store]:
    """Give a store with the dataset that the service holds, which is gone afterwards.

    `on_progress` is told how many quads are there. Raises EndpointError if the service holds no dataset
    of ours, one with more than MOST_QUADS quads, or one that changes meanwhile.
    """
    graphs = endpoint.graphs()
    _check(endpoint, graphs)
    with tempfile.TemporaryDirectory() as folder, Store.create(Path(folder) / "copy.kg") as copy:
        copied = 0
        for quads in _parts(endpoint, graphs):
            copy.database.bulk_extend(quads)
            copied += len(quads)
            if on_progress is not None:
                on_progress(copied)
        if len(copy.database) != sum(graphs.values()):
            raise EndpointError(
                f"the service gave {len(copy.database):,} of its {sum(graphs.values()):,} quads",
                file=endpoint.url,
                remedy="try again while nobody writes there",
            )
        yield copy


def _check(endpoint: Endpoint, graphs: Mapping[str, int]) -> None:
    quads = sum(graphs.values())
    if not quads:
        raise EndpointError(
            "the service holds no dataset of this program",
            file=endpoint.url,
            remedy="load a store into it with `govkg push`; `govkg query` asks other datasets too",
        )
    if quads > MOST_QUADS:
        raise EndpointError(
            f"the service holds {quads:,} quads, and at most {MOST_QUADS:,} are copied from one",
            file=endpoint.url,
            remedy="work on the store itself, or ask the service with `govkg query`",
        )


def _parts(endpoint: Endpoint, graphs: Mapping[str, int]) -> Iterator[list[Quad]]:
    small = {graph: count for graph, count in graphs.items() if graph and count <= _AT_ONCE}
    for batch in _batches(small, _GRAPHS_AT_ONCE):
        values = " ".join(f"<{graph}>" for graph in batch)
        yield _quads(endpoint, f"VALUES ?graph {{ {values} }} GRAPH ?graph {{ ?s ?p ?o }}")
    for graph in graphs:
        if graph not in small:
            yield from _large(endpoint, graph)


def _large(endpoint: Endpoint, graph: str) -> Iterator[list[Quad]]:
    """Yield the quads of one graph, predicate by predicate."""
    pattern = f"GRAPH <{graph}> {{ ?s ?p ?o }}" if graph != DEFAULT_GRAPH else f"?s ?p ?o {IS_OURS}"
    asked = f"SELECT ?p (COUNT(*) AS ?count) WHERE {{ {pattern} }} GROUP BY ?p"
    counts = {row["p"].value: int(row["count"].value) for row in endpoint.select(asked)}
    for batch in _batches(counts, _GRAPHS_AT_ONCE):
        values = f"VALUES ?p {{ {' '.join(f'<{predicate}>' for predicate in batch)} }}"
        wanted = sum(counts[predicate] for predicate in batch)
        for condition in _by_subject(wanted):
            yield _quads(endpoint, f"{values} {pattern} {condition}", graph)


def _by_subject(count: int) -> Iterator[str]:
    """Yield conditions that part so many triples by their subjects."""
    parts = -(-count // _AT_ONCE)
    if parts == 1:
        yield ""
        return
    whole: int = 16**_DIGITS
    digest = f"SUBSTR(MD5(STR(?s)), 1, {_DIGITS})"
    for part in range(parts):
        first, end = part * whole // parts, (part + 1) * whole // parts
        below = f' && {digest} < "{end:0{_DIGITS}x}"' if end < whole else ""
        yield f'FILTER({digest} >= "{first:0{_DIGITS}x}"{below})'


def _batches(counts: Mapping[str, int], most: int) -> Iterator[list[str]]:
    """Yield the names, as many at once as have few enough triples together."""
    batch: list[str] = []
    size = 0
    for name, count in counts.items():
        if batch and (size + count > _AT_ONCE or len(batch) == most):
            yield batch
            batch, size = [], 0
        batch.append(name)
        size += count
    if batch:
        yield batch


def _quads(endpoint: Endpoint, pattern: str, graph: str | None = None) -> list[Quad]:
    rows = endpoint.select(f"SELECT ?graph ?s ?p ?o WHERE {{ {pattern} }}")
    return list(_read(rows, graph))


def _read(rows: Iterable[ox.QuerySolution], graph: str | None) -> Iterator[Quad]:
    for row in rows:
        name = row["graph"].value if graph is None else graph
        node = FACTS if name in (DEFAULT_GRAPH, FACTS_GRAPH) else NamedNode(name)
        yield Quad(row["s"], row["p"], row["o"], node)
