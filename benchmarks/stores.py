"""The store and its queries beside rdflib and bare pyoxigraph, at several sizes.

    python -m benchmarks.stores [--facts FILE] [--sizes 10000,100000,1000000]

FILE is what `govkg extract` wrote; without it, texts of the corpus that GOVKG_REFERENCE holds are extracted.
At each size our store is built from facts until it holds so many quads (identity, labels and derived triples
are made on the way, which the others are spared), and its quads are loaded, as N-Quads, by bare pyoxigraph
on disk and by rdflib in memory; each in a process of its own. The same queries must give the same rows; times
of queries are medians. rdflib is left out above --largest-for-rdflib quads.
"""

from __future__ import annotations

import argparse
import hashlib
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

import pyoxigraph as ox
from rdflib import Dataset

from benchmarks.corpora import corpus_articles, reference
from benchmarks.measuring import Figures, give, in_own_process, keep, table, timed
from extract.records import ArticleFacts, read_facts
from kg.store import Store

_PREFIXES = """
PREFIX gov: <https://w3id.org/governance-kg/ontology#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
QUERIES = {
    "two steps": "SELECT (COUNT(*) AS ?n) { ?a gov:affiliatedWith ?b . ?c gov:affiliatedWith ?b }",
    "aggregate": "SELECT ?type (COUNT(?s) AS ?n) { ?s a ?type } GROUP BY ?type ORDER BY ?type",
    "offices by date": """SELECT (COUNT(?s) AS ?n) {
        GRAPH ?article { ?article gov:earliest ?day . ?s rdf:predicate gov:holdsPost }
        FILTER(?day >= "2020-01-01"^^xsd:date) }""",
    "contains": 'SELECT (COUNT(?s) AS ?n) { ?s rdfs:label ?label FILTER(CONTAINS(STR(?label), "委员会")) }',
}
_ROUNDS = 5
_BATCH = 20

Rows = Iterable[Iterable[object]]


def ask(query: Callable[[str], Rows], figures: Figures) -> None:
    """Note the median milliseconds of each query, and a digest of all their rows."""
    digest = hashlib.sha256()
    for name, sparql in QUERIES.items():
        taken = []
        for _ in range(_ROUNDS):
            started = time.perf_counter()
            rows = [[str(getattr(term, "value", term)) for term in row] for row in query(_PREFIXES + sparql)]
            taken.append(1000 * (time.perf_counter() - started))
        figures[f"{name}, ms"] = statistics.median(taken)
        digest.update(repr(rows).encode())
    figures["rows"] = digest.hexdigest()


def measure_ours(folder: Path, size: int, figures: Figures) -> None:
    """Build our store up to the size; write its quads for the others."""
    with (folder / "facts.jsonl").open("rb") as lines:
        records: Iterator[ArticleFacts] = read_facts(lines, "facts.jsonl")
        with Store.create(folder / f"{size}.kg") as store:
            with timed(figures):
                while len(store.database) < size and (batch := list(islice(records, _BATCH))):
                    store.add(batch)
            ask(store.select, figures)
            figures["quads"] = len(store.database)
            with (folder / f"{size}.nq").open("wb") as out:
                store.dump(out)


def measure_pyoxigraph(folder: Path, size: int, figures: Figures) -> None:
    """Load the quads into a bare store on disk."""
    store = ox.Store(str(folder / f"{size}.ox"))
    with timed(figures), (folder / f"{size}.nq").open("rb") as quads:
        store.bulk_load(quads, format=ox.RdfFormat.N_QUADS)
    figures["quads"] = len(store)
    ask(lambda sparql: store.query(sparql), figures)  # type: ignore[arg-type, return-value]


def measure_rdflib(folder: Path, size: int, figures: Figures) -> None:
    """Load the quads into rdflib's own memory."""
    dataset = Dataset()
    with timed(figures):
        dataset.parse(str(folder / f"{size}.nq"), format="nquads")
    figures["quads"] = len(list(dataset.quads()))
    ask(lambda sparql: dataset.query(sparql), figures)  # type: ignore[arg-type, return-value]


MEASURES: dict[str, Callable[[Path, int, Figures], None]] = {
    "ours, from facts": measure_ours,
    "pyoxigraph": measure_pyoxigraph,
    "rdflib": measure_rdflib,
}


def facts_of_corpus(target: Path, quads: int) -> None:
    """Extract facts from the corpus, more than enough for so many quads."""
    from extract.pipeline import Extractor
    from extract.records import write_facts

    folder = reference()
    if folder is None:
        raise SystemExit(0)
    print("extracting facts ...", file=sys.stderr, flush=True)
    articles = islice(corpus_articles(folder), max(200, quads // _LEAST_QUADS_A_TEXT))
    with target.open("wb") as out:
        write_facts(Extractor().extract(articles), out)


_LEAST_QUADS_A_TEXT = 80


def main() -> int:
    """Measure each at each size, or the one asked for."""
    parser = argparse.ArgumentParser(description="Compare the store with rdflib and bare pyoxigraph.")
    parser.add_argument("--facts", type=Path)
    parser.add_argument("--sizes", default="10000,100000,1000000")
    parser.add_argument("--largest-for-rdflib", type=int, default=1_000_000)
    parser.add_argument("--measure", choices=MEASURES, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    sizes = [int(size) for size in given.sizes.split(",")]
    if given.measure:
        figures: Figures = {}
        MEASURES[given.measure](given.folder, sizes[0], figures)
        give(figures)
        return 0
    rows: dict[str, Figures] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if given.facts is not None:
            (folder / "facts.jsonl").symlink_to(given.facts.resolve())
        else:
            facts_of_corpus(folder / "facts.jsonl", max(sizes))
        for size in sizes:
            for measure in MEASURES:
                if measure == "rdflib" and size > given.largest_for_rdflib:
                    continue
                print(f"{size:,} quads: {measure} ...", file=sys.stderr, flush=True)
                options = ["--sizes", str(size), "--folder", str(folder)]
                rows[f"{size:,} {measure}"] = in_own_process("benchmarks.stores", measure, *options)
    print(table(rows))
    keep("stores", rows)
    return 0 if all(_agree(rows, size) for size in sizes) else 1


def _agree(rows: dict[str, Figures], size: int) -> bool:
    """Tell whether all gave the same rows at a size; say so if not."""
    same = len({figures["rows"] for name, figures in rows.items() if name.startswith(f"{size:,} ")}) == 1
    if not same:
        print(f"error: the answers differ at {size:,} quads", file=sys.stderr)
    return same


if __name__ == "__main__":
    raise SystemExit(main())
