"""What is fuzzed: each target takes bytes, and may refuse them by an error of ours, nothing else."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import networkx as nx
from lxml import etree

from benchmarks.fuzzing.mutations import changed_query, changed_record
from benchmarks.fuzzing.texts import article_of, text_of
from extract.articles import ReadOptions, read_articles
from extract.errors import GovkgError
from extract.gold import read_gold
from extract.pipeline import Extractor
from extract.records import ArticleFacts, encode, read_facts
from kg.answers import run_query
from kg.curation.sheet import read_sheet
from kg.explorer.notebook import explore
from kg.gexf_reading import read_drawn
from kg.graph_export import FORMATS
from kg.questions import parse_question
from kg.rulings import COLUMNS, Signed, read_rulings
from kg.store import Store

ROOT = Path(__file__).parents[2]
ARTICLE_FORMATS = ("text", "html", "jsonl", "csv", "auto")
_BINARY = 128
SCRATCH = tempfile.TemporaryDirectory(prefix="govkg-fuzz-")


@dataclass(frozen=True)
class Target:
    """Something that reads what comes from outside: `run` returns whether the input was refused."""

    name: str
    about: str
    run: Callable[[bytes], bool]
    seeds: Callable[[], list[bytes]]


def articles(data: bytes) -> bool:
    """Read the bytes as standard input in the format that the first of them names."""
    options = ReadOptions(format=ARTICLE_FORMATS[data[0] % len(ARTICLE_FORMATS)] if data else "auto")
    refused: list[GovkgError] = []
    for article in read_articles(["-"], options=options, on_error=refused.append, stdin=io.BytesIO(data[1:])):
        article.text.encode("utf-8")
        assert "\x00" not in article.text
    return bool(refused)


def extraction(data: bytes) -> bool:
    """Extract from a text made of the bytes; what is found must be a record that can be read again."""
    (record,) = extractor().extract([article_of(data)])
    (again,) = read_facts([encode(record)], "fuzz")
    assert again == record
    text = record.article.text
    for entity in record.entities:
        assert all(0 <= start < end <= len(text) for start, end in entity.mentions), entity
    return False


def facts(data: bytes) -> bool:
    """Read a facts file, add what it holds to a store and take it away again.

    A first byte below 128 makes a record with a few values changed, else the bytes are the file.
    """
    if data and data[0] < _BINARY:
        data = changed_record([json.loads(encode(record)) for record in sample_records()[:4]], data)
    refused: list[GovkgError] = []
    records = list(read_facts(io.BytesIO(data), "fuzz", refused.append))
    store = scratch_store()
    store.add(records, refused.append)
    for entry in list(store.articles()):
        store.remove(entry.id)
    assert not store.counts()["quads"], "something stays after removal"
    return bool(refused)


def rulings(data: bytes) -> bool:
    """Read the bytes as a file of rulings."""
    text = data.decode("utf-8", "replace")
    return _refused(lambda: read_rulings(text.splitlines(), "fuzz"))


def sheet(data: bytes) -> bool:
    """Read the bytes as a filled-in sheet of questions."""
    return _refused(lambda: read_sheet(data, "fuzz", Signed("reader", "2024-02-05", "")))


def gold(data: bytes) -> bool:
    """Read the bytes as a file of gold."""
    return _refused(lambda: read_gold(_written(data, "fuzz.gold")))


def drawn(data: bytes) -> bool:
    """Read the bytes as a GEXF file that Gephi saved."""
    return _refused(lambda: read_drawn(_written(data, "fuzz.gexf")))


def queries(data: bytes) -> bool:
    """Ask SPARQL of a small store: a question of the library with other tokens, or the bytes themselves."""
    text = data.decode("utf-8", "replace")
    if data and data[0] >= _BINARY:
        text = changed_query([question.decode() for question in library()], data)
    return _refused(lambda: run_query(small_store(), parse_question("fuzz", text)))


def exports(data: bytes) -> bool:
    """Write a network whose labels and values come from the bytes in each format, and as a page."""
    graph = _network(data)
    for parts in FORMATS.values():
        for part in parts:
            out = io.BytesIO()
            if not _refused(lambda part=part, out=out: part.write(graph, out, None)):  # type: ignore[misc]
                _check_written(part.ending, out.getvalue())
    page = explore(graph).html
    assert page.count("</html>") == 1
    return False


def _check_written(ending: str, data: bytes) -> None:
    if ending in (".gexf", ".graphml"):
        etree.fromstring(data)
    elif ending == ".json":
        json.loads(data)


def _network(data: bytes) -> nx.MultiDiGraph[str]:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    kinds = ("Person", "Institution", "Place", "Event", "Practice")
    pieces = [data[at : at + 6] for at in range(0, min(len(data), 120), 6)]
    for number, piece in enumerate(pieces):
        label = text_of(piece)[:300] if piece[0] & 1 else piece.decode("utf-8", "replace")
        graph.add_node(f"n{number}", label=label, type=kinds[piece[0] % len(kinds)], pinyin=label[::-1])
        if number:
            other = f"n{piece[-1] % number}"
            graph.add_edge(f"n{number}", other, relation="holdsPost", label=label, weight=piece[0] / 7)
    return graph


@lru_cache(maxsize=1)
def extractor() -> Extractor:
    """Return the extractor, made once."""
    return Extractor()


@lru_cache(maxsize=1)
def sample_records() -> list[ArticleFacts]:
    """Return the facts of the sample articles."""
    sample = [ROOT / "data" / "articles"]
    return list(extractor().extract(read_articles(sample, options=ReadOptions(), on_error=_raise)))


@lru_cache(maxsize=1)
def small_store() -> Store:
    """Return a store of the first sample articles, open for reading."""
    path = Path(SCRATCH.name) / "small.kg"
    with Store.create(path) as store:
        store.add(sample_records()[:3])
    return Store.open(path)


@lru_cache(maxsize=1)
def scratch_store() -> Store:
    """Return an empty store, open for writing."""
    return Store.create(Path(SCRATCH.name) / "scratch.kg")


def _written(data: bytes, name: str) -> Path:
    path = Path(SCRATCH.name) / name
    path.write_bytes(data)
    return path


def _refused(attempt: Callable[[], object]) -> bool:
    """Return whether the attempt ended in an error of ours that says what to do."""
    try:
        attempt()
    except GovkgError as error:
        assert error.problem and error.remedy, error
        return True
    return False


def _raise(error: GovkgError) -> None:
    raise error


def _article_seeds() -> list[bytes]:
    folder = ROOT / "data" / "articles"
    kinds = {".txt": 0, ".html": 1, ".jsonl": 2, ".csv": 3}
    return [bytes([kinds[path.suffix]]) + path.read_bytes()[:3000] for path in sorted(folder.iterdir())]


def _text_seeds() -> list[bytes]:
    return [bytes(range(first, first + 40)) for first in range(0, 100, 20)] + [
        bytes([2, 24, 0xF0, 1, 90] * 3)
    ]


def _facts_seeds() -> list[bytes]:
    changes = [bytes([number, 0, number * 7, number * 3, 1, 40, number]) for number in range(20)]
    return [*changes, *(encode(record) for record in sample_records()[:4])]


def _rulings_seeds() -> list[bytes]:
    head = "\t".join(COLUMNS)
    rows = (
        "same\tperson/陶望舒@酒泉市委\t\tarticle/甲-1#person/陶望舒,315\t\t\t某读者\t2024-02-05\t",
        "wrong\tarticle/甲-1#person/陶望舒\tholdsPost\tarticle/甲-1#institution/酒泉市委\ttitle=书记\t\t某读者\t2024-02-05\t",
    )
    return [
        "\n".join((head, *rows)).encode(),
        "\n".join(line.replace("\t", ",") for line in (head, *rows)).encode(),
    ]


def _gold_seeds() -> list[bytes]:
    return [path.read_bytes() for path in sorted((ROOT / "data" / "gold").glob("*.gold"))[:3]]


def _gexf_seeds() -> list[bytes]:
    out = io.BytesIO()
    FORMATS["gexf"][0].write(_network(bytes(range(60))), out, {"n1": (1.0, 2.0)})
    return [out.getvalue()]


def _query_seeds() -> list[bytes]:
    return [*library(), *(bytes([_BINARY + n, 0, n, 0, n * 5, 0, n * 11, 1, n]) for n in range(20))]


@lru_cache(maxsize=1)
def library() -> list[bytes]:
    """Return the questions of the library."""
    return [path.read_bytes() for path in sorted((ROOT / "kg" / "queries").glob("*.rq"))]


TARGETS = {
    target.name: target
    for target in (
        Target("articles", "texts, pages and tables", articles, _article_seeds),
        Target("extraction", "texts of the genre's words in any order", extraction, _text_seeds),
        Target("facts", "facts files, built into a store", facts, _facts_seeds),
        Target("rulings", "files of rulings", rulings, _rulings_seeds),
        Target("sheet", "filled-in sheets of questions", sheet, _rulings_seeds),
        Target("gold", "gold files", gold, _gold_seeds),
        Target("drawn", "GEXF files from elsewhere", drawn, _gexf_seeds),
        Target("queries", "SPARQL asked of a store", queries, _query_seeds),
        Target("exports", "networks in each format, and as a page", exports, _text_seeds),
    )
}
"""The targets by name."""
