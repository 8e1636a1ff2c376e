"""How quick the pages' search is, beside SPARQL's CONTAINS over the same labels, in one run.

python -m benchmarks.search STORE.kg [TIMES]

With TIMES, every entity stands in the index so many times, under names that differ at the end, to see what a
larger store would cost. For each text: how many entities answer, milliseconds of a processor in the middle
and at worst of REPEATS searches, and how many times longer SPARQL takes for the same characters (not for
pinyin, which it has not). Trust the ratios.
"""

from __future__ import annotations

import statistics
import sys
import time
from dataclasses import replace

from kg.entities.search_index import Entry, SearchIndex, search_index
from kg.store import Store

REPEATS = 30
TEXTS = (
    "z",
    "zhang",
    "jqs",
    "wang ji",
    "zhang 甘肃",
    "620900",
    "张",
    "市",
    "枫桥经验",
    "习近平",
    "无此名称",
    "",
)
_CONTAINS = """
SELECT DISTINCT ?entity WHERE { ?entity rdfs:label|skos:altLabel ?name FILTER(CONTAINS(?name, ?typed)) }
"""


def milliseconds(action: object, repeats: int) -> list[float]:
    """Return what each call of the action took of a processor, whatever else runs on it."""
    assert callable(action)
    taken = []
    for _ in range(repeats):
        start = time.thread_time()
        action()
        taken.append(1000 * (time.thread_time() - start))
    return taken


def multiplied(entries: list[Entry], times: int) -> list[Entry]:
    """Return the entries so many times, each copy with a number after its names."""
    copies = []
    for number in range(times):
        mark = str(number) if number else ""
        for entry in entries:
            named = replace(entry.named, iri=entry.named.iri + mark, label=entry.named.label + mark)
            aliases = tuple(alias + mark for alias in entry.aliases)
            copies.append(replace(entry, named=named, aliases=aliases))
    return copies


def main() -> None:
    path, *rest = sys.argv[1:]
    with Store.open(path) as store:
        start = time.perf_counter()
        index = search_index(store.database)
        seconds = time.perf_counter() - start
        print(
            f"{store.article_count():,} articles, {len(index.entries):,} entities, index in {seconds:.1f} s"
        )
        if rest:
            index = SearchIndex(multiplied(index.entries, int(rest[0])))
            print(f"multiplied to {len(index.entries):,} entities")
        print(f"{'text':<12} {'found':>7} {'median ms':>10} {'worst ms':>9} {'SPARQL':>8}")
        for text in TEXTS:
            report(store, index, text)


def report(store: Store, index: SearchIndex, text: str) -> None:
    taken = milliseconds(lambda: index.search(text), REPEATS)
    found = index.search(text).total
    ratio = ""
    if text and not text.isascii() and " " not in text:
        quoted = _CONTAINS.replace("?typed", f'"{text}"')
        other = milliseconds(lambda: sum(1 for _ in store.select(quoted)), 3)
        ratio = f"{statistics.median(other) / statistics.median(taken):.0f}×"
    print(
        f"{text or '(all)':<12} {found:>7,} {statistics.median(taken):>10.1f} {max(taken):>9.1f} {ratio:>8}"
    )


if __name__ == "__main__":
    main()
